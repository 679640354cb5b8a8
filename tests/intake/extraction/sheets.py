"""Pages of words made by hand: a text, where it begins, and a letter's size are all that a test needs to say."""

from __future__ import annotations

import unicodedata

from intake.recognition.layout import order_lines
from intake.types import FlatGeometry, PageText, PixelBox, Word

SIZE = 40  # pixels: height and width of a wide letter
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def word(text: str, x: int, y: int, *, size: int = SIZE, confidence: float = 0.98) -> Word:
    """A word whose letters stand side by side, narrow ones half as wide as wide ones."""
    width = sum(size if unicodedata.east_asian_width(letter) in "WFA" else size * 0.55 for letter in text)
    return Word(text, confidence, PixelBox(x, y, round(width), size))


def page(
    *words: Word,
    index: int = 0,
    sheet: int = 0,
    reader: str = "rapidocr",
    codes: tuple[str, ...] = (),
    width: int = 2480,
    height: int = 3508,
) -> PageText:
    """The words as one reader's page."""
    geometry = FlatGeometry(index, sheet, width, height, width, height, IDENTITY)
    return PageText(geometry, order_lines(words), reader, codes)


def column(*lines: str, x: int = 400, y: int = 400, pitch: int = 70) -> list[Word]:
    """Lines under each other; white space inside a line parts its words by two letters each."""
    words: list[Word] = []
    for number, line in enumerate(lines):
        place = x
        for part in line.split():
            made = word(part, place, y + number * pitch)
            words.append(made)
            place = made.box.right + 2 * SIZE
    return words
