"""The number between heading and first caption, read strip by strip where the page's readers lost it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intake.doctypes import get
from intake.extraction.extract import extract
from intake.extraction.numbers import band, read_strips
from intake.extraction.sheet import Sheet
from intake.geometry import scan_box
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText
from intake.types import Line, PageText, RectifiedPage

from .sheets import column, page, word

LICENSE, OPTIONS = get("business_license"), ExtractionOptions()
CODE = "91330106MA2AB12C3N"
PAGE = [
    word("营业执照", 600, 200, size=150),
    *column("名称", "类型", "法定代表人", x=200, y=600, pitch=90),
    *column("杭州云杉贸易有限公司", "有限责任公司", "张三丰", x=480, y=600, pitch=90),
]


class Strips:
    """Reads a number off the strips that show the row at ``y`` of the page whole, nothing off others."""

    name = "rapidocr"

    def __init__(self, said: str, middles: Sequence[float] = ()) -> None:
        """What the number is read as, and where its characters stand on a strip, if that is told."""
        self.said, self.middles, self.asked = said, tuple(middles), list[CropRequest]()

    def read_page(self, page: RectifiedPage) -> PageText:
        """Pages are not asked for."""
        raise NotImplementedError

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """Dark strips hold the number."""
        self.asked += crops
        read = [self.said if crop.pixels.min() < 128 else "" for crop in crops]
        return [
            CropText(text, 0.95, tuple((letter, 0.95) for letter in text), self.middles if text else ())
            for text in read
        ]

    def close(self) -> None:
        """Nothing to close."""


def strips(*said: str) -> Sheet:
    """The page with strips that were read so."""
    flat = page(*PAGE)
    lines = tuple(Line((word(text, 300, 420 + 12 * place),)) for place, text in enumerate(said))
    return Sheet((flat, PageText(flat.geometry, lines, "rapidocr/strips")))


def values(sheet: Sheet) -> dict[str, str | None]:
    """The fields of a license."""
    return {one.field: one.value for one in extract([sheet], LICENSE)}


def test_the_band_lies_between_heading_and_first_caption() -> None:
    """It is as wide as the page, and asks for the letters of a credit code."""
    where = band(Sheet((page(*PAGE),)), LICENSE, OPTIONS)
    assert where is not None
    assert (where.place.x, where.place.right, where.place.bottom) == (0, 2480, 600)
    assert 300 < where.place.y < 400
    assert set("0123456789AX") <= set(where.alphabet)


def test_no_band_where_a_number_was_read_or_no_heading_stands() -> None:
    """A code that keeps its check character needs no second look; without a heading nobody knows where to look."""
    read = word(CODE, 700, 450)
    assert band(Sheet((page(*PAGE, read),)), LICENSE, OPTIONS) is None
    assert band(Sheet((page(*PAGE[1:]),)), LICENSE, OPTIONS) is None


def test_a_code_with_a_wrong_check_character_is_looked_for_again() -> None:
    """The same place shows the right one, perhaps."""
    wrong = word(CODE[:-1] + "1", 700, 450)
    assert band(Sheet((page(*PAGE, wrong),)), LICENSE, OPTIONS) is not None


def test_strips_go_down_the_band_and_keep_their_places() -> None:
    """One line high, each a little lower; what shows nothing is no line."""
    where = band(Sheet((page(*PAGE),)), LICENSE, OPTIONS)
    assert where is not None
    pixels = np.full((3508, 2480, 3), 255, np.uint8)
    pixels[450:480, 900:1400] = 0
    reader = Strips(CODE)
    text = read_strips(RectifiedPage(page(*PAGE).geometry, pixels, pixels[:, :, 0]), where, reader, OPTIONS)
    assert 1 < len(text.lines) < len(reader.asked) <= OPTIONS.strips_most
    assert all(line.words[0].box.y < 480 and line.words[0].box.bottom > 450 for line in text.lines)
    assert text.reader == "rapidocr/strips"


def test_the_place_of_a_number_is_that_of_its_own_characters() -> None:
    """A strip is as wide as the page: the crop that a person sees shows the number, not the heading beside it."""
    where = band(Sheet((page(*PAGE),)), LICENSE, OPTIONS)
    assert where is not None
    pixels = np.full((3508, 2480, 3), 255, np.uint8)
    pixels[450:480, 1550:2090] = 0
    middles = [(1565 + 30 * place) / 2480 for place in range(len(CODE))]
    flat = RectifiedPage(page(*PAGE).geometry, pixels, pixels[:, :, 0])
    text = read_strips(flat, where, Strips(CODE, middles), OPTIONS)
    code = next(one for one in extract([Sheet((page(*PAGE), text))], LICENSE) if one.field == "uscc")
    assert code.value == CODE
    x, y, width, height = scan_box(code.region, 2480, 3508)
    assert 1530 < x < 1550
    assert 2090 < x + width < 2110
    assert y <= 450
    assert y + height >= 480


def test_only_a_proved_number_of_a_strip_is_a_value() -> None:
    """A check character that holds proves one; old numbers without one are not taken from strips."""
    assert values(strips("3010MA2", CODE))["uscc"] == CODE
    assert "uscc" not in values(strips(CODE[:-1] + "1"))
    assert "registration_number" not in values(strips("3301062001234", "3301062001234"))


def test_letters_of_the_ground_on_a_strip_are_no_part_of_the_number() -> None:
    """SCJDGL, woven into the paper, stands further off than the number's characters do from each other."""
    where = band(Sheet((page(*PAGE),)), LICENSE, OPTIONS)
    assert where is not None
    pixels = np.full((3508, 2480, 3), 255, np.uint8)
    pixels[450:480, 900:2090] = 0
    middles = [(900 + 30 * place + (400 if place >= len("SCJDGL") else 0)) / 2480 for place in range(6 + len(CODE))]
    flat = RectifiedPage(page(*PAGE).geometry, pixels, pixels[:, :, 0])
    assert (
        values(Sheet((page(*PAGE), read_strips(flat, where, Strips(f"SCJDGL{CODE}", middles), OPTIONS))))["uscc"]
        == CODE
    )


def test_words_of_strips_are_no_words_of_the_page() -> None:
    """Strips show a line several times: they never come into rows and values of the page."""
    assert values(strips(CODE, CODE))["name"] == "杭州云杉贸易有限公司"
