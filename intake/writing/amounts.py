"""Amounts of money as papers write them: in characters and in digits, with the unit before, behind, or in a bracket.

Nothing is guessed. Where it is not certain what a number counts (which currency, yuan or ten thousands, yuan or
shares), or whether it is whole, it has no value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from intake.writing import currencies
from intake.writing.numerals import HAN_DIGITS, HAN_NUMERALS, number

_LETTERS = str.maketrans("￥幣圓銖鎊盧馬蘭亞紐無單【】[]〔〕{}「」", "¥币圆铢镑卢马兰亚纽无单()()()()()")
_NUMBER = re.compile(r"[0-9]+(?:[.,'’]+[0-9]+)*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[,'’][0-9]{3})+(?:\.(?![0-9]{3}$)[0-9]+)?")
_FAINT = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+\.[0-9]{2}")
"""Points where another point with two places follows: 768.800.00 is how a faint comma is read."""
_LINE = re.compile(rf"(?<![0-9{HAN_NUMERALS}])_+|_+(?![0-9{HAN_NUMERALS}])|_+(?=[百千]?[万亿]?[元圆])")
"""The line of a form under what was filled in."""

_N = f"0-9{HAN_NUMERALS}"
_IN_DIGITS = re.compile(r"小写(?:金额)?[)）]?[:：]?[¥元]?(?=[0-9])")  # as good a sign of money as ¥
_BRACKET = re.compile(r"\(([^()]{1,18})\)")
_FILLER = re.compile(r"金额|计[量价]|货币|单位|币[种别]|[:,、/;]|¥|为")
_MEASURE = re.compile(r"(?P<unit>百万|千万|十万|万亿|[万亿千百]|)[元圆]?")
_SAID = re.compile(r"单位[:为]?¥?(?P<unit>百万|千万|十万|万亿|[万亿千百]|)[元圆]")
_LED = re.compile(r"^[(/]?¥?(?P<unit>[万亿])元\)?[:]?(?=¥?[0-9])")
_OTHER_MEASURE = re.compile(r"[万方力亿]|[千百佰仟][^0-9]?$|[元圆无兀](?:$|[^整正])")
"""A unit that was misread, or a price for a month or a piece (元/月)."""
_AMOUNT = re.compile(
    rf"(?P<before>(?:¥:?|负|-)*)(?P<whole>[.点{_N}]*[{_N}])(?P<after>[元圆¥]?)"
    rf"(?:零?(?P<jiao>[0-9{HAN_DIGITS}])角)?(?:零?(?P<fen>[0-9{HAN_DIGITS}])分)?"
)
_TORN_OFF = re.compile(r"[0-9][·•:*_|~^`\"]{1,2}$|[0-9万亿元圆][-—~～至到]{1,2}¥?$")
_GAP = re.compile(rf"[.{_N}][^.{_N}¥元圆角分整正即计合为共折()<>《》。、/]$")
"""Between two numbers one letter that was a numeral, misread: 壹佰贰抬伍万元."""
_DIGITS_AHEAD = re.compile(r"[0-9][.,]?[^0-9元圆万亿整正角分¥%‰)、]{1,2}$|[0-9][.,]?\)[^0-9元圆万亿整正角分¥%‰]?$")
_DIGITS_BEHIND = re.compile(r"[^0-9元圆万亿整正角分¥%‰]{1,2}[0-9.,]")
_LETTER_AHEAD = re.compile(r"[\u4e00-\u9fff](?<![元圆万亿整正角分零为是计合共即写额价款资本金约付或])$")
"""Before digits a letter that no sentence has there: it may have been their first."""
_SIGN_AHEAD = re.compile(r"¥[^0-9(共计为合大小写约整元:]{1,2}$")
_EVEN_AHEAD = re.compile(r"(?<![元圆万亿角分])[整正],?$")
_MARK_BEHIND = re.compile(r"[^0-9\u4e00-\u9fff(¥]元")
_MORE_BEHIND = re.compile(r"整?,?[0-9](?![0-9]{3}年)")
_OPEN = re.compile(r"\((?=[0-9])[^)]*$")
_HEADLESS = re.compile(r"[拾十百佰千仟]")
_HEAD = re.compile(r"(?:^|[¥()<>《》:,;。、/元整正即计合为共写是])$")
"""What stands before 拾万元; any other letter may have been its digit."""
_LEFT = re.compile(rf"[元圆角分]零?(?:[{HAN_NUMERALS}]+|[0-9]{{1,2}})(?![.点{_N}年/-]|元|圆|¥)")
_PARTS = re.compile(r"[^()¥,:;。]{0,3}[角分](?![\u4e00-\u9fff](?<![整正]))")
"""Behind 元: what is left of 角 and 分 where one of their letters was lost or misread."""
_RATE = re.compile(rf"[整正]?[/每](?=[A-Z\u4e00-\u9fff])(?![{_N}])")  # 元/月
_OTHER_UNIT = re.compile(r"[\u4e00-\u9fff](?<![整正大小即计合含不零])")
_TOO_MUCH = Decimal(10**13)  # no paper of an office speaks of so much: digits of two numbers ran together
_LARGE = Decimal(10**6)  # in ten thousands no paper says so much: it was written in yuan all the same
_MOST_HUNDREDS = 5  # characters of 9999千: nobody counts more of them
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a text. ``value`` is ``None`` where it cannot be read for certain.

    ``written``: in characters. ``marked``: a sign of money stands with it (元, ¥, 万). ``grouped``: three places behind
    its point, as behind a comma between thousands. ``places`` of a number that counts single yuan.
    """

    value: Decimal | None
    written: bool
    marked: bool
    grouped: bool = False
    places: int = 0


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a text tells: the amounts and their currency (ISO 4217), empty where it names several or an unknown one."""

    currency: str
    every: tuple[Amount, ...]


def compact(text: str) -> str:
    """The text without spaces and thousands separators, in half-width characters.

    Separators fall away from a number that they part into threes, and stay in any other: it is torn.

    >>> [compact(text) for text in ("￥1，234，567.8 元", "768.800.00", "1,234.567", "12,34", "1.500.000", "__12__元")]
    ['¥1234567.8元', '768800.00', '1,234.567', '12,34', '1.500.000', '12元']
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(_LETTERS).upper()
    plain = _LINE.sub("", plain)
    return _NUMBER.sub(lambda match: _joined(match.group()), plain)


