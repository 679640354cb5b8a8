"""Pixels to JPEG: the picture of a page or of a place on it, for the portal."""

from __future__ import annotations

import cv2

from intake.types import Page, Pixels, Region


def jpeg(page: Page, quality: int = 80, max_side: int = 2400) -> bytes:
    """The page upright as stored, as JPEG of a quality from 1 to 100, its longer side at most ``max_side`` pixels."""
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
    longer = max(pixels.shape[:2])
    if longer > max_side:
        scale = max_side / longer
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    kept, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not kept:
        raise ValueError("these pixels cannot be written as JPEG")
    encoded: bytes = data.tobytes()
    return encoded
