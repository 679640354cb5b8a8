"""Recorded words stand in for an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from intake.errors import EngineOutputError
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.recognition.recorded import Recorded, digest
from intake.types import FlatGeometry, Line, PageText, PixelBox, RectifiedPage, Word

GEOMETRY = FlatGeometry(2, 1, 30, 20, 30, 20, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0))
PAGE = RectifiedPage(GEOMETRY, np.zeros((20, 30, 3), np.uint8), np.zeros((20, 30), np.uint8))
TEXT = PageText(GEOMETRY, (Line((Word("合同", 0.9, PixelBox(1, 2, 3, 4)),)),), "counting", ("code",))
CROPS = [CropRequest(np.full((4, 4), shade, np.uint8)) for shade in (0, 255)]


class Counting:
    """An engine that counts how often it is asked."""

    name = "counting"

    def __init__(self) -> None:
        """Asked nothing yet."""
        self.pages = self.crops = 0

    def read_page(self, page: RectifiedPage) -> PageText:
        """Always the same words."""
        assert page is PAGE
        self.pages += 1
        return TEXT

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The brightness of each crop."""
        self.crops += len(crops)
        return [crop_text([(str(crop.pixels[0, 0]), 0.5)]) for crop in crops]

    def close(self) -> None:
        """Nothing to close."""


def test_what_was_recorded_is_replayed_without_the_engine(tmp_path: Path) -> None:
    """Read once with a source, then as often as wanted without one, equal to the last field."""
    source = Counting()
    recording = Recorded(tmp_path, source)
    read = (recording.read_page(PAGE), recording.read_crops(CROPS))
    assert (recording.read_page(PAGE), recording.read_crops(CROPS)) == read == (TEXT, source.read_crops(CROPS))
    assert (source.pages, source.crops) == (1, 4)
    replay = Recorded(tmp_path)
    assert (replay.read_page(PAGE), replay.read_crops(CROPS)) == read
    recording.close()
    replay.close()


def test_words_that_were_never_recorded_are_an_error_of_the_tool(tmp_path: Path) -> None:
    """A test with a forgotten record fails loudly instead of reading nothing."""
    with pytest.raises(EngineOutputError):
        Recorded(tmp_path).read_page(PAGE)
    with pytest.raises(EngineOutputError):
        Recorded(tmp_path).read_crops(CROPS)


def test_the_same_pixels_asked_for_in_another_way_are_another_crop() -> None:
    """Language, alphabet and form belong to the request."""
    pixels = np.zeros((4, 4), np.uint8)
    asked = [
        CropRequest(pixels),
        CropRequest(pixels, "eng"),
        CropRequest(pixels, "eng", "01"),
        CropRequest(pixels, single_line=False),
    ]
    assert len({digest(crop) for crop in asked}) == len(asked)
