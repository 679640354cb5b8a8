"""What confirmed values tell of the printed lines: what a recogniser can learn from.

Whether a confirmed value is what the paper shows is not known by itself: a date is kept as ``2016-03-08`` whatever is
printed, and whether brackets are wide or narrow on the paper the canonical form does not tell. A value on one line is
taken for printed

* where the engine's own text is, letter for letter but for spaces, the canonical form of what it read, and where the
  person's value is that text, or one of the same length with a few other letters: then the region holds the whole value
  and nothing else;
* where a person accepted it, and the engine's text is one of the forms in which its kind is printed (a day, a sum), or
  a range of two such days that were both accepted: that text is what stands there.

A value on several lines is laid along the kept words (:mod:`intake.evaluation.alignment`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Hamming

from intake import doctypes
from intake.doctypes import FieldSpec
from intake.evaluation.alignment import MISREAD, Part, parts
from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper
from intake.extraction.values import place_of
from intake.fields import Verdict, check, traits
from intake.geometry import extent
from intake.types import FieldReading, PageSize, PageText, Region

LEAST_HEIGHT = 12.0
"""Pixels: strokes of lower print run together, and nothing can be learnt from them."""

ONE_LINE = 0.6
"""Times its height that a line is long for each full-width letter: on two lines it would be a quarter, or less."""

NO_PRINT = frozenset({"qr"})
"""Readers that read no print."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed: ``name`` is made of identifiers, the region is of the scan."""

    name: str
    page_index: int
    region: Region
    text: str


def printed_lines(file: ReviewedFile) -> tuple[PrintedLine, ...]:
    """The lines of a file, in the order of its papers and their fields; one place counts once."""
    found = (line for paper in file.papers for line in _of_paper(paper, file))
    return tuple({(line.page_index, line.region, line.text): line for line in found}.values())


def _of_paper(paper: ReviewedPaper, file: ReviewedFile) -> Iterator[PrintedLine]:
    readings = {reading.field: reading for reading in paper.reading.fields}
    said = {one.field: one for one in paper.decided}
    for one in paper.decided:
        reading = readings.get(one.field)
        if reading is None or one.value is None or one.elsewhere or reading.page_index >= len(file.pages):
            continue
        spec = doctypes.get(paper.reading.type or "").field(one.field)
        for number, part in enumerate(_parts(spec, reading, one, _Beside(readings, said), file), start=1):
            name = f"{paper.id}-{one.field}" + (f"-{number}" if number > 1 else "")
            yield PrintedLine(name, reading.page_index, part.region, part.text)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What else was read on a paper and said of it."""

    readings: Mapping[str, FieldReading]
    said: Mapping[str, Decided]


def _parts(spec: FieldSpec, reading: FieldReading, one: Decided, beside: _Beside, file: ReviewedFile) -> Sequence[Part]:
    """The lines of one value with their text; empty where it is not known what stands there."""
    text, decided, page = "".join(reading.text.split()), one.value or "", file.pages[reading.page_index]
    if reading.reader in NO_PRINT or reading.value is None:
        return ()
    if _as_printed(text, reading, one):
        if _on_one_line(reading.region, decided, page):
            return (Part(reading.region, decided),)
    elif one.action == "accept" and _in_form(spec, text, one, beside):
        return (Part(reading.region, text),) if _on_one_line(reading.region, text, page) else ()
    if traits(spec.kind).printed:
        return ()
    texts = [read for read in file.texts if read.geometry.page_index == reading.page_index]
    found = (_good(parts(read, reading.region, decided), page) for read in _of(texts, reading))
    return max(found, key=len, default=())


def _good(found: Sequence[Part], page: PageSize) -> Sequence[Part]:
    return [part for part in found if _on_one_line(part.region, part.text, page)]


def _of(texts: Sequence[PageText], reading: FieldReading) -> Iterator[PageText]:
    """The whole sheets as they were read by those who read the value."""
    return (text for text in texts if text.reader in reading.reader.split("+"))


def _as_printed(text: str, reading: FieldReading, one: Decided) -> bool:
    decided = one.value or ""
    if text != reading.value:
        return False
    if one.action == "accept":
        return text == decided
    return len(text) == len(decided) and Hamming.distance(text, decided) <= MISREAD * len(text)


def _in_form(spec: FieldSpec, text: str, one: Decided, beside: _Beside) -> bool:
    """Whether a text is an accepted value in a form in which papers print it, or a range with both ends accepted."""
    place = place_of(text, spec.part) if spec.part else None
    if place is None:
        return _is_form(spec, text, one)
    other = _other_end(spec, beside)
    if other is None or other[1].action != "accept" or other[1].elsewhere:
        return False
    ends = ((spec, one), other)
    pieces = [text[place_of(text, end.part) or slice(0, 0)] for end, _ in ends]
    mark = text.replace(pieces[0], "", 1).replace(pieces[1], "", 1) if pieces[0] != pieces[1] else ""
    sound = (_is_form(end, piece.removeprefix("自"), said) for (end, said), piece in zip(ends, pieces, strict=True))
    return len(mark) == 1 and all(sound)


def _other_end(spec: FieldSpec, beside: _Beside) -> tuple[FieldSpec, Decided] | None:
    """The field that has the other end of the same printed range, and what was said of it."""
    mine = beside.readings[spec.name]
    for kind in doctypes.types():
        for other in kind.fields:
            read = beside.readings.get(other.name)
            same = read is not None and (read.region, read.text) == (mine.region, mine.text)
            if spec in kind.fields and other.part and other.part != spec.part and same and other.name in beside.said:
                return other, beside.said[other.name]
    return None


def _is_form(spec: FieldSpec, text: str, one: Decided) -> bool:
    form = traits(spec.kind).printed
    return bool(form) and re.fullmatch(form, text) is not None and check(spec.kind, text) == Verdict(one.value)


def _on_one_line(region: Region, text: str, page: PageSize) -> bool:
    width, height = extent(region, page.width, page.height)
    letters = sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.5 for letter in text)
    return height >= LEAST_HEIGHT and width >= ONE_LINE * letters * height
