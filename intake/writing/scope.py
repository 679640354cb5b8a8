"""How a scope of business 经营范围 is written: where its marks can stand.

Items are parted by ``；`` and things of one item by ``、``; a ``：`` follows a heading alone: the kind of the items
(一般项目) or the trades for which what follows is listed (批发、零售：…). So are scopes printed that follow the
经营范围规范表述目录 of the State Administration for Market Regulation, and so do older ones; GB/T 15834-2011 on marks.
Dots and tails of marks are the first that a photograph loses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.writing.letters import Letter, known_words, written
from intake.writing.scope_words import WORDS

WORK = "销售|批发|零售|服务|制造|加工|生产|咨询|租赁|开发|安装|维修|经营|施工|设计|养殖|种植"
"""What a business does, as most scopes name it: one of these tells a scope from other text."""
_TRADE = (
    rf"{WORK}|制作|批零|购销|收购|经销|代销|代购|研发|研制|研究|调试|维护|修理|保养|出租|代理|承接|承办|承包|从事|提供|组装|"
    "装配|进出口|印刷|仓储|运输|兼营|主营|网上|委托|以下|以上|其中|分支机构|限|仅"
)
_TRADES = rf"(?:{_TRADE})(?:[、和与及兼]?(?:{_TRADE}))*"
_HEADING = re.compile(
    rf"(?:{_TRADES}|(?:许可|一般|前置|后置|法律|特许)[^；。：]{{0,12}}|[^；。：]{{0,24}}(?:项目|范围|如下|包括|下列|为|业务有))"
)
_ITEM = re.compile(r"[；;。：:（）()]")
_LIST = re.compile(r"(?:许可|一般)(?:经营)?项目$")
_ENDS_TRADE = re.compile(rf"(?:{_TRADE})$")
_BEGINS_TRADE = re.compile(rf"(?:{_TRADE})(?:[、，；：。的及和与]|$)")
_CLEAR = 0.2  # probability from which a mark's rival is taken where either could stand


def choose(letters: Sequence[Letter]) -> dict[int, str]:
    """Rivals, by place, that stand where what was read cannot: marks first, then letters that make a known word.

    >>> colon = Letter("：", 0.98, (("；", 0.017),))
    >>> choose([*map(lambda one: Letter(one, 1.0), "日用品销售"), colon, Letter("咨", 1.0)])
    {5: '；'}
    >>> choose([*map(lambda one: Letter(one, 1.0), "批发、销售"), colon, Letter("茶", 1.0)])
    {}
    """
    return known_words(letters, WORDS) | _marks(letters)


def _marks(letters: Sequence[Letter]) -> dict[int, str]:
    text = written(letters)
    chosen: dict[int, str] = {}
    for place, letter in enumerate(letters):
        before, after = text[:place], text[place + 1 :]
        mark = _mark(letter, before, after)
        if mark:
            chosen[place] = mark
            text = before + mark + after
    return chosen


def _mark(letter: Letter, before: str, after: str) -> str | None:
    """The mark in place of the one that was read; ``None`` where that one can stand."""
    item = _ITEM.split(before)[-1]
    if not item or not after:
        return None
    if letter.character in "：:" and letter.chance("；") and not _HEADING.fullmatch(item):
        return "；"
    if letter.character in "；;" and letter.chance("：") >= _CLEAR and _LIST.search(item):
        return "："
    if letter.character in "，," and letter.chance("、") >= _CLEAR:
        return "、" if _ENDS_TRADE.search(before) and _BEGINS_TRADE.match(after) else None
    return None
