"""From the characters at a place to the value: what falls away, and what does not."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.doctypes import FieldSpec
from intake.extraction.values import judge

LICENSE = doctypes.get("business_license")
NAMED: dict[str, FieldSpec] = {spec.name: spec for spec in LICENSE.fields}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("legal_representative", "”王小明", "王小明"),
        ("name", "虚构市山海食品有限公司·", "虚构市山海食品有限公司"),
        ("name", "Shanhai Foods Co., Ltd.", "Shanhai Foods Co., Ltd."),
        ("registration_number", "110000000000019（1/1）", "110000000000019"),
        ("registration_number", "110000000000019(3-1)", "110000000000019"),
        ("established_on", "2016年03月08日", "2016-03-08"),
        ("established_on", "2016年03月08日专用章", "2016-03-08"),
        ("established_on", "2016君03月08日", "2016-03-08"),
        ("established_on", "二〇一六年三月八日", "2016-03-08"),
        ("issuing_authority", "虚构市市场监督管理局2016年3月8日", "虚构市市场监督管理局"),
        ("issuing_authority", "虚构市公安局体醒", "虚构市公安局"),
        ("issuing_authority", "虚构市公安局虚城分局", "虚构市公安局虚城分局"),
        ("issuing_authority", "虚构市公安局交通警察支队", "虚构市公安局交通警察支队"),
        ("valid_from", "自2016年3月8日至2036年3月7日", "2016-03-08"),
        ("valid_to", "自2016年3月8日至2036年3月7日", "2036-03-07"),
        ("valid_to", "2016-03-08至2036-03-07", "2036-03-07"),
        ("valid_to", "2016年3月8日至长期", "long-term"),
        ("valid_to", "长期", "long-term"),
        ("valid_from", "长期", None),
        ("valid_to", "2016年3月8日", None),
    ],
)
def test_the_value_of_what_was_read(field: str, text: str, value: str | None) -> None:
    """Specks, copy numbers, seals and the other end of a range are not the value's part."""
    assert judge(NAMED[field], text).value == value


def test_a_part_that_was_told_by_a_phrase_is_not_parted_again() -> None:
    """The group of a pattern is the end of the term already."""
    assert judge(NAMED["valid_to"], "2036年3月7日", whole=True).value == "2036-03-07"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("established_on", "2016午3月8曰", "2016-03-08"),
        ("established_on", "2O16年3月8日", "2016-03-08"),
        ("established_on", "2016.0308", "2016-03-08"),
        ("valid_to", "自2016年3月8日至2036午3月7曰", "2036-03-07"),
    ],
)
def test_a_date_whose_signs_are_unclear_says_so(field: str, text: str, value: str) -> None:
    """The numbers are plain, and the value is given; that a sign was misread weighs in its confidence."""
    verdict = judge(NAMED[field], text)
    assert verdict.value == value
    assert [one.code.rpartition(".")[2] for one in verdict.problems] == ["separators"]


@pytest.mark.parametrize("text", ["2016年3月8日", "二〇一六年三月八日", "二OO九年三月八日", "2016 年 3 月 8 日专用章"])
def test_a_date_in_a_known_form_has_nothing_against_it(text: str) -> None:
    """A letter O among Han numerals is how their zero is printed."""
    assert judge(NAMED["established_on"], text).problems == ()


@pytest.mark.parametrize("text", ["2023.0429·2033.04.29", "2023年4月29日。2033年4月29日", "2023.04x29·2033.04.29"])
def test_the_other_end_of_a_range_is_never_its_beginning(text: str) -> None:
    """Where no mark parts the range the beginning is the first of its dates, or none."""
    assert judge(NAMED["valid_from"], text).value in {None, "2023-04-29"}
