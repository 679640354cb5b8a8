"""Confirmed values whose text stands printed on one line as it is: what a recogniser can learn from.

Whether a confirmed value is what the paper shows is not known by itself: a date is kept as ``2016-03-08`` whatever is
printed, and whether brackets are wide or narrow on the paper the canonical form does not tell. It is taken for printed
where the engine's own text is, letter for letter but for spaces, the canonical form of what it read, and where the
person's value is that text, or one of the same length with a few other letters: then the region holds the whole value
and nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Hamming

from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper
from intake.geometry import extent
from intake.types import FieldReading, PageSize, Region

MISREAD = 1 / 3
"""Share of the letters that a person may have corrected: beyond it the region may be of something else."""

LEAST_HEIGHT = 12.0
"""Pixels: strokes of lower print run together, and nothing can be learnt from them."""

ONE_LINE = 0.6
"""Times its height that a line is long for each full-width letter: on two lines it would be a quarter, or less."""

NO_PRINT = frozenset({"qr"})
"""Readers that read no print."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A value as printed on one line: ``name`` is made of identifiers, the region is of the scan."""

    name: str
    page_index: int
    region: Region
    text: str


def printed_lines(file: ReviewedFile) -> tuple[PrintedLine, ...]:
    """The lines of a file, in the order of its papers and their fields."""
    return tuple(line for paper in file.papers for line in _of_paper(paper, file.pages))


def _of_paper(paper: ReviewedPaper, pages: tuple[PageSize, ...]) -> Iterator[PrintedLine]:
    readings = {reading.field: reading for reading in paper.reading.fields}
    for one in paper.decided:
        reading = readings.get(one.field)
        if reading is None or one.value is None or one.elsewhere or reading.page_index >= len(pages):
            continue
        if _as_printed(reading, one) and _on_one_line(reading.region, one.value, pages[reading.page_index]):
            yield PrintedLine(f"{paper.id}-{one.field}", reading.page_index, reading.region, one.value)


def _as_printed(reading: FieldReading, one: Decided) -> bool:
    text, decided = "".join(reading.text.split()), one.value or ""
    if reading.reader in NO_PRINT or text != reading.value:
        return False
    if one.action == "accept":
        return text == decided
    return len(text) == len(decided) and Hamming.distance(text, decided) <= MISREAD * len(text)


def _on_one_line(region: Region, text: str, page: PageSize) -> bool:
    width, height = extent(region, page.width, page.height)
    letters = sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.5 for letter in text)
    return height >= LEAST_HEIGHT and width >= ONE_LINE * letters * height
