"""Words to lines in reading order: pure functions, the same for every engine.

Boxes are in pixels of the flat page, origin at the top left, text upright. Two words share a line when they overlap
vertically by at least half of the lower one's height and no gutter lies between them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median

from intake.geometry import middle
from intake.types import Line, PixelBox, Word

LINE_OVERLAP = 0.5
"""Share of the lower word's height that two words of one line have in common."""

GUTTER = 3.0
"""A gap of this many line heights between two words parts them into two lines (two columns, label and value)."""


def order_lines(words: Iterable[Word], gutter: float = GUTTER) -> tuple[Line, ...]:
    """Words in any order → lines in reading order, top to bottom, left to right; empty words are dropped.

    Words on one height whose gap is wider than ``gutter`` line heights become lines of their own, so that label and
    value, or two columns, stay apart; they follow each other from left to right.
    """
    rows = _rows([word for word in words if word.text.strip()])
    return tuple(Line(tuple(run)) for row in rows for run in _runs(row, gutter))


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Group words by height, tallest words first, so that a small mark joins the row that it stands beside."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda item: (-item.box.height, item.box.y, item.box.x)):
        row = max(rows, key=lambda one: _row_overlap(one, word.box), default=None)
        if row is None or _row_overlap(row, word.box) < LINE_OVERLAP:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: median(middle(word.box) for word in row))
    return [sorted(row, key=lambda word: word.box.x) for row in rows]


def _row_overlap(row: Sequence[Word], box: PixelBox) -> float:
    """Overlap with the row's nearest neighbour of ``box``, so that a slightly sloping line stays one row."""
    nearest = min(row, key=lambda word: max(box.x - word.box.right, word.box.x - box.right))
    return overlap(nearest.box, box)


def overlap(one: PixelBox, other: PixelBox) -> float:
    """Vertical overlap as a share of the lower box's height, 0 to 1.

    >>> overlap(PixelBox(0, 0, 5, 20), PixelBox(9, 10, 5, 20))
    0.5
    """
    common = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0.0, common / max(1, min(one.height, other.height)))


def _runs(row: Sequence[Word], gutter: float) -> list[list[Word]]:
    """Cut a row, sorted from left to right, wherever the gap is wider than ``gutter`` line heights."""
    height = median(word.box.height for word in row)
    runs = [[row[0]]]
    right = row[0].box.right
    for word in row[1:]:
        if word.box.x - right > gutter * height:
            runs.append([])
        runs[-1].append(word)
        right = max(right, word.box.right)
    return runs


def line_box(line: Line) -> PixelBox:
    """The upright hull of a line's words.

    >>> line_box(Line((Word("合", 1, PixelBox(5, 5, 10, 10)), Word("同", 1, PixelBox(20, 6, 10, 10)))))
    PixelBox(x=5, y=5, width=25, height=11)
    """
    boxes = [word.box for word in line.words]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return PixelBox(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def join(texts: Iterable[str]) -> str:
    """Pieces of one text → one text: a space stays only between two Latin words or numbers.

    >>> join(["营业", "执照", "No.", "1"])
    '营业执照No. 1'
    """
    joined = ""
    for text in (" ".join(piece.split()) for piece in texts):
        if text and joined and is_narrow(joined[-1]) and is_narrow(text[0]):
            joined += " "
        joined += text
    return joined


def is_narrow(character: str) -> bool:
    """Whether a character belongs to a script that is written with spaces (Latin letters, digits, ASCII marks).

    >>> is_narrow("A"), is_narrow("照"), is_narrow("（")
    (True, False, False)
    """
    return unicodedata.east_asian_width(character) in {"Na", "N", "H"}


def is_latin_gap(before: str, after: str) -> bool:
    """Whether white space between two characters parts words: between letters of scripts that are written with spaces.

    Between Chinese characters and between numbers it says nothing.

    >>> is_latin_gap("N", "S"), is_latin_gap(",", "L"), is_latin_gap("s", "("), is_latin_gap("&", "J")
    (True, True, True, True)
    >>> is_latin_gap("明", "J"), is_latin_gap("3", "B"), is_latin_gap("B", "1"), is_latin_gap(",", "&")
    (False, False, False, False)
    """
    first, second = _is_letter(before), _is_letter(after)
    return (first and second) or (first and after in "(&") or (second and before in ".,&)'’")


def _is_letter(character: str) -> bool:
    return character.isalpha() and (is_narrow(character) or unicodedata.east_asian_width(character) == "F")
