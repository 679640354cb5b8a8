"""Registration number 注册号 of a business (GS 15-2006): 15 digits.

Positions 1 to 6 are the region of the registering authority, 7 to 14 a sequence number, 15 the check digit (ISO 7064
MOD 11,10). The numbers of cooperatives 农民专业合作社 have NA behind the region and no check digit that anybody could
prove: ``330106NA000012X``. Licenses before 2007 carry 13 digits, or 8 (those of the national code of legal persons,
with or without its check character), and foreign-invested companies a text such as ``企独浙杭总字第000001号``, behind
which the district may stand: all these have no check digit either and are accepted with a note. Digits of other lengths
are more often pieces of a number, so they are doubted.

>>> validate("330106000012345").problems[0].code
'registration_number.check_digit'
>>> validate("330106000012340").problems
()
>>> validate("3301062001234").problems[0].code
'registration_number.old_form'
>>> validate("330106NA000012X").problems[0].code, validate("33010600001234").problems[0].severity
('registration_number.cooperative', 'warning')
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_10

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import organization_code
from intake.writing.lookalikes import repairs
from intake.writing.width import code

ALPHABET = "0123456789NAX"
LANGUAGE = "eng"
TRAITS = Traits(checked=True, copied=True)
LENGTH = 15

_DIGITS = "0123456789"
_BRACKETS = str.maketrans("[]【】〔〕{}—–−", "()()()()---")
_WIDE = str.maketrans("()", "（）")
_NUMBER = r"\d{1,2}[-/]\d{1,2}"
_COPY_MARK = re.compile(rf"\({_NUMBER}\)?$|\(?[正副]本(?:\(?{_NUMBER}\)?)?\)?(?:\(?{_NUMBER}\)?)?$")
_BARE_MARK = re.compile(rf"{_NUMBER}\)?$")
_PLACE = re.compile(r"\([^()]*\)$")
_LABEL = re.compile(r"^(?:NO|N0|№|编号|注册号|号)?[.:：。]*")
_COOPERATIVE = re.compile(r"[0-9]{6}NA[0-9]{6}[0-9X]")
_OLD = re.compile(r"[0-9]{13}|[0-9]{8}")
_PIECE = re.compile(r"[0-9]{6,14}")
_PROVINCES = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云滇黔藏陕甘青宁新蒙国"
_WRITTEN = re.compile(
    rf"(?!.*(?:[税核证许]|名称|备案))(?:[企工外独合个私]|[{_PROVINCES}])[\u4e00-\u9fff]{{1,12}}字第?[0-9A-Z]{{4,12}}号?"
    r"(?:（[\u4e00-\u9fff]{1,6}）)?"
)

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
_COOPERATIVE_NOTE = Problem(
    "registration_number.cooperative",
    "info",
    Label(
        "农民专业合作社的注册号，没有可验算的校验码。",
        "The number of a cooperative, whose check digit cannot be proved.",
    ),
)
_LENGTH_PROBLEM = Problem(
    "registration_number.length",
    "warning",
    Label(
        "注册号应为15位，旧号为13位或8位，请核对是否缺字。",
        "Numbers have 15 digits, old ones 13 or 8: see whether some lack.",
    ),
)


def compact(text: str) -> str:
    """The number without spaces, its caption and the mark of the copy (``(1/1)``, ``（副本）``, ``副本1-1``).

    A district in brackets belongs to a number in words, and to none in digits.

    >>> compact("注册号： 3301 0600 0012 340 (1-1)"), compact("3301062001234（副本）2-1")
    ('330106000012340', '3301062001234')
    >>> compact("企独沪总字第012345号(徐汇)"), compact("310000400012345（市局）")
    ('企独沪总字第012345号（徐汇）', '310000400012345')
    """
    plain = _COPY_MARK.sub("", _LABEL.sub("", code(text)).translate(_BRACKETS))
    marked = _BARE_MARK.sub("", plain)
    number = (marked if len(marked) >= LENGTH else plain).strip(".,:;-_")
    placeless = _PLACE.sub("", number)
    return placeless if placeless.isascii() else number.translate(_WIDE)


def validate(text: str) -> Verdict:
    """The verdict on a compact number; a text of no known form has no value."""
    if re.fullmatch(r"[0-9]{15}", text):
        return Verdict(text, () if mod_11_10.is_valid(text) else (_CHECK_PROBLEM,))
    if _COOPERATIVE.fullmatch(text):
        return Verdict(text, (_COOPERATIVE_NOTE,))
    if _OLD.fullmatch(text) or _WRITTEN.fullmatch(text) or _is_national(text):
        return Verdict(text, (_OLD_NOTE,))
    return Verdict(text, (_LENGTH_PROBLEM,)) if _PIECE.fullmatch(text) else Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """Numbers of 15 digits one confusion away whose check digit holds; one in words with its 字 mended.

    >>> candidates("企独浙杭总宇第000001号")
    ('企独浙杭总字第000001号',)
    """
    plain = compact(text)
    mended = re.sub(r"[宇学子](?=第?[0-9])", "字", plain)
    if mended != plain and _WRITTEN.fullmatch(mended):
        return (mended,)
    return repairs(plain, _DIGITS, mod_11_10.is_valid) if len(plain) == LENGTH else ()


def _is_national(text: str) -> bool:
    """Whether a text is a code of legal persons with its check character, which proves it: 14390000-1."""
    match = re.fullmatch(r"([0-9]{8})-([0-9X])", text)
    return match is not None and organization_code.holds(match[1] + match[2])
