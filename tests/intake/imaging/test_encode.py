"""Pixels to JPEG, and printed lines to PNG."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from intake.imaging import encode
from intake.imaging.encode import crop, jpeg, line, thumbnail
from intake.types import Page, Region

RED = (200, 30, 40)


def page(width: int, height: int) -> Page:
    """A white page with a red quarter at the bottom right."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[height // 2 :, width // 2 :] = RED
    return Page(0, pixels)


def test_the_picture_of_a_page_is_a_jpeg_of_its_size_and_colours() -> None:
    """Red stays red, and a page that is small enough keeps its size."""
    with Image.open(io.BytesIO(jpeg(page(200, 100), quality=90, max_side=400))) as image:
        assert (image.format, image.size) == ("JPEG", (200, 100))
        assert np.abs(np.array(image.getpixel((150, 75))) - RED).max() < 8


def test_a_large_page_is_made_smaller() -> None:
    """The longer side is held to the limit, and the proportions stay."""
    with Image.open(io.BytesIO(jpeg(page(1000, 500), quality=80, max_side=400))) as image:
        assert image.size == (400, 200)


def test_a_list_needs_no_more_than_a_small_picture() -> None:
    """A scanned A4 page of 8 megapixels shrinks to some kilobytes, upright and in its proportions."""
    small = thumbnail(page(2480, 3508))
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (339, 480)
    assert len(small) < 20_000


def test_a_lower_quality_is_smaller() -> None:
    """Quality reaches the encoder."""
    noise = Page(0, np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    assert len(jpeg(noise, quality=30, max_side=400)) < len(jpeg(noise, quality=90, max_side=400)) / 2


def test_a_crop_shows_the_region_with_a_margin() -> None:
    """The hull of the region, a little larger, clipped to the page."""
    place = Region(((0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)))
    with Image.open(io.BytesIO(crop(page(400, 200), place, margin=0.05))) as image:
        assert image.size == (220, 120)
        assert np.abs(np.array(image.getpixel((120, 60))) - RED).max() < 8


def test_a_line_is_cut_along_its_corners_and_made_level() -> None:
    """A slanting red bar on white comes out as a level red bar with a white margin, in its own size."""
    height, width = 200, 400
    y, x = np.mgrid[:height, :width]
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[(x >= 100) & (x < 300) & (abs(y - 60 - 0.2 * (x - 100)) < 10)] = RED
    corners = ((100, 50), (300, 90), (300, 110), (100, 70))
    place = Region(tuple((u / width, v / height) for u, v in corners))  # type: ignore[arg-type]  # four of them
    with Image.open(io.BytesIO(line(Page(0, pixels), place, margin=0.5))) as image:
        assert (image.format, image.size) == ("PNG", (224, 40))
        cut = np.array(image)
    assert np.abs(cut[15:25, 20:-20].astype(int) - RED).max() < 8
    assert cut[:7, 40:-40].min() > 240
    assert cut[-7:, 40:-40].min() > 240


def test_only_a_scan_that_is_shrunk_has_a_picture_with_every_pixel() -> None:
    """A large scan's full picture has its size; a smaller scan has none, for the usual one is as large."""
    large = Page(0, np.full((30, encode.MAX_SIDE + 100, 3), 200, np.uint8))
    body = encode.full(large)
    assert body is not None
    assert encode.opened(body).pixels.shape == large.pixels.shape
    assert encode.full(Page(0, large.pixels[:, : encode.MAX_SIDE])) is None


def test_what_is_no_picture_is_refused() -> None:
    """Bytes that are none give an error, not an empty page."""
    with pytest.raises(ValueError, match="no picture"):
        encode.opened(b"none")
