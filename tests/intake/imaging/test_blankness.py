"""A blank page is one on which nobody printed or wrote anything, whatever the scanner adds; all else is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from intake.imaging.blankness import is_blank
from tests import worn
from tests.intake.imaging import papers
from tests.worn import Grey

A4 = (2339, 1654)  # pixels at 200 dpi


def empty(paper: int = 244) -> Grey:
    """An empty page with the grain of a scanner."""
    grain = np.random.default_rng(3).normal(0, 4, A4)
    return np.clip(paper + grain, 0, 255).astype(np.uint8)


def punched() -> Grey:
    """An empty page with two holes for a binder."""
    page = empty()
    for y in (900, 1530):
        cv2.circle(page, (95, y), 24, 60, -1)
    return page


def shining_through() -> Grey:
    """The back of a printed page: its print in mirror writing, 20 grey levels darker than the paper."""
    front = papers.lines_of_print(A4[1], A4[0], 32, 0.1, 0.9).min(axis=2)[:, ::-1]
    through = cv2.GaussianBlur(255 - front.astype(np.float32), (0, 0), 2.5)
    return np.clip(empty() - through * 20 / 255, 0, 255).astype(np.uint8)


def shaded() -> Grey:
    """Old paper, yellow and darker to one side, with the lid's shadow along its edges."""
    page = (empty(210) * np.linspace(1, 0.75, A4[1])).astype(np.uint8)
    page[:30], page[:, -25:] = 70, 30
    return page


@pytest.mark.parametrize("made", [empty, punched, shining_through, shaded])
@pytest.mark.parametrize("turns", [0, 1])
def test_what_the_scanner_and_the_binder_leave_is_nothing(made: worn.Callable[[], Grey], turns: int) -> None:
    """Grain, holes, the other side's print, shadows."""
    page = np.rot90(made(), turns)
    assert is_blank(page)
    assert is_blank(np.repeat(page[:, :, None], 3, axis=2))


@pytest.mark.parametrize("wear", [worn.skewed, worn.noisy, worn.streaked], ids=lambda wear: wear.__name__)
def test_an_empty_page_stays_one_through_a_bad_feeder(wear: worn.Wear) -> None:
    """Dust, lines of dirt, a slant within the scan."""
    page = wear(empty(), np.random.default_rng(1))
    assert (
        is_blank(page) or wear is worn.skewed
    )  # a slanted sheet on a dark lid shows its edges: not sure, so not blank


@pytest.mark.parametrize("text", ["7", "- 12 -", "See file 3"])
def test_a_few_letters_are_something(text: str) -> None:
    """A printed page number of 10 points at the foot."""
    page = empty()
    cv2.putText(page, text, (800, 2220), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 70, 2, cv2.LINE_AA)
    assert not is_blank(page)


def test_a_note_in_pencil_a_stamp_and_a_signature_are_something() -> None:
    """Pale strokes, red ink, one line of a pen."""
    pencil = empty()
    cv2.putText(pencil, "ok 3/5", (600, 700), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 175, 2, cv2.LINE_AA)
    stamp = np.repeat(empty()[:, :, None], 3, axis=2)
    cv2.circle(stamp, (1200, 1700), 110, (225, 120, 120), 4)
    signature = empty()
    stroke = np.cumsum(np.random.default_rng(2).normal(4, 14, (60, 2)), axis=0) + np.array([500, 1500])
    cv2.polylines(signature, [stroke.astype(np.int32)], isClosed=False, color=80.0, thickness=2)
    assert [is_blank(page) for page in (pencil, stamp, signature)] == [False, False, False]


def test_pictures_and_scans_that_failed_are_not_surely_blank() -> None:
    """A photograph, a page that came out black, a page half covered, a scrap of pixels."""
    photo = empty()
    photo[600:1000, 500:800] = 90
    covered = empty()
    covered[:, :800] = 60
    dark, scrap = np.full(A4, 30, np.uint8), np.full((3, 3), 255, np.uint8)
    assert not any(is_blank(page) for page in (photo, covered, dark, scrap))
