"""One worker: a Celery process whose only child carries out jobs, one at a time."""

from __future__ import annotations

import logging
import os
import warnings
from functools import cache

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, worker_process_init

from intake import log
from intake.options import QueueOptions
from intake.settings import Settings
from workers import glancing, tasks
from workers.context import Context, make_context
from workers.priority import give_way
from workers.queue import GLANCE, GLANCES, HEARTBEAT, LOOK, QUEUE, RUN_JOB, make_celery
from workers.watchdog import watch

_OPTIONS = (
    "--pool=prefork",
    "--concurrency=1",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
)


def make_worker(settings: Settings, *, ready: bool = False) -> Celery:
    """Make the Celery application with its tasks; the tools are made in the child, at its first job or ``ready``."""
    app = make_celery(settings)

    @cache
    def tools(_process: int) -> Context:
        return make_context(settings)

    @app.task(name=RUN_JOB)  # type: ignore[untyped-decorator]  # Celery ships no types
    def run_job(job_id: str) -> None:
        tasks.run_job(tools(os.getpid()), job_id)

    @app.task(name=GLANCE)  # type: ignore[untyped-decorator]  # as above
    def glance(file_id: str) -> None:
        glancing.look(tools(os.getpid()), file_id)

    @app.task(name=LOOK)  # type: ignore[untyped-decorator]  # as above
    def look(part_id: str) -> None:
        glancing.look_before(tools(os.getpid()), part_id)

    @app.task(name=HEARTBEAT)  # type: ignore[untyped-decorator]  # as above
    def heartbeat(name: str = "worker") -> None:
        tasks.heartbeat(tools(os.getpid()), name)

    if ready:
        worker_process_init.connect(lambda **_: glancing.warm(tools(os.getpid())), weak=False)
    return app


def run(settings: Settings, queue: str = QUEUE) -> None:
    """Work until a signal ends it: after SIGTERM the present job is finished first.

    Who reads papers gives way to what people wait for: the portal, and the first look at the counter.
    """
    if queue == QUEUE:
        give_way(QueueOptions().niceness)
    setup_logging.connect(_log_like_us, weak=False)
    # Celery warns of root because pickled messages could run code as root; ours are JSON, and containers start as root.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    name = f"--hostname=intake-{os.getpid()}@%h"
    app = make_worker(settings, ready=queue == GLANCES)
    watch(app, QueueOptions(), settings.job_seconds, queue=queue)
    app.worker_main(["--quiet", "worker", *_OPTIONS, f"--queues={queue}", name])


def _log_like_us(**_: object) -> None:
    """Let Celery's own warnings through, its chatter about every message not."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)
    log.get(__name__).info("worker.started", process=os.getpid())
