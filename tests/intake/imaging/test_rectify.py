"""From a page to flat, upright, evenly lit sheets, with the way back."""

from __future__ import annotations

import time
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from intake import geometry
from intake.imaging import rectify as rectify_module
from intake.imaging import seals
from intake.imaging.orientation import turned
from intake.imaging.rectify import rectify
from intake.imaging.textsize import text_height
from intake.sheet_options import ImagingOptions
from intake.types import Page, RectifiedPage
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()


def read(pixels: NDArray[np.uint8]) -> tuple[RectifiedPage, ...]:
    """The sheets of a picture."""
    return rectify(Page(0, pixels), OPTIONS)


def corners_of(sheet: RectifiedPage) -> list[tuple[float, float]]:
    """The corners of a flat page on the scan."""
    flat = sheet.geometry
    return geometry.apply(flat.to_scan, [(0, 0), (flat.width, 0), (flat.width, flat.height), (0, flat.height)])


def test_a_straight_scan_is_left_as_it_is() -> None:
    """A flatbed page with readable print is neither cut nor resampled: the way back is the identity."""
    pixels = papers.lines_of_print(1240, 1754)
    (sheet,) = read(pixels)
    assert sheet.geometry.to_scan == geometry.IDENTITY
    assert (sheet.geometry.width, sheet.geometry.height, sheet.geometry.skew) == (1240, 1754, 0.0)
    assert np.array_equal(sheet.pixels, pixels)


def test_ink_is_grey_of_the_page_with_white_paper() -> None:
    """Same height and width as the pixels; paper near 255 and print near 0."""
    (sheet,) = read(papers.lines_of_print(1240, 1754))
    assert sheet.ink.dtype == np.uint8
    assert sheet.ink.shape == sheet.pixels.shape[:2] == (sheet.geometry.height, sheet.geometry.width)
    assert np.median(sheet.ink) == 255
    assert np.percentile(sheet.ink, 1) < 40


@pytest.mark.parametrize("angle", [-7.0, -1.3, -0.4, 0.25, 0.9, 3.0, 8.0])
def test_a_leaning_page_is_set_straight(angle: float) -> None:
    """The skew that was put in is found within 0.1°, with its sign: counter-clockwise is positive."""
    straight = papers.lines_of_print(1240, 1754, left=0.2, right=0.8)
    way = geometry.rotation(angle, (620, 877))
    (sheet,) = read(papers.laid(straight, way, (1240, 1754), (255, 255, 255)))
    assert sheet.geometry.skew == pytest.approx(angle, abs=0.1)
    (ax, ay), (bx, by) = papers.back(sheet.geometry.to_scan, geometry.apply(way, [(300, 900), (900, 900)]))
    assert abs(np.degrees(np.arctan2(by - ay, bx - ax))) < 0.1


def test_a_leaning_page_loses_no_corner() -> None:
    """Straightening makes room: every corner of the scan is on the flat page."""
    way = geometry.rotation(5, (620, 877))
    (sheet,) = read(papers.laid(papers.lines_of_print(1240, 1754), way, (1240, 1754), (255, 255, 255)))
    for x, y in papers.back(sheet.geometry.to_scan, [(0, 0), (1240, 0), (1240, 1754), (0, 1754)]):
        assert -1 <= x <= sheet.geometry.width + 1
        assert -1 <= y <= sheet.geometry.height + 1


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_turned_page_is_brought_upright(turns: int) -> None:
    """Pixels, ink and the way back turn together, as many quarters as are asked for."""
    upright = papers.lines_of_print(900, 1200)
    cv2.rectangle(upright, (60, 30), (160, 60), (0, 0, 0), -1)  # a mark at the top left
    (lying,) = read(np.ascontiguousarray(np.rot90(upright, -turns)))
    sheet = turned(lying, turns)
    assert sheet.geometry.quarter_turns == turns
    assert sheet.ink.shape == (1200, 900)
    assert sheet.ink[45, 110] < 40
    (x, y), *_ = geometry.apply(sheet.geometry.to_scan, [(110, 45)])
    assert np.rot90(upright, -turns)[int(y), int(x)].max() == 0


def test_a_paper_on_a_desk_is_cut_out_and_made_flat() -> None:
    """A phone's picture: the four corners are found, and the sheet has its proportions."""
    truth = [(310.0, 260.0), (1560.0, 210.0), (1690.0, 2080.0), (190.0, 2010.0)]
    pixels, way = papers.on_desk(papers.lines_of_print(1240, 1754), truth, (1900, 2300))
    (sheet,) = read(pixels)
    margin = OPTIONS.sheet_margin
    flat = sheet.geometry
    inner = [
        (flat.width * (x + margin * (1 - 2 * x)), flat.height * (y + margin * (1 - 2 * y)))
        for x, y in [(0, 0), (1, 0), (1, 1), (0, 1)]
    ]
    for found, wanted in zip(geometry.apply(flat.to_scan, inner), truth, strict=True):
        assert np.hypot(found[0] - wanted[0], found[1] - wanted[1]) < 25
    assert flat.height / flat.width == pytest.approx(2**0.5, rel=0.02)
    points = papers.back(flat.to_scan, geometry.apply(way, [(200, 500), (1000, 500), (1000, 1500), (200, 1500)]))
    (ax, ay), (bx, by), (cx, _), (dx, _) = points
    assert abs(by - ay) < 0.01 * flat.height
    assert abs(cx - bx) < 0.01 * flat.width
    assert abs(dx - ax) < 0.01 * flat.width


