"""A sum that a paper tells twice, and not the same."""

from __future__ import annotations

from datetime import date

import pytest

from intake import checks, doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.options import DraftingOptions
from intake.types import Classification, DocumentReading, FieldReading
from tests.intake.extraction.sheets import column, page

HEAD = ("设备采购合同", "甲方：虚构澜嵘科技有限公司", "乙方：虚构骏弘设备有限公司")


def told(*lines: str) -> tuple[FieldReading, list[tuple[str, str]]]:
    """The amount of a contract with these lines, and the findings about it with their severity."""
    fields = extract((Sheet((page(*column(*HEAD, *lines)),)),), doctypes.get("contract"))
    reading = DocumentReading(Classification("contract", 1.0), (0,), fields, ())
    found = checks.document(reading, date(2026, 11, 22))
    amount = next(one for one in fields if one.field == "amount")
    return amount, [(one.code, one.severity) for one in found if one.fields == ("amount",)]


@pytest.mark.parametrize(
    "lines",
    [
        ("第一条 合同总价为人民币100,000.00元。", "第二条 付款：合同总金额人民币壹拾壹万元整。"),
        ("合同总价：100000元", "大写：壹拾壹万元整"),
        ("合计金额（小写）：￥100,000.00", "合计金额（大写）：人民币壹拾壹万元整"),
        ("第一条 合同总价为人民币壹拾万元整（¥110,000.00）。",),
    ],
)
def test_characters_and_digits_that_differ_are_an_error(lines: tuple[str, ...]) -> None:
    """Wherever the two forms stand: both are offered, and neither is taken without a look."""
    amount, findings = told(*lines)
    assert findings == [("money.disagree", "error")]
    assert {amount.value, *(other.value for other in amount.alternatives)} == {"100000.00", "110000.00"}
    assert amount.confidence < DraftingOptions().doubtful_below


@pytest.mark.parametrize(
    ("lines", "other"),
    [
        (("合计 ￥98,000.00", "第二条 合同总价为人民币100,000.00元。"), "98000.00"),
        (("合同总价为人民币壹拾万元整（¥100,000.00）。", "第九条 本合同总金额为¥120,000.00元。"), "120000.00"),
    ],
)
def test_another_sum_elsewhere_is_a_warning(lines: tuple[str, ...], other: str) -> None:
    """A table's total that is not the sum told, or two clauses: one may be without tax, so a person decides."""
    amount, findings = told(*lines)
    assert findings == [("money.elsewhere", "warning")]
    assert amount.value == "100000.00"
    assert [(one.value, one.reason) for one in amount.alternatives] == [(other, "elsewhere")]
    assert amount.confidence < DraftingOptions().doubtful_below


@pytest.mark.parametrize(
    "lines",
    [
        ("第一条 合同总价为人民币壹拾万元整（¥100,000.00）。", "第九条 合同总金额100000元。"),
        ("第一条 合同总价为人民币100,000.00元，其中设备费80,000.00元，安装费30,000.00元。",),
        ("第一条 合同总价为人民币100,000.00元。首付款30,000.00元，尾款60,000.00元。",),
    ],
)
def test_the_same_sum_twice_and_its_parts_are_no_conflict(lines: tuple[str, ...]) -> None:
    """Instalments and items are other sums."""
    amount, findings = told(*lines)
    assert (amount.value, findings) == ("100000.00", [])


def test_two_readers_that_read_one_place_differently_are_no_conflict_of_the_paper() -> None:
    """One of them misread it: that makes the value doubtful, and says nothing of the paper."""
    line = "第一条 合同总价为人民币{}元。"
    pages = [
        page(*column(*HEAD, line.format(digits)), reader=reader)
        for digits, reader in (("100,000.00", "rapidocr"), ("100,008.00", "tesseract"))
    ]
    fields = extract((Sheet(tuple(pages)),), doctypes.get("contract"))
    reading = DocumentReading(Classification("contract", 1.0), (0,), fields, ())
    assert not [one for one in checks.document(reading, date(2026, 11, 22)) if one.code.startswith("money")]
