"""Small files of every kind for the tests of decoding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw

from intake.imaging.decode import decode
from intake.media import identify
from intake.options import DecodeLimits
from intake.types import Page

LIMITS = DecodeLimits()
RED, GREEN, BLUE, WHITE = (200, 30, 40), (20, 160, 60), (30, 60, 190), (255, 255, 255)
COLOURS = (RED, GREEN, BLUE, WHITE)


def quarters(width: int = 64, height: int = 48) -> Image.Image:
    """A picture whose quarters are red (top left), green (top right), blue (bottom left) and white."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    for number, colour in enumerate(COLOURS):
        x, y = number % 2 * width // 2, number // 2 * height // 2
        draw.rectangle((x, y, x + width // 2 - 1, y + height // 2 - 1), fill=colour)
    return image


def pages(path: Path, limits: DecodeLimits = LIMITS) -> list[Page]:
    """All pages of a file whose kind is told by its bytes."""
    return list(decode(path, identify(path.read_bytes()[:65536]).name, limits))


def assert_quarters(page: Page, tolerance: int = 12) -> None:
    """The middle of each quarter has the colour that was painted there."""
    height, width = page.pixels.shape[:2]
    seen = [page.pixels[y * height // 4, x * width // 4].astype(int) for y in (1, 3) for x in (1, 3)]
    assert np.abs(np.array(seen) - np.array(COLOURS)).max() <= tolerance


def pdf(path: Path, *, pages: int = 1, box: tuple[float, float] = (144, 72), content: bytes = b"") -> Path:
    """A PDF with pages of ``box`` points."""
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=box)
            page.Contents = document.make_stream(content)
        document.save(path)
    return path
