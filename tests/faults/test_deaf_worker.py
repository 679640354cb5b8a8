"""A worker that no longer hears its bells ends, so that another takes its place."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from models.jobs import Job
from tests.faults.floor import Floor, children, permit
from workers.queue import ring, waiting
from workers.watchdog import DEAF

SECONDS = 120.0

pytestmark = [pytest.mark.faults, pytest.mark.ocr]


@pytest.mark.timeout(300)
def test_a_worker_whose_child_takes_nothing_up_ends_and_the_next_one_does_the_work(
    floor: Floor, eventually: Callable[..., None]
) -> None:
    """The idle child is frozen: what is written to it is never taken up, and further bells lie untouched in Redis."""
    # No sweeper: a heartbeat job that is being carried out when the child freezes would make the worker busy, not deaf.
    deaf = floor.start("worker")
    floor.workers.append(deaf)
    eventually(lambda: children(deaf.pid), SECONDS)
    first = floor.hand_in(permit(1))
    eventually(lambda: floor.states() == {"done": 2}, SECONDS)
    # While this unit holds the one pen of SQLite, no sleeper can: a process frozen with it would freeze everybody.
    with floor.database.unit():
        for pid in children(deaf.pid):
            os.kill(pid, signal.SIGSTOP)
    second = floor.hand_in(permit(2))
    ring(floor.celery, [first, second])
    eventually(lambda: waiting(floor.celery), SECONDS)
    eventually(lambda: deaf.poll() is not None, SECONDS)
    assert deaf.returncode == DEAF
    floor.workers.append(floor.start("worker"))
    eventually(lambda: floor.states() == {"done": 4}, SECONDS)
    with floor.database.read() as session:
        assert session.get_one(Job, second).state == "done"
    assert floor.ledger()["doubled"] == 0
