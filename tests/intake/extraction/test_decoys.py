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
