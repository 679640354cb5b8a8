"""Strips: lines cut out of a page, as the second reader's recogniser sees them."""

from __future__ import annotations

import cv2
import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.crowded import Quad
from intake.types import Pixels

HEIGHT = 48
"""Pixels: the height to which the recogniser brings a line."""

STEP = 32
"""Pixels at that height: widths to which short lines are filled up."""


def strip_of(pixels: Pixels, quad: Quad) -> Pixels:
    """The quadrilateral cut out and made a rectangle."""
    width, height = (round(side) for side in size(quad))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    flat = cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def size(quad: Quad) -> tuple[float, float]:
    """Width and height of a quadrilateral in pixels, at least 1."""
    width = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return max(1.0, float(width)), max(1.0, float(height))


def filled(strip: Pixels, options: RecognitionOptions) -> int:
    """To which width a strip is filled up at first, in steps that let strips be read together."""
    height, width = strip.shape[:2]
    room = HEIGHT * width / height + options.strip_room
    return min(options.strip_trained, max(options.strip_least, -int(-room // STEP) * STEP))
