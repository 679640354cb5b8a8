"""Citizen identification number 公民身份号码 (GB 11643-1999): 18 characters, or 15 digits on cards before 1999.

Positions 1 to 6 are the region (GB/T 2260; the first two name the province), 7 to 14 the birth date ``YYYYMMDD``,
15 to 17 a sequence whose last digit is odd for men and even for women, 18 the check character (ISO 7064 MOD 11-2;
``X`` is ten).
The old form has a birth year of two places (19YY) and no check character: it is valid, with a note.

81, 82 and 83 begin the numbers of residence permits for people from Hong Kong, Macao and Taiwan; a 9 before the
province begins those of foreign permanent residents (2023 form). Counties are not looked up: their codes changed too
often for a refusal to be right.

>>> validate("330106199003078219").value
'330106199003078219'
>>> [problem.code for problem in validate("330106199002308211").problems]
['id_number.birth_date']
>>> validate("33010690030782").value is None
True
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric as standard

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.dates import FIRST_YEAR, LAST_YEAR
from intake.writing.lookalikes import repairs
from intake.writing.width import code

ALPHABET = "0123456789X"
LANGUAGE = "eng"
MASK = (3, 4)
TRAITS = Traits(checked=True)

# GB/T 2260-2007, the first two digits; 81 to 83 also stand for residence permits (2018).
_TABLE = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
PROVINCES = frozenset(_TABLE.split())
FOREIGN_RESIDENT = "9"

_FORM = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_NOISE = re.compile(r"[^0-9A-Z]")
_NEW = 18

_FORM_PROBLEM = Problem(
    "id_number.form",
    "error",
    Label(
        "公民身份号码应为18位（旧号15位）数字，末位可为X。", "An ID number has 18 digits (old: 15); the last may be X."
    ),
)
_REGION_PROBLEM = Problem(
    "id_number.region", "error", Label("号码前两位不是已知的省级代码。", "The first two digits name no province.")
)
_BIRTH_PROBLEM = Problem(
    "id_number.birth_date",
    "error",
    Label("号码中的出生日期不存在。", "The birth date inside the number does not exist."),
)
_CHECK_PROBLEM = Problem(
    "id_number.check_digit",
    "error",
    Label("公民身份号码的校验码不符，请逐位核对。", "The check character does not hold: compare every digit."),
)
_OLD_NOTE = Problem(
    "id_number.old_form",
    "info",
    Label("15位旧号码，没有校验码。", "An old number of 15 digits, without a check character."),
)


def compact(text: str) -> str:
    """Digits and letters alone; the multiplication sign is the printed X."""
    return _NOISE.sub("", code(text.replace("×", "X").replace("✕", "X")))


def validate(text: str) -> Verdict:
    """The verdict on a compact number; only a wrong length or letter leaves it without a value."""
    if not _FORM.fullmatch(text):
        return Verdict(None, (_FORM_PROBLEM,))
    problems = []
    if not _region_known(text):
        problems.append(_REGION_PROBLEM)
    if birth_date(text) is None:
        problems.append(_BIRTH_PROBLEM)
    if len(text) != _NEW:
        problems.append(_OLD_NOTE)
    elif standard.calc_check_digit(text) != text[-1]:
        problems.append(_CHECK_PROBLEM)
    return Verdict(text, tuple(problems))


def candidates(text: str) -> tuple[str, ...]:
    """Numbers one confusion away whose region, birth date and check character all hold.

    >>> candidates("33O106199003078219")
    ('330106199003078219',)
    """
    plain = compact(text)
    if len(plain) != _NEW:
        return ()
    return repairs(plain, ALPHABET, lambda number: not validate(number).problems)


def birth_date(value: str) -> date | None:
    """The birth date inside a number of either form; ``None`` where no calendar has it.

    >>> birth_date("330106199003078219"), birth_date("330106900307821")
    (datetime.date(1990, 3, 7), datetime.date(1990, 3, 7))
    """
    digits = value[6:14] if len(value) == _NEW else f"19{value[6:12]}"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if FIRST_YEAR <= born.year <= LAST_YEAR else None


def sex(value: str) -> str:
    """``男`` or ``女``, from the sequence number.

    >>> sex("330106199003078219"), sex("330106900307821")
    ('男', '男')
    """
    return "男" if int(value[:17][-1]) % 2 else "女"


def _region_known(text: str) -> bool:
    if text[:2] in PROVINCES:
        return True
    return len(text) == _NEW and text[0] == FOREIGN_RESIDENT and text[1:3] in PROVINCES
