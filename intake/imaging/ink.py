"""What Tesseract reads: grey, paper near 255, ink dark, seals gone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging import illumination, seals
from intake.sheet_options import ImagingOptions
from intake.types import Pixels

_CLEARLY_INK = 40  # grey levels below the paper


def ink(pixels: Pixels, on_page: illumination.Light, options: ImagingOptions) -> NDArray[np.uint8]:
    """The flat page as ``uint8 (height, width)``: even light, no red seals, ink dark, and the desk round it white."""
    lit = illumination.even(pixels, on_page)
    grey = seals.without_seals(lit, _grey(lit), options)
    del lit  # three times as large as what is still to come
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
    """Stretched, neighbourhood by neighbourhood, from the darkest print there to the paper.

    Faint print becomes as dark as bold print; where there is none, ``ink_black_at_most`` keeps grain from being spread.
    """
    paper = _paper_level(grey, options)
    black = _darkest_print(grey, paper, options)
    range_: NDArray[np.uint8] = cv2.subtract(np.full_like(grey, paper), black)
    spread: NDArray[np.uint8] = cv2.divide(cv2.subtract(grey, black), range_, scale=255)
    return spread


def _paper_level(grey: NDArray[np.uint8], options: ImagingOptions) -> int:
    """The grey from which on all is paper: as far below the usual paper as its grain and its pattern reach.

    Grain is how much two spots of paper four pixels apart differ; on clean paper hair-thin strokes are kept by it.
    """
    sample = grey[::4, ::4].astype(np.int16)
    usual = float(np.percentile(sample, 60))
    apart = np.abs(np.diff(sample, axis=1))[sample[:, 1:] > usual - _CLEARLY_INK]
    grain = float(np.percentile(apart, 68)) if apart.size else 0.0
    return int(np.clip(usual - options.ink_grain * grain, options.ink_paper_least, options.ink_paper_most))


def _darkest_print(grey: NDArray[np.uint8], paper: int, options: ImagingOptions) -> NDArray[np.uint8]:
    """Per pixel the grey of the darkest print in its neighbourhood, smoothed; at most ``ink_black_at_most``."""
    height, width = grey.shape
    sample = grey[::2, ::2]
    block = max(int(options.ink_block * max(sample.shape)), 4)
    rows, columns = -(-sample.shape[0] // block), -(-sample.shape[1] // block)
    filled = np.pad(sample, ((0, rows * block - sample.shape[0]), (0, columns * block - sample.shape[1])), mode="edge")
    blocks = filled.reshape(rows, block, columns, block)
    dark = np.percentile(blocks, options.ink_dark_percentile, axis=(1, 3)).astype(np.uint8)
    joined = cv2.blur(cv2.erode(dark, np.ones((3, 3), np.uint8)), (3, 3))
    held = np.minimum(joined, min(options.ink_black_at_most, paper - _CLEARLY_INK)).astype(np.uint8)
    size = (columns * block * 2, rows * block * 2)
    full: NDArray[np.uint8] = cv2.resize(held, size, interpolation=cv2.INTER_LINEAR)[:height, :width]
    return full
