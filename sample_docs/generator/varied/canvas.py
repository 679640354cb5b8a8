"""A sheet in millimetres at any resolution, printed in layers: the form, what the machine filled in, foil, ink.

Each layer is a mask that gets its colour, weight and wear when the sheet is finished, so that one paper's form and
filling differ in black and sharpness as they do when two printers made them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.sheet import _pieces as pieces
from sample_docs.generator.varied.chance import Chance

Pixels: TypeAlias = NDArray[np.uint8]
Colour: TypeAlias = tuple[int, int, int]
INK: Colour = (38, 36, 38)
_ARPHIC = {Face.KAI, Face.SONG}
_MARKS = "，。、；：？！"
_FULL = 0x2E80


@dataclass(frozen=True, slots=True)
class Ink:
    """How a layer prints: ``weight`` 1 is as drawn, more is fatter; ``soft`` pixels of blur; ``turn`` degrees askew."""

    colour: Colour = INK
    weight: float = 1.0
    soft: float = 0.0
    needles: bool = False
    strength: float = 1.0
    turn: float = 0.0


class Canvas:
    """What is printed on. Lengths are millimetres from the top left; ``px`` is pixels per millimetre."""

    def __init__(self, width: float, height: float, px: float, paper: Colour) -> None:
        """An empty sheet."""
        self.width, self.height, self.px = width, height, px
        self.size = (max(round(width * px), 1), max(round(height * px), 1))
        self.base: Pixels = np.full((self.size[1], self.size[0], 3), paper, dtype=np.uint8)
        self.inks: dict[str, Ink] = {"form": Ink(), "fill": Ink()}
        self._layers: dict[str, tuple[Image.Image, ImageDraw.ImageDraw]] = {}

    def draw(self, layer: str) -> ImageDraw.ImageDraw:
        """The pen of a layer."""
        if layer not in self._layers:
            image = Image.new("L", self.size, 0)
            self._layers[layer] = (image, ImageDraw.Draw(image))
        return self._layers[layer][1]

    def text(
        self, x: float, y: float, text: str, face: Face, size: float, *, layer: str = "form", spacing: float = 0.0,
        align: str = "left",
    ) -> float:  # fmt: skip
        """Write one line, its em's top at ``y``; give its right end. ``size`` is the em, ``spacing`` extra room."""
        length = measure(text, face, size) + spacing * max(len(text) - 1, 0)
        left = x - {"left": 0.0, "center": length / 2, "right": length}[align]
        pen, draw = _pen(face, size * self.px), self.draw(layer)
        baseline = (y + 0.88 * size) * self.px
        for run in runs(text, face) if spacing == 0.0 else list(text):
            chosen = _pen(Face.SONG_MEDIUM, size * self.px) if borrowed(run, face) else pen
            draw.text((left * self.px, baseline), run, font=chosen, fill=255, anchor="ls")
            left += measure(run, face, size) + spacing
        return x + length if align == "left" else left

    def spread(
        self, x: float, y: float, text: str, width: float, face: Face, size: float, *, layer: str = "form"
    ) -> None:
        """Write a caption whose characters fill ``width`` from end to end, as on printed forms."""
        spacing = (width - measure(text, face, size)) / max(len(text) - 1, 1)
        self.text(x, y, text, face, size, layer=layer, spacing=spacing)

    def paragraph(
        self, x: float, y: float, text: str, width: float, face: Face, size: float, *, layer: str = "fill",
        leading: float = 1.4, spacing: float = 0.0,
    ) -> float:  # fmt: skip
        """Write text broken to ``width`` and give the top of the next line; ``leading`` in ems."""
        for line in wrapped(text, width, face, size, spacing):
            self.text(x, y, line, face, size, layer=layer, spacing=spacing)
            y += size * leading
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.25, layer: str = "form") -> None:
        """Draw a straight line ``width`` mm wide."""
        ends = [(x1 * self.px, y1 * self.px), (x2 * self.px, y2 * self.px)]
        self.draw(layer).line(ends, fill=255, width=max(round(width * self.px), 1))

    def box(self, x: float, y: float, w: float, h: float, width: float = 0.25, layer: str = "form") -> None:
        """Draw a rectangle."""
        corners = (x * self.px, y * self.px, (x + w) * self.px, (y + h) * self.px)
        self.draw(layer).rectangle(corners, outline=255, width=max(round(width * self.px), 1))

    def blend(self, mask: Pixels, colour: Colour, strength: float, at: tuple[float, float] = (0.0, 0.0)) -> None:
        """Print a mask (0 to 255) on the base at once, its top left at ``at`` mm; ink darkens like a filter."""
        left, top = round(at[0] * self.px), round(at[1] * self.px)
        y, x = max(top, 0), max(left, 0)
        bottom, right = min(top + mask.shape[0], self.size[1]), min(left + mask.shape[1], self.size[0])
        if bottom <= y or right <= x:
            return
        part = mask[y - top : bottom - top, x - left : right - left]
        window = self.base[y:bottom, x:right]
        window[:] = _filtered(window, part, colour, strength)

    def paste(self, image: Image.Image, x: float, y: float) -> None:
        """Lay an image (with its alpha, if any) on the base."""
        page = Image.fromarray(self.base)
        page.paste(
            image.convert("RGB"),
            (round(x * self.px), round(y * self.px)),
            image.getchannel("A") if image.mode == "RGBA" else None,
        )
        self.base = np.array(page)

    def flush(self, *layers: str) -> None:
        """Print the named layers (all, if none is named) on the base now; what comes later lies above them."""
        for name in layers or tuple(self._layers):
            if name in self._layers:
                ink = self.inks.get(name, Ink())
                image = self._layers.pop(name)[0]
                turned = image.rotate(ink.turn, Image.Resampling.BILINEAR) if ink.turn else image
                mask = _worn(np.asarray(turned), ink, self.px)
                self.base = _covered(self.base, mask, ink.colour, ink.strength)

    def finished(self) -> Image.Image:
        """The printed sheet."""
        self.flush()
        return Image.fromarray(self.base)


