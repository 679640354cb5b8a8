"""Invented numbers whose check digits hold, and Chinese ways to write numbers and dates.

Identity numbers are made *safe*: their district code is younger than the person (say, district 330113 was founded in
2021 and the person was born in 1985), so that the number was given to nobody at birth.
"""

from __future__ import annotations

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "〇一二三四五六七八九"
_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TEN, _THOUSAND = 10, 1_000


def id_number(district: str, birth: date, sequence: int) -> str:
    """An 18-character identity number by GB 11643; ``sequence`` (0 to 999) is odd for men and even for women."""
    body = f"{district}{birth:%Y%m%d}{sequence:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


def organisation_code(body: str) -> str:
    """The nine characters of an organisation code by GB 11714, without the hyphen, from its first eight."""
    total = sum(_ORGANISATION_ALPHABET.index(c) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return body + "0123456789X0"[(11 - total % 11) % 11]


def credit_code(kind: str, district: str, organisation: str) -> str:
    """An 18-character credit code by GB 32100.

    ``kind`` is the authority and the category (``91`` company, ``92`` sole trader), ``organisation`` the nine
    characters of :func:`organisation_code`.
    """
    body = kind + district + organisation
    total = sum(_USCC_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return body + _USCC_ALPHABET[(31 - total % 31) % 31]


def misprinted(code: str) -> str:
    """The same credit code with a wrong check character: the next one in the alphabet of GB 32100."""
    following = (_USCC_ALPHABET.index(code[-1]) + 1) % len(_USCC_ALPHABET)
    return code[:-1] + _USCC_ALPHABET[following]


def registration_number(body: str) -> str:
    """The 15 digits of an old registration number: 14 digits and the check digit of ISO 7064 MOD 11,10."""
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return f"{body}{(11 - product) % 10}"


def capital_amount(yuan: int) -> str:
    """Whole yuan below a hundred million in the characters of cheques.

    >>> capital_amount(186_050)
    '壹拾捌万陆仟零伍拾元整'
    """
    high, low = divmod(yuan, 10_000)
    text = _thousands(high) + "万" if high else ""
    if low:
        text += ("零" if high and low < _THOUSAND else "") + _thousands(low)
    return text + "元整"


def _thousands(number: int) -> str:
    """A number below ten thousand, with one 零 for each gap inside."""
    text = ""
    for place, unit in ((_THOUSAND, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if digit:
            text += _CAPITAL_DIGITS[digit] + unit
        elif text and number % place and not text.endswith("零"):
            text += "零"
    return text


def chinese_date(day: date) -> str:
    """A date in characters.

    >>> chinese_date(date(2016, 3, 23))
    '二〇一六年三月二十三日'
    """
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_small(day.month)}月{_small(day.day)}日"


def _small(number: int) -> str:
    """A number from 1 to 99 in characters."""
    tens, ones = divmod(number, _TEN)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def printed_date(day: date) -> str:
    """The usual printed form.

    >>> printed_date(date(2016, 3, 8))
    '2016年03月08日'
    """
    return f"{day:%Y年%m月%d日}"


def money(yuan: int) -> str:
    """The canonical form of an amount: yuan with two places."""
    return f"{yuan}.00"
