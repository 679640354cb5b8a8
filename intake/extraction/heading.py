"""The heading of a paper: the largest line in its upper part that names what the paper is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from intake.extraction.found import How
from intake.extraction.glyphs import Glyph, Row
from intake.options import ExtractionOptions

_NAMES = re.compile(r"^[^。;；:：条“”、,，]{0,40}?(?:合同书?|协议书?|契约|合同[(（][^)）]{1,12}[)）])$")
_LARGER = 1.2  # times the usual height of a line: headings are set at least a fifth larger
_UPPER = 0.5  # of the page's height: covers carry their heading in the middle of the page
_CENTRED = 0.1  # of the page's width


def title(lines: Sequence[Row], options: ExtractionOptions) -> tuple[tuple[tuple[Glyph, ...], ...], How, float] | None:
    """The first line that reads as the name of a contract, the larger ones first; ``None`` where there is none."""
    best = _best(lines)
    if best is None:
        return None
    return (best.glyphs,), "place", 1.0 if _stands_out(best, lines) else options.heading_quality


def begins(lines: Sequence[Row], width: int, height: int) -> bool:
    """Whether a contract begins on the page: its name stands out, or stands in the middle of the upper part."""
    best = _best(lines)
    if best is None or best.box.y > _UPPER * height:
        return False
    middle = abs(best.box.x + best.box.width / 2 - width / 2) <= _CENTRED * width
    return _stands_out(best, lines) or (middle and best.box.y <= _UPPER / 2 * height)


def _best(lines: Sequence[Row]) -> Row | None:
    named = [row for row in lines if _NAMES.match(row.text)]
    return max(named, key=lambda row: (_stands_out(row, lines), -row.box.y), default=None)


def _stands_out(row: Row, lines: Sequence[Row]) -> bool:
    return row.height > _LARGER * median(one.height for one in lines)
