"""The check character of organization codes 组织机构代码 (GB 11714-1997), inside credit and taxpayer numbers.

Nine characters: eight digits or letters and a check character modulo 11 (``X`` is ten) with the weights of clause 4.2.
"""

from __future__ import annotations

LENGTH = 9

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHECKS = "0X987654321"


def holds(code: str) -> bool:
    """Whether the check character of nine upper-case letters and digits is right.

    >>> holds("MA2AB12C3"), holds("MA2AB12C4")
    (True, False)
    """
    total = sum(_VALUES.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return len(code) == LENGTH and code[8] == _CHECKS[total % 11]
