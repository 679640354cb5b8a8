"""Characters that scanners and engines take for one another, and the texts one such mistake away.

Used to *offer* other values where a check digit does not hold, or where a reader all but read them; nothing is ever
repaired with it silently.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

# Most common confusion first; drawn from how the OCR-B and Songti digits of the papers break down in photocopies.
_TABLE = (
    "8B 0O 0D 0Q 1I 1L 5S 2Z 6G UV VY 1T 1J 7T MN HN EF PR XK CG 38 56 06 89 17 08 69 3B 4A 35 27 14 68 OD OQ DQ WM "
    "UJ 6B 9G WN"
)
# Common Chinese characters that differ by a stroke or by its length (形近字), in groups.
_HAN = (
    "己已巳 未末 土士 日曰 人入 大太犬 天夭 田由甲申 干千于 王玉壬 今令 木本术 力刀 手毛 乌鸟 贝见 午牛 失矢 "
    "折拆析 候侯 免兔 拨拔 晴睛 栗粟 戊戌戍 茶荼 崇祟 沪泸 乒乓兵 各备 石右 历厉 目且 万方 风凤 几儿 九丸 "
    "白自 住往 间问闻 洒酒 西酉 杨扬 枝技 埋理 鸣呜 徒徙 建健 钢纲 线钱 清请情 福副 宏弘 瑞端 丰羊 华毕 泰秦 "
    "恒桓 旺汪 昌吕 岛鸟 州洲 潮湖 朝期 明朋 朗郎 林材 雨两 永水冰 源原"
)
_PAIRS = [(pair[0], pair[1]) for pair in _TABLE.split()]
_MOST = 64  # ways to exchange what is outside the alphabet; a text with more is hopeless


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for one, other in _PAIRS:
        table[one] = table.get(one, "") + other
        table[other] = table.get(other, "") + one
    return table


_ALIKE = _table()
_GROUPS = tuple(frozenset(group) for group in _HAN.split())


def alike(one: str, other: str) -> bool:
    """Whether two characters are taken for one another in print.

    >>> alike("己", "已"), alike("8", "B"), alike("o", "0"), alike("己", "人")
    (True, True, True, False)
    """
    first, second = one.upper(), other.upper()
    return second in _ALIKE.get(first, "") or any({first, second} <= group for group in _GROUPS)


def repairs(text: str, alphabet: str, holds: Callable[[str], bool]) -> tuple[str, ...]:
    """Texts of ``alphabet`` near to ``text`` for which ``holds`` is true, the likeliest first; at most eight.

    Characters outside the alphabet are exchanged for lookalikes (in all ways); where that alone does not make ``holds``
    true, one further character may change. ``text`` itself is never among them.

    >>> repairs("1O", "0123456789", lambda text: int(text) % 10 == 0)
    ('10',)
    """
    forced = tuple(itertools.islice(_inside(text, alphabet), _MOST))
    exact = [candidate for candidate in forced if candidate != text and holds(candidate)]
    if exact:
        return tuple(exact[:8])
    near = {candidate: None for base in forced for candidate in _one_away(base, alphabet) if holds(candidate)}
    return tuple(candidate for candidate in near if candidate != text)[:8]


def _inside(text: str, alphabet: str) -> Iterator[str]:
    choices = [
        character if character in alphabet else [other for other in _ALIKE.get(character, "") if other in alphabet]
        for character in text
    ]
    return ("".join(parts) for parts in itertools.product(*choices))


def _one_away(text: str, alphabet: str) -> Iterator[str]:
    ranked = [
        (rank, position, other)
        for position, character in enumerate(text)
        for rank, other in enumerate(_ALIKE.get(character, ""))
        if other in alphabet
    ]
    for _, position, other in sorted(ranked):
        yield text[:position] + other + text[position + 1 :]
