"""The branch of a bank 开户银行, as printed.

A name without 银行, 信用社 or 支行 is only noted.

>>> validate(compact("中国某某银行 杭州分行")).problems
()
>>> validate("中国某某").problems[0].code
'bank_name.ending'
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

TRAITS = Traits(wraps=True, worded=True)

_MISSING_PROBLEM = Problem("bank_name.missing", "error", Label("没有银行名称。", "There is no name of a bank."))
_ENDING_NOTE = Problem(
    "bank_name.ending",
    "info",
    Label("名称中没有“银行”等字样，请核对。", "The name does not say that it is a bank: compare it."),
)
_WORDS = ("银行", "信用社", "信用联社", "支行", "分行", "营业部", "Bank")


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    return Verdict(text, () if any(word in text for word in _WORDS) else (_ENDING_NOTE,))
