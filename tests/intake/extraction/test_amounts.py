"""The amount of a contract: written in characters and in digits, in every usual order, and checked against itself."""

from __future__ import annotations

from datetime import date

import pytest

from intake import checks, doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import Classification, DocumentReading, FieldReading
from tests.intake.extraction.sheets import column, page
from tests.intake.extraction.typed import pages

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


def amount_typed(body: str) -> str | None:
    """The amount read off a page as it is typed."""
    fields = extract((Sheet(pages(body)),), CONTRACT)
    return next((one.value for one in fields if one.field == "amount"), None)


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
        ("贷款金额：（币种）人民币（大写）叁拾万元整", "300000.00"),
        ("借款金额：人民币（币种）贰佰万元整", "2000000.00"),
        ("合同总价为_120_万元", "1200000.00"),
        ("合同总价款为人民币壹佰贰拾万零仟零佰零拾零元整", "1200000.00"),
        ("合同总价（大写）：壹拾万柒仟元零伍角叁分（¥107000.53）", "107000.53"),
        ("合同总价为500,000.00泰铢。", "THB 500000.00"),
        ("合同总价为伍拾万新西兰元整", "NZD 500000.00"),
        ("合同金额：THB 5,000,000.00", "THB 5000000.00"),
        ("本合同总价款为HK$1,000,000.00元。", "HKD 1000000.00"),
    ],
)
def test_what_stands_beside_an_amount_is_no_other_form_of_it(line: str, value: str) -> None:
    """A deposit behind a comma is another amount; a currency behind the digits belongs to them."""
    found, findings = amount(line)
    assert found is not None
    assert (found.value, findings) == (value, [])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("合同总价（万元）：120.50", "1205000.00"),
        ("合同总价（人民币万元）为：120.50", "1205000.00"),
        ("合同总价（含税）（万元）：120.5", "1205000.00"),
        ("合同总价（万元）：8", "80000.00"),
        ("合同金额（美元）：1,500,000.00", "USD 1500000.00"),
        ("合同总价（美元）：壹拾万元整", "USD 100000.00"),
        ("合同总价：120（单位：万元）", "1200000.00"),
        ("合同总价（元）：120000", "120000.00"),
    ],
)
def test_a_unit_in_brackets_belongs_to_the_amount(line: str, value: str) -> None:
    """Behind the noun or behind the number: without it the amount would be ten thousand times too small."""
    found, findings = amount(line)
    assert found is not None
    assert (found.value, findings) == (value, [])


@pytest.mark.parametrize(
    "lines",
    [
        ("合同总价为500,000.00法郎。",),
        ("合同总价为伍拾万克朗整",),
        ("合同总价：1000（方元）",),
        ("合同金额（元/年）：120000",),
        ("合同金额：5000元/月",),
        ("单位：万元", "合同总价：120.50"),
    ],
)
def test_what_does_not_say_what_it_counts_has_no_value(lines: tuple[str, ...]) -> None:
    """A currency that several countries have, a unit that cannot be read, a rate, a table in ten thousands."""
    found, _ = amount(*lines)
    assert found is None or found.value is None


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [("合同总价：120", "120.00", "money.unit"), ("合同金额：1.000万元", "10000.00", "money.point")],
)
def test_what_may_be_a_thousand_times_more_is_never_certain(line: str, value: str, code: str) -> None:
    """The value stays, its problem is told, and a person looks."""
    found, findings = amount(line)
    assert found is not None
    assert (found.value, findings) == (value, [code])
    assert found.confidence <= 0.9


def test_what_a_torn_amount_was_is_offered() -> None:
    """No value is taken, but the person who looks need not type it."""
    found, _ = amount("合同金额：1.500.000元")
    assert found is not None
    assert (found.value, [one.value for one in found.alternatives]) == (None, ["1500000.00"])


def test_a_sum_that_is_only_hinted_at_is_sure_where_both_its_forms_agree() -> None:
    """共计 alone may be what is paid back; 合计 under a table, in words and digits, is what was sold."""
    hinted, _ = amount("乙方退还甲方货款共计人民币20000元。")
    stated, _ = amount("合计（大写）：贰万元整 ￥20000.00")
    assert hinted is not None
    assert stated is not None
    assert (hinted.value, stated.value) == ("20000.00", "20000.00")
    assert hinted.confidence <= 0.9 < stated.confidence


def test_interest_is_no_sum() -> None:
    """Nor is what is owed with it."""
    assert amount("利息合计36000元，本息合计336000元。")[0] is None


def test_a_table_head_names_what_stands_below_it() -> None:
    """The last head is not that of the first column on the next row; a sentence goes on there."""
    head = "原金额            变更金额         变更后合同金额"
    assert amount_typed(f"{head}\n200000元          50000元          250000元\n") is None
    assert amount_typed("甲乙双方一致同意合同总金额\n为人民币250000元。\n") == "250000.00"
