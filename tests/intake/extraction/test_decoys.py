"""Papers that share captions with ours and are none of ours give no document of a known type."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intake.extraction.classify import classify
from intake.pipeline import understand
from tests.intake.extraction.sheets import column, page
from tests.intake.extraction.typed import pages

FOLDER = Path(__file__).parent / "decoys"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_decoy_has_no_type(path: Path) -> None:
    """Certificates of others, bills, letters, and forms of ours that nobody has filled in: no type and no field."""
    documents = understand(pages(path.read_text(encoding="utf-8")), today=date(2026, 11, 22))
    assert [(one.type, one.fields) for one in documents] == [(None, ())]


def test_a_certificate_nobody_told_us_of_is_a_stranger_too() -> None:
    """No list of the world's certificates is needed: a heading that ends in 证书 is one."""
    lines = (
        "虚构行业协会会员证书",
        "统一社会信用代码",
        "名称 虚构公司",
        "法定代表人 王小明",
        "住所 虚构市",
        "注册资本",
    )
    assert classify(page(*column(*lines))).type is None


CARD = (
    "姓名  王小明",
    "性别  女   民族  汉",
    "出生  1990年3月7日",
    "住址  虚构市明月路1号",
    "公民身份号码  330106199003078219",
)


def headed(*heading: str) -> tuple[str | None, ...]:
    """The types that are found under a heading with all that a card says below it."""
    typed = "\n".join([*(f"#{line}" for line in heading), *CARD])
    return tuple(one.type for one in understand(pages(typed), today=date(2026, 11, 23)))


@pytest.mark.parametrize(
    "heading",
    [
        "中华人民共和国残疾人证",
        "虚构省居住证",
        "律师执业证",
        "工 作 证",
        "个人信用报告",
        "准考证",
        "报名表",
    ],
)
def test_a_foreign_heading_outweighs_every_caption_of_a_card(heading: str) -> None:
    """A residence permit says all that an identity card says, with a sound number; it is none."""
    assert headed(heading) == (None,)


@pytest.mark.parametrize("heading", ["法定代表人身份证", "身份证复印件", "仅用于办理居住证"])
def test_what_is_typed_above_a_copy_of_a_card_makes_it_no_other_paper(heading: str) -> None:
    """Offices write above a copy what it is, and across it what it is for."""
    assert headed(heading) == ("id_card_front",)


def test_the_heading_of_a_letter_speaks_of_the_letter_not_of_the_card_below_it() -> None:
    """A certificate of who represents a company holds a copy of his card; the card is read."""
    letter = (
        "单位名称：虚构公司",
        "单位性质：有限责任公司",
        "王小明系虚构公司的法定代表人。",
        "特此证明。",
        "虚构公司",
    )
    typed = "\n".join(["#法定代表人身份证明", *letter, "", "", *CARD])
    assert "id_card_front" in [one.type for one in understand(pages(typed), today=date(2026, 11, 23))]


def test_a_copy_of_a_license_under_a_line_that_says_so_is_a_license() -> None:
    """The license bears its own heading."""
    lines = (
        "#营业执照",
        "统一社会信用代码 91330106MA2AB12C3N",
        "名称 虚构公司",
        "法定代表人 王小明",
        "登记机关 虚构局",
    )
    for above in ("#营业执照复印件", "#投标人资格证明文件"):
        documents = understand(pages("\n".join([above, *lines])), today=date(2026, 11, 23))
        assert [one.type for one in documents] == ["business_license"]


def test_a_stray_mark_beside_a_heading_hides_nothing() -> None:
    """The edge of a frame read for a digit; 食品生产许可证 ends nearly as 开户许可证 does."""
    lines = ("食品生产许可证6", "（正本）", "生产者名称 虚构公司", "社会信用代码 593599222", "法定代表人 王小明")
    assert classify(page(*column(*lines, x=1000))).type is None


def test_a_heading_alone_is_cut_off_no_form() -> None:
    """A blank form of one paper under the heading of another is one paper that nobody filled in."""
    typed = "#税务登记证\n\n\n名称\n类型\n经营者\n组成形式\n注册日期\n经营场所\n经营范围\n\n\n登记机关\n年  月  日\n"
    assert [one.type for one in understand(pages(typed), today=date(2026, 11, 23))] == [None]


def test_a_misread_heading_of_ours_is_no_stranger() -> None:
    """开户许司证 ends as a certificate does, and is nearly 开户许可证."""
    lines = ("开户许司证", "核准号：甲", "开户银行 某银行", "经审核，某公司符合开户条件")
    assert classify(page(*column(*lines))).type == "bank_account_permit"


def test_a_certificate_that_a_scope_speaks_of_is_no_heading() -> None:
    """In the lower half of a license, in a sentence."""
    lines = ("营业执照", "统一社会信用代码", "名称 虚构公司", "法定代表人 王小明", "经营范围 茶叶销售", "登记机关")
    below = column("（凭有效食品经营许可证）", y=2600)
    assert classify(page(*column(*lines), *below)).type == "business_license"


def test_a_heading_nearly_called_as_another_of_our_types_is_a_stranger_all_the_same() -> None:
    """What is nearly 税务登记证 and no tax registration by its other words is no card's back either."""
    lines = ("财务登记证", "签发机关 虚构局", "有效期限 2018.03.08-2028.03.07", "价税合计 壹元整")
    assert classify(page(*column(*lines))).type is None
