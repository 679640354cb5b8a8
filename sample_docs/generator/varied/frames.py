"""Security print of certificates: borders in several patterns, grounds of waves, rosettes or words; cached as masks."""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.ornament import rosette
from sample_docs.generator.varied.canvas import Canvas, Colour, Pixels

Curve = NDArray[np.float64]
BORDERS = ("meander", "chain", "lace", "double", "diamond", "scroll")
GROUNDS = ("waves", "words", "rosettes", "weave", "lines", "none")


def border(canvas: Canvas, kind: str, inset: float, band: float, colour: Colour, strength: float = 1.0) -> None:
    """Print a band ``band`` mm wide around the sheet, ``inset`` mm from its edge."""
    canvas.blend(_border(canvas.width, canvas.height, canvas.px, kind, inset, band), colour, strength)


def ground(canvas: Canvas, kind: str, inset: float, colour: Colour, strength: float) -> None:
    """Print a fine ground inside ``inset`` mm."""
    if kind != "none":
        canvas.blend(_ground(canvas.width, canvas.height, canvas.px, kind, inset), colour, strength)


@lru_cache(maxsize=24)
def _border(width: float, height: float, px: float, kind: str, inset: float, band: float) -> Pixels:
    mask = np.zeros((round(height * px), round(width * px)), dtype=np.uint8)
    for reach, thick in ((inset, 0.45), (inset + 0.9, 0.18), (inset + band, 0.3), (inset + band - 0.8, 0.16)):
        _frame(mask, px, (reach, reach, width - reach, height - reach), thick)
    if kind == "double":
        return mask
    middle = inset + band / 2
    swing = band / 2 - 1.1
    draw = {"meander": _meander, "chain": _chain, "lace": _lace, "diamond": _diamond, "scroll": _scroll}[kind]
    for along, level, upright in (
        ((inset + band, width - inset - band), middle, False),
        ((inset + band, width - inset - band), height - middle, False),
        ((inset + band, height - inset - band), middle, True),
        ((inset + band, height - inset - band), width - middle, True),
    ):
        curves = draw(*along, level, swing)
        _strokes(mask, px, [curve[:, ::-1] for curve in curves] if upright else curves)
    for x in (middle, width - middle):
        _strokes(mask, px, [rosette(x, y, swing + 0.5) for y in (middle, height - middle)])
    return mask


def _frame(mask: Pixels, px: float, box: tuple[float, float, float, float], thick: float) -> None:
    left, top, right, bottom = (round(edge * px) for edge in box)
    cv2.rectangle(mask, (left, top), (right, bottom), 255, max(round(thick * px), 1))


def _strokes(mask: Pixels, px: float, curves: list[Curve], width: float = 0.16) -> None:
    points = [np.round(curve * px * 16).astype(np.int32) for curve in curves]
    cv2.polylines(
        mask, points, isClosed=False, color=255, thickness=max(round(width * px), 1), lineType=cv2.LINE_AA, shift=4
    )


def _wave(start: float, end: float, level: float, swing: float, period: float, phase: float) -> Curve:
    x = np.linspace(start, end, max(int((end - start) * 4), 8))
    periods = max(round((end - start) / period), 1)
    return np.column_stack([x, level + swing * np.sin(2 * math.pi * periods * (x - start) / (end - start) + phase)])


def _chain(start: float, end: float, level: float, swing: float) -> list[Curve]:
    """Interlaced sines, as on the landscape form."""
    return [
        _wave(start, end, level, swing, swing * 4.2, phase) for phase in np.linspace(0, 2 * math.pi, 7, endpoint=False)
    ]


def _lace(start: float, end: float, level: float, swing: float) -> list[Curve]:
    """A row of rosettes."""
    count = max(round((end - start) / (swing * 2.1)), 1)
    step = (end - start) / count
    return [rosette(start + step * (place + 0.5), level, swing, 6)[::3] for place in range(count)]


def _meander(start: float, end: float, level: float, swing: float) -> list[Curve]:
    """The key pattern (回纹) of the portrait form."""
    count = max(round((end - start) / (swing * 2)), 1)
    step = (end - start) / count
    key = np.array([(0, -1), (0.9, -1), (0.9, 0.7), (0.25, 0.7), (0.25, -0.4), (0.6, -0.4), (0.6, 0.2)]) * (step, swing)
    top, bottom = (
        np.array([[start, level - swing], [end, level - swing]]),
        np.array([[start, level + swing], [end, level + swing]]),
    )
    keys = [key + np.array([start + step * place, level]) for place in range(count)]
    return [*keys, top, bottom]


def _diamond(start: float, end: float, level: float, swing: float) -> list[Curve]:
    """Crossing zigzags."""
    count = max(round((end - start) / (swing * 1.6)), 1)
    x = np.linspace(start, end, count + 1)
    sign = np.where(np.arange(count + 1) % 2, 1.0, -1.0)
    return [np.column_stack([x, level + swing * scale * sign]) for scale in (1, -1, 0.5, -0.5)]


def _scroll(start: float, end: float, level: float, swing: float) -> list[Curve]:
    """Rolling spirals."""
    count = max(round((end - start) / (swing * 2.4)), 1)
    step = (end - start) / count
    turn = np.linspace(0, 4 * math.pi, 50)
    spiral = np.column_stack([np.cos(turn) * (1 - turn / 16), np.sin(turn) * (1 - turn / 16)]) * swing
    return [spiral * (1, 1 if place % 2 else -1) + (start + step * (place + 0.5), level) for place in range(count)]


@lru_cache(maxsize=16)
def _ground(width: float, height: float, px: float, kind: str, inset: float) -> Pixels:
    mask = np.zeros((round(height * px), round(width * px)), dtype=np.uint8)
    right, bottom = width - inset, height - inset
    if kind == "words":
        return _words(mask, px, inset)
    if kind == "rosettes":
        curves = [
            rosette(width / 2, height / 2, reach, 18) for reach in np.linspace(18, min(width, height) / 2 - inset, 9)
        ]
    elif kind == "lines":
        curves = [np.array([[inset, y], [right, y]]) for y in np.arange(inset, bottom, 0.9)]
    elif kind == "weave":
        curves = [
            _wave(inset, right, y, 1.0, 6.0, phase)
            for y in np.arange(inset + 1, bottom, 2.0)
            for phase in (0.0, math.pi)
        ]
    else:
        curves = [
            _wave(inset, right, y, 1.7, 14.0, math.pi * (place % 2))
            for place, y in enumerate(np.arange(inset + 2, bottom - 2, 2.3))
        ]
    _strokes(mask, px, curves, 0.1)
    return mask


def _words(mask: Pixels, px: float, inset: float) -> Pixels:
    """Pale letters all over, as forms carry the office's initials."""
    image = Image.fromarray(mask)
    draw, pen = ImageDraw.Draw(image), font(Face.HEI_BOLD, max(round(5.2 * px), 6))
    edge = round(inset * px)
    for row, y in enumerate(range(edge, image.height - edge - round(6 * px), round(17 * px))):
        for x in range(edge + (row % 2) * round(18 * px), image.width - edge - round(22 * px), round(38 * px)):
            draw.text((x, y), "SCJDGL" if row % 2 else "市场监管", font=pen, fill=255, stroke_width=0)
    return np.array(image)
