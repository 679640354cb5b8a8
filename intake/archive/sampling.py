"""How many pages of a lot a person looks at, and when the lot is accepted.

Two rules stand beside each other, each judged by its own words:

* **ISO 2859-1:1999** (identical: GB/T 2828.1-2012, IS 2500-1:2000; the same numbers as ANSI/ASQ Z1.4 and MIL-STD-105E):
  single sampling, normal inspection, general inspection level II. The lot's size gives a code letter (table 1), letter
  and AQL give the sample's size with its acceptance and rejection number (table 2-A). An arrow leads to the next plan
  below or above, *whose sample size counts too*; a sample as large as the lot is the whole lot.
* **DA/T 31-2017** 纸质档案数字化规范: people look at 5 % of the lot at least; the index matches the pictures in every
  case, and 95 % of all else is right. Local rules repeat it (衢州市档案局〔2014〕11 号: 不低于 5 %, 95 % 以上).

So ``drawn`` pages are looked at, the larger of the two sizes. The first ``size`` of them, in the order in which they
were drawn, are the sample of ISO 2859-1; all of them are the sample of DA/T 31.

The numbers were checked against MIL-STD-105E (10 May 1989) table I and table II-A as printed by the National Institute
of Building Sciences (nibs.org FMOC/DPW_AC AC-TABLE.ASC: AQL 0.65 to 15), the chart "ANSI/ASQC Z1.4/MIL-STD-105E/
BS 6001/DIN 40080/ISO 2859/NF X 06-022" (scribd 339359187, pdfcoffee "AQL sampling chart": code letters, sizes, each
row's numbers, row R without 0/1) and IEC 60410 as quoted by A. Birolini, Reliability Engineering, 5th ed., table 7.1.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from intake.types import Label

LETTERS = "ABCDEFGHJKLMNPQR"
"""Code letters, without I and O."""

SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
"""Sample sizes of table 2-A by code letter."""

LEVEL_II = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
"""The largest lot of each code letter from A on (table 1, general inspection level II); larger lots have Q."""

AQLS = tuple(
    Decimal(text)
    for text in "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10".split()  # noqa: SIM905 - a row of a table
)
"""The preferred AQLs in per cent nonconforming; larger ones count nonconformities and are not for pages."""

_UP, _DOWN = -1, -2
_COLUMN = (0, _UP, _DOWN, 1, 2, 3, 5, 7, 10, 14, 21)
"""Acceptance numbers of table 2-A down a column, from the row that has 0/1 on; arrows down above it, up below."""

_FLOOR = Decimal("0.05")  # of the lot, DA/T 31-2017
_PASS = Decimal("0.95")  # of what was looked at, DA/T 31-2017


@dataclass(frozen=True, slots=True)
class Plan:
    """A single sampling plan: of ``size`` pages up to ``accept`` may be nonconforming, ``reject`` make the lot fail.

    ``letter`` is that of the plan used, which an arrow may have changed; ``floor`` is what DA/T 31-2017 asks for at
    least, ``lot`` the pages in all.
    """

    letter: str
    size: int
    accept: int
    reject: int
    floor: int = 0
    lot: int = 0
    aql: Decimal = Decimal(0)

    @property
    def drawn(self) -> int:
        """How many pages are drawn and looked at."""
        return max(self.size, self.floor)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a lot is accepted; ``reasons`` are the rules that it failed, none where it passed."""

    accepted: bool
    reasons: tuple[Label, ...]
    rate: Decimal  # of the pages looked at that were right, 0 to 1


