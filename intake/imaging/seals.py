"""Red seals taken out of the grey picture, by their colour and their size: red letters of a line stay."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging.warp import shrunk
from intake.options import ImagingOptions
from intake.types import Pixels


def without_seals(lit: Pixels, grey: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8]:
    """``grey`` (height, width) with the red of seals lightened to paper, black ink below it kept.

    ``lit`` is the evenly lit page. In its red channel red ink is as bright as paper while black is black, so inside a
    seal that channel replaces the grey in the measure in which a pixel is red.
    """
    red = lit[:, :, 0]
    redness = cv2.subtract(red, cv2.max(lit[:, :, 1], lit[:, :, 2]))
    area = _seal_area(redness, options)
    if area is None:
        return grey
    weight = cv2.min(cv2.multiply(redness, 255.0 / options.seal_full_redness), area)
    lighter = cv2.max(red, grey)
    share = weight.astype(np.float32) / 255
    mixed: NDArray[np.float32] = grey + (lighter.astype(np.float32) - grey) * share
    return mixed.astype(np.uint8)


def _seal_area(redness: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8] | None:
    """255 where a seal lies, or ``None`` where there is none."""
    height, width = redness.shape
    small = shrunk(redness, options.seal_side)
    marked = (small > options.seal_redness).astype(np.uint8)
    reach = max(int(max(small.shape) * 0.012), 2)
    joined = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    kept = [patch for patch in stats[1:] if _is_seal(patch, small.shape, options)]
    if not kept:
        return None
    area = np.zeros_like(small)
    for x, y, wide, high, _ in kept:  # the star inside a seal does not touch its ring: the whole rectangle counts
        area[max(y - reach, 0) : y + high + reach, max(x - reach, 0) : x + wide + reach] = 255
    full: NDArray[np.uint8] = cv2.resize(area, (width, height), interpolation=cv2.INTER_NEAREST)
    return full


def _is_seal(stats: NDArray[np.int32], shape: tuple[int, ...], options: ImagingOptions) -> bool:
    """Large and about as wide as high; half a seal at the page's edge may be narrow."""
    x, y, width, height = (int(stats[n]) for n in range(4))
    at_edge = x <= 1 or y <= 1 or x + width >= shape[1] - 1 or y + height >= shape[0] - 1
    large = max(width, height) >= options.seal_min_size * max(shape)
    return large and (at_edge or max(width, height) <= options.seal_max_aspect * min(width, height))
