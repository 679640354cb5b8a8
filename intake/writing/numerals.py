"""Chinese numerals, small (一二三), large (壹贰叁) and mixed with digits (100万, 3.5亿).

Whole numbers go through the library ``cn2an``, once they are known to be whole: ``壹万贰`` is spoken language (12000)
but on paper may as well be 10002, of ``壹佰贰万`` a 拾 or a 零 was lost, of ``壹壹`` a unit, of ``壹佰零`` a digit.
Printed boxes and cheques have a nought before every unit (``壹拾万零仟零佰零拾零``). The library's fractions are
floats, so fractions are computed here as ``Decimal``.
"""

from __future__ import annotations

import math
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
    "参": 3,
    "叅": 3,
    "弎": 3,
    "弍": 2,
    "貮": 2,
    "弌": 1,
    "壱": 1,
    "陸": 6,
    "幺": 1,
}
_TRADITIONAL = str.maketrans("貳弐參叄陸萬億圓兩弍貮叅参壱弌弎", "贰贰叁叁陆万亿圆两贰贰叁叁壹壹叁")
_SMALL = str.maketrans("〇○壹贰叁肆伍陆柒捌玖两拾佰仟", "零零一二三四五六七八九二十百千")
_UNITS = {"万": Decimal(10**4), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
_UNITS |= {"仟": Decimal(1000), "佰": Decimal(100), "拾": Decimal(10)}

HAN_DIGITS = "零〇○一二三四五六七八九壹贰貳弐叁參叄肆伍陆陸柒捌玖两兩弍貮叅参壱弌弎"
HAN_NUMERALS = HAN_DIGITS + "十百千万亿拾佰仟萬億廿卄卅"

_D = "[一二三四五六七八九]"
_BEHIND_THOUSANDS = rf"(?:{_D}百(?:{_D}十{_D}?|零(?:{_D}?十{_D}?|{_D}))?|{_D}十{_D}?|零(?:{_D}?十{_D}?|{_D}))?"
_FROM_HUNDREDS = rf"{_D}百(?:{_D}十{_D}?|零(?:{_D}?十{_D}?|{_D}))?"
_SECTION = rf"(?:{_D}千{_BEHIND_THOUSANDS}|{_FROM_HUNDREDS}|{_D}?十{_D}?|{_D})"
"""Up to four places. A bare digit stands behind 十 or 零 or alone, so that no unit can have been lost behind it."""
_NEXT = rf"(?:零?(?:{_D}千{_BEHIND_THOUSANDS}|{_FROM_HUNDREDS}|{_D}十{_D}?)|零(?:十{_D}?|{_D}))"
"""The same behind 万 or 亿."""
_WHOLE = re.compile(rf"{_SECTION}(?:万{_NEXT}?)?(?:亿(?:{_NEXT}万)?{_NEXT}?)?|零")
_BOXED = re.compile(r"零[百千]|零十零|^零十")
_LARGE_TEN = re.compile(r"[零〇○]拾")  # 零拾伍 is 15 by its place and 5 by a printed box
_PART = re.compile(r"(?P<digits>\d+(?:\.\d+)?)(?P<unit>[十百千拾佰仟]?(?:万亿|[万亿])?)")


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
    >>> [number(text) for text in ("壹万贰", "壹佰贰万", "壹佰零", "2万5", "1.500.000", "长期")] == [None] * 6
    True
    >>> number("壹拾贰万零仟零佰零拾零"), number("1万2345.5")
    (Decimal('120000'), Decimal('12345.5'))
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
    """Digits with units: every part but the last has a unit and no fraction, and the next stays below that unit.

    A last part without a unit fills all its places (1万2345): 2万5 is 25000 to one who speaks.
    """
    total, place, below = Decimal(0), 0, Decimal("Infinity")
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return None
        unit = math.prod((_UNITS[one] for one in part["unit"]), start=Decimal(1))
        value = Decimal(part["digits"]) * unit
        last = part.end() == len(text)
        if value >= below or (place and not value) or not (last or (part["unit"] and "." not in part["digits"])):
            return None
        if place and not part["unit"] and Decimal(10) ** len(part["digits"].partition(".")[0]) != below:
            return None
        total, place, below = total + value, part.end(), unit
    return total if text else None


def _whole(text: str) -> Decimal | None:
    if len(text) > 1 and digit_string(text) is not None:
        return None
    plain = text.translate(_SMALL).replace("廿", "二十").replace("卄", "二十").replace("卅", "三十")
    if _BOXED.search(plain):
        plain = _unboxed(plain)
    elif _LARGE_TEN.search(text):
        return None
    if not _WHOLE.fullmatch(plain):
        return None
    for mode in ("strict", "normal"):
        try:
            return Decimal(int(cn2an.cn2an(plain, mode)))
        except (ValueError, KeyError):  # cn2an looks some malformed numbers up in its tables and does not find them
            continue
    return None


def _unboxed(text: str) -> str:
    """A number out of printed boxes, one for each unit, without those that hold a nought.

    >>> _unboxed("一十二万零千零百零十零"), _unboxed("零百零十三万零千五百零十零"), _unboxed("一千零百零十五")
    ('一十二万', '三万零五百', '一千零五')
    """
    plain = re.sub("零[千百十]", "零", text)
    plain = re.sub("零+", "零", plain)
    plain = re.sub("零(?=[万亿]|$)", "", plain)
    return re.sub("^[零万亿]+|(?<=亿)万", "", plain) or "零"
