"""How papers write days, terms and numbers: digits, characters, mixtures, blanks and stars."""

from __future__ import annotations

from datetime import date

from sample_docs.generator.papers import LONG_TERM
from sample_docs.generator.varied.chance import Chance

_SMALL = "〇一二三四五六七八九"
_TEN, _TWENTY, _THIRTY = 10, 20, 30


def small(number: int, *, crossed: bool = False) -> str:
    """1 to 31 in characters; ``crossed`` writes 廿 and 卅.

    >>> small(23), small(23, crossed=True), small(10)
    ('二十三', '廿三', '十')
    """
    tens, ones = divmod(number, _TEN)
    if crossed and tens >= 2:  # noqa: PLR2004 - below twenty there is no such sign
        return "廿卅"[tens - 2] + (_SMALL[ones] if ones else "")
    head = ("" if tens == 1 else _SMALL[tens]) + "十" if tens else ""
    return head + (_SMALL[ones] if ones else "")


def chinese_day(chance: Chance, day: date) -> str:
    """A day in characters: 二〇一六年, 二零一六年, 二○一六年 or the mixed 二00九年; 二十三日 or 廿三日."""
    zero = chance.pick("〇〇零○０0O" if chance.maybe(0.2) else "〇〇零○")
    zero = "0" if zero in "０O" else zero
    year = "".join(_SMALL[int(digit)] for digit in str(day.year)).replace("〇", zero)
    return f"{year}年{small(day.month)}月{small(day.day, crossed=chance.maybe(0.3))}日"


def day_forms(chance: Chance, day: date, *, machine: bool, chinese: bool = False) -> str:
    """A day as printed; ``machine``: as a field's value, else as the day of issue with room around its parts."""
    if chinese:
        return chinese_day(chance, day)
    padded, plain = f"{day:%Y年%m月%d日}", f"{day.year}年{day.month}月{day.day}日"
    if machine:
        spaced = f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日"
        return chance.weighed({padded: 7.0, plain: 2.5, spaced: 1.5, f"{day:%Y-%m-%d}": 0.6, f"{day:%Y.%m.%d}": 0.1})
    wide = chance.pick((" ", "  ", "   "))
    month, number = (f"{day.month:02d}", f"{day.day:02d}") if chance.maybe(0.75) else (str(day.month), str(day.day))
    return f"{day.year}{wide}年{wide}{month}{wide}月{wide}{number}{wide}日"


def term_forms(
    chance: Chance, first: date, last: date | None, *, chinese: bool
) -> tuple[str, bool, str, tuple[str, ...]]:
    """A term as printed: the text, is its first day there, its last (canonical or empty), fields not to score."""
    begin = day_forms(chance, first, machine=True, chinese=chinese)
    to = chance.pick(("至", "至", " 至 ", "至 "))
    lead = "自" if chance.maybe(0.25) else ""
    if last is not None:
        end = chinese_day(chance, last) if chinese else _like(begin, last)
        return f"{lead}{begin}{to}{end}" + ("止" if lead and chance.maybe(0.3) else ""), True, last.isoformat(), ()
    form = chance.weighed({"bare": 4, "from": 4, "for ever": 2, "blank": 2, "stars": 1.2, "unfixed": 0.6})
    if form == "bare":
        return chance.pick(("长期", "长期", "永久")), False, LONG_TERM, ()
    if form == "unfixed":
        return f"{begin}至不约定期限" if chance.maybe(0.7) else "不约定期限", False, LONG_TERM, ("valid_from",)
    if form == "blank":
        return f"{lead}{begin}{to}" + chance.pick(("    年    月    日", "   年   月   日")), True, "", ("valid_to",)
    if form == "stars":
        return f"{lead}{begin}{to}" + "*" * chance.whole(4, 8), True, "", ("valid_to",)
    return (
        f"{lead}{begin}{to}" + ("长期" if form == "from" else chance.pick(("永久", "长期", "无固定期限"))),
        True,
        LONG_TERM,
        (),
    )


def _like(pattern: str, day: date) -> str:
    """A day in the same form as another."""
    if "-" in pattern:
        return f"{day:%Y-%m-%d}"
    if "." in pattern:
        return f"{day:%Y.%m.%d}"
    if " " in pattern:
        return f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日"
    if "年0" in pattern or "月0" in pattern or len(pattern) == len("2016年11月11日"):
        return f"{day:%Y年%m月%d日}"
    return f"{day.year}年{day.month}月{day.day}日"
