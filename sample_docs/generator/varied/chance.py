"""Chance that hangs on a seed, an index and a purpose alone, so that one paper never changes another."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")


def listed(words: str) -> tuple[str, ...]:
    """The words of a line, parted by ``|``.

    >>> listed("甲|乙")
    ('甲', '乙')
    """
    return tuple(words.split("|"))


class Chance:
    """Draws for one paper; :meth:`child` gives independent draws for a part of it."""

    def __init__(self, *key: int) -> None:
        """Start from whole numbers from 0, such as the seed and the index."""
        self._key = key
        self.rng = np.random.default_rng(list(key))

    def child(self, purpose: str) -> Chance:
        """Chance of its own for a purpose: what is drawn elsewhere does not move it."""
        return Chance(*self._key, zlib.crc32(purpose.encode()))

    def maybe(self, probability: float) -> bool:
        """True with the given probability."""
        return float(self.rng.uniform()) < probability

    def between(self, low: float, high: float) -> float:
        """A real number, evenly spread."""
        return float(self.rng.uniform(low, high))

    def near(self, middle: float, spread: float) -> float:
        """A real number around ``middle`` with the standard deviation ``spread``, never further than two of them."""
        return middle + spread * min(max(float(self.rng.normal()), -2.0), 2.0)

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely."""
        return things[int(self.rng.integers(len(things)))]

    def weighed(self, weights: Mapping[Thing, float]) -> Thing:
        """One of the keys, as likely as its weight among all."""
        things = list(weights)
        shares = np.array([weights[thing] for thing in things], dtype=float)
        return things[int(self.rng.choice(len(things), p=shares / shares.sum()))]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """``count`` different ones of the things (all, if there are fewer), in no order."""
        order = self.rng.permutation(len(things))[:count]
        return [things[int(place)] for place in order]

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(str(digit) for digit in self.rng.integers(0, 10, count))

    def day(self, first: date, last: date) -> date:
        """A day, both ends included."""
        return first + timedelta(days=self.whole(0, max((last - first).days, 0)))
