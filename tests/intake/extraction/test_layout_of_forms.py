"""Where values of forms end and begin: dense lines, large captions, columns, lost captions, print across the form."""

from __future__ import annotations

import pytest

from intake.doctypes import get
from intake.extraction.extract import extract
from intake.extraction.glyphs import rows
from intake.extraction.layers import own
from intake.extraction.sheet import sheets
from intake.types import Line, PixelBox, Word

from .sheets import column, page, word

LICENSE = get("business_license")
CAPTIONS, VALUES = 200, 480  # x of the columns in these pages


def values(*words: Word, kind: str = "business_license", reader: str = "rapidocr") -> dict[str, str | None]:
    """The fields of one page as values by name."""
    return {one.field: one.value for one in extract(sheets([page(*words, reader=reader)]), get(kind))}


def line(text: str, x: int, y: int, *, size: int = 24, height: int = 44) -> Word:
    """A line of small type whose box the detector drew too high, as it does where lines stand close."""
    return Word(text, 0.98, PixelBox(x, y, size * len(text), height))


def form(*lines: tuple[str, str], y: int = 400, pitch: int = 90) -> list[Word]:
    """Captions and values side by side, one row each."""
    rows = ((caption, value, y + number * pitch) for number, (caption, value) in enumerate(lines))
    return [made for caption, value, top in rows for made in (word(caption, CAPTIONS, top), word(value, VALUES, top))]


HEAD = form(
    ("名称", "杭州云杉贸易有限公司"), ("类型", "有限责任公司"), ("法定代表人", "张三丰"), ("成立日期", "2016年3月8日")
)


def test_dense_lines_are_all_kept() -> None:
    """Boxes nearly twice as high as the pitch of the lines still are lines of their own."""
    scope = [
        line(text, VALUES, 800 + 23 * number)
        for number, text in enumerate(("批发日用百货及五金", "零售文具用品和家具", "仓储服务"))
    ]
    assert (
        values(*HEAD, word("经营范围", CAPTIONS, 800), *scope)["business_scope"]
        == "批发日用百货及五金零售文具用品和家具仓储服务"
    )


def test_the_first_of_two_lines_beside_a_large_caption_is_its_own() -> None:
    """It stands higher than the caption, and is not the second line of the term above."""
    term = form(("营业期限", "长期"), y=760)
    scope = [line("批发日用百货及五金交电", VALUES, 838, height=30), line("零售文具用品和家具", VALUES, 864, height=30)]
    found = values(*HEAD, *term, *scope, word("经营范围", CAPTIONS, 852))
    assert found["business_scope"] == "批发日用百货及五金交电零售文具用品和家具"
    assert found["valid_to"] == "long-term"


def test_an_address_keeps_its_second_line_above_the_next_caption() -> None:
    """A line nearer to the value above it stays there, though a caption begins just below."""
    words = [
        *form(("住所", "杭州市西湖区云杉路十二号"), y=760),
        word("三号楼", VALUES, 812),
        *form(("类型", "有限责任公司"), y=870),
    ]
    assert values(*words)["address"] == "杭州市西湖区云杉路十二号三号楼"


def test_a_caption_inside_a_scope_is_text_of_it() -> None:
    """A line of the scope may begin with the words of its caption."""
    words = [
        *HEAD,
        *form(("经营范围", "批发日用百货，销售本公司"), y=800),
        word("经营范围中产品的进出口业务", VALUES, 860),
    ]
    assert values(*words)["business_scope"] == "批发日用百货，销售本公司经营范围中产品的进出口业务"


def test_a_scope_ends_where_its_column_ends() -> None:
    """What stands beside its lines on the facing page is none of it, however small the gap."""
    lines = column("批发日用百货五金交电", "零售文具用品和家具等", "仓储服务运输代理服务", x=VALUES, y=800, pitch=60)
    beside = word("每年三月一日", VALUES + 10 * 40 + 100, 920)
    assert values(*HEAD, word("经营范围", CAPTIONS, 800), *lines, beside)["business_scope"] == (
        "批发日用百货五金交电零售文具用品和家具等仓储服务运输代理服务"
    )


