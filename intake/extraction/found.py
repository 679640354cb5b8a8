"""What was found for a field before it is judged: the glyphs of its value, where, how, and by which reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from intake.extraction.glyphs import Glyph, spelled
from intake.geometry import union
from intake.types import FlatGeometry, PixelBox

How = Literal["caption", "pattern", "place", "column", "shape", "crop", "code"]
Why = Literal[How, "stand_in", "second_thought", "reckoned"]
WHY: tuple[Why, ...] = get_args(Why)
"""Why a value stands for its field, as a reading tells it.

It stands beside its ``caption``, or one that only ``stand_in`` for it; in a ``pattern`` of running text; at its
``place`` on the paper or in its ``column`` of a form, by its ``shape`` alone; was read off a ``crop`` again; a ``code``
says so. A ``second_thought``: its readers all but read it, and it keeps the rules that what they read breaks.
``reckoned``: from a day and a span that the paper states.
"""

_LAST_MARKS = "。.)）;；]】〕*"  # what a long text ends with where it does not end with a word


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a field's value may stand.

    ``rows`` are the value's glyphs line by line (``text`` is read off them untouched). ``how`` it was found and
    ``quality`` (0 to 1: how well caption, pattern or place fits) say how far the place itself can be trusted.
    ``stand_in``: its caption labels something else, which only stands in where the proper caption is not printed.
    ``second``: some of its glyphs are second thoughts of its reader. ``spaced``: spaces between Latin words are part of
    the value.
    """

    field: str
    rows: tuple[tuple[Glyph, ...], ...]
    how: How
    quality: float
    reader: str
    geometry: FlatGeometry
    stand_in: bool = False
    second: bool = False
    spaced: bool = False

    @property
    def text(self) -> str:
        """The characters as read, lines joined without a break."""
        return self.spelled(glyph.read or glyph.character for row in self.rows for glyph in row)

    @property
    def wording(self) -> str:
        """The same with the reader's second thoughts where they were taken."""
        return self.spelled(glyph.character for row in self.rows for glyph in row)

    def spelled(self, letters: Iterable[str]) -> str:
        """Letters, one for each glyph in order, as the value is written: with the spaces that are part of it."""
        return spelled(self.rows, letters) if self.spaced else "".join(letters)

    @property
    def breaks_off(self) -> bool:
        """Whether the text ends without a mark where the last of its lines is full: a line below it may be lost."""
        if len(self.rows) < 2 or self.rows[-1][-1].character in _LAST_MARKS:  # noqa: PLR2004 - one line shows no edge
            return False
        last, edge = self.rows[-1][-1].box, max(row[-1].box.right for row in self.rows[:-1])
        return last.right + last.height >= edge

    @property
    def box(self) -> PixelBox:
        """The hull of the value on the flat page."""
        return union(glyph.box for row in self.rows for glyph in row)

    def place_of(self, value: str) -> PixelBox:
        """The hull of the glyphs that spell ``value``; of all where they do not: what was read may hold more than it.

        A heading in large letters reaches over the line of a number beside it and is read with it.
        """
        glyphs = [glyph for row in self.rows for glyph in row]
        at = "".join(glyph.character for glyph in glyphs).find(value) if value else -1
        return self.box if at < 0 else union(glyph.box for glyph in glyphs[at : at + len(value)])

    @property
    def confidence(self) -> float:
        """The engine's own confidence, averaged over the characters."""
        glyphs = [glyph.confidence for row in self.rows for glyph in row]
        return sum(glyphs) / len(glyphs) if glyphs else 0.0
