"""A day, as ``YYYY-MM-DD``, in all the forms that papers print (see :mod:`intake.writing.dates`).

The text must hold exactly one date. Years of the Republic and years of two places are not read.

>>> [validate(text).value for text in ("2016年03月08日", "2016-3-8", "二〇一六年三月八日", "二零一六年元月廿三日")]
['2016-03-08', '2016-03-08', '2016-03-08', '2016-01-23']
>>> validate("2015年2月29日").problems[0].code
'date.impossible'
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.dates import PRINTED, find, folded, resembling

TRAITS = Traits(
    dated=True,
    look=(
        r"[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日"
        r"|[一二][〇○O0零一二三四五六七八九]{3}年[元一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿卅]{1,3}日"
    ),
    printed=PRINTED,
)

_FORM_PROBLEM = Problem(
    "date.form", "error", Label("读不出年月日，请写成 2016-03-08。", "No date can be read: write 2016-03-08.")
)
_SEVERAL_PROBLEM = Problem("date.several", "error", Label("这里有多个日期。", "There is more than one date here."))
_IMPOSSIBLE_PROBLEM = Problem("date.impossible", "error", Label("日历上没有这一天。", "No calendar has this day."))
_LOOSE_PROBLEM = Problem(
    "date.separators",
    "warning",
    Label("年月日的字样不清，请核对数字。", "The signs between the numbers are unclear: compare the numbers."),
)


def compact(text: str) -> str:
    """The text without spaces, in half-width digits."""
    return folded(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact text."""
    found = find(text)
    if not found:
        return Verdict(None, (_FORM_PROBLEM,))
    if len({one.day for one in found}) > 1:
        return Verdict(None, (_SEVERAL_PROBLEM,))
    if found[0].day is None:
        return Verdict(None, (_IMPOSSIBLE_PROBLEM,))
    return Verdict(found[0].day.isoformat(), () if found[0].exact else (_LOOSE_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """The days that a text with several dates names, in their order; the letter O read as zero and l as one.

    >>> candidates("2O16年O3月l8日")
    ('2016-03-18',)
    """
    return resembling(text)


def display(value: str, language: str) -> str:
    """The day as a person of that language writes it.

    >>> display("2016-03-08", "zh"), display("2016-03-08", "en")
    ('2016年3月8日', '2016-03-08')
    """
    if not language.startswith("zh"):
        return value
    year, month, day = value.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
