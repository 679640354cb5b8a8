"""Values beside, below and between captions, on pages made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake import doctypes, wire
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import FieldReading, PageText
from tests.intake.extraction.sheets import SIZE, column, page, word

NAME = "虚构市明月茶叶有限公司"


def read(kind: str, *texts: PageText) -> dict[str, FieldReading]:
    """The fields of one sheet, by name."""
    return {reading.field: reading for reading in extract((Sheet(texts),), doctypes.get(kind))}


def values(kind: str, *texts: PageText) -> dict[str, str | None]:
    """Their values alone."""
    return {name: reading.value for name, reading in read(kind, *texts).items()}


def test_values_stand_right_of_their_captions() -> None:
    """A portrait license: one caption a line, letter-spaced or not."""
    found = values(
        "business_license",
        page(*column("名 称 " + NAME, "法定代表人 王小明", "注册资本 伍佰万元整", "成立日期 2016年03月08日")),
    )
    assert found == {
        "name": NAME,
        "legal_representative": "王小明",
        "registered_capital": "5000000.00",
        "established_on": "2016-03-08",
    }


def test_captions_and_values_may_be_one_word() -> None:
    """An engine that gives whole lines leaves no white space between caption and value."""
    found = values("business_license", page(*column("名称" + NAME, "法定代表人王小明", "成立日期2016年03月08日")))
    assert found["name"] == NAME
    assert found["legal_representative"] == "王小明"


def test_a_value_goes_on_below_its_beginning() -> None:
    """A wrapped address ends at the next caption, and the next value is not its part."""
    address = word("虚构省虚构市明月区清风路一百二十号", 700, 400)
    rest = word("三号楼二层", 700, 460)
    lines = (word("住所", 400, 400), address, rest, word("法定代表人", 400, 530), word("王小明", 700, 530))
    found = values("business_license", page(*lines))
    assert found["address"] == "虚构省虚构市明月区清风路一百二十号三号楼二层"
    assert found["legal_representative"] == "王小明"


def test_two_columns_do_not_run_into_each_other() -> None:
    """The landscape form: the right column's value wraps beside the left column's next caption."""
    left = column("名称", "类型", "法定代表人")
    values_left = column(NAME, "有限责任公司", "王小明", x=700)
    right = [word("住所", 1500, 400), word("虚构省虚构市明月区清风路", 1800, 400), word("一百二十号", 1800, 470)]
    found = values("business_license", page(*left, *values_left, *right, width=3508, height=2480))
    assert found["address"] == "虚构省虚构市明月区清风路一百二十号"
    assert found["company_type"] == "有限责任公司"
    assert found["name"] == NAME


def test_half_a_letter_spaced_caption_is_enough_inside_its_column() -> None:
    """名 lost, 称 read: the other captions show the column."""
    lines = column("法定代表人 王小明", "注册资本 伍佰万元整", "成立日期 2016年03月08日", y=540)
    torn = (word("称", 560, 400), word(NAME, 700, 400))
    assert values("business_license", page(*lines, *torn))["name"] == NAME


def test_a_misread_letter_does_not_hide_a_long_caption() -> None:
    """法定代衷人 still is the caption; 名弥 is not, since one of two letters proves nothing."""
    found = values("business_license", page(*column("法定代衷人 王小明", "名弥 " + NAME)))
    assert found["legal_representative"] == "王小明"
    assert "name" not in found


def test_words_inside_a_value_are_no_captions() -> None:
    """A scope that speaks of addresses and names has neither."""
    found = values("business_license", page(*column("经营范围 提供名称核准及住所登记代办服务")))
    assert list(found) == ["business_scope"]


def test_a_term_is_parted_into_its_beginning_and_its_end() -> None:
    """自 … 至 …, an open end, and an end without a beginning."""
    both = values("business_license", page(*column("营业期限 自2016年03月08日至2036年03月07日")))
    assert (both["valid_from"], both["valid_to"]) == ("2016-03-08", "2036-03-07")
    open_end = values("business_license", page(*column("营业期限 2016年03月08日至长期")))
    assert (open_end["valid_from"], open_end["valid_to"]) == ("2016-03-08", "long-term")
    only_end = values("business_license", page(*column("营业期限 长期")))
    assert only_end["valid_to"] == "long-term"
    assert only_end.get("valid_from") is None


@pytest.mark.parametrize("day", ["2019年08月29日", "二〇一九年八月二十九日", "二0一九年八月廿九日"])
def test_the_date_at_the_foot_is_the_date_of_issue(day: str) -> None:
    """It has no caption; the date of foundation above it keeps its own."""
    body = column("成立日期 2016年03月08日")
    foot = (word("登记机关", 1500, 2900), word(day, 1700, 3020))
    found = values("business_license", page(*body, *foot))
    assert found["established_on"] == "2016-03-08"
    assert found["issued_on"] == "2019-08-29"


def test_a_number_into_which_the_copy_was_run_together_is_no_other_number() -> None:
    """One reader saw 1-1 apart; that fifteen digits keep the check rule is chance (one in ten)."""
    apart = page(*column("注册号 3301062001230"), word("1-1", 1000, 400))
    together = page(*column("注册号 330106200123011"), reader="tesseract")
    for texts in ((apart, together), (together, apart)):
        found = read("business_license", *texts)["registration_number"]
        assert found.value == "3301062001230"
        assert [one.value for one in found.alternatives] == ["330106200123011"]


@pytest.mark.parametrize("caption", ["经营范围", "经营范围及方式"])
def test_main_and_side_business_are_the_scope(caption: str) -> None:
    """Old licenses part it so: 主营 and 兼营 are words of the scope, not captions of something else."""
    scope = "主营：绿化养护；停车场管理。兼营：住宿服务"
    assert values("business_license", page(*column(f"{caption} {scope}")))["business_scope"] == scope


def test_the_name_of_the_account_stands_in_a_sentence() -> None:
    """A permit of the People's Bank says it in running text, here over two lines."""
    lines = column(
        "经审核，虚构市明月茶叶有", "限公司符合开户条件，准予开立基本存款账户。", "开户银行 中国虚构银行明月支行"
    )
    found = values("bank_account_permit", page(*lines))
    assert found["account_name"] == NAME
    assert found["bank_name"] == "中国虚构银行明月支行"


