"""Between the flat page and its scan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import geometry
from intake.types import FlatGeometry, PixelBox, Region
from tests.intake.imaging import papers

WIDTH, HEIGHT = 800, 1000
SCAN = (1200, 1600)


def flat(to_scan: geometry.Homography, width: int = WIDTH, height: int = HEIGHT) -> FlatGeometry:
    """A flat page on a scan of 1,200 × 1,600 pixels."""
    return FlatGeometry(0, 0, width, height, *SCAN, to_scan)


def offsets() -> st.SearchStrategy[tuple[float, float]]:
    """How far a corner may lie from where it would be on a straight page, in pixels."""
    return st.tuples(st.floats(-90, 90), st.floats(-90, 90))


@st.composite
def askew(draw: st.DrawFn) -> FlatGeometry:
    """A page seen askew, entirely on its scan."""
    straight = [(150, 200), (1050, 200), (1050, 1400), (150, 1400)]
    corners = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(straight, [draw(offsets()) for _ in straight], strict=True)]
    return flat(geometry.from_corners(WIDTH, HEIGHT, corners))


@st.composite
def boxes(draw: st.DrawFn) -> PixelBox:
    """A box on the flat page."""
    x, y = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    return PixelBox(x, y, draw(st.integers(1, WIDTH - x)), draw(st.integers(1, HEIGHT - y)))


def test_a_box_on_an_untouched_page_is_the_same_fractions_of_the_scan() -> None:
    """Where nothing was turned or stretched, fractions are pixels over size, clockwise from the top left."""
    page = FlatGeometry(0, 0, 200, 100, 200, 100, geometry.IDENTITY)
    expected = Region(((0.1, 0.2), (0.5, 0.2), (0.5, 0.6), (0.1, 0.6)))
    assert geometry.region(page, PixelBox(20, 20, 80, 40)) == expected


@given(askew(), boxes())
def test_a_box_finds_back_to_the_flat_page(page: FlatGeometry, box: PixelBox) -> None:
    """Flat to scan and back gives the very same corners, in the order of the text."""
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    seen = [(x * SCAN[0], y * SCAN[1]) for x, y in geometry.region(page, box).corners]
    assert papers.back(page.to_scan, seen) == [pytest.approx(corner, abs=1e-3) for corner in corners]


def test_a_box_of_a_bent_page_lies_where_the_bend_moved_it() -> None:
    """Its corners are moved by the bend there, linear between nodes, before they are mapped to the scan."""
    bend = (((0.0, 0.0), (0.0, 40.0), (0.0, 0.0)), ((0.0, 0.0), (0.0, 20.0), (0.0, 0.0)))
    page = replace(flat(geometry.IDENTITY), bend=bend)
    (a, b, c, d) = geometry.region(page, PixelBox(200, 0, 200, 500)).corners
    seen = [(x * SCAN[0], y * SCAN[1]) for x, y in (a, b, c, d)]
    assert seen == [pytest.approx(corner) for corner in ((200, 20), (400, 40), (400, 530), (200, 515))]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_turned_bend_moves_the_same_places_of_the_scan(turns: int) -> None:
    """Turning the page by quarters changes neither where its points lie nor, after four turns, the bend itself."""
    bend = (((1.0, 5.0), (-3.0, 40.0), (2.0, 0.0)), ((0.0, 7.0), (6.0, 20.0), (0.5, -8.0)))
    width, height = (WIDTH, HEIGHT) if turns % 2 == 0 else (HEIGHT, WIDTH)
    points = [(10.0, 20.0), (300.0, 150.0), (width - 5.0, height / 2)]
    after = geometry.turned_bend(bend, turns)
    way = geometry.quarter_turned(turns, WIDTH, HEIGHT)
    before = geometry.moved(geometry.apply(way, points), bend, WIDTH, HEIGHT)
    turned = geometry.apply(way, geometry.moved(points, after, width, height))
    assert turned == [pytest.approx(point) for point in before]
    assert geometry.turned_bend(after, -turns) == bend


@given(askew())
def test_corners_land_where_they_were_seen(page: FlatGeometry) -> None:
    """The homography composed with its inverse is the identity."""
    both = geometry.compose(page.to_scan, papers.inverse(page.to_scan))
    assert np.allclose(both, geometry.IDENTITY, atol=1e-6)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5])
def test_quarter_turns_follow_numpy(turns: int) -> None:
    """A pixel of the turned picture is found again at its place in the picture before the turn."""
    before = np.arange(6 * 4).reshape(6, 4)
    after = np.rot90(before, turns)
    way = geometry.quarter_turned(turns, 4, 6)
    for y, x in np.ndindex(*after.shape):
        (across, down) = geometry.apply(way, [(x + 0.5, y + 0.5)])[0]
        assert before[int(down), int(across)] == after[y, x]


def test_corners_of_a_turned_page_follow_the_text() -> None:
    """On a page that was turned by a quarter, the first corner is the top left of the text, not of the scan."""
    page = FlatGeometry(0, 0, 100, 200, 200, 100, geometry.quarter_turned(1, 200, 100), quarter_turns=1)
    assert geometry.region(page, PixelBox(0, 0, 100, 200)).corners == ((1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))


def test_a_region_stays_on_the_scan() -> None:
    """What a warp put beyond the scan is clipped to fractions from 0 to 1."""
    page = FlatGeometry(0, 0, 100, 100, 100, 100, geometry.translation(-10, 20))
    assert geometry.region(page, PixelBox(0, 0, 100, 100)).corners == ((0.0, 0.2), (0.9, 0.2), (0.9, 1.0), (0.0, 1.0))


def test_the_box_of_a_slanted_region_is_its_upright_hull() -> None:
    """x, y, width and height of the smallest upright box, in whole pixels, never empty."""
    slanted = Region(((0.2, 0.1), (0.8, 0.3), (0.7, 0.5), (0.1, 0.3)))
    assert geometry.scan_box(slanted, 1000, 100) == (100, 10, 700, 40)
    assert geometry.scan_box(Region(((1.0, 1.0),) * 4), 10, 10) == (9, 9, 1, 1)


def test_turning_is_counter_clockwise_around_a_centre() -> None:
    """A point right of the centre goes above it, which is a smaller y."""
    assert geometry.apply(geometry.rotation(90, (5, 5)), [(7, 5)])[0] == pytest.approx((5, 3))


def test_a_union_of_nothing_is_an_error() -> None:
    """There is no box that holds no boxes."""
    with pytest.raises(ValueError, match="empty"):
        geometry.union([])