def test_a_box_of_the_flat_page_covers_its_place_on_the_picture() -> None:
    """Print found on the flat page is found again on the picture, through enlargement, skew and perspective."""
    truth = [(210.0, 160.0), (1060.0, 190.0), (1090.0, 1380.0), (150.0, 1340.0)]
    paper = papers.lines_of_print(1240, 1754)
    paper[40:140, 60:160] = (0, 0, 220)
    pixels, way = papers.on_desk(paper, truth, (1300, 1600))
    (sheet,) = read(pixels)
    blue = sheet.pixels[:, :, 2].astype(int) - sheet.pixels[:, :, 0] > 90
    ys, xs = np.nonzero(blue)
    (fx, fy), *_ = geometry.apply(sheet.geometry.to_scan, [(xs.mean() + 0.5, ys.mean() + 0.5)])
    (wx, wy), *_ = geometry.apply(way, [(110, 90)])
    assert np.hypot(fx - wx, fy - wy) < 2


def test_two_cards_on_one_sheet_are_two_pages_in_reading_order() -> None:
    """Both sides of an identity card copied onto one A4 come apart, the upper one first, each on its own place."""
    sheet = np.full((3508, 2480, 3), 255, np.uint8)
    places = [
        geometry.compose(geometry.translation(700, top), geometry.rotation(lean))
        for top, lean in [(600, -2), (1800, 1)]
    ]
    for way in places:
        seen = papers.laid(papers.card(), way, (2480, 3508), (255, 255, 255))
        sheet = np.minimum(sheet, seen)
    cards = read(sheet)
    assert [card.geometry.sheet for card in cards] == [0, 1]
    for card, way in zip(cards, places, strict=True):
        middle = geometry.apply(card.geometry.to_scan, [(card.geometry.width / 2, card.geometry.height / 2)])[0]
        wanted = geometry.apply(way, [(505, 318.5)])[0]
        assert np.hypot(middle[0] - wanted[0], middle[1] - wanted[1]) < 15
        for x, y in papers.back(card.geometry.to_scan, geometry.apply(way, [(0, 0), (1010, 0), (1010, 637), (0, 637)])):
            assert -1 <= x <= card.geometry.width + 1
            assert -1 <= y <= card.geometry.height + 1


def test_a_card_beside_other_print_does_not_cost_that_print() -> None:
    """Where a sheet holds more than cards it stays whole."""
    sheet = papers.lines_of_print(2480, 3508)
    sheet[600:1800, :] = 255
    way = geometry.translation(700, 850)
    (found,) = read(np.minimum(sheet, papers.laid(papers.card(), way, (2480, 3508), (255, 255, 255))))
    assert np.allclose(corners_of(found), [(0, 0), (2480, 0), (2480, 3508), (0, 3508)])


def test_two_papers_on_a_desk_are_two_sheets() -> None:
    """Side by side, the left one first."""
    first, second = papers.lines_of_print(1000, 1414), papers.lines_of_print(1000, 1414, right=0.6)
    left, _ = papers.on_desk(first, [(100, 120), (1100, 100), (1110, 1500), (90, 1520)], (2400, 1650))
    right = papers.laid(
        second,
        geometry.from_corners(1000, 1414, [(1280, 110), (2270, 130), (2290, 1530), (1290, 1510)]),
        (2400, 1650),
        (0, 0, 0),
    )
    sheets = read(np.maximum(left, right))
    middles = [np.mean(corners_of(sheet), axis=0) for sheet in sheets]
    assert [(int(x) // 1200, sheet.geometry.sheet) for (x, _), sheet in zip(middles, sheets, strict=True)] == [
        (0, 0),
        (1, 1),
    ]


def test_a_blank_page_stays_whole() -> None:
    """No print, no outline: the page is the sheet, and nothing is turned by chance."""
    (sheet,) = read(np.full((1754, 1240, 3), 250, np.uint8))
    assert sheet.geometry.to_scan == geometry.IDENTITY
    assert sheet.ink.min() > 200


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (17, 9), (64, 64), (1, 5000), (5000, 1)])
def test_tiny_pages_do_no_harm(size: tuple[int, int]) -> None:
    """Whatever the size, there is a sheet."""
    height, width = size
    (sheet,) = read(np.full((height, width, 3), 255, np.uint8))
    assert sheet.ink.shape == size


