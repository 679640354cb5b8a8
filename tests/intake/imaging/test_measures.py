"""What is told of a scan without reading it: colours, seals, rings, and a hash of how it looks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from intake.archive import likeness
from intake.imaging.measures import measured
from intake.sheet_options import ImagingOptions
from intake.types import Page
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()
RED, BLACK = (200, 30, 40), (40, 40, 40)


def sealed(colour: tuple[int, int, int]) -> papers.Picture:
    """A page at 200 dpi with a seal of 42 mm in a colour."""
    page = papers.lines_of_print(1654, 2339, 32, 0.1, 0.6)
    cv2.circle(page, (1150, 1900), 165, colour, 9)
    return page


@pytest.mark.parametrize(
    ("page", "mode"),
    [
        (sealed(RED), "colour"),
        (np.clip(papers.lines_of_print(1654, 2339, 32), 60, 200).astype(np.uint8), "grey"),
        (papers.lines_of_print(1654, 2339, 32) // 128 * 255, "bilevel"),
    ],
)
def test_the_colours_are_those_that_are_there(page: papers.Picture, mode: str) -> None:
    """Not those that the file could hold: a grey page saved as RGB is grey."""
    assert measured(Page(0, np.asarray(page, np.uint8)), OPTIONS).mode == mode


def test_a_seal_is_seen_by_its_red_and_without_colour_by_its_ring() -> None:
    """So a page that lost its seal's colour is found, and a page of print alone is not."""
    plain = measured(Page(0, papers.lines_of_print(1654, 2339, 32)), OPTIONS)
    red, black = (measured(Page(0, sealed(colour)), OPTIONS) for colour in (RED, BLACK))
    assert [(one.red, one.ring) for one in (plain, red, black)] == [(False, False), (True, False), (False, True)]


def test_the_hash_stays_through_a_second_scan_and_tells_other_pages_apart() -> None:
    """Darker, softer, smaller and shifted by two millimetres it is the same page."""
    page = sealed(RED)
    again = cv2.GaussianBlur(np.roll(page, (12, 9), (0, 1)), (0, 0), 1.5)
    again = cv2.resize((again * 0.9).astype(np.uint8), (1240, 1754), interpolation=cv2.INTER_AREA)
    other = papers.lines_of_print(1654, 2339, 70)
    first, second, third = (measured(Page(0, np.asarray(one, np.uint8)), OPTIONS).look for one in (page, again, other))
    assert likeness.distance(first, second) <= likeness.LOOK_BITS
    assert likeness.distance(first, third) > likeness.LOOK_BITS


def test_the_resolution_told_is_that_of_the_scan() -> None:
    """A PDF page is drawn at 300 dpi whatever the scan in it has."""
    found = measured(Page(0, papers.lines_of_print(400, 500), 300.0, 150.0), OPTIONS)
    assert (found.width, found.height, found.dpi, found.scan_dpi) == (400, 500, 300.0, 150.0)
