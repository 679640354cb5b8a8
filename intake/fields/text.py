r"""A short text without a form of its own: titles, kinds of registration.

>>> validate(compact("  采购\n合同 ")).value
'采购合同'
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

TRAITS = Traits(wraps=True, worded=True)

_MISSING_PROBLEM = Problem("text.missing", "error", Label("没有内容。", "There is no text."))


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact text: every text that is not empty is valid."""
    return Verdict(text) if text else Verdict(None, (_MISSING_PROBLEM,))