def test_a_line_that_is_plainly_another_field_is_no_second_line() -> None:
    """The type of a shop whose caption was lost, or read as one wrong letter, does not end up in its name."""
    rest = form(("经营者", "张三丰"), ("经营场所", "杭州市西湖区云杉路12号"), y=580)
    for lost in ("个体工商户", "塑个体工商户"):
        found = values(*form(("名称", "西湖区云杉图书店")), word(lost, VALUES - 40 * (len(lost) - 5), 470), *rest)
        assert (found["name"], found["company_type"]) == ("西湖区云杉图书店", "个体工商户")


def test_a_name_may_end_on_a_second_line() -> None:
    """有限公司 alone on a line belongs to the name that is not whole without it."""
    words = [*form(("名称", "杭州西湖区云杉日用百货贸易")), word("有限公司", VALUES, 455), *HEAD[4:]]
    assert values(*words)["name"] == "杭州西湖区云杉日用百货贸易有限公司"


def test_the_form_of_a_shop_stands_in_for_its_type_only() -> None:
    """组成形式 is taken where no 类型 is printed; where both are, it is offered beside it with its reason."""
    alone = form(("名称", "云杉图书店"), ("组成形式", "个人经营"), ("经营者", "张三丰"))
    assert values(*alone)["company_type"] == "个人经营"
    both = [*form(("类型", "个体工商户"), y=760), *alone]
    reading = next(one for one in extract(sheets([page(*both)]), LICENSE) if one.field == "company_type")
    assert reading.value == "个体工商户"
    assert [(one.value, one.reason) for one in reading.alternatives] == [("个人经营", "other_caption")]


def test_a_value_is_not_taken_for_the_second_letter_of_its_caption() -> None:
    """Of 名称 only 名 was read, and the name begins close behind the column of captions."""
    captions = form(("法定代表人", "张三丰"), ("成立日期", "2016年3月8日"), ("经营范围", "批发百货"), y=600)
    assert (
        values(word("名", CAPTIONS, 500), word("长春云杉贸易有限公司", 410, 500), *captions)["name"]
        == "长春云杉贸易有限公司"
    )


def test_a_lost_letter_of_a_caption_does_not_make_another_caption_of_it() -> None:
    """经营范 before white space is 经营范围, not a misread 经营者."""
    assert values(*HEAD, *form(("经营范", "批发日用百货"), y=800))["business_scope"] == "批发日用百货"


def test_print_across_the_form_is_in_no_value() -> None:
    """Words that rise across the page, and pieces torn off them, are a stamp's."""
    slanted = Word("仅供办理业务使用", 0.99, PixelBox(VALUES + 140, 420, 300, 260))
    piece = Word("使用", 0.99, PixelBox(VALUES + 140, 570, 80, 90))
    found = values(*HEAD, slanted, piece)
    assert (found["name"], found["legal_representative"]) == ("杭州云杉贸易有限公司", "张三丰")


def test_letters_woven_into_the_paper_are_in_no_value() -> None:
    """Forms since 2019 carry SCJDGL and its words all over; a caption may begin close behind a piece of them."""
    woven = [word("SCJDGL", 900, 300), word("SCJDGL", VALUES + 11 * 40, 400), word("场监督", VALUES + 300, 490)]
    capital = [word("注册资本", 1000, 400), word("伍佰万元整", 1240, 400)]
    beside = [word("成立日期", VALUES + 300 + 140, 490), word("2016年3月8日", 1240, 490)]
    found = values(*HEAD[:4], *woven, *capital, *[Word(one.text, 0.9, one.box) for one in beside])
    assert (found["name"], found["company_type"]) == ("杭州云杉贸易有限公司", "有限责任公司")
    assert found["established_on"] == "2016-03-08"


def test_a_road_named_after_a_caption_is_an_address() -> None:
    """民族 inside an address is no caption where 民族 stands beside 性别 further up."""
    card = [*column("姓名 张三丰", "性别 男 民族 汉", "出生 1990年3月7日"), word("住址", 400, 620)]
    card += [
        word("杭州市西湖区民族大道1", 560, 620),
        word("206号", 560, 680),
        *column("公民身份号码 330106199003078219", y=800),
    ]
    assert values(*card, kind="id_card_front")["address"] == "杭州市西湖区民族大道1206号"


def test_what_an_engine_made_of_a_frame_is_in_no_value() -> None:
    """A mark as high as half the page joins no row, and a string of letters that the engine doubts is no text."""
    tower = Word("口吕加", 0.05, PixelBox(VALUES + 420, 380, 60, 900))
    rattle = Word("EDOUILOCDEOUDEOL", 0.02, PixelBox(VALUES + 420, 500, 400, 30))
    found = values(*HEAD, tower, rattle, reader="tesseract")
    assert (found["name"], found["company_type"]) == ("杭州云杉贸易有限公司", "有限责任公司")


