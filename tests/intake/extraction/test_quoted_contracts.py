"""Contracts that speak of another: what they quote of it (number, sum, day, term) is not theirs."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet

from .sheets import column, page

CONTRACT = doctypes.get("contract")


def read(*lines: str) -> dict[str, str | None]:
    """The values read off one page of lines."""
    return {one.field: one.value for one in extract((Sheet((page(*column(*lines)),)),), CONTRACT)}


SECURED = (
    "债务人丙市阀门公司与债权人于2020年3月1日签订了编号为JK-2020-11的借款合同，借款金额为人民币5000000元，",
    "借款期限自2020年3月1日至2021年3月1日。",
)


@pytest.mark.parametrize(
    "lines",
    [
        SECURED,
        ("债权人依据2020年3月1日与债务人签订的借款合同（合同编号：JK-2020-11），借款金额为人民币5000000元。",),
        (
            "双方于2020年3月1日签订《阀门采购合同》（合同编号：CG-2020-015，以下简称原合同），合同总价为人民币200000元。",
        ),
        ("原合同总价为人民币200000元，租赁期限自2020年3月1日至2021年3月1日。",),
        ("主合同的借款金额为人民币200000元，主债务履行期限自2020年3月1日至2021年3月1日。",),
        ("原合同编号：CG-2020-015", "原合同签订日期：2020年3月1日", "主合同金额：人民币300000元"),
        ("根据双方于2019年11月1日签订的《框架协议》，订立本合同。",),
    ],
)
def test_nothing_is_taken_from_a_sentence_about_another_contract(lines: tuple[str, ...]) -> None:
    """The main contract of a security, the one that is amended, the frame of an order."""
    found = read("甲方：甲县水务公司", "乙方：丙市阀门公司", *lines)
    assert not {"contract_number", "amount", "signed_on", "effective_from", "effective_to"} & found.keys()


def test_the_next_sentence_is_about_this_contract_again() -> None:
    """What stands behind the full stop is the contract's own."""
    found = read(*SECURED, "本合同的借款金额为人民币300000元。", "本合同有效期自2022年1月1日至2022年12月31日。")
    assert (found["amount"], found["effective_from"], found["effective_to"]) == (
        "300000.00", "2022-01-01", "2022-12-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "原合同总价200000元变更为合同总价250000元。",
        "双方于2019年3月1日签订了《采购合同》，现合同总金额变更为250000元。",
        "甲乙双方于2022年1月1日签订本合同，合同总价为人民币250000元。",
        "双方另行签署《保密协议》，第二条合同总价为人民币250000元。",
        "双方签署《验收报告》后付款，合同总价为人民币250000元。",
    ],
)
def test_what_is_new_or_its_own_is_taken(line: str) -> None:
    """An amended sum is that of the amendment; papers that are no contract say nothing of another."""
    assert read(line)["amount"] == "250000.00"


@pytest.mark.parametrize(
    "line",
    [
        "本合同由双方于2020年2月20日在甲县签订。",
        "甲乙双方于2020年2月20日签订本合同。",
        "双方于2020年2月20日订立如下协议：",
        "双方于2020年2月20日签订合同如下：",
    ],
)
def test_the_day_on_which_this_contract_was_signed_stays(line: str) -> None:
    """However its preamble calls it."""
    assert read(line)["signed_on"] == "2020-02-20"


def test_the_number_of_this_contract_stays_in_its_bracket() -> None:
    """Under the heading, or behind the place of signing."""
    assert read("（合同编号：HT-2019-07）", "签订地点：甲县")["contract_number"] == "HT-2019-07"
    assert read("签订地点：甲县  合同编号：HT-2019-07")["contract_number"] == "HT-2019-07"
