"""The amount of a contract: written in characters and in digits, in every usual order, and checked against itself."""

from __future__ import annotations

from datetime import date

import pytest

from intake import checks, doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import Classification, DocumentReading, FieldReading
from tests.intake.extraction.sheets import column, page

CONTRACT = doctypes.get("contract")

WORDINGS = (
    "合同总价款为人民币{words}元整（¥{digits}.00）。",
    "合同价款共计人民币{words}元整，小写：{digits}元",
    "合同价款：{words}元整（小写）{digits}，分期支付",
    "合同总价：{digits}.00元（大写：{words}元整）",
    "合同总价款为人民币（大写）{words}元整（小写：¥{digits}.00元）。",
    "合同总金额：人民币{words}元整（小写：¥{digits}.00）",
    "合同总价（含税）：人民币{digits}元，大写：{words}元整。",
    "服务费总额为¥{digits}.00（人民币{words}元整），分三期支付",
)


def amount(*lines: str) -> tuple[FieldReading | None, list[str]]:
    """The amount read off a page of running text, and the codes of what is wrong with it."""
    fields = extract((Sheet((page(*column(*lines)),)),), CONTRACT)
    reading = DocumentReading(Classification("contract", 1.0), (0,), fields, ())
    findings = checks.document(reading, date(2026, 11, 22))
    found = next((one for one in fields if one.field == "amount"), None)
    return found, [one.code for one in findings if one.fields == ("amount",)]


@pytest.mark.parametrize("wording", WORDINGS)
def test_characters_and_digits_that_agree_are_one_amount(wording: str) -> None:
    """Whichever stands first, in brackets or behind a comma."""
    found, findings = amount(wording.format(words="肆拾捌万陆仟伍佰", digits="486,500"))
    assert found is not None
    assert (found.value, findings) == ("486500.00", [])


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("digits", ["110,000", "110000"])
def test_characters_and_digits_that_differ_are_said_to(wording: str, digits: str) -> None:
    """The characters count, and a person is told: an amount altered in one place only must not pass."""
    found, findings = amount(wording.format(words="壹拾万", digits=digits))
    assert found is not None
    assert (found.value, findings) == ("100000.00", ["money.disagree"])


def test_an_amount_that_wraps_is_still_seen_whole() -> None:
    """The line ends inside the brackets; the caption's own line shows one form only."""
    found, findings = amount("合同总金额：人民币壹拾万元整（小写：¥", "110,000.00元），分期支付。")
    assert found is not None
    assert (found.value, findings) == ("100000.00", ["money.disagree"])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("合同总价款为人民币壹拾万元整，定金20000元于签订当日支付", "100000.00"),
        ("合同总价为100,000.00美元。", "USD 100000.00"),
        ("借款金额为人民币5万元", "50000.00"),
        ("本合同服务费为人民币（大写）伍拾陆万肆仟元整（¥564000.00）。", "564000.00"),
        ("（合同总价100000元）", "100000.00"),
    ],
)
def test_what_stands_beside_an_amount_is_no_other_form_of_it(line: str, value: str) -> None:
    """A deposit behind a comma is another amount; a currency behind the digits belongs to them."""
    found, findings = amount(line)
    assert found is not None
    assert (found.value, findings) == (value, [])
