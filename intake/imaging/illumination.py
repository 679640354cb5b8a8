"""Even light: what the paper would look like without shadow, vignette or the colour of the lamp."""

from __future__ import annotations

import cv2
import numpy as np

from intake.options import ImagingOptions
from intake.types import Pixels


def paper(pixels: Pixels, options: ImagingOptions) -> Pixels:
    """The estimated paper, ink taken out, at the full size: ``uint8 (height, width, 3)`` RGB.

    Found on a small copy as the brightest in every neighbourhood, smoothed. Where the neighbourhood is dark altogether
    (a portrait, a desk) the estimate is held at a share of the page's usual brightness, lest noise be blown up into ink.
    """
    height, width = pixels.shape[:2]
    scale = min(options.light_side / max(height, width), 1.0)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    reach = _odd(options.light_reach * max(small.shape[:2]))
    closed = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    smooth = cv2.GaussianBlur(closed, (0, 0), reach / 2)
    usual = np.percentile(smooth, 80, axis=(0, 1))
    floored = np.maximum(smooth, np.clip(usual * options.light_floor, 1, 255)).astype(np.uint8)
    full: Pixels = cv2.resize(floored, (width, height), interpolation=cv2.INTER_LINEAR)
    return full


def even(pixels: Pixels, paper_light: Pixels) -> Pixels:
    """The page with its paper white: each colour divided by the paper's."""
    lit: Pixels = cv2.divide(pixels, paper_light, scale=255)
    return lit


def _odd(size: float) -> int:
    return max(int(size) | 1, 3)
