"""A confirmed text laid along the printed lines that it stands on: which part of it is on which line.

The kept words tell what the engine read on each line, letter by letter; the confirmed text is aligned with that. A line
is taken where its letters follow on those of its neighbours without a gap and its first and last letter were read
right: then it is known where the part begins and ends. Letters that only differ in width (brackets, commas) are taken
as read, for the canonical form does not tell how wide they are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.evaluation.truth import comparable
from intake.extraction.glyphs import Glyph, rows
from intake.geometry import region, union
from intake.types import PageText, Region

MISREAD = 1 / 3
"""Share of the letters that a person may have corrected: beyond it the region may be of something else."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on one printed line."""

    region: Region
    text: str


def parts(text: PageText, place: Region, confirmed: str) -> tuple[Part, ...]:
    """The lines of a sheet inside a place of the scan with their parts of a confirmed text, top to bottom.

    Lines of which it is not known for certain which part they bear are left out.
    """
    lines = _lines(text, place)
    laid = _laid([glyph for line in lines for glyph in line], [letter for letter in confirmed if letter.strip()])
    begun = 0
    found: list[Part] = []
    for line in lines:
        stretch = laid.stretch(begun, begun + len(line))
        if stretch is not None:
            own = line[stretch.start - begun : stretch.stop - begun]
            found.append(Part(region(text.geometry, union(glyph.box for glyph in own)), laid.printed(stretch)))
        begun += len(line)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Letters as read, those that were confirmed, and for each read one which confirmed one it is (``None``: none)."""

    read: Sequence[str]
    wanted: Sequence[str]
    bears: Sequence[int | None]

    def stretch(self, start: int, stop: int) -> range | None:
        """The letters of a line that bear a part of the text; ``None`` where its ends are not certain."""
        equal = [place for place in range(start, stop) if self._is_equal(place)]
        if not equal:
            return None
        first, last = equal[0], equal[-1]
        begins, ends = self.bears[first] or 0, self.bears[last] or 0
        joined = first == start and start > 0 and self.bears[start - 1] == begins - 1
        goes_on = last == stop - 1 and stop < len(self.read) and self.bears[stop] == ends + 1
        if not (begins == 0 or joined) or not (ends == len(self.wanted) - 1 or goes_on):
            return None
        wrong = Levenshtein.distance(_plain(self.read[first : last + 1]), _plain(self.wanted[begins : ends + 1]))
        return range(first, last + 1) if wrong <= MISREAD * (ends + 1 - begins) else None

    def printed(self, stretch: range) -> str:
        """The confirmed letters of a stretch, in the width in which they were read."""
        as_read = {self.bears[place]: self.read[place] for place in stretch if self._is_equal(place)}
        begins, ends = self.bears[stretch[0]] or 0, self.bears[stretch[-1]] or 0
        return "".join(as_read.get(at, self.wanted[at]) for at in range(begins, ends + 1))

    def _is_equal(self, place: int) -> bool:
        at = self.bears[place]
        return at is not None and comparable(self.read[place]) == comparable(self.wanted[at])


def _laid(read: Sequence[Glyph], wanted: Sequence[str]) -> _Laid:
    letters = [glyph.character for glyph in read]
    bears: list[int | None] = [None] * len(letters)
    for step in Levenshtein.opcodes(_plain(letters), _plain(wanted)):
        if step.tag in {"equal", "replace"}:
            bears[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
    return _Laid(letters, wanted, bears)


def _plain(letters: Sequence[str]) -> list[str]:
    return [comparable(letter) for letter in letters]


def _lines(text: PageText, place: Region) -> list[list[Glyph]]:
    """The letters of a sheet whose middles lie in a place, line by line."""
    made = [[glyph for glyph in row.glyphs if glyph.character.strip()] for row in rows(text)]
    inside = ([glyph for glyph in line if _is_inside(_middle(text, glyph), place)] for line in made)
    return [line for line in inside if line]


def _middle(text: PageText, glyph: Glyph) -> tuple[float, float]:
    corners = region(text.geometry, glyph.box).corners
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def _is_inside(point: tuple[float, float], place: Region) -> bool:
    """Whether a point lies on the same side of all four edges."""
    edges = zip(place.corners, (*place.corners[1:], place.corners[0]), strict=True)
    sides = [
        (end[0] - begin[0]) * (point[1] - begin[1]) - (end[1] - begin[1]) * (point[0] - begin[0])
        for begin, end in edges
    ]
    return min(sides) >= 0 or max(sides) <= 0
