"""Which way up is this page? A trial reading of lines under all four turns; Tesseract's own word where that is close.

On 36 sheets of all kinds Tesseract's orientation detection was wrong 15 times out of 144 (each sheet turned four ways),
mostly on photos; the trial reading was right on all 36 (one turn each), the best turn with 3 to 14 times the second's
reading, and took no longer.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.errors import EngineCrashedError, EngineOutputError
from intake.options import RecognitionOptions
from intake.recognition import process

QUARTER = 90

MINIMUM_HEIGHT = 10
"""Pixels: lower than that no Chinese character can be told."""

SLENDER, LONGEST = 4, 24
"""A line is at least 4 characters long; more than 24 tell no more than 24."""

SPARSEST, DENSEST = 0.3, 0.95
"""Share of a line's box that is covered once gaps are closed: less is a frame or a stray stroke, more is a rule."""


def quarter_turns(ink: NDArray[np.uint8], options: RecognitionOptions) -> int:
    """How many quarter turns counter-clockwise (0 to 3) bring the text of ``ink`` upright; 0 where nothing tells.

    ``ink`` is ``uint8 (height, width)``, ink dark. Raises the errors of :func:`intake.recognition.process.run`.
    """
    small = reduced(ink, options.orientation_side)
    weights = tried(small, options)
    second, best = sorted(weights)[-2:]
    if best > options.orientation_margin * second:
        return weights.index(best)
    turns, confidence = stated(small, options)
    return turns if confidence >= options.orientation_confidence else weights.index(best)


def reduced(ink: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The picture with its longest side at most ``side`` pixels."""
    scale = side / max(ink.shape)
    if scale >= 1:
        return ink
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)


def stated(ink: NDArray[np.uint8], options: RecognitionOptions) -> tuple[int, float]:
    """Tesseract's orientation detection: turns and its confidence; (0, 0.0) where it finds too few characters."""
    with TemporaryDirectory(prefix="intake-") as folder:
        listed = process.write_list([ink], Path(folder))
        try:
            told = process.call(
                listed.with_name("0.pgm"), "osd", "osd", f"--psm 0 --dpi {process.DPI}", options.orientation_seconds
            )
        except (EngineCrashedError, EngineOutputError):
            # "Too few characters" ends with an error status: no answer, which is what (0, 0.0) says.
            return 0, 0.0
    return parse(told)


def parse(told: str) -> tuple[int, float]:
    r"""Turns and confidence out of Tesseract's report.

    ``Orientation in degrees`` is how far the text is turned counter-clockwise on the picture, ``Rotate`` how far to
    turn the picture clockwise.

    >>> parse("Orientation in degrees: 90\\nRotate: 270\\nOrientation confidence: 5.50\\n")
    (1, 5.5)
    """
    rotate = re.search(r"Rotate: (\d+)", told)
    confidence = re.search(r"Orientation confidence: ([\d.]+)", told)
    if not rotate or not confidence:
        return 0, 0.0
    return (-int(rotate.group(1)) // QUARTER) % 4, float(confidence.group(1))


def tried(ink: NDArray[np.uint8], options: RecognitionOptions) -> list[float]:
    """How much is read, and how surely, under each of the four turns: the longest lines, lying and standing.

    All zero where nothing on the picture looks like a line of print.
    """
    pictures: list[NDArray[np.uint8]] = []
    turns: list[int] = []
    for turned in (0, 1):
        for strip in strips(np.ascontiguousarray(np.rot90(ink, turned)), options):
            pictures += [strip, np.ascontiguousarray(strip[::-1, ::-1])]
            turns += [turned, turned + 2]
    weights = [0.0] * 4
    arguments = f"--psm {process.SINGLE_LINE}"
    for found in process.run(pictures, options.page_language, arguments, options.orientation_seconds):
        weights[turns[found.picture]] += found.word.confidence**2 * len(found.word.text)
    return weights


def strips(ink: NDArray[np.uint8], options: RecognitionOptions) -> list[NDArray[np.uint8]]:
    """The longest lines of print that lie on the picture, at most ``orientation_lines``, each ready to be read.

    A line is what runs together when gaps of a character are closed: low, long, neither solid nor nearly empty.
    """
    dark = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    gap = max(3, round(max(ink.shape) * options.orientation_gap))
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for x, y, width, height, area in stats[1:].tolist():
        if height >= MINIMUM_HEIGHT and width >= SLENDER * height and SPARSEST <= area / (width * height) <= DENSEST:
            found.append((width / height, x, y, width, height))
    found.sort(reverse=True)
    return [_strip(ink, *box) for _, *box in found[: options.orientation_lines]]


def _strip(ink: NDArray[np.uint8], x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
    """A line with its margin, at most ``LONGEST`` times as long as it is high, at the height that is read best."""
    width = min(width, LONGEST * height)
    line = np.pad(ink[y : y + height, x : x + width], height // 4, constant_values=255)
    return np.asarray(
        cv2.resize(line, None, fx=48 / line.shape[0], fy=48 / line.shape[0], interpolation=cv2.INTER_AREA), np.uint8
    )
