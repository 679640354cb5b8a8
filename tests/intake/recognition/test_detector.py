"""Lines are looked for where a page bears print, and come back in the page's own pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.detector import STEP, lines, printed, reduced

OPTIONS = RecognitionOptions()


def sheet(left: int, top: int, right: int, bottom: int) -> np.ndarray:
    """A white sheet of 2,560 × 1,280 pixels with a black block on it."""
    pixels = np.full((2560, 1280, 3), 255, np.uint8)
    pixels[top:bottom, left:right] = 0
    return pixels


class Model:
    """Stands in for the library's detector: finds the whole of what it is shown."""

    def session(self, blob: np.ndarray) -> np.ndarray:
        """Keep what was shown."""
        self.blob = blob
        return blob

    def postprocess_op(self, _blob: np.ndarray, shape: tuple[int, int]) -> tuple[np.ndarray, list[float]]:
        """One box."""
        height, width = shape
        return np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.int32), [1.0]

    def sorted_boxes(self, boxes: Any) -> Any:
        """As they are."""
        return boxes


def test_only_what_bears_print_is_looked_at() -> None:
    """White margins are left out but for a line's height; the sides are what the model takes."""
    small, _ = reduced(sheet(400, 800, 900, 1200), OPTIONS)
    left, top, right, bottom = printed(small, OPTIONS)
    assert small.shape == (1280, 640, 3)
    assert 0 < left <= 200 - OPTIONS.detector_margin < 450 + OPTIONS.detector_margin <= right < 640
    assert 0 < top <= 400 - OPTIONS.detector_margin < 600 + OPTIONS.detector_margin <= bottom < 1280
    assert ((right - left) % STEP, (bottom - top) % STEP) == (0, 0)


def test_a_page_without_print_is_looked_at_whole() -> None:
    """No print is no reason to look at nothing."""
    assert printed(reduced(sheet(0, 0, 0, 0), OPTIONS)[0], OPTIONS) == (0, 0, 640, 1280)


def test_a_speck_does_not_widen_what_is_looked_at() -> None:
    """A pixel that stands alone is no print."""
    pixels = sheet(400, 800, 900, 1200)
    wanted = printed(reduced(pixels, OPTIONS)[0], OPTIONS)
    pixels[2400, 1200] = 150
    assert printed(reduced(pixels, OPTIONS)[0], OPTIONS) == wanted


def test_print_at_the_very_edge_is_not_lost() -> None:
    """The margin ends where the page does."""
    pixels = sheet(1200, 2400, 1280, 2560)
    pixels[2400::12] = 255  # strokes, as print has them
    pixels[2401::12] = 255
    left, top, right, bottom = printed(reduced(pixels, OPTIONS)[0], OPTIONS)
    assert (right, bottom) == (640, 1280)
    assert left <= 600 - OPTIONS.detector_margin
    assert top <= 1200 - OPTIONS.detector_margin


def test_boxes_come_back_in_the_pixels_of_the_page() -> None:
    """What was cut off and made smaller is undone; the model sees -1 (black) to 1 (white), colours as BGR."""
    pixels = sheet(400, 800, 900, 1200)
    pixels[:, :, 0] = 255
    model = Model()
    (quad,) = lines(pixels, model, OPTIONS)
    left, top, right, bottom = printed(reduced(pixels, OPTIONS)[0], OPTIONS)
    assert quad.tolist() == [[2 * x, 2 * y] for x, y in [(left, top), (right, top), (right, bottom), (left, bottom)]]
    assert model.blob.shape == (1, 3, bottom - top, right - left)
    inside = model.blob[0, :, 500 - top, 300 - left]
    assert inside.tolist() == [-1.0, -1.0, 1.0]
