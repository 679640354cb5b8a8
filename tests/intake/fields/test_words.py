"""Kinds made of words: names, sex, ethnicity, addresses, offices."""

from __future__ import annotations

import pytest

from intake import fields
from intake.fields.ethnicity import NAMES


def verdict(kind: str, text: str) -> tuple[str | None, list[str]]:
    """The value and the names of the problems."""
    checked = fields.check(kind, text)
    return checked.value, [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    ("kind", "text", "value", "problems"),
    [
        ("person_name", "沈 亦 安", "沈亦安", []),
        ("person_name", "阿依古丽•买买提", "阿依古丽·买买提", []),
        ("person_name", "阿依古丽.买买提", "阿依古丽·买买提", []),
        ("person_name", "JOHN  SMITH", "JOHN SMITH", []),
        ("person_name", "欧阳明月", "欧阳明月", []),
        ("person_name", "沈", "沈", ["person_name.length"]),
        ("person_name", "沈亦安沈亦安沈", "沈亦安沈亦安沈", ["person_name.length"]),
        ("person_name", "沈亦5", "沈亦5", ["person_name.characters"]),
        ("person_name", " 。", None, ["person_name.missing"]),
        ("company_name", "杭州青禾 (集团)\n有限公司", "杭州青禾（集团）有限公司", []),
        ("company_name", "杭州青禾合伙企业（有限合伙）", "杭州青禾合伙企业（有限合伙）", []),
        ("company_name", "杭州青禾有限公", "杭州青禾有限公", ["company_name.ending"]),
        ("company_name", "", None, ["company_name.missing"]),
        ("company_name", "******", None, ["company_name.missing"]),
        ("company_name", "杭州**有限公司", "杭州**有限公司", ["company_name.characters"]),
        ("person_name", "—", None, ["person_name.missing"]),
        ("person_name", "王𬭎", "王𬭎", []),
        ("party_name", "无", None, ["party_name.missing"]),
        ("party_name", "阿依古丽•买买提", "阿依古丽·买买提", []),
        ("party_name", "ABC Co., Ltd.", "ABC Co., Ltd.", []),
        ("party_name", "甲公司/乙公司", "甲公司/乙公司", ["party_name.several"]),
        ("party_name", "甲县公司甲县公司", "甲县公司甲县公司", ["party_name.several"]),
        ("party_name", "宁波", "宁波", ["party_name.ending"]),
        ("party_name", "甲县某某有很公司", "甲县某某有很公司", ["party_name.form"]),
        ("party_name", "总则", "总则", ["party_name.surname"]),
        ("party_name", "李某某", "李某某", ["party_name.characters"]),
        ("person_name", "王小明等", "王小明等", ["person_name.more"]),
        ("person_name", "张小明 李小红", "张小明李小红", ["person_name.several"]),
        ("person_name", "李某", "李某", ["person_name.characters"]),
        ("party_name", "××公司", "××公司", ["party_name.characters"]),
        ("bank_name", "______", None, ["bank_name.missing"]),
        ("company_type", "有限责任公司(自然人独资)", "有限责任公司（自然人独资）", []),
        ("company_type", "", None, ["company_type.missing"]),
        ("address", "浙江省杭州市\n西湖区青禾路 12 号", "浙江省杭州市西湖区青禾路12号", []),
        ("address", "西湖区", "西湖区", ["address.short"]),
        ("address", "杭州市酉湖区青禾路12号", "杭州市酉湖区青禾路12号", ["address.division"]),
        ("address", "浙江省抗州市西湖区青禾路", "浙江省抗州市西湖区青禾路", ["address.division"]),
        ("address", "杭州市高新区青禾路12号", "杭州市高新区青禾路12号", []),
        ("address", "杭州市临平区青禾路12号", "杭州市临平区青禾路12号", []),
        ("address", "重庆市渝北区青禾路12号", "重庆市渝北区青禾路12号", []),
        ("company_name", "杭州青禾有很公司", "杭州青禾有很公司", ["company_name.form"]),
        ("company_name", "杭州青禾有限贵任公司", "杭州青禾有限贵任公司", ["company_name.form"]),
        ("company_name", "杭州青禾商贸公司", "杭州青禾商贸公司", []),
        ("bank_name", "中国工商锒行杭州支行", "中国工商锒行杭州支行", ["bank_name.bank"]),
        ("address", "", None, ["address.missing"]),
        ("long_text", "批发、零售:文具,纸张;\n印刷。", "批发、零售：文具，纸张；印刷。", []),
        ("long_text", "", None, ["long_text.missing"]),
        ("authority", "杭州市公安局\n西湖分局", "杭州市公安局西湖分局", []),
        ("authority", "杭州市公", "杭州市公", ["authority.ending"]),
        ("authority", "", None, ["authority.missing"]),
        ("bank_name", "青禾银行 杭州分行", "青禾银行杭州分行", []),
        ("bank_name", "青禾杭州", "青禾杭州", ["bank_name.ending"]),
        ("bank_name", "", None, ["bank_name.missing"]),
        ("text", "：采购\n合同", "采购合同", []),
        ("text", "", None, ["text.missing"]),
        ("sex", "性别 男", "男", []),
        ("sex", "人", None, ["sex.form"]),
        ("ethnicity", "民族 汉", "汉", []),
        ("ethnicity", "维吾尔族", "维吾尔", []),
        ("ethnicity", "穿青人", "穿青人", []),
        ("ethnicity", "文", None, ["ethnicity.unknown"]),
    ],
)
def test_words_are_made_canonical(kind: str, text: str, value: str | None, problems: list[str]) -> None:
    """One line, no spaces between Chinese characters, full-width punctuation; oddities are told, not refused."""
    assert verdict(kind, text) == (value, problems)


