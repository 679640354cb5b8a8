"""What is written where there is nothing to write: strokes and stars that fill a line, and words such as 无."""

from __future__ import annotations

import re

_WORDS = "无 空 空白 暂无 略 同上 待定 待填 未填 未填写 未登记 以下空白 此处空白 此栏空白 无字号 未登记字号 无名称"
_SAID = re.compile(r"[^\W_]")
_HIDDEN = re.compile(r"[*＊×✕□■�?？_=<>|\\^~]|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|^[^某]{1,2}某[某甲乙丙丁]?$")
_BRACKETS = "()（）[]【】〔〕"


def says_nothing(text: str) -> bool:
    """Whether a text only fills its place: no letter or digit in it, or a word for nothing.

    >>> [says_nothing(one) for one in ("******", "——/——", "____", "无", "（空白）", "")]
    [True, True, True, True, True, True]
    >>> says_nothing("无锡"), says_nothing("3"), says_nothing("𬭎")
    (False, False, False)
    """
    return _SAID.search(text) is None or text.strip(_BRACKETS) in _WORDS.split()


def is_hidden(text: str) -> bool:
    """Whether letters of a name are left out or no letters: 某××公司, 某**公司, XX公司, 李某某.

    >>> is_hidden("某××公司"), is_hidden("XX公司"), is_hidden("李某某"), is_hidden("EXXON（中国）公司")
    (True, True, True, False)
    """
    return _HIDDEN.search(text) is not None
