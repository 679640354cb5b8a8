"""Fronts and backs that were scanned as two stacks, put together again, page by page.

The stack of fronts (odd pages) lies in order; turned over, that of the backs (even pages) begins with the last. So
where both have as many pages, back ``n`` from the end belongs to front ``n``. Where they differ, a feeder took two
sheets at once or one was lost, and everything behind that place would go wrong; nothing may be dropped either. Then the
pages themselves tell where: each two that would follow each other speak for or against it (printed page numbers,
clauses and sentences that go on, two sides of a card, one size of paper), and of all ways to merge the stacks the
likeliest is taken. How likely the others are is how sure each gap is told (forward–backward over the same sums).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from intake.archive.linking import Link, link
from intake.archive.pages import Sheet
from intake.archive_options import ArchiveOptions

Missing = Literal["front", "back"]
_Cell = tuple[int, int, int]  # fronts taken, backs taken, whose page came last (0 front, 1 back)
_NEVER = -math.inf


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where one side of a sheet is missing: between the pages ``after`` and ``before`` (identifiers).

    ``None`` at the ends. ``sure`` is the probability (0 to 1) that it is missing here and not elsewhere.
    """

    missing: Missing
    after: str | None
    before: str | None
    sure: float


@dataclass(frozen=True, slots=True)
class Interleaved:
    """All pages of both stacks in one order, each exactly once, and where sides are missing.

    ``turned``: the backs lay reversed, as they do when the stack is turned over and scanned; ``sure``: the probability
    of this order as a whole, against every other way to merge the stacks.
    """

    pages: tuple[Sheet, ...]
    gaps: tuple[Gap, ...]
    turned: bool = True
    sure: float = 1.0


def interleave(odd: Sequence[Sheet], even: Sequence[Sheet], *, options: ArchiveOptions | None = None) -> Interleaved:
    """The fronts ``odd`` and the backs ``even``, both as scanned, merged; nothing is ever dropped.

    The backs are taken to lie reversed unless the pages themselves say clearly that they do not. Stacks that are so
    tall and so unequal that looking for the gaps would take minutes are merged in turn, which is sure of nothing.
    """
    chosen = options or ArchiveOptions()
    if max(len(odd), len(even)) * (abs(len(odd) - len(even)) + chosen.duplex_band) > chosen.duplex_cells:
        return _in_turn(odd, tuple(reversed(even)))
    turned = _Merge(odd, tuple(reversed(even)), chosen)
    straight = _Merge(odd, tuple(even), chosen) if len(even) > 1 else turned
    lies_reversed = straight.total - turned.total < chosen.duplex_straight
    best = turned if lies_reversed else straight
    order = best.order()
    gaps = tuple(best.gap(cell) for cell in best.gaps_of(order))
    return Interleaved(tuple(best.page(cell) for cell in order), gaps, lies_reversed, best.sure(order))


def _in_turn(fronts: Sequence[Sheet], backs: Sequence[Sheet]) -> Interleaved:
    """Front and back in turn as long as both last, then the rest of the taller stack."""
    both = min(len(fronts), len(backs))
    pages = [page for pair in zip(fronts, backs, strict=False) for page in pair]
    pages += [*fronts[both:], *backs[both:]]
    names = [None, *(page.page for page in pages), None]
    missing: Missing = "back" if len(fronts) > both else "front"
    step = 1 if missing == "back" else 0  # a back is missing behind its front, a front before its back
    gaps = (Gap(missing, names[at + step], names[at + step + 1], 0.0) for at in range(2 * both, len(pages)))
    return Interleaved(tuple(pages), tuple(gaps), sure=0.0)