def test_the_table_of_ethnic_names_is_whole() -> None:
    """GB/T 3304-1991 has 56 names, and each is its own canonical value."""
    assert len(NAMES) == 56
    assert all(verdict("ethnicity", f"{name}族") == (name, []) for name in NAMES)


@pytest.mark.parametrize(
    ("kind", "misread", "right"),
    [
        ("ethnicity", "汊", "汉"),
        ("ethnicity", "维吾示", "维吾尔"),
        ("ethnicity", "土冢族", "土家"),
        ("sex", "界", "男"),
        ("sex", "文", "女"),
        ("company_type", "有限贵任公司（自然人独资）", "有限责任公司（自然人独资）"),
    ],
)
def test_misread_words_of_a_lexicon_are_offered(kind: str, misread: str, right: str) -> None:
    """The right word stands first among the candidates."""
    assert fields.candidates(kind, misread)[0] == right


def test_right_words_offer_nothing() -> None:
    """What stands in the lexicon needs no other word."""
    assert fields.candidates("ethnicity", "汉") == fields.candidates("company_type", "个体工商户") == ()


def test_words_are_shown_in_the_readers_language() -> None:
    """Ethnic names get their ending in Chinese, sex its English word."""
    assert fields.display("ethnicity", "汉", "zh") == "汉族"
    assert fields.display("sex", "女", "en") == "female"
    assert fields.display("person_name", "沈亦安", "en") == "沈亦安"


@pytest.mark.parametrize(
    ("kind", "text", "offered"),
    [
        ("address", "浙江省抗州市西湖区青禾路12号", ("浙江省杭州市西湖区青禾路12号",)),
        ("address", "杭州市高新区青禾路12号", ()),
        ("company_name", "杭州青禾有限贵任公司", ("杭州青禾有限责任公司",)),
        ("company_name", "杭州青禾有限公司", ()),
        ("bank_name", "中国农业很行杭州支行", ("中国农业银行杭州支行",)),
        ("bank_name", "中国银行杭州支行", ()),
    ],
)
def test_what_a_list_has_is_offered_for_what_misses_it_by_a_letter(
    kind: str, text: str, offered: tuple[str, ...]
) -> None:
    """Only offered: the value stays as it was read; a name that no list has is no mistake by that."""
    assert fields.candidates(kind, text) == offered
    assert fields.check(kind, text).value == text
