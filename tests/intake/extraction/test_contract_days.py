"""Days, terms and sums of contracts in the forms that clerks write them."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import FieldReading
from tests.intake.extraction.sheets import column, page

CONTRACT = doctypes.get("contract")


def read(*lines: str) -> dict[str, FieldReading]:
    """The fields read off one page of lines."""
    return {one.field: one for one in extract((Sheet((page(*column(*lines)),)),), CONTRACT)}


@pytest.mark.parametrize(
    "lines",
    [
        ("甲方（签字）：王小明 2019年12月20日", "乙方（签字）：李小红 2019年12月20日"),
        ("甲方（公章） 2019.12.20", "乙方（公章） 2019.12.20"),
        ("甲方（签字）：王小明 2019.12.20 乙方（签字）：李小红 2019.12.20",),
        ("本合同签订于2019年12月20日。",),
        ("签订于：2019年12月20日",),
        ("合同签署日：2019年12月20日",),
        ("合同签订日：2019年12月20日",),
        ("合同订立日期：2019年12月20日",),
    ],
)
def test_the_day_of_signing_is_found_in_all_its_forms(lines: tuple[str, ...]) -> None:
    """On the line of a signature, behind 签订于, beside its captions."""
    assert read(*lines)["signed_on"].value == "2019-12-20"


@pytest.mark.parametrize("line", ["甲方盖章后，于2019年12月20日交货", "甲方：甲县水务公司 2019年12月20日"])
def test_other_days_are_not_the_day_of_signing(line: str) -> None:
    """A day in a clause, or beside a name without the words of a signature."""
    assert "signed_on" not in read(line)


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (("本合同自2020年1月1日起生效，有效期至2021年12月31日。",), "2021-12-31"),
        (("本合同自2020年1月1日起生效，有效期限至2021年12月31日止。",), "2021-12-31"),
        (("2020年1月1日至2021年12月31日为合同有效期。",), "2021-12-31"),
        (("2020年1月1日起至2021年12月31日止为租赁期限",), "2021-12-31"),
        (("服务期限：2020年1月1日起，为期2年",), "2021-12-31"),
        (("合作期限三（3）年，自2020年1月1日起。",), "2022-12-31"),
        (("计划开工日期：2020年1月1日", "计划竣工日期：2020年9月30日"), "2020-09-30"),
        (("开工日期：2020年1月1日，竣工日期：2020年9月30日。",), "2020-09-30"),
    ],
)
def test_a_term_is_found_in_all_its_forms(lines: tuple[str, ...], last: str) -> None:
    """Both ends are printed, or the span is printed beside the first day."""
    found = read(*lines)
    assert (found["effective_from"].value, found["effective_to"].value) == ("2020-01-01", last)


@pytest.mark.parametrize(
    "line", ["合同期限：自合同签订之日起三年。", "本合同有效期自签订之日起三年", "合作期限三（3）年"]
)
def test_a_term_from_the_signing_is_offered(line: str) -> None:
    """The day from which it is counted stands elsewhere, so the end is reckoned and a person takes it."""
    end = read(line, "签订日期：2020年1月1日")["effective_to"]
    assert (end.value, [one.value for one in end.alternatives]) == (None, ["2022-12-31", "2023-01-01"])


@pytest.mark.parametrize(
    "line", ["试用期：2020年1月1日起，为期2个月", "质保期自验收合格之日起一年。", "自合同签订之日起三日内付款"]
)
def test_other_spans_are_not_the_term(line: str) -> None:
    """Trials, warranties and days of grace."""
    found = read(line, "签订日期：2020年1月1日")
    assert not {"effective_from", "effective_to"} & found.keys()


@pytest.mark.parametrize(
    "line",
    [
        "原合同期限自2018年1月1日至2019年12月31日。",
        "原租赁合同约定的租赁期限自2018年1月1日至2019年12月31日。",
        "付款期限自2018年1月1日至2019年12月31日。",
        "质量保证期限自2018年1月1日至2019年12月31日。",
        "质保期为两年，自2018年1月1日至2019年12月31日。",
        "保险期限为一年，自2018年1月1日至2018年12月31日。",
        "投标有效期自2018年1月1日至2019年12月31日。",
        "投标有效期为三年，自2018年1月1日起。",
        "甲方营业执照的有效期限为2018年1月1日至2019年12月31日。",
        "本合同签订后，付款期限自2018年1月1日至2019年12月31日。",
        "本合同项下借款的保证期间自2018年1月1日至2019年12月31日。",
        "质量保修期自2018年1月1日起两年。",
    ],
)
def test_the_periods_of_other_things_are_not_the_term(line: str) -> None:
    """Not even where the paper states no other: the noun before the days tells whose they are."""
    assert not {"effective_from", "effective_to"} & read(line).keys()


@pytest.mark.parametrize(
    "lines",
    [
        ("付款期限为30日，合同期限自2020年1月1日至2021年12月31日。",),
        ("原材料采购合同期限自2020年1月1日至2021年12月31日。",),
        ("双方同意将原合同期限自2018年1月1日至2019年12月31日变更为自2020年1月1日至2021年12月31日。",),
        ("合同期限自2020年1月1日至2021年12月31日，其中试用期自2020年1月1日至2020年3月31日。",),
        ("运输期限自2018年1月1日至2019年12月31日。", "本合同有效期自2020年1月1日至2021年12月31日。"),
        ("供货期：2020年1月1日至2021年12月31日。",),
    ],
)
def test_the_term_is_found_beside_the_periods_of_other_things(lines: tuple[str, ...]) -> None:
    """A period that nobody listed may be the term where the paper states no other."""
    found = read(*lines)
    assert (found["effective_from"].value, found["effective_to"].value) == ("2020-01-01", "2021-12-31")


@pytest.mark.parametrize(
    "line", ["租金为120000元/年，三年合计360000元。", "服务费120000元/年，三年共计人民币360000元整。"]
)
def test_the_sum_of_all_years_goes_before_the_price_of_one(line: str) -> None:
    """What has its measure behind it (元/年) is a price."""
    assert read(line)["amount"].value == "360000.00"


@pytest.mark.parametrize("line", ["租金：10000元/月", "月租金为人民币5000元，押金合计10000元"])
def test_prices_and_deposits_are_no_sum(line: str) -> None:
    """A rent by the month, a deposit."""
    assert "amount" not in read(line)


@pytest.mark.parametrize("sign", ["O", "l", "|", "?", "口", "〇", "_", "亻"])
@pytest.mark.parametrize(
    ("field", "lines"),
    [
        ("effective_to", ("合同期限自2008.7.11至2011.7.1{}。",)),
        ("effective_to", ("合同期限自2008年7月11日至2011年7月1{}日止。",)),
        ("effective_from", ("本合同自2008-07-1{}至2011-07-10有效。",)),
        ("signed_on", ("甲方（盖章） 2007.11.1{}",)),
        ("signed_on", ("甲方（盖章）", "2007年11月1{}日")),
        ("signed_on", ("签订日期：2007.11.1{}",)),
    ],
)
def test_no_day_is_cut_where_a_sign_may_be_its_second_digit(field: str, lines: tuple[str, ...], sign: str) -> None:
    """Neither the phrase nor the signatures give the first digit alone as a day that looks certain."""
    found = read(*(line.format(sign) for line in lines)).get(field)
    value = found.value if found else None
    assert value is None or found is None or found.confidence < 0.9 or not value.endswith("01")
