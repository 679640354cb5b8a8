"""A person's name as printed: two to six Chinese characters, longer with the dot ``·`` (GB 18030: A1A4), or Latin.

One of two to four characters whose surname is not known is noted: it may be a rare one, or misread.

>>> validate(compact("张 三")).value, validate(compact("买买提•艾力")).value
('张三', '买买提·艾力')
>>> validate("壬小明").problems[0].code
'person_name.surname'
>>> compact("张三·")
'张三'
>>> validate(compact("张3")).problems[0].code, validate(compact("")).value
('person_name.characters', None)
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.surnames import surname
from intake.writing.width import is_han, trimmed

TRAITS = Traits(together=True)

_DOTS = str.maketrans({"•": "·", "・": "·", "．": "·", "‧": "·", "●": "·", "∙": "·", "⋅": "·"})
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'-]+")
_LONGEST = 6
_LONGEST_DOTTED = 24

_MISSING_PROBLEM = Problem("person_name.missing", "error", Label("没有姓名。", "There is no name."))
_CHARACTER_PROBLEM = Problem(
    "person_name.characters", "warning", Label("姓名中有不寻常的字符。", "The name holds unusual characters.")
)
_LENGTH_PROBLEM = Problem(
    "person_name.length", "warning", Label("姓名的字数不寻常。", "The name has an unusual length.")
)
_SURNAME_NOTE = Problem(
    "person_name.surname",
    "info",
    Label("姓氏不常见，请对照原件。", "The surname is unusual: compare it with the paper."),
)
_USUAL = 4  # characters of a Chinese name with a compound surname; longer ones are written out from other languages


def compact(text: str) -> str:
    """The name without spaces between Chinese characters, every separation dot as ``·``, none at its ends."""
    plain = trimmed(text.translate(_DOTS))
    return plain.replace(".", "·").strip("·") if plain and is_han(plain[0]) else plain


def validate(text: str) -> Verdict:
    """The verdict on a compact name; an odd name is still a name."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    if _LATIN.fullmatch(text):
        return Verdict(text)
    if not all(is_han(character) or character == "·" for character in text):
        return Verdict(text, (_CHARACTER_PROBLEM,))
    longest = _LONGEST_DOTTED if "·" in text else _LONGEST
    if not 1 < len(text) <= longest:
        return Verdict(text, (_LENGTH_PROBLEM,))
    usual = len(text) > _USUAL or "·" in text or surname(text)
    return Verdict(text, () if usual else (_SURNAME_NOTE,))
