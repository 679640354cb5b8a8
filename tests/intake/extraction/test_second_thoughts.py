"""The reader's second thoughts: they become the value where the kind prefers them; what was read stays beside it."""

from __future__ import annotations

from dataclasses import replace

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.glyphs import rows
from intake.extraction.sheet import Sheet
from intake.types import FieldReading, PixelBox, Rival, Word
from tests.intake.extraction.sheets import column, page, word


def doubtful(text: str, place: int, y: int, *rivals: tuple[str, float], sure: float = 0.7) -> Word:
    """A word right of the captions, one of whose letters was read without certainty."""
    each = tuple(sure if index == place else 0.99 for index in range(len(text)))
    kept = tuple(Rival(place, *rival) for rival in rivals)
    return replace(word(text, 900, y), confidences=each, rivals=kept)


def read(kind: str, field: str, caption: str, value: Word, *others: Word) -> FieldReading:
    """One field of a paper that shows its caption and some others."""
    label = word(caption, 400, value.box.y)
    found = extract((Sheet((page(label, value, *others),)),), doctypes.get(kind))
    return next(one for one in found if one.field == field)


LICENSE = column("名称 虚构市明月茶叶有限公司", "法定代表人 王小明", "注册资本 伍佰万元整", y=700)


def scope(text: str, place: int, *rivals: tuple[str, float]) -> FieldReading:
    """The scope of a license."""
    return read("business_license", "business_scope", "经营范围", doubtful(text, place, 1400, *rivals), *LICENSE)


def test_the_value_has_the_second_thought_and_the_text_what_was_read() -> None:
    """Nothing is changed silently: the text is untouched, and its value is an alternative with a reason."""
    reading = scope("餐饮服务：设备租赁。", 4, ("；", 0.25))
    assert (reading.text, reading.value) == ("餐饮服务：设备租赁。", "餐饮服务；设备租赁。")
    assert reading.how == "second_thought"
    assert [(one.value, one.reason) for one in reading.alternatives] == [("餐饮服务：设备租赁。", "first_read")]


def test_without_a_second_thought_nothing_is_exchanged() -> None:
    """What the reader did not think of is no value, though it would stand better."""
    reading = scope("餐饮服务：设备租赁。", 4, ("，", 0.25))
    assert (reading.value, reading.alternatives) == ("餐饮服务：设备租赁。", ())


CODE = "91330106MA2AB12C3N"


def code(text: str, place: int, *rivals: tuple[str, float]) -> FieldReading:
    """The number of a license."""
    said = doubtful(text, place, 600, *rivals)
    return read("business_license", "uscc", "统一社会信用代码", said, *LICENSE)


def test_a_number_takes_the_one_rival_with_which_its_check_character_holds() -> None:
    """8 was read and 3 thought of: the check character tells, and the confidence stays that of a doubtful reading."""
    reading = code(CODE.replace("3N", "8N"), 16, ("3", 0.2), ("9", 0.05))
    assert (reading.text, reading.value) == (CODE.replace("3N", "8N"), CODE)
    assert reading.confidence < 0.95
    assert "first_read" in [one.reason for one in reading.alternatives]


def test_a_number_whose_check_character_holds_stays() -> None:
    """Rivals of a sound number are not even tried."""
    reading = code(CODE, 16, ("8", 0.3))
    assert (reading.value, reading.alternatives) == (CODE, ())


def test_two_ways_to_a_sound_number_are_none() -> None:
    """Where two exchanges hold nobody can tell between them: the value is what was read, with its problem."""
    card = column("姓名 王小明", "性别 男", y=300)
    said = doubtful("330106199003078218", 17, 600, ("9", 0.2))
    assert read("id_card_front", "id_number", "公民身份号码", said, *card).value == "330106199003078219"
    said = replace(said, rivals=(*said.rivals, Rival(16, "7", 0.2)))
    assert read("id_card_front", "id_number", "公民身份号码", said, *card).value == "330106199003078218"


