"""Holding a job while working on it: a thread renews the lease until the work ends or its time is over."""

from __future__ import annotations

import time
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from intake import log
from intake.errors import DatabaseBusyError
from intake.options import QueueOptions
from models import jobs
from models.database import Database

logger = log.get(__name__)


class Lease:
    """A context in which the claim is renewed every third of its lease, at most ``longest`` seconds.

    It promises nothing: the fence decides at the end whether the work still counts.
    """

    def __init__(self, database: Database, claim: jobs.Claim, seconds: float, longest: float) -> None:
        """Hold ``claim`` for ``seconds`` at a time and ``longest`` seconds in all."""
        self._database = database
        self._claim = claim
        self._seconds = seconds
        self._end = time.monotonic() + longest
        self._over = Event()
        self._thread = Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        """Begin renewing."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop renewing."""
        self._over.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._over.wait(self._seconds / QueueOptions().renewals):
            if time.monotonic() > self._end:
                logger.warning("lease.given_up", job=self._claim.job_id)
                return
            if not self._once():
                return

    def _once(self) -> bool:
        """Renew; ``False`` where the job is another's. A database that is busy is asked again at the next turn."""
        try:
            with self._database.unit() as unit:
                return jobs.renew(unit, self._claim, self._seconds)
        except (SQLAlchemyError, DatabaseBusyError) as error:
            logger.warning("lease.not_renewed", job=self._claim.job_id, reason=type(error).__name__)
            return True
