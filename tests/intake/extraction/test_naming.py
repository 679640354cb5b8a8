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


@pytest.mark.parametrize(
    ("lines", "first", "second"),
    [
        (("甲方：某某水务工程建设发展有限责", "任公司", f"乙方：{B}"), "某某水务工程建设发展有限责任公司", B),
        (
            ("甲方：某某水务工程建设发展有限", "公司 电话：0571-88888888", f"乙方：{B}"),
            "某某水务工程建设发展有限公司",
            B,
        ),
        (("甲方：某某水务工程建设", "建设地点：某某公司", f"乙方：{B}"), "某某水务工程建设", B),
    ],
)
def test_a_name_goes_on_at_the_margin_of_the_next_line(lines: tuple[str, ...], first: str, second: str) -> None:
    """Where its form is torn; a line that begins otherwise is no part of it."""
    assert parties(*lines) == (first, second)


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        (f"本合同由{A}（以下简称甲方）与{B}（以下简称乙方）签订。", A, B),
        (f"采购项目由{A}（以下简称甲方）委托{B}（以下简称乙方）承担。", A, B),
        (f"出租方{A}（以下简称甲方）、承租方{B}（以下简称乙方）", A, B),
        (f"自由空间公司（以下简称甲方）和{B}（以下简称乙方）", "自由空间公司", B),
        (f"和某某公司（以下简称甲方）与{B}（以下简称乙方）", None, B),
    ],
)
def test_what_a_preamble_says_before_a_name_is_no_part_of_it(line: str, first: str | None, second: str) -> None:
    """本合同由, 委托 and the role fall away; 和 at the beginning of a line may be either, so there is no name."""
    assert parties(line) == (first, second)


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        ("“王小明”", "王小明"),
        ("【王小明】", "王小明"),
        ("王小明先生", "王小明"),
        ("王小明 男 汉族", "王小明"),
        ("王小明 住 甲市乙区某某路1号", "王小明"),
        ("王小明（330106199003078219）", "王小明"),
        ("某某公司（曾用名某某厂）", "某某公司"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("KIM, YOUNG HO", "KIM, YOUNG HO"),
        ("东方先生公司", "东方先生公司"),
        ("方小明", "方小明"),
        ("某某市第一人民医院", "某某市第一人民医院"),
        ("360科技公司", "360科技公司"),
    ],
)
def test_marks_and_words_round_a_name_are_no_part_of_it(behind: str, name: str) -> None:
    """What tells who somebody is, how he is addressed, and what quotes the name."""
    assert parties(f"甲方：{behind}", f"乙方 Party B：{behind}") == (name, name)


@pytest.mark.parametrize(
    "word",
    ["公司", "有限公司", "本公司", "个人", "业主", "客户", "法人", "盖章处", "Co., Ltd.", "LLC", "项目经理：李大海"],
)
def test_a_word_for_a_party_is_no_name(word: str) -> None:
    """Nor is what a torn line leaves of a company's form, nor a caption with its own value behind it."""
    assert parties(f"甲方：{word}", f"乙方：{B}")[0] is None


@pytest.mark.parametrize(
    "line", ["在此处签字盖章", "同意以上条款", "甲市乙区某某路1号", "双方协商", "某某路8号3幢201室"]
)
def test_a_sentence_or_an_address_behind_a_role_is_no_name(line: str) -> None:
    """On its line and right under it."""
    assert parties(f"甲方：{line}", f"乙方：{B}")[0] is None
    assert parties("甲方：", line, f"乙方：{B}")[0] is None


def test_a_second_name_under_the_first_is_offered_and_makes_it_less_sure() -> None:
    """Two persons are one party: which of them the file is of is not told by who stands above."""
    body = f"#某某合同\n甲方：王小明\n      李小红\n乙方：{B}\n第一条 总则\n"
    found = {one.field: one for one in extract((Sheet(pages(body)),), CONTRACT)}
    assert found["party_a"].confidence < found["party_b"].confidence
    assert {found["party_a"].value, *(one.value for one in found["party_a"].alternatives)} == {"王小明", "李小红"}