def test_a_name_takes_the_form_of_organization_that_was_thought_of() -> None:
    """有很公司 is no form; 有限公司 is one, if 限 was all but read."""
    name = doubtful("虚构市明月茶叶有很公司", 8, 1400, ("限", 0.2))
    others = column("法定代表人 王小明", "注册资本 伍佰万元整", y=700)
    assert read("business_license", "name", "名称", name, *others).value == "虚构市明月茶叶有限公司"
    alone = replace(name, rivals=(Rival(8, "恨", 0.2),))
    assert read("business_license", "name", "名称", alone, *others).value == "虚构市明月茶叶有很公司"


def test_letters_set_vertically_keep_their_rivals() -> None:
    """A detector's tall word is cut into its letters; what was thought of goes with each."""
    tall = replace(doubtful("名类", 1, 400, ("关", 0.2)), box=PixelBox(400, 400, 40, 120))
    assert [[glyph.rivals for glyph in row.glyphs] for row in rows(page(tall))] == [[()], [(("关", 0.2),)]]


def test_a_doubtful_letter_of_a_name_is_offered_with_its_rival() -> None:
    """A reviewer has the other name one key away; the value is what was read."""
    name = doubtful("王小萌", 2, 1400, ("明", 0.3), ("朋", 0.02))
    others = column("名称 虚构市明月茶叶有限公司", "注册资本 伍佰万元整", y=700)
    reading = read("business_license", "legal_representative", "法定代表人", name, *others)
    assert reading.value == "王小萌"
    assert [(one.value, one.text, one.reason) for one in reading.alternatives] == [("王小明", "王小萌", "rival")]


def head(name: Word) -> list[tuple[str, str]]:
    """What is offered for the name of a company's head: values and reasons."""
    others = column("名称 虚构市明月茶叶有限公司", "注册资本 伍佰万元整", y=700)
    reading = read("business_license", "legal_representative", "法定代表人", name, *others)
    return [(one.value, one.reason) for one in reading.alternatives]


def test_all_look_alikes_that_a_reader_thought_of_are_offered() -> None:
    """己, 已 and 巳 are told apart by the length of a stroke: each is one key away, the likelier first."""
    assert head(doubtful("王知己", 2, 1400, ("已", 0.2), ("巳", 0.015))) == [("王知已", "rival"), ("王知巳", "rival")]


def test_a_look_alike_needs_less_than_another_character() -> None:
    """Of 2 % each the one that looks like what was read is offered, the other is noise."""
    assert head(doubtful("王小明", 2, 1400, ("朋", 0.02))) == [("王小朋", "rival")]
    assert head(doubtful("王小明", 2, 1400, ("国", 0.02))) == []


def test_a_look_alike_that_no_reader_thought_of_is_not_offered() -> None:
    """Nothing is invented by its shape alone."""
    assert head(doubtful("王知己", 2, 1400)) == []
    assert head(doubtful("王知己", 2, 1400, ("已", 0.005))) == []


def test_letters_and_figures_of_a_number_without_check_digit_are_offered() -> None:
    """8 or B, 0 or O, 1 or I in the number of a contract: what the reader thought of is one key away."""
    caption, title = word("合同编号：", 400, 300), word("买卖合同", 600, 200)
    for said, place, rival, other in (
        ("HT-2016-8A", 8, "B", "HT-2016-BA"),
        ("HT-2016-A0", 9, "O", "HT-2016-AO"),
        ("HT-2016-A1", 9, "I", "HT-2016-AI"),
    ):
        number = doubtful(said, place, 300, (rival, 0.02))
        found = extract((Sheet((page(title, caption, number),)),), doctypes.get("contract"))
        reading = next(one for one in found if one.field == "contract_number")
        assert (reading.value, [one.value for one in reading.alternatives]) == (said, [other])


