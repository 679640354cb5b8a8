"""Terms that may be another's: of a stamp on a copy, of something nobody listed."""

from __future__ import annotations

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import FieldReading

from .typed import pages

LICENSE, CONTRACT = doctypes.get("business_license"), doctypes.get("contract")


def read(body: str, kind: doctypes.DocumentType = CONTRACT) -> dict[str, FieldReading]:
    """The fields read off a typed page by both readers."""
    both = (*pages(body), *pages(body, "tesseract"))
    return {one.field: one for one in extract((Sheet(both),), kind)}


def test_the_day_until_which_a_copy_may_be_used_is_not_the_end_of_the_term() -> None:
    """The stamp says before it what the copy is for; without such words it is the license's."""
    lines = "名称  甲县东风机械厂\n类型  个人独资企业\n成立日期  2016年03月08日\n"
    assert "valid_to" not in read(f"{lines}用途：仅供投标备案使用 有效期至：2022年05月05日\n", LICENSE)
    assert read(f"{lines}有效期至：2022年05月05日\n", LICENSE)["valid_to"].value == "2022-05-05"


def test_the_term_beside_a_scope_stays() -> None:
    """What the column to the left says about use speaks of goods."""
    lines = "经营范围  打印机、复印机的使用服务                     有效期限  2016年03月08日至2036年03月07日\n"
    assert read(lines, LICENSE)["valid_to"].value == "2036-03-07"


def test_days_that_only_hint_at_a_term_are_not_sure() -> None:
    """Nothing says what the project's time is to the contract; its term, named so, is sure."""
    hinted = read("项目实施时间从2020年2月1日到2020年8月1日。\n")
    assert hinted["effective_to"].value == "2020-08-01"
    assert max(hinted["effective_from"].confidence, hinted["effective_to"].confidence) < 0.95
    named = read("合同期限自2020年2月1日至2020年8月1日。\n")
    assert min(named["effective_from"].confidence, named["effective_to"].confidence) > 0.95


def test_the_days_of_delivery_are_not_the_term() -> None:
    """交货期间 lies inside it."""
    assert not {"effective_from", "effective_to"} & read("交货期间自2020年2月1日至2020年3月1日。\n").keys()


def test_the_planned_days_of_works_are_their_term() -> None:
    """So the model form of 2017 has it."""
    found = read("计划开工日期：2019年5月1日。\n计划竣工日期：2019年12月31日。\n")
    assert [(one.value, one.confidence > 0.95) for one in (found["effective_from"], found["effective_to"])] == [
        ("2019-05-01", True),
        ("2019-12-31", True),
    ]


def test_what_begins_inside_a_bracket_of_the_scope_is_not_sure() -> None:
    """有效期至 there is a permit's, and its line wraps to the margin as a caption would stand."""
    head = "名称：甲县东风机械厂\n成立日期：2016年03月08日\n"
    lines = "经营范围：危险化学品批发（许可证\n有效期至2019年5月1日）；普通货运。\n"
    assert read(head + lines, LICENSE)["valid_to"].confidence < 0.95


def test_the_english_of_a_caption_is_no_part_of_the_value() -> None:
    """Bilingual contracts print it before the colon."""
    found = read("合同编号 Contract No.：S2019-11\n签订日期 Date：2019-05-06\n")
    assert (found["contract_number"].value, found["signed_on"].value) == ("S2019-11", "2019-05-06")
