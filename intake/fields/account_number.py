"""A bank account number 账号: digits, without a common check digit (each bank has its own scheme).

Other lengths than 8 to 32 digits are unusual: the value stands, with a warning.

>>> validate(compact("3301 0401 6000 1234 567")).value
'3301040160001234567'
>>> validate("1234").problems[0].code, validate("12A4567").value
('account_number.length', None)
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.lookalikes import repairs
from intake.writing.width import code

ALPHABET = "0123456789"
LANGUAGE = "eng"
MASK = (0, 4)

TRAITS = Traits(look=r"[0-9]{9,25}")

_NOISE = re.compile(r"[^0-9A-Z]")
_DIGITS = re.compile(r"[0-9]+")
_SHORTEST = 8
_LONGEST = 32

_FORM_PROBLEM = Problem("account_number.form", "error", Label("账号只含数字。", "An account number holds digits only."))
_LENGTH_PROBLEM = Problem(
    "account_number.length",
    "warning",
    Label("账号的位数不寻常，请核对。", "The number of digits is unusual: compare it."),
)


def compact(text: str) -> str:
    """Digits and letters alone."""
    return _NOISE.sub("", code(text))


def validate(text: str) -> Verdict:
    """The verdict on a compact number."""
    if not _DIGITS.fullmatch(text):
        return Verdict(None, (_FORM_PROBLEM,))
    return Verdict(text, () if _SHORTEST <= len(text) <= _LONGEST else (_LENGTH_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """For a text with letters, the numbers that lookalike digits give.

    >>> candidates("33O1040160")
    ('3301040160',)
    """
    plain = compact(text)
    if not plain or _DIGITS.fullmatch(plain):
        return ()
    return repairs(plain, ALPHABET, lambda number: bool(_DIGITS.fullmatch(number)))


def display(value: str, language: str) -> str:  # noqa: ARG001 - every kind is shown by (value, language)
    """The number in groups of four.

    >>> display("3301040160001234567", "zh")
    '3301 0401 6000 1234 567'
    """
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
