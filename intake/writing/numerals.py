"""Chinese numerals, small (一二三), large (壹贰叁) and mixed with digits (100万, 3.5亿).

Whole numbers go through the library ``cn2an``. Its ``strict`` mode knows the forms of GB/T 15835 and of bank notes;
``normal`` mode also reads forms with omitted zeros, but takes ``壹万贰`` as spoken language (12000), which on paper may
as well be 10002: such texts are refused here, and so are digits in a row (``壹壹``: a unit was lost). Its fractions are
floats, so fractions are computed here as ``Decimal``.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import cn2an

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True))
_DIGITS |= dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True))
# Traditional and bank forms, circles that stand for zero, and the letter that engines read for the circle.
_DIGITS |= {
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "o": 0,
    "貳": 2,
    "贰": 2,
    "弐": 2,
    "两": 2,
    "兩": 2,
    "參": 3,
    "叄": 3,
    "陸": 6,
    "幺": 1,
}
_TRADITIONAL = str.maketrans("貳弐參叄陸萬億圓兩", "贰贰叁叁陆万亿圆两")
_UNITS = {"万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
_UNITS |= {"仟": Decimal(1000), "佰": Decimal(100), "拾": Decimal(10)}

HAN_DIGITS = "零〇○一二三四五六七八九壹贰貳弐叁參叄肆伍陆陸柒捌玖两兩"
HAN_NUMERALS = HAN_DIGITS + "十百千万亿拾佰仟萬億廿卄卅"

_SPOKEN = re.compile(r"[百佰千仟万亿][一二三四五六七八九壹贰叁肆伍陆柒捌玖两]$")
_MIXED = re.compile(r"\d+(?:\.\d+)?[十百千万亿拾佰仟]*")


def digit_string(text: str) -> str | None:
    """Numerals written digit by digit as ASCII digits; ``None`` where anything else stands among them.

    >>> digit_string("二〇一六"), digit_string("二00九"), digit_string("贰零壹陆"), digit_string("十六")
    ('2016', '2009', '2016', None)
    """
    digits = [
        character if character.isascii() and character.isdigit() else _DIGITS.get(character) for character in text
    ]
    return None if None in digits or not digits else "".join(str(digit) for digit in digits)


def small_number(text: str) -> int | None:
    """A number from 0 to 99 as months and days are written: ``8``, ``零八``, ``十二``, ``廿三``, ``三十一``, ``卅``.

    >>> [small_number(text) for text in ("08", "零叁", "十二", "二十", "廿三", "壹拾壹", "卅一", "元")]
    [8, 3, 12, 20, 23, 11, 31, None]
    """
    spelled = text.replace("廿", "二十").replace("卄", "二十").replace("卅", "三十").replace("拾", "十")
    if "十" not in spelled:
        digits = digit_string(spelled)
        return int(digits) if digits is not None and len(digits) <= 2 else None  # noqa: PLR2004 - two places
    tens, _, ones = spelled.lstrip("零〇○").partition("十")
    high = 1 if tens == "" else _DIGITS.get(tens)
    low = 0 if ones == "" else _DIGITS.get(ones)
    return None if high is None or low is None else high * 10 + low


def number(text: str) -> Decimal | None:
    """A number in Chinese numerals, in digits or mixed; ``None`` where it cannot be read for certain.

    >>> number("壹佰万"), number("1000.5万"), number("3亿5000万"), number("一百零一"), number("零点五")
    (Decimal('1000000'), Decimal('10005000.0'), Decimal('350000000'), Decimal('101'), Decimal('0.5'))
    >>> number("壹万贰") is None, number("长期") is None
    (True, True)
    """
    plain = text.translate(_TRADITIONAL)
    if plain[:1].isascii() and plain[:1].isdigit():
        return _mixed(plain)
    whole, point, fraction = plain.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    digits = digit_string(fraction)
    return None if digits is None else value + Decimal(f"0.{digits}")


def _mixed(text: str) -> Decimal | None:
    if not re.fullmatch(rf"(?:{_MIXED.pattern})+", text):
        return None
    parts = [_times(part) for part in _MIXED.findall(text)]
    # 3亿5000万: each part must be smaller than the one before, else two numbers stand side by side.
    return sum(parts, Decimal(0)) if all(a > b for a, b in itertools.pairwise(parts)) else None


def _times(part: str) -> Decimal:
    digits = part.rstrip("十百千万亿拾佰仟")
    value = Decimal(digits)
    for unit in part[len(digits) :]:
        value *= _UNITS[unit]
    return value


def _whole(text: str) -> Decimal | None:
    if not text or any(character not in HAN_NUMERALS for character in text):
        return None
    if _SPOKEN.search(text) or (len(text) > 1 and digit_string(text) is not None):
        return None
    for mode in ("strict", "normal"):
        try:
            return Decimal(int(cn2an.cn2an(text, mode)))
        except (ValueError, KeyError):  # cn2an looks some malformed numbers up in its tables and does not find them
            continue
    return None
