"""A worker without a doorbell: it takes its jobs straight from the database, where no Redis runs (``archive run``)."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from intake import log
from intake.errors import DatabaseBusyError
from intake.options import QueueOptions
from intake.settings import Settings, load
from models import jobs
from workers.context import Context, make_context
from workers.priority import give_way
from workers.tasks import run_job

AT_ONCE = 4
"""Jobs that one look finds: another worker may take some of them meanwhile."""

IDLE_SECONDS = 0.1
JOBS_PER_PROCESS = 1000
"""Jobs after which the process ends and is started anew: what libraries leak goes with it."""

logger = log.get(__name__)


def run(settings: Settings, make: Callable[[Settings], Context] = make_context) -> None:
    """Carry out jobs until SIGTERM or SIGINT, which let the present one end; or until there were enough of them."""
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    give_way(QueueOptions().niceness)
    context, done = make(settings), 0
    while not over.is_set() and done < JOBS_PER_PROCESS:
        found = _due(context)
        for job_id in found:
            if over.is_set():
                break
            run_job(context, job_id)
            done += 1
        if not found:
            over.wait(IDLE_SECONDS)
    context.close()


def _due(context: Context) -> list[str]:
    try:
        with context.database.read() as session:
            return jobs.stranded(session, limit=AT_ONCE)
    except (SQLAlchemyError, DatabaseBusyError) as error:
        logger.warning("look.failed", reason=type(error).__name__)
        return []


if __name__ == "__main__":
    _settings = load()
    log.configure(_settings.log_level)
    run(_settings)
