"""Whether a page carries on the one before it: by the numbers of its pages and of its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.extraction.glyphs import Row, rows
from intake.extraction.sheet import Sheet
from intake.recognition.layout import line_box
from intake.types import Line, PageText
from intake.writing.numerals import small_number

_EDGE = 0.13  # of the page's height, at its head and foot: where page numbers stand
_OF = re.compile(r"^第?(\d{1,2})页?[,，/\\|共]{1,2}(\d{1,2})页?$")
_ALONE = re.compile(r"^(?:第(\d{1,2})页|[-—–·.~]{0,2}(\d{1,2})[-—–·.~]{0,2})$")
_CLAUSE = re.compile(r"^(?:第([一二三四五六七八九十\d]{1,3})条|([一二三四五六七八九十]{1,3})、|(\d{1,2})[.．、](?!\d))")


@dataclass(frozen=True, slots=True)
class Paging:
    """What a page says of its place in its paper; ``None`` where it says nothing.

    ``number`` and ``count`` are printed at the edge (第2页 共3页); ``clauses`` are those that begin on the page, each
    by the way of counting (1: 第…条, 2: 一、, 3: 1.) and its number.
    """

    number: int | None
    count: int | None
    clauses: tuple[tuple[int, int], ...]


def paging(sheet: Sheet) -> Paging:
    """The paging of a sheet, by the first of its readers that saw a number."""
    seen = [(page_number(text), _clauses(rows(text))) for text in sheet.pages]
    number, count = next((one for one, _ in seen if one[0] is not None), (None, None))
    return Paging(number, count, max((clauses for _, clauses in seen), key=len, default=()))


def page_number(text: PageText) -> tuple[int | None, int | None]:
    """The number of a page and of how many, as one reading of it shows them at its edge; ``None`` where it does not.

    Only what is printed there is put into rows: an archive asks this of every page of a folder.
    """
    head, foot = _EDGE * text.geometry.height, (1 - _EDGE) * text.geometry.height
    at_the_edge = [line for line in text.lines if _spans(line, head, foot)]
    return _number(rows(replace(text, lines=tuple(at_the_edge))), text.geometry.height)


def _spans(line: Line, head: float, foot: float) -> bool:
    """Whether some of a line lies above ``head`` or below ``foot``."""
    box = line_box(line)
    return box.y <= head or box.y + box.height >= foot


def follows(before: Paging, after: Paging) -> bool | None:
    """Whether a page follows another; ``None`` where neither page nor clause numbers tell.

    A bare number at the edge is soon misread, or is 1/2 whose stroke was lost: clauses that go on outweigh it.
    """
    if after.number is not None and before.number is not None and after.count == before.count:
        return _is_next(before, after) or (after.count is None and _goes_on(before, after))
    if after.number == 1 and after.count is not None:
        return False
    return _goes_on(before, after) or None


def _is_next(before: Paging, after: Paging) -> bool:
    """Whether the numbers of two pages follow each other: 1 and 2, or 13 and 23 for 1/3 and 2/3."""
    if before.number is None or after.number is None:
        return False
    (page, of), (then, pages) = divmod(before.number, 10), divmod(after.number, 10)
    strokes_lost = before.count is None and of == pages and 0 < page < then <= pages
    return after.number == before.number + 1 or (strokes_lost and then == page + 1)


def _goes_on(before: Paging, after: Paging) -> bool:
    """Whether the first clause of any way of counting is the next after the last of the page before."""
    first: dict[int, int] = {}
    for style, number in after.clauses:
        first.setdefault(style, number)
    return any(first.get(style) == number + 1 for style, number in dict(before.clauses).items())


def _number(lines: Sequence[Row], height: int) -> tuple[int | None, int | None]:
    for row in lines:
        if _EDGE * height < row.box.y + row.box.height / 2 < (1 - _EDGE) * height:
            continue
        if (both := _OF.match(row.text)) is not None and int(both[1]) <= int(both[2]):
            return int(both[1]), int(both[2])
        if (alone := _ALONE.match(row.text)) is not None:
            return int(alone[1] or alone[2]), None
    return None, None


def _clauses(lines: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """The clauses that begin on a page, in their order."""
    found: list[tuple[int, int]] = []
    for row in lines:
        match = _CLAUSE.match(row.text)
        number = small_number(match[match.lastindex or 1]) if match else None
        if match and number:
            found.append((match.lastindex or 1, number))
    return tuple(found)
