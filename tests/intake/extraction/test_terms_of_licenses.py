"""The term of a license as its captions and lines print it: which day begins it, which one ends it."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from tests.intake.extraction.sheets import column, page, word

LICENSE = doctypes.get("business_license")
HEAD = [("名称", "杭州云杉贸易有限公司"), ("类型", "有限责任公司"), ("法定代表人", "张三丰")]


def read(*lines: tuple[str, str]) -> dict[str, str | None]:
    """The values of a license with the lines (caption and value) below its first three."""
    captions, values = zip(*HEAD, *lines, strict=True)
    words = [
        word("营业执照", 600, 200, size=150),
        *(one for one in column(*captions, x=200, y=600, pitch=70) if one.text),
        *(one for one in column(*values, x=540, y=600, pitch=70) if one.text),
    ]
    found = extract((Sheet((page(*words),)),), LICENSE)
    return {one.field: one.value for one in found}


@pytest.mark.parametrize(
    "line",
    [
        ("营业期限至", "2036年03月09日"),
        ("经营期限至：", "2036年03月09日"),
        ("有效期至", "2036.03.09"),
        ("有效期限至", "2036年03月09日止"),
        ("有效期限", "至2036年03月09日止"),
        ("营业期限", "2036年03月09日止"),
        ("营业期限至2036年03月09日", ""),
    ],
)
def test_an_end_that_stands_alone_is_the_end(line: tuple[str, str]) -> None:
    """Whether its caption says so or a word before or behind it; no other field takes the day."""
    found = read(line)
    assert found["valid_to"] == "2036-03-09"
    assert [name for name, value in found.items() if value == "2036-03-09"] == ["valid_to"]


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ([("营业期限自", "2016年03月10日"), ("营业期限至", "2036年03月09日")], "2036-03-09"),
        ([("营业期限", "自2016年03月10日"), ("", "至2036年03月09日")], "2036-03-09"),
        ([("营业期限", "自2016年03月10日"), ("", "起长期")], "long-term"),
        ([("营业期限", "自2016年03月10日起不约定期限")], "long-term"),
        ([("营业期限自", "2016年03月10日至长期")], "long-term"),
        ([("营业期限", "2016年03月10日起20年")], None),
    ],
)
def test_both_ends_are_told_apart(lines: list[tuple[str, str]], end: str | None) -> None:
    """On one line or two, under one caption or two; a span is no day."""
    found = read(*lines)
    assert (found["valid_from"], found["valid_to"]) == ("2016-03-10", end)


@pytest.mark.parametrize("value", ["2016年03月1l日", "2016年03月1?日", "二〇一六年三月十?日", "2016年1l月08日"])
def test_a_day_with_an_unclear_digit_is_not_given(value: str) -> None:
    """The field is there, and a person reads the paper."""
    assert read(("成立日期", value))["established_on"] is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("330106NA000012X（1-1）", "330106NA000012X"),
        ("企独沪总字第012345号（徐汇）", "企独沪总字第012345号（徐汇）"),
        ("3301062001234（副本）2-1", "3301062001234"),
        ("3301062001234-1", "3301062001234"),
    ],
)
def test_numbers_of_all_forms_stand_beside_their_caption(value: str, number: str) -> None:
    """Cooperatives, foreign-invested companies, the years before 2007."""
    assert read(("注册号", value))["registration_number"] == number
