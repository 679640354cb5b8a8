"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import fields


def verdict(text: str) -> tuple[str | None, list[str]]:
    """The value and the names of the problems."""
    checked = fields.check("money", text)
    return checked.value, [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("壹佰万元整", "1000000.00"),
        ("人民币玖万元整，即¥90000", "90000.00"),
        ("玖万元整，计人民币90,000.00元", "90000.00"),
        ("玖万元整，合90000元", "90000.00"),
        ("人民币伍佰万圆整", "5000000.00"),
        ("人民币　贰仟　万元正", "20000000.00"),
        ("100万元人民币", "1000000.00"),
        ("1000.000000万", "10000000.00"),
        ("1000.000000万人民币", "10000000.00"),
        ("（万元）1,000.00", "10000000.00"),
        ("¥1,234.50", "1234.50"),
        ("￥1，234，567.8元", "1234567.80"),
        ("五十万元", "500000.00"),
        ("拾万元整", "100000.00"),
        ("伍拾萬圓整", "500000.00"),
        ("贰拾万伍仟元整", "205000.00"),
        ("壹亿零伍佰万元", "105000000.00"),
        ("3亿5000万元", "350000000.00"),
        ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("伍佰元零叁分", "500.03"),
        ("壹佰元伍角整", "100.50"),
        ("10万美元", "USD 100000.00"),
        ("USD 100,000", "USD 100000.00"),
        ("叁佰万港元", "HKD 3000000.00"),
        ("HK$800", "HKD 800.00"),
        ("50万欧元", "EUR 500000.00"),
        ("5000000.00", "5000000.00"),
        ("USD 100000.00", "USD 100000.00"),
        ("叁万元零伍角", "30000.50"),
        ("叁万元伍角零叁分", "30000.53"),
        ("人民币伍万元零角零分", "50000.00"),
        ("人民币壹拾贰万零仟零佰零拾零元零角零分", "120000.00"),
        ("参拾万元整", "300000.00"),
        ("人民幣壹佰萬圓整", "1000000.00"),
        ("１００万元", "1000000.00"),
        ("1,000.000000万", "10000000.00"),
        ("1000.000万元", "10000000.00"),
        ("1亿2000万3456元", "120003456.00"),
        ("10万5千元", "105000.00"),
        ("RMB5,100,000/-", "5100000.00"),
        ("（币种）人民币（大写）叁拾万元整", "300000.00"),
        ("_100,000.00_元", "100000.00"),
        ("500万泰铢", "THB 5000000.00"),
        ("500万马来西亚林吉特", "MYR 5000000.00"),
        ("500万新西兰元", "NZD 5000000.00"),
        ("500万卢布", "RUB 5000000.00"),
        ("500万越南盾", "VND 5000000.00"),
        ("500万阿联酋迪拉姆", "AED 5000000.00"),
        ("500万德国马克", "DEM 5000000.00"),
        ("500万瑞典克朗", "SEK 5000000.00"),
        ("THB5,000,000.00", "THB 5000000.00"),
        ("壹佰萬港圓", "HKD 1000000.00"),
        ("美元壹拾万元整（US$100,000.00）", "USD 100000.00"),
    ],
)
def test_an_amount_is_read_in_every_printed_form(text: str, value: str) -> None:
    """Characters, digits, ten-thousands and currencies give one canonical form."""
    assert verdict(text) == (value, [])


@pytest.mark.parametrize(
    "text", ["人民币壹拾万元整（¥100,000.00）", "大写：壹拾万元整 小写：100000元", "¥100000.00（壹拾万元整）"]
)
def test_characters_and_digits_that_agree_are_one_amount(text: str) -> None:
    """The usual double writing of contracts."""
    assert verdict(text) == ("100000.00", [])


def test_characters_and_digits_that_differ_are_an_error() -> None:
    """The characters count, both are offered, and a person decides."""
    text = "人民币壹拾万元整（¥110,000.00）"
    assert verdict(text) == ("100000.00", ["money.disagree"])
    assert fields.candidates("money", text) == ("100000.00", "110000.00")
    assert fields.check("money", text).problems[0].severity == "error"