def test_of_two_readings_the_one_with_a_county_that_exists_is_taken() -> None:
    """Both readers saw an address, as sure of it; the table of divisions tells them apart."""
    read = {"tesseract": "杭州市西湖区云杉路12号", "rapidocr": "杭州市酉湖区云杉路12号"}
    pages = [page(*HEAD, *form(("住所", text), y=800), reader=reader) for reader, text in read.items()]
    reading = next(one for one in extract(sheets(pages), LICENSE) if one.field == "address")
    assert reading.value == "杭州市西湖区云杉路12号"


def test_a_short_last_line_may_begin_where_the_value_was_taken_to_begin_too_far_left() -> None:
    """Caption and value read as one word put its beginning too far left; a low last line still belongs to it."""
    joined = Word("经营范围及方式批发日用百货五金交电零售文具用品和家具等", 0.98, PixelBox(200, 800, 27 * 40, 66))
    rest = Word("外）", 0.98, PixelBox(200 + 7 * 40 + 170, 852, 80, 44))
    assert values(*HEAD, joined, rest)["business_scope"] == "批发日用百货五金交电零售文具用品和家具等外）"


def test_a_unit_cut_from_its_number_is_no_slanted_stamp() -> None:
    """200 and 万元整 are one line of small print whose hull is high: the unit stays with its number."""
    number = Word("200", 1.0, PixelBox(700, 690, 45, 45))
    unit = Word("万元整", 0.99, PixelBox(744, 689, 63, 45))
    text = page(*column("名称 虚构公司", "类型 有限责任公司"), word("注册资本", 400, 690), number, unit)
    assert "200万元整" in "".join(row.text for row in rows(text))


def test_words_woven_into_the_paper_are_told_by_their_number() -> None:
    """市场监管 as a word of its own, three times and more, is the paper's pattern; the office's name is none."""
    woven = [word("市场监管", 300 + 500 * number, 425, size=30) for number in range(4)]
    office = word("虚构市市场监督管理局", 400, 900)
    text = page(*column("名称 虚构公司", "类型 有限责任公司"), *woven, word("市场", 1500, 470), office)
    read = "".join(row.text for row in rows(text))
    assert read == "名称虚构公司类型有限责任公司虚构市市场监督管理局"


WOVEN_PAPER = [word("SCJDGL", 900, 250), *(word("市场监管", 400 + 600 * place, 200) for place in range(4))]


def test_letters_woven_between_those_of_a_caption_are_left_out() -> None:
    """营 S 业 D 期 限 is 营业期限; a letter inside a value is the value's own."""
    letters = zip("营S业D期限", (200, 250, 280, 330, 360, 420), strict=True)
    line = [*(word(letter, x, 800) for letter, x in letters), word("自2016年3月8日至2036年3月7日", VALUES, 800)]
    house = form(("住所", "杭州市西湖区云杉路1栋"), y=900)
    rest = [word("C", VALUES + 500, 900), word("座", VALUES + 540, 900), word("D", VALUES + 590, 900)]
    found = values(*WOVEN_PAPER, *HEAD, *line, *house, *rest, word("室", VALUES + 640, 900))
    assert (found["valid_from"], found["valid_to"]) == ("2016-03-08", "2036-03-07")
    assert found["address"] == "杭州市西湖区云杉路1栋C座D室"


def test_a_woven_word_joined_with_a_value_is_cut_off() -> None:
    """It begins where the others of the pattern do; an office's name, or a word that begins elsewhere, stays whole."""
    woven = [word("市场监管", VALUES, 200 + 100 * row) for row in range(3)]
    name = form(("法定代表人", "市场方康中"), y=900)
    office = form(("登记机关", "市场监督管理局"), y=1400)
    head = [one for one in HEAD if one.box.y < 560]
    found = values(*woven, *head, *name, *office)
    assert (found["legal_representative"], found["issuing_authority"]) == ("方康中", "市场监督管理局")