def plan(lot: int, aql: Decimal) -> Plan:
    """The plan for a lot of pages at an AQL, one of :data:`AQLS`. Raises ``ValueError`` for another, or an empty lot.

    >>> plan(1000, Decimal("1.0"))
    Plan(letter='J', size=80, accept=2, reject=3, floor=50, lot=1000, aql=Decimal('1.0'))
    >>> plan(1000, Decimal("0.25")).letter, plan(40, Decimal("0.65")).size, plan(10, Decimal("0.65")).size
    ('H', 20, 10)
    """
    if lot < 1:
        raise ValueError("a lot has at least one page")
    if aql not in AQLS:
        raise ValueError(f"no preferred AQL: {aql}")
    row, accept = _followed(bisect_left(LEVEL_II, lot), AQLS.index(aql))
    floor = min(math.ceil(lot * _FLOOR), lot)
    return Plan(LETTERS[row], min(SIZES[row], lot), accept, accept + 1, floor, lot, aql)


def code_letter(lot: int) -> str:
    """The code letter of a lot at general inspection level II, before any arrow is followed.

    >>> [code_letter(lot) for lot in (2, 8, 9, 150, 151, 500, 501, 1200, 500_000, 500_001)]
    ['A', 'A', 'B', 'F', 'G', 'H', 'J', 'J', 'P', 'Q']
    """
    return LETTERS[bisect_left(LEVEL_II, lot)]


def draw(pages: Collection[str], count: int, seed: str) -> tuple[str, ...]:
    """The first ``count`` pages in the order that ``seed`` gives them, which anybody can work out again.

    The order is that of SHA-256 over ``seed:page``; a larger sample holds the smaller one.
    """
    return tuple(sorted(pages, key=lambda page: hashlib.sha256(f"{seed}:{page}".encode()).digest())[:count])


def judged(chosen: Plan, *, sample: int, inspected: int, nonconforming: int, mismatched: int = 0) -> Verdict:
    """Whether a lot is accepted by what was found in its sample.

    ``sample``: nonconforming pages among the first ``chosen.size`` drawn; ``nonconforming``: among all ``inspected``;
    ``mismatched``: of these, pages that the index leads to wrongly. Raises ``ValueError`` where too few were inspected.
    """
    if inspected < chosen.drawn:
        raise ValueError(f"{chosen.drawn} pages have to be looked at, not {inspected}")
    rate = Decimal(inspected - nonconforming) / Decimal(inspected)
    failed: list[Label] = []
    if sample >= chosen.reject:
        failed.append(
            Label(
                f"ISO 2859-1：{chosen.size} 页样本中有 {sample} 页不合格，拒收数为 {chosen.reject}。",
                f"ISO 2859-1: pages of the sample that do not conform: {sample} of {chosen.size}; "
                f"the rejection number is {chosen.reject}.",
            )
        )
    if rate < _PASS:
        failed.append(
            Label(
                f"DA/T 31-2017：抽检 {inspected} 页，{nonconforming} 页不合格，合格率低于 95%。",
                f"DA/T 31-2017: pages that do not conform: {nonconforming} of {inspected}; less than 95% are right.",
            )
        )
    if mismatched:
        failed.append(
            Label(
                f"DA/T 31-2017：有 {mismatched} 页的目录与图像不对应，须 100% 对应。",
                f"DA/T 31-2017: pages that are not what the index says: {mismatched}; all have to match.",
            )
        )
    return Verdict(not failed, tuple(failed), rate)


def _followed(row: int, column: int) -> tuple[int, int]:
    """The row and acceptance number of table 2-A, arrows followed: up where the table ends below.

    A step of AQL moves the column's numbers up by one row: 0/1 stands in row Q at 0.010 and in row A at 6.5.
    """
    first = len(AQLS) - 2 - column
    below = [at for at in range(row, len(LETTERS)) if _at(at - first) >= 0]
    above = [at for at in range(row, -1, -1) if _at(at - first) >= 0]
    upward = _at(row - first) == _UP and above
    chosen = (above if upward else below or above)[0]
    return chosen, _at(chosen - first)


def _at(place: int) -> int:
    """What stands ``place`` rows below 0/1 in a column."""
    if place < 0:
        return _DOWN
    return _COLUMN[place] if place < len(_COLUMN) else _UP
