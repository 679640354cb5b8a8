"""Forms that nobody has filled in, with all that engines find on them, are papers of no type."""

from __future__ import annotations

from datetime import date

import pytest

from intake.extraction.layers import own
from intake.pipeline import understand
from intake.types import PixelBox, Word
from tests.intake.extraction.sheets import column, page, word

FORM = ("名 称", "类 型", "经营者", "组成形式", "注册日期", "经营场所", "经营范围", "登记机关", "年 月 日")
TITLE = word("营业执照", 900, 200, size=150)


def kind(*words: Word) -> str | None:
    """The type of the one paper on a page of words."""
    (one,) = understand((page(*words),), today=date(2026, 11, 22))
    return one.type


def across(text: str, x: int, y: int, *, width: int, height: int) -> Word:
    """A word of a stamp or watermark with the hull of its slanted line."""
    return Word(text, 1.0, PixelBox(x, y, width, height))


def test_a_form_is_blank_with_its_captions_alone() -> None:
    """The days to be filled in are marks of the form."""
    assert kind(TITLE, *column(*FORM)) is None


@pytest.mark.parametrize(
    "value",
    [
        "类称型",
        "经CJ营GL者",
        "ODGL",
        "2WAARNA",
        "市场监管市场监管",
        "再次复印无效",
        "仅供办理业务使用",
        "场所经营",
        "范围登记",
    ],
)
def test_pieces_of_captions_and_woven_letters_fill_no_form(value: str) -> None:
    """However surely they were read, they are print of the form."""
    assert kind(TITLE, *column(*FORM), word(value, 700, 610)) is None


def test_captions_that_were_misread_fill_no_form() -> None:
    """One letter of a few is read for another; captions in the place of a value are captions."""
    assert kind(TITLE, *column(*FORM), word("型聖所", 700, 400), word("注册资本", 700, 540)) is None


def test_a_scrap_that_was_hardly_read_fills_no_form() -> None:
    """A few letters of which the engine is not sure."""
    assert kind(TITLE, *column(*FORM), word("壁", 560, 400, confidence=0.2)) is None


def test_a_piece_of_a_watermark_fills_no_form() -> None:
    """Its other pieces lie across the page, so their words are known."""
    stamps = [across("仅供备案使用", 900, 900 + 500 * place, width=500, height=480) for place in range(3)]
    assert kind(TITLE, *column(*FORM), *stamps, word("供备案使用", 700, 540)) is None


@pytest.mark.parametrize("value", ["王小明", "有限责任公司"])
def test_one_value_makes_a_form_a_paper(value: str) -> None:
    """Whoever it belongs to wants it read."""
    assert kind(TITLE, *column(*FORM), word(value, 700, 540)) == "business_license"


def test_a_large_word_across_the_page_is_no_value() -> None:
    """A stamp of two letters as large as ten of the form lies across its rows and would join them."""
    stamp = across("原件", 600, 500, width=600, height=520)
    lone = across("致", 1300, 420, width=260, height=330)
    kept = own(page(TITLE, *column(*FORM), stamp, lone).lines)
    assert not {"原件", "致"} & {one.text for line in kept for one in line.words}


def test_the_letters_of_a_heading_are_no_stamp() -> None:
    """Large single letters beside each other, and a heading in an arch."""
    letters = [word(letter, 700 + 300 * place, 150, size=170) for place, letter in enumerate("营业执照")]
    arch = across("企业法人", 600, 400, width=540, height=217)
    kept = {one.text for line in own(page(*letters, arch, *column(*FORM, y=700)).lines) for one in line.words}
    assert {*"营业执照", "企业法人"} <= kept
