"""A line cut out of its page, and the way back."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition.chains import Run
from intake.recognition.cutting import cut
from intake.recognition.runs import COPY, Layer
from intake.types import PixelBox, Word

OPTIONS = RecognitionOptions()


def blocks(*lefts: int, width: int = 800) -> tuple[NDArray[np.uint8], Layer, Run]:
    """A page with black blocks of 40 × 40 pixels at y 100, one run, and a blot of another patch right below it."""
    ink = np.full((300, width), 255, np.uint8)
    labels = np.zeros((150, width // COPY), np.int32)
    for left in lefts:
        ink[100:140, left : left + 40] = 0
        labels[50:70, left // COPY : left // COPY + 20] = 1
    ink[130:136, lefts[0] + 60 : lefts[0] + 70] = 0
    labels[65:68, lefts[0] // COPY + 30 : lefts[0] // COPY + 35] = 2
    hull = PixelBox(lefts[0] // COPY, 50, (lefts[-1] - lefts[0]) // COPY + 20, 20)
    run = Run(hull, (1,))
    return ink, Layer(labels, (run,)), run


def test_a_line_has_the_height_that_is_read_unscaled() -> None:
    """Ink and margins together 48 pixels."""
    assert cut(*blocks(100, 200), OPTIONS).picture.shape[0] == 48


def test_neighbours_are_not_shown() -> None:
    """Ink of another patch inside the line's box is white on its picture."""
    picture = cut(*blocks(100, 200), OPTIONS).picture
    dark = np.flatnonzero((picture < 128).any(axis=0))
    assert np.count_nonzero(np.diff(dark) > 1) == 1


def test_wide_white_is_shortened_and_words_find_their_place_again() -> None:
    """Two blocks 400 pixels apart come close; a word read on the second lies on the second."""
    strip = cut(*blocks(100, 500), OPTIONS)
    assert strip.picture.shape[1] < 200
    dark = np.flatnonzero((strip.picture < 128).any(axis=0))
    begins = int(dark[np.argmax(np.diff(dark)) + 1])
    word = strip.on_page(Word("照", 0.9, PixelBox(begins, 5, int(dark[-1]) + 1 - begins, 38)))
    assert word.box.x == pytest.approx(500, abs=4)
    assert word.box.right == pytest.approx(540, abs=4)
    assert (word.box.y, word.box.height) == (strip.box.y, strip.box.height)


def test_a_line_at_the_edge_is_cut_at_the_edge() -> None:
    """No box reaches beyond the page."""
    strip = cut(*blocks(0, 100, width=141), OPTIONS)
    assert strip.box.x == 0
    assert strip.box.right <= 141
