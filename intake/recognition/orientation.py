"""Which way up is this page? Tesseract's own word first, a trial reading of all four turns where it is unsure."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.errors import EngineCrashedError, EngineOutputError
from intake.options import RecognitionOptions
from intake.recognition import tesseract

QUARTER = 90


def quarter_turns(ink: NDArray[np.uint8], options: RecognitionOptions) -> int:
    """How many quarter turns counter-clockwise (0 to 3) bring the text of ``ink`` upright; 0 where nothing tells.

    ``ink`` is ``uint8 (height, width)``, ink dark. Raises the errors of :func:`intake.recognition.tesseract.run`.
    """
    small = reduced(ink, options.orientation_side)
    turns, confidence = stated(small, options)
    if confidence >= options.orientation_confidence:
        return turns
    return tried(small, options)


def reduced(ink: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The picture with its longest side at most ``side`` pixels."""
    scale = side / max(ink.shape)
    if scale >= 1:
        return ink
    return np.asarray(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def stated(ink: NDArray[np.uint8], options: RecognitionOptions) -> tuple[int, float]:
    """Tesseract's orientation detection: turns and its confidence; (0, 0.0) where it finds too few characters."""
    with TemporaryDirectory(prefix="intake-") as folder:
        listed = tesseract.write_list([ink], Path(folder))
        try:
            told = tesseract.call(
                listed.with_name("0.pgm"), "osd", "osd", f"--psm 0 --dpi {tesseract.DPI}", options.orientation_seconds
            )
        except (EngineCrashedError, EngineOutputError):
            # "Too few characters" ends with an error status: no answer, which is what (0, 0.0) says.
            return 0, 0.0
    return parse(told)


def parse(told: str) -> tuple[int, float]:
    """Turns and confidence out of Tesseract's report.

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


def tried(ink: NDArray[np.uint8], options: RecognitionOptions) -> int:
    """The turn whose trial reading holds the most surely read text."""
    pictures = [np.ascontiguousarray(np.rot90(ink, turns)) for turns in range(4)]
    found = tesseract.run(pictures, options.page_language, f"--psm {tesseract.SPARSE}", options.orientation_seconds)
    weights = [0.0] * 4
    for item in found:
        weights[item.picture] += item.word.confidence**2 * len(item.word.text)
    return int(np.argmax(weights))
