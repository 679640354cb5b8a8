"""Marks and words of a scope of business: what is chosen among what the reader thought of."""

from __future__ import annotations

import re

import pytest

from intake.writing.letters import Letter, exchanged, known_words, written
from intake.writing.scope import choose
from intake.writing.scope_words import WORDS


def letters(text: str, **rivals: float) -> list[Letter]:
    """A text whose last ``_`` is a place with these rivals; the first of them is what was read."""
    (read, sure), *others = rivals.items()
    return [Letter(read, sure, tuple(others)) if one == "_" else Letter(one, 1.0) for one in text]


def value(text: str, **rivals: float) -> str:
    """The text with what is chosen."""
    said = letters(text, **rivals)
    return exchanged(written(said), choose(said))


COLON = {"：": 0.97, "；": 0.02}


@pytest.mark.parametrize(
    "item", ["日用品销售", "工程服务", "电动车生产与销售", "树、竹、草批发", "机床的设计，生产、销售"]
)
def test_items_end_with_a_semicolon(item: str) -> None:
    """A colon behind things and what is done with them is none, if the reader thought of a semicolon."""
    assert value(f"{item}_设备租赁", **COLON) == f"{item}；设备租赁"


@pytest.mark.parametrize(
    "heading",
    ["销售", "批发、零售", "生产、加工、销售", "一般项目", "许可经营项目", "技术服务；销售", "以下限分支机构经营"],
)
def test_headings_end_with_a_colon(heading: str) -> None:
    """The kind of items, or trades alone since the last item: what follows is listed for them."""
    assert value(f"{heading}_茶叶", **COLON) == f"{heading}：茶叶"


def test_what_the_reader_did_not_think_of_is_not_chosen() -> None:
    """A colon that no semicolon rivals stays, where it can stand or not."""
    assert value("日用品销售_茶叶", **{"：": 0.9, "，": 0.1}) == "日用品销售：茶叶"


def test_a_kind_of_items_is_followed_by_a_colon() -> None:
    """The reverse mistake, where the colon was likely."""
    assert value("一般经营项目_餐饮", **{"；": 0.6, "：": 0.4}) == "一般经营项目：餐饮"


def test_trades_beside_each_other_are_parted_by_the_pause_mark() -> None:
    """研发、生产, not 研发，生产; a comma elsewhere stays."""
    rivals = {"，": 0.6, "、": 0.3}
    assert value("设备的研发_生产、销售", **rivals) == "设备的研发、生产、销售"
    assert value("依法须经批准的项目_生产、销售", **rivals) == "依法须经批准的项目，生产、销售"


def test_a_rival_makes_a_known_word() -> None:
    """设各 is no word and 设备 is one; of a longer word less likely rivals are believed."""
    assert value("机械设_租赁", 各=0.7, 备=0.28) == "机械设备租赁"
    assert value("经_关部门批准", 构=0.9, 相=0.03) == "经相关部门批准"
    assert value("明月设_", 各=0.9, 备=0.05) == "明月设各"


def test_a_known_word_stays_as_read() -> None:
    """A rival that makes another word does not take its place."""
    assert value("五金_料", 电=0.5, 材=0.5) == "五金电料"


def test_two_misread_letters_of_one_word() -> None:
    """One after the other, if each makes a word."""
    said = [Letter("出", 1.0), Letter("板", 0.7, (("版", 0.3),)), Letter("勿", 0.7, (("物", 0.3),))]
    assert known_words(said, {"出版", "出版物"}) == {1: "版", 2: "物"}


def test_the_list_holds_words() -> None:
    """Single characters would prefer any reading."""
    assert min(len(word) for word in WORDS) > 1


def test_the_words_of_scopes_are_words_of_scopes() -> None:
    """Each has two Chinese characters or more, and none a Latin letter: no program's own text got among them."""
    assert [word for word in sorted(WORDS) if len(word) < 2 or re.search("[A-Za-z_]", word)] == []
