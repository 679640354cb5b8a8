r"""A long text of several lines, such as the scope of business 经营范围; its own punctuation stays.

>>> validate(compact("批发、零售：\n日用 百货。")).value
'批发、零售：日用百货。'
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing import scope
from intake.writing.letters import Letter
from intake.writing.width import plain

_LOOK = (
    rf"(?:(?:一般|许可)(?:经营)?项目|主营|兼营):.{{4,}}|(?!.*公司$).{{2,}}(?:{scope.WORK})[、;,(].{{3,}}"
    rf"|(?:{scope.WORK}).{{2,}}[、;,].{{2,}}"
)
TRAITS = Traits(wraps=True, worded=True, prose=True, look=_LOOK)

_MISSING_PROBLEM = Problem("long_text.missing", "error", Label("没有内容。", "There is no text."))


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return plain(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact text: every text that is not empty is valid."""
    return Verdict(text) if text else Verdict(None, (_MISSING_PROBLEM,))


def choose(letters: Sequence[Letter]) -> dict[int, str]:
    """What was all but read and stands better in a scope of business, by place."""
    return scope.choose(letters)
