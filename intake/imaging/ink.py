"""What Tesseract reads: grey, paper near 255, ink dark, seals gone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging import illumination, seals
from intake.options import ImagingOptions
from intake.types import Pixels


def ink(pixels: Pixels, options: ImagingOptions) -> NDArray[np.uint8]:
    """The flat page as ``uint8 (height, width)``: even light, no red seals, ink dark, and the desk round it white."""
    on_page = illumination.light(pixels, options)
    lit = illumination.even(pixels, on_page)
    grey = seals.without_seals(lit, _grey(lit), options)
    spread = _spread(grey, options)
    if on_page.surroundings.any():
        height, width = grey.shape
        desk = cv2.resize(on_page.surroundings, (width, height), interpolation=cv2.INTER_NEAREST)
        spread = cv2.max(spread, desk)
    return spread


def _grey(lit: Pixels) -> NDArray[np.uint8]:
    """Halfway between lightness and the darkest of the three colours, so that gold and blue print is dark enough."""
    darkest = cv2.min(cv2.min(lit[:, :, 0], lit[:, :, 1]), lit[:, :, 2])
    halfway: NDArray[np.uint8] = cv2.addWeighted(cv2.cvtColor(lit, cv2.COLOR_RGB2GRAY), 0.5, darkest, 0.5, 0)
    return halfway


def _spread(grey: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8]:
    """Stretched between the darkest ink and the paper; paper's own grain falls away above ``ink_paper``."""
    black = float(np.percentile(grey[::4, ::4], options.ink_dark_percentile))
    low = min(black, options.ink_black_at_most)
    ramp = (np.arange(256, dtype=np.float64) - low) * 255 / max(options.ink_paper - low, 1.0)
    table = np.clip(ramp, 0, 255).astype(np.uint8)
    spread: NDArray[np.uint8] = cv2.LUT(grey, table)
    return spread
