"""The ledger closes only when every page is in exactly one place."""

from __future__ import annotations

import pytest

from intake.archive.ledger import Balance, balance


def test_a_batch_closes_when_all_that_came_is_settled() -> None:
    """Received = filed + blank + separator + rejected."""
    found = balance({"received": 10, "filed": 6, "blank": 2, "separator": 1, "rejected": 1})
    assert found == Balance(10, 0, 6, 2, 1, 1)
    assert (found.closes, found.difference, found.settled) == (True, 0, 10)


def test_what_waits_keeps_it_open() -> None:
    """Everything has a place, but not a final one."""
    found = balance({"received": 10, "filed": 9, "waiting": 1})
    assert (found.closes, found.difference) == (False, 0)


@pytest.mark.parametrize(("filed", "difference"), [(9, 1), (11, -1)])
def test_a_page_too_few_or_too_many_keeps_it_open(filed: int, difference: int) -> None:
    """A page without state, or one that stands twice."""
    found = balance({"received": 10, "filed": filed})
    assert (found.closes, found.difference) == (False, difference)


@pytest.mark.parametrize("counts", [{"recieved": 1}, {"filed": -1}])
def test_what_cannot_be_is_refused(counts: dict[str, int]) -> None:
    """A misspelt state would be a page lost."""
    with pytest.raises(ValueError, match="state"):
        balance(counts)
