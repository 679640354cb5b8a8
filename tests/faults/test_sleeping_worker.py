"""A task that outlives every timeout wakes up and finds that its word no longer counts."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import func, select

from models.audit import AuditRow
from models.cases import Document, Page
from models.draft_rows import Draft
from models.jobs import Job
from tests.faults.floor import Floor, children, permit
from workers.queue import ring

PAGES = 4
SECONDS = 300.0

pytestmark = [pytest.mark.faults, pytest.mark.ocr]


def _stack() -> bytes:
    """A file of several pages, so that a reading lasts long enough to be put to sleep in its midst."""
    first, *others = (Image.open(io.BytesIO(permit(number))) for number in range(PAGES))
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
    return stream.getvalue()


def _job(floor: Floor, job_id: str) -> tuple[str, int]:
    with floor.database.read() as session:
        job = session.get_one(Job, job_id)
        return job.state, job.fence


@pytest.mark.timeout(900)
def test_a_task_that_outlives_every_timeout_neither_doubles_nor_loses(
    floor: Floor, eventually: Callable[..., None]
) -> None:
    """A worker and its child sleep past lease, time limit and redelivery, while another worker does the job.

    Awake again, the child brings its reading to the end; the fence refuses it, and nothing is written twice.
    """
    job_id = floor.hand_in(_stack(), "image/tiff")
    floor.tend(1)
    sleeper = floor.workers[0]
    eventually(lambda: _job(floor, job_id) == ("running", 1), SECONDS)
    asleep = [sleeper.pid, *children(sleeper.pid)]
    # While this unit holds the one pen of SQLite, no sleeper can: a process frozen with it would freeze everybody.
    with floor.database.unit():
        for pid in asleep:
            os.kill(pid, signal.SIGSTOP)
    assert _job(floor, job_id) == ("running", 1)
    ring(floor.celery, [job_id] * 3)
    floor.tend(2)
    eventually(lambda: _job(floor, job_id) == ("done", 2), SECONDS)
    eventually(lambda: floor.drafted() == 1, SECONDS)
    # Its parent sleeps on: awake, it would end the child at the limit of a job.
    for pid in asleep[1:]:
        os.kill(pid, signal.SIGCONT)
    eventually(lambda: any(word in floor.log.read_bytes() for word in (b"job.late", b"job.lost_meanwhile")), SECONDS)
    os.kill(sleeper.pid, signal.SIGCONT)
    with floor.database.read() as session:
        counts = [session.scalar(select(func.count()).select_from(row)) for row in (Page, Draft)]
        documents = session.scalar(select(func.count()).select_from(Document))
        (read,) = session.scalars(select(AuditRow).where(AuditRow.action == "file.read")).all()
    assert counts == [PAGES, 1]
    assert read.details == {"pages": PAGES, "documents": documents}
    assert (_job(floor, job_id), set(floor.states())) == (("done", 2), {"done"})


@pytest.mark.timeout(900)
def test_a_reader_that_hangs_is_ended_by_the_time_limit_and_its_paper_read_by_the_next(
    floor: Floor, eventually: Callable[..., None]
) -> None:
    """The child sleeps for ever; its worker kills it at the limit of a job and starts another in its place."""
    floor.settings = floor.settings.model_copy(update={"job_seconds": 40})
    job_id = floor.hand_in(permit(1))
    floor.tend(1)
    eventually(lambda: _job(floor, job_id)[0] in {"running", "done"}, SECONDS)
    (hung,) = children(floor.workers[0].pid)
    with floor.database.unit():
        os.kill(hung, signal.SIGSTOP)
    other = floor.hand_in(permit(2))
    eventually(lambda: hung not in children(floor.workers[0].pid), SECONDS)
    eventually(lambda: floor.drafted() == 2, SECONDS)
    assert {_job(floor, each)[0] for each in (job_id, other)} == {"done"}
    assert floor.ledger() == {"files": 2, "lost": 0, "doubled": 0, "unsettled": 0, "broken_audit": 0}
