"""The office that issued a paper: registration office, police, tax office.

An ending other than those of offices (局, 分局, 所, 厅, 委员会, 行 …) is only noted.

>>> validate(compact("杭州市公安局 西湖分局")).problems
()
>>> validate("杭州市公安").problems[0].code
'authority.ending'
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.letters import Letter, known_words
from intake.writing.width import trimmed

# What ends it: the date below it, the rim of the seal; behind 局 only a further office (分局, 所, 大队) is part of it.
TRAITS = Traits(wraps=True, worded=True, end=r"[\d<>《》|]|(?<=局)(?=[^局所处队心厅室会行部]+$).+")

_MISSING_PROBLEM = Problem("authority.missing", "error", Label("没有发证机关。", "There is no issuing office."))
_ENDING_NOTE = Problem(
    "authority.ending",
    "info",
    Label("机关名称的结尾不常见，请核对是否完整。", "The ending is unusual: see whether the name is complete."),
)
_NAMES = (
    "自治区 自治州 自治县 自治旗 公安局 公安厅 公安分局 分局 工商行政管理局 市场监督管理局 行政审批局 行政审批服务局 "
    "行政管理局 监督管理局 管理局 税务局 国家税务局 地方税务局 民政局 民政厅 派出所 管理委员会 政务服务"
)
_WORDS = frozenset(_NAMES.split())
_ENDINGS = ("局", "所", "厅", "委员会", "行", "部", "处", "中心", "院", "署", "会", "政府", "支队", "大厅", "总队")


def compact(text: str) -> str:
    """The text on one line, full-width punctuation between Chinese characters."""
    return trimmed(text)


def validate(text: str) -> Verdict:
    """The verdict on a compact name."""
    if not text:
        return Verdict(None, (_MISSING_PROBLEM,))
    return Verdict(text, () if text.endswith(_ENDINGS) else (_ENDING_NOTE,))


def choose(letters: Sequence[Letter]) -> dict[int, str]:
    """What was all but read, by place, of the words that names of offices are made of.

    >>> read = [*(Letter(one, 1.0) for one in "恭城瑶族"), Letter("白", 0.8, (("自", 0.15),))]
    >>> choose([*read, *(Letter(one, 1.0) for one in "治县公安局")])
    {4: '自'}
    """
    return known_words(letters, _WORDS)
