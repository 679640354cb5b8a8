"""Taxpayer identification number 纳税人识别号: 15, 17, 18 or 20 characters (税总发〔2015〕145号).

* 15: region (six digits, GB/T 2260) and organization code (nine characters, GB 11714), or an old ID number;
* 17: an old ID number and two digits; 18: the credit code (GB 32100), or an ID number (GB 11643);
* 20: an ID number and two digits.

The check characters inside decide for 18 and 20; of the 15 characters the organization code's own check is a hint
only, for offices also wrote provisional codes (with L or W) there.

>>> validate("91330106MA2AB12C3N").problems
()
>>> validate("330106199003078219").problems
()
>>> [problem.code for problem in validate("91330106MA2AB12C31").problems]
['taxpayer_number.check_digit']
"""

from __future__ import annotations

import re

from stdnum.cn import ric, uscc

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.lookalikes import repairs
from intake.writing.organization_code import holds as organization_code_holds
from intake.writing.width import code

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LANGUAGE = "eng"
MASK = (3, 4)
TRAITS = Traits(checked=True, copied=True)

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NOISE = re.compile(r"[^0-9A-Z]")
_REGIONAL = re.compile(r"[0-9]{6}[0-9A-Z]{9}")
_CREDIT = re.compile(rf"[1-9ANY][{_CREDIT_ALPHABET}][0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_PERSON = re.compile(r"[0-9]{17}[0-9X](?:[0-9]{2})?")
_OLD_PERSON = re.compile(r"[0-9]{15}[0-9]{2}")
_OLD_BIRTH = re.compile(r"[0-9]{6}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_BIRTH = re.compile(r"[0-9]{6}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_ID_LENGTH = 18
_REGIONAL_LENGTH = 15

_FORM_PROBLEM = Problem(
    "taxpayer_number.form",
    "error",
    Label("纳税人识别号应为15、17、18或20位。", "A taxpayer number has 15, 17, 18 or 20 characters."),
)
_CHECK_PROBLEM = Problem(
    "taxpayer_number.check_digit",
    "error",
    Label("纳税人识别号的校验码不符，请逐位核对。", "The check character does not hold: compare every character."),
)
_ORGANIZATION_PROBLEM = Problem(
    "taxpayer_number.organization_code",
    "warning",
    Label(
        "后9位（组织机构代码）的校验码不符。", "The check character of the organization code (last 9) does not hold."
    ),
)


def compact(text: str) -> str:
    """Upper-case letters and digits alone."""
    return _NOISE.sub("", code(text))


def validate(text: str) -> Verdict:
    """The verdict on a compact number; a text of no known form has no value."""
    if _OLD_PERSON.fullmatch(text):
        return Verdict(text)
    if _REGIONAL.fullmatch(text):
        return Verdict(text, () if _organization_plausible(text) else (_ORGANIZATION_PROBLEM,))
    if _CREDIT.fullmatch(text) or _PERSON.fullmatch(text):
        return Verdict(text, () if _checks(text) else (_CHECK_PROBLEM,))
    return Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """Numbers of 15, 18 or 20 characters one confusion away whose check character holds.

    >>> candidates("9133O106MA2AB12C3N")
    ('91330106MA2AB12C3N',)
    """
    plain = compact(text)
    if len(plain) == _REGIONAL_LENGTH and not _organization_plausible(plain):
        return repairs(plain, ALPHABET, lambda text: bool(_REGIONAL.fullmatch(text)) and _organization_plausible(text))
    return repairs(plain, _CREDIT_ALPHABET, _checks) if len(plain) in (_ID_LENGTH, _ID_LENGTH + 2) else ()


def personal(value: str) -> bool:
    """Whether the number begins with an ID number: that of a sole trader, or of a person who pays taxes.

    One whose check character does not hold, misread perhaps, still tells who it is; a credit code that holds does not.

    >>> [personal(value) for value in ("330106199003078219", "33010690030782101", "91330106MA2AB12C3N")]
    [True, True, False]
    """
    if len(value) < _ID_LENGTH:
        return bool(_OLD_BIRTH.match(value))
    head = value[:_ID_LENGTH]
    if not _BIRTH.fullmatch(head):
        return False
    return bool(ric.calc_check_digit(head) == head[-1]) or len(value) > _ID_LENGTH or not _checks(value)


def _organization_plausible(text: str) -> bool:
    """Whether the last nine are an organization code, or all 15 an old ID number with a possible birth date."""
    return organization_code_holds(text[6:]) or _OLD_BIRTH.fullmatch(text) is not None


def _checks(text: str) -> bool:
    head = text[:_ID_LENGTH]
    if _PERSON.fullmatch(text) and ric.calc_check_digit(head) == head[-1]:
        return True
    return bool(_CREDIT.fullmatch(text)) and bool(uscc.calc_check_digit(text[:-1]) == text[-1])
