"""Pixels to files: the picture of a page or of a place on it for the portal, a printed line for training."""

from __future__ import annotations

import cv2
import numpy as np

from intake.geometry import compose, extent, from_corners, translation
from intake.imaging.warp import resample, shrunk
from intake.types import Page, Pixels, Region

MAX_SIDE = 2400
"""Pixels of a page picture's longer side: sharp at twice the width of a desk's scan, and quick to fetch."""


def jpeg(page: Page, quality: int = 80, max_side: int = MAX_SIDE) -> bytes:
    """The page upright as stored, as JPEG of a quality from 1 to 100, its longer side at most ``max_side`` pixels."""
    return _encode(page.pixels, quality, max_side)


def full(page: Page, quality: int = 80) -> bytes | None:
    """The page with every pixel of its scan, as JPEG; ``None`` where :func:`jpeg` shrinks nothing."""
    largest = max(page.pixels.shape[:2])
    return _encode(page.pixels, quality, largest) if largest > MAX_SIDE else None


def opened(body: bytes) -> Page:
    """A picture that this module made, as a page again. Raises ValueError where it is none."""
    pixels = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("this is no picture")
    return Page(0, np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8))


def thumbnail(page: Page, quality: int = 75, max_side: int = 480) -> bytes:
    """The page as small as lists show it, on a screen of two pixels to the point."""
    return _encode(page.pixels, quality, max_side)


def crop(page: Page, place: Region, quality: int = 85, max_side: int = 1600, margin: float = 0.01) -> bytes:
    """The upright hull of a region of the page with a margin (fraction of the page's longer side), as JPEG."""
    height, width = page.pixels.shape[:2]
    border = margin * max(width, height)
    xs, ys = [x * width for x, _ in place.corners], [y * height for _, y in place.corners]
    left, top = max(int(min(xs) - border), 0), max(int(min(ys) - border), 0)
    right, bottom = min(int(max(xs) + border) + 1, width), min(int(max(ys) + border) + 1, height)
    return _encode(page.pixels[top:bottom, left:right], quality, max_side)


def line(page: Page, place: Region, margin: float = 0.15) -> bytes:
    """One printed line cut out along its four corners and made level, with a margin (share of its height), as PNG.

    Nothing is enlarged and nothing is lost to compression: recognisers learn from it. Raises ValueError where the
    region has no area.
    """
    return _written(".png", level(page, place, margin), [])


def level(page: Page, place: Region, margin: float = 0.0) -> Pixels:
    """The pixels of a region, cut out along its four corners and upright; else as :func:`line`."""
    height, width = page.pixels.shape[:2]
    long, high = extent(place, width, height)
    corners = [(x * width, y * height) for x, y in place.corners]
    try:
        to_scan = from_corners(long, high, corners)
    except np.linalg.LinAlgError as error:
        raise ValueError("the region has no area") from error
    border = margin * high
    size = max(round(long + 2 * border), 1), max(round(high + 2 * border), 1)
    return resample(page.pixels, compose(to_scan, translation(-border, -border)), *size)


def _encode(pixels: Pixels, quality: int, max_side: int) -> bytes:
    return _written(".jpg", shrunk(pixels, max_side), [cv2.IMWRITE_JPEG_QUALITY, quality])


def _written(extension: str, pixels: Pixels, how: list[int]) -> bytes:
    kept, data = cv2.imencode(extension, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), how)
    if not kept:
        raise ValueError("these pixels cannot be written as a picture")
    encoded: bytes = data.tobytes()
    return encoded
