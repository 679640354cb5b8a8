"""Security print, drawn from curves: guilloche borders and grounds, rosettes, and an emblem that is nobody's.

The emblem is an abstract ornament (disc, stars, roof, ears of grain, cog wheel) in the colours that one expects in this
place; it is not the national emblem.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.generator.sheet import PX, Colour, Sheet

_GOLD = (236, 190, 74)
_RED = (214, 36, 32)


def border(sheet: Sheet, inset: float, band: float, colour: Colour) -> None:
    """A guilloche band ``band`` mm wide around the sheet, ``inset`` mm from its edge, with rosettes in the corners."""
    width, height = sheet.width - 2 * inset, sheet.height - 2 * inset
    sheet.rectangle(inset, inset, width, height, 0.5, colour)
    sheet.rectangle(inset + 0.9, inset + 0.9, width - 1.8, height - 1.8, 0.2, colour)
    sheet.rectangle(inset + band, inset + band, width - 2 * band, height - 2 * band, 0.35, colour)
    sheet.rectangle(
        inset + band - 0.8, inset + band - 0.8, width - 2 * band + 1.6, height - 2 * band + 1.6, 0.2, colour
    )
    middle, swing = inset + band / 2 + 0.05, band / 2 - 1.1
    curves: list[NDArray[np.float64]] = []
    first, period = inset + band, band * 1.6
    for phase in np.linspace(0, 2 * math.pi, 6, endpoint=False):
        rows, columns = (middle, sheet.height - middle), (middle, sheet.width - middle)
        curves += [_wave(first, sheet.width - first, level, swing, period, phase) for level in rows]
        curves += [_wave(first, sheet.height - first, level, swing, period, phase)[:, ::-1] for level in columns]
    for x in (middle, sheet.width - middle):
        curves.extend(rosette(x, y, swing + 0.7) for y in (middle, sheet.height - middle))
    sheet.curves(curves, colour, width=2)


def _wave(start: float, end: float, level: float, swing: float, period: float, phase: float) -> NDArray[np.float64]:
    """A sine along x from ``start`` to ``end`` around ``level``, in whole periods: the ends meet the corners alike."""
    x = np.linspace(start, end, int((end - start) * 6))
    periods = max(round((end - start) / period), 1)
    return np.column_stack([x, level + swing * np.sin(2 * math.pi * periods * (x - start) / (end - start) + phase)])


def rosette(x: float, y: float, radius: float, petals: int = 8) -> NDArray[np.float64]:
    """A closed curve of overlapping petals around a point."""
    t = np.linspace(0, 2 * math.pi * 5, 900)
    r = radius * (0.62 + 0.38 * np.cos(petals * t / 5 * 2))
    return np.column_stack([x + r * np.cos(t), y + r * np.sin(t)])


def ground(sheet: Sheet, inset: float, colour: Colour, *, gap: float = 2.2, strength: float = 0.35) -> None:
    """A fine ground of interwoven waves inside ``inset`` mm."""
    curves = []
    for number, level in enumerate(np.arange(inset + gap, sheet.height - inset - gap, gap)):
        phase = math.pi * (number % 2)
        curves.append(_wave(inset, sheet.width - inset, float(level), gap * 0.75, 14.0, phase))
    sheet.curves(curves, colour, strength=strength)


def star(x: float, y: float, radius: float, turn: float = 0.0) -> list[tuple[float, float]]:
    """The ten corners of a five-pointed star, upright where ``turn`` (radians) is 0."""
    corners = []
    for k in range(10):
        reach = radius * (1.0 if k % 2 == 0 else 0.382)
        angle = turn - math.pi / 2 + k * math.pi / 5
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return corners


def emblem(diameter: float) -> Image.Image:
    """The abstract emblem with alpha, ``diameter`` mm across."""
    side = round(diameter * PX) * 3  # drawn three times as large and reduced: smooth edges
    image = Image.new("RGBA", (side, round(side * 1.08)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    _garland(draw, side)
    middle, radius = side / 2, side * 0.385
    draw.ellipse(
        (middle - radius, middle - radius, middle + radius, middle + radius), fill=_RED, outline=_GOLD, width=side // 60
    )
    draw.polygon(star(middle, side * 0.29, side * 0.1), fill=_GOLD)
    for angle in (-150, -115, -65, -30):
        place = math.radians(angle)
        at = (middle + side * 0.25 * math.cos(place), side * 0.44 + side * 0.13 * math.sin(place) * 0.4)
        draw.polygon(star(*at, side * 0.036), fill=_GOLD)
    _roof(draw, side)
    return image.resize((side // 3, round(side * 1.08) // 3), Image.Resampling.LANCZOS)


def _garland(draw: ImageDraw.ImageDraw, side: int) -> None:
    """Ears of grain around the disc, a cog wheel and a ribbon below."""
    middle = side / 2
    for angle in range(-60, 241, 9):
        place = math.radians(angle)
        x, y = middle + side * 0.435 * math.cos(place), middle + side * 0.435 * math.sin(place)
        r = side * 0.042
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_GOLD, outline=(196, 130, 30), width=max(side // 160, 1))
    draw.ellipse(
        (middle - side * 0.1, side * 0.83, middle + side * 0.1, side * 1.03), fill=_GOLD, outline=_RED, width=side // 70
    )
    draw.ellipse((middle - side * 0.045, side * 0.885, middle + side * 0.045, side * 0.975), fill=_RED)
    for sign in (-1, 1):
        ribbon = [
            (middle + sign * side * f, side * g) for f, g in ((0.1, 0.9), (0.36, 0.84), (0.4, 0.93), (0.14, 1.02))
        ]
        draw.polygon(ribbon, fill=_RED, outline=_GOLD)


def _roof(draw: ImageDraw.ImageDraw, side: int) -> None:
    """Two curved roofs on pillars and a wall with openings: any gate."""
    middle = side / 2
    for top, half in ((0.5, 0.17), (0.575, 0.22)):
        corners = [(-half, 0.045), (-half * 0.72, 0.0), (half * 0.72, 0.0), (half, 0.045)]
        draw.polygon([(middle + side * x, side * (top + y)) for x, y in corners], fill=_GOLD)
    for x in np.linspace(-0.16, 0.16, 7):
        draw.rectangle(
            (middle + side * x - side * 0.009, side * 0.62, middle + side * x + side * 0.009, side * 0.665), fill=_GOLD
        )
    draw.rectangle((middle - side * 0.27, side * 0.665, middle + side * 0.27, side * 0.77), fill=_GOLD)
    for x in (-0.18, -0.09, 0.0, 0.09, 0.18):
        box = (middle + side * (x - 0.02), side * 0.7, middle + side * (x + 0.02), side * 0.772)
        draw.rounded_rectangle(box, radius=side * 0.02, fill=_RED)
