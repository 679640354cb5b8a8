"""Sheets that do not lie flat: their bend is found, taken out in the one resampling, and known on the way back."""

from __future__ import annotations

import time
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from intake import geometry
from intake.imaging.bends import bend
from intake.imaging.orientation import turned
from intake.imaging.rectify import rectify
from intake.sheet_options import ImagingOptions
from intake.types import Page, PixelBox, RectifiedPage
from tests.intake.imaging import papers

OPTIONS = ImagingOptions()
WIDTH, HEIGHT = 1240, 1754
SIZE = 36  # of the print in pixels
BLUE = (600, 60)  # the middle of a mark above the print

Lift = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Pixels by which a sheet is lower, at fractions of its width."""


def fold(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """A sharp fold in the middle, both halves of the sheet sloping up to it."""
    return np.asarray(80 * np.abs(x - 0.5), np.float32)


def wave(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """A sheet that was rolled up."""
    return np.asarray(16 * np.sin(5 * x), np.float32)


def sheet(lift: Lift | None) -> NDArray[np.uint8]:
    """A page of print with a blue mark; bent."""
    paper = papers.lines_of_print(WIDTH, HEIGHT, SIZE, 0.06, 0.94)
    paper[BLUE[1] - 20 : BLUE[1] + 20, BLUE[0] - 20 : BLUE[0] + 20] = (0, 0, 220)
    if lift is None:
        return paper
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    moved = cv2.remap(paper, x, y - lift((x + 0.5) / WIDTH), cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(moved, np.uint8)


def read(pixels: NDArray[np.uint8]) -> RectifiedPage:
    """The only sheet of a picture."""
    (found,) = rectify(Page(0, pixels), OPTIONS)
    return found


def unevenness(page: RectifiedPage) -> float:
    """Print heights by which the tops of the glyphs of a line differ, at the usual line."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((page.ink < 128).astype(np.uint8))
    glyphs = [stats[one] for one in range(1, count) if stats[one, cv2.CC_STAT_HEIGHT] > SIZE / 2]
    tops = np.sort([glyph[cv2.CC_STAT_TOP] for glyph in glyphs if glyph[cv2.CC_STAT_TOP] > HEIGHT / 12])
    lines = np.split(tops, np.flatnonzero(np.diff(tops) > SIZE / 3) + 1)
    return float(np.median([np.ptp(line) for line in lines])) / SIZE


@pytest.mark.parametrize("lift", [fold, wave])
def test_lines_of_a_bent_sheet_are_straightened(lift: Lift) -> None:
    """Folded or rolled, glyphs of one line stand within an eighth of their height afterwards."""
    page = read(sheet(lift))
    assert page.geometry.bend
    assert unevenness(page) < 0.125


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_mark_on_a_bent_sheet_is_found_again_on_the_scan(turns: int) -> None:
    """However the sheet lay and was turned: a box's region is where the scan shows it, by a quarter of a glyph."""
    pixels = np.ascontiguousarray(np.rot90(sheet(fold), turns))
    page = turned(read(pixels), -turns)
    assert page.geometry.bend
    ys, xs = np.nonzero(page.pixels[:, :, 2].astype(int) - page.pixels[:, :, 0] > 90)
    box = PixelBox(int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)
    place = geometry.scan_box(geometry.region(page.geometry, box), pixels.shape[1], pixels.shape[0])
    seen_y, seen_x = np.nonzero(pixels[:, :, 2].astype(int) - pixels[:, :, 0] > 90)
    seen = (seen_x.min(), seen_y.min(), np.ptp(seen_x) + 1, np.ptp(seen_y) + 1)
    assert place == pytest.approx(seen, abs=SIZE / 4)


def test_a_sheet_that_lay_flat_is_not_resampled() -> None:
    """No bend, not a pixel touched."""
    pixels = sheet(None)
    page = read(pixels)
    assert page.geometry.bend == ()
    assert np.array_equal(page.pixels, pixels)


def test_a_slight_bend_is_left() -> None:
    """A tenth of a print height harms no reading, and straightening would cost a resampling."""
    assert read(sheet(lambda x: fold(x) / 8)).geometry.bend == ()


def test_too_little_print_tells_no_bend() -> None:
    """Without print, or with three lines of it, a page stays as it is."""
    paper = np.full((HEIGHT, WIDTH), 255, np.uint8)
    assert bend(paper, None, OPTIONS) == ()
    assert bend(paper, SIZE, OPTIONS) == ()
    few = cv2.cvtColor(sheet(fold), cv2.COLOR_RGB2GRAY)
    few[400:] = 255
    assert bend(few, SIZE, OPTIONS) == ()


def test_looking_for_a_bend_takes_little_time() -> None:
    """Every page pays for it: at most 30 ms of an A4 page, in the quickest of five tries."""
    ink = read(sheet(None)).ink
    taken = []
    for _ in range(5):
        begun = time.process_time()
        bend(ink, SIZE, OPTIONS)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.03