def test_a_large_watermark_does_not_join_two_lines() -> None:
    """A slanted word as high as two rows, which an engine laid into the line of a title with the row below."""
    stamp = Word("仅供办理业务使用", 0.99, PixelBox(VALUES, 420, 500, 420))
    bridged = Line((*HEAD[:1], stamp, *HEAD[1:2]))
    text = page(*HEAD[2:])
    lines = own((*text.lines, bridged))
    assert all(len({word.box.y for word in line.words}) == 1 for line in lines)
    assert {word.text for line in lines for word in line.words} == {word.text for word in HEAD}, "only the stamp goes"


def test_the_end_of_a_watermark_behind_a_name_is_cut_off() -> None:
    """An engine read the end of a purpose stamp as the end of a name; a name that ends so of itself stays."""
    stamp = Word("仅供办理业务使用", 0.99, PixelBox(1500, 1200, 500, 420))
    party = page(word("乙方：杭州云杉贸易有限公司用", 400, 400), stamp)
    assert [word.text for line in own(party.lines) for word in line.words] == ["乙方：杭州云杉贸易有限公司"]
    assert own(page(word("杭州云杉贸易有限公司用", 400, 400)).lines)[0].text.endswith("用")


def test_a_seal_s_rim_over_the_authority_is_not_its_first_line() -> None:
    """What stands a little higher and further right than the value is no first of two lines."""
    rim = word("商行", VALUES + 200, 870)
    found = values(*HEAD, rim, *form(("登记机关", "西湖区工商行政管理局"), y=900))
    assert found["issuing_authority"] == "西湖区工商行政管理局"


def test_a_name_in_brackets_is_whole_before_the_type_whose_caption_was_lost() -> None:
    """…（有限合伙） and below it the type, with the last letter of its caption."""
    found = values(
        word("营业执照", 1000, 200, size=90),
        word("名称", CAPTIONS, 400),
        word("杭州云杉中心（有限合伙）", VALUES, 400),
        word("型有限合伙企业", VALUES - 40, 480),
        *form(("主要经营场所", "杭州市西湖区云杉路12号"), ("注册号", "330106000000123"), y=640),
    )
    assert (found["name"], found["company_type"]) == ("杭州云杉中心（有限合伙）", "有限合伙企业")


def test_a_number_behind_a_name_is_no_part_of_it() -> None:
    """The number of the copy, printed beside the name; a shop may be called by a short one."""
    found = values(*HEAD[2:], *form(("名称", "杭州云杉贸易有限公司071638631826580"), y=330))
    assert found["name"] == "杭州云杉贸易有限公司"
    assert values(*HEAD[2:], *form(("名称", "杭州1688超市"), y=330))["name"] == "杭州1688超市"


def test_two_columns_of_captions_above_their_values_stay_apart() -> None:
    """A name that reaches nearly to the next column keeps out of it; a value under its caption is no neighbour's."""
    left = column(
        "名称",
        "虚构族虚构族自治州和晟禾商务信息咨询有限",
        "公司",
        "类型",
        "有限责任公司",
        "法定代表人",
        "卢若煜",
        x=240,
        pitch=60,
    )
    start = max(one.box.right for one in left) + 50
    right = column(
        "注册资本", "伍佰万元整", "成立日期", "2023年12月02日", "住所", "虚构县柳锦镇程家村", x=start, pitch=60
    )
    read = values(*left, *right)
    assert read["name"] == "虚构族虚构族自治州和晟禾商务信息咨询有限公司"
    assert read["registered_capital"] == "5000000.00"
    assert read["legal_representative"] == "卢若煜"
    assert read["address"] == "虚构县柳锦镇程家村"


@pytest.mark.parametrize(
    ("caption", "value", "capital"),
    [
        ("注册资本（万元）", "1000", "10000000.00"),
        ("注册资本(人民币万元)", "1000.00", "10000000.00"),
        ("出资额【万美元】", "500", "USD 5000000.00"),
        ("注册资本（万元）", "1000万元", "10000000.00"),
        ("注册资本（元）", "1000000", "1000000.00"),
        ("注册资本（人民币）", "壹佰万元整", "1000000.00"),
        ("注册资本万元：", "1000", "10000000.00"),
        ("注册资本（方元）", "1000", None),
        ("注册资本（万元）", "1000元", None),
    ],
)
def test_the_unit_in_a_captions_bracket_belongs_to_the_capital(caption: str, value: str, capital: str | None) -> None:
    """注册资本（万元） 1000 is ten million; a bracket that cannot be read or applied leaves no value."""
    assert values(*HEAD, *form((caption, value), y=800))["registered_capital"] == capital
