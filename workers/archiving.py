"""Running batches: by one command with workers of its own, or for ever beside a service (``intake feeder``)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from intake import log
from intake.archive.pace import PaceOptions
from intake.errors import DatabaseBusyError, StoreUnavailableError
from intake.settings import Settings
from models import batch_roots, batches, heartbeats
from models.base import now
from models.batch_rows import Batch
from models.batch_views import FED, WATCHED
from models.database import Database
from models.job_rows import Job
from models.store import open_store
from workers.archive import Feeder, Walked, walking
from workers.children import Child, stop
from workers.queue import make_celery, ring
from workers.serve import WORKER_GRACE, environment_of
from workers.sweeper import put_aside

TOLD_SECONDS = 1.0
"""How often whoever watches a run is told where it stands."""

LOCAL = (sys.executable, "-m", "workers.local")
"""The words that start a worker without a doorbell."""

_SIGN_SECONDS = 30.0
_ASIDE_SECONDS = 5.0
_IDLE_SECONDS = 1.0

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """How one batch is run: ``workers`` of its own, or 0 beside a service, whose workers are rung for.

    ``program`` starts one of its own, where it is not :data:`LOCAL`.
    """

    workers: int
    program: tuple[str, ...] = ()
    options: PaceOptions = PaceOptions()  # noqa: RUF009  # frozen


def run(settings: Settings, batch_id: str, how: Run, tell: Callable[[], None], over: Event) -> str:
    """Run a batch until machines have nothing left to do for it; gives its state, or ``stopped`` where ``over`` is set.

    ``tell`` is called about once a second and at the end.
    """
    database, store = Database(settings.database), open_store(settings.store)
    app = make_celery(settings) if not how.workers else None
    feeder = Feeder(
        settings,
        database,
        store,
        batch_id,
        ring=(lambda _: None) if app is None else lambda ids: ring(app, ids),
        options=how.options,
    )
    told = aside = 0.0
    state = "running"
    with _workers(settings, how) as workers:
        while not over.is_set():
            moment = time.monotonic()
            for child in workers:
                child.look(moment)
            state = _step(feeder)
            if workers and moment >= aside:
                put_aside(database)
                aside = moment + _ASIDE_SECONDS
            if moment >= told:
                tell()
                told = moment + TOLD_SECONDS
            if state not in {"running", "waiting"} and not (workers and _busy(database)):
                break
            if state != "running":
                over.wait(how.options.look_seconds)
    tell()
    if app is not None:
        app.close()
    database.close()
    return "stopped" if over.is_set() else state


def _step(feeder: Feeder) -> str:
    """One step; a database or a store that does not answer is tried again."""
    try:
        return feeder.step()
    except (SQLAlchemyError, DatabaseBusyError, StoreUnavailableError) as error:
        logger.warning("step.failed", reason=type(error).__name__)
        return "waiting"


@contextmanager
def _workers(settings: Settings, how: Run) -> Iterator[list[Child]]:
    """Workers of this run; they end with it, each after its present page."""
    environment = {**environment_of(settings), "INTAKE_LOG_LEVEL": "error"}
    children = [
        Child(f"worker-{number}", [*(how.program or LOCAL)], environment, WORKER_GRACE)
        for number in range(1, how.workers + 1)
    ]
    try:
        yield children
    finally:
        stop(children)


def _busy(database: Database) -> bool:
    """Whether jobs are due or being carried out: drafts follow when a batch is read."""
    with database.read() as session:
        return bool(session.scalar(select(func.count()).where(Job.state.in_(("queued", "running")))))


def is_served(session: Session) -> bool:
    """Whether a service works on this database: its sweeper gave a sign of life a moment ago."""
    last = heartbeats.latest(session).get("sweeper")
    return last is not None and now() - last < timedelta(seconds=_SIGN_SECONDS)


# ---- beside a service -----------------------------------------------------------------------------------------------


def feed(settings: Settings, over: Event, options: PaceOptions | None = None) -> None:
    """Feed every running batch whose folder may be taken from, until ``over`` is set; people start and stop them.

    A batch that comes to run is walked through first; one that is watched again and again.
    """
    chosen, database = options or PaceOptions(), Database(settings.database)
    app = make_celery(settings)
    fed: dict[str, _Fed] = {}
    signed = 0.0
    while not over.is_set():
        try:
            if time.monotonic() >= signed:
                with database.unit() as unit:
                    heartbeats.beat(unit, "feeder")
                signed = time.monotonic() + _SIGN_SECONDS
            fed = _kept(settings, database, fed, lambda ids: ring(app, ids), chosen)
            states = [one.step() for one in fed.values()]
        except (SQLAlchemyError, DatabaseBusyError, StoreUnavailableError) as error:
            logger.warning("feed.failed", reason=type(error).__name__)
            states = []
        if "running" not in states:
            over.wait(chosen.look_seconds if "waiting" in states else _IDLE_SECONDS)
    app.close()
    database.close()


class _Fed:
    """One batch that is being fed, walked through when it begins and, where it is watched, every half minute.

    It is walked a stretch at a time: a tree of many thousand files must not let the other batches wait.
    """

    def __init__(self, feeder: Feeder, *, watched: bool) -> None:
        self.feeder, self.watched, self._due = feeder, watched, 0.0
        self._way: Iterator[Walked] | None = None

    def step(self) -> str:
        if self._way is None and time.monotonic() >= self._due:
            quiet = self.feeder.options.quiet_seconds if self.watched else 0.0
            self._way = walking(self.feeder.database, self.feeder.batch_id, quiet=quiet)
        if self._way is not None:
            self._go_on(self._way)
        state = self.feeder.step(walked=self._way is None)
        return "running" if state == "waiting" and self._way is not None else state

    def _go_on(self, way: Iterator[Walked]) -> None:
        """Walk a stretch further; a walk that breaks begins anew."""
        self._way = None
        if next(way, None) is not None:
            self._way = way
        else:
            self._due = time.monotonic() + self.feeder.options.rescan_seconds if self.watched else float("inf")


def _kept(
    settings: Settings,
    database: Database,
    fed: dict[str, _Fed],
    bell: Callable[[Sequence[str]], object],
    options: PaceOptions,
) -> dict[str, _Fed]:
    """The batches that are to be fed now: those that were, and those that came to run.

    One that nobody else runs, and whose folder may no longer be taken from, is paused.
    """
    with database.read() as session:
        found = session.scalars(select(Batch).where(Batch.state.in_(("running", "read"))).order_by(Batch.id)).all()
    wanted: dict[str, Batch] = {}
    for batch in found:
        root = Path(batch.root)
        if batch_roots.is_allowed(settings.archive_roots, root):
            wanted |= {batch.id: batch} if batch.state == "running" or batch.policy.get(WATCHED) else {}
        elif batch.state == "running" and batch.policy.get(FED):
            with database.unit() as unit:
                batches.pause(unit, batch.id, "worker", "root_refused" if root.is_dir() else "root_missing")
    kept = {batch_id: one for batch_id, one in fed.items() if batch_id in wanted}
    for batch_id, batch in wanted.items():
        if batch_id not in kept:
            feeder = Feeder(settings, database, open_store(settings.store), batch_id, ring=bell, options=options)
            kept[batch_id] = _Fed(feeder, watched=bool(batch.policy.get(WATCHED)))
    return kept
