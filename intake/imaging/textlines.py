"""How much of a page is running text: long lines of print one under the other, as contracts and letters have them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging.warp import shrunk
from intake.options import ImagingOptions


def running_lines(ink: NDArray[np.uint8], options: ImagingOptions) -> int:
    """How many lines of print run over most of the page's width; forms, cards and certificates have a few at most.

    ``ink`` is ``uint8 (height, width)``, ink dark. A line is what runs together when gaps of a character are closed:
    low, long, neither solid (a rule) nor nearly empty (a frame).
    """
    small = shrunk(ink, options.line_side)
    dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, options.line_gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    wide, high, area = (stats[1:, part] for part in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    low = (high >= options.line_lowest) & (high <= options.line_highest)
    long = wide >= options.line_long * small.shape[1]
    filled = area >= options.line_filled * wide * high
    return int((low & long & filled).sum())
