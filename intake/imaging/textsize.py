"""How high the print is, so that it can be brought to the height that Tesseract reads best."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.sheet_options import ImagingOptions


def text_height(grey: NDArray[np.uint8], options: ImagingOptions) -> float | None:
    """The usual height of a Chinese glyph in pixels of ``grey``, or ``None`` where there is too little print to tell.

    A glyph falls into several pieces, of which a good part are as high or as wide as the glyph itself: the upper
    quartile of the longer sides of all pieces of print.
    """
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15)
    # Of OpenCV's ways to count them the one by blocks takes 40 % of the time of the one that it prefers.
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    piece = (longer >= options.text_least) & (longer <= options.text_most * max(grey.shape)) & (shorter * 6 > longer)
    if int(piece.sum()) < options.text_pieces:
        return None
    return float(np.percentile(longer[piece], 75))
