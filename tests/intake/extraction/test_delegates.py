"""Companies where a person is asked for: an executive partner with its delegate, over as many lines as needed."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from tests.intake.extraction.typed import pages

LICENSE = doctypes.get("business_license")
COMPANY, FUND = "杭州某某投资管理有限公司", "杭州某某投资合伙企业（有限合伙）"


def partner(*lines: str) -> tuple[str | None, list[str], str | None]:
    """The value beside 执行事务合伙人, its alternatives, and the address below it."""
    first, *more = lines
    form = ("#营业执照", "名    称  杭州某某创业投资合伙企业（有限合伙）", f"执行事务合伙人  {first}")
    body = "\n".join((*form, *(f"                {line}" for line in more), "住    所  甲市乙区某某路12号", ""))
    found = {one.field: one for one in extract((Sheet(pages(body)),), LICENSE)}
    one = found["legal_representative"]
    return one.value, [other.value for other in one.alternatives], found["address"].value


@pytest.mark.parametrize(
    "lines",
    [
        (f"{COMPANY}（委派代表：李晓四）",),
        (f"{COMPANY}（委派", "代表：李晓四）"),
        (f"{COMPANY}（委派代表：李晓", "四）"),
        (COMPANY, "（委派代表：李晓四）"),
        ("杭州某某投资管理有", "限公司（委派代表：李晓四）"),
        ("杭州某某投资管理有限", "公司（委派代表：", "李晓四）"),
    ],
)
def test_a_delegate_belongs_to_the_company_that_sends_him(lines: tuple[str, ...]) -> None:
    """Wherever the line ends, the whole is the value, and nothing is amiss with it."""
    assert partner(*lines) == (f"{COMPANY}（委派代表：李晓四）", [], "甲市乙区某某路12号")


def test_a_delegate_is_told_in_other_words_too() -> None:
    """Behind a caption that goes on with 姓名, which is no name."""
    sent = f"{COMPANY}（委派李晓四为代表）"
    assert partner(sent) == (sent, [], "甲市乙区某某路12号")
    assert partner(f"姓名 {COMPANY}（委派代表：李晓四）")[0] == f"{COMPANY}（委派代表：李晓四）"


def test_a_fund_sends_delegates_too() -> None:
    """A name that ends with a bracket of its own, and two persons."""
    assert partner(f"{FUND}（委派", "代表：李晓四、王小明）")[0] == f"{FUND}（委派代表：李晓四、王小明）"


@pytest.mark.parametrize("line", ["王小明", "阿卜杜拉·买买提", COMPANY])
def test_the_line_below_a_whole_name_is_no_part_of_it(line: str) -> None:
    """Only a bracket that is open, or a company's form that is missing, asks for more."""
    assert partner(line, "甲市丙区某某街3号")[0] == line


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("王小明 男", "王小明"),
        ("王小明 性别 男", "王小明"),
        ("王小明 身份证号330106199003078219", "王小明"),
        ("王 小 明", "王小明"),
        ("李 亚 男", "李亚男"),
        ("李亚 男", "李亚男"),
        ("买买提·  艾力", "买买提·艾力"),
        ("古丽娜尔  ·买买提", "古丽娜尔·买买提"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
    ],
)
def test_a_name_is_whole_and_nothing_more(printed: str, value: str) -> None:
    """What else is said of a person is no part of the name; white space beside its dot does not end it."""
    assert partner(printed)[0] == value
