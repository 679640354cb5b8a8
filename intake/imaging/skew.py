"""The small angle by which lines of print lean, from the print itself."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging.warp import shrunk
from intake.sheet_options import ImagingOptions

_GRAIN = 4  # pixels of the copy; smaller pieces are grain
_POINTS = 40_000  # dots are enough for 0.1°; more only cost time


def skew(grey: NDArray[np.uint8], options: ImagingOptions) -> float:
    """The angle in degrees by which the print is turned counter-clockwise, within ±``skew_range``; 0 where unsure.

    Lines of print, turned level, heap their dots into few rows: the angle with the sharpest heap wins. Print turned by
    a quarter heaps into columns, so both directions are tried and no orientation need be known.
    """
    xs, ys = _dots(grey, options)
    if len(xs) < options.skew_min_dots:
        return 0.0
    best, sure = 0.0, False
    for step, reach in ((options.skew_range / 24, options.skew_range), (0.1, 0.6), (0.03, 0.12)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        scores = np.array([_sharpness(xs, ys, angle) for angle in angles])
        if not sure and scores.max() < options.skew_contrast * float(np.median(scores)):
            return 0.0
        sure = True
        best = float(angles[int(scores.argmax())])
    return best if abs(best) >= options.skew_least else 0.0


def _dots(grey: NDArray[np.uint8], options: ImagingOptions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates of edges of ink from top to bottom and from left to right, on a copy of fixed size."""
    small = shrunk(grey, options.skew_side)
    dark = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    count, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    longest = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    text = (stats[:, cv2.CC_STAT_AREA] >= _GRAIN) & (longest <= options.skew_side * 0.05)
    text[0] = False
    ys, xs = np.nonzero(text[labels]) if count > 1 else (np.empty(0), np.empty(0))
    if len(xs) > _POINTS:
        chosen = np.random.default_rng(0).choice(len(xs), _POINTS, replace=False)
        xs, ys = xs[chosen], ys[chosen]
    return xs - small.shape[1] / 2, ys - small.shape[0] / 2


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], angle: float) -> float:
    """How unevenly the dots fall into rows, or into columns, once the angle is taken out: the larger of both."""
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return max(_heap(ys * cosine + xs * sine), _heap(xs * cosine - ys * sine))


def _heap(values: NDArray[np.float64]) -> float:
    rows = np.bincount((values - values.min()).astype(np.int64))
    return float((rows.astype(np.float64) ** 2).sum())
