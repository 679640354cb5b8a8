"""Choosing among outlines: of those that show the same sheet, one stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from intake.geometry import apply
from intake.imaging.quads import Quad
from intake.imaging.sheets import _chosen, _unfolded, find
from intake.sheet_options import ImagingOptions
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()


def outline(*corners: tuple[float, float]) -> Quad:
    """A well seen outline with these corners."""
    return Quad(np.array(corners, np.float64), 1.0, (1.0, 1.0, 1.0, 1.0), (False,) * 4)


FRAME = outline((44.0, 20.0), (698.0, 20.0), (698.0, 487.1), (44.0, 487.1))


@pytest.mark.parametrize(
    "other",
    [
        outline((44.0, 20.05), (675.0, 20.13), (675.0, 487.0), (44.0, 487.0)),
        outline((44.0, 44.0), (675.0, 44.0), (675.0, 464.0), (44.0, 464.0)),
        outline((20.0, 20.2), (698.0, 20.2), (698.0, 464.0), (20.0, 464.2)),
    ],
)
def test_outlines_that_nearly_coincide_show_one_sheet(other: Quad) -> None:
    """The lines of a printed frame make several outlines; a sheet that is cut out twice would be read twice."""
    assert len(_chosen([other, FRAME])) == 1


def test_outlines_side_by_side_are_two_sheets() -> None:
    """Two cards that nearly touch stay two."""
    left = outline((10, 10), (200, 10), (200, 130), (10, 130))
    right = outline((205, 10), (395, 10), (395, 130), (205, 130))
    assert len(_chosen([left, right])) == 2


PAPER = np.full((540, 720, 3), 240, np.uint8)
HALVES = (
    outline((20, 60), (250, 60), (250, 390), (20, 390)),
    outline((252, 61), (480, 60), (480, 390), (251, 391)),
)


def test_the_halves_of_a_folded_sheet_are_one_sheet() -> None:
    """A crease down the middle is a change of light; the sheet has the outer corners of its two halves."""
    (whole,) = _unfolded(list(HALVES), PAPER, OPTIONS)
    assert whole.corners.tolist() == [[20, 60], [480, 60], [480, 390], [20, 390]]
    lower = [outline((10, 10), (300, 10), (300, 215), (10, 215)), outline((10, 216), (300, 216), (300, 420), (10, 420))]
    (whole,) = _unfolded(lower, PAPER, OPTIONS)
    assert whole.corners.tolist() == [[10, 10], [300, 10], [300, 420], [10, 420]]


def test_sheets_with_room_between_them_and_cards_that_nearly_touch_stay_apart() -> None:
    """Only a side in common makes one of two, and paper on both sides of it; cards may lie with hardly any room."""
    apart = [HALVES[0], outline((290, 61), (520, 60), (520, 390), (290, 391))]
    assert len(_unfolded(apart, PAPER, OPTIONS)) == 2
    desk = PAPER.copy()
    desk[:, 235:249] = (90, 60, 30)
    assert len(_unfolded(list(HALVES), desk, OPTIONS)) == 2
    cards = [outline((10, 10), (200, 10), (200, 130), (10, 130)), outline((10, 134), (200, 134), (200, 254), (10, 254))]
    assert len(_unfolded(cards, PAPER, OPTIONS)) == 2


def test_a_card_beside_a_sheet_is_found_with_it() -> None:
    """Seen askew, and too small to be a sheet: it bears print that the sheet's outline would leave out."""
    desk = np.full((1800, 2600, 3), (110, 90, 60), np.uint8)
    sheet = papers.lines_of_print(1640, 1160, 30)
    desk[300:1460, 100:1740] = sheet
    corners = [(2010.0, 700.0), (2390.0, 712.0), (2402.0, 968.0), (1996.0, 960.0)]
    seen, _ = papers.on_desk(papers.card(428, 270), corners, (2600, 1800))
    where = np.zeros((1800, 2600), np.uint8)
    cv2.fillConvexPoly(where, np.array(corners, np.int32), 1)
    desk[where > 0] = seen[where > 0]
    found = find(desk, OPTIONS)
    middles = [apply(one.to_scan, [(one.width / 2, one.height / 2)])[0] for one in found]
    assert [(round(x, -2), round(y, -2)) for x, y in middles] == [(900, 900), (2200, 800)]
