"""Where lines of print stand: the second reader's detector, on a reduced copy of the page.

RapidOCR's own way to its model turns the picture to fractions of eight bytes, resizes it twice and cuts out every line,
for nobody: a quarter of a second of a page's two goes into the model, up to a tenth went into that.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.crowded import Quad
from intake.types import Pixels

STEP = 32
"""Pixels: the model takes sides that are multiples of it."""

MIDDLE = 127.5
"""The model sees 0 to 255 as -1 to 1."""


def lines(pixels: Pixels, model: Any, options: RecognitionOptions) -> list[Quad]:
    """Corners of each line in pixels of ``pixels``: top left, top right, bottom right, bottom left; in reading order.

    ``model`` is RapidOCR's ``TextDetector``; its failures come through.
    """
    small, scale = reduced(pixels, options)
    blob = cv2.dnn.blobFromImage(small, 1 / MIDDLE, mean=(MIDDLE,) * 3, swapRB=True)
    height, width = (round(side * scale) for side in pixels.shape[:2])
    boxes, _ = model.postprocess_op(model.session(blob), (height, width))
    return [np.asarray(box / scale, np.float32) for box in model.sorted_boxes(boxes)]


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


def _stepped(length: float) -> int:
    return max(round(length / STEP), 1) * STEP
