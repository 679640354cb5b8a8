"""Letter-spaced captions of two characters of which only one was read beside its value (名 … 称 read as 称).

Printed forms set 名称 as wide as 法定代表人; engines tear the two apart, join 名 with the 类 below it, or lose one.
Where other captions show the column, one character of a caption that is still missing is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median, median_high

from intake.extraction.captions import Caption, Hit
from intake.extraction.glyphs import Row
from intake.geometry import union
from intake.options import ExtractionOptions

_LETTERS = 2  # of the captions that forms set so wide
_MATES = 2  # captions that show a column
_BEYOND = 0.8  # heights by which a letter at the column's right edge may lie beyond it
_PARTED = 0.35  # heights of white space between a caption and its value
_HEAD = 4  # glyphs at most between the column's left edge and the value


def recover(
    rows: Sequence[Row], hits: Sequence[Hit], wanted: Sequence[Caption], options: ExtractionOptions
) -> tuple[Hit, ...]:
    """Hits for two-character captions whose fields no hit labels yet, found by one character inside a column."""
    seen = {name for hit in hits for name in hit.caption.fields}
    missing = [one for one in wanted if len(one.phrase) == _LETTERS and one.fields and not seen & set(one.fields)]
    made: list[Hit] = []
    for left, right in _columns(rows, hits):
        for index, row in enumerate(rows):
            if any(hit.row == index and abs(hit.box.x - left) < row.height for hit in hits):
                continue
            hit = _in_head(row, index, left, right, missing)
            if hit is not None:
                made.append(replace(hit, score=options.half_quality))
                missing = [one for one in missing if not set(one.fields) & set(hit.caption.fields)]
    return tuple(made)


def _columns(rows: Sequence[Row], hits: Sequence[Hit]) -> list[tuple[float, float]]:
    """Left and right edges of the columns of captions, those with most captions first."""
    clusters: list[list[Hit]] = []
    for hit in hits:
        height = rows[hit.row].height
        home = next((one for one in clusters if abs(one[0].box.x - hit.box.x) < 1.2 * height), None)
        if home is None:
            clusters.append([hit])
        else:
            home.append(hit)
    kept = sorted((one for one in clusters if len(one) >= _MATES), key=lambda one: -len(one))
    return [(median(hit.box.x for hit in one), median_high(hit.box.right for hit in one)) for one in kept]


def _in_head(row: Row, index: int, left: float, right: float, missing: Sequence[Caption]) -> Hit | None:
    """A hit on this row, if the few glyphs in the caption column hold the last or first letter of a missing caption."""
    height = row.height
    column = [
        place
        for place, glyph in enumerate(row.glyphs)
        if left - height <= glyph.box.x and glyph.box.x + glyph.box.width / 2 <= right + _BEYOND * height
    ]
    inside = column[:_HEAD]
    if not inside or row.gap(inside[0]) < 1:
        return None
    for letter in (1, 0):
        for caption in missing:
            begun = any(row.glyphs[place].character == caption.phrase[0] for place in inside)
            for place in column if letter and begun else inside:  # a stamp's words may stand between the two
                if row.glyphs[place].character == caption.phrase[letter]:
                    start, end = inside[0], place + 1 if letter else _first_end(row, place, inside[-1], right)
                    box = union(glyph.box for glyph in row.glyphs[start:end])
                    return Hit(caption, index, start, end, end, 1.0, box)
    return None


def _first_end(row: Row, place: int, last: int, right: float) -> int:
    """Where a caption ends of which only the first letter was read: behind what is left of the second, if anything.

    Up to ``last`` the glyphs begin in the column of captions; a value that begins there, close by, is no second letter.
    """
    for end in range(place + 1, last + 1):
        if end + 1 >= len(row.glyphs) or row.gap(end + 1) >= _PARTED:
            return end + 1
    boxes = ((end, row.glyphs[end].box) for end in range(place + 1, last + 1))
    return next((end for end, box in boxes if box.x + box.width / 2 > right), last + 1)
