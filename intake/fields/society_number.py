"""The old registration number of a social organisation 社会团体, 社证字第…号 (登记证号, until the credit code of 2016).

The offices of civil affairs number the certificates that they issue under 社会团体登记管理条例 (State Council order 250
of 1998, revised 2016). Where the registrar is not the ministry, the short name of the place stands before it:
``社证字第0001号``, ``浙社证字第0123号``, ``（闽）社证字第0123号``. A branch 分支机构 adds a number of its own:
``社证字第0001-14号``. There is no check digit. Brackets are full-width; other wordings (社登字) are noted.

>>> validate(compact("登记证号： (浙) 社证字第 0123 号")).value, validate("社证字第0001-14号").problems
('（浙）社证字第0123号', ())
>>> validate("浙社证宇第0123号").problems[0].code, candidates("浙社证宇第O123号")
('society_number.form', ('浙社证字第0123号',))
>>> validate("第号").value is None
True
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import code

TRAITS = Traits(end=r"(?<=\d号).+")

_PLACE = r"(?:（[\u4e00-\u9fff]{1,4}）|[\u4e00-\u9fff]{1,4})?"  # 浙, 京民, （闽）
_FORM = re.compile(_PLACE + r"社证字第\d{1,9}(?:-\d{1,4})?号")
_WRITTEN = re.compile(r"[（）\u4e00-\u9fff]{1,12}第?[0-9A-Z]{1,9}(?:-[0-9]{1,4})?号?")
_LABEL = re.compile(r"^(?:登记证号|登记证书号|证书号|社证号|证号|编号|NO|№)?[.:;：；]*")
_MISREAD = re.compile(r"[社杜仕壮][证征正][字宇学子]第?(?P<number>[0-9A-Z]{1,9}(?:-[0-9]{1,4})?)号?$")
_TO_DIGITS = str.maketrans("ODQILSZB", "00011528")
_WIDE = str.maketrans({"(": "（", ")": "）", "[": "（", "]": "）", "〔": "（", "〕": "）", "—": "-", "–": "-"})

_MISSING_PROBLEM = Problem("society_number.missing", "error", Label("没有登记证号。", "There is no number."))
_FORM_PROBLEM = Problem(
    "society_number.form",
    "warning",
    Label("登记证号一般写作“社证字第…号”，请核对。", "The usual form is 社证字第…号: compare it with the paper."),
)


def compact(text: str) -> str:
    """The number without spaces and its caption, in half-width digits and full-width brackets."""
    return _LABEL.sub("", code(text).translate(_WIDE)).strip(".,:;。，-_'|")


def validate(text: str) -> Verdict:
    """The verdict on a compact number; a text without digits behind its words has no value."""
    if _FORM.fullmatch(text):
        return Verdict(text)
    if _WRITTEN.fullmatch(text) and any(character.isdigit() for character in text):
        return Verdict(text, (_FORM_PROBLEM,))
    return Verdict(None, (_MISSING_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """The number in its usual form where one of 社, 证, 字 or a digit was taken for its lookalike.

    >>> candidates("杜证字第123号"), candidates("社证字第123号")
    (('社证字第123号',), ())
    """
    plain = compact(text)
    misread = _MISREAD.search(plain)
    if misread is None:
        return ()
    number = misread["number"].translate(_TO_DIGITS)
    mended = f"{plain[: misread.start()]}社证字第{number}号"
    return (mended,) if mended != plain and _FORM.fullmatch(mended) else ()
