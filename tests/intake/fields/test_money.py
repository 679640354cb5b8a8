"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import fields


def verdict(text: str) -> tuple[str | None, list[str]]:
    """The value and the names of the problems."""
    checked = fields.check("money", text)
    return checked.value, [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("壹佰万元整", "1000000.00"),
        ("人民币伍佰万圆整", "5000000.00"),
        ("人民币　贰仟　万元正", "20000000.00"),
        ("100万元人民币", "1000000.00"),
        ("1000.000000万", "10000000.00"),
        ("1000.000000万人民币", "10000000.00"),
        ("（万元）1,000.00", "10000000.00"),
        ("¥1,234.50", "1234.50"),
        ("￥1，234，567.8元", "1234567.80"),
        ("五十万元", "500000.00"),
        ("拾万元整", "100000.00"),
        ("伍拾萬圓整", "500000.00"),
        ("贰拾万伍仟元整", "205000.00"),
        ("壹亿零伍佰万元", "105000000.00"),
        ("3亿5000万元", "350000000.00"),
        ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("伍佰元零叁分", "500.03"),
        ("壹佰元伍角整", "100.50"),
        ("10万美元", "USD 100000.00"),
        ("USD 100,000", "USD 100000.00"),
        ("叁佰万港元", "HKD 3000000.00"),
        ("HK$800", "HKD 800.00"),
        ("50万欧元", "EUR 500000.00"),
        ("5000000.00", "5000000.00"),
        ("USD 100000.00", "USD 100000.00"),
    ],
)
def test_an_amount_is_read_in_every_printed_form(text: str, value: str) -> None:
    """Characters, digits, ten-thousands and currencies give one canonical form."""
    assert verdict(text) == (value, [])


@pytest.mark.parametrize(
    "text", ["人民币壹拾万元整（¥100,000.00）", "大写：壹拾万元整 小写：100000元", "¥100000.00（壹拾万元整）"]
)
def test_characters_and_digits_that_agree_are_one_amount(text: str) -> None:
    """The usual double writing of contracts."""
    assert verdict(text) == ("100000.00", [])


def test_characters_and_digits_that_differ_are_an_error() -> None:
    """The characters count, both are offered, and a person decides."""
    text = "人民币壹拾万元整（¥110,000.00）"
    assert verdict(text) == ("100000.00", ["money.disagree"])
    assert fields.candidates("money", text) == ("100000.00", "110000.00")
    assert fields.check("money", text).problems[0].severity == "error"


def test_numbers_beside_an_amount_do_not_count() -> None:
    """Where a sign of money stands, numbers without one are other things."""
    assert verdict("合同总价为人民币一百万元整，分三期支付") == ("1000000.00", [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["money.form"]),
        ("元整", ["money.form"]),
        ("人民币  佰  拾  万元", ["money.form"]),
        ("壹万贰元", ["money.form"]),
        ("100万三千元", ["money.form"]),
        ("壹壹元", ["money.form"]),
        ("负壹佰元", ["money.form"]),
        ("9" * 40, ["money.form"]),
        ("1亿亿元", ["money.form"]),
        ("100万美元（折合人民币700万元）", ["money.form"]),
        ("100元或200元", ["money.several"]),
        ("一百元或二百元", ["money.several"]),
    ],
)
def test_what_is_not_one_certain_amount_has_no_value(text: str, codes: list[str]) -> None:
    """Blanks, lost units, spoken forms, two currencies, two amounts: a guess would be an invention."""
    assert verdict(text) == (None, codes)


def test_more_than_two_places_are_told() -> None:
    """Rounding changes what was printed, so it is said."""
    assert verdict("100.005元") == ("100.01", ["money.places"])


@given(st.integers(1, 99_999_999_999))
def test_every_whole_amount_is_read_from_its_bank_form(amount: int) -> None:
    """What cn2an writes in bank characters is read as the same number, and so are the digits with separators."""
    written = cn2an.an2cn(amount, "up") + "元整"
    assert verdict(written) == verdict(f"¥{amount:,}.00") == (f"{amount}.00", [])


@given(st.decimals(min_value="0.01", max_value="999999999.99", places=2))
def test_canonical_amounts_stay_what_they_are(amount: Decimal) -> None:
    """Checking a value again changes nothing, in yuan and abroad."""
    for value in (f"{amount}", f"USD {amount}"):
        assert verdict(value) == (value, [])


@given(st.text("0123456789.,壹贰叁零拾佰仟万亿元整角分¥（） ", max_size=24))
def test_no_text_breaks_an_amount(text: str) -> None:
    """Whatever was read, the value is canonical or none."""
    value = verdict(text)[0]
    assert value is None or verdict(value)[0] == value


@given(st.integers(10, 99_999_999), st.sampled_from("OlISZB|"), st.data())
def test_a_letter_in_a_number_leaves_no_amount(amount: int, letter: str, data: st.DataObject) -> None:
    """A digit that was misread as a letter is lost: neither the digits before it nor those behind it are the amount."""
    place = data.draw(st.integers(0, len(str(amount)) - 1))
    torn = f"{amount}"[:place] + letter + f"{amount}"[place + 1 :]
    assert verdict(f"{torn}元") == (None, ["money.form"])


def test_nothing_is_told() -> None:
    """0万元 may be meant, and is looked at."""
    assert verdict("0万元") == ("0.00", ["money.zero"])


def test_amounts_are_shown_with_separators() -> None:
    """A person counts noughts in threes."""
    assert fields.display("money", "1234567.50", "zh") == "¥1,234,567.50"
    assert fields.display("money", "USD 100000.00", "en") == "USD 100,000.00"


@pytest.mark.parametrize(
    ("text", "value"),
    [("人民币768.800.00元", "768800.00"), ("1.234.567.50", "1234567.50"), ("1000.500万", "10005000.00")],
)
def test_a_faint_comma_read_as_a_point_still_parts_thousands(text: str, value: str) -> None:
    """Only where another point with two places follows: 1000.500 alone has three places."""
    assert fields.check("money", text).value == value
