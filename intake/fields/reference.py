"""A reference such as a contract number 合同编号: no spaces, letters in upper case, brackets and dashes as printed.

>>> validate(compact("编号：ht - 2016（03）第 12 号")).value
'HT-2016（03）第12号'
>>> compact("（合同编号：HT-12）".lstrip("（"))
'HT-12'
>>> [problem.code for problem in validate("ABC-HI-2016").problems], candidates("ABC-HI-2016")
(['reference.letters'], ('ABC-HT-2016',))
"""

from __future__ import annotations

import re

from intake.fields import Problem, Verdict
from intake.types import Label
from intake.writing.width import balanced, trimmed

_MISSING_PROBLEM = Problem("reference.missing", "error", Label("没有编号。", "There is no reference."))
_LETTERS_PROBLEM = Problem(
    "reference.letters",
    "warning",
    Label("编号中的字母或符号可能读错，请核对。", "Letters or signs may be misread: compare them."),
)
_CAPTION = re.compile(r"^(?:合同)?编?号[：:]?|^NO[.:：]+", re.IGNORECASE)
# References abbreviate by the first letters of pinyin (HT 合同, XY 协议), and no syllable begins with I, U or V.
_MEANT = {"HI": "HT", "H1": "HT", "H7": "HT", "HL": "HT", "XV": "XY", "XU": "XY"}
_GROUP = re.compile(rf"(?<![A-Z0-9])({'|'.join(_MEANT)})(?![A-Z0-9])")

_SIGNS = re.compile(r"(?<=[A-Z0-9])[=~:：](?=[A-Z0-9])")  # dashes, doubled by a line below them or broken


def compact(text: str) -> str:
    """The reference without spaces and its caption, letters in upper case."""
    plain = _CAPTION.sub("", "".join(trimmed(text).split()).upper()).strip("-_/ ：")
    return plain if balanced(plain) else plain.rstrip("）)")


def validate(text: str) -> Verdict:
    """The verdict on a compact text: every text that is not empty is valid."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    return Verdict(text, (_LETTERS_PROBLEM,) if _GROUP.search(text) or _SIGNS.search(text) else ())


def candidates(text: str) -> tuple[str, ...]:
    """The reference with the letters that contracts use where others like them were read, and with dashes for signs."""
    plain = compact(text)
    meant = _SIGNS.sub("-", _GROUP.sub(lambda match: _MEANT[match[1]], plain))
    return (meant,) if meant != plain else ()