def test_the_number_of_a_taxpayer_stands_between_two_words() -> None:
    """税字 … 号, with no caption of its own."""
    found = values("tax_registration", page(*column("虚国税字110101123456789号", "纳税人名称 " + NAME)))
    assert found["taxpayer_number"] == "110101123456789"
    assert found["taxpayer_name"] == NAME


def test_the_captions_of_a_card_may_follow_each_other_without_white_space() -> None:
    """性别女民族汉 read as one word."""
    found = values(
        "id_card_front", page(*column("姓名王小明", "性别女民族汉", "出生1990年1月2日", "住址虚构市明月区1号"))
    )
    assert (found["name"], found["sex"], found["ethnicity"]) == ("王小明", "女", "汉")
    assert found["birth_date"] == "1990-01-02"


def test_the_letters_themselves_call_a_party_first_or_second() -> None:
    """需方（甲方） is party A, though buyers usually come second."""
    found = values("contract", page(*column("需方（甲方）：虚构市甲字有限公司", "供方（乙方）：虚构市乙字有限公司")))
    assert found["party_a"] == "虚构市甲字有限公司"
    assert found["party_b"] == "虚构市乙字有限公司"


def test_a_sentence_about_a_party_is_not_its_name() -> None:
    """乙方应按 … begins a line without a colon: the party named at the head wins."""
    lines = column("甲方：虚构市甲字有限公司", "乙方：虚构市乙字有限公司", "乙方应按照约定的标准完成全部工作有限公司")
    assert values("contract", page(*lines))["party_b"] == "虚构市乙字有限公司"


def test_the_total_is_told_from_other_amounts() -> None:
    """Prices per piece and shares of the total are not the amount of the contract."""
    lines = column(
        "单价：120.00元",
        "合同总价（含税）：人民币51,834元，大写：伍万壹仟捌佰叁拾肆元整。",
        "逾期支付合同总价10%的违约金",
    )
    assert values("contract", page(*lines))["amount"] == "51834.00"