def test_numbers_beside_an_amount_do_not_count() -> None:
    """Where a sign of money stands, numbers without one are other things."""
    assert verdict("合同总价为人民币一百万元整，分三期支付") == ("1000000.00", [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("（万元）1000", "10000000.00"),
        ("（人民币万元）1000", "10000000.00"),
        ("（万美元）500", "USD 5000000.00"),
        ("（美元）1,500,000.00", "USD 1500000.00"),
        ("（元）1500", "1500.00"),
        ("（亿元）1.5", "150000000.00"),
        ("（币种：人民币 单位：万元）500", "5000000.00"),
        ("（万元）：¥120.50", "1205000.00"),
        ("120（单位：万元）", "1200000.00"),
        ("120.50（万元）", "1205000.00"),
        ("单位：万元 120", "1200000.00"),
        ("（万元）1000万元", "10000000.00"),
        ("（万元）壹佰万元整", "1000000.00"),
        ("（万元）1000（壹仟万元整）", "10000000.00"),
        ("（万元）1000元", None),
        ("（万元）1,205,000.00", None),
        ("（万元）叁佰", None),
        ("（方元）1000", None),
        ("（万无）1000", None),
        ("（万元）1000（亿元）", None),
    ],
)
def test_a_unit_that_stands_apart_belongs_to_the_number(text: str, value: str | None) -> None:
    """In a bracket before it, as captions have it, or behind; where it cannot be applied or read there is no value."""
    assert verdict(text)[0] == value


@pytest.mark.parametrize(
    "text",
    [
        "500万法郎",
        "500万克朗",
        "500万比索",
        "500万卢比",
        "500万第纳尔",
        "500万某某元",
        "铢500万",
        "XYZ 100",
        "500万円",
        "1000万股",
        "1000股",
    ],
)
def test_what_is_not_counted_in_a_known_currency_is_no_yuan(text: str) -> None:
    """A name that several currencies share, one that nobody knows, a number of other things."""
    assert verdict(text) == (None, ["money.form"])


@pytest.mark.parametrize(
    "text",
    [
        "捌角", "伍分", "叁万元零伍", "壹拾万元津角伍分", "100元50角", "100.5元5角", "壹佰贰抬伍万元整", "式拾万元整",
        "人民币×佰×拾伍万元", "壹佰贰万元", "1·234元", "1000·00元", "05000元", "2万5元", "1,50,000", "12,34,56元",
        "100-200万元", "100至200万元", "¥-100", "30%", "5000元/月", "100万三千元",
        "¥5或54,512,053.00", "176（,587,078元", "¥730,591）,755.00", "津91,127,901元", "7(200万美元", "¥1几1,256.00",
        "陆,贰拾柒万圆整", "¥洽,870,000.00", "920万.元", "102,000千", "188000千元", "（万元）979舍", "8整,200元",
        "¥729元332,901.00", ".2万元",
    ],
)  # fmt: skip
def test_a_piece_of_an_amount_is_none(text: str) -> None:
    """A unit, a digit or a letter beside it was lost, or it is one end of a range, a share, a rate."""
    assert verdict(text) == (None, ["money.form"])


@pytest.mark.parametrize(
    ("text", "value", "codes", "offered"),
    [
        ("1.500.000元", None, ["money.form"], ("1500000.00",)),
        ("1,234.567", None, ["money.form"], ("1234567.00",)),
        ("1.000万元", "10000.00", ["money.point"], ("10000000.00",)),
        ("50.000元", "50.00", ["money.point"], ("50000.00",)),
    ],
)
def test_points_in_the_place_of_commas_are_doubtful(
    text: str, value: str | None, codes: list[str], offered: tuple[str, ...]
) -> None:
    """A thousand times more may be meant, so that is offered, and nothing passes as certain."""
    assert verdict(text) == (value, codes)
    assert fields.candidates("money", text) == offered


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1000", ["money.unit"]),
        ("伍佰", ["money.unit"]),
        ("500.000000", ["money.unit"]),
        ("8000.00", []),
        ("¥8000", []),
    ],
)
def test_a_small_bare_number_may_have_lost_its_unit(text: str, codes: list[str]) -> None:
    """A capital of 1000 is one of ten thousands whose 万元 stands elsewhere; two places mean yuan."""
    assert verdict(text)[1] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["money.form"]),
        ("元整", ["money.form"]),
        ("人民币  佰  拾  万元", ["money.form"]),
        ("壹万贰元", ["money.form"]),
        ("100万三千元", ["money.form"]),
        ("壹壹元", ["money.form"]),
        ("负壹佰元", ["money.form"]),
        ("9" * 40, ["money.form"]),
        ("1亿亿元", ["money.form"]),
        ("100万美元（折合人民币700万元）", ["money.form"]),
        ("100元或200元", ["money.several"]),
        ("一百元或二百元", ["money.several"]),
    ],
)
def test_what_is_not_one_certain_amount_has_no_value(text: str, codes: list[str]) -> None:
    """Blanks, lost units, spoken forms, two currencies, two amounts: a guess would be an invention."""
    assert verdict(text) == (None, codes)