def test_small_print_is_enlarged_and_huge_print_made_smaller() -> None:
    """Print comes to a height that Tesseract reads well; the enlargement is part of the way back."""
    small = papers.lines_of_print(620, 877, 15)
    (larger,) = read(small)
    assert larger.geometry.width / 620 == pytest.approx(2, abs=0.25)
    assert geometry.apply(larger.geometry.to_scan, [(larger.geometry.width, 0)])[0] == pytest.approx((620, 0), abs=1e-6)
    (smaller,) = read(papers.lines_of_print(2480, 3508, 110))
    assert smaller.geometry.width < 1500


def test_a_shadow_is_taken_out() -> None:
    """Half a page in shadow: print there is as dark, and paper as white, as in the light."""
    plain = papers.lines_of_print(1240, 1754)
    shade = np.interp(np.arange(1240), [0, 500, 700, 1240], [1.0, 1.0, 0.55, 0.5])[None, :, None]
    (lit,), (dim,) = read(plain), read((plain * shade).astype(np.uint8))
    assert np.abs(lit.ink.astype(int) - dim.ink).mean() < 6


def test_a_red_seal_is_taken_out_and_the_print_below_it_stays() -> None:
    """Ring and star vanish from ink and pixels, the black print that they cover does not."""
    plain = papers.lines_of_print(1240, 1754)
    sealed = plain.astype(np.float32)
    mask = np.zeros(plain.shape[:2], np.uint8)
    cv2.circle(mask, (700, 1300), 150, 255, 10)
    cv2.circle(mask, (700, 1300), 45, 255, -1)
    sealed[mask > 0] *= np.array([0.88, 0.18, 0.2], np.float32)
    (clean,), (stamped,) = read(plain), read(sealed.astype(np.uint8))
    place = np.s_[1100:1500, 500:900]
    assert np.abs(clean.ink[place].astype(int) - stamped.ink[place]).mean() < 8
    assert np.abs(clean.pixels[place].astype(int) - stamped.pixels[place]).mean() < 8
    assert (stamped.pixels[place].astype(int).max(axis=2) - stamped.pixels[place].min(axis=2) < 80).all()


def test_seals_are_taken_out_alike_in_strips_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seal higher than a strip has no seam: pixels and ink do not depend on the height of the strips."""
    pixels = papers.lines_of_print(1240, 1754)
    cv2.circle(pixels, (700, 900), 300, (225, 60, 50), 24)
    (sheet,) = read(pixels)
    monkeypatch.setattr(seals, "_STRIP", 10_000)
    (at_once,) = read(pixels)
    assert not np.array_equal(sheet.pixels, pixels)
    assert np.array_equal(sheet.pixels, at_once.pixels)
    assert np.array_equal(sheet.ink, at_once.ink)


def test_a_scan_larger_than_a_flat_page_is_made_no_larger_than_one_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lean and height of its print are found on a copy of the most that a flat page may hold, and hold for the scan."""
    seen: list[int] = []

    def look(grey: NDArray[np.uint8], options: ImagingOptions) -> float | None:
        seen.append(grey.size)
        return text_height(grey, options)

    monkeypatch.setattr(rectify_module, "text_height", look)
    small = papers.lines_of_print(1240, 1754)
    large = cv2.resize(small, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    options = replace(OPTIONS, max_flat_megapixels=3.0)
    (sheet,) = rectify(Page(0, large), options)
    (full,) = rectify(Page(0, large), OPTIONS)
    assert seen[0] <= 3.01e6 < seen[1]
    assert sheet.geometry.width * sheet.geometry.height == pytest.approx(
        min(3e6, full.geometry.width * full.geometry.height), rel=0.1
    )
    assert sheet.geometry.skew == full.geometry.skew == 0.0


def test_gold_letters_are_not_taken_for_a_seal() -> None:
    """The golden heading of a license keeps its colour and its darkness, however large it is."""
    sheet = np.full((1414, 1000, 3), 250, np.uint8)
    cv2.rectangle(sheet, (400, 150), (560, 310), (184, 134, 40), 24)
    (gilded,) = read(sheet)
    assert np.array_equal(gilded.pixels, sheet)


def test_red_words_are_not_taken_for_a_seal() -> None:
    """A line of red print stays in the ink."""
    page = papers.lines_of_print(1240, 1754)
    page[:, :, 0] = np.maximum(page[:, :, 0], 200)
    page[900:, :] = 255
    (sheet,) = read(page)
    assert (sheet.ink[175:800, 130:600] < 120).mean() > 0.05


def test_a_page_of_three_hundred_dots_takes_a_moment_only() -> None:
    """An A4 page costs well under two seconds even on a busy machine."""
    pixels = papers.laid(
        papers.lines_of_print(2480, 3508, 42), geometry.rotation(1, (1240, 1754)), (2480, 3508), (255, 255, 255)
    )
    started = time.process_time()
    read(pixels)
    assert time.process_time() - started < 2
