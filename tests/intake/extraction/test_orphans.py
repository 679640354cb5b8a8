"""Values whose captions were lost: under a seal, at the frame, across a watermark."""

from __future__ import annotations

import pytest

from intake.doctypes import get
from intake.extraction.extract import extract
from intake.extraction.locate import locate
from intake.extraction.sheet import sheets
from intake.options import ExtractionOptions
from intake.types import FieldReading, Word
from tests.intake.extraction.sheets import page, word

CAPTIONS, VALUES = 200, 480  # x of the columns
LICENSE = {
    "name": ("名称", "杭州云杉贸易有限公司"),
    "company_type": ("类型", "有限责任公司（自然人独资）"),
    "address": ("住所", "杭州市西湖区云杉路12号3幢205室"),
    "legal_representative": ("法定代表人", "张三丰"),
    "registered_capital": ("注册资本", "伍佰万元整"),
    "established_on": ("成立日期", "2016年3月8日"),
    "valid_to": ("营业期限", "2016年3月8日至2036年3月7日"),
    "business_scope": ("经营范围", "批发日用百货、五金交电。"),
}
CARD = {
    "name": ("姓名", "张三丰"),
    "sex": ("性别", "男"),
    "birth_date": ("出生", "1990年3月7日"),
    "address": ("住址", "杭州市西湖区云杉路12号"),
}
TAX = {
    "taxpayer_name": ("纳税人名称", "杭州云杉贸易有限公司"),
    "legal_representative": ("法定代表人", "张三丰"),
    "address": ("注册地址", "杭州市西湖区云杉路12号"),
    "registration_type": ("登记注册类型", "私营有限责任公司"),
}
FORMS = {"business_license": LICENSE, "id_card_front": CARD, "tax_registration": TAX}


def form(printed: dict[str, tuple[str, str]], *lost: str, pitch: int = 80) -> list[Word]:
    """Captions and values row by row, without the captions of the fields that are ``lost``."""
    words: list[Word] = []
    for row, (name, (caption, value)) in enumerate(printed.items()):
        top = 400 + row * pitch
        words += [] if name in lost else [word(caption, CAPTIONS, top)]
        words.append(word(value, VALUES, top))
    return words


def read(kind: str, words: list[Word]) -> dict[str, FieldReading]:
    """The readings of one page by field."""
    return {one.field: one for one in extract(sheets([page(*words)]), get(kind))}


@pytest.mark.parametrize(("kind", "lost"), [(kind, lost) for kind, printed in FORMS.items() for lost in printed])
def test_a_value_without_its_caption_is_known_by_its_place_and_look(kind: str, lost: str) -> None:
    """And no other field takes it."""
    whole, torn = read(kind, form(FORMS[kind])), read(kind, form(FORMS[kind], lost))
    assert {name: one.value for name, one in torn.items()} == {name: one.value for name, one in whole.items()}
    assert torn[lost].confidence < whole[lost].confidence


def test_how_it_was_found_is_told() -> None:
    """A find of a column is none of a caption, and of lower quality."""
    finds = locate(page(*form(LICENSE, "address")), get("business_license"), ExtractionOptions())
    found = next(one for one in finds if one.field == "address")
    assert found.how == "column"
    assert found.quality < min(one.quality for one in finds if one.how == "caption")


def test_a_line_out_of_its_order_is_left_alone() -> None:
    """No license prints a person below the scope, nor the name below the days."""
    out_of_place = [word("李小明", VALUES, 400 + 8 * 80)]
    assert "legal_representative" not in read(
        "business_license",
        [*form({name: row for name, row in LICENSE.items() if name != "legal_representative"}), *out_of_place],
    )


def test_a_line_that_two_fields_may_be_is_left_to_a_person() -> None:
    """Two days without captions: either may be that of foundation."""
    printed = {name: row for name, row in LICENSE.items() if name not in {"established_on", "valid_to"}}
    days = [word("2016年3月8日", VALUES, 1040), word("2018年5月6日", VALUES, 1120)]
    lines = [one for one in form(printed) if one.box.y < 750]
    assert "established_on" not in read("business_license", [*lines, *days])


def test_a_second_line_of_a_value_stays_its_own() -> None:
    """Lines of one value stand closer than fields do, whatever they look like."""
    printed = {name: row for name, row in LICENSE.items() if name != "legal_representative"}
    second = word("王家庄", VALUES, 400 + 2 * 80 + 44)
    found = read("business_license", [*form(printed), second])
    assert found["address"].value == "杭州市西湖区云杉路12号3幢205室王家庄"
    assert "legal_representative" not in found


def test_an_address_without_its_caption_keeps_its_second_line() -> None:
    """A piece of it would be a wrong address."""
    words = [one for one in form(LICENSE, "address") if one.text != LICENSE["address"][1]]
    split = [word("杭州市西湖区云杉路12号", VALUES, 555), word("3幢205室", VALUES, 598)]
    assert read("business_license", [*words, *split])["address"].value == "杭州市西湖区云杉路12号3幢205室"


def test_an_ethnicity_without_its_caption_stands_behind_the_sex() -> None:
    """性别 男 [民族] 汉: white space parts the two values."""
    card = [*form(CARD), word("汉", VALUES + 170, 480)]
    found = read("id_card_front", card)
    assert (found["sex"].value, found["ethnicity"].value) == ("男", "汉")


def test_few_captions_make_no_form() -> None:
    """Where the paper is not surely a form, its lines are nobody's."""
    printed = {name: LICENSE[name] for name in ("name", "address", "legal_representative")}
    assert "legal_representative" not in read("business_license", form(printed, "legal_representative"))


def test_the_second_line_of_an_address_is_no_address_of_its_own() -> None:
    """A long name of a region is broken anywhere; lines of a card stand nearly as far apart as its fields."""
    card = {name: row for name, row in CARD.items() if name != "address"}
    lines = [word("新疆维吾尔自治区阿勒泰", VALUES, 640), word("地区青河县云杉镇七组", VALUES, 700)]
    found = read("id_card_front", [*form(card), *lines])
    assert found["address"].value == "新疆维吾尔自治区阿勒泰地区青河县云杉镇七组"
