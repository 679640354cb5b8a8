"""A run of print cut out of its page as Tesseract reads a line best, and the way back for the words read on it.

The picture shows the run's own ink and nothing of its neighbours, at one height, and wide white inside it shortened:
letter-spaced captions become words. It goes to Tesseract as a raw line, so its whole height is what the LSTM sees.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition.chains import Run
from intake.recognition.runs import COPY, Layer
from intake.types import PixelBox, Word

_WHITE = 255
_INK = 190  # grey; a column without anything darker is white
_FRINGE = np.ones((5, 5), np.uint8)  # pixels of the copy, two on every side: the grey edges of strokes


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """``picture`` (uint8, grey) of a line; ``box`` where it lies on the page.

    ``columns`` are the page's columns of the picture's, ``scale`` how many of the picture's go on one.
    """

    picture: NDArray[np.uint8]
    box: PixelBox
    columns: NDArray[np.intp]
    scale: float
    margin: int

    def on_page(self, word: Word) -> Word:
        """A word in pixels of the picture → the same on the page, as high as its line."""
        left, right = (self._column(x) for x in (word.box.x, word.box.right))
        return replace(word, box=PixelBox(left, self.box.y, max(1, right - left), self.box.height))

    def _column(self, x: int) -> int:
        place = round((x - self.margin) / self.scale)
        return int(self.columns[min(max(place, 0), len(self.columns) - 1)])


def cut(ink: NDArray[np.uint8], layer: Layer, run: Run, options: RecognitionOptions) -> Strip:
    """The picture of a run of ``layer``, which was found on ``ink``."""
    box, own = _own(layer, run, ink.shape)
    picture = np.where(own, ink[box.y : box.bottom, box.x : box.right], _WHITE).astype(np.uint8)
    columns = _without_wide_white(
        np.asarray((picture < _INK).any(axis=0)), round(options.line_white * run.box.height * COPY)
    )
    scale = min(options.line_height / box.height, options.line_enlargement)
    size = (max(1, round(len(columns) * scale)), max(1, round(box.height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = cv2.resize(np.ascontiguousarray(picture[:, columns]), size, interpolation=way)
    above, beside = options.line_margin, options.line_side
    padded = np.pad(resized, ((above, above), (beside, beside)), constant_values=_WHITE)
    return Strip(np.asarray(padded, np.uint8), box, columns + box.x, scale, beside)


def _own(layer: Layer, run: Run, shape: tuple[int, ...]) -> tuple[PixelBox, NDArray[np.bool_]]:
    """A run's box on the page, and there its own ink with its fringe."""
    high, wide = layer.labels.shape
    left, top = max(0, run.box.x - 2), max(0, run.box.y - 1)
    right, bottom = min(wide, run.box.right + 2), min(high, run.box.bottom + 1)
    patch = np.isin(layer.labels[top:bottom, left:right], run.patches).astype(np.uint8)
    fringed = cv2.dilate(patch, _FRINGE)
    box = PixelBox(
        left * COPY, top * COPY, min(shape[1], right * COPY) - left * COPY, min(shape[0], bottom * COPY) - top * COPY
    )
    own = cv2.resize(fringed, (box.width, box.height), interpolation=cv2.INTER_NEAREST)
    return box, np.asarray(own > 0, np.bool_)


def _without_wide_white(inked: NDArray[np.bool_], most: int) -> NDArray[np.intp]:
    """The columns that are kept: of white wider than ``most`` columns, only so many."""
    kept = np.ones(len(inked), np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], ~inked, [False])).astype(np.int8)))
    for begins, ends in edges.reshape(-1, 2).tolist():
        if ends - begins > most:
            kept[begins + most // 2 : ends - (most - most // 2)] = False
    return np.flatnonzero(kept)