@pytest.mark.parametrize(
    "line",
    [
        "服务期限：2018-03-08至2019-03-07。",
        "本合同有效期自2018年3月8日起至2019年3月7日止。",
        "合同期限：自2018.3.8至2019.3.7。",
        "租赁期自二〇一八年三月八日至二〇一九年三月七日",
    ],
)
def test_the_term_of_a_contract_is_told_in_a_sentence(line: str) -> None:
    """With any of the usual ways to write a day."""
    found = values("contract", page(*column("第五条 期限", line)))
    assert (found["effective_from"], found["effective_to"]) == ("2018-03-08", "2019-03-07")


def test_a_term_may_go_on_in_its_second_line() -> None:
    """Old forms print 自 … on one line and 至 … below it."""
    lines = column("营业期限 自二〇一〇年一月二十九日")
    found = values("business_license", page(*lines, word("至二〇二〇年一月二十八日", lines[1].box.x, 470)))
    assert (found["valid_from"], found["valid_to"]) == ("2010-01-29", "2020-01-28")


def test_what_was_read_is_kept_untouched() -> None:
    """The text has the copy's number and the full-width marks; only the value is canonical."""
    reading = read("business_license", page(*column("注册号 110000000000019（1/1）")))["registration_number"]
    assert reading.text == "110000000000019（1/1）"
    assert reading.value == "110000000000019"


def test_two_readers_that_agree_are_surer_than_one() -> None:
    """Agreement is recorded and counts."""
    lines = column("法定代表人 王小明")
    one = read("business_license", page(*lines))["legal_representative"]
    both = read("business_license", page(*lines, reader="tesseract"), page(*lines))["legal_representative"]
    assert both.reader == "tesseract+rapidocr"
    assert both.confidence > one.confidence


def test_readers_that_differ_leave_both_values() -> None:
    """The better supported one is the value, the other an alternative; agreement leaves many times less doubt."""
    differing, agreeing = (
        read(
            "business_license",
            page(*column("法定代表人 " + first), reader="tesseract"),
            page(*column("法定代表人 王小明")),
        )["legal_representative"]
        for first in ("王小朋", "王小明")
    )
    assert differing.value == "王小明"
    assert [other.value for other in differing.alternatives] == ["王小朋"]
    assert 1 - differing.confidence > 5 * (1 - agreeing.confidence)


def test_a_number_with_a_wrong_check_character_is_not_repaired() -> None:
    """The value stays what was read; what the check character suggests is an alternative, and the confidence is low."""
    reading = read("id_card_front", page(*column("公民身份号码 110101199001010010")))["id_number"]
    assert reading.value == "110101199001010010"
    assert reading.confidence < 0.8


def test_a_crop_read_again_is_a_witness_for_its_place() -> None:
    """The words of a second look lie inside the find and agree with it."""
    line = column("法定代表人 王小明")
    crop = page(word("王小明", line[1].box.x, line[1].box.y), reader="tesseract/crops")
    reading = read("business_license", page(*line), crop)["legal_representative"]
    assert reading.reader == "tesseract+rapidocr"


def test_a_crop_elsewhere_is_no_witness() -> None:
    """Words of a second look at another place say nothing."""
    line = column("法定代表人 王小明")
    crop = page(word("王小明", line[1].box.x, line[1].box.y + 10 * SIZE), reader="tesseract/crops")
    assert read("business_license", page(*line), crop)["legal_representative"].reader == "rapidocr"


def test_the_code_of_a_license_is_a_third_witness() -> None:
    """A QR code that holds the credit code agrees with what was read."""
    code = "91110000100000008J"
    payload = (f"http://example.invalid/?uscc={code}",)
    reading = read("business_license", page(*column("统一社会信用代码 " + code), codes=payload))["uscc"]
    assert reading.value == code
    assert reading.reader == "rapidocr+qr"


def test_what_a_code_says_never_stands_for_what_is_printed() -> None:
    """Text and place are those of the printed number, though the code is surer of itself."""
    code = "91110000100000008J"
    printed = column("统一社会信用代码 " + code, "名称 " + NAME)
    spaced = [word("91110000 10000000 8J", printed[1].box.x, printed[1].box.y, confidence=0.6)]
    reading = read("business_license", page(printed[0], *spaced, *printed[2:], codes=(code,)))["uscc"]
    alone = read("business_license", page(printed[0], *spaced, *printed[2:]))["uscc"]
    assert (reading.text, reading.region) == (alone.text, alone.region)
    assert reading.reader == "rapidocr+qr"


