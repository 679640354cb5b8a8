"""The number of an account permit 开户许可证 (人民币银行结算账户管理办法 and its rules, 2005).

Approval number 核准号: a letter for the kind of account (J basic, Z special, L temporary, …) and 13 digits, of which
the first four name the region; form number 编号: four digits, a dash and eight digits. Other forms are noted.

>>> validate(compact("J 3310 0123 4560 1")).value, validate(compact("3310-01234567")).problems
('J3310012345601', ())
>>> validate("X12").problems[0].code
'permit_number.form'
"""

from __future__ import annotations

import re

from intake.fields import Problem, Verdict
from intake.types import Label
from intake.writing.width import code

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
LANGUAGE = "eng"

_NOISE = re.compile(r"[^0-9A-Z-]")
_APPROVAL = re.compile(r"[A-Z][0-9]{13}")
_FORM = re.compile(r"[0-9]{4}-[0-9]{8}")

_MISSING_PROBLEM = Problem("permit_number.missing", "error", Label("没有核准号。", "There is no permit number."))
_FORM_PROBLEM = Problem(
    "permit_number.form",
    "warning",
    Label("核准号应为一个字母和13位数字，请核对。", "A permit number is a letter and 13 digits: compare it."),
)
_TO_DIGITS = str.maketrans("ODQILSZBG", "000115286")
_TO_LETTER = {"2": "Z", "1": "L", "7": "J", "I": "J", "]": "J"}
_LENGTH = 14


def compact(text: str) -> str:
    """Upper-case letters, digits and the dash alone."""
    return _NOISE.sub("", code(text)).strip("-")


def validate(text: str) -> Verdict:
    """The verdict on a compact number."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    known = _APPROVAL.fullmatch(text) or _FORM.fullmatch(text)
    return Verdict(text, () if known else (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """The number of 14 characters with a lookalike letter in front and lookalike digits behind.

    >>> candidates("73310O12345601")
    ('J3310012345601',)
    """
    plain = compact(text)
    if len(plain) != _LENGTH:
        return ()
    changed = _TO_LETTER.get(plain[0], plain[0]) + plain[1:].translate(_TO_DIGITS)
    return (changed,) if changed != plain and _APPROVAL.fullmatch(changed) else ()
