"""Whose emblem side: both sides of ID cards put together, though the emblem side names nobody.

What tells, in this order: sides on one page of a file were laid there together; the term is the one that the law gives
a person of that age, and the police is that of the address; sides that lie or came next to each other. Where two cards
could as well be crossed the pairs are given in order, and called unsure.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake.fields.term_end import LONG_TERM

_TERMS = ((16, 5), (26, 10), (46, 20))
"""Age on the day of issue below which a card is valid for so many years; from the last on it is for a lifetime
(居民身份证法, article 5; GA 461)."""
_DAYS = 365.2425
_SLACK = 3  # days by which a printed term may miss the round number of years
_NEARER = 0.6  # times the length of the crossed way: sides on one page that are nearer are plainly together


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card: its place among the cards of the case, where it lies, and what it says.

    ``file`` is empty where it is not known; ``centre`` in fractions of the page. Days are ``YYYY-MM-DD``.
    """

    order: int
    file: str = ""
    pages: tuple[int, ...] = ()
    centre: tuple[float, float] = (0.5, 0.5)
    birth: str | None = None
    address: str | None = None
    authority: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each emblem side the person that it goes with (``None``: nobody), and the people of whom that is unsure."""

    people: tuple[int | None, ...]
    unsure: frozenset[int] = frozenset()


Cost = tuple[int, int, float]


def paired(people: Sequence[Sequence[Side]], backs: Sequence[Side]) -> Pairing:
    """Emblem sides with people, one each; the portrait sides of one person stand together.

    Begins with the likeliest pairs and exchanges until no exchange is better.
    """
    costs = [[_cost(fronts, back) for fronts in people] for back in backs]
    owners: list[int | None] = [None] * len(backs)
    for _, back, person in sorted((cost, back, at) for back, row in enumerate(costs) for at, cost in enumerate(row)):
        if owners[back] is None and person not in owners:
            owners[back] = person
    while better := next((two for two in _crossings(owners) if _gain(costs, owners, *two) < (0, 0, 0.0)), None):
        one, other = better
        owners[one], owners[other] = owners[other], owners[one]
    unsure = {
        person
        for one, other in _crossings(owners)
        if _gain(costs, owners, one, other)[:2] == (0, 0) and not _plain(people, backs, owners, one, other)
        for person in (owners[one], owners[other])
        if person is not None
    }
    return Pairing(tuple(owners), frozenset(unsure))


def years(valid_from: str | None, valid_to: str | None) -> int | None:
    """The whole years of a term, 0 for a lifetime; ``None`` where it is no round number or not known.

    >>> years("2015-05-20", "2035-05-20"), years("2015-05-20", "long-term"), years("2015-05-20", "2018-01-01")
    (20, 0, None)
    """
    if valid_to == LONG_TERM:
        return 0
    if valid_from is None or valid_to is None:
        return None
    days = (date.fromisoformat(valid_to) - date.fromisoformat(valid_from)).days
    count = round(days / _DAYS)
    return count if count > 0 and abs(days - count * _DAYS) <= _SLACK else None


def lawful(birth: str, issued: str) -> int:
    """The years for which a card is issued to a person of that day of birth, 0 for a lifetime.

    >>> [lawful("1990-03-07", day) for day in ("2006-03-06", "2006-03-07", "2016-03-06", "2016-03-07", "2036-03-07")]
    [5, 10, 10, 20, 0]
    """
    age = int(issued[:4]) - int(birth[:4]) - (issued[5:] < birth[5:])
    return next((term for below, term in _TERMS if age < below), 0)


def _crossings(owners: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Two emblem sides that could be exchanged, one of them at least with a person."""
    pairs = itertools.combinations(range(len(owners)), 2)
    return (two for two in pairs if any(owners[back] is not None for back in two))


def _gain(costs: Sequence[Sequence[Cost]], owners: Sequence[int | None], one: int, other: int) -> Cost:
    """By how much the exchange of two emblem sides would cost more; negative where it is better."""
    now = [costs[back][at] for back, at in ((one, owners[one]), (other, owners[other])) if at is not None]
    then = [costs[back][at] for back, at in ((one, owners[other]), (other, owners[one])) if at is not None]
    page, misfit, way = (sum(cost[part] for cost in then) - sum(cost[part] for cost in now) for part in range(3))
    return int(page), int(misfit), round(way, 9)


def _cost(fronts: Sequence[Side], back: Side) -> Cost:
    together = [front for front in fronts if _on_one_page(front, back)]
    misfit = min(_misfits_term(front, back) for front in fronts) + _misfits_place(fronts, back)
    return 0 if together else 1, misfit, min(_way(front, back) for front in together or fronts)


def _on_one_page(one: Side, other: Side) -> bool:
    return bool(one.file) and one.file == other.file and bool(set(one.pages) & set(other.pages))


def _misfits_term(front: Side, back: Side) -> int:
    """2 where the term is another than the law gives, 0 where it is that, 1 where nobody knows."""
    term = years(back.valid_from, back.valid_to)
    if term is None or front.birth is None or back.valid_from is None:
        return 1
    return 0 if term == lawful(front.birth, back.valid_from) else 2


def _misfits_place(fronts: Sequence[Side], back: Side) -> bool:
    """Whether no address begins like the place of the issuing police, or neither is known."""
    place = (back.authority or "").partition("公安")[0].rstrip("市县区")
    return not (place and place in "".join(front.address or "" for front in fronts))


def _way(front: Side, back: Side) -> float:
    """How far apart two sides are; squared, so that equal runs pair in order: the first with the first."""
    if _on_one_page(front, back):
        return (front.centre[0] - back.centre[0]) ** 2 + (front.centre[1] - back.centre[1]) ** 2
    return float((2 * abs(back.order - front.order) - (front.order < back.order)) ** 2)


def _plain(
    people: Sequence[Sequence[Side]], backs: Sequence[Side], owners: Sequence[int | None], one: int, other: int
) -> bool:
    """Whether two pairs are plain by how they lie: each next to the other in the stack, or far nearer on the page."""
    mine = [(people[at], backs[back]) for back in (one, other) for at in [owners[back]] if at is not None]
    crossed = [(people[at], backs[back]) for back, at in ((one, owners[other]), (other, owners[one])) if at is not None]
    if all(any(_on_one_page(front, back) for front in fronts) for fronts, back in (*mine, *crossed)):
        ways = [sum(math.sqrt(_cost(*pair)[2]) for pair in pairs) for pairs in (mine, crossed)]
        return ways[0] <= _NEARER * ways[1]
    return all(any(abs(front.order - back.order) == 1 for front in fronts) for fronts, back in mine)
