"""Days and the ends of terms."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import fields

HAN = "〇一二三四五六七八九"
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def spelled(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{HAN[tens]}十") + (HAN[ones] if ones or not tens else "")


@pytest.mark.parametrize(
    "text",
    [
        "2016年03月08日",
        "2016年3月8日",
        "２０１６ 年 ３ 月 ８ 日",
        "2016-3-8",
        "2016-03-08",
        "2016.03.08",
        "2016/3/8",
        "2016·03·08",
        "20160308",
        "二〇一六年三月八日",
        "二零一六年三月八日",
        "二○一六年三月零八日",
        "贰零壹陆年零叁月零捌日",
        "2016年三月8号",
        "签发于2016年3月8日。",
    ],
)
def test_a_day_is_read_in_every_printed_form(text: str) -> None:
    """All forms give the same canonical day without a problem."""
    assert fields.check("date", text) == fields.Verdict("2016-03-08")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二00九年十月一日", "2009-10-01"),
        ("二零零九年元月廿三日", "2009-01-23"),
        ("一九九八年十二月卅一日", "1998-12-31"),
        ("二〇二〇年二月二十九日", "2020-02-29"),
        ("贰零壹玖年壹拾壹月贰拾日", "2019-11-20"),
        ("贰零零玖年零壹拾贰月零叁拾日", "2009-12-30"),
        ("一九九八年六月二O日", "1998-06-20"),
        ("一九九八年六月卄三日", "1998-06-23"),
    ],
)
def test_old_ways_of_writing_numerals_are_read(text: str, value: str) -> None:
    """廿, 卅, 元月, noughts in Chinese years and bank numerals."""
    assert fields.check("date", text) == fields.Verdict(value)


@given(days)
def test_every_day_of_the_calendar_can_be_spelled(day: date) -> None:
    """Chinese numerals and digits give the same day."""
    year = "".join(HAN[int(digit)] for digit in f"{day.year:04d}")
    text = f"{year}年{spelled(day.month)}月{spelled(day.day)}日"
    assert fields.check("date", text).value == fields.check("date", f"{day:%Y.%m.%d}").value == day.isoformat()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.form"),
        ("2016年3月", "date.form"),
        ("民国六十年三月八日", "date.form"),
        ("16年3月8日", "date.form"),
        ("2015年2月29日", "date.impossible"),
        ("2016-13-01", "date.impossible"),
        ("2016年3月8日至2036年3月7日", "date.several"),
    ],
)
def test_what_is_not_one_day_has_no_value(text: str, code: str) -> None:
    """No century is guessed, no day invented, no end of a range chosen."""
    verdict = fields.check("date", text)
    assert (verdict.value, [problem.code for problem in verdict.problems]) == (None, [code])


def test_misread_signs_between_the_numbers_are_a_warning() -> None:
    """The numbers are plain, so there is a value; a person should look."""
    verdict = fields.check("date", "2016午03月08目")
    assert verdict.value == "2016-03-08"
    assert [(problem.code, problem.severity) for problem in verdict.problems] == [("date.separators", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2016年3月3l日",
            "2016年3月3I日",
            "2016年1l月3日",
            "2016年l2月3日",
            "2016年3月l8日",
            "2016.3.1O",
            "2016-03-1|",
        ),
        *("2016年3月1?日", "2016年3月1口日", "2016年1_月8日", "2016年3月1S日", "2016年3月1日日", "2016.3.1口8"),
        *("二〇〇九年三月十?日", "二〇〇九年三月二十*日", "二〇一六年三月三口日", "2016车03月1日8"),
    ],
)
def test_a_day_is_never_cut_out_of_a_longer_number(text: str) -> None:
    """Beside a digit that could have another beside it, a sign that nobody knows may be just that."""
    assert fields.check("date", text).value is None
    assert fields.check("term_end", text).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2016年3月1O日", "2016-03-10"),
        ("2016年O3月08日", "2016-03-08"),
        ("2009年1〇月3日", "2009-10-03"),
        ("2016年3月1", "2016-03-01"),
        ("2016年03月1日", "2016-03-01"),
        ("2016年1月08日", "2016-01-08"),
        ("2016.03.1", "2016-03-01"),
        ("二〇一六年三月二十", "2016-03-20"),
        ("2016年12月3日1日", "2016-12-03"),
        ("二〇一六年三月十日一日", "2016-03-10"),
        ("2016年一月8日", "2016-01-08"),
        ("二〇〇九年九月〇十日", "2009-09-10"),
    ],
)
def test_a_number_that_may_have_lost_a_digit_is_a_warning(text: str, value: str) -> None:
    """The letter O, two scripts in one number, an end without 日, a month and a day that are not padded alike."""
    verdict = fields.check("date", text)
    assert (verdict.value, [problem.severity for problem in verdict.problems]) == (value, ["warning"])


@given(days, st.integers(0, 4), st.integers(0, 9), st.sampled_from("OolI|?_口*BSZgq丨亻"))
def test_a_misread_digit_never_makes_another_day_for_certain(day: date, form: int, place: int, sign: str) -> None:
    """Whatever sign stands for one of its digits: the day is right, or doubted, or not given."""
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y年%m月%d日}",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    )
    digits = [index for index, letter in enumerate(forms[form]) if letter.isdigit()]
    index = digits[place % len(digits)]
    verdict = fields.check("date", forms[form][:index] + sign + forms[form][index + 1 :])
    assert verdict.value in {None, day.isoformat()} or verdict.problems


@pytest.mark.parametrize("text", ["二〇〇九年正月初八", "二〇〇九年腊月三日", "公元98年3月8日", "HT20160308"])
def test_the_lunar_calendar_and_numbers_of_papers_are_no_days(text: str) -> None:
    """Which day that is nobody can tell from the paper."""
    assert fields.check("date", text).value is None


def test_misread_digits_are_offered_not_repaired() -> None:
    """The letter O is no digit of a date; the day with a nought is a candidate."""
    assert fields.check("date", "2016年O3月l8日").value is None
    assert fields.candidates("date", "2016年O3月l8日") == ("2016-03-18",)
    assert fields.candidates("date", "2016年3月8日至2036年3月7日") == ("2016-03-08", "2036-03-07")


@pytest.mark.parametrize(
    "text",
    [
        "长期",
        "长 期",
        "至长期",
        "2016年3月8日至长期",
        "长期有效",
        "永久",
        "无固定期限",
        "不约定期限",
        "未约定期限",
        "无期限",
        "无限期",
        "不设期限",
        "无约定经营期限",
        "永续",
        "长期（2016年3月8日起）",
        "******",
        "----",
        "long-term",
    ],
)
def test_open_ends_are_long_term(text: str) -> None:
    """Every way of saying that there is no end is the same value, without a problem."""
    assert fields.check("term_end", text) == fields.Verdict("long-term")


@pytest.mark.parametrize("text", ["至 年 月 日", "年月日", "至____年__月__日", "自2016年3月8日至    年  月  日"])
def test_a_blank_end_is_long_term_with_a_warning(text: str) -> None:
    """A blank is how open ends were printed, and what faint digits leave."""
    verdict = fields.check("term_end", text)
    assert verdict.value == "long-term"
    assert [(problem.code, problem.severity) for problem in verdict.problems] == [("term_end.blank", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "2036年03月07日",
        "至二〇三六年三月七日止",
        "2016.03.08-2036.03.07",
        "自2016年3月8日起至2036年3月7日",
        "2036-03-07",
    ],
)
def test_the_last_day_of_a_range_is_its_end(text: str) -> None:
    """The beginning never becomes the end."""
    assert fields.check("term_end", text) == fields.Verdict("2036-03-07")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "term_end.form"),
        ("2016年3月8日至", "term_end.form"),
        ("2036年2月30日", "term_end.impossible"),
        ("2016年3月8日至2036年3月7日长期", "term_end.several"),
    ],
)
def test_an_unreadable_end_has_no_value(text: str, code: str) -> None:
    """Where something stands that is no end, nothing is proposed."""
    verdict = fields.check("term_end", text)
    assert (verdict.value, [problem.code for problem in verdict.problems]) == (None, [code])


def test_a_blurred_open_end_is_offered() -> None:
    """Half of 长期 is enough to offer it."""
    assert fields.candidates("term_end", "长斯") == ("long-term",)
    assert fields.candidates("term_end", "2036年3月") == ()
    assert fields.candidates("term_end", "2036年3月1l日") == ("2036-03-11",)


def test_ends_and_days_are_shown_in_the_readers_language() -> None:
    """Chinese readers see 年月日 and 长期."""
    assert (
        fields.display("term_end", "2036-03-07", "zh-CN")
        == fields.display("date", "2036-03-07", "zh")
        == "2036年3月7日"
    )
    assert (fields.display("term_end", "long-term", "zh"), fields.display("term_end", "long-term", "en")) == (
        "长期",
        "long-term",
    )


@given(st.text("0123456789年月日至长期〇一二十廿.-/* ", max_size=30))
def test_no_text_breaks_a_date(text: str) -> None:
    """Every value is canonical: checked again, it stays what it is."""
    for kind in ("date", "term_end"):
        value = fields.check(kind, text).value
        assert value is None or fields.check(kind, value) == fields.Verdict(value)
