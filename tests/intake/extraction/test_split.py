"""Which pages are one paper, and which page holds two."""

from __future__ import annotations

from intake.extraction.split import split
from intake.types import PageText
from tests.intake.extraction.sheets import column, page, word
from tests.intake.extraction.test_classify import PAPERS

CLAUSES = ("第二条 质量要求", "乙方应当按照本合同的约定交付", "第三条 违约责任", "甲方（盖章）", "乙方（盖章）")


def kinds(*texts: PageText) -> list[tuple[str | None, int]]:
    """Type and number of sheets of each document."""
    return [(group.classification.type, len(group.sheets)) for group in split(texts)]


def test_a_stack_is_parted_where_another_paper_begins() -> None:
    """A license, a contract of two pages, an account permit."""
    stack = (
        page(*column(*PAPERS["business_license"])),
        page(*column(*PAPERS["contract"]), index=1),
        page(*column(*CLAUSES), index=2),
        page(*column(*PAPERS["bank_account_permit"]), index=3),
    )
    assert kinds(*stack) == [("business_license", 1), ("contract", 2), ("bank_account_permit", 1)]


def test_two_contracts_in_a_row_are_two() -> None:
    """A heading begins a new one once the first has its text."""
    clauses = tuple(f"第{number}条 双方应当遵守本合同的全部约定并承担责任" for number in "二三四五六七八九十")
    text = (word("茶叶购销合同", 1048, 200, size=64), *column(*PAPERS["contract"][1:], *clauses))
    first, second = page(*text), page(*text, index=1)
    assert kinds(first, second) == [("contract", 1), ("contract", 1)]


def test_a_cover_belongs_to_the_contract_behind_it() -> None:
    """A first page with heading and parties alone; the body repeats the heading."""
    cover = page(*column("茶叶购销合同", "合同编号：甲一", "甲方：虚构公司", "乙方：另一公司", pitch=300))
    body = page(*column(*PAPERS["contract"]), index=1)
    assert kinds(cover, body) == [("contract", 2)]


def test_both_sides_of_a_card_on_one_flat_page_are_two_documents() -> None:
    """One above the other, as copiers leave them."""
    upper = column(*PAPERS["id_card_back"])
    lower = column(*PAPERS["id_card_front"], y=1500)
    assert kinds(page(*upper, *lower)) == [("id_card_back", 1), ("id_card_front", 1)]


def test_one_card_is_not_cut_above_its_number() -> None:
    """The number stands far below the other lines, and alone it would pass for a card."""
    lines = (*column(*PAPERS["id_card_front"][:-1]), *column("公民身份号码 110101199001010015", y=1100))
    assert kinds(page(*lines)) == [("id_card_front", 1)]


def test_two_persons_cards_on_one_page_are_two() -> None:
    """The same side twice."""
    lines = (*column(*PAPERS["id_card_front"]), *column(*PAPERS["id_card_front"], y=1600))
    assert kinds(page(*lines)) == [("id_card_front", 1), ("id_card_front", 1)]


def test_a_scrap_beside_a_document_is_no_document() -> None:
    """A stamp that was cut out as a sheet of its own."""
    assert kinds(page(*column(*PAPERS["business_license"])), page(*column("已核对"), sheet=1)) == [
        ("business_license", 1)
    ]


def test_a_page_of_no_known_type_is_kept() -> None:
    """No paper is lost: it is a document without a type."""
    assert kinds(page(*column("情况说明", "兹有王小明前往贵处办理手续，请予接洽。"))) == [(None, 1)]
