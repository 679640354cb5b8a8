"""The first reader: Tesseract 5, one process per page or per list of crops (:mod:`intake.recognition.process`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition.cutting import cut
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.recognition.layout import join, order_lines
from intake.recognition.orientation import quarter_turns
from intake.recognition.process import BLOCK, RAW_LINE, SINGLE_LINE, Found, run
from intake.recognition.runs import find
from intake.types import PageText, RectifiedPage, Word

WHITE = 255

_RAW = f"--psm {RAW_LINE} -c tessedit_do_invert=0"
"""A line as it is, without looking for lines in it, and without a second try in white on black where it is faint."""

INK_PER_ROW = 2
"""Dark pixels from which a row of a crop counts as part of its line; a single one is a speck."""


class Tesseract:
    """Reads with the Tesseract of the system. Holds no process between calls; safe to make many of."""

    name = "tesseract"

    def __init__(self, options: RecognitionOptions | None = None) -> None:
        """Keep the numbers; nothing is started yet."""
        self.options = options or RecognitionOptions()

    def read_page(self, page: RectifiedPage) -> PageText:
        """Every word of the page's ``ink``, line by line; boxes in pixels of the flat page.

        Raises as :func:`intake.recognition.process.run`.
        """
        options = self.options
        strips = [cut(page.ink, layer, one, options) for layer in find(page.ink, options) for one in layer.runs]
        found = run([one.picture for one in strips], options.page_language, _RAW, options.page_seconds)
        return PageText(page.geometry, order_lines(strips[one.picture].on_page(one.word) for one in found), self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The text of each crop: one process per language, alphabet and form; raises as :meth:`read_page`."""
        texts = [CropText("", 0.0)] * len(crops)
        order = sorted(range(len(crops)), key=lambda index: _group(crops[index]))
        for (language, alphabet, single), indexes in groupby(order, key=lambda index: _group(crops[index])):
            members = list(indexes)
            pictures = [self._prepared(crops[index]) for index in members]
            arguments = f"--psm {SINGLE_LINE if single else BLOCK}" + _whitelist(alphabet)
            found = run(pictures, language, arguments, self.options.crop_seconds)
            for index, text in zip(members, _texts(found, len(members)), strict=True):
                texts[index] = text
        return texts

    def upright(self, ink: NDArray[np.uint8]) -> int:
        """How many quarter turns counter-clockwise (0 to 3) bring the text of ``ink`` upright."""
        return quarter_turns(ink, self.options)

    def close(self) -> None:
        """Nothing is held open."""

    def _prepared(self, crop: CropRequest) -> NDArray[np.uint8]:
        """Grey, a single line at the height that is read best, with a margin of paper."""
        grey = to_grey(crop.pixels)
        if not grey.size:
            grey = np.full((1, 1), WHITE, np.uint8)
        elif crop.single_line:
            grey = self._line(grey)
        return np.asarray(np.pad(grey, self.options.crop_margin, constant_values=_paper(grey)), np.uint8)

    def _line(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The rows that hold ink, scaled to one height: white above and below would make the print too small."""
        threshold, _ = cv2.threshold(grey, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        rows = np.flatnonzero((grey <= threshold).sum(axis=1) >= INK_PER_ROW)
        if rows.size:
            grey = grey[rows[0] : rows[-1] + 1]
        scale = min(self.options.crop_height / grey.shape[0], self.options.crop_enlargement)
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        return np.asarray(
            cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8
        )


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``(height, width)`` grey out of RGB or grey pixels."""
    if pixels.ndim == 2:  # noqa: PLR2004 - two axes are a grey picture
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _texts(found: Iterable[Found], pictures: int) -> Iterator[CropText]:
    words: list[list[Word]] = [[] for _ in range(pictures)]
    for item in found:
        words[item.picture].append(item.word)
    for run_of_words in words:
        yield _text(run_of_words)


def _text(words: Sequence[Word]) -> CropText:
    """Words of one crop, in Tesseract's order → its text, each character with its word's confidence."""
    confidences = [word.confidence for word in words for _ in word.text]
    text = join(word.text for word in words)
    shared = iter(confidences)
    previous = 0.0
    characters = []
    for character in text:
        previous = previous if character == " " else next(shared)
        characters.append((character, previous))
    return crop_text(characters)


def _group(crop: CropRequest) -> tuple[str, str, bool]:
    return (crop.language, crop.alphabet or "", crop.single_line)


def _whitelist(alphabet: str) -> str:
    if not alphabet:
        return ""
    quoted = "".join(
        f"\\{character}" if character in "\\\"'" or character.isspace() else character for character in alphabet
    )
    return f" -c tessedit_char_whitelist={quoted}"


def _paper(grey: NDArray[np.uint8]) -> int:
    """The brightness of the crop's paper: its 90th percentile."""
    return int(np.percentile(grey, 90))
