"""A reference such as a contract number 合同编号: no spaces, letters in upper case, brackets and dashes as printed.

>>> validate(compact("编号：ht - 2016（03）第 12 号")).value
'HT-2016（03）第12号'
"""

from __future__ import annotations

import re

from intake.fields import Problem, Verdict
from intake.types import Label
from intake.writing.width import trimmed

_MISSING_PROBLEM = Problem("reference.missing", "error", Label("没有编号。", "There is no reference."))
_CAPTION = re.compile(r"^(?:合同)?编?号[：:]?|^NO[.:：]+", re.IGNORECASE)


def compact(text: str) -> str:
    """The reference without spaces and its caption, letters in upper case."""
    return _CAPTION.sub("", "".join(trimmed(text).split()).upper()).strip("-_/ ：")


def validate(text: str) -> Verdict:
    """The verdict on a compact text: every text that is not empty is valid."""
    return Verdict(text) if text else Verdict(None, (_MISSING_PROBLEM,))
