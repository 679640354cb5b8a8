"""The plans are those of the standard, number by number, and a lot is judged by both rules."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.archive.sampling import AQLS, LETTERS, LEVEL_II, SIZES, Plan, code_letter, draw, judged, plan

# MIL-STD-105E tables I and II-A, level II, rejection numbers, as printed by the National Institute of Building Sciences
# (nibs.org, FMOC/DPW_AC/AC-TABLE.ASC, table 1-A); v and ^ are its arrows. At A and 10 it prints an arrow up, where no
# row is; the table itself has one down (as at 15). Its columns: 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10.
PRINTED = """
8       A 2     v v v v v 1 v
15      B 3     v v v v 1 ^ v
25      C 5     v v v 1 ^ v 2
50      D 8     v v 1 ^ v 2 3
90      E 13    v 1 ^ v 2 3 4
150     F 20    1 ^ v 2 3 4 6
280     G 32    ^ v 2 3 4 6 8
500     H 50    v 2 3 4 6 8 11
1200    J 80    2 3 4 6 8 11 15
3200    K 125   3 4 6 8 11 15 22
10000   L 200   4 6 8 11 15 22 ^
35000   M 315   6 8 11 15 22 ^ ^
150000  N 500   8 11 15 22 ^ ^ ^
500000  P 800   11 15 22 ^ ^ ^ ^
9999999 Q 1250  15 22 ^ ^ ^ ^ ^
"""
COLUMNS = [Decimal(text) for text in ("0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10")]
ROWS = [line.split() for line in PRINTED.strip().splitlines()]


@pytest.mark.parametrize("row", range(len(ROWS)))
@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_number_of_the_printed_table_is_ours(row: int, column: int) -> None:
    """Where it prints an arrow, the plan is that of the next number in its direction, with that row's sample size."""
    at = row
    step = {"v": 1, "^": -1}.get(ROWS[row][3 + column], 0)
    while ROWS[at][3 + column] in {"v", "^"}:
        at += step
    lot, (_, letter, size, *numbers) = int(ROWS[row][0]), ROWS[at]
    reject = int(numbers[column])
    found = plan(lot, COLUMNS[column])
    assert code_letter(lot) == ROWS[row][1]
    assert (found.letter, found.size, found.accept, found.reject) == (letter, min(int(size), lot), reject - 1, reject)


@pytest.mark.parametrize(
    ("lot", "aql", "letter", "size", "accept"),
    [
        # A. Birolini, Reliability Engineering, 5th ed. (2007), figure 7.4 and table 7.1 after IEC 60410.
        (150, "0.65", "F", 20, 0),
        (1200, "0.65", "J", 80, 1),
        (150_000, "0.65", "N", 500, 7),
        # The rows of the chart "ANSI/ASQC Z1.4 / MIL-STD-105E / ISO 2859": 0/1 stands once in each row from A to Q.
        (8, "6.5", "A", 2, 0),
        (600_000, "0.010", "Q", 1250, 0),
        (400_000, "0.015", "P", 800, 0),
        (100_000, "0.025", "N", 500, 0),
        (20_000, "0.040", "M", 315, 0),
        (5000, "0.065", "L", 200, 0),
        (2000, "0.10", "K", 125, 0),
        (1000, "0.15", "J", 80, 0),
        (400, "0.25", "H", 50, 0),
        (200, "0.40", "G", 32, 0),
        # and R, which no lot reaches at level II by its size, is where 0.025 finds 1/2 below Q.
        (600_000, "0.025", "R", 2000, 1),
        (600_000, "0.015", "P", 800, 0),
    ],
)
def test_published_plans_are_ours(lot: int, aql: str, letter: str, size: int, accept: int) -> None:
    """Single plans that books and charts quote."""
    found = plan(lot, Decimal(aql))
    assert (found.letter, found.size, found.accept, found.reject) == (letter, size, accept, accept + 1)


def test_a_larger_aql_never_asks_for_more() -> None:
    """For a lot the share of nonconforming pages that passes does not fall as the AQL rises."""
    for lot in (2, 30, 400, 3000, 90_000, 700_000):
        shares = [Decimal(found.accept) / found.size for found in (plan(lot, aql) for aql in AQLS)]
        assert all(one <= other for one, other in itertools.pairwise(shares)), lot


def test_sizes_letters_and_lots_belong_together() -> None:
    """Sixteen letters and sizes; fourteen lots end at P, larger ones have Q."""
    assert len(LETTERS) == len(SIZES) == len(AQLS) == len(LEVEL_II) + 2 == 16


@given(lot=st.integers(1, 2_000_000), aql=st.sampled_from(AQLS))
def test_a_sample_is_never_larger_than_its_lot_nor_below_five_per_cent(lot: int, aql: Decimal) -> None:
    """And what is accepted is below what is rejected by one."""
    found = plan(lot, aql)
    assert 1 <= found.size <= found.drawn <= lot
    assert found.drawn * 20 >= lot
    assert found.reject == found.accept + 1


@pytest.mark.parametrize(("lot", "aql"), [(0, "1.0"), (-1, "1.0"), (100, "1.1"), (100, "15")])
def test_what_the_table_does_not_have_is_refused(lot: int, aql: str) -> None:
    """Nothing is interpolated."""
    with pytest.raises(ValueError, match=r"page|AQL"):
        plan(lot, Decimal(aql))


def test_the_same_seed_draws_the_same_pages_and_more_of_them_hold_the_fewer() -> None:
    """Another seed draws others; the order in which pages are given does not matter."""
    pages = [f"page-{number}" for number in range(500)]
    assert draw(pages, 20, "a") == draw(pages[::-1], 20, "a") == draw(pages, 80, "a")[:20]
    assert draw(pages, 20, "a") != draw(pages, 20, "b")
    assert len(set(draw(pages, 80, "a"))) == 80


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        ({"sample": 2, "nonconforming": 2}, []),
        ({"sample": 3, "nonconforming": 3}, ["ISO 2859-1"]),
        ({"sample": 0, "nonconforming": 5}, ["DA/T 31-2017"]),
        ({"sample": 0, "nonconforming": 1, "mismatched": 1}, ["DA/T 31-2017"]),
        ({"sample": 5, "nonconforming": 5, "mismatched": 5}, ["ISO 2859-1", "DA/T 31-2017", "DA/T 31-2017"]),
    ],
)
def test_a_lot_is_judged_by_both_rules(found: dict[str, int], reasons: list[str]) -> None:
    """Each rule that it fails is named, in both languages."""
    verdict = judged(Plan("J", 80, 2, 3, 50, 1000), inspected=80, **found)
    assert verdict.accepted == (not reasons)
    assert [reason.zh.split("：")[0] for reason in verdict.reasons] == reasons
    assert [reason.en.split(":")[0] for reason in verdict.reasons] == reasons


def test_nothing_is_judged_before_all_that_was_drawn_is_looked_at() -> None:
    """Fewer than five per cent or than the plan's size are no sample."""
    with pytest.raises(ValueError, match="500"):
        judged(plan(10_000, Decimal("1.0")), sample=0, inspected=200, nonconforming=0)
