"""Quarter turns: which way up the print stands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from intake.geometry import Homography, compose, quarter_turned
from intake.types import Pixels

Upright = Callable[[NDArray[np.uint8]], int]
"""Given a page's ink, the counter-clockwise quarter turns (0 to 3) that bring its print upright."""


def turned(
    pixels: Pixels, ink: NDArray[np.uint8], to_scan: Homography, upright: Upright
) -> tuple[Pixels, NDArray[np.uint8], Homography, int]:
    """Both pictures and the way back, turned as ``upright`` says, and the number of turns."""
    turns = upright(ink) % 4
    height, width = ink.shape
    way = compose(to_scan, quarter_turned(turns, width, height))
    return np.ascontiguousarray(np.rot90(pixels, turns)), np.ascontiguousarray(np.rot90(ink, turns)), way, turns
