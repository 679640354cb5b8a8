"""Red seals (公章): ring, star, the owner's name along the arc; the ink is uneven and lets the print show through."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.ornament import star
from sample_docs.generator.sheet import PX, Sheet

_RED = np.array([206, 34, 40], dtype=np.float32)
_SCALE = 2  # drawn twice as large and reduced when it is turned


def stamp(
    sheet: Sheet,
    x: float,
    y: float,
    owner: str,
    rng: np.random.Generator,
    *,
    foot: str = "",
    diameter: float = 40.0,
    strength: float = 0.86,
) -> None:
    """Press a seal on the sheet with its middle at x, y.

    ``owner`` runs along the arc, ``foot`` stands level below the star, ``strength`` (0 to 1) is how well it was inked.
    The ink is blended by multiplication, so black print stays black under it.
    """
    ink = _inked(_plate(owner, foot, diameter), rng) * strength
    turned = Image.fromarray(np.round(ink * 255).astype(np.uint8))
    side = round(diameter * PX)
    turned = turned.rotate(float(rng.uniform(-9, 9)), Image.Resampling.BICUBIC).resize(
        (side, side), Image.Resampling.LANCZOS
    )
    page = np.array(sheet.image)
    left, top = round(x * PX) - side // 2, round(y * PX) - side // 2
    window = page[max(top, 0) : top + side, max(left, 0) : left + side]
    alpha = (
        np.asarray(turned, dtype=np.float32)[max(-top, 0) :, max(-left, 0) :][
            : window.shape[0], : window.shape[1], None
        ]
        / 255
    )
    window[:] = np.round(window * (1 - alpha + alpha * _RED / 255)).astype(np.uint8)
    sheet.image = Image.fromarray(page)


def _plate(owner: str, foot: str, diameter: float) -> Image.Image:
    """The seal's face, white where there is ink."""
    side = round(diameter * PX) * _SCALE
    plate = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(plate)
    rim = round(side * 0.028)
    draw.ellipse((2, 2, side - 3, side - 3), outline=255, width=rim)
    draw.polygon(star(side / 2, side / 2, side * 0.15), fill=255)
    span = min(math.radians(22 * len(owner)), math.radians(238))
    step = span / max(len(owner) - 1, 1)
    em = min(side * 0.155, side * 0.38 * step * 1.28)
    for place, character in enumerate(owner):
        angle = -math.pi / 2 - span / 2 + place * step
        glyph = _glyph(character, em, side * 0.155).rotate(
            -math.degrees(angle) - 90, Image.Resampling.BICUBIC, expand=True
        )
        centre = (side / 2 + side * 0.378 * math.cos(angle), side / 2 + side * 0.378 * math.sin(angle))
        _lay(plate, glyph, centre)
    if foot:
        pen = font(Face.SONG_BOLD, round(side * 0.078))
        draw.text((side / 2, side * 0.735), foot, font=pen, fill=255, anchor="mm")
    return plate


def _glyph(character: str, width: float, height: float) -> Image.Image:
    """One character squeezed to the narrow form that seals have."""
    em = round(height)
    tile = Image.new("L", (em + 8, em + 8), 0)
    ImageDraw.Draw(tile).text((4 + em / 2, 4 + em / 2), character, font=font(Face.SONG_BOLD, em), fill=255, anchor="mm")
    return tile.resize((max(round(min(width, height * 0.86)), 4), em + 8), Image.Resampling.LANCZOS)


def _lay(plate: Image.Image, glyph: Image.Image, centre: tuple[float, float]) -> None:
    """Add a glyph around a point; where two touch, the ink does not double."""
    layer = Image.new("L", plate.size, 0)
    layer.paste(glyph, (round(centre[0] - glyph.width / 2), round(centre[1] - glyph.height / 2)))
    plate.paste(ImageChops.lighter(plate, layer))


def _inked(plate: Image.Image, rng: np.random.Generator) -> NDArray[np.float32]:
    """The face as it prints: patches with less ink, pin holes, soft edges; 0 to 1."""
    side = plate.width
    patches = cv2.resize(rng.normal(0.9, 0.12, (9, 9)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    grain = cv2.resize(rng.normal(1.0, 0.17, (side // 5, side // 5)).astype(np.float32), (side, side))
    face = cv2.GaussianBlur(np.asarray(plate, dtype=np.float32) / 255, (0, 0), 1.3)
    return np.asarray(np.clip(face * np.clip(patches, 0.55, 1.0) * np.clip(grain, 0.5, 1.0), 0, 1), dtype=np.float32)
