"""The run of cover sheets through a stack: what is missing, doubled, out of order, torn or strange in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.archive import marks
from intake.archive.alarm_words import told
from intake.archive.beginnings import beginning
from intake.archive.pages import Sheet
from intake.archive_options import ArchiveOptions
from intake.types import Label


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about the separators that a person has to look at; ``pages`` are the identifiers it concerns.

    ``kind`` is a key of :data:`intake.archive.alarm_words.MESSAGES`; ``number`` is that of the cover sheet, where it is
    known or follows from its neighbours. ``likely`` is the page before which a missing separator most likely lay, as
    the pages' content has it.
    """

    kind: str
    number: int | None
    pages: tuple[str, ...]
    likely: str | None = None

    @property
    def message(self) -> Label:
        """What is wrong and what to do, in both languages."""
        return told(self.kind, self.number)


def alarms(
    sheets: Sequence[Sheet],
    *,
    separated: bool = True,
    wanted: bool = True,
    options: ArchiveOptions,
) -> tuple[Alarm, ...]:
    """What is wrong with the separators of a stack, in the order of its pages.

    ``separated``: separators part papers; else one that is met is itself unexpected. ``wanted``: there must be some.
    What lay before its first cover sheet or behind its last is told by the whole batch (:mod:`intake.archive.chains`).
    """
    places = {sheet.page: place for place, sheet in enumerate(sheets)}
    if not separated:
        found = [Alarm("unexpected", _number(sheet), (sheet.page,)) for sheet in sheets if sheet.mark is not None]
    else:
        run = _Run(sheets)
        found = [*run.alarms(options), *_of_stack(sheets, run, wanted=wanted), *_of_pages(sheets, options)]
    return tuple(sorted(found, key=lambda alarm: min((places[page] for page in alarm.pages), default=len(sheets))))


@dataclass(slots=True)
class _Cover:
    """One cover sheet of paper: its sides as they lie on each other in the stack, and its place among the pages."""

    place: int
    sides: list[Sheet]

    @property
    def number(self) -> int | None:
        return next((number for side in self.sides if (number := _number(side)) is not None), None)

    @property
    def where(self) -> tuple[str, str]:
        marks_of = [side.mark for side in self.sides if side.mark is not None and side.mark.number is not None]
        return (marks_of[0].box, marks_of[0].folder) if marks_of else ("", "")

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(side.page for side in self.sides)

    def takes(self, sheet: Sheet) -> bool:
        """Whether a page that lies on this sheet is its other side: the same number, or one of them unreadable."""
        if len(self.sides) > 1 or sheet.mark is None:
            return False
        mine = self.sides[0].mark
        torn = None in (self.number, sheet.mark.number)
        return torn or (mine is not None and mine.same_sheet(sheet.mark))


