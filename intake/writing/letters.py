"""Characters as an engine read them, with what it all but read instead; and the known words that these would make.

What is chosen here was read, if not as the likeliest: nothing is chosen that the engine did not think of.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

SHORT = 0.1
"""Probability from which a rival may make a word of two characters: of so short ones some stand everywhere."""

LONG = 0.02
"""Probability from which a rival may make a longer word."""

_PAIR = 2
_PASSES = 2  # a word may have two misread characters beside each other


@dataclass(frozen=True, slots=True)
class Letter:
    """One character as read, its probability, and its rivals with theirs, the likeliest first."""

    character: str
    sure: float
    rivals: tuple[tuple[str, float], ...] = ()

    def chance(self, character: str) -> float:
        """The probability of another character in this place; 0 where the engine did not think of it."""
        return dict(self.rivals).get(character, 0.0)


def written(letters: Sequence[Letter]) -> str:
    """The characters as read.

    >>> written([Letter("设", 1.0), Letter("各", 0.7, (("备", 0.28),))])
    '设各'
    """
    return "".join(letter.character for letter in letters)


def exchanged(text: str, exchanges: dict[int, str]) -> str:
    """A text with other characters at some places.

    >>> exchanged("机械设各", {3: "备"})
    '机械设备'
    """
    return "".join(exchanges.get(place, character) for place, character in enumerate(text))


def known_words(letters: Sequence[Letter], words: AbstractSet[str]) -> dict[int, str]:
    """Rivals, by place, that make a known word where none stands as read; the longest word decides.

    >>> known_words([Letter("设", 1.0), Letter("各", 0.7, (("备", 0.28),))], {"设备"})
    {1: '备'}
    >>> known_words([Letter("设", 1.0), Letter("各", 0.7, (("备", 0.28),))], {"设备", "设各"})
    {}
    """
    chosen: dict[int, str] = {}
    lengths = sorted({len(word) for word in words})
    for _ in range(_PASSES):
        text = exchanged(written(letters), chosen)
        for place, letter in enumerate(letters):
            if place in chosen or not letter.rivals or _longest(text, place, words, lengths):
                continue
            made = max(_made(text, place, letter, words, lengths), default=None)
            if made is not None:
                chosen[place] = made[2]
    return dict(sorted(chosen.items()))


def _made(
    text: str, place: int, letter: Letter, words: AbstractSet[str], lengths: Sequence[int]
) -> list[tuple[int, float, str]]:
    """The words that the rivals of one letter make: length, probability, rival."""
    found = []
    for rival, chance in letter.rivals:
        size = _longest(exchanged(text, {place: rival}), place, words, lengths)
        if size and chance >= (SHORT if size == _PAIR else LONG):
            found.append((size, chance, rival))
    return found


def _longest(text: str, place: int, words: AbstractSet[str], lengths: Sequence[int]) -> int:
    """The length of the longest known word that covers a place of a text; 0 for none."""
    for size in reversed(lengths):
        starts = range(max(0, place - size + 1), min(place, len(text) - size) + 1)
        if any(text[start : start + size] in words for start in starts):
            return size
    return 0
