"""What is said of a picture to whoever can take it again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.imaging.complaints import complaints
from intake.pictures import WORDS
from intake.sheet_options import QualityOptions
from intake.types import PictureQuality, Side

GOOD = PictureQuality(
    print_height=30.0,
    edge_width=1.8,
    edges=0.06,
    lightness=0.9,
    unevenness=0.1,
    glare=0.0,
    glare_places=(),
    cut_sides=(),
    missing=0.0,
    skew=0.0,
)
TOP: tuple[Side, ...] = ("top",)


def test_a_good_picture_is_not_complained_of() -> None:
    """Nor is one without print: there is nothing to read on it."""
    assert complaints(GOOD, QualityOptions()) == ()
    assert complaints(replace(GOOD, print_height=None, edge_width=None, edges=None), QualityOptions()) == ()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (replace(GOOD, edges=0.25), "blurred"),
        (replace(GOOD, glare=0.03), "glare"),
        (replace(GOOD, lightness=0.15), "too_dark"),
        (replace(GOOD, unevenness=0.6), "uneven_light"),
        (replace(GOOD, cut_sides=TOP), "cut_off"),
        (replace(GOOD, missing=0.05), "cut_off"),
        (replace(GOOD, print_height=7.0, edges=0.3), "too_small"),
        (replace(GOOD, skew=-1.6), "askew"),
    ],
)
def test_each_fault_has_its_code(bad: PictureQuality, code: str) -> None:
    """One fault, one complaint: print that is too small is never sharp, and not called blurred as well."""
    assert complaints(bad, QualityOptions()) == (code,)


def test_each_complaint_says_what_to_do_in_both_languages() -> None:
    """Words for a person at the counter."""
    assert all(label.zh.endswith("。") and label.en.endswith(".") for label in WORDS.values())