class _Run:
    """The cover sheets of a stack in the order in which they lie, parted into those in line and the others."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = sheets
        covers = _covers(sheets)
        self.batch = _usual_batch(covers)
        self.foreign = [one for one in covers if one.number is not None and _batch(one) != self.batch]
        own = [one for one in covers if one not in self.foreign]
        self.torn = [one for one in own if one.number is None]
        met = Counter((one.where, one.number) for one in own)
        self.doubled = [one for one in own if one.number is not None and met[one.where, one.number] > 1]
        first = {(one.where, one.number): one for one in reversed(own) if one.number is not None}
        self.line, self.astray = _in_line(sorted(first.values(), key=lambda one: one.place))

    def alarms(self, options: ArchiveOptions) -> Iterator[Alarm]:
        """All that is wrong with the run."""
        yield from (Alarm("foreign", one.number, one.pages) for one in self.foreign)
        for number in dict.fromkeys(one.number for one in self.doubled):
            yield Alarm("doubled", number, tuple(p for one in self.doubled if one.number == number for p in one.pages))
        yield from (Alarm("out_of_order", one.number, one.pages) for one in self.astray)
        told: set[int] = set()
        for missing, start, end in self._holes():
            torn = [one for one in self.torn if start <= one.place < end]
            known = missing if len(missing) == len(torn) else [None] * len(torn)
            told |= {one.place for one in torn}
            yield from (Alarm("unreadable", number, one.pages) for number, one in zip(known, torn, strict=True))
            if len(missing) != len(torn):
                between = [sheet for sheet in self.sheets[start:end] if sheet.mark is None and not sheet.blank]
                pages = tuple(sheet.page for sheet in between)
                likely = _likely(between, len(missing), options)
                yield from (Alarm("missing", number, pages, at) for number, at in zip(missing, likely, strict=True))
        yield from (Alarm("unreadable", None, one.pages) for one in self.torn if one.place not in told)

    def _holes(self) -> Iterator[tuple[list[int], int, int]]:
        """The numbers missing between two sheets in line, with the places between which they lay."""
        present = {(one.where, one.number) for one in self.line + self.astray}
        seen = {number for _, number in present}
        for one, other in pairwise(self.line):
            low, high = one.number or 0, other.number or 0
            begins_anew = high <= low  # the numbers of another folder, counted from 1
            between = range(1, high) if begins_anew else range(low + 1, high)
            known = {number for where, number in present if where == other.where} if begins_anew else seen
            missing = [number for number in between if number not in known]
            if missing or any(one.place < torn.place < other.place for torn in self.torn):
                yield missing, one.place, other.place


def _likely(sheets: Sequence[Sheet], count: int, options: ArchiveOptions) -> list[str | None]:
    """The pages before which so many separators most likely lay, in their order; ``None`` where no more page tells."""
    told = {after.page: beginning(before, after, options).sure for before, after in pairwise(sheets)}
    best = sorted((page for page in told if told[page] >= options.boundary_sure), key=lambda page: -told[page])[:count]
    return [*(page for page in told if page in best), *([None] * (count - len(best)))]


def _covers(sheets: Sequence[Sheet]) -> list[_Cover]:
    """The cover sheets; both sides of one are one, though a blank was scanned between them."""
    covers: list[_Cover] = []
    open_sheet = False
    for place, sheet in enumerate(sheets):
        if sheet.mark is not None and sheet.mark.kind == "cover":
            if open_sheet and covers[-1].takes(sheet):
                covers[-1].sides.append(sheet)
            else:
                covers.append(_Cover(place, [sheet]))
            open_sheet = True
        elif not sheet.blank:
            open_sheet = False
    return covers


def _in_line(covers: Sequence[_Cover]) -> tuple[list[_Cover], list[_Cover]]:
    """The most sheets whose numbers rise as they lie, and the others; numbers of another folder may begin anew."""
    groups: list[list[_Cover]] = []
    for cover in covers:
        anew = (
            bool(groups) and cover.where != groups[-1][-1].where and (cover.number or 0) <= (groups[-1][-1].number or 0)
        )
        if not groups or anew:
            groups.append([])
        groups[-1].append(cover)
    line: list[_Cover] = []
    for group in groups:
        line += _rising(group)
    places = {one.place for one in line}
    return line, [one for one in covers if one.place not in places]


def _rising(covers: Sequence[_Cover]) -> list[_Cover]:
    """A longest run of rising numbers (patience sorting)."""
    tops: list[int] = []
    piles: list[_Cover] = []
    before: dict[int, _Cover | None] = {}
    for cover in covers:
        pile = bisect_left(tops, cover.number or 0)
        before[cover.place] = piles[pile - 1] if pile else None
        tops[pile : pile + 1], piles[pile : pile + 1] = [cover.number or 0], [cover]
    line: list[_Cover] = []
    last: _Cover | None = piles[-1] if piles else None
    while last is not None:
        line.append(last)
        last = before[last.place]
    return line[::-1]


def _of_stack(sheets: Sequence[Sheet], run: _Run, *, wanted: bool) -> Iterator[Alarm]:
    """Papers without their separator, and separators without papers."""
    marked = [place for place, sheet in enumerate(sheets) if sheet.mark is not None]
    filled = [place for place, sheet in enumerate(sheets) if sheet.mark is None and not sheet.blank]
    if not marked:
        if filled and wanted:
            yield Alarm("none", None, tuple(sheets[place].page for place in filled))
        return
    early = [sheets[place].page for place in filled if place < marked[0]]
    if early and any(sheet.mark is not None and sheet.mark.kind == "cover" for sheet in sheets):
        yield Alarm("before_first", None, tuple(early))
    found = {one.place: one for one in (*run.line, *run.astray, *run.torn, *run.doubled, *run.foreign)}
    covers = [found[place] for place in sorted(found)]
    ends = [*(one.place for one in covers[1:]), len(sheets)] if covers else []
    for one, end in zip(covers, ends, strict=True):
        if not any(one.place < place < end for place in filled):
            yield Alarm("empty", one.number, one.pages)


def _of_pages(sheets: Sequence[Sheet], options: ArchiveOptions) -> Iterator[Alarm]:
    """Single pages that are not plainly a separator or plainly none."""
    for sheet in sheets:
        if sheet.mark is None:
            if sheet.words <= options.separator_letters and marks.hints_at_separator(sheet.text):
                yield Alarm("suspected", None, (sheet.page,))
        elif sheet.words > options.separator_letters:
            yield Alarm("written_on", _number(sheet), (sheet.page,))
        elif sheet.mark.witnesses == ("words",):
            yield Alarm("by_words", sheet.mark.number, (sheet.page,))


def _number(sheet: Sheet) -> int | None:
    return None if sheet.mark is None else sheet.mark.number


def _batch(cover: _Cover) -> str | None:
    return next(
        (side.mark.batch for side in cover.sides if side.mark is not None and side.mark.number is not None), None
    )


def _usual_batch(covers: Sequence[_Cover]) -> str | None:
    named = Counter(batch for one in covers if (batch := _batch(one)) is not None)
    return named.most_common(1)[0][0] if named else None
