"""Numbers in Chinese numerals, and the quirks of the library that reads them."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.writing.numerals import digit_string, number, small_number


@given(st.integers(0, 9_999_999_999_999))
def test_what_is_written_in_either_set_of_numerals_is_read(value: int) -> None:
    """Small and bank numerals up to the trillions."""
    assert number(cn2an.an2cn(value, "low")) == number(cn2an.an2cn(value, "up")) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千零十", 1010),
        ("一百一十亿", 11_000_000_000),
        ("十万零一千", 101_000),
        ("两千", 2000),
        ("伍拾萬", 500_000),
        ("100万", 1_000_000),
        ("16.4亿", 1_640_000_000),
        ("3亿5000万", 350_000_000),
        ("1万2345", 12_345),
        ("5百3十", 530),
        ("廿三", 23),
        ("壹拾贰万零仟零佰零拾零", 120_000),
        ("零佰零拾叁万零仟伍佰零拾零", 30_500),
        ("壹仟零佰伍拾万", 10_500_000),
        ("弍佰万", 2_000_000),
    ],
)
def test_other_right_forms_are_read(text: str, value: int) -> None:
    """Omitted and doubled noughts, traditional characters, digits with units."""
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "", "点", "五点", "壹万贰", "两千六", "壹壹", "一百二十三四", "5000万3亿", "1.2.3", "长期", "万", "壹佰贰万",
        "壹亿贰万", "壹佰贰叁万", "壹佰零", "伍佰零万", "壹仟零拾伍", "壹佰拾", "2万5", "100万50000", "1.5亿2000万",
        "5万佰",
    ],
)  # fmt: skip
def test_what_is_uncertain_is_not_read(text: str) -> None:
    """Spoken forms, lost units, units out of order: the library would guess or stumble."""
    assert number(text) is None


@given(st.text("零〇一二三壹贰叁两十百千万亿拾佰仟0123456789.点廿", max_size=16))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any run of numerals gives a number that is not negative, or none."""
    value = number(text)
    assert value is None or value >= 0


@given(st.integers(1, 99))
def test_numbers_of_calendars_are_read_in_every_way(value: int) -> None:
    """Digits, numerals, and numerals digit by digit with a leading nought."""
    spelled = cn2an.an2cn(value, "low")
    assert small_number(str(value)) == small_number(f"{value:02d}") == small_number(spelled) == value
    assert small_number(f"零{spelled}") == value or value >= 20


def test_years_are_spelled_digit_by_digit() -> None:
    """All three noughts, and no units."""
    assert [digit_string(text) for text in ("二〇零○", "贰零壹陆", "二千")] == ["2000", "2016", None]
