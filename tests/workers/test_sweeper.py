"""The sweeper makes Redis dispensable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from sqlalchemy import select, update

from intake.settings import Settings
from models import jobs
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.heartbeats import latest
from models.jobs import Job
from models.uploads import Received
from workers import sweeper
from workers.context import Context
from workers.queue import GLANCES, make_celery, ring, waiting


@pytest.fixture
def celery(settings: Settings, redis_server: Any) -> Any:
    """A doorbell that works."""
    with make_celery(settings.model_copy(update={"redis_url": redis_server.url})) as app:
        yield app


def test_what_redis_forgot_is_rung_again(
    context: Context, hand_in: Callable[..., Received], celery: Celery, redis_server: Any
) -> None:
    """A flushed Redis costs seconds, not papers."""
    received = hand_in(b"scan 1", b"scan 2")
    assert ring(celery, received.job_ids) == 2
    redis_server.flush()
    assert waiting(celery) == 0
    assert sweeper.sweep(context.database, celery) == 2
    assert waiting(celery) == 2


def test_bells_do_not_pile_up(context: Context, hand_in: Callable[..., Received], celery: Celery) -> None:
    """However often is swept while nobody works, Redis holds a bounded number of bells."""
    hand_in(*(b"scan %d" % number for number in range(70)))
    for _ in range(4):
        sweeper.sweep(context.database, celery)
    assert waiting(celery) == sweeper.BELLS


def test_a_redis_that_is_away_stops_neither_uploads_nor_the_sweeper(
    context: Context, hand_in: Callable[..., Received], celery: Celery, redis_server: Any
) -> None:
    """Nothing is raised; when Redis is back, the next sweep rings."""
    redis_server.stop()
    received = hand_in(b"scan 1")
    assert ring(celery, received.job_ids) == 0
    assert waiting(celery) is None
    assert sweeper.sweep(context.database, celery, slow=True) == 0
    redis_server.start()
    assert sweeper.sweep(context.database, celery) == 1


def test_a_process_of_its_own_can_sweep(settings: Settings) -> None:
    """It has loaded nothing but the sweeper's modules, and knows every table all the same."""
    words = (
        "import sys; from models.database import Database; from workers import queue, sweeper; from intake.settings "
    )
    words += "import load; made = load(); sweeper.sweep(Database(made.database), queue.make_celery(made), slow=True)"
    environment = {**os.environ, "INTAKE_DATA_DIR": str(settings.data_dir)}
    done = subprocess.run([sys.executable, "-c", words], env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    database = Database(settings.database)
    with database.read() as session:
        assert list(latest(session)) == ["sweeper"]
    database.close()


def test_what_was_lost_three_times_is_put_aside(
    context: Context, hand_in: Callable[..., Received], celery: Celery
) -> None:
    """With its reason; the file shows it."""
    received = hand_in(b"scan 1")
    for _ in range(3):
        with context.database.unit() as unit:
            assert jobs.claim(unit, received.job_ids[0], 30) is not None
            unit.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    assert sweeper.sweep(context.database, celery) == 0
    with context.database.read() as session:
        job = session.get_one(Job, received.job_ids[0])
        assert (job.state, job.error_code, job.lost) == ("quarantined", jobs.LOST, 3)
        trail = session.scalars(select(AuditRow.actor).where(AuditRow.action == "job.quarantined"))
        assert trail.all() == ["sweeper"]


def test_a_sweep_is_a_sign_of_life_and_asks_workers_for_theirs(context: Context, celery: Celery) -> None:
    """The slow sweep puts a heartbeat job into the queue."""
    sweeper.sweep(context.database, celery, slow=True)
    with context.database.read() as session:
        assert list(latest(session)) == ["sweeper"]
    assert (waiting(celery), waiting(celery, GLANCES)) == (1, 1)


def test_a_sweeper_forgets_what_is_past_the_settings_days(
    context: Context, hand_in: Callable[..., Received], settings: Settings
) -> None:
    """Jobs that were done long ago go; an office that sets other days has it so."""
    hand_in(b"scan 1")
    then = now() - timedelta(days=100)
    with context.database.unit() as unit:
        unit.session.execute(update(Job).values(state="done", not_before=then, updated_at=then))
    longer = settings.model_copy(update={"keep_jobs_days": 101})
    for chosen, left in ((longer, 1), (settings, 0)):
        assert not sweeper.forget(context.database, chosen)
        with context.database.read() as session:
            assert len(session.scalars(select(Job.id)).all()) == left


def test_the_sweeper_outlives_a_disk_that_cannot_be_tidied(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is logged and swept again: a folder that nobody may read stops no job from being rung."""
    sweeps: list[bool] = []

    def sweep(*_: object, slow: bool) -> int:
        sweeps.append(slow)
        if len(sweeps) > 1:
            os.kill(os.getpid(), signal.SIGTERM)
        return 0

    (settings.data_dir / "store" / "incoming").mkdir(parents=True)
    monkeypatch.setattr(sweeper, "sweep", sweep)
    monkeypatch.setattr(Path, "iterdir", _refused)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        sweeper.run(settings.model_copy(update={"sweep_seconds": 0.01}))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert sweeps == [True, False]


def _refused(_: Path) -> Iterator[Path]:
    raise PermissionError
