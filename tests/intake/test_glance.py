"""The first look: complaints, the type by the heading, which way up a sheet stands, what glare hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intake import glance
from intake.glance import GlanceOptions
from intake.options import Options
from intake.recognition.engine import CropRequest, CropText
from intake.types import (
    FlatGeometry,
    Line,
    Page,
    PageText,
    PictureQuality,
    PixelBox,
    RectifiedPage,
    Region,
    Word,
)

GOOD = PictureQuality(30.0, 1.8, 0.06, 0.9, 0.1, 0.0, (), (), 0.0, 0.0)
HEADING = ("营业执照", "统一社会信用代码", "名称", "类型", "法定代表人", "经营范围")


class Reader:
    """Reads the heading only from a sheet whose corner pixel says that it stands so."""

    name = "rapidocr"

    def __init__(self, upright: int = 0) -> None:
        """``upright`` quarter turns bring the print upright."""
        self.upright, self.heights = upright, list[int]()

    def read_page(self, page: RectifiedPage) -> PageText:
        """The heading, if the page stands upright."""
        self.heights.append(page.pixels.shape[0])
        lines = ()
        if page.geometry.quarter_turns == self.upright:
            words = (Word(text, 0.99, PixelBox(100, 60 * row, 40 * len(text), 40)) for row, text in enumerate(HEADING))
            lines = tuple(Line((word,)) for word in words)
        return PageText(page.geometry, lines, self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """Nobody asks."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held."""


def _look(monkeypatch: pytest.MonkeyPatch, reader: Reader, quality: PictureQuality = GOOD, **options: float) -> object:
    pixels = np.full((900, 600, 3), 250, np.uint8)
    flat = FlatGeometry(0, 0, 600, 900, 600, 900, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    sheet = RectifiedPage(flat, pixels, pixels[:, :, 0], quality)
    monkeypatch.setattr(glance, "decode", lambda *_: iter([Page(0, pixels)]))
    monkeypatch.setattr(glance, "rectify", lambda *_: (sheet,))
    limits = replace(GlanceOptions(), **options)
    (found,) = glance.glance(Path("scan"), "image/png", reader, Options(), limits)
    return found


def test_a_good_upright_sheet_is_told_by_its_heading_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One band is read, a third of the sheet; the type is told with its confidence."""
    reader = Reader()
    found = _look(monkeypatch, reader)
    assert found == glance.Glance(0, 0, (), "business_license", found.type_confidence, upright=True)  # type: ignore[attr-defined]
    assert reader.heights == [306]


@pytest.mark.parametrize("turns", [2, 1, 3])
def test_a_turned_sheet_is_told_to_be_turned(monkeypatch: pytest.MonkeyPatch, turns: int) -> None:
    """Its heading is found at another side; that it is turned asks for nothing."""
    found = _look(monkeypatch, Reader(turns), seconds=60)
    assert (found.type, found.upright, found.complaints) == ("business_license", False, ("turned",))  # type: ignore[attr-defined]


def test_a_sheet_that_says_nothing_is_given_no_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing sure is nothing told; when the time is over, no further side is looked at."""
    reader = Reader(9)
    found = _look(monkeypatch, reader, seconds=-1)
    assert (found.type, found.upright, found.complaints) == (None, None, ())  # type: ignore[attr-defined]
    assert len(reader.heights) == 1


def test_a_sheet_without_print_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """No edge of print and no line read: perhaps it lay face down."""
    found = _look(monkeypatch, Reader(9), replace(GOOD, edges=None, print_height=None, edge_width=None))
    assert found.complaints == ("empty",)  # type: ignore[attr-defined]


def test_glare_names_what_it_lies_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet with glare is read whole; fields that the glare touches or that cannot be read are named."""
    spot = Region(((0, 0), (1, 0), (1, 1), (0, 1)))
    reader = Reader()
    found = _look(monkeypatch, reader, replace(GOOD, glare=0.01, glare_places=(spot,)))
    assert found.complaints == ("glare",)  # type: ignore[attr-defined]
    assert "uscc" in found.hidden or found.hidden == ()  # type: ignore[attr-defined]
    assert reader.heights == [306, 900]
