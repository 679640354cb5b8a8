"""Contracts of many kinds, typed with their fields beside them: names for the sides, sums, days and terms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.parties import sides
from intake.extraction.sheet import Sheet
from intake.pipeline import understand
from tests.intake.extraction.sheets import column, page, word
from tests.intake.extraction.typed import typed

FOLDER = Path(__file__).parent / "contracts"
CONTRACT = doctypes.get("contract")


def read(*lines: str) -> dict[str, str | None]:
    """The values read off one page of lines."""
    return {one.field: one.value for one in extract((Sheet((page(*column(*lines)),)),), CONTRACT)}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_contract_is_one_document_with_the_fields_beside_it(path: Path) -> None:
    """All of its pages are one paper; what is read has the values that stand at the head of the file, and no others."""
    paper = typed(path)
    documents = understand(paper.pages, today=date(2026, 11, 22))
    assert [(one.type, len(one.page_indexes)) for one in documents] == [("contract", len(paper.pages))]
    assert {one.field: one.value for one in documents[0].fields if one.value is not None} == paper.fields


@pytest.mark.parametrize(
    ("lines", "first", "second"),
    [
        (("采购方（乙方）：甲县水务公司", "供货方（甲方）：丙市阀门公司"), "丙市阀门公司", "甲县水务公司"),
        (("买方：甲县水务公司", "卖方：丙市阀门公司"), "甲县水务公司", "丙市阀门公司"),
        (("卖方：丙市阀门公司", "买方：甲县水务公司"), "丙市阀门公司", "甲县水务公司"),
        (
            ("甲方：甲县水务公司（以下简称“买方”）", "乙方：丙市阀门公司", "买方：甲县水务公司"),
            "甲县水务公司",
            "丙市阀门公司",
        ),
        (("贷款人：甲县银行", "借款人：王小明", "保证人：李小红"), "甲县银行", "王小明"),
    ],
)
def test_the_sides_are_told_by_their_roles(lines: tuple[str, ...], first: str, second: str) -> None:
    """甲方 is party A whatever else it is called; without a 甲方 the side that is printed first."""
    found = read(*lines)
    assert (found["party_a"], found["party_b"]) == (first, second)


def test_a_role_of_the_signatures_is_joined_to_its_side_by_the_head() -> None:
    """需方（乙方） on the first page makes 需方 on the last party B."""
    head = page(*column("供方（甲方）：丙市阀门公司", "需方（乙方）：甲县水务公司"))
    foot = page(*column("需方（盖章）：", "供方（盖章）："), index=1)
    known = sides((Sheet((head,)), Sheet((foot,))), CONTRACT).of
    assert (known["供方"], known["需方"], known["甲方"], known["乙方"]) == ("first", "second", "first", "second")


def test_a_sentence_about_a_party_is_no_name() -> None:
    """A clause that begins with 甲方 and white space."""
    assert "party_a" not in read("甲方 应当在收到货物后七日内验收完毕", "乙方 将按照约定交付")


def test_what_stands_beside_an_empty_role_is_no_name() -> None:
    """A line left blank has the marks of a day or the next sentence near it."""
    lines = ("出租方（甲方）：", "承租方（乙方）：", "根据有关法律规定，双方订立本合同。", "甲方（签字）：", "年 月 日")
    assert not {"party_a", "party_b"} & read(*lines).keys()


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("（GF-2017-0201）", "合同编号：HT-2019-07"), "HT-2019-07"),
        (("编号：GF-2000-0101", "合同编号：2019-07"), "2019-07"),
        (("协议编号：甲字〔2010〕8号",), "甲字〔2010〕8号"),
        (("No.XYZ〔2010〕8号", "采购合同"), "XYZ〔2010〕8号"),
        (("合同号 2016（03）第12号",), "2016（03）第12号"),
    ],
)
def test_the_number_is_whole_and_not_that_of_the_form(lines: tuple[str, ...], number: str) -> None:
    """The number of a model form (GF-…) is printed on thousands of contracts."""
    assert read(*lines)["contract_number"] == number


def test_a_model_form_alone_gives_no_number() -> None:
    """Nothing is better than the form's number."""
    assert "contract_number" not in read("编号：GF-2017-0201", "甲方：甲县水务公司")


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("月租金为人民币5000元，押金为人民币10000元。", "租金总额为人民币60000元。"), "60000.00"),
        (("单价：215元，数量450件，总价96750元", "合同总价：人民币100,000.00元"), "100000.00"),
        (("合同价款", "1.1 合同总价为（大写）人民币叁万元整（￥30000.00）"), "30000.00"),
        (("违约金为合同总价的10%，履约保证金金额为5000元", "服务费共计人民币80000元"), "80000.00"),
        (("预算金额为3,600,000.00元", "成交金额：3,498,000.00元"), "3498000.00"),
        (("咨询费（含税）合计：106000元，其中不含税金额100000元，税额6000元",), "106000.00"),
    ],
)
def test_the_sum_is_told_from_other_amounts(lines: tuple[str, ...], value: str) -> None:
    """Monthly rents, deposits, prices of pieces, instalments, budgets and taxes are other amounts."""
    assert read(*lines)["amount"] == value


