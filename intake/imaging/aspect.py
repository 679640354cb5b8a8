"""Width over height of a sheet seen askew."""

from __future__ import annotations

import math
from collections.abc import Sequence

from intake.geometry import Point

CARD = 85.60 / 53.98  # ISO/IEC 7810 ID-1: identity cards
SHEET = math.sqrt(2)  # ISO 216: A3, A4 and the licenses printed on them
_SNAP = 0.12  # within 12 % of a known format it is that format; a phone held 25° off the upright shortens by 9 %


def aspect(corners: Sequence[Point]) -> float:
    """Width over height of the sheet with ``corners`` (top left, top right, bottom right, bottom left).

    The mean of opposite sides, brought to the nearest of the known formats where it is near one. The focal length could
    be had from the vanishing points, but a corner two pixels off moves that estimate further than tilt moves this one.
    """
    lengths = [math.dist(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    plain = (lengths[0] + lengths[2]) / (lengths[1] + lengths[3])
    nearest = min((CARD, SHEET, 1 / CARD, 1 / SHEET), key=lambda known: abs(math.log(known / plain)))
    return nearest if abs(math.log(nearest / plain)) <= _SNAP else plain
