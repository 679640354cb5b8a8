"""Lines are looked for on a reduced copy, and come back in the page's own pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from intake.options import RecognitionOptions
from intake.recognition.detector import lines

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


def test_boxes_come_back_in_the_pixels_of_the_page() -> None:
    """What was made smaller is undone; the model sees -1 (black) to 1 (white), colours as BGR."""
    pixels = sheet(400, 800, 900, 1200)
    pixels[:, :, 0] = 255
    model = Model()
    (quad,) = lines(pixels, model, OPTIONS)
    assert quad.tolist() == [[0, 0], [1280, 0], [1280, 2560], [0, 2560]]
    assert model.blob.shape == (1, 3, 1280, 640)
    assert model.blob[0, :, 500, 300].tolist() == [-1.0, -1.0, 1.0]
