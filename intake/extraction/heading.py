"""The heading of a paper: the largest line in its upper part that names what the paper is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from intake.extraction.found import How
from intake.extraction.glyphs import Glyph, Row

_NAMES = re.compile(r"^[^。;；:：]{0,40}?(?:合同书?|协议书?|契约|合同[(（][^)）]{1,12}[)）])$")
_FULL = 1.0
_SMALL = 0.75  # quality of a heading that is no larger than the text below it


def title(lines: Sequence[Row]) -> tuple[tuple[tuple[Glyph, ...], ...], How, float] | None:
    """The first line that reads as the name of a contract, the larger ones first; ``None`` where there is none."""
    if not lines:
        return None
    usual = median(row.height for row in lines)
    named = [row for row in lines if _NAMES.match(row.text)]
    if not named:
        return None
    best = max(named, key=lambda row: (row.height > 1.2 * usual, -row.box.y))
    large = best.height > 1.2 * usual
    return (best.glyphs,), "place", _FULL if large else _SMALL
