"""From the characters at a place to the value: what falls away, and what does not."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.doctypes import FieldSpec
from intake.extraction.values import judge
from intake.fields import Verdict

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


@pytest.mark.parametrize(
    "text",
    [
        "至2036年03月09日止",
        "至2036年03月09日",
        "至：2036年3月9日",
        "2036年03月09日止",
        "截止2036年3月9日",
        "截至2036.03.09",
        "有效期限至2036年03月09日",
    ],
)
def test_an_end_that_stands_alone_is_no_beginning(text: str) -> None:
    """至 before it or 止 behind it tells which end of the term a day is."""
    assert judge(NAMED["valid_to"], text) == Verdict("2036-03-09")
    assert judge(NAMED["valid_from"], text).value is None


@pytest.mark.parametrize(
    "words",
    [
        "起长期",
        "起，长期",
        "长期",
        "起不约定期限",
        "起永久",
        "起永续",
        "起无固定期限",
        "起无期限",
        "至长期",
        "-长期",
        "起至长期",
        "——永久",
    ],
)
def test_words_of_an_open_end_part_it_from_the_beginning(words: str) -> None:
    """The day before them is the first, never the last."""
    assert judge(NAMED["valid_from"], f"自2016年03月10日{words}") == Verdict("2016-03-10")
    assert judge(NAMED["valid_to"], f"自2016年03月10日{words}") == Verdict("long-term")


@pytest.mark.parametrize("text", ["永续", "无期限", "无限期", "未约定期限", "长期（2016年3月8日起）"])
def test_an_open_end_that_stands_alone_is_the_end(text: str) -> None:
    """Every word that the kind knows."""
    assert judge(NAMED["valid_to"], text) == Verdict("long-term")
    assert judge(NAMED["valid_from"], text).value is None


@pytest.mark.parametrize(
    "text",
    [
        *("自2016年3月8日止", "自2016年3月8日起", "自2016年3月8日起20年", "2016年3月8日至2036年3月7日长期"),
        *(
            "自 年 月 日至 年 月 日",
            "年月日至年月日",
            "2016年3月8日止2036年3月7日",
            "1989年03月23日日2009年3月23日止",
            "2028年2月26日-204月.2.26止",
        ),
    ],
)
def test_what_tells_no_end_has_none(text: str) -> None:
    """A beginning, a span, a day and 长期 both, a form that nobody filled in, a range whose mark was lost."""
    assert judge(NAMED["valid_to"], text).value is None


def test_a_blank_end_behind_its_mark_is_open_with_a_warning() -> None:
    """As it is behind a beginning."""
    verdict = judge(NAMED["valid_to"], "至    年  月  日")
    assert (verdict.value, [one.code for one in verdict.problems]) == ("long-term", ["term_end.blank"])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("valid_from", "2036年3月9日", "2036-03-09"),
        ("valid_to", "自2016年3月8日至2036年3月7日2016年3月8日", "2036-03-07"),
    ],
)
def test_a_day_of_which_nothing_tells_the_end_is_doubted(field: str, text: str, value: str) -> None:
    """One alone without 自 or 起, two behind the mark."""
    verdict = judge(NAMED[field], text)
    assert verdict.value == value
    assert [(one.code.rpartition(".")[2], one.severity) for one in verdict.problems] == [("ambiguous", "warning")]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("二〇一六年三月八日一二〇三六年三月七日", "2016-03-08", "2036-03-07"),
        ("2016.03.08-二〇三六年三月七日", "2016-03-08", "2036-03-07"),
        ("自一1990-10-19-2010.10.18止", "1990-10-19", "2010-10-18"),
        ("贰零壹陆年叁月捌日至贰零叁陆年叁月柒日", "2016-03-08", "2036-03-07"),
        ("自2016年3月1l日至2036年3月1O日", None, "2036-03-10"),
    ],
)
def test_both_ends_of_a_range_in_their_forms(text: str, start: str | None, end: str | None) -> None:
    """A stroke before a year in numerals parts a range; one before its first number does not."""
    assert (judge(NAMED["valid_from"], text).value, judge(NAMED["valid_to"], text).value) == (start, end)
