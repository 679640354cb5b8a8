"""The sweeper: rings what is stranded, puts aside what was lost too often, forgets what is old, gives signs of life.

It is what makes Redis dispensable: whatever a flushed or stopped Redis forgot stands in the database and is rung again.
Any number of sweepers may run; what they do twice is harmless.
"""

from __future__ import annotations

import signal
import time
from threading import Event

from celery import Celery
from sqlalchemy.exc import SQLAlchemyError

from intake import log
from intake.errors import EngineError
from intake.settings import Settings
from models import heartbeats, jobs, partials, retention, uploads
from models.database import Database
from models.store import Store, open_store
from workers.queue import ask_heartbeat, make_celery, ring, waiting

BELLS = 64
"""Bells that may lie in Redis before the sweeper stops adding: enough for every worker, never a heap that grows."""

SLOW_SECONDS = 60.0
"""How often workers are asked for a sign of life and old keys are forgotten."""

RARE_SECONDS = 3600.0
"""How often what is past its days is looked for; every minute while more of it is left."""

logger = log.get(__name__)


def run(settings: Settings) -> None:
    """Sweep every ``sweep_seconds`` until SIGTERM or SIGINT."""
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    database, app = Database(settings.database), make_celery(settings)
    parts, store = partials.Folder(settings.data_dir / "parts"), open_store(settings.store)
    slow = rare = 0.0
    while not over.is_set():
        due = time.monotonic() >= slow
        try:
            sweep(database, app, slow=due)
            if time.monotonic() >= rare:
                rare = time.monotonic() + (SLOW_SECONDS if forget(database, settings) else RARE_SECONDS)
            if due:
                tidy(parts, store)
        except (SQLAlchemyError, EngineError) as error:
            logger.warning("sweep.failed", reason=type(error).__name__)
        slow = time.monotonic() + SLOW_SECONDS if due else slow
        over.wait(settings.sweep_seconds)
    database.close()


def sweep(database: Database, app: Celery, *, slow: bool = False) -> int:
    """Sweep once; ``slow`` adds what is due once a minute. Gives how many bells were rung."""
    put_aside(database)
    with database.unit() as unit:
        heartbeats.beat(unit, "sweeper")
        if slow:
            uploads.forget_keys(unit)
            partials.sweep(unit, partials.CounterOptions())
    if slow:
        ask_heartbeat(app, SLOW_SECONDS)
    lying = waiting(app)
    if lying is None:
        logger.warning("doorbell.unreachable", task="sweep")
        return 0
    with database.read() as session:
        stranded = jobs.stranded(session, limit=BELLS)
    return ring(app, stranded[: max(BELLS - lying, 0)])


def forget(database: Database, settings: Settings) -> bool:
    """Forget the rows that are past the days that the settings give them; gives whether more of them may be left."""
    days = retention.Days(jobs=settings.keep_jobs_days, regions=settings.keep_regions_days)
    with database.unit() as unit:
        gone = retention.forget(unit, days)
    if gone.jobs or gone.regions:
        logger.info("rows.forgotten", jobs=gone.jobs, regions=gone.regions)
    return gone.more


def tidy(parts: partials.Folder, store: Store) -> None:
    """Remove what senders and writers that were broken off left on the disk."""
    parts.clear(partials.CounterOptions())
    gone = store.clear()
    if gone:
        logger.info("store.cleared", files=gone)


def put_aside(database: Database) -> None:
    """Quarantine what was lost too often; one at a time, so that one that moves meanwhile stops no other."""
    with database.read() as session:
        forsaken = jobs.forsaken(session)
    for claim in forsaken:
        try:
            with database.unit() as unit:
                jobs.forsake(unit, claim)
        except jobs.LostClaimError:
            logger.info("job.moved_meanwhile", job=claim.job_id)
        else:
            logger.warning("job.quarantined", job=claim.job_id, code=jobs.LOST)
