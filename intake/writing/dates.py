"""Dates in all the forms that are printed on Chinese papers, as ``YYYY-MM-DD``; and the words for an open end.

Forms (GB/T 7408 and custom): ``2016年03月08日``, ``2016-3-8``, ``2016.03.08``, ``2016/3/8``, ``20160308``,
``二〇一六年三月八日``, ``二零一六年元月廿三日``, ``贰零壹陆年零叁月零捌日``, ``二00九年…``. Years of the Republic
(民国), years of two places and months of the lunar calendar (正月, 腊月) are not read: the day would be a guess.

A day is never cut out of what may be a longer number. Where a sign that nobody knows stands beside a digit that could
have another beside it (3月1?日, 1l月8日), no day is read; where the number may have lost one (2016年3月1), it is read
and not ``exact``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.writing.numerals import HAN_DIGITS, digit_string, small_number

FIRST_YEAR = 1850
LAST_YEAR = 2199

OPEN = (
    r"长期|永久|永续|不限期|无限期|LONG-?TERM"
    r"|(?:无|不|未|没有)(?:固定|约定|规定|限定|设定?|明确)?(?:的?(?:经营|营业|合伙))?期限"
)
"""The words for an end that is left open, a regular expression for :func:`folded` text in capitals or not."""

_TENS = "十拾廿卄卅"
_COUNTS = f"0-9Oo{HAN_DIGITS}{_TENS}"
_YEAR = rf"(?P<year>[0-9Oo{HAN_DIGITS}]{{4}})"
_MONTH = rf"(?P<month>[0-9Oo{HAN_DIGITS}十拾]{{1,4}}|元)"
_DAY = rf"(?P<day>[{_COUNTS}]{{1,5}})"
_SPELLED = re.compile(rf"(?<![0-9国]){_YEAR}年{_MONTH}月{_DAY}(?![{_COUNTS}])")
_MARK = r"[-./·—–−]"
_NEXT = rf"(?![0-9])|(?<={_MARK}[0-9]{{2}})(?=[0-9]{{2}}:[0-9]{{2}})"  # a time of day may follow
_DOTTED = re.compile(
    rf"(?<![0-9])(?P<year>[0-9]{{4}})(?P<mark>{_MARK})(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?:{_NEXT})"
)
_SOLID = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:18|19|20|21)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9A-Za-z|])"
)
# Engines misread the characters between the numbers (年 as 午, 日 as 目): the numbers themselves are plain. A letter
# there may be a digit itself (l8 for 18), so letters are no signs; nor are numerals, or what parts a range.
_SIGN = rf"(?:[^{_COUNTS}A-Za-z|至到~]{{1,2}}|一)"
_CENTURY = r"(?P<year>(?:18|19|20|21)[0-9]{2})"
_LOOSE = (
    re.compile(rf"{_CENTURY}(?P<one>{_SIGN})(?P<month>[0-9]{{1,2}})(?P<two>{_SIGN})(?P<day>[0-9]{{1,2}})(?![0-9])"),
    # One of the marks between the numbers was lost: where all are written in full the numbers are plain (2016.0308).
    re.compile(rf"(?<![0-9]){_CENTURY}{_SIGN}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?![0-9])"),
    re.compile(rf"(?<![0-9]){_CENTURY}(?P<month>[0-9]{{2}}){_SIGN}(?P<day>[0-9]{{2}})(?![0-9])"),
    re.compile(rf"(?<![0-9]){_CENTURY}(?P<month>[01][0-9])(?P<two>月)(?P<day>[0-9]{{1,2}})(?![0-9])"),
)

PRINTED = (
    r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}"
    r"|[一二][〇○零一二三四五六七八九]{3}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}日"
)
"""Days as papers print them, and nothing misread among their signs (a regular expression)."""

_CLOSED = re.compile(r"[日号曰目]")
_NEAR = re.compile(r"[^\[(（,，。;；至到]?[^\[(（,，。;；至到0-9年月]?[日号曰目]")
"""日 a sign or two further on, which may hide a digit of the day."""
_MORE = re.compile(rf"[{_CLOSED.pattern[1:-1]}](?:[0-9OoIl|]{{1,2}}(?:[日号]|$)|[{HAN_DIGITS}{_TENS}]{{1,3}}[日号])")
"""日 in the midst of a number: 3日1日."""
_TWICE = re.compile(rf"{_CLOSED.pattern}{{2}}")
"""日 where a digit may have stood: 1日日."""
_FURTHER = re.compile(r"[〇○]|[^0-9至到日号曰目]{1,2}[0-9]{1,2}(?![0-9])")
"""Behind a day between points: a digit a sign or two further on."""
_SETTLED = re.compile(r"$|[至到起止(（\[【。;；]|[-—–−~一]+(?:[0-9]{4}|[一二贰][〇○零0OＯ九]|[长永无不未没])")
"""What ends a day between points, which has no 日: nothing, a word of ranges, or the other end."""
_LETTER = re.compile(r"[A-Za-z|]")
_UNUSUAL = re.compile(r"[零〇○0Oo][十拾廿卄卅]|[十拾廿卄卅][零〇○0Oo]|[〇○Oo][一二三四五六七八九]|一十")
"""Numerals that nobody writes for a month or a day: a digit of 十月, 二十八日 or 十日 was misread."""
_SPECKS = ".,，、·'`:："  # too small to be digits
_GOES_ON = re.compile(rf"[0123Oo]|[零〇○一二三壹贰貳弐叁參叄两兩]|.*[{_TENS}]")
"""Numbers behind which another digit may stand in a day."""
_MEANT = str.maketrans("OoDQlI|iBSsZzbGgq", "00001111855226699")
"""Letters that engines give for printed digits."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where (in characters of :func:`folded` text) and which day.

    ``start`` and ``end`` count characters of the :func:`folded` text; ``day`` is ``None`` where no calendar has it;
    ``exact`` is false where the characters between the numbers were not those of a known form, or one was lost, where
    the letter O stands for a zero, or where a digit may be missing.
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
    >>> find("2016年3月3l日"), [found.exact for found in find("2016年3月1O日")]
    ((), [False])
    """
    plain = folded(text)
    found = list(_known(plain)) or list(_loose(plain))
    return tuple(sorted(found, key=lambda item: item.start))


def resembling(text: str) -> tuple[str, ...]:
    """The days that a text names, in their order, each once; letters read as the digits that they resemble.

    >>> resembling("2O16年O3月l8日")
    ('2016-03-18',)
    """
    days = (one.day.isoformat() for one in find(text.translate(_MEANT)) if one.day is not None)
    return tuple(dict.fromkeys(days))


def _known(plain: str) -> Iterable[FoundDate]:
    """The dates in the forms that papers print."""
    for match in _SPELLED.finditer(plain):
        if not _is_torn(match["day"], plain[match.end() :]):
            sure = not _may_lack(match, plain[match.end() :]) and not _is_mixed(match)
            yield _found(match, plain, exact=sure)
    for match in _DOTTED.finditer(plain):
        day, behind = match["day"], plain[match.end() :].lstrip(_SPECKS)
        open_ = _GOES_ON.fullmatch(day) is not None
        if not (_is_torn(day, behind) or (open_ and _FURTHER.match(behind))):
            yield _found(match, plain, exact=not (_at_odds(match) or (open_ and not _SETTLED.match(behind))))
    for match in _SOLID.finditer(plain):
        yield _found(match, plain, exact=True)


def _loose(plain: str) -> Iterable[FoundDate]:
    """The dates whose signs were misread; none where an unknown sign may be a digit of the number beside it."""
    for pattern in _LOOSE:
        for match in pattern.finditer(plain):
            day, behind = match["day"], plain[match.end() :]
            lacks = _GOES_ON.fullmatch(day) is not None and (_MORE.match(behind) or _FURTHER.match(behind))
            if not (lacks or _is_torn(day, behind) or _hides(match)):
                yield _found(match, plain, exact=False)


def _is_torn(day: str, behind: str) -> bool:
    """Whether what follows a day may be its next digit: a letter, or an unknown sign before 日 (3月1?日)."""
    after = behind.lstrip(_SPECKS)
    if not _GOES_ON.fullmatch(day):
        return False
    if _CLOSED.match(after):
        return _TWICE.match(after) is not None
    return _LETTER.match(after) is not None or _NEAR.match(after) is not None


def _may_lack(match: re.Match[str], behind: str) -> bool:
    """Whether a digit of a date that is spelled out may have been lost: behind it, for it has no 日, or before it."""
    if match.start() and match.string[match.start() - 1] in HAN_DIGITS:
        return True
    if _CLOSED.match(behind):
        return _MORE.match(behind) is not None or _at_odds(match)
    day = match["day"]
    return _GOES_ON.fullmatch(day) is not None or _LETTER.match(behind) is not None or day[-1] in "〇○Oo"


def _at_odds(match: re.Match[str]) -> bool:
    """Whether month and day are not padded alike, and the shorter could have lost a digit: 03月1日, 1月08日."""
    month, day = match["month"], match["day"]
    return (month.startswith("0") and day in tuple("123")) or (day.startswith("0") and len(day) > 1 and month == "1")


def _is_mixed(match: re.Match[str]) -> bool:
    """Whether a number mixes two scripts (1〇日) or has a letter for a zero; among Han numerals 0 and O are printed.

    A lone 一 among western digits may be a stroke.
    """
    western = match["year"].isascii()
    short = (match["month"], match["day"])
    if western and "一" in short:
        return True
    return _mixes(match["year"], western=False) or any(
        _mixes(number, western=western) or _UNUSUAL.search(number) for number in short
    )


def _mixes(number: str, *, western: bool) -> bool:
    """Whether numerals of two scripts stand in a number; ``western``: beside it 0 is a western digit too."""
    digits = any(digit in ("0123456789" if western else "123456789") for digit in number)
    han = any(digit in HAN_DIGITS + _TENS for digit in number)
    lettered = "O" in number.upper()
    return (digits and (han or lettered)) or (lettered and not han) or (han and number.startswith("0"))


def _hides(match: re.Match[str]) -> bool:
    """Whether a sign that stands beside the month or before the day may be a digit of it: 1?月, 月?8日."""
    groups = match.groupdict()
    before, behind = (_odd(groups.get(name), mark) for name, mark in (("one", "年"), ("two", "月")))
    month, day = match["month"], match["day"]
    return (
        (before[1] and month in tuple("012")) or (behind[0] and month in tuple("01")) or (behind[1] and len(day) == 1)
    )


def _odd(signs: str | None, mark: str) -> tuple[bool, bool]:
    """Whether an unknown sign stands before the mark between two numbers, and whether one does behind it.

    Of two unknown signs either may be the mark; specks are no signs.
    """
    left = (signs or mark).strip(_SPECKS)
    head, found, tail = left.partition(mark)
    if found:
        return bool(head.strip(_SPECKS)), bool(tail.strip(_SPECKS))
    return len(left) > 1, len(left) > 1


def _found(match: re.Match[str], plain: str, *, exact: bool) -> FoundDate:
    day = _day(match["year"], match["month"], match["day"])
    end = match.end() + (_CLOSED.match(plain, match.end()) is not None)
    return FoundDate(match.start(), end, day, exact)


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
