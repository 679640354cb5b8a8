"""Red seals taken out of a page, by their colour and their size: red letters of a line stay."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging import illumination
from intake.imaging.warp import shrunk
from intake.sheet_options import ImagingOptions
from intake.types import Pixels

_PURE = 60  # per cent of a seal's pixels that are less red than its pure ink
_PAPER = 85  # per cent of the red channel below the paper's
_STRIP = 256  # rows; fractions take four times the memory of the picture, so they are never made of a whole one


def without_seals(lit: Pixels, grey: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8]:
    """``grey`` (height, width) with the red of seals lightened to paper, black ink below it kept.

    ``lit`` is the evenly lit page. In its red channel red ink is as bright as paper while black is black, so inside a
    seal that channel replaces the grey in the measure in which a pixel is red.
    """
    red = lit[:, :, 0]
    redness = redness_of(lit)
    area = _seal_area(redness, options)
    if area is None:
        return grey
    cleared = grey.copy()
    x, y, width, height = cv2.boundingRect(area)
    for top in range(y, y + height, _STRIP):
        at = np.s_[top : min(top + _STRIP, y + height), x : x + width]
        weight = cv2.min(cv2.multiply(redness[at], 255.0 / options.seal_full_redness), area[at])
        share = weight.astype(np.float32) / 255
        lighter = cv2.max(red[at], grey[at]).astype(np.float32)
        cleared[at] = (grey[at] + (lighter - grey[at]) * share).astype(np.uint8)
    return cleared


def lightened(pixels: Pixels, on_page: illumination.Light, options: ImagingOptions) -> Pixels:
    """The page with the red of seals lightened to the paper's brightness, print below it kept; itself without seals.

    In the red channel red ink is nearly as bright as paper, so that channel replaces the others in the measure in which
    a pixel inside a seal is red. What is not red stays as it is: the patch has no visible edge.
    """
    small = shrunk(pixels, options.seal_side)
    lit = illumination.even(small, on_page)
    patches = _seals(redness_of(lit), options)
    if not patches:
        return pixels
    cleared = pixels.copy()
    scale = pixels.shape[1] / small.shape[1]
    for x, y, width, height in patches:
        rows = slice(int(y * scale), int((y + height) * scale) + 1)
        columns = slice(int(x * scale), int((x + width) * scale) + 1)
        cleared[rows, columns] = without_red(cleared[rows, columns], options)
    return cleared


def without_red(patch: Pixels, options: ImagingOptions) -> Pixels:
    """A patch of a seal's size without its red: red ink's own darkness goes in the measure in which a pixel is red."""
    redness, red = redness_of(patch), patch[:, :, 0]
    marked = redness[redness > options.seal_redness]
    if not marked.size:
        return patch
    full = float(np.percentile(marked, _PURE))
    paper, ink = float(np.percentile(red, _PAPER)), float(np.median(red[redness >= full]))
    mixed = np.empty_like(patch)
    for top in range(0, patch.shape[0], _STRIP):
        at = np.s_[top : top + _STRIP]
        share = np.clip(redness[at].astype(np.float32) / full, 0, 1)
        bright = np.clip(red[at] + share * max(paper - ink, 0.0), 0, 255)[:, :, None]
        mixed[at] = (patch[at] + (bright - patch[at]) * np.clip(2 * share, 0, 1)[:, :, None]).astype(np.uint8)
    return mixed


def redness_of(pixels: Pixels) -> NDArray[np.uint8]:
    """How much a pixel's red exceeds its green and its blue, 0 to 255; gold, whose green exceeds its blue, has none."""
    green, blue = pixels[:, :, 1], pixels[:, :, 2]
    red = cv2.subtract(pixels[:, :, 0], cv2.max(green, blue))
    pure: NDArray[np.uint8] = cv2.subtract(red, cv2.subtract(green, blue))
    return pure


def _seal_area(redness: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8] | None:
    """255 where a seal lies, or ``None`` where there is none."""
    height, width = redness.shape
    small = shrunk(redness, options.seal_side)
    patches = _seals(small, options)
    if not patches:
        return None
    area = np.zeros_like(small)
    for x, y, wide, high in patches:
        area[y : y + high, x : x + wide] = 255
    full: NDArray[np.uint8] = cv2.resize(area, (width, height), interpolation=cv2.INTER_NEAREST)
    return full


def _seals(redness: NDArray[np.uint8], options: ImagingOptions) -> list[tuple[int, int, int, int]]:
    """x, y, width and height of the seals on a small copy; the star does not touch the ring: whole rectangles count."""
    marked = (redness > options.seal_redness).astype(np.uint8)
    reach = max(int(max(redness.shape) * 0.012), 2)
    joined = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    kept = [patch for patch in stats[1:].tolist() if _is_seal(patch, redness.shape, options)]
    return [_widened(patch, reach) for patch in kept]


def _widened(patch: Sequence[int], reach: int) -> tuple[int, int, int, int]:
    left, top = max(patch[0] - reach, 0), max(patch[1] - reach, 0)
    return left, top, patch[0] + patch[2] + reach - left, patch[1] + patch[3] + reach - top


def _is_seal(stats: Sequence[int], shape: tuple[int, ...], options: ImagingOptions) -> bool:
    """Large and about as wide as high; half a seal at the page's edge may be narrow."""
    x, y, width, height, _ = stats
    at_edge = x <= 1 or y <= 1 or x + width >= shape[1] - 1 or y + height >= shape[0] - 1
    large = options.seal_min_size * max(shape) <= max(width, height) <= options.seal_max_size * max(shape)
    return large and (at_edge or max(width, height) <= options.seal_max_aspect * min(width, height))
