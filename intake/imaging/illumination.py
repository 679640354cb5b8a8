"""Even light: what the paper would look like without shadow, vignette or the colour of the lamp."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging.warp import shrunk
from intake.sheet_options import ImagingOptions
from intake.types import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The light on a page, on a small copy of it.

    ``paper`` (h, w, 3) is the colour that blank paper has at each place; ``surroundings`` (h, w) is 255 where there is
    no paper: desk, or the shadow of a copier's lid, up to the page's edge.
    """

    paper: Pixels
    surroundings: NDArray[np.uint8]


def light(pixels: Pixels, options: ImagingOptions) -> Light:
    """Estimate the light on a page.

    The brightness is the red channel's: in red light a red seal is as bright as paper, so its broad star is not taken
    for a shadow. The lamp's and the paper's tint changes slowly and is the middle one of a wide neighbourhood. Where a
    neighbourhood is dark altogether (a portrait, a desk) the estimate is held at a share of the page's usual
    brightness, lest noise be blown up into ink.
    """
    small = shrunk(pixels, options.light_side)
    longer = max(small.shape[:2])
    reach = _odd(options.light_reach * longer)
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    brightness = cv2.GaussianBlur(np.ascontiguousarray(closed[:, :, 0]), (0, 0), reach / 2)
    usual = float(np.percentile(brightness, 80))
    floor = np.uint8(max(usual * options.light_floor, 1))
    tint = cv2.medianBlur(_tint(closed), _odd(min(options.tint_reach * longer, 255)))
    paper = cv2.multiply(cv2.merge([np.maximum(brightness, floor)] * 3), tint, scale=1 / 128)
    return Light(np.maximum(paper, 1), _joined_to_edge((brightness < floor).astype(np.uint8)))


def even(pixels: Pixels, on_page: Light) -> Pixels:
    """The page with its paper white: each colour divided by the paper's."""
    height, width = pixels.shape[:2]
    lit: Pixels = cv2.resize(on_page.paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, lit, dst=lit, scale=255), np.uint8)


def _tint(closed: Pixels) -> Pixels:
    """Each channel over the red one, 128 for equal."""
    red = cv2.merge([np.maximum(closed[:, :, 0], 1)] * 3)
    tint: Pixels = cv2.divide(closed, red, scale=128)
    return tint


def _joined_to_edge(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 in the dark patches that touch the edge of the picture."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    height, width = dark.shape
    x, y = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = x + stats[:, cv2.CC_STAT_WIDTH], y + stats[:, cv2.CC_STAT_HEIGHT]
    touching = (x == 0) | (y == 0) | (right == width) | (bottom == height)
    touching[0] = False
    return touching[labels].astype(np.uint8) * 255 if count > 1 else np.zeros_like(dark)


def _odd(size: float) -> int:
    return max(int(size) | 1, 3)