class _Merge:
    """All ways to merge two stacks, as sums over a grid: how many fronts and backs were taken, and whose came last."""

    def __init__(self, fronts: Sequence[Sheet], backs: Sequence[Sheet], options: ArchiveOptions) -> None:
        self.fronts, self.backs, self.options = fronts, backs, options
        self.told = _filled(fronts), _filled(backs)
        self.band = abs(len(fronts) - len(backs)) + options.duplex_band
        self.links: dict[tuple[bool, int, int], float] = {}
        self.best: dict[_Cell, tuple[float, _Cell | None]] = {}
        self.forward: dict[_Cell, float] = {}
        for cell in self._cells():
            self._reach(cell)
        self.ends = [cell for cell in ((len(fronts), len(backs), last) for last in (0, 1)) if cell in self.forward]
        self.total = _sum([self.forward[cell] + self._end(cell) for cell in self.ends]) if self.ends else 0.0
        self.backward = self._backwards()

    def page(self, cell: _Cell) -> Sheet:
        """The page that was taken last in a cell."""
        fronts, backs, last = cell
        return self.backs[backs - 1] if last else self.fronts[fronts - 1]

    def order(self) -> list[_Cell]:
        """The likeliest way from the empty stacks to both whole."""
        if not self.ends:
            return []
        cell: _Cell | None = max(self.ends, key=lambda end: self.best[end][0] + self._end(end))
        way: list[_Cell] = []
        while cell is not None:
            way.append(cell)
            cell = self.best[cell][1]
        return way[::-1]

    def sure(self, order: Sequence[_Cell]) -> float:
        """How likely a way is among all."""
        return math.exp(min(self.best[order[-1]][0] + self._end(order[-1]) - self.total, 0.0)) if order else 1.0

    def gaps_of(self, order: Sequence[_Cell]) -> list[tuple[_Cell | None, _Cell | None]]:
        """The steps of a way at which a side is missing; ``None`` before the first and behind the last page."""
        steps: list[tuple[_Cell | None, _Cell | None]] = list(pairwise(order))
        whole = [(None, order[0]), *steps, (order[-1], None)] if order else []
        return [(one, other) for one, other in whole if self._misses(one, other)]

    def gap(self, step: tuple[_Cell | None, _Cell | None]) -> Gap:
        """What is told of such a step."""
        one, other = step
        missing: Missing = "back" if one is not None and one[2] == 0 else "front"
        if one is None:
            chance = self.forward[other] + self.backward[other] if other else 0.0
        elif other is None:
            chance = self.forward[one] + self._end(one)
        else:
            chance = self.forward[one] + self._step(one, other) + self.backward[other]
        return Gap(
            missing,
            None if one is None else self.page(one).page,
            None if other is None else self.page(other).page,
            round(math.exp(min(chance - self.total, 0.0)), 4),
        )

    @staticmethod
    def _misses(one: _Cell | None, other: _Cell | None) -> bool:
        if one is None:
            return other is not None and other[2] == 1
        return one[2] == 0 if other is None else one[2] == other[2]

    def _cells(self) -> list[_Cell]:
        """The cells in an order in which each comes behind those that it is reached from."""
        return [
            (fronts, backs, last)
            for fronts in range(len(self.fronts) + 1)
            for backs in range(max(0, fronts - self.band), min(len(self.backs), fronts + self.band) + 1)
            for last in (0, 1)
            if (fronts if last == 0 else backs) > 0
        ]

    def _before(self, cell: _Cell) -> list[_Cell]:
        fronts, backs, last = cell
        rest = (fronts, backs - 1) if last else (fronts - 1, backs)
        return [before for before in ((*rest, 0), (*rest, 1)) if before in self.forward]

    def _reach(self, cell: _Cell) -> None:
        """The likeliest way into a cell and the sum of all."""
        fronts, backs, last = cell
        if (fronts, backs) == ((0, 1) if last else (1, 0)):
            start = -self.options.duplex_gap if last else 0.0
            self.best[cell], self.forward[cell] = (start, None), start
            return
        ways = [(before, self._step(before, cell)) for before in self._before(cell)]
        if ways:
            score, way = max((self.best[before][0] + step, before) for before, step in ways)
            self.best[cell] = score, way
            self.forward[cell] = _sum([self.forward[before] + step for before, step in ways])

    def _step(self, one: _Cell, other: _Cell) -> float:
        """Log-odds of taking one page after another; two of one stack in a row cost a missing side."""
        key = (one[2] == other[2], self._name(one), self._name(other))
        if key not in self.links:
            same: Link = "gap" if one[2] == other[2] else ("sheet" if one[2] == 0 else "next")
            score = link(self._evidence(one), self._evidence(other), same, self.options)
            self.links[key] = score - (self.options.duplex_gap if same == "gap" else 0.0)
        return self.links[key]

    def _evidence(self, cell: _Cell) -> Sheet:
        """The page that was taken last in a cell, with the number that its neighbours give it."""
        fronts, backs, last = cell
        return self.told[1][backs - 1] if last else self.told[0][fronts - 1]

    def _name(self, cell: _Cell) -> int:
        """A page's number over both stacks."""
        return -cell[1] if cell[2] else cell[0]

    def _end(self, cell: _Cell) -> float:
        """A last front without its back costs a missing side."""
        return -self.options.duplex_gap if cell[2] == 0 else 0.0

    def _backwards(self) -> dict[_Cell, float]:
        """The sum of all ways from a cell to the end."""
        sums: dict[_Cell, list[float]] = {cell: [self._end(cell)] for cell in self.ends}
        done: dict[_Cell, float] = {}
        for cell in reversed(self._cells()):
            if cell not in self.forward:
                continue
            done[cell] = _sum(sums.pop(cell, []))
            for before in self._before(cell):
                sums.setdefault(before, []).append(self._step(before, cell) + done[cell])
        return done


def _filled(stack: Sequence[Sheet]) -> list[Sheet]:
    """A stack with page numbers where two numbered pages of it leave no doubt: each sheet counts on by two."""
    told = list(stack)
    numbered = [place for place, sheet in enumerate(stack) if sheet.number is not None]
    for first, last in pairwise(numbered):
        low, high = stack[first].number or 0, stack[last].number or 0
        if high - low == 2 * (last - first) and stack[first].count == stack[last].count:
            for place in range(first + 1, last):
                told[place] = replace(stack[place], number=low + 2 * (place - first), count=stack[first].count)
    return told


def _sum(logarithms: Sequence[float]) -> float:
    """The logarithm of a sum, of its terms' logarithms."""
    most = max(logarithms, default=_NEVER)
    return most if most == _NEVER else most + math.log(sum(math.exp(one - most) for one in logarithms))
