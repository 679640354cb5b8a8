"""Names of parties: where they stand, where they end, and what is none."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from tests.intake.extraction.typed import pages

CONTRACT = doctypes.get("contract")
A, B = "甲县水务有限公司", "丙市阀门有限公司"
ID = "330106199003078219"


def parties(*lines: str) -> tuple[str | None, str | None]:
    """The parties read off one typed page, with its blanks as they stand."""
    body = "\n".join(("#某某合同", *lines, "第一条 总则", "双方依据法律订立本合同。"))
    found = {one.field: one.value for one in extract((Sheet(pages(body)),), CONTRACT)}
    return found.get("party_a"), found.get("party_b")


@pytest.mark.parametrize(
    "lines",
    [
        (f"甲方（用人单位）名称：{A}", "乙方（劳动者）姓名：王小明"),
        (f"甲方名称：{A}", "乙方姓名：王小明"),
        (f"甲方（单位）全称：{A}", f"乙方（劳动者）姓名：王小明 身份证号码：{ID}"),
        (f"用人单位名称：{A}", "劳动者姓名：王小明"),
        (f"用人单位（甲方）：{A} 法定代表人：李大海", f"劳动者（乙方）：王小明 身份证号：{ID}"),
        (f"甲方（用人单位）：名称：{A}", "乙方（劳动者）：姓名：王小明"),
        ("甲方（用人单位）", f"名称：{A}", "法定代表人：李大海", "乙方（劳动者）", "姓名：王小明"),
        (f"甲方（出卖人、转让方）：{A}", "乙方（买受人、受让方）：王小明"),
        (f"甲方：{A} 电话：0571-88888888", "乙方：王小明 电话：13800000000"),
    ],
)
def test_the_name_is_what_stands_behind_its_own_caption(lines: tuple[str, ...]) -> None:
    """名称, 姓名 and the rest of a bracket stand before it; captions that follow it on the line are no part of it."""
    assert parties(*lines) == (A, "王小明")


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        (f"卖方：{A} 买方：{B}", A, B),
        (f"卖方：{A}买方：{B}", A, B),
        (f"甲方：{A}，乙方：{B}", A, B),
        (f"甲方（盖章）：{A} 乙方（盖章）：{B} 丙方：戊市建设集团公司", A, B),
        ("出租方：王小明 承租方：李小红", "王小明", "李小红"),
    ],
)
def test_two_parties_on_one_line_are_two(line: str, first: str, second: str) -> None:
    """However little white space lies between them: the words of the second role are no part of the first name."""
    assert parties(line) == (first, second)


@pytest.mark.parametrize(
    "blank", ["________", "******", "无", "/", "———", "（空白）", "名称", "姓名：", "2020年3月8日", ID]
)
@pytest.mark.parametrize("before", ["：", "（用人单位）名称：", "（盖章）："])
def test_what_is_no_name_names_nobody(blank: str, before: str) -> None:
    """Lines to write on, strokes, captions, days and numbers; nor is the first clause under them a name."""
    assert parties(f"甲方{before}{blank}", f"乙方{before}{blank}") == (None, None)


@pytest.mark.parametrize(
    "days",
    [
        ("甲方（盖章）        乙方（盖章）", "2020年3月8日        2020年3月9日"),
        ("甲方（盖章）：", "2020年3月8日", "乙方（盖章）：", "2020.3.9"),
        ("甲方（签章）：二〇二〇年三月八日", "乙方（签章）：二〇二〇年三月九日"),
    ],
)
def test_the_day_of_a_signature_is_no_rival_of_a_name(days: tuple[str, ...]) -> None:
    """No alternative, nothing that makes the name less sure."""
    body = "\n".join(("#某某合同", f"甲方：{A}", f"乙方：{B}", "第一条 总则", *days))
    found = {one.field: one for one in extract((Sheet(pages(body)),), CONTRACT)}
    assert [found[side].value for side in ("party_a", "party_b")] == [A, B]
    assert not found["party_a"].alternatives + found["party_b"].alternatives


@pytest.mark.parametrize("line", ["被委托人：{}", "次承租人：{}", "丙方委托人：{}"])
def test_a_role_inside_another_word_is_not_that_role(line: str) -> None:
    """被委托人 is not 委托人: what stands before a role behind a name is a whole name."""
    assert A not in parties(line.format(A))


@pytest.mark.parametrize("line", [f"甲方：{A}办公电话：0571-88888888", f"甲方：{A} 办公室座机：0571-88888888"])
def test_a_caption_that_nobody_listed_ends_a_name_too(line: str) -> None:
    """Before a colon stands a caption; a company's form tells where the name before it ends."""
    assert parties(line, f"乙方：{B}") == (A, B)
