"""Lines that go on in ink behind the end of what was read of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from intake.doctypes import get
from intake.extraction.ends import ends, read_lines, silent
from intake.extraction.sheet import Sheet
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText, Engine, crop_text
from intake.types import PageText, RectifiedPage, Word

from .sheets import column, page, word

LICENSE, OPTIONS = get("business_license"), ExtractionOptions()
WORDS = [
    *column("名称", "类型", x=200, pitch=90),
    *column("杭州云杉贸易有限公司", "有限责任公司", x=480, pitch=90),
    word("经营范围", 200, 600),
    word("服装批发，服装零售，服装加工", 480, 600),
    word("及日用百货的销售", 480, 650),
]
END = WORDS[-2].box.right


def sheet(*words: Word) -> Sheet:
    """One flat page read whole by the second reader."""
    return Sheet((page(*words),))


def paper() -> NDArray[np.uint8]:
    """The page's ink, with nothing on it."""
    return np.full((3508, 2480), 255, np.uint8)


def printed(x: int, y: int, letters: int) -> NDArray[np.uint8]:
    """Ink with so many characters of 30 pixels, each a square's outline and a stroke, 40 pixels apart."""
    ink = paper()
    for left in range(x + 5, x + 5 + 40 * letters, 40):
        ink[y + 5 : y + 35, left : left + 30] = 0
        ink[y + 8 : y + 32, left + 3 : left + 27] = 255
        ink[y + 18 : y + 21, left : left + 30] = 0
    return ink


def test_print_behind_a_line_is_a_place_to_look_at() -> None:
    """The place begins where the line ends, is a little higher than it and reaches to the edge of the page."""
    (place,) = ends(sheet(*WORDS), LICENSE, printed(END, 600, 9), OPTIONS)
    assert place.x == END
    assert place.right == 2480
    assert place.y < 600
    assert place.bottom > 640


def test_the_place_ends_where_other_print_was_read() -> None:
    """What stands in the next column was read already."""
    words = (*WORDS, word("登记机关", END + 700, 604))
    (place,) = ends(sheet(*words), LICENSE, printed(END, 600, 9), OPTIONS)
    assert place.right == END + 700


def test_blank_paper_behind_a_line_is_none() -> None:
    """Lines that end where they were read to end are not looked at again."""
    assert ends(sheet(*WORDS), LICENSE, paper(), OPTIONS) == ()


def test_two_marks_behind_a_line_are_none() -> None:
    """A stamp's rim or two asterisks are no end that was cut off: several characters must stand there."""
    assert ends(sheet(*WORDS), LICENSE, printed(END, 600, 2), OPTIONS) == ()


def test_a_frame_behind_a_line_is_none() -> None:
    """Ornaments run on above and below the line: what is higher than print is none."""
    ink = paper()
    for left in range(END + 5, END + 400, 20):
        ink[400:900, left : left + 6] = 0
    assert ends(sheet(*WORDS), LICENSE, ink, OPTIONS) == ()


def test_running_text_is_not_asked() -> None:
    """A contract's lines wrap where they like."""
    assert ends(sheet(word("甲方：杭州云杉贸易有限公司", 200, 300)), get("contract"), paper(), OPTIONS) == ()


PERMIT = get("bank_account_permit")
UNHEARD = [
    *column("开户银行", "账号", x=200, pitch=90),
    word("中国建设银行股份有限公司杭州支行", 480, 400),
]
"""A permit on which nobody read the account's number."""


class LineReader:
    """Reads every crop as one text, and no pages."""

    name = "rapidocr"

    def __init__(self, text: str) -> None:
        """The text to answer with."""
        self.text, self.seen = text, list[CropRequest]()

    def read_page(self, page: RectifiedPage) -> PageText:
        """Nothing is asked so."""
        raise NotImplementedError

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The text, whatever is shown."""
        self.seen += crops
        return [crop_text([(letter, 0.98) for letter in self.text]) for _ in crops]

    def close(self) -> None:
        """Nothing to close."""


def test_the_line_behind_a_caption_without_a_value_is_found_by_its_ink() -> None:
    """The line begins where its ink does, ends where it does, and is as high as the caption."""
    (look,) = silent(sheet(*UNHEARD), PERMIT, printed(480, 490, 17), OPTIONS)
    assert look.kind == "account_number"
    assert 480 <= look.box.x <= 490
    assert 1140 <= look.box.right <= 1165
    assert (look.box.y, look.box.height) == (490, 40)


def test_behind_a_caption_with_a_value_no_line_is_sought() -> None:
    """What was read once need not be read without the detector."""
    words = (*UNHEARD, word("40215566730918284", 480, 490))
    assert silent(sheet(*words), PERMIT, printed(480, 490, 17), OPTIONS) == ()


def test_a_caption_with_blank_paper_behind_it_has_no_line() -> None:
    """A form that was not filled in there stays empty; so does one with a mark of a seal there."""
    assert silent(sheet(*UNHEARD), PERMIT, paper(), OPTIONS) == ()
    assert silent(sheet(*UNHEARD), PERMIT, printed(480, 490, 1), OPTIONS) == ()


def test_such_a_line_becomes_a_line_of_the_page() -> None:
    """It is read as one line, and its words stand among those of the page as if the detector had found them."""
    read = sheet(*UNHEARD)
    ink = printed(480, 490, 17)
    colours = np.repeat(ink[:, :, None], 3, axis=2)
    reader: Engine = LineReader("40215566730918284")
    flat = RectifiedPage(read.geometry, colours, ink)
    text = read_lines(flat, silent(read, PERMIT, ink, OPTIONS), reader, OPTIONS)
    assert text.reader == "rapidocr/holes"
    whole = Sheet((*read.readings, text)).pages[-1]
    assert "40215566730918284" in [line.text for line in whole.lines]
