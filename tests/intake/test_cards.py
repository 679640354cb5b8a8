"""Which emblem side goes with which person."""

from __future__ import annotations

from intake.cards import Side, paired

OLD = Side(0, birth="1960-01-01")
YOUNG = Side(1, birth="1995-01-01")


def test_a_card_for_a_lifetime_is_an_older_persons() -> None:
    """Whoever was 46 on the day of issue has one, and nobody else."""
    backs = (
        Side(2, valid_from="2015-02-03", valid_to="2025-02-03"),
        Side(3, valid_from="2015-02-03", valid_to="long-term"),
    )
    found = paired([[OLD], [YOUNG]], backs)
    assert (found.people, found.unsure) == ((1, 0), frozenset())


def test_sides_that_follow_each_other_are_plain() -> None:
    """Portrait, emblem, portrait, emblem: or the emblem sides first."""
    assert paired([[Side(0)], [Side(2)]], [Side(1), Side(3)]).people == (0, 1)
    assert paired([[Side(1)], [Side(3)]], [Side(0), Side(2)]).people == (0, 1)
    assert paired([[Side(0)], [Side(2)]], [Side(1), Side(3)]).unsure == frozenset()


def test_three_portraits_and_three_emblem_sides_pair_in_order() -> None:
    """All of them are unsure where nothing but the order tells."""
    found = paired([[Side(0)], [Side(1)], [Side(2)]], [Side(3), Side(4), Side(5)])
    assert (found.people, found.unsure) == ((0, 1, 2), frozenset({0, 1, 2}))


def test_an_emblem_side_too_many_is_nobodys() -> None:
    """And of one too few a person stays without."""
    assert paired([[Side(0)]], [Side(1), Side(2)]).people == (0, None)
    assert paired([[Side(0)], [Side(2)]], [Side(1)]).people == (0,)
    assert paired([], [Side(0)]).people == (None,)
