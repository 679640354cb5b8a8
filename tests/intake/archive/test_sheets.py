"""Printed separators are found again, every one, after all that offices do to them."""

from __future__ import annotations

import numpy as np
import pytest

from intake.archive import marks, sheets
from intake.archive.looking import codes, worn_codes
from intake.archive.marks import Mark
from intake.archive_options import ArchiveOptions
from intake.types import FlatGeometry, Line, PageText, PixelBox, Pixels, Word
from tests import worn
from tests.worn import WEAR, Grey, Wear

OPTIONS = ArchiveOptions()
SHORT = Mark("cover", "B7", "3", "12", 41, run=(1, 60))
LONG = Mark("cover", "2026-秋", "盒12", "J001-WS·2015-Y-0012", 7, run=(1, 200))


@pytest.fixture(scope="module")
def printed() -> dict[int, list[Grey]]:
    """Both sides of two cover sheets, then of a patch sheet, at 200 and 300 dpi."""
    both = [sheets.covers([SHORT, LONG]), sheets.patches(1)]
    return {dpi: [page for pdf in both for page in worn.rendered(pdf, dpi)] for dpi in (200, 300)}


def colour(page: Grey) -> Pixels:
    """A page as the pipeline has it."""
    return np.repeat(page[:, :, None], 3, axis=2)


def text(words: str) -> PageText:
    """What was read on a page."""
    word = Word(words, 0.9, PixelBox(0, 0, 10, 10))
    geometry = FlatGeometry(0, 0, 1000, 1000, 1000, 1000, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    return PageText(geometry, (Line((word,)),), "rapidocr")


def found(page: Grey, words: str = "INTAKE SEPARATOR SHEET") -> Mark | None:
    """What a page's codes say, looked at closely where its words have to be read."""
    said = codes(colour(page), OPTIONS)
    if not marks.names_sheet(said):
        said += worn_codes(colour(page), text(words), OPTIONS)
    return marks.read(said)


def test_each_side_says_what_it_was_printed_for(printed: dict[int, list[Grey]]) -> None:
    """Names in any script, the running number, and which side it is."""
    told = [found(page) for page in printed[200][:4]]
    sides = [(mark, side) for mark in (SHORT, LONG) for side in ("front", "back")]
    for mark, (meant, side) in zip(told, sides, strict=True):
        assert mark is not None
        assert (mark.batch, mark.box, mark.folder, mark.number) == (meant.batch, meant.box, meant.folder, meant.number)
        assert (mark.kind, mark.side) == ("cover", side)


@pytest.mark.parametrize("wear", WEAR, ids=lambda wear: wear.__name__)
def test_every_worn_separator_is_found(printed: dict[int, list[Grey]], wear: Wear) -> None:
    """Covers with their number and patches as such: all of them, whatever one way of wear left."""
    chance = np.random.default_rng(1)
    short, long, patch = (found(worn.scanned(printed[200][place], chance, wear)) for place in (0, 3, 4))
    assert short is not None
    assert long is not None
    assert (short.number, long.number) == (41, 7)
    assert long.same_sheet(LONG)
    assert patch is not None
    assert patch.kind == "patch"


@pytest.mark.parametrize("dpi", [200, 300])
def test_several_ways_of_wear_at_once_leave_the_separators_readable(printed: dict[int, list[Grey]], dpi: int) -> None:
    """Seven separators through one feeder, each worn in three ways: seven are found, where others found four."""
    chance = np.random.default_rng(dpi)
    for place in range(7):
        ways = [WEAR[way] for way in chance.permutation(len(WEAR))[:3]]
        mark = found(worn.scanned(printed[dpi][place % 6], chance, *ways))
        assert mark is not None, ways
        assert mark.is_readable, ways


@pytest.mark.parametrize("left", ["first", "second", "bars"])
def test_any_one_of_the_codes_is_enough(printed: dict[int, list[Grey]], left: str) -> None:
    """Two corners torn away and the bars scribbled over, but for one of the three."""
    page = printed[200][0].copy()
    height, width = page.shape
    parts = {
        "first": np.s_[: height // 3, width // 2 :],
        "second": np.s_[3 * height // 4 :, : width // 2],
        "bars": np.s_[height // 2 : 2 * height // 3, :],
    }
    for name, part in parts.items():
        if name != left:
            page[part] = 200
    mark = found(page)
    assert mark is not None
    assert mark.number == 41


def test_bars_without_room_for_the_names_say_the_rest(printed: dict[int, list[Grey]]) -> None:
    """Of a sheet with long names whose QR codes are gone the number is known."""
    page = printed[300][2].copy()
    height, width = page.shape
    page[: height // 3, width // 2 :] = 255
    page[3 * height // 4 :, : width // 2] = 255
    mark = found(page)
    assert mark is not None
    assert (mark.batch, mark.number, mark.folder) == (LONG.batch, 7, "")
    assert mark.same_sheet(LONG)


def test_numbers_run_on_over_boxes_and_folders() -> None:
    """The run is through the batch: so a missing sheet is noticed wherever it lay."""
    made = sheets.run("B7", [("1", "1"), ("1", "2"), ("2", "1")], first=40)
    assert [(mark.box, mark.folder, mark.number) for mark in made] == [("1", "1", 40), ("1", "2", 41), ("2", "1", 42)]
    with pytest.raises(ValueError, match="number"):
        sheets.covers([Mark("cover", "B7")])


def test_the_words_of_a_page_of_text_are_not_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """The close look is for sheets of few words; ordinary pages never pay for it."""
    monkeypatch.setattr("intake.archive.looking.read_worn_marks", lambda _: pytest.fail("looked"))
    page = np.full((100, 100, 3), 255, np.uint8)
    assert worn_codes(page, text("合同" * 200 + "SEPARATOR"), OPTIONS) == ()
    assert worn_codes(page, text("居民身份证"), OPTIONS) == ()
