"""The office that issued a paper: registration office, police, tax office.

An ending other than those of offices (局, 分局, 所, 厅, 委员会, 行 …) is only noted.

>>> validate(compact("杭州市公安局 西湖分局")).problems
()
>>> validate("杭州市公安").problems[0].code
'authority.ending'
"""

from __future__ import annotations

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.width import trimmed

# What ends it: the date below it, the rim of the seal; behind 局 only a further office (分局, 所, 大队) is part of it.
TRAITS = Traits(wraps=True, worded=True, end=r"[\d<>《》|]|(?<=局)(?=[^局所处队心厅室会行部]+$).+")

_MISSING_PROBLEM = Problem("authority.missing", "error", Label("没有发证机关。", "There is no issuing office."))
_ENDING_NOTE = Problem(
    "authority.ending",
    "info",
    Label("机关名称的结尾不常见，请核对是否完整。", "The ending is unusual: see whether the name is complete."),
)
_ENDINGS = ("局", "所", "厅", "委员会", "行", "部", "处", "中心", "院", "署", "会", "政府", "支队", "大厅", "总队")


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    return Verdict(text, () if text.endswith(_ENDINGS) else (_ENDING_NOTE,))
