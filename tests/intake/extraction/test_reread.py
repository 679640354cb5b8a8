"""What is read again, where, and off which picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from intake import doctypes
from intake.extraction.reread import Look, bears_codes, both_ways, looks, read_again, sampled
from intake.extraction.sheet import Sheet, distinct
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.types import FlatGeometry, PageText, PixelBox, RectifiedPage, Word
from tests.intake.extraction.sheets import IDENTITY, column, page, word

OPTIONS = ExtractionOptions()
CARD = doctypes.get("id_card_back")
LINES = ("签发机关 虚构市公安局", "有效期限 2016.01.01-2036.01.01")


class Listener:
    """An engine that answers every crop alike and remembers what it was shown."""

    def __init__(self, name: str) -> None:
        """``name`` tells which picture it is given."""
        self.name = name
        self.asked: list[CropRequest] = []

    def read_page(self, page: RectifiedPage) -> PageText:
        """Never asked for here."""
        raise AssertionError(page)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """One letter for each crop."""
        self.asked += crops
        return [crop_text([("甲", 0.9)])] * len(crops)

    def close(self) -> None:
        """Nothing is held."""


def flat(offset: float = 0.0) -> RectifiedPage:
    """A flat page with white paper and black ink, ``offset`` pixels right of the scan's left edge."""
    geometry = FlatGeometry(0, 0, 1000, 800, 3000, 800, (1.0, 0.0, offset, *IDENTITY[3:]))
    return RectifiedPage(geometry, np.full((800, 1000, 3), 255, np.uint8), np.zeros((800, 1000), np.uint8))


def test_only_doubtful_fields_are_looked_at_again() -> None:
    """A field on which two readers agree is settled."""
    both = Sheet((page(*column(*LINES), reader="tesseract"), page(*column(*LINES))))
    assert looks(both, CARD, OPTIONS) == ()
    unsure = [replace(one, confidence=0.6) for one in column(*LINES)]
    alone = looks(Sheet((page(*unsure, reader="tesseract"),)), CARD, OPTIONS)
    assert {look.kind for look in alone} == {"authority", "date", "term_end"}


@pytest.mark.parametrize(("seen", "left", "right"), [("年二月九日", 1500, 1920), ("月九日", 1340, 1840)])
def test_of_a_date_under_a_seal_the_place_of_the_whole_date_is_looked_at(seen: str, left: int, right: int) -> None:
    """As wide as the year that is missing, and no wider: the frame beside it is none of it."""
    text = page(*column("营业执照", "名 称 虚构市明月茶叶有限公司"), word(seen, 1700, 3020))
    (look,) = [one for one in looks(Sheet((text,)), doctypes.get("business_license"), OPTIONS) if one.hidden]
    assert (look.box.x, look.box.right) == (left, right)


def test_a_date_beside_a_caption_is_not_the_hidden_one() -> None:
    """Of the foot's date nothing was read: the day of the foundation above is not asked for in its stead."""
    text = page(*column("营业执照", "名 称 虚构市明月茶叶有限公司"), *column("成立日期 2010年02月18日", y=2000))
    assert [one for one in looks(Sheet((text,)), doctypes.get("business_license"), OPTIONS) if one.hidden] == []


def test_codes_are_looked_for_where_a_paper_may_bear_them() -> None:
    """A license prints its number and name as a code too, a card none; paper of no known type is not searched."""
    license_lines = ("营业执照", "统一社会信用代码 91110000MA0000000X", "经营范围 茶叶销售", "登记机关 虚构局")
    assert bears_codes(Sheet((page(*column(*license_lines)),)), OPTIONS)
    assert not bears_codes(Sheet((page(*column(*LINES)),)), OPTIONS)
    assert not bears_codes(Sheet((page(*column("清单", "茶叶 3 斤")),)), OPTIONS)


def test_the_sample_is_as_large_as_its_share_and_always_the_same() -> None:
    """A sheet's own words draw it, not chance."""
    sheets = [page(word(f"第{number}号", 400, 400)) for number in range(400)]
    drawn = [sampled(one, 0.25) for one in sheets]
    assert 70 <= sum(drawn) <= 130
    assert drawn == [sampled(one, 0.25) for one in sheets]
    assert not any(sampled(one, 0.0) for one in sheets)
    assert all(sampled(one, 1.0) for one in sheets)


def test_tesseract_is_shown_the_ink_and_the_second_reader_the_colours() -> None:
    """Unless a seal hides the value: then both are shown the ink."""
    look = Look(PixelBox(100, 100, 200, 40), "company_name")
    hidden = Look(PixelBox(100, 100, 200, 40), "date", hidden=True)
    for name, asked, dark in (("tesseract", look, True), ("rapidocr", look, False), ("rapidocr", hidden, True)):
        engine = Listener(name)
        read_again(flat(), [asked], engine, OPTIONS)
        assert bool(engine.asked[0].pixels.max() == 0) is dark


def test_what_a_seal_hides_is_read_off_the_ink_and_off_the_colours() -> None:
    """Each shows strokes that the other has lost; what no seal hides is not read twice."""
    plain, hidden = (Look(PixelBox(100, 100, 200, 40), "date", hidden=one) for one in (False, True))
    assert both_ways([plain, hidden]) == [hidden, plain]


def test_what_is_read_again_lies_where_it_was_asked_for() -> None:
    """One line at the look's own place, with each letter's confidence, under the reader's name with its use."""
    text = read_again(flat(), [Look(PixelBox(100, 100, 200, 40), "date")], Listener("rapidocr"), OPTIONS)
    assert text.reader == "rapidocr/crops"
    assert [one for line in text.lines for one in line.words] == [Word("甲", 0.9, PixelBox(100, 100, 200, 40), (0.9,))]


def test_a_sheet_found_twice_is_read_once() -> None:
    """A paper and the frame printed on it show the same part of the scan; a neighbour does not."""
    assert [one.geometry.to_scan[2] for one in distinct((flat(), flat(20.0), flat(1500.0)))] == [0.0, 1500.0]
