"""Deciding which way up, apart from reading."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition import orientation
from intake.recognition.orientation import parse, quarter_turns, reduced, strips

OPTIONS = RecognitionOptions()
INK = np.full((90, 120), 255, np.uint8)


@pytest.mark.parametrize(
    ("weights", "stated", "turns"),
    [
        ([2.0, 1.0, 40.0, 3.0], (1, 20.0), 2),
        ([20.0, 18.0, 0.0, 0.0], (1, 4.0), 1),
        ([20.0, 18.0, 0.0, 0.0], (1, 3.9), 0),
        ([0.0, 0.0, 0.0, 0.0], (3, 9.0), 3),
        ([0.0, 0.0, 0.0, 0.0], (0, 0.0), 0),
    ],
    ids=["clear", "close, stated surely", "close, stated unsurely", "nothing read", "nothing at all"],
)
def test_the_trial_reading_decides_and_tesseract_where_it_is_close(
    monkeypatch: pytest.MonkeyPatch, weights: list[float], stated: tuple[int, float], turns: int
) -> None:
    """A clear trial is taken; a close one gives way to a sure word of Tesseract's."""
    monkeypatch.setattr(orientation, "tried", lambda *_: weights)
    monkeypatch.setattr(orientation, "stated", lambda *_: stated)
    assert quarter_turns(INK, OPTIONS) == turns


def test_tesseracts_clockwise_degrees_become_counter_clockwise_turns() -> None:
    """``Rotate: 90`` turns the picture clockwise, which is three quarter turns the other way."""
    assert [parse(f"Rotate: {degrees}\nOrientation confidence: 2.0\n")[0] for degrees in (0, 90, 180, 270)] == [
        0,
        3,
        2,
        1,
    ]


def test_a_report_without_figures_tells_nothing() -> None:
    """No answer is an answer of no confidence."""
    assert parse("Page number: 0\n") == (0, 0.0)


def sheet(*boxes: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """White paper with boxes (x, y, width, height) of uneven strokes that look like lines of print."""
    ink = np.full((600, 1000), 255, np.uint8)
    for x, y, width, height in boxes:
        for left in range(x, x + width, 20):
            ink[y + left // 20 % 2 * height // 3 : y + height, left : left + 12] = 0
    return ink


def test_lines_are_found_and_frames_and_specks_are_not() -> None:
    """Low and long, neither solid nor nearly empty; the longest first, at most as many as the options say."""
    ink = sheet((100, 100, 400, 24), (100, 200, 700, 24), (100, 300, 20, 20))
    ink[400, 50:950] = ink[560, 50:950] = 0
    ink[400:560, 50] = ink[400:560, 949] = 0
    found = strips(ink, OPTIONS)
    assert [strip.shape[0] for strip in found] == [48, 48]
    assert found[0].shape[1] > found[1].shape[1]
    assert (
        len(strips(sheet(*((50, 20 + 50 * row, 800, 24) for row in range(10))), OPTIONS)) == OPTIONS.orientation_lines
    )


def test_large_pictures_are_reduced_and_small_ones_left_alone() -> None:
    """The longest side counts."""
    assert reduced(np.zeros((4000, 1000), np.uint8), 1800).shape == (1800, 450)
    assert reduced(INK, 1800) is INK


def test_a_ribbon_of_a_page_is_made_smaller_without_vanishing() -> None:
    """A page one pixel high keeps one row however much its length is reduced."""
    assert reduced(np.full((1, 30_000), 255, np.uint8), 1800).shape == (1, 1800)