def _pen(face: Face, pixels: float) -> object:
    return font(face, max(round(pixels), 4))


@cache
def _advance(face: Face, character: str) -> float:
    """The width of a character in ems."""
    em = 200
    return float(font(face, em).getlength(character)) / em


def advance(face: Face, character: str) -> float:
    """The width of a character in ems; ideographs are square."""
    return 1.0 if ord(character) >= _FULL else _advance(face, character)


def measure(text: str, face: Face, size: float) -> float:
    """The length of a line in millimetres."""
    return sum(advance(face, character) for character in text) * size


def fitting(text: str, width: float, face: Face, size: float) -> float:
    """The greatest em up to ``size`` at which the text keeps to one line of ``width``."""
    length = measure(text, face, size)
    return size if length <= width else size * width / length * 0.995


@lru_cache(maxsize=4096)
def _broken(text: str, ems: float, face: Face, extra: float) -> tuple[str, ...]:
    lines, line, used = [], "", 0.0
    for piece in pieces(text):
        length = sum(advance(face, c) + extra for c in piece)
        if line and used + length > ems + extra:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + piece, used + length
    return (*lines, line) if line else tuple(lines)


def wrapped(text: str, width: float, face: Face, size: float, spacing: float = 0.0) -> tuple[str, ...]:
    """Lines no longer than ``width`` by the Chinese rules: no closing mark begins a line, no opening mark ends one."""
    return _broken(text, width / size, face, spacing / size)


def borrowed(text: str, face: Face) -> bool:
    """Is this a mark that must come from another face? The Arphic faces set theirs in the middle, as in Taiwan."""
    return face in _ARPHIC and text[0] in _MARKS


def runs(text: str, face: Face) -> list[str]:
    """The text cut where the face changes between words and marks."""
    if face not in _ARPHIC:
        return [text]
    found: list[str] = []
    for character in text:
        if found and (found[-1][0] in _MARKS) == (character in _MARKS):
            found[-1] += character
        else:
            found.append(character)
    return found


def _worn(mask: Pixels, ink: Ink, px: float) -> Pixels:
    """The mask as this ink prints it."""
    if ink.soft or ink.weight != 1.0:
        sigma = max(ink.soft, 0.35 if ink.weight != 1.0 else 0.0)
        mask = cv2.convertScaleAbs(cv2.GaussianBlur(mask, (0, 0), sigma), alpha=ink.weight)
    if ink.needles:
        pitch = max(px * 0.3, 2.0)
        y, x = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]].astype(np.float32)
        grid = 0.62 + 0.38 * np.cos(x * np.float32(2 * np.pi / pitch)) * np.cos(y * np.float32(2 * np.pi / pitch))
        mask = (mask * grid).astype(np.uint8)
    return mask


def _covered(base: Pixels, mask: Pixels, colour: Colour, strength: float) -> Pixels:
    """The base with the colour laid over it where the mask is; only the rows that are touched are computed."""
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return base
    part = slice(int(rows[0]), int(rows[-1]) + 1)
    alpha = (mask[part].astype(np.uint16) * round(strength * 256)) >> 8
    window = base[part].astype(np.int16)
    for channel, value in enumerate(colour):
        window[..., channel] += ((value - window[..., channel].astype(np.int32)) * alpha // 255).astype(np.int16)
    base[part] = window.astype(np.uint8)
    return base


def _filtered(window: Pixels, mask: Pixels, colour: Colour, strength: float) -> Pixels:
    """The window seen through ink of the colour."""
    alpha = mask.astype(np.float32) * np.float32(strength / 255)
    result = np.empty_like(window)
    for channel, value in enumerate(colour):
        result[..., channel] = window[..., channel] * (1 - alpha * np.float32(1 - value / 255))
    return result


def inks(chance: Chance) -> tuple[Ink, Ink]:
    """The blacks of a form and of what a machine filled in."""
    shade, fill = chance.whole(18, 64), round(20 + 66 * chance.between(0, 1) ** 1.6)
    form = Ink((shade, shade - 2, shade), chance.between(0.9, 1.35), chance.between(0.0, 0.6))
    tint = chance.pick(((0, 0, 0), (0, 0, 0), (6, 0, 8), (0, 2, 14)))
    colour = (fill + tint[0], fill + tint[1], fill + tint[2])
    return form, Ink(
        colour,
        chance.between(0.95, 1.5),
        chance.between(0.0, 0.6),
        turn=chance.near(0, 0.1) if chance.maybe(0.4) else 0.0,
    )