def test_a_number_that_its_check_character_refuses_offers_what_would_make_it_hold() -> None:
    """Without any rival of a reader's the check character itself points to look-alikes of what was read."""
    reading = code(CODE.replace("2AB", "2A8"), 12)
    assert CODE in [one.value for one in reading.alternatives]


def test_no_value_is_offered_that_breaks_a_rule_which_the_value_keeps() -> None:
    """Of a sound number every other one differs in its check character."""
    assert code(CODE, 3, ("8", 0.4)).alternatives == ()


def test_an_unknown_surname_takes_the_known_one_that_was_thought_of() -> None:
    """壬 is no surname and 王 was all but read; without that thought the name stays and its surname is noted."""
    others = column("名称 虚构市明月茶叶有限公司", "注册资本 伍佰万元整", y=700)
    name = doubtful("壬小明", 0, 1400, ("王", 0.3))
    assert read("business_license", "legal_representative", "法定代表人", name, *others).value == "王小明"
    alone = replace(name, rivals=())
    assert read("business_license", "legal_representative", "法定代表人", alone, *others).value == "壬小明"


def test_an_unlikely_rival_does_not_make_a_name_usual() -> None:
    """A note is no proof that something was misread: many names end as few do."""
    others = column("法定代表人 王小明", "注册资本 伍佰万元整", y=700)
    name = doubtful("虚构市明月茶叶后", 7, 1400, ("店", 0.02), sure=0.97)
    assert read("business_license", "name", "名称", name, *others).value == "虚构市明月茶叶后"


def test_two_misread_characters_take_two_likely_rivals() -> None:
    """Both must have been nearly read, and the check characters hold with no other pair."""
    wrong = CODE.replace("2AB", "7A8")
    said = replace(doubtful(wrong, 10, 600, ("2", 0.4)), rivals=(Rival(10, "2", 0.4), Rival(12, "B", 0.3)))
    assert read("business_license", "uscc", "统一社会信用代码", said, *LICENSE).value == CODE
    unlikely = replace(said, rivals=(Rival(10, "2", 0.4), Rival(12, "B", 0.05)))
    assert read("business_license", "uscc", "统一社会信用代码", unlikely, *LICENSE).value == wrong


def term(text: str, place: int, *rivals: tuple[str, float]) -> dict[str, FieldReading]:
    """Both ends of an ID card's term."""
    said = doubtful(text, place, 900, *rivals)
    labels = (word("有效期限", 400, 900), word("签发机关", 400, 800), word("虚构市公安局", 900, 800))
    found = extract((Sheet((page(*labels, said),)),), doctypes.get("id_card_back"))
    return {one.field: one for one in found}


def test_no_second_thought_touches_the_mark_that_parts_a_range() -> None:
    """Without the mark between them the second date would be the only sound one, and stand as the beginning."""
    text = "2023.0429-2033.04.29"
    read = term(text, text.index("-"), ("·", 0.25), (".", 0.1))
    values = [value for one in read.values() for value in (one.value, *(other.value for other in one.alternatives))]
    assert [value for value in values if value == "2033-04-29"] == ["2033-04-29"]
    assert (read["valid_from"].value, read["valid_to"].value) == ("2023-04-29", "2033-04-29")


def test_a_second_thought_about_one_end_of_a_range_is_none_about_the_other() -> None:
    """What was thought of for a digit of the end changes nothing at the beginning."""
    text = "2023.04.29-2033.04.29"
    read = term(text, len(text) - 1, ("8", 0.3))
    assert (read["valid_from"].value, read["valid_from"].alternatives) == ("2023-04-29", ())
    assert [one.value for one in read["valid_to"].alternatives] == ["2033-04-28"]


def test_no_second_thought_parts_a_range_once_more() -> None:
    """A second parting mark would cut the beginning short."""
    text = "2023.04.29-2033.04.29"
    read = term(text, 4, ("~", 0.4))
    assert (read["valid_from"].value, read["valid_to"].value) == ("2023-04-29", "2033-04-29")
