"""A sheet of paper in millimetres, drawn at 300 dpi."""

from __future__ import annotations

import re
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font

PX = 300 / 25.4
"""Pixels per millimetre."""

Colour: TypeAlias = tuple[int, int, int]
INK: Colour = (32, 30, 32)

_NOT_FIRST = "，。、；：？！）》”】%"
_MARKS = "，。、；：？！"
_NOT_LAST = "（《“【"
_UNBROKEN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,¥-"


class Sheet:
    """What is printed on: text and lines go to places in millimetres from the top left."""

    def __init__(self, width: float, height: float, paper: Colour) -> None:
        """An empty sheet of ``width`` × ``height`` millimetres."""
        self.width, self.height = width, height
        self.image = Image.new("RGB", (round(width * PX), round(height * PX)), paper)
        # A printed form and the values put in later are never quite in register.
        self.offset = (0.0, 0.0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        colour: Colour = INK,
        *,
        spacing: float = 0.0,
        align: str = "left",
    ) -> float:
        """Write one line and give its right end.

        ``size`` is the em in millimetres, ``y`` the top of the em square, ``spacing`` the extra room after each
        character, ``align`` says which end of the line stands at ``x``: left, center or right.
        """
        length = measure(text, face, size) + spacing * max(len(text) - 1, 0)
        start = x - {"left": 0.0, "center": length / 2, "right": length}[align]
        draw = ImageDraw.Draw(self.image)
        pen = font(face, round(size * PX))
        left, baseline = (start + self.offset[0]) * PX, (y + self.offset[1] + 0.88 * size) * PX
        marks = font(Face.SONG_MEDIUM, round(size * PX))
        for piece in _runs(text, face) if spacing == 0.0 else list(text):
            draw.text((left, baseline), piece, font=marks if _borrowed(piece, face) else pen, fill=colour, anchor="ls")
            left += pen.getlength(piece) + spacing * PX
        return start + length

    def spread(
        self, x: float, y: float, text: str, width: float, face: Face, size: float, colour: Colour = INK
    ) -> None:
        """Write a caption whose characters fill ``width`` from end to end, as on printed forms."""
        spacing = (width - measure(text, face, size)) / max(len(text) - 1, 1)
        self.text(x, y, text, face, size, colour, spacing=spacing)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        face: Face,
        size: float,
        colour: Colour = INK,
        *,
        leading: float = 1.45,
    ) -> float:
        """Write text broken to ``width`` and give the top of the next line; ``leading`` in ems."""
        for line in broken(text, width, face, size):
            self.text(x, y, line, face, size, colour)
            y += size * leading
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.25, colour: Colour = INK) -> None:
        """Draw a straight line ``width`` mm wide."""
        ends = [(x1 * PX, y1 * PX), (x2 * PX, y2 * PX)]
        ImageDraw.Draw(self.image).line(ends, fill=colour, width=max(round(width * PX), 1))

    def rectangle(self, x: float, y: float, w: float, h: float, width: float, colour: Colour) -> None:
        """Draw a frame whose outer edge is at x, y and w × h mm large."""
        box = (x * PX, y * PX, (x + w) * PX, (y + h) * PX)
        ImageDraw.Draw(self.image).rectangle(box, outline=colour, width=max(round(width * PX), 1))

    def curves(
        self, curves: list[NDArray[np.float64]], colour: Colour, *, width: int = 1, strength: float = 1.0
    ) -> None:
        """Draw smooth polylines of points in mm, ``width`` pixels wide, mixed in with ``strength`` (0 to 1)."""
        pixels = np.array(self.image)
        drawn = pixels.copy()
        points = [np.round(curve * PX * 16).astype(np.int32) for curve in curves]
        cv2.polylines(drawn, points, isClosed=False, color=colour, thickness=width, lineType=cv2.LINE_AA, shift=4)
        self.image = Image.fromarray(cv2.addWeighted(drawn, strength, pixels, 1 - strength, 0))

    def paste(self, image: Image.Image, x: float, y: float) -> None:
        """Lay an image (with its alpha, if any) on the sheet at its top left corner."""
        mask = image.getchannel("A") if image.mode == "RGBA" else None
        self.image.paste(image.convert("RGB"), (round(x * PX), round(y * PX)), mask)


def measure(text: str, face: Face, size: float) -> float:
    """The length of a line in millimetres."""
    return float(font(face, round(size * PX)).getlength(text)) / PX


def broken(text: str, width: float, face: Face, size: float, indent: float = 0.0) -> list[str]:
    """Lines no longer than ``width`` by the Chinese rules: no closing mark begins a line, no opening mark ends one."""
    lines, line, room = [], "", width - indent
    for piece in _pieces(text):
        if line and measure(line + piece, face, size) > room:
            lines.append(line)
            line, room = "", width
        line += piece
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[str]:
    """What a line's end may not part: runs of Latin letters and digits, a character with the mark that it bears."""
    pieces: list[str] = []
    for character in text:
        last = pieces[-1][-1] if pieces else ""
        run = last and character in _UNBROKEN and last in _UNBROKEN
        if pieces and (last in _NOT_LAST or character in _NOT_FIRST or run):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _borrowed(text: str, face: Face) -> bool:
    """Is this a mark that must come from another face? The Arphic faces set theirs in the middle, as in Taiwan."""
    return face in {Face.KAI, Face.SONG} and text[0] in _MARKS


def _runs(text: str, face: Face) -> list[str]:
    """The text cut where the face changes between words and marks."""
    if face not in {Face.KAI, Face.SONG}:
        return [text]
    return [run for run in re.split(f"([{_MARKS}])", text) if run]


def fitting(text: str, width: float, face: Face, size: float) -> float:
    """The greatest em up to ``size`` at which the text keeps to one line of ``width``."""
    length = measure(text, face, size)
    return size if length <= width else size * width / length * 0.995
