"""A folder put together: stacks interleaved, separators and blanks told apart, papers parted, doubts told. Pure.

What comes of it are orders and names of pages alone; :mod:`models.assembling` keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake.archive.boundaries import Alarm, How, Item, items
from intake.archive.duplex import Gap, interleave
from intake.archive.pages import Sheet
from intake.archive.tree import Stack
from intake.archive_options import ArchiveOptions


@dataclass(frozen=True, slots=True)
class Source:
    """The pages of one file of the folder, and the side of a stack that it holds."""

    sheets: tuple[Sheet, ...]
    stack: Stack | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """The pages of a folder in order, what each is, and what people have to look at."""

    sheets: tuple[Sheet, ...]
    items: tuple[Item, ...]
    separators: tuple[Sheet, ...]
    blanks: tuple[Sheet, ...]
    alarms: tuple[Alarm, ...]
    gaps: tuple[Gap, ...]

    @property
    def suggested(self) -> int:
        """How many items were told apart by content alone."""
        return sum(item.suggested for item in self.items)


def arrange(sources: Sequence[Source], boundaries: str, *, options: ArchiveOptions | None = None) -> Arranged:
    """Put a folder together; ``boundaries`` as the batch has them, ``auto`` or one of :data:`How`."""
    ordered: list[Sheet] = []
    gaps: list[Gap] = []
    for odd, even in stacks(sources):
        if even is None:
            ordered += odd
            continue
        both = interleave(odd, even, options=options)
        name = (both.pages or (None,))[0]
        # Where files are papers, both sides of a stack are one.
        ordered += (
            [replace(sheet, file=name.file) for sheet in both.pages] if boundaries == "files" and name else both.pages
        )
        gaps += both.gaps
    how = way(ordered, boundaries)
    found = items(ordered, how, options=options)
    alarms = tuple(alarm for alarm in found.alarms if how != "content" or alarm.kind != "none")
    told = tuple(replace(one, suggested=False) for one in found.items) if len(ordered) == 1 else found.items
    return Arranged(tuple(ordered), told, found.separators, found.blanks, alarms, tuple(gaps))


def way(sheets: Sequence[Sheet], boundaries: str) -> How:
    """How papers are told apart: with ``auto`` by separators where there are any, else by content."""
    named: dict[str, How] = {"separators": "separators", "files": "files", "content": "content"}
    return named.get(boundaries) or ("separators" if any(sheet.mark for sheet in sheets) else "content")


def stacks(sources: Sequence[Source]) -> Iterator[tuple[tuple[Sheet, ...], tuple[Sheet, ...] | None]]:
    """The files of a folder in order, those with fronts together with those of backs that follow them.

    A file that is no side of a stack comes alone, its second part ``None``.
    """
    place = 0
    while place < len(sources):
        if sources[place].stack is None:
            yield sources[place].sheets, None
            place += 1
            continue
        fronts, place = _run(sources, place, "odd")
        backs, place = _run(sources, place, "even")
        yield fronts, backs


def _run(sources: Sequence[Source], place: int, side: Stack) -> tuple[tuple[Sheet, ...], int]:
    sheets: list[Sheet] = []
    while place < len(sources) and sources[place].stack == side:
        sheets += sources[place].sheets
        place += 1
    return tuple(sheets), place
