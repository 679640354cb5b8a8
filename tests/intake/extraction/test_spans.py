"""Terms told by how long they last: the end is offered to a person, never given as read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.extraction.spans import last_day
from intake.types import FieldReading
from tests.intake.extraction.sheets import column, page

CONTRACT = doctypes.get("contract")
SIGNED = "签订日期：2018年3月8日"


def ends(*lines: str) -> FieldReading | None:
    """What is read of the term's end on a page of running text."""
    fields = extract((Sheet((page(*column(*lines)),)),), CONTRACT)
    return next((one for one in fields if one.field == "effective_to"), None)


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("本合同有效期三年，自双方签字盖章之日起计算。", "2021-03-07"),
        ("合同期限为12个月。", "2019-03-07"),
        ("自双方签字盖章之日起两年内有效。", "2020-03-07"),
        ("租赁期限共十年。", "2028-03-07"),
    ],
)
def test_the_end_of_a_span_is_offered_and_not_given(line: str, end: str) -> None:
    """Counted from the day the term begins, else from the day of signing; the words that say so are the text."""
    reading = ends("第五条 期限", line, SIGNED)
    assert reading is not None
    assert (reading.value, reading.confidence) == (None, 0.0)
    after = date.fromordinal(date.fromisoformat(end).toordinal() + 1).isoformat()
    offered = [(one.value, one.reader, one.reason) for one in reading.alternatives]
    assert offered == [(end, "rule", "reckoned"), (after, "rule", "reckoned")]
    assert reading.text in line
    assert reading.how == "reckoned"


@pytest.mark.parametrize(
    ("line", "end", "after"),
    [
        ("本合同自2018年5月1日起生效，有效期1年，本协议有效期一年。", "2019-04-30", "2019-05-01"),
        ("租期自2015年7月1日起五年。", "2020-06-30", "2020-07-01"),
        ("服务期限为3年，自2018年4月1日起至服务完成止。", "2021-03-31", "2021-04-01"),
        ("租赁期限为叁年，从2019-09-01开始计算。", "2022-08-31", "2022-09-01"),
        ("合同期自2020年1月15日起，为期18个月。", "2021-07-14", "2021-07-15"),
    ],
)
def test_an_end_that_one_phrase_states_is_given_with_doubt(line: str, end: str, after: str) -> None:
    """The day before the same day of the year, as contracts print it; the day itself is offered beside it."""
    reading = ends("第五条 期限", line)
    assert reading is not None
    assert reading.value == end
    assert 0.5 < reading.confidence < 0.9
    assert [one.value for one in reading.alternatives] == [after]


@pytest.mark.parametrize(
    "lines",
    [
        ("本合同有效期三年，自双方签字盖章之日起计算。",),
        ("质量保证期为验收合格之日起12个月。", SIGNED),
        ("保密期限为5年。", SIGNED),
        ("自签订之日起三年内不得转让。", SIGNED),
    ],
)
def test_nothing_is_reckoned_without_a_day_or_from_another_span(lines: tuple[str, ...]) -> None:
    """A guarantee is no term of the contract, and three years from an unknown day are no day."""
    assert ends(*lines) is None


def test_an_end_that_stands_on_the_paper_is_not_reckoned() -> None:
    """What is printed goes before what follows from it."""
    reading = ends("合同期限：自2018年3月8日至2020年12月31日，合同期限为三年。", SIGNED)
    assert reading is not None
    assert reading.value == "2020-12-31"
    assert [one.reason for one in reading.alternatives if one.reason == "reckoned"] == []


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 600))
def test_the_day_after_a_span_is_the_same_day_of_a_later_month(first: date, months: int) -> None:
    """Or the first of the next where the month is too short."""
    end = last_day(first, months)
    after = date.fromordinal(end.toordinal() + 1)
    assert after.day in {first.day, 1}
    assert end > first or months == 0