def test_a_value_that_the_code_alone_gives_is_the_codes() -> None:
    """The print was misread: the value's reader is the code and its place the page, and the print is an alternative."""
    code, misread = "91110000100000008J", "91110000100000006J"
    text = page(*column("统一社会信用代码 " + misread), codes=(code,), width=1000, height=1000)
    reading = read("business_license", text)["uscc"]
    assert (reading.value, reading.text, reading.reader) == (code, code, "qr")
    assert reading.region.corners == ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    assert [(one.value, one.text) for one in reading.alternatives] == [(misread, misread)]


@pytest.mark.parametrize(
    "number", ["91330106MA2AB12C3N", "N1330106MA2AB12C39", "9A330106MA2AB12C3T", "Y1330106MA2AB12C31"]
)
def test_a_credit_code_without_its_caption_is_known_by_its_shape(number: str) -> None:
    """Authorities are 1 to 9, A, N and Y; the kind of body may be a letter."""
    assert values("business_license", page(*column(number)))["uscc"] == number


def test_no_authority_begins_with_another_letter() -> None:
    """B, C … name none: such a run of letters is no credit code."""
    assert "uscc" not in values("business_license", page(*column("B1330106MA2AB12C3N")))


@pytest.mark.parametrize("number", ["330106000012340", "3301062001234"])
def test_a_registration_number_without_its_caption_is_known_by_its_shape(number: str) -> None:
    """Of 15 digits, or of the 13 before 2007, which no check digit guards and which are therefore doubtful."""
    reading = read("business_license", page(*column("企法字", number)))["registration_number"]
    assert reading.value == number
    assert len(number) == 15 or reading.confidence < 0.9


def test_a_number_is_known_by_its_shape_where_its_caption_labels_other_words() -> None:
    """注册号 stands beside 企法字, and the number that follows it was printed a line lower."""
    found = values("business_license", page(*column("注册号 虚工商企法字", "名称 " + NAME + " 3301062001234")))
    assert found["registration_number"] == "3301062001234"


@pytest.mark.parametrize("number", ["330106199003078219", "330106900307821", "911840199003078219"])
def test_an_id_number_without_its_caption_is_known_by_its_shape(number: str) -> None:
    """Of 18 characters, of the 15 digits of old cards, and with the 9 of foreign residents."""
    assert values("id_card_front", page(*column(number)))["id_number"] == number


def test_a_date_that_a_seal_hid_is_taken_from_its_own_crop() -> None:
    """No reader saw it on the page; the crop of the place that 年 and 日 told shows it."""
    torn = (word("登记机关", 1500, 2900), word("年", 1900, 3020), word("日", 2100, 3020))
    crop = page(word("2019年08月29日", 1700, 3020), reader="rapidocr/crops")
    assert values("business_license", page(*torn), crop)["issued_on"] == "2019-08-29"


def test_a_line_without_its_caption_is_known_by_its_look() -> None:
    """名称 and 类型 lost: their lines begin where all values begin, and nothing else claims them."""
    labelled = column("法定代表人 王小明", "成立日期 2016年03月08日", "营业期限 长期", y=700)
    begins = labelled[1].box.x
    lost = (word(NAME, begins, 400), word("有限责任公司(自然人独资)", begins, 530))
    found = values("business_license", page(*labelled, *lost))
    assert found["name"] == NAME
    assert found["company_type"] == "有限责任公司（自然人独资）"


def test_a_reading_tells_why_its_value_stands() -> None:
    """A person sees why it is this value and no other: here, since it stands beside its caption."""
    found = read("business_license", page(*column("名称 " + NAME, "住所 虚构市明月路1号")))
    assert {name: one.how for name, one in found.items()} == {"name": "caption", "address": "caption"}


def test_a_reading_kept_before_reasons_were_is_read_without_one() -> None:
    """Old rows lack the key."""
    reading = read("business_license", page(*column("名称 " + NAME, "住所 虚构市明月路1号")))["name"]
    kept = wire.dump(reading)
    del kept["how"]
    assert wire.load(FieldReading, kept) == replace(reading, how="")
