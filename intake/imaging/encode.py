"""Pixels to JPEG: the picture of a page or of a place on it, for the portal."""

from __future__ import annotations

import cv2

from intake.imaging.warp import shrunk
from intake.types import Page, Pixels, Region


def jpeg(page: Page, quality: int = 80, max_side: int = 2400) -> bytes:
    """The page upright as stored, as JPEG of a quality from 1 to 100, its longer side at most ``max_side`` pixels."""
    return _encode(page.pixels, quality, max_side)


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


def _encode(pixels: Pixels, quality: int, max_side: int) -> bytes:
    colours = cv2.cvtColor(shrunk(pixels, max_side), cv2.COLOR_RGB2BGR)
    kept, data = cv2.imencode(".jpg", colours, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not kept:
        raise ValueError("these pixels cannot be written as JPEG")
    encoded: bytes = data.tobytes()
    return encoded