def _joined(digits: str) -> str:
    if _FAINT.fullmatch(digits):
        return re.sub("[.,]", "", digits[:-3]) + digits[-3:]
    return re.sub("[,'’]", "", digits) if _GROUPED.fullmatch(digits) else digits


def read(text: str) -> Amounts:
    """The currency and the amounts of a compact text; numbers without any sign of money only where no other stands.

    Nothing is read where several currencies stand: which amount is meant would be a guess.

    >>> read("(万元)1000").every[0].value, read("120(单位:万美元)").currency, read("500万法郎").currency
    (Decimal('10000000'), 'USD', '')
    """
    plain, named = currencies.neutral(text)
    if len(named) > 1 or currencies.unknown(plain):
        return Amounts("", ())
    unit, plain = _measured(_IN_DIGITS.sub("¥", plain))
    if unit is None:
        return Amounts("", ())
    amounts = tuple(_amounts(plain, unit))
    return Amounts(min(named, default="CNY"), tuple(one for one in amounts if one.marked) or amounts)


def _measured(text: str) -> tuple[str | None, str]:
    """The unit that a bracket or 单位 gives for numbers without one, and the text without it.

    ``None`` where it gives several, or where what may have been a unit cannot be read.
    """
    units: set[str | None] = set()

    def told(match: re.Match[str]) -> str:
        rest = _FILLER.sub("", match[1])
        measure = _MEASURE.fullmatch(rest)
        if measure is None:
            if not re.search(rf"[0-9{HAN_DIGITS}]", rest) and _OTHER_MEASURE.search(rest):
                units.add(None)
            return match.group()
        if measure["unit"]:
            units.add(measure["unit"])
        return "¥" if "¥" in match[1] or rest else ""

    plain = _BRACKET.sub(told, text)
    for wording in (_SAID, _LED):
        said = wording.search(plain)
        if said is not None:
            units |= {said["unit"]} - {""}
            plain = f"{plain[: said.start()]}¥{plain[said.end() :]}"
    unit = units.pop() if len(units) == 1 else ("" if not units else None)
    return unit, plain


