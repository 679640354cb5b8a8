"""Dates in all the forms that are printed on Chinese papers, as ``YYYY-MM-DD``.

Forms (GB/T 7408 and custom): ``2016年03月08日``, ``2016-3-8``, ``2016.03.08``, ``2016/3/8``, ``20160308``,
``二〇一六年三月八日``, ``二零一六年元月廿三日``, ``贰零壹陆年零叁月零捌日``, ``二00九年…``. Years of the Republic
(民国) and years of two places are not read: the century would be a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from intake.writing.numerals import HAN_DIGITS, digit_string, small_number

FIRST_YEAR = 1850
LAST_YEAR = 2199

_YEAR = rf"(?P<year>[0-9Oo{HAN_DIGITS}]{{4}})"
_MONTH = rf"(?P<month>[0-9{HAN_DIGITS}十拾元]{{1,3}})"
_DAY = rf"(?P<day>[0-9{HAN_DIGITS}十拾廿卅]{{1,4}})"
_SPELLED = re.compile(rf"(?<![0-9国]){_YEAR}年{_MONTH}月{_DAY}(?:[日号]|(?![0-9{HAN_DIGITS}十拾廿卅]))")
_DOTTED = re.compile(r"(?<![0-9])(?P<year>[0-9]{4})([-./·—–])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?![0-9])日?")
_SOLID = re.compile(r"(?<![0-9])(?P<year>(?:18|19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")
# Engines misread the characters between the numbers (年 as 午, 日 as 目): the numbers themselves are plain. A letter
# there may be a digit itself (l8 for 18), so letters are no signs.
_SIGN = r"[^0-9A-Za-z|]{1,2}"
_LOOSE = re.compile(
    rf"(?<![0-9])(?P<year>[0-9]{{4}}){_SIGN}(?P<month>[0-9]{{1,2}}){_SIGN}(?P<day>[0-9]{{1,2}})(?![0-9])[日目曰口]?"
)
# One of the marks between the numbers was lost: where all are written in full the numbers are plain (2016.0308).
_JOINED = tuple(
    re.compile(
        rf"(?<![0-9])(?P<year>(?:18|19|20|21)[0-9]{{2}}){one}(?P<month>[0-9]{{2}}){other}(?P<day>[0-9]{{2}})(?![0-9])"
    )
    for one, other in ((_SIGN, ""), ("", _SIGN))
)

PRINTED = (
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}"
    r"|[一二][〇○零一二三四五六七八九]{3}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}日"
)
"""Days as papers print them, and nothing misread among their signs (a regular expression)."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where (in characters of :func:`folded` text) and which day.

    ``start`` and ``end`` count characters of the :func:`folded` text; ``day`` is ``None`` where no calendar has it;
    ``exact`` is false where the characters between the numbers were not those of a known form, or one was lost, or the
    letter O stands for a zero.
    """

    start: int
    end: int
    day: date | None
    exact: bool = True


def folded(text: str) -> str:
    """The text without spaces, in half-width digits: what positions in :class:`FoundDate` count in.

    >>> folded("２０１６ 年 3 月")
    '2016年3月'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def find(text: str) -> tuple[FoundDate, ...]:
    """All dates of a text from left to right; loose forms only where no exact form is found.

    >>> [found.day.isoformat() for found in find("自2016年03月08日 至 二〇三六年三月七日")]
    ['2016-03-08', '2036-03-07']
    >>> find("2016年2月30日")[0].day is None, find("至   年  月  日")
    (True, ())
    """
    plain = folded(text)
    found = [_found(match, exact=True) for pattern in (_SPELLED, _DOTTED, _SOLID) for match in pattern.finditer(plain)]
    if not found:
        loose = (_LOOSE, *_JOINED)
        found = [_found(match, exact=False) for pattern in loose for match in pattern.finditer(plain)]
    return tuple(sorted(found, key=lambda item: item.start))


def _found(match: re.Match[str], *, exact: bool) -> FoundDate:
    day = _day(match["year"], match["month"], match["day"])
    return FoundDate(match.start(), match.end(), day, exact and not _lettered(match["year"]))


def _lettered(year: str) -> bool:
    """Whether a letter stands for a digit among digits (2O16); in Han numerals it is how 〇 is printed (二OO九)."""
    return "O" in year.upper() and any(digit in "0123456789" for digit in year)


def _day(year_text: str, month_text: str, day_text: str) -> date | None:
    year = digit_string(year_text)
    month = 1 if month_text == "元" else small_number(month_text)
    day = small_number(day_text)
    if year is None or month is None or day is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