def test_more_than_two_places_are_told() -> None:
    """Rounding changes what was printed, so it is said."""
    assert verdict("100.005元") == ("100.01", ["money.places"])


@given(st.integers(1, 99_999_999_999))
def test_every_whole_amount_is_read_from_its_bank_form(amount: int) -> None:
    """What cn2an writes in bank characters is read as the same number, and so are the digits with separators."""
    written = cn2an.an2cn(amount, "up") + "元整"
    assert verdict(written) == verdict(f"¥{amount:,}.00") == (f"{amount}.00", [])


@given(st.integers(100, 99_999_999_999))
def test_every_amount_with_jiao_and_fen_is_read_as_banks_write_it(cents: int) -> None:
    """With 零 before a 角 that follows 元, as cheques ask for, and before a 分 that follows 元."""
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    digits = "零壹贰叁肆伍陆柒捌玖"
    written = f"{cn2an.an2cn(yuan, 'up')}元"
    written += f"零{digits[jiao]}角" if jiao else ""
    written += f"{'' if jiao else '零'}{digits[fen]}分" if fen else "整"
    assert verdict(f"人民币{written}（¥{cents / 100:,.2f}）") == (f"{yuan}.{jiao}{fen}", [])


@given(st.decimals(min_value="0.01", max_value="999999999.99", places=2))
def test_canonical_amounts_stay_what_they_are(amount: Decimal) -> None:
    """Checking a value again changes nothing, in yuan and abroad."""
    for value in (f"{amount}", f"USD {amount}"):
        assert verdict(value) == (value, [])


@given(st.text("0123456789.,壹贰叁零拾佰仟万亿元整角分¥（） ", max_size=24))
def test_no_text_breaks_an_amount(text: str) -> None:
    """Whatever was read, the value is canonical or none."""
    value = verdict(text)[0]
    assert value is None or verdict(value)[0] == value


@given(st.integers(10, 99_999_999), st.sampled_from("OlISZB|"), st.data())
def test_a_letter_in_a_number_leaves_no_amount(amount: int, letter: str, data: st.DataObject) -> None:
    """A digit that was misread as a letter is lost: neither the digits before it nor those behind it are the amount."""
    place = data.draw(st.integers(0, len(str(amount)) - 1))
    torn = f"{amount}"[:place] + letter + f"{amount}"[place + 1 :]
    assert verdict(f"{torn}元") == (None, ["money.form"])


def test_nothing_is_told() -> None:
    """0万元 may be meant, and is looked at."""
    assert verdict("0万元") == ("0.00", ["money.zero"])


def test_amounts_are_shown_with_separators() -> None:
    """A person counts noughts in threes."""
    assert fields.display("money", "1234567.50", "zh") == "¥1,234,567.50"
    assert fields.display("money", "USD 100000.00", "en") == "USD 100,000.00"


@pytest.mark.parametrize(
    ("text", "value"),
    [("人民币768.800.00元", "768800.00"), ("1.234.567.50", "1234567.50"), ("1000.500万", "10005000.00")],
)
def test_a_faint_comma_read_as_a_point_still_parts_thousands(text: str, value: str) -> None:
    """Only where another point with two places follows: 1000.500 alone has three places."""
    assert fields.check("money", text).value == value
