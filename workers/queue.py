"""The doorbell: Celery and Redis carry the ids of jobs, nothing else; what is to be done stands in the database.

A bell that is lost is rung again by the sweeper, and one that rings twice finds the job taken. So messages are
acknowledged early, there is no result backend, and nobody waits long for Redis.
"""

from __future__ import annotations

from collections.abc import Iterable

from celery import Celery
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from intake import log
from intake.settings import Settings

RUN_JOB = "intake.run_job"
"""Task that carries out one job: ``run_job(job_id)``."""

HEARTBEAT = "intake.heartbeat"
"""Task that proves the way from here through Redis to a worker and the database: ``heartbeat(name)``."""

GLANCE = "intake.glance"
"""Task that takes a first look at one upload file: ``glance(file_id)``. It is a courtesy, lost without harm."""

LOOK = "intake.look"
"""Task that looks at a file before it is handed in: ``look(part_id)``. A courtesy as well."""

GLANCES = "intake-glances"
"""Name of the list of those: they never wait behind papers that are read."""

QUEUE = "intake"
"""Name of the list in Redis."""

_ANSWER_SECONDS = 5
_CONNECT_SECONDS = 2
_MARGIN_SECONDS = 60
_GLANCE_SECONDS = 120
"""A first look that nobody took within two minutes is none any more."""
_TASKS_PER_CHILD = 200
_LOST_SECONDS = 0.5

logger = log.get(__name__)


def make_celery(settings: Settings) -> Celery:
    """Make the Celery application of this process; it connects to Redis at its first use."""
    app = Celery("intake", broker=settings.broker, set_as_current=False)
    app.conf.update(_messages(settings) | _workers(settings))
    return app


def ring(app: Celery, job_ids: Iterable[str], queue: str = QUEUE) -> int:
    """Ring once for every id, after the commit; gives how many bells Redis took.

    Never raises where Redis is away: it is logged, and the sweeper rings again.
    """
    rung = 0
    for job_id in job_ids:
        if not _send(app, RUN_JOB, (job_id,), queue=queue):
            break
        rung += 1
    return rung


def ring_glances(app: Celery, file_ids: Iterable[str]) -> None:
    """Ask for a first look at these files, after the commit; never raises where Redis is away."""
    for file_id in file_ids:
        if not _send(app, GLANCE, (file_id,), expires=_GLANCE_SECONDS, queue=GLANCES):
            break


def ring_look(app: Celery, part_id: str) -> None:
    """Ask for a look at a file that is not handed in yet; never raises where Redis is away."""
    _send(app, LOOK, (part_id,), expires=_GLANCE_SECONDS, queue=GLANCES)


def ask_heartbeat(app: Celery, seconds: float) -> bool:
    """Ask both kinds of workers for a sign of life; one that is not answered within ``seconds`` is dropped."""
    asked = (("worker", QUEUE), ("glancer", GLANCES))
    return all(_send(app, HEARTBEAT, (name,), expires=seconds, queue=queue) for name, queue in asked)


def waiting(app: Celery, queue: str = QUEUE) -> int | None:
    """How many bells lie in Redis; ``None`` where Redis is away."""
    try:
        with app.connection_for_write() as connection:
            count: int = connection.default_channel.client.llen(queue)
    except (KombuError, RedisError, OSError):
        return None
    return count


def _send(app: Celery, task: str, arguments: tuple[str, ...], **options: float | str) -> bool:
    try:
        app.send_task(task, args=arguments, ignore_result=True, retry=False, **options)
    except (KombuError, RedisError, OSError) as error:
        logger.warning("doorbell.unreachable", task=task, reason=type(error).__name__)
        return False
    return True


def _messages(settings: Settings) -> dict[str, object]:
    """How bells travel. Celery keeps three visibility timeouts; one that is forgotten rings jobs that still run."""
    visible = {"visibility_timeout": settings.job_seconds + _MARGIN_SECONDS}
    return {
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_ignore_result": True,
        "task_default_queue": QUEUE,
        "task_create_missing_queues": True,
        "broker_transport_options": {
            **visible,
            "socket_timeout": _ANSWER_SECONDS,
            "socket_connect_timeout": _CONNECT_SECONDS,
            "max_retries": 1,
            "interval_start": 0,
        },
        "result_backend_transport_options": visible,
        "visibility_timeout": visible["visibility_timeout"],
        "broker_connection_timeout": _CONNECT_SECONDS,
        "broker_connection_retry": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
    }


def _workers(settings: Settings) -> dict[str, object]:
    """How workers work: one job at a time, the hard time limit above it, no chatter between them."""
    return {
        "task_acks_late": False,
        "task_time_limit": settings.job_seconds,
        "worker_concurrency": 1,
        "worker_prefetch_multiplier": 1,
        "worker_max_tasks_per_child": _TASKS_PER_CHILD,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_lost_wait": _LOST_SECONDS,
    }
