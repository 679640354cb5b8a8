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


def test_cards_side_by_side_are_parted_between_them_not_above_their_last_lines() -> None:
    """The number of the one and the term of the other stand far below the rest, level with each other."""
    back = (*column(*PAPERS["id_card_back"], x=300), word("有效期限 2016.01.01-2036.01.01", 300, 1100))
    front = (*column(*PAPERS["id_card_front"][:-1], x=1500), word("公民身份号码 110101199001010015", 1500, 1100))
    assert kinds(page(*back, *front)) == [("id_card_back", 1), ("id_card_front", 1)]


def test_one_card_is_not_cut_above_its_number() -> None:
    """The number stands far below the other lines, and alone it would pass for a card."""
    lines = (*column(*PAPERS["id_card_front"][:-1]), *column("公民身份号码 110101199001010015", y=1100))
    assert kinds(page(*lines)) == [("id_card_front", 1)]


def test_the_foot_of_an_old_license_is_no_card() -> None:
    """发照机关 and 执照有效期限 are nearly the captions of a card's emblem side."""
    body = column(
        "个体工商户营业执照",
        "字号名称 甲县东风副食店",
        "经营者姓名 王小明",
        "经营场所 甲县人民路1号",
        "经营范围 日用百货零售。",
    )
    foot = column("执照有效期限 自1999年3月5日至2003年3月4日", "发照机关 甲县工商行政管理局", "1999年3月5日", y=1000)
    assert kinds(page(*body, *foot)) == [("business_license", 1)]


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


def test_pages_that_number_themselves_are_one_paper() -> None:
    """An annex with a heading of its own, on page 2 of 2."""
    first = page(*column(*PAPERS["contract"]), word("第1页共2页", 1100, 3380))
    annex = page(
        word("补充协议", 1100, 200, size=64), *column("甲方：虚构公司"), word("第2页共2页", 1100, 3380), index=1
    )
    assert kinds(first, annex) == [("contract", 2)]


def test_a_first_page_begins_another_contract() -> None:
    """Even where no heading stands out."""
    first = page(*column(*PAPERS["contract"]), word("1/1", 1100, 3380))
    second = page(*column(*PAPERS["contract"][1:], *CLAUSES), word("1/2", 1100, 3380), index=1)
    assert kinds(first, second) == [("contract", 1), ("contract", 1)]


def test_clauses_that_go_on_are_one_paper() -> None:
    """第三条 behind 第二条, though nothing else on the page speaks of a contract."""
    first = page(*column(*PAPERS["contract"], "第二条 质量要求"))
    second = page(*column("第三条 运输方式由双方商定", "第四条 包装采用木箱"), index=1)
    assert kinds(first, second) == [("contract", 2)]


def test_a_letter_behind_a_contract_is_not_its_last_page() -> None:
    """An authority to sign holds signatures and speaks of contracts; its heading says what it is."""
    lines = (
        "委托人：虚构公司",
        "法定代表人：王小明",
        "兹委托李小红签订合同",
        "委托人（盖章）：",
        "法定代表人（签字）：",
    )
    letter = page(word("授权委托书", 1080, 200, size=64), *column(*lines), index=1)
    assert kinds(page(*column(*PAPERS["contract"])), letter) == [("contract", 1), (None, 1)]


def test_a_page_of_signatures_alone_belongs_to_its_contract() -> None:
    """The last page with nothing but the block."""
    block = ("借款人（公章）：虚构公司", "法定代表人（签字）：", "贷款人（公章）：某银行", "负责人（签字）：")
    assert kinds(page(*column(*PAPERS["contract"])), page(*column(*block), index=1)) == [("contract", 2)]


def test_a_short_contract_is_no_cover_of_the_next() -> None:
    """Clauses and signatures stand on no cover."""
    short = page(
        word("场地租赁协议书", 1000, 200, size=64), *column("甲方：虚构公司", "一、租期一年", "甲方（盖章）：", y=500)
    )
    other = page(word("茶叶购销合同", 1048, 200, size=64), *column(*PAPERS["contract"][1:]), index=1)
    assert kinds(short, other) == [("contract", 1), ("contract", 1)]


def test_page_numbers_whose_stroke_was_lost_still_follow() -> None:
    """1/2 and 2/2 read as 12 and 22 are the pages of one paper."""
    first = page(*column(*PAPERS["contract"]), word("12", 1220, 3360))
    second = page(*column("茶叶购销合同", *CLAUSES[1:2], "甲方：虚构公司"), word("22", 1220, 3360), index=1)
    assert kinds(first, second) == [("contract", 2)]


def test_clauses_outweigh_a_misread_page_number() -> None:
    """第二条 behind 第一条 carries on, whatever bare number stands at the foot."""
    first = page(*column(*PAPERS["contract"]), word("1", 1220, 3360))
    second = page(*column(*CLAUSES), word("7", 1220, 3360), index=1)
    assert kinds(first, second) == [("contract", 2)]


def side_by_side(right: tuple[str, ...]) -> PageText:
    """One person's card, and another's right of it."""
    return page(*column(*CARD, x=200), *column(*right, x=1500))


CARD = (
    "姓名 王小明",
    "性别 男 民族 汉",
    "出生 1990年3月7日",
    "住址 虚构市明月路1号",
    "公民身份号码 330106199003078219",
)
PALE = ("李二", "女 汉", "1985年12月12日", "虚构市清风路2号", "110101198512120027")


def test_a_card_whose_captions_were_not_read_is_known_by_its_number_and_day() -> None:
    """Captions are printed paler than values: a sound number that holds the day above it is enough."""
    assert kinds(page(*column(*PALE))) == [("id_card_front", 1)]
    assert kinds(page(*column(*PALE[:2], "198512月12日", *PALE[3:]))) == [("id_card_front", 1)]
    assert kinds(side_by_side(PALE)) == [("id_card_front", 1), ("id_card_front", 1)]


def test_a_number_that_is_not_sound_or_of_another_day_tells_nothing() -> None:
    """The check character, and the day, are what makes it sure; so does that the number ends the paper."""
    for number in ("110101198512120028", "330106199003078219"):
        assert kinds(page(*column(*PALE[:-1], number))) == [(None, 1)]
    letter = (
        "兹委托李二前往贵处办理一切相关手续请予接洽为荷",
        "委托期限自签字之日起至全部手续办理完毕之日止",
        "特此证明",
    )
    assert kinds(page(*column(*PALE, *letter))) == [(None, 1)]
