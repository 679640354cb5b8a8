"""Parties that are named without a colon: in tables, behind a blank, several to a side, in two languages."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet

from .typed import pages

CONTRACT = doctypes.get("contract")
A, B = "甲县水务有限公司", "丙市阀门有限公司"


def parties(body: str) -> tuple[str | None, str | None]:
    """The parties read off a page as it is typed."""
    found = {one.field: one.value for one in extract((Sheet(pages(body)),), CONTRACT)}
    return found.get("party_a"), found.get("party_b")


TABLE = """
          名称        甲县水务有限公司
甲方      地址        甲县人民路1号
          法定代表人  王小明
          名称        丙市阀门有限公司
乙方      地址        丙市中山路2号
          法定代表人  李小红
"""
HIGH = """
            名称（或姓名）  甲县水务有限公司        （签章）
委托人      法定代表人      王小明
（甲方）    联系人          赵大山
            住所            甲县人民路1号
            名称（或姓名）  丙市阀门有限公司        （签章）
受托人      法定代表人      李小红
（乙方）    联系人          钱多多
            住所            丙市中山路2号
"""
TOP = """
甲方      名称        甲县水务有限公司
          地址        甲县人民路1号
乙方      名称        丙市阀门有限公司
          地址        丙市中山路2号
"""


@pytest.mark.parametrize("table", [TABLE, HIGH, TOP])
def test_a_role_that_spans_rows_of_a_table_has_the_name_of_its_own_rows(table: str) -> None:
    """It stands in the middle of them, below its own name and above the other's."""
    assert parties(table) == (A, B)


def test_a_name_too_many_in_such_a_table_leaves_the_parties_open() -> None:
    """Nothing tells whose it is."""
    assert parties(f"          名称        供水管网改造\n{TABLE.strip(chr(10))}\n") == (None, None)


def test_a_blank_is_enough_between_a_role_and_a_company() -> None:
    """甲方 某某公司, with a narrow blank; what begins a sentence is none."""
    assert parties(f"甲方 {A}\n地址 甲县人民路1号\n乙方 {B}\n") == (A, B)
    assert parties("甲方 应将货物运至丙市阀门有限公司\n乙方 付款\n") == (None, None)


def test_a_person_behind_a_blank_keeps_the_order_of_the_roles() -> None:
    """Whether 王小明 is a name is not sure enough, but the company below him is the second side."""
    assert parties(f"出租方 王小明\n承租方 {B}\n") == (None, B)


def test_several_on_a_side_leave_it_open_and_the_other_in_its_place() -> None:
    """转让方一 and 转让方二 are the first side, so 受让方 is the second."""
    assert parties(f"转让方一：王小明\n转让方二：李小红\n受让方：{B}\n") == (None, B)
    assert parties(f"转让方1：王小明\n转让方2：李小红\n受让方：{B}\n") == (None, B)


@pytest.mark.parametrize(
    "roles", ["Buyer (买方)/Seller (卖方)", "Party A (甲方)/Party B (乙方)", "Lessor 出租方/Lessee 承租方"]
)
def test_a_role_may_stand_behind_its_english(roles: str) -> None:
    """The English is no name."""
    one, other = roles.split("/")
    assert parties(f"{one}：{A}\n{other}：{B}\n") == (A, B)


def test_who_was_a_party_before_is_none_now() -> None:
    """原甲方 has left; 新甲方 stands in its place."""
    assert parties(f"原甲方：王小明\n新甲方：{A}\n乙方：{B}\n") == (A, B)


def test_boxes_to_tick_behind_a_name_are_no_part_of_it() -> None:
    """☑个人 □单位 says what the party is."""
    assert parties(f"甲方：王小明  ☑个人 □单位\n乙方：{B}  □个人 ☑单位\n") == ("王小明", B)


def test_a_branch_alone_below_a_bank_is_the_party() -> None:
    """Forms leave a line for the bank and one for its branch."""
    bank = "贷款人：某某农业银行股份有限公司\n甲县支行\n"
    assert parties(f"借款人：{A}\n{bank}") == (A, "某某农业银行股份有限公司甲县支行")


def test_names_of_three_columns_that_run_together_are_no_one() -> None:
    """The columns stand close; what was read as one name is doubted, and nobody is party B for it."""
    body = """
          甲方                乙方                丙方
名称      甲县水务有限公司    丙市阀门有限公司    丁市建设有限公司
"""
    found = extract((Sheet((*pages(body), *pages(body, "tesseract"))),), CONTRACT)
    assert all(one.confidence < 0.95 for one in found if one.field in {"party_a", "party_b"})


def test_what_a_bracket_says_of_a_name_is_no_part_of_it() -> None:
    """For whom it acts, and what it is called from here on."""
    assert parties(f"甲方：{A}（代表其关联公司丁市集团有限公司）\n乙方：{B}（“供应商”）\n") == (A, B)
