"""How well a sheet was pictured, on drawn print whose blur, light and glare are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from intake import geometry
from intake.imaging.orientation import turned
from intake.imaging.rectify import rectify
from intake.sheet_options import ImagingOptions
from intake.types import Page, PageText, PictureQuality
from intake.wire import dump, load
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()


def quality(picture: papers.Picture) -> PictureQuality:
    """That of a picture's only sheet."""
    (sheet,) = rectify(Page(0, picture), OPTIONS)
    assert sheet.quality is not None
    return sheet.quality


def scan(size: int = 34) -> papers.Picture:
    """A page of print, soft as scanners see it."""
    return np.asarray(cv2.GaussianBlur(papers.lines_of_print(1240, 1754, size), (0, 0), 0.6), np.uint8)


def test_a_good_scan_is_sharp_bright_even_whole_and_straight() -> None:
    """Nothing is found against it, and its print has the height that was drawn."""
    found = quality(scan())
    assert found.print_height == pytest.approx(34, abs=3)
    assert found.edges is not None
    assert found.edges < 0.1
    assert found.lightness == 1.0
    assert found.unevenness < 0.02
    assert (found.glare, found.glare_places, found.cut_sides, found.missing, found.skew) == (0, (), (), 0, 0)


@pytest.mark.parametrize("size", [24, 36, 60])
def test_edges_are_as_wide_as_the_blur_whatever_the_size_of_print(size: int) -> None:
    """Blur in proportion to the print costs as much of each letter: edges rise with it, and nearly alike."""
    page = papers.lines_of_print(1240, 1754, size)
    widths = [quality(cv2.GaussianBlur(page, (0, 0), share * size)).edges or 0 for share in (0.02, 0.05, 0.08)]
    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(0.06, abs=0.02)
    assert widths[2] > 1.6 * widths[0]


def test_a_blank_page_has_neither_print_nor_edges() -> None:
    """What is not there is not measured."""
    found = quality(np.full((1000, 700, 3), 250, np.uint8))
    assert (found.print_height, found.edge_width, found.edges) == (None, None, None)


def test_shadow_is_told_as_dark_and_as_uneven() -> None:
    """A page half in shadow is uneven; one all in shadow is dark and even."""
    page = scan().astype(np.float64)
    slope = np.linspace(1.0, 0.5, page.shape[1])[None, :, None]
    half, whole = quality((page * slope).astype(np.uint8)), quality((page * 0.25).astype(np.uint8))
    assert half.unevenness == pytest.approx(0.44, abs=0.06)
    assert whole.lightness == pytest.approx(0.25, abs=0.02)
    assert whole.unevenness < 0.05


def test_glare_is_found_with_its_place() -> None:
    """A lamp's mirror image on darker paper; its place is told in fractions of the scan."""
    page = (scan() * 0.7).astype(np.uint8)
    cv2.ellipse(page, (900, 500), (80, 60), 0, 0, 360, (255, 255, 255), -1)
    found = quality(page)
    assert found.glare == pytest.approx(3.14 * 80 * 60 / (1240 * 1754), rel=0.2)
    (place,) = found.glare_places
    left, top, width, height = geometry.scan_box(place, 1240, 1754)
    assert (left + width / 2, top + height / 2) == pytest.approx((900, 500), abs=12)


def test_white_paper_and_a_gentle_slope_of_light_are_no_glare() -> None:
    """Only what is brighter than the paper just round it has lost its print to light."""
    assert quality(scan()).glare == 0
    cream = np.minimum(scan(), np.array([252, 250, 234], np.uint8))
    cream[200:1500, 1150:1200] = 255
    assert quality(cream).glare == 0
    slope = np.linspace(0.7, 1.05, 1754)[:, None, None]
    assert quality(np.clip(scan() * slope, 0, 255).astype(np.uint8)).glare == 0


def test_white_beyond_the_scan_is_no_glare() -> None:
    """A straightened page has white wedges at its sides that no camera saw."""
    grey = (papers.lines_of_print(1240, 1754, left=0.2, right=0.8) * 0.7).astype(np.uint8)
    leaning = papers.laid(grey, geometry.rotation(4.0, (620, 877)), (1240, 1754), (178, 178, 178))
    assert quality(leaning).glare == 0


def test_letters_that_the_edge_of_the_picture_cuts_are_told_by_their_side() -> None:
    """Lines that run out of the picture at the left; the other sides have a margin."""
    page = scan()
    assert quality(np.ascontiguousarray(page[:, 140:])).cut_sides == ("left",)


def test_a_sheet_that_leaves_the_picture_lacks_a_share() -> None:
    """A corner beyond the picture's edge is missing."""
    paper = papers.lines_of_print(900, 1270, 30)
    corners = [(150.0, 100.0), (1050.0, 100.0), (1050.0, 1370.0), (150.0, 1370.0)]
    whole, _ = papers.on_desk(paper, corners, (1200, 1500))
    assert quality(whole).missing == 0


def test_a_turned_page_keeps_its_quality() -> None:
    """Places are told on the scan, which nobody turns."""
    (sheet,) = rectify(Page(0, scan()), OPTIONS)
    assert turned(sheet, 1).quality == sheet.quality


def test_quality_is_kept_with_the_words_and_older_words_have_none() -> None:
    """It goes to JSON and back; what was kept before it was measured can still be read."""
    (sheet,) = rectify(Page(0, scan()), OPTIONS)
    text = PageText(sheet.geometry, (), "rapidocr", quality=sheet.quality)
    assert load(PageText, dump(text)) == text
    older = {name: value for name, value in dump(text).items() if name != "quality"}
    assert load(PageText, older).quality is None
