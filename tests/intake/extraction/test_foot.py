"""Which day at the foot of a paper is the paper's own: not a stamp's, a printout's, a witness's."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import FieldReading

from .sheets import column, page, word
from .typed import pages

LICENSE, CONTRACT = doctypes.get("business_license"), doctypes.get("contract")
HEAD = ("名称 甲县东风机械厂", "类型 个人独资企业", "投资人 王小明", "经营范围 机械配件制造、加工。")
OWN = (word("登记机关", 1500, 2800), word("2018年05月11日", 1700, 2900))


def issued(*lines: str, own: bool = True) -> FieldReading | None:
    """The day of issue of a license with such lines below its own day, if it has one."""
    below = column(*lines, y=3000)
    words = [*column(*HEAD), *(OWN if own else ()), *below]
    found = extract((Sheet((page(*words), page(*words, reader="tesseract"))),), LICENSE)
    return next((one for one in found if one.field == "issued_on"), None)


@pytest.mark.parametrize(
    "line",
    [
        "与原件核对一致，2022年3月1日",
        "复印件仅限投标使用2022年3月1日",
        "下载时间：2022年03月01日",
        "打印日期：2022年3月1日",
        "已年检2022年3月1日",
        "换证日期2022年3月1日",
        "丙市招标代理有限公司2022年3月1日",
    ],
)
def test_the_day_of_a_stamp_or_a_printout_is_not_that_of_issue(line: str) -> None:
    """Its own words tell; where the license shows no other day, it has none."""
    found = issued(line)
    assert found is not None
    assert found.value == "2018-05-11"
    assert issued(line, own=False) is None


def test_the_day_under_the_words_of_a_stamp_is_the_stamps() -> None:
    """Stamps that certify a copy bear a name and a day on their next line."""
    found = issued("复印件与原件核对一致", "李小红 2022年3月1日")
    assert found is not None
    assert (found.value, found.alternatives) == ("2018-05-11", ())


def test_of_two_days_that_nothing_tells_apart_none_is_sure() -> None:
    """Both are offered; a person says which is the day of issue."""
    found = issued("2022年3月1日")
    assert found is not None
    assert found.confidence < 0.95
    assert {found.value, *(one.value for one in found.alternatives)} == {"2018-05-11", "2022-03-01"}


@pytest.mark.parametrize(
    "lines",
    [
        ("借款人（签字）：王小明 2020年1月1日", "见证人（签字）：李小红 2020年1月3日"),
        ("甲方（盖章）： 乙方（盖章）： 鉴证方（盖章）：", "2020年1月1日   2020年1月1日   2020年1月3日"),
        ("甲方（盖章）：", "法定代表人：王小明", "2020年1月1日", "鉴证机关（章）：", "经办人：赵大山", "2020年1月3日"),
        ("甲方（盖章）： 乙方（盖章）：", "2020年1月1日   2020年1月1日", "合同备案章", "2020年1月3日"),
        ("甲方（签字）： 乙方（签字）：", "2020年1月1日   2020年1月1日", "收款人：王小明", "2020年1月3日"),
    ],
)
def test_the_day_on_which_somebody_witnessed_is_not_that_of_signing(lines: tuple[str, ...]) -> None:
    """It is later than the parties' and stands among theirs."""
    body = "\n".join(line.replace(" ", 8 * " ") for line in lines)
    found = extract((Sheet(pages(body)),), CONTRACT)
    assert {one.field: one.value for one in found}["signed_on"] == "2020-01-01"