@pytest.mark.parametrize("line", ["月租金为人民币5000元。", "押金人民币10000元。", "乙方月工资为人民币6500元。"])
def test_other_amounts_alone_are_no_sum(line: str) -> None:
    """A rent by the month is no sum of the contract."""
    assert "amount" not in read(line)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("甲方（盖章）：", "2020年2月18日", "乙方（盖章）：", "2020年2月20日"), "2020-02-20"),
        (("甲方（盖章）：  乙方（盖章）：", "2020年2月20日    2020年2月18日"), "2020-02-20"),
        (("签约时间：2020.2.20",), "2020-02-20"),
        (("本合同由双方于2020年2月20日在甲县签订。",), "2020-02-20"),
        (("甲方代表：", "二〇二〇年二月二十日"), "2020-02-20"),
        (("签订日期：2020年2月18日", "签订日期：   年   月   日"), "2020-02-18"),
        (("签订日期：2010年2月18日", "签订日期：2020年2月18日"), "2010-02-18"),
    ],
)
def test_the_day_of_signing_is_the_later_of_both(lines: tuple[str, ...], day: str) -> None:
    """Where two days lie years apart one of them is something else, and the later has no claim."""
    assert read(*lines)["signed_on"] == day


def test_a_trial_period_is_not_the_term() -> None:
    """试用期 lies inside the term."""
    found = read("试用期自2021年5月1日起至2021年7月31日止。", "本合同期限自2021年5月1日起至2024年4月30日止。")
    assert (found["effective_from"], found["effective_to"]) == ("2021-05-01", "2024-04-30")


def test_a_reader_that_missed_the_first_role_does_not_turn_the_sides() -> None:
    """Whoever is printed first is first, though one reader saw only the second."""
    seen = page(*column("出租方：甲县水务公司", "承租方：王小明"))
    missed = page(*column("务租方：甲县水务公司", "承租方：王小明"), reader="tesseract")
    assert sides((Sheet((missed, seen)),), CONTRACT).of["出租方"] == "first"


def test_a_misread_amount_in_characters_leaves_the_digits() -> None:
    """The digits in brackets behind it are the sum, with less certainty."""
    assert read("租金总额为人民币贰国万陆仟伍佰元整（¥206,500.00）。")["amount"] == "206500.00"


def test_a_seal_among_the_signatures_does_not_name_a_party() -> None:
    """What stands beside 买方（签章） yields to the name at the head."""
    found = read("买方（甲方）：甲县水务公司", "卖方（乙方）：丙市阀门公司", "买方（签章）：天山支行")
    assert found["party_a"] == "甲县水务公司"


def test_a_name_torn_by_a_seal_does_not_stand_for_the_whole_one() -> None:
    """Under a seal only 北京 is left of the name beside 甲方：; its whole form on the first page is the value."""
    head = page(
        word("甲方：山海恒创（北京）餐饮有限公司", 400, 400, confidence=0.8), *column("乙方：丙市阀门公司", y=470)
    )
    foot = page(*column("甲方：北京", "乙方：丙市阀门公司"), index=1)
    found = {one.field: one for one in extract((Sheet((head,)), Sheet((foot,))), CONTRACT)}
    assert found["party_a"].value == "山海恒创（北京）餐饮有限公司"
    assert "北京" in [other.value for other in found["party_a"].alternatives]


@pytest.mark.parametrize("signed", ["需方盖章", "需方（盖章）："])
def test_who_signs_for_a_company_is_no_party(signed: str) -> None:
    """His hand under the company's role, read more surely than the company's rare letter, changes nothing."""
    unsure = word("需方（甲方）：福建某槿宇贸易有限公司", 400, 400, confidence=0.7)
    head = page(unsure, *column("供方（乙方）：丙市阀门公司", y=470))
    foot = page(*column(signed, "福建某槿宇贸易有限公司", "王小明"), index=1)
    found = {one.field: one for one in extract((Sheet((head,)), Sheet((foot,))), CONTRACT)}
    assert found["party_a"].value == "福建某槿宇贸易有限公司"
    assert "王小明" not in [other.value for other in found["party_a"].alternatives]


def test_two_persons_on_a_side_are_both_named() -> None:
    """The second one stands under the first, or signs at the end: none of them signs for a company."""
    head = page(*column("出租方（甲方）：王小明", "承租方（乙方）：丙市阀门公司"))
    foot = page(*column("甲方（签字）：李小红"), index=1)
    found = {one.field: one for one in extract((Sheet((head,)), Sheet((foot,))), CONTRACT)}
    assert found["party_a"].value == "王小明"
    assert "李小红" in [other.value for other in found["party_a"].alternatives]
