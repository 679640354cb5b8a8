"""Unified social credit code 统一社会信用代码, 18 characters (GB 32100-2015).

Clause 4: the letters I, O, S, V and Z are not used. Position 1 names the registering authority (clause 4.1 and its
amendments: 1 staffing offices, 2 foreign affairs, 3 justice, 4 culture, 5 civil affairs, 6 tourism, 7 religion, 8 trade
unions, 9 industry and commerce, A the Central Military Commission, N agriculture, Y others), position 2 the kind of
body, 3 to 8 the region (GB/T 2260, digits), 9 to 17 the organization code (GB 11714), 18 the check character modulo 31.

The format rule is ours: python-stdnum's also refuses the authorities A, N and Y; only its check character is used.
A wrong check character is an error with a value, for codes of the pilot years are in use that do not follow the rule.
The organization code inside has a check character of its own, the ninth, modulo 11 (GB 11714-1997): where it alone
fails, two characters may have been misread.

>>> validate("91330106MA2AB12C3N").value
'91330106MA2AB12C3N'
>>> [problem.code for problem in validate("91330106MA2AB12C31").problems]
['uscc.check_digit']
>>> validate("9133").value is None
True
"""

from __future__ import annotations

import re

from stdnum.cn import uscc as standard

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.lookalikes import repairs
from intake.writing.organization_code import holds as organization_code_holds
from intake.writing.width import code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LANGUAGE = "eng"
TRAITS = Traits(checked=True, copied=True, encoded=r"(?<![0-9A-Z])[1-9A-Z][0-9A-Z]{17}(?![0-9A-Z])")
LENGTH = 18
AUTHORITIES = "123456789ANY"

_NOISE = re.compile(r"[^0-9A-Z]")
_REGION = re.compile(r"[0-9]{6}")

_LENGTH_PROBLEM = Problem(
    "uscc.length", "error", Label("统一社会信用代码应为18位。", "A credit code has 18 characters.")
)
_ALPHABET_PROBLEM = Problem(
    "uscc.alphabet",
    "error",
    Label("统一社会信用代码不使用字母 I、O、S、V、Z。", "A credit code never holds I, O, S, V or Z."),
)
_REGION_PROBLEM = Problem(
    "uscc.region",
    "error",
    Label("第3至8位应为数字（登记机关行政区划码）。", "Characters 3 to 8 must be digits (the region)."),
)
_AUTHORITY_PROBLEM = Problem(
    "uscc.authority", "warning", Label("第1位不是已知的登记管理部门代码。", "Character 1 names no known authority.")
)
_CHECK_PROBLEM = Problem(
    "uscc.check_digit",
    "error",
    Label("统一社会信用代码的校验码不符，请逐位核对。", "The check character does not hold: compare every character."),
)
_ORGANIZATION_PROBLEM = Problem(
    "uscc.organization_code",
    "warning",
    Label(
        "第9至17位（组织机构代码）的校验码不符。",
        "The check character of the organization code (9 to 17) does not hold.",
    ),
)


def compact(text: str) -> str:
    """Upper-case letters and digits alone."""
    return _NOISE.sub("", code(text))


def validate(text: str) -> Verdict:
    """The verdict on a compact code; only a wrong length or an impossible letter leaves it without a value."""
    if len(text) != LENGTH:
        return Verdict(None, (_LENGTH_PROBLEM,))
    if any(character not in ALPHABET for character in text):
        return Verdict(None, (_ALPHABET_PROBLEM,))
    problems = []
    if text[0] not in AUTHORITIES:
        problems.append(_AUTHORITY_PROBLEM)
    if not _REGION.fullmatch(text[2:8]):
        problems.append(_REGION_PROBLEM)
    if not _checks(text):
        problems.append(_CHECK_PROBLEM)
    elif not organization_code_holds(organization_code(text)):
        problems.append(_ORGANIZATION_PROBLEM)
    return Verdict(text, tuple(problems))


def candidates(text: str) -> tuple[str, ...]:
    """Codes one confusion away whose check characters both hold, those of industry and commerce (9) first.

    >>> candidates("9133O106MA2AB12C3N")
    ('91330106MA2AB12C3N',)
    """
    plain = compact(text)
    if len(plain) != LENGTH:
        return ()
    found = repairs(plain, ALPHABET, lambda code: not validate(code).problems)
    return tuple(sorted(found, key=lambda code: code[0] != "9"))


def region(value: str) -> str:
    """The six digits of the region of the registering authority (GB/T 2260)."""
    return value[2:8]


def organization_code(value: str) -> str:
    """The nine characters of the organization code 组织机构代码 (GB 11714)."""
    return value[8:17]


def _checks(text: str) -> bool:
    return bool(standard.calc_check_digit(text[:17]) == text[17])
