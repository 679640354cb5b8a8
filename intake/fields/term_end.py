"""The end of a term: a day ``YYYY-MM-DD``, or ``long-term`` for an open end.

Open ends are printed as 长期, 永久, 无固定期限, 不约定期限, 无限期, 永续, as asterisks or a dash, or by leaving the
day blank (``至    年  月  日``). A blank, or a dash or two, is taken as an open end with a warning: faint digits leave
the same trace.
Of a range the last day counts.

>>> validate(compact("2016年03月08日至 2036年03月07日")).value, validate(compact("长 期")).value
('2036-03-07', 'long-term')
>>> validate(compact("至   年  月  日")).problems[0].code
'term_end.blank'
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.dates import OPEN, PRINTED, find, folded, resembling

TRAITS = Traits(dated=True, printed=rf"{PRINTED}|长期|永久")

LONG_TERM = "long-term"

_OPEN = re.compile(OPEN, re.IGNORECASE)
_STARS = re.compile(r"[*＊※✱×xX]{2,}|[-—–－_/]+")
_STROKES = 2  # a dash or two may be what is left of a day
_BLANK = re.compile(r"[至到]?[-—_*.]*年[-—_*.]*月[-—_*.]*[日]?[止]?")
_TO = re.compile(r"[至到]")

_FORM_PROBLEM = Problem(
    "term_end.form",
    "error",
    Label("读不出截止日期，请写成 2036-03-07 或“长期”。", "No end can be read: write 2036-03-07 or long-term."),
)
_IMPOSSIBLE_PROBLEM = Problem("term_end.impossible", "error", Label("日历上没有这一天。", "No calendar has this day."))
_SEVERAL_PROBLEM = Problem(
    "term_end.several", "error", Label("这里既有截止日期，又有“长期”。", "Here stand both a last day and an open end.")
)
_BLANK_PROBLEM = Problem(
    "term_end.blank",
    "warning",
    Label("截止日期空白，按长期处理，请核对。", "The end is left blank and taken as open: compare with the paper."),
)
_LOOSE_PROBLEM = Problem(
    "term_end.separators",
    "warning",
    Label("年月日的字样不清，请核对数字。", "The signs between the numbers are unclear: compare the numbers."),
)


def compact(text: str) -> str:
    """The text without spaces, in half-width digits."""
    return folded(text).strip("。,;:")


def validate(text: str) -> Verdict:
    """The verdict on a compact text."""
    end = _TO.split(text)[-1] if _TO.search(text) else text
    found = find(end)
    if _OPEN.search(text):
        contradicted = end != text and found
        return Verdict(None, (_SEVERAL_PROBLEM,)) if contradicted else Verdict(LONG_TERM)
    if found:
        last = found[-1]
        if last.day is None:
            return Verdict(None, (_IMPOSSIBLE_PROBLEM,))
        return Verdict(last.day.isoformat(), () if last.exact else (_LOOSE_PROBLEM,))
    if _STARS.fullmatch(end):
        return Verdict(LONG_TERM, () if len(end) > _STROKES else (_BLANK_PROBLEM,))
    if _BLANK.fullmatch(end):
        return Verdict(LONG_TERM, (_BLANK_PROBLEM,))
    return Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """``long-term`` for a short text with one character of 长期 in it; the last day for one with letters for digits.

    >>> candidates("长斯"), candidates("2036年"), candidates("2036年3月1l日")
    (('long-term',), (), ('2036-03-11',))
    """
    plain = compact(text)
    if 0 < len(plain) <= 3 and set(plain) & set("长期永久"):  # noqa: PLR2004 - 至长期
        return (LONG_TERM,)
    return resembling(plain)[-1:] if re.search(r"[0-9年月][A-Za-z|]|[A-Za-z|][0-9年月日]", plain) else ()


def display(value: str, language: str) -> str:
    """The end as a person of that language writes it.

    >>> display("long-term", "zh"), display("2036-03-07", "zh"), display("long-term", "en")
    ('长期', '2036年3月7日', 'long-term')
    """
    if not language.startswith("zh"):
        return value
    if value == LONG_TERM:
        return "长期"
    year, month, day = value.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def typed(value: str, language: str) -> str:
    """Days stay as they are quickest typed; an open end is a word, and each language has its own.

    >>> typed("long-term", "zh"), typed("long-term", "en"), validate(compact("Long-term")).value
    ('长期', 'long-term', 'long-term')
    """
    return display(value, language) if value == LONG_TERM else value