def _amounts(text: str, unit: str) -> Iterable[Amount]:
    for match in _AMOUNT.finditer(text):
        whole, tail = match["whole"].strip(".点"), text[match.end() :]
        scaled, alone = whole[-1:] in "万亿萬億", not match["before"] and not match["after"]
        if not whole or tail[:1] in {"%", "‰"} or _RATE.match(tail):
            continue
        if alone and not scaled and _OTHER_UNIT.match(tail):
            continue  # 3年, 1000股
        value = _value(match, whole, unit) if _is_whole(text, match, whole) else None
        marked = not alone or scaled or (bool(unit) and whole[0].isascii())
        places = 0 if scaled else len(whole.partition(".")[2])
        grouped = re.match(r"[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])", whole) is not None
        yield Amount(value, not whole[0].isascii(), marked, grouped, places)


def _is_whole(text: str, match: re.Match[str], whole: str) -> bool:
    """Whether nothing beside a number may be its unit or a part of it, misread: 1000万股, 式拾万元, 伍万元零叁."""
    ahead, tail = text[: match.start()], text[match.end() :]
    if not match["before"] and not match["after"] and _OTHER_UNIT.match(tail):
        return False
    if _TORN_OFF.search(ahead) or _GAP.search(ahead) or _PARTS.match(tail) or _LEFT.match(text, match.end() - 1):
        return False
    if not whole[0].isascii():
        return not _HEADLESS.match(whole) or bool(match["before"]) or _HEAD.search(ahead) is not None
    return _are_whole(text, match, whole)


def _are_whole(text: str, match: re.Match[str], whole: str) -> bool:
    """The same of digits: none near them that a misread one parts off, no letter or open bracket in a digit's place."""
    ahead, tail = text[: match.start()], text[match.end() :]
    hundreds = whole[-1] in "十百千拾佰仟"
    listed = ahead.endswith(")") and ahead.count("(") >= ahead.count(")")
    torn = (
        re.match("0[0-9]", whole) or match["whole"][0] == ".",
        _SIGN_AHEAD.search(ahead) or _EVEN_AHEAD.search(ahead),
        not match["before"] and _LETTER_AHEAD.search(ahead),
        _MORE_BEHIND.match(tail) or _MARK_BEHIND.match(tail),
        not match["after"] and (_OTHER_UNIT.match(tail) or _DIGITS_BEHIND.match(tail)),
        hundreds and (match["after"] not in {"元", "圆"} or len(whole) > _MOST_HUNDREDS),
        not listed and _DIGITS_AHEAD.search(ahead),
        ahead == "(" and _OPEN.match(text),
    )
    return not any(torn)


def _value(match: re.Match[str], whole: str, unit: str) -> Decimal | None:
    if {"负", "-"} & set(match["before"]):
        return None
    value = number(whole)
    if value is not None and unit and not re.search("[万亿]", whole):
        value = _scaled(value, match, unit)
    for part, worth in ((match["jiao"], Decimal("0.1")), (match["fen"], _CENT)):
        count = None if part is None else number(part)
        value = value if value is None or count is None else value + count * worth
    split = (match["jiao"] or match["fen"]) and (not match["after"] or "." in whole)
    return None if split or (value is not None and value >= _TOO_MUCH) else value


def _scaled(value: Decimal, match: re.Match[str], unit: str) -> Decimal | None:
    """A number in the unit that stands apart from it; none where it has one of its own, or is too large for it."""
    if match["after"] in {"元", "圆"}:
        return None if match["whole"][0].isascii() else value
    times = number(f"1{unit}")
    fits = match["whole"][0].isascii() and value < _LARGE and not match["jiao"] and not match["fen"]
    return value * times if times is not None and fits else None
