"""Words of purpose across a paper are lightened for both readers; signatures, level red words and grey words stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from intake.imaging import purposes
from intake.imaging.rectify import rectify
from intake.sheet_options import ImagingOptions
from intake.types import Page, RectifiedPage
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()
SIZE = (1240, 1754)
RED, BLUE, GREY = (0.85, 0.45, 0.45), (0.45, 0.55, 0.85), (0.6, 0.6, 0.62)


def words_across(lean: float, most: int = 100) -> NDArray[np.uint8]:
    """255 where rows of words stand that lean by so many degrees counter-clockwise; at most so many of them."""
    side = 2400
    layer = np.zeros((side, side), np.uint8)
    places = [(x, y) for y in range(400, 2000, 300) for x in range(620, 1500, 500)]
    for x, y in sorted(places, key=lambda place: abs(place[1] - side / 2))[:most]:
        for letter in range(8):
            cv2.rectangle(layer, (x + letter * 44, y), (x + letter * 44 + 34, y + 34), 255, 4)
    turned = cv2.warpAffine(layer, cv2.getRotationMatrix2D((side / 2, side / 2), lean, 1.0), (side, side))
    return np.asarray(turned[300 : 300 + SIZE[1], 500 : 500 + SIZE[0]], np.uint8)


def under(mask: NDArray[np.uint8], ink: tuple[float, float, float]) -> NDArray[np.uint8]:
    """A page of print, see-through ink over it where the mask says."""
    page = papers.lines_of_print(*SIZE).astype(np.float32)
    page[mask > 127] *= np.array(ink, np.float32)
    return np.asarray(page, np.uint8)


def read(pixels: NDArray[np.uint8]) -> RectifiedPage:
    """The only sheet of a picture."""
    (sheet,) = rectify(Page(0, pixels), OPTIONS)
    return sheet


def paper_below(sheet: RectifiedPage, mask: NDArray[np.uint8]) -> float:
    """How bright the paper is below the words (their inside, away from print), as the second reader sees it."""
    seen = cv2.resize(sheet.pixels, SIZE, interpolation=cv2.INTER_AREA).min(axis=2)
    plain = papers.lines_of_print(*SIZE).min(axis=2)
    inside = (cv2.erode(mask, np.ones((3, 3), np.uint8)) > 127) & (cv2.erode(plain, np.ones((9, 9), np.uint8)) > 200)
    return float(np.median(seen[inside]))


@pytest.mark.parametrize("ink", [RED, BLUE])
@pytest.mark.parametrize("lean", [24.0, 45.0, -24.0])
def test_coloured_words_of_purpose_are_lightened_and_print_below_them_stays(
    ink: tuple[float, float, float], lean: float
) -> None:
    """Where the words lay the paper is paper again, to both readers, and no print is lost."""
    mask = words_across(lean)
    plain, marked = read(papers.lines_of_print(*SIZE)), read(under(mask, ink))
    assert paper_below(marked, mask) > 235
    seen = cv2.resize(marked.ink, plain.ink.shape[::-1])
    assert np.mean((seen < 128) != (plain.ink < 128)) < 0.01


def test_grey_words_stay_as_they_are() -> None:
    """Their colour does not tell them from print."""
    mask = words_across(24.0)
    assert paper_below(read(under(mask, GREY)), mask) < 180


@pytest.mark.parametrize(("lean", "most"), [(0.0, 100), (24.0, 3)])
def test_level_words_and_a_few_slanted_ones_are_no_words_of_purpose(lean: float, most: int) -> None:
    """A red heading is print, and a signature or two is not a purpose."""
    colour = cv2.resize(words_across(lean, most) // 2, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    assert purposes.words(colour, OPTIONS) is None


def test_waves_over_the_whole_page_are_no_words_of_purpose() -> None:
    """A filmed screen has slanted coloured bands everywhere; what covers the page is not laid over it in words."""
    y, x = np.mgrid[0:800, 0:560]
    bands = np.where(np.sin((x + y) / 12) * np.sin((x - 3 * y) / 300) > 0.25, 60, 0).astype(np.uint8)
    assert purposes.words(bands, OPTIONS) is None
