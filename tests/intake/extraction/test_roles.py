"""What contracts call their parties: any word for one at the head, listed or not, makes a side."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.roles import head, widened
from intake.extraction.sheet import Sheet
from tests.intake.extraction.sheets import column, page

CONTRACT = doctypes.get("contract")
A, B = "甲县水务公司", "丙市阀门有限公司"
PAIRS = (
    "发包人/总承包人", "采购方/供应商", "委托人/居间人", "买方/出卖人", "发包单位/承包单位",
    "雇主/雇员", "业主/物业服务企业", "建设方/施工方", "购方/供方", "需求方/供应方", "订货方/供货方", "债务人/债权人",
    "债权人/债务人", "加工方/委托方", "甲方/供应商",
    "委托单位/受托单位", "建设单位/监理单位", "开发商/购房人", "房东/租客", "学校/家长",
    "医院/患者", "广告客户/广告经营者",
    "著作权人/出版单位", "劳务派遣单位/用工单位", "贷款银行/借款人", "债权人/保证人", "抵押权人/抵押人",
    "检测单位/委托单位",
    "老股东/新股东",
)  # fmt: skip


def parties(*lines: str) -> tuple[str | None, str | None]:
    """The parties read off one page of lines."""
    found = {one.field: one.value for one in extract((Sheet((page(*column(*lines)),)),), CONTRACT)}
    return found.get("party_a"), found.get("party_b")


@pytest.mark.parametrize("pair", PAIRS)
def test_any_words_for_parties_make_two_sides_in_the_order_of_print(pair: str) -> None:
    """No list of roles is needed: the words end like a party's, a name stands behind, the first is party A."""
    one, other = pair.split("/")
    plain = ("某某合同", f"{one}：{A}", f"{other}：{B}", "第一条 总则")
    beside = ("某某合同", f"{one}：{A} {other}：{B}")
    filled = ("某某合同", f"{one}（全称）：{A}", "法定代表人：王小明", f"{other}（全称）：{B}", "法定代表人：李小红")
    below = ("某某合同", f"{one}：", f"名称：{A}", f"{other}：", f"名称：{B}")
    alone = ("某某合同", f"{one}：", A, f"{other}：", B)
    blank = ("某某合同", f"{one} {A}", f"{other} {B}")
    called = ("某某合同", f"{A}（以下简称“{one}”）", f"{B}（以下简称“{other}”）")
    assert {parties(*lines) for lines in (plain, beside, filled, below, alone, blank, called)} == {(A, B)}


@pytest.mark.parametrize("persons", ["联系人", "项目负责人", "经办人", "见证人", "业务员", "担保人"])
def test_persons_who_act_for_a_party_are_no_side(persons: str) -> None:
    """They stand at the head too, with a name and a colon."""
    lines = ("某某合同", f"{persons}：王小明", f"购方：{A}", f"{persons}：李小红", f"供方：{B}")
    assert parties(*lines) == (A, B)


def test_a_listed_pair_goes_before_other_words_for_parties() -> None:
    """A project's own owner stands above the two who contract."""
    assert parties("某某合同", "使用单位：戊市建设集团公司", f"发包人：{A}", f"承包人：{B}") == (A, B)


def test_a_third_party_gets_no_side() -> None:
    """Whoever stands surety, in whichever order the others are printed."""
    assert parties(f"债权人：{A}", f"债务人：{B}", "保证人：戊市建设集团公司") == (A, B)
    assert parties(f"贷款人：{A}", "保证人：戊市建设集团公司", f"借款人：{B}") == (A, B)


def test_who_is_called_party_b_stays_party_b() -> None:
    """The other side takes what is left, though it is printed first."""
    assert parties("某某合同", f"供货单位：{B}", f"订货单位（甲方）：{A}") == (A, B)


@pytest.mark.parametrize("longer", ["名称", "单位", "公司"])
def test_party_b_with_a_word_behind_it_is_party_b(longer: str) -> None:
    """甲方 and 乙方 tell their sides in longer captions too."""
    assert parties("某某合同", f"乙方{longer}：{B}", f"甲方{longer}：{A}") == (A, B)


@pytest.mark.parametrize(
    "lines",
    [
        (f"一、购方：{A}", f"二、供方：{B}"),
        (f"（一）甲方：{A}", f"（二）乙方：{B}"),
        (f"{A}（委托单位）与{B}（受托单位）签订本合同。",),
        (f"发包人名称：{A}", f"承包人名称：{B}"),
        ("标的公司：戊市建设集团公司", f"出售方：{A}", f"收购方：{B}"),
    ],
)
def test_roles_are_found_in_lists_sentences_and_longer_captions(lines: tuple[str, ...]) -> None:
    """What the contract is about is no party."""
    assert parties("某某合同", *lines) == (A, B)


def test_no_side_is_better_than_a_wrong_one() -> None:
    """Where a name with words that are no role stands above the only known role, that role may be the second."""
    assert parties("某某合同", f"采买处室：{A}", f"供方：{B}") == (None, None)


def test_words_behind_the_first_clause_are_no_roles() -> None:
    """Clauses name makers, carriers and offices."""
    sheet = Sheet((page(*column(f"购方：{A}", f"供方：{B}", "第一条 标的", "生产厂商：戊市建设集团公司")),))
    assert head((sheet,), CONTRACT) == ("购方", "供方")


def test_a_role_that_one_reader_misread_is_no_third_one() -> None:
    """Readers' words at one place are one role: the listed one, else the first reader's."""
    seen = page(*column(f"发包单位：{A}", f"承包单位：{B}"))
    misread = page(*column(f"发句单位：{A}", f"承包单位：{B}"), reader="tesseract")
    assert widened((Sheet((seen, misread)),), CONTRACT).more_roles == ("发包单位", "承包单位")


def test_a_single_word_for_a_party_makes_no_side() -> None:
    """One name alone does not tell which side it is."""
    assert widened((Sheet((page(*column(f"购方：{A}")),)),), CONTRACT) is CONTRACT
