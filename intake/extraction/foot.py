"""The foot of a paper: the date under the authority's name of a certificate, or under the signatures of a contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.extraction.cells import Cell
from intake.extraction.found import How
from intake.extraction.glyphs import Glyph, Row
from intake.options import ExtractionOptions
from intake.types import FlatGeometry, PixelBox

_DATE = re.compile(
    r"(?:[12][0-9OoIl]{3}|[〇○O零一二三四五六七八九]{4})\s*[年.\-/].{0,4}?[月.\-/].{0,5}?(?:日|$)|[12][0-9]{3}年.{0,10}日|[12][0-9]{3}\D{1,2}\d{1,2}\D{1,2}\d{1,2}(?!\d)|20[0-9]{2}[01]\d月\d{1,2}日"
)
_LOWER_PART = 0.45  # of the page's height: certificates are dated in their lower half
_BAND = 6.0  # heights of paper on both sides of the marks: room for a year's four digits
_BAND_LETTERS = 24  # a row with more is a sentence with a date in it
_DAY = r"[12]\d{3}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?"
_SIGNED = re.compile(rf"({_DAY})(?:{_DAY})?")


def date(
    lines: Sequence[Row], gathered: Sequence[Cell], geometry: FlatGeometry, options: ExtractionOptions
) -> tuple[tuple[tuple[Glyph, ...], ...], How, float] | None:
    """The lowest date in the lower part of the page that belongs to no cell of ``gathered``; ``None`` without one."""
    taken = {id(glyph) for cell in gathered for row in cell.rows for glyph in row}
    for row in reversed(lines):
        if row.box.y < _LOWER_PART * geometry.height:
            return None
        match = _DATE.search(row.text)
        if match and not any(id(glyph) in taken for glyph in row.glyphs[match.start() : match.end()]):
            return (row.glyphs[match.start() : match.end()],), "place", options.foot_quality
    return None


def day(glyphs: Sequence[Glyph], geometry: FlatGeometry) -> tuple[Glyph, ...]:
    """The glyphs of a date among those of a crop in the lower part of the page; empty where there is none."""
    match = _DATE.search("".join(glyph.character for glyph in glyphs))
    if match is None or glyphs[0].box.y < _LOWER_PART * geometry.height:
        return ()
    return tuple(glyphs[match.start() : match.end()])


def signed(lines: Sequence[Row], options: ExtractionOptions) -> tuple[tuple[tuple[Glyph, ...], ...], How, float] | None:
    """The last line that is nothing but one date or two: what stands under the signatures; ``None`` without one."""
    for row in reversed(lines):
        match = _SIGNED.fullmatch(row.text)
        if match:
            return (row.glyphs[match.start(1) : match.end(1)],), "place", options.signed_quality
    return None


def dated_band(lines: Sequence[Row], geometry: FlatGeometry) -> PixelBox | None:
    """The lowest row that holds two of 年, 月 and 日, widened to both sides: where a seal may hide a date."""
    for row in reversed(lines):
        if row.box.y < _LOWER_PART * geometry.height:
            return None
        marks = [glyph.box for glyph in row.glyphs if glyph.character in "年月日"]
        if len({glyph.character for glyph in row.glyphs} & set("年月日")) > 1 and len(row.glyphs) <= _BAND_LETTERS:
            wide = round(_BAND * row.height)
            left = max(0, min(box.x for box in marks) - wide)
            right = min(geometry.width, max(box.right for box in marks) + wide)
            return PixelBox(left, row.box.y, right - left, row.box.height)
    return None
