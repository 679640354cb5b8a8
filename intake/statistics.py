"""Shares with their intervals, agreement between people, quantiles out of counts: what the dashboard tells of.

Everything here works on counts; what was counted the callers know.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

Z95 = 1.959964
"""Standard deviations on both sides of the mean that hold 95 % of a normal distribution."""

Value = TypeVar("Value", int, float)


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` out of ``whole``, both counts, with Wilson's interval of 95 %.

    >>> found = Share(97, 100)
    >>> f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"
    '0.970 (0.915 to 0.990)'
    """

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share itself, 0 to 1; 0 where there is nothing to share."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def low(self) -> float:
        """Where the interval begins."""
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        """Where the interval ends."""
        return wilson(self.part, self.whole)[1]


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float]:
    """The score interval of Wilson (1927) for a share, which holds for few cases and for shares near 0 and 1 as well.

    >>> [round(end, 3) for end in wilson(10, 10)], [round(end, 3) for end in wilson(0, 10)], wilson(0, 0)
    ([0.722, 1.0], [0.0, 0.278], (0.0, 1.0))
    """
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, z * z
    middle = share + square / (2 * whole)
    half = z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max((middle - half) / scale, 0.0), min((middle + half) / scale, 1.0)


def kappa(table: Mapping[tuple[Hashable, Hashable], int]) -> float | None:
    """Cohen's kappa (1960): how far two people agree beyond chance, 1 at most; ``None`` where chance says it all.

    ``table`` counts the cases by what the first and the second said.

    >>> round(kappa({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}), 2)
    0.4
    >>> kappa({("yes", "yes"): 9}), kappa({})
    (None, None)
    """
    cases = sum(table.values())
    if not cases:
        return None
    seen = sum(count for (first, second), count in table.items() if first == second) / cases
    said = {word for pair in table for word in pair}
    chance = sum(
        sum(count for (first, _), count in table.items() if first == word)
        * sum(count for (_, second), count in table.items() if second == word)
        for word in said
    ) / (cases * cases)
    return (seen - chance) / (1 - chance) if chance < 1 else None


def quantile(counts: Mapping[Value, int], share: float) -> Value | None:
    """The smallest value that at least ``share`` (0 to 1) of the cases do not exceed; ``None`` without cases.

    >>> quantile({1: 5, 2: 4, 60: 1}, 0.5), quantile({1: 5, 2: 4, 60: 1}, 0.95), quantile({}, 0.5)
    (1, 60, None)
    """
    wanted, seen = share * sum(counts.values()), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= wanted and counts[value]:
            return value
    return None
