"""The code and the number of a slip: what they lead to, and what they do not."""

from __future__ import annotations

import re

import numpy as np
import pytest
import segno
from numpy.typing import NDArray

from intake.customers import returning, slips
from intake.recognition.codes import read_marks
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word
from intake.understanding import understand
from tests.made_up import TODAY

CASE = "01KCASE0000000000000000000"


def _page(payload: str, side: int = 660) -> NDArray[np.uint8]:
    """A white A4 page at 300 dpi with the code on it, about 56 mm wide."""
    matrix = np.array([list(row) for row in segno.make_qr(payload, error="q").matrix], np.uint8)
    code = np.kron(1 - matrix, np.ones((side // len(matrix),) * 2, np.uint8)) * 255
    page = np.full((3508, 2480), 255, np.uint8)
    page[400 : 400 + len(code), 300 : 300 + len(code)] = code
    return page


def test_a_slip_leads_to_its_case_and_a_forged_one_to_none() -> None:
    """The signature must be this installation's; a changed case or another key leads nowhere."""
    code = slips.payload("key", CASE)
    assert slips.case_of("key", code) == CASE
    assert slips.case_of("other", code) is None
    assert slips.case_of("key", code.replace("CASE", "CASF")) is None
    assert slips.case_of("key", slips.PREFIX) is None


def test_a_slips_code_holds_nothing_but_the_case_and_the_signature() -> None:
    """No name, no number of a person: what lies on desks tells nothing."""
    assert re.fullmatch(rf"INTAKE-SLIP:{CASE}\.[\w-]{{27}}", slips.payload("key", CASE))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_slip_is_found_on_a_scan_whichever_way_it_lies(turns: int) -> None:
    """At 300 dpi, looked at small: that costs a page some milliseconds."""
    code = slips.payload("key", CASE)
    assert read_marks(np.rot90(_page(code), turns)) == (code,)


def test_a_slip_is_found_on_a_grey_noisy_scan() -> None:
    """A bad copier's picture, in colours, does."""
    noise = np.random.default_rng(4).normal(0, 25, (3508, 2480))
    dirty = np.clip(_page(slips.payload("key", CASE)) * 0.7 + 40 + noise, 0, 255).astype(np.uint8)
    assert read_marks(np.dstack([dirty] * 3)) == (slips.payload("key", CASE),)


@pytest.mark.parametrize("wrong", ["1000018", "1000071", "0100017x", "", "12", "case 1000017"])
def test_a_mistyped_number_leads_to_no_case(wrong: str) -> None:
    """One wrong digit or two changed places are noticed before anything is looked up."""
    assert slips.typed(wrong) is None


def test_a_slip_parts_the_papers_around_it_and_is_no_document() -> None:
    """What stands on the slip's page is not read into a paper."""

    def page(index: int, words: str, code: str = "") -> PageText:
        geometry = FlatGeometry(index, 0, 10, 10, 10, 10, (1, 0, 0, 0, 1, 0, 0, 0, 1))
        lines = (Line((Word(words, 0.9, PixelBox(0, 0, 5, 5)),)),)
        return PageText(geometry, lines, "tesseract", (code,) if code else ())

    texts = (page(0, "开户许可证"), page(1, "开户许可证", slips.payload("key", CASE)), page(2, "开户许可证"))
    assert [one.page_indexes for one in understand(texts, today=TODAY)] == [(0,), (2,)]


def test_each_reason_says_what_the_clerk_does() -> None:
    """A reason without a next step would leave the clerk alone with it."""
    assert returning.STEPS.keys() == returning.REASONS.keys()
