"""Places where a reader of the whole page must have lost print, and what is read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from intake.doctypes import get
from intake.extraction.extract import extract
from intake.extraction.holes import fill, holes
from intake.extraction.sheet import Sheet
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText
from intake.types import Line, PageText, PixelBox, RectifiedPage, Word

from .sheets import column, page, word

LICENSE, OPTIONS = get("business_license"), ExtractionOptions()
HEAD = [
    *column("名称", "类型", x=200, pitch=90),
    *column("杭州云杉贸易有限公司", "有限责任公司", x=480, pitch=90),
]


class Reader:
    """Answers every page with the same words."""

    name = "rapidocr"

    def __init__(self, *words: Word) -> None:
        """The words to answer with."""
        self.words, self.seen = words, list[RectifiedPage]()

    def read_page(self, page: RectifiedPage) -> PageText:
        """The words, on whatever page is shown."""
        self.seen.append(page)
        return PageText(page.geometry, (Line(self.words),), self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """Nothing is asked so."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to close."""


def sheet(*words: Word) -> Sheet:
    """One flat page read whole by the second reader."""
    return Sheet((page(*words),))


def test_a_caption_without_its_value_is_a_place_to_look_at() -> None:
    """The place begins where the values above begin, and reaches from the value above to below the caption."""
    (place,) = holes(sheet(*HEAD, word("法定代表人", 200, 600)), LICENSE, OPTIONS)
    assert 400 < place.x < 480
    assert place.right == 2480
    assert place.y < 600
    assert 640 < place.bottom < 680


def test_beside_the_caption_of_a_long_text_several_lines_are_looked_at() -> None:
    """A scope that was lost whole has more lines than its caption is high."""
    (place,) = holes(sheet(*HEAD, word("经营范围", 200, 600)), LICENSE, OPTIONS)
    assert place.bottom >= 600 + 6 * 40


def test_a_step_over_a_line_is_a_place_to_look_at() -> None:
    """Lines of a scope follow each other closely: where two do not, one between them was lost."""
    lines = column("批发日用百货五金交电", "零售文具用品和家具等", x=480, y=600, pitch=46)
    later = column("仓储服务", x=480, y=600 + 3 * 46)
    whole = [*HEAD, word("经营范围", 200, 600), *lines]
    assert holes(sheet(*whole), LICENSE, OPTIONS) == ()
    (place,) = holes(sheet(*whole, *later), LICENSE, OPTIONS)
    assert place.y < 600 + 2 * 46 + 20 < place.bottom


def test_what_some_papers_leave_out_and_headings_are_no_places() -> None:
    """An authority may be nowhere but on the seal; 税务登记证 in large type is not the caption 税务登记证号."""
    assert holes(sheet(*HEAD, word("登记机关", 200, 900)), LICENSE, OPTIONS) == ()
    tax = [
        word("税务登记证", 900, 200, size=120),
        *column("纳税人名称 杭州云杉贸易有限公司", "地址 杭州市西湖区云杉路", x=200),
    ]
    assert holes(sheet(*tax), get("tax_registration"), OPTIONS) == ()


def test_running_text_has_no_places() -> None:
    """Captions of contracts stand in sentences and need no value beside them."""
    assert holes(sheet(*column("甲方：", "乙方：", "合同编号：")), get("contract"), OPTIONS) == ()


def test_a_place_is_read_as_a_page_and_its_words_lie_on_the_whole_one() -> None:
    """The reader sees the cut-out; boxes are moved back; a place off the page is not read."""
    flat = page(*HEAD)
    pixels = np.full((3508, 2480, 3), 255, np.uint8)
    reader = Reader(word("李四", 20, 10))
    filled = fill(
        RectifiedPage(flat.geometry, pixels, pixels[:, :, 0]),
        [PixelBox(340, 580, 500, 90), PixelBox(9, 9999, 5, 5)],
        reader,
    )
    assert [one.ink.shape for one in reader.seen] == [(90, 500)]
    assert [made.box for line in filled.lines for made in line.words] == [PixelBox(360, 590, 80, 40)]
    assert (filled.reader, filled.geometry) == ("rapidocr/holes", flat.geometry)


def test_words_of_holes_are_words_of_the_page() -> None:
    """A value found so is read like any other; a line that the page holds already does not come twice."""
    flat = page(*HEAD, word("法定代表人", 200, 600))
    again = PageText(
        flat.geometry, (Line((word("张三丰", 480, 600),)), Line((word("有限责任公司", 482, 492),))), "rapidocr/holes"
    )
    read = {one.field: one.value for one in extract([Sheet((flat, again))], LICENSE)}
    assert (read["legal_representative"], read["company_type"]) == ("张三丰", "有限责任公司")


def test_a_piece_cut_out_of_a_line_is_no_line() -> None:
    """A strip between two lines may show the lower halves of one: its words are not added below it."""
    flat = page(*HEAD, *column("住所", x=200, y=600), *column("杭州市西湖区云杉路12号", x=480, y=600))
    again = PageText(flat.geometry, (Line((word("云杉路12号", 760, 625, size=30),)),), "rapidocr/holes")
    read = {one.field: one.value for one in extract([Sheet((flat, again))], LICENSE)}
    assert read["address"] == "杭州市西湖区云杉路12号"


def test_what_another_reader_read_well_is_not_looked_at_again() -> None:
    """A value that the first reader is sure of needs no third look."""
    first = page(*HEAD, word("法定代表人", 200, 600), word("张三丰", 480, 600), reader="tesseract")
    second = page(*HEAD, word("法定代表人", 200, 600))
    assert holes(Sheet((first, second)), LICENSE, OPTIONS) == ()


def test_a_value_that_begins_far_right_lost_its_beginning() -> None:
    """Of a dense scope only a piece in the middle of a line was seen: the whole place is looked at."""
    torn = page(*HEAD, *column("经营范围", x=200, y=580), word("、茶具批发", 1200, 580))
    whole = page(*HEAD, *column("经营范围", x=200, y=580), word("茶叶、茶具批发", 480, 580))
    assert holes(Sheet((torn,)), LICENSE, OPTIONS)
    assert not any(place.y > 500 and place.height > 200 for place in holes(Sheet((whole,)), LICENSE, OPTIONS))


def test_a_whole_line_stands_in_the_place_of_a_piece_of_it() -> None:
    """What was torn out of a line and the line itself are not both words of the page."""
    torn = page(*HEAD, word("经营范围", 200, 580), word("、茶具批发", 1200, 580))
    line = word("茶叶、糖果、糕点、饮料、瓷器、茶杯、茶壶、茶具批发", 480, 582)
    filled = Sheet((torn, replace(torn, lines=(Line((line,)),), reader="rapidocr/holes"))).pages[0]
    words = [one.text for printed in filled.lines for one in printed.words]
    assert line.text in words
    assert "、茶具批发" not in words
