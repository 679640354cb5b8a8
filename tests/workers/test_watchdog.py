"""A worker gives itself up only when bells lie, nobody takes them and nothing is being carried out, look after look."""

from __future__ import annotations

import pytest

from workers.watchdog import Hearing, Look


def after(*looks: Look) -> Hearing:
    """What a worker that had taken seven jobs knows after these looks."""
    hearing = Hearing(taken=7)
    for look in looks:
        hearing = hearing.after(look)
    return hearing


DEAF = Look(lying=3, taken=7, busy=False)


def test_bells_that_nobody_takes_count_look_by_look() -> None:
    """Five such looks in a row are five."""
    assert after(*[DEAF] * 5).deaf == 5


@pytest.mark.parametrize(
    "healthy",
    [Look(lying=0, taken=7, busy=False), Look(lying=3, taken=7, busy=True), Look(lying=3, taken=8, busy=False)],
)
def test_an_empty_redis_a_running_job_or_a_taken_bell_begins_the_count_anew(healthy: Look) -> None:
    """A worker without bells, with a long job or with many short ones is well."""
    assert after(DEAF, DEAF, DEAF, DEAF, healthy).deaf == 0
