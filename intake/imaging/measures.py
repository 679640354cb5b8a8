"""What an archive's acceptance asks of a scan: colours, seals, a hash of how it looks; a small copy tells, in 10 ms.

The hash is the usual one of perceptual hashing: the lowest frequencies of the cosine transform of a copy of 32 × 32
pixels, each above or below their median (C. Zauner, Implementation and Benchmarking of Perceptual Image Hash
Functions, 2010, chapter 3.2.1). It hardly changes with light, sharpness and small shifts.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging.blankness import is_blank
from intake.imaging.seals import redness_of
from intake.imaging.warp import shrunk
from intake.pictures import Mode, PageMeasures
from intake.sheet_options import ImagingOptions
from intake.types import Page, Pixels

_SIDE = 640  # pixels of the longer side of the copy; a seal of 40 mm on A4 has 86
_STEP = 7  # every seventh pixel both ways tells the colours: 20,000 of A4 at 200 dpi
_TINT = 12  # between the channels of a pixel, which a scan in colour shows on any paper
_TINTED = 0.0005  # share of such pixels from which on a scan has colours
_LEVELS = 0.97  # share of pixels that are black or white on a scan of two levels, smoothed by JPEG
_RED_LEAST = 0.0006  # of the copy: 160 pixels, a line of red heading or a small seal
_HASHED = 32  # pixels of the copy that is hashed
_LOW = 8  # frequencies across and down that are kept
_RING = (0.055, 0.095)  # of the longer side: radii of official seals (38 to 45 mm across) on A4, and on half of it
_RING_SEEN = 0.62  # of the circle that must be dark
_RING_PLAIN = 0.45  # of the circle just inside and outside it, at most
_CIRCLES = 40  # looked at, the surest first; dense print makes many that are none


def measured(page: Page, options: ImagingOptions) -> PageMeasures:
    """What is told by the pixels of a page alone."""
    mode = _mode(page.pixels)
    small = _small(page.pixels)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    height, width = page.pixels.shape[:2]
    return PageMeasures(
        width=width,
        height=height,
        dpi=page.dpi,
        scan_dpi=page.scan_dpi,
        mode=mode,
        red=mode == "colour" and _has_red(small, options),
        ring=mode != "colour" and has_ring(grey),
        look=f"{look(grey):016x}",
        blank=is_blank(page.pixels),
    )


def _small(pixels: Pixels) -> Pixels:
    """A copy of :data:`_SIDE`: by whole pixels first, which takes a fifth of the time of shrinking at once."""
    height, width = pixels.shape[:2]
    step = max(height, width) // _SIDE
    if step > 1:
        wide, high = width // step, height // step
        whole = pixels[: high * step, : wide * step]
        pixels = np.asarray(cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)
    return shrunk(pixels, _SIDE)


def _mode(pixels: Pixels) -> Mode:
    """Whether a scan has colours, greys or two levels, whatever its file says it could have."""
    red, green, blue = cv2.split(np.ascontiguousarray(pixels[::_STEP, ::_STEP]))
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    if float((spread >= _TINT).mean()) >= _TINTED:
        return "colour"
    extreme = (green < _TINT) | (green > 255 - _TINT)
    return "bilevel" if float(extreme.mean()) >= _LEVELS else "grey"


def _has_red(small: Pixels, options: ImagingOptions) -> bool:
    """Whether as much is red as a seal or a red heading is; single red dots are no print."""
    marked = (redness_of(small) > options.seal_redness).astype(np.uint8)
    return float(cv2.blur(marked * 255, (3, 3)).astype(np.float32).mean() / 255) >= _RED_LEAST


def has_ring(grey: NDArray[np.uint8]) -> bool:
    """Whether a picture without colour shows a ring of an official seal's size.

    A ring is dark along most of a circle and lighter just inside and outside it; print that stands so by chance is not.
    """
    longer = max(grey.shape)
    low, high = (round(share * longer) for share in _RING)
    found = cv2.HoughCircles(
        cv2.GaussianBlur(grey, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        2,
        low,
        param1=120,
        param2=60,
        minRadius=low,
        maxRadius=high,
    )
    if found is None:
        return False
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    return any(_is_ring(dark, *circle) for circle in found[0][:_CIRCLES].tolist())


def _is_ring(dark: NDArray[np.uint8], x: float, y: float, radius: float) -> bool:
    """Whether a circle, or one a pixel or two wider or narrower, is a ring."""
    best, seen = max((_along(dark, x, y, radius + by), by) for by in range(-2, 3))[::-1]
    if seen < _RING_SEEN:
        return False
    return (_along(dark, x, y, radius + best - 5) + _along(dark, x, y, radius + best + 5)) / 2 <= _RING_PLAIN


def _along(dark: NDArray[np.uint8], x: float, y: float, radius: float) -> float:
    """The share of a circle that is dark, within a pixel."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    columns, rows = np.round(x + radius * np.cos(angles)), np.round(y + radius * np.sin(angles))
    inside = (columns >= 1) & (columns < dark.shape[1] - 1) & (rows >= 1) & (rows < dark.shape[0] - 1)
    at = rows[inside].astype(int), columns[inside].astype(int)
    return float(dark[at].sum()) / len(angles)


def look(grey: NDArray[np.uint8]) -> int:
    """The perceptual hash of a picture, 64 bits; pictures that look alike differ in few of them."""
    tiny = cv2.resize(cv2.GaussianBlur(grey, (7, 7), 0), (_HASHED, _HASHED), interpolation=cv2.INTER_AREA)
    low = cv2.dct(tiny.astype(np.float32))[:_LOW, :_LOW].ravel()
    above = low > np.median(low[1:])  # the first is the mean brightness, which says nothing
    return int("".join("1" if bit else "0" for bit in above), 2)
