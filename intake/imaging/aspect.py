"""Width over height of a sheet seen askew.

Two vanishing points and the assumption that the camera's axis goes through the middle of the picture give the camera's
focal length, and with it the true proportions (Zhang and He, Whiteboard Scanning and Image Enhancement, 2007, section 4.3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from intake.geometry import Point

_KNOWN = (1 / math.sqrt(2), math.sqrt(2), 85.60 / 53.98, 53.98 / 85.60)  # ISO 216 sheets, ISO/IEC 7810 ID-1 cards
_SNAP = 0.06  # within 6 % of a known format it is that format
_WEAK_PERSPECTIVE = 0.02  # sides that differ by less tell no vanishing point


def aspect(corners: Sequence[Point], size: tuple[int, int]) -> float:
    """Width over height of the sheet with ``corners`` (top left, top right, bottom right, bottom left).

    ``size`` is the picture's width and height, in the corners' unit.
    """
    lengths = [math.dist(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    plain = (lengths[0] + lengths[2]) / (lengths[1] + lengths[3])
    uneven = max(_difference(lengths[0], lengths[2]), _difference(lengths[1], lengths[3]))
    value = (_seen_askew(corners, size) or plain) if uneven > _WEAK_PERSPECTIVE else plain
    if not 0.8 <= value / plain <= 1.25:  # noqa: PLR2004 - beyond that the estimate is not to be believed
        value = plain
    nearest = min(_KNOWN, key=lambda known: abs(math.log(known / value)))
    return nearest if abs(nearest / value - 1) <= _SNAP else value


def _difference(first: float, second: float) -> float:
    return abs(first - second) / max(first, second, 1e-9)


def _seen_askew(corners: Sequence[Point], size: tuple[int, int]) -> float | None:
    """The proportion by the vanishing points, or ``None`` where they do not determine it."""
    m1, m2, m4, m3 = (np.array([x - size[0] / 2, y - size[1] / 2, 1.0]) for x, y in corners)
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2] * n3[2]) < 1e-9:  # noqa: PLR2004 - parallel sides: no vanishing point
        return None
    focal = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if focal <= 0:
        return None
    lengths = [math.sqrt((n[0] ** 2 + n[1] ** 2) / focal + n[2] ** 2) for n in (n2, n3)]
    return lengths[0] / lengths[1] if lengths[1] > 0 else None
