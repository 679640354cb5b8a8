"""The page ledger: every page of a batch is in exactly one state, and a batch closes only when they add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["waiting", "filed", "blank", "separator", "rejected"]
"""Waiting to be settled; in an item; a blank back, kept and marked; a separator sheet; rejected with its reason."""

STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of a batch: pages ``received`` and where they are.

    ``difference`` is received less all that has a state: pages that nobody can point to (above 0), or that stand in two
    places (below 0).
    """

    received: int
    waiting: int
    filed: int
    blank: int
    separator: int
    rejected: int

    @property
    def settled(self) -> int:
        """Pages whose place is final."""
        return self.filed + self.blank + self.separator + self.rejected

    @property
    def difference(self) -> int:
        """Pages received that are in no state; below 0, states that belong to no page."""
        return self.received - self.settled - self.waiting

    @property
    def closes(self) -> bool:
        """Whether received = filed + blank + separator + rejected, and nothing waits."""
        return self.waiting == 0 and self.received == self.settled


def balance(counts: Mapping[str, int]) -> Balance:
    """The balance of ``received`` against the pages in each state; what is not named is none.

    Raises ``ValueError`` for a state that there is not, or a count below 0: a ledger never guesses.

    >>> balance({"received": 5, "filed": 3, "blank": 1, "separator": 1}).closes
    True
    >>> balance({"received": 5, "filed": 3, "blank": 1}).difference
    1
    """
    unknown = set(counts) - {*STATES, "received"}
    if unknown or any(count < 0 for count in counts.values()):
        raise ValueError(f"no such state, or a count below 0: {sorted(unknown) or dict(counts)}")
    return Balance(received=counts.get("received", 0), **{state: counts.get(state, 0) for state in STATES})
