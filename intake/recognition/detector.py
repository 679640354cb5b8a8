"""Where lines of print stand: the second reader's detector, on a reduced copy of the part of the page that bears any.

RapidOCR's own way to its model turns the picture to fractions of eight bytes, resizes it twice and cuts out every line,
for nobody: a quarter of a second of a page's two goes into the model, up to a tenth went into that.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition.crowded import Quad
from intake.types import Pixels

STEP = 32
"""Pixels: the model takes sides that are multiples of it."""

MIDDLE = 127.5
"""The model sees 0 to 255 as -1 to 1."""

DOTS = 5
"""Pixels of a row or column that differ from their neighbours, from which on it may bear print; a speck makes three."""


def lines(pixels: Pixels, model: Any, options: RecognitionOptions) -> list[Quad]:
    """Corners of each line in pixels of ``pixels``: top left, top right, bottom right, bottom left; in reading order.

    ``model`` is RapidOCR's ``TextDetector``; its failures come through.
    """
    small, scale = reduced(pixels, options)
    left, top, right, bottom = printed(small, options)
    picture = np.ascontiguousarray(small[top:bottom, left:right])
    blob = cv2.dnn.blobFromImage(picture, 1 / MIDDLE, mean=(MIDDLE,) * 3, swapRB=True)
    grown = np.array([pixels.shape[1] / small.shape[1], pixels.shape[0] / small.shape[0]]) * scale
    seen = (round((bottom - top) * grown[1]), round((right - left) * grown[0]))
    boxes, _ = model.postprocess_op(model.session(blob), seen)
    corner = np.array([left, top]) * grown
    return [np.asarray((box + corner) / scale, np.float32) for box in model.sorted_boxes(boxes)]


def reduced(pixels: Pixels, options: RecognitionOptions) -> tuple[Pixels, float]:
    """The copy on which lines are looked for, both sides multiples of ``STEP``; its scale before it was made to fit.

    It is resized twice, as RapidOCR does: the softer copy keeps dense lines apart where a sharper one joins others.
    """
    height, width = pixels.shape[:2]
    longest = max(height, width)
    side = min(options.detector_side, max(options.detector_least, options.detector_scale * longest))
    scale = min(1.0, side / longest)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (_stepped(size[0]), _stepped(size[1]))), np.uint8), scale


def printed(small: Pixels, options: RecognitionOptions) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the part of a copy that may bear print; its sides are multiples of ``STEP``."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    marked = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > options.detector_contrast
    left, right = _reach(marked.sum(axis=0) >= DOTS, options.detector_margin)
    top, bottom = _reach(marked.sum(axis=1) >= DOTS, options.detector_margin)
    return left, top, right, bottom


def _reach(bears: NDArray[np.bool_], margin: int) -> tuple[int, int]:
    """From the first to the last place that bears something, with a margin; all where nothing does."""
    places = np.flatnonzero(bears)
    if not places.size:
        return 0, bears.size
    start, end = max(int(places[0]) - margin, 0), min(int(places[-1]) + 1 + margin, bears.size)
    length = -(-(end - start) // STEP) * STEP
    start = max(min(start, bears.size - length), 0)
    return start, start + length


def _stepped(length: float) -> int:
    return max(round(length / STEP), 1) * STEP
