"""Characters that scanners and engines take for one another, and the texts one such mistake away.

Used to *offer* other values where a check digit does not hold; nothing is ever repaired with it silently.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

# Most common confusion first; drawn from how the OCR-B and Songti digits of the papers break down in photocopies.
_TABLE = (
    "8B 0O 0D 0Q 1I 1L 5S 2Z 6G UV VY 1T 1J 7T MN HN EF PR XK CG 38 56 06 89 17 08 69 3B 4A 35 27 14 68 OD OQ DQ WM "
    "UJ 6B 9G WN"
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
