"""A worker that has gone deaf gives itself up, and whoever keeps the workers starts another in its place.

Where the child of a Celery worker is killed between the moment at which a message is written to it and the moment at
which it takes the message up, the message stays reserved for ever: the worker's one place for a message is taken, it
asks Redis for no further one, and lives on idle. Nothing is lost, because the database is the queue; but nothing would
be done either. So each worker looks every two seconds: bells lie in Redis, no job is being carried out, and none has
been taken up since the last look. After some such looks in a row the process ends; its child ends with it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import Celery, bootsteps
from celery.worker import state

from intake import log
from intake.options import QueueOptions
from workers.queue import QUEUE, waiting

DEAF = 70
"""Exit status of a worker that gave itself up (``EX_SOFTWARE``)."""

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What a worker sees of itself: bells lying in Redis, jobs taken up so far, whether one is being carried out."""

    lying: int
    taken: int
    busy: bool


@dataclass(frozen=True, slots=True)
class Hearing:
    """How many looks in a row found bells that nobody takes, and the jobs that were taken up by the last look."""

    deaf: int = 0
    taken: int = 0

    def after(self, look: Look) -> Hearing:
        """What one more look adds.

        >>> idle = Look(lying=3, taken=7, busy=False)
        >>> Hearing(taken=7).after(idle).after(idle).deaf
        2
        >>> Hearing(deaf=4, taken=7).after(Look(lying=3, taken=8, busy=False)).deaf
        0
        """
        deaf = look.lying > 0 and not look.busy and look.taken == self.taken
        return Hearing(self.deaf + 1 if deaf else 0, look.taken)


def watch(
    app: Celery,
    options: QueueOptions,
    job_seconds: float,
    give_up: Callable[[int], Any] = os._exit,
    *,
    queue: str = QUEUE,
) -> None:
    """Let every worker of ``app`` look after itself; ``give_up`` is called with :data:`DEAF` at the end."""
    busy = _Busy(job_seconds)
    hearing = Hearing()

    def look() -> None:
        nonlocal hearing
        hearing = hearing.after(Look(waiting(app, queue) or 0, state.all_total_count[0], busy.now()))
        if hearing.deaf >= options.deaf_looks:
            logger.error("worker.deaf", process=os.getpid())
            give_up(DEAF)

    class Watchdog(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery ships no types
        requires = ("celery.worker.components:Timer",)

        def start(self, worker: Any) -> None:
            worker.timer.call_repeatedly(options.watch_seconds, look)

    app.steps["worker"].add(Watchdog)


class _Busy:
    """Whether a job is being carried out; one that lasts beyond the time limit is a memory, not a job."""

    def __init__(self, job_seconds: float) -> None:
        self._longest = job_seconds + 60
        self._known: frozenset[str] = frozenset()
        self._since = time.monotonic()

    def now(self) -> bool:
        active = frozenset(str(request.id) for request in state.active_requests)
        if active != self._known:
            self._known, self._since = active, time.monotonic()
        return bool(active) and time.monotonic() - self._since < self._longest
