"""Registration number 注册号 of a business (GS 15-2006): 15 digits.

Positions 1 to 6 are the region of the registering authority, 7 to 14 a sequence number, 15 the check digit (ISO 7064
MOD 11,10). Licenses before 2007 carry 13 digits, 8 or other short forms, and foreign-invested companies a text such as
``企独浙杭总字第000001号``: these have no check digit and are accepted with a note.

>>> validate("330106000012345").problems[0].code
'registration_number.check_digit'
>>> validate("330106000012340").problems
()
>>> validate("3301062001234").problems[0].code
'registration_number.old_form'
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_10

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.lookalikes import repairs
from intake.writing.width import code

ALPHABET = "0123456789"
LANGUAGE = "eng"
TRAITS = Traits(checked=True, copied=True)
LENGTH = 15

_COPY_MARK = re.compile(r"[（(]?\d{1,2}[-/]\d{1,2}[）)]?$|[（(][^（()）]*[)）]$")
_LABEL = re.compile(r"^(?:NO|N0|№|编号|注册号|号)?[.:：。]*")
_OLD = re.compile(r"[0-9]{6,14}")
_WRITTEN = re.compile(r"[企工].{2,12}字第?[0-9A-Z]{4,8}号?")

_FORM_PROBLEM = Problem(
    "registration_number.form",
    "error",
    Label("注册号应为15位数字（旧号较短）。", "A registration number has 15 digits (old ones fewer)."),
)
_CHECK_PROBLEM = Problem(
    "registration_number.check_digit",
    "error",
    Label("注册号的校验码不符，请逐位核对。", "The check digit does not hold: compare every digit."),
)
_OLD_NOTE = Problem(
    "registration_number.old_form",
    "info",
    Label("旧式注册号，没有校验码。", "A registration number of an old form, without a check digit."),
)


def compact(text: str) -> str:
    """The number without spaces, its caption and the mark of the copy (``(1/1)``, ``（副本）``).

    >>> compact("注册号： 3301 0600 0012 340 (1-1)")
    '330106000012340'
    """
    plain = _LABEL.sub("", code(text))
    marked = _COPY_MARK.sub("", plain)
    return marked.strip(".,:;-_") if len(marked) >= LENGTH else plain.strip(".,:;-_")


def validate(text: str) -> Verdict:
    """The verdict on a compact number; a text of no known form has no value."""
    if re.fullmatch(r"[0-9]{15}", text):
        return Verdict(text, () if mod_11_10.is_valid(text) else (_CHECK_PROBLEM,))
    if _OLD.fullmatch(text) or _WRITTEN.fullmatch(text):
        return Verdict(text, (_OLD_NOTE,))
    return Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """Numbers of 15 digits one confusion away whose check digit holds."""
    plain = compact(text)
    return repairs(plain, ALPHABET, mod_11_10.is_valid) if len(plain) == LENGTH else ()
