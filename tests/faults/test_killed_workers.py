"""Whatever is killed, flushed or stopped: no paper is lost, and none is read or drafted twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from tests.faults.floor import Floor, alive, permit

WORKERS = 2
SECONDS = 1500.0
SILENCE = 3.0
"""Seconds for which Redis is gone."""

pytestmark = [pytest.mark.faults, pytest.mark.ocr]


@pytest.mark.timeout(1800)
def test_random_kills_lose_and_double_nothing(
    floor: Floor,
    redis_server: Any,
    pytestconfig: pytest.Config,
    eventually: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """100 papers, 60 SIGKILLs, Redis flushed twice and stopped once (500 and 200 with ``--faults-long``).

    Every job is settled at the end, those that were put aside after three lost attempts by being tried again.
    """
    documents, kills = (500, 200) if pytestconfig.getoption("--faults-long") else (100, 60)
    for number in range(documents):
        floor.hand_in(permit(number))
    begun = rang = time.monotonic()
    dice = random.Random(20261122)  # noqa: S311  # repeatable mischief
    mischief = {kills // 4: redis_server.flush, kills // 2: redis_server.stop, kills * 3 // 4: redis_server.flush}
    killed = retried = 0
    pause = Event()
    while (killed < kills or floor.drafted() < documents) and time.monotonic() - begun < SECONDS:
        floor.tend(WORKERS)
        pause.wait(dice.uniform(0.05, 0.6))
        # No further ahead with killing than with the work, so that no kill is wasted on workers with nothing to do.
        if killed < kills * min(floor.drafted() / documents + 0.1, 1.0) and floor.kill_one(dice):
            killed += 1
            mischief.pop(killed, lambda: None)()
        if redis_server.process is not None:
            rang = time.monotonic()
        elif time.monotonic() - rang > SILENCE:
            redis_server.start()
        retried += floor.retry_quarantined()
    seconds = time.monotonic() - begun
    eventually(lambda: set(floor.states()) == {"done"})
    ledger = floor.ledger()
    floor.close()
    eventually(lambda: not any(alive(pid) for pid in floor.readers))
    with capsys.disabled():
        print(f"\nfaults: {ledger} kills={killed} retried={retried} seconds={seconds:.0f}")  # noqa: T201  # the figures
    assert (killed, mischief) == (kills, {})
    assert ledger == {"files": documents, "lost": 0, "doubled": 0, "unsettled": 0, "broken_audit": 0}
