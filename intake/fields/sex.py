"""Sex as printed on ID cards: 男 or 女 (GB/T 2261.1).

>>> validate(compact(" 男 ")).value, validate(compact("性别女")).value, validate("人").value
('男', '女', None)
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

VALUES = ("男", "女")

# Characters that engines give for a blurred 男 or 女.
TRAITS = Traits(look="[男女]")

_ALIKE = {"男": "界勇易畀苗旯甼田", "女": "文安汝交攵妇"}
_FORM_PROBLEM = Problem("sex.form", "error", Label("性别应为“男”或“女”。", "Sex is 男 or 女."))


def compact(text: str) -> str:
    """The text without spaces and without its caption."""
    return trimmed(text).removeprefix("性别").strip("：:")


def validate(text: str) -> Verdict:
    """The verdict on a compact text."""
    return Verdict(text) if text in VALUES else Verdict(None, (_FORM_PROBLEM,))


def candidates(text: str) -> tuple[str, ...]:
    """The sex whose character looks like what was read.

    >>> candidates("界")
    ('男',)
    """
    plain = compact(text)
    return tuple(value for value in VALUES if any(character in value + _ALIKE[value] for character in plain))


def display(value: str, language: str) -> str:
    """The sex in words of that language.

    >>> display("男", "zh"), display("女", "en")
    ('男', 'female')
    """
    return value if language.startswith("zh") else {"男": "male", "女": "female"}[value]
