"""What a worker does with a job, and what it writes when the work goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from intake import pipeline
from intake.errors import DamagedFileError, EngineTimeoutError, StoreUnavailableError, TooManyPixelsError
from intake.types import Classification, DocumentReading, FileReading, Page, PageSize, PageText
from models import audit, cases, jobs, turning, uploads
from models.audit import AuditRow
from models.base import now
from models.cases import Page as PageRow
from models.draft_rows import Draft
from models.heartbeats import latest
from models.jobs import Job
from models.regrouping import Editor
from models.uploads import Received, UploadStatus
from tests import made_up
from tests.confirmed_papers import PERMIT, words
from workers import tasks
from workers.context import Context

SECRET = "张三 330102199001011234"
UNKNOWN = DocumentReading(Classification(None, 0.2), (0,), (), ())


class Reader:
    """Stands in for the pipeline: reads one page, or breaks as a test wants it."""

    def __init__(self) -> None:
        """Break on nothing."""
        self.error: Exception | None = None
        self.before = lambda: None
        self.documents = (UNKNOWN,)
        self.calls = 0

    def __call__(self, path: Any, media_type: str, *, keep_page: Callable[[Page], None], **_: object) -> FileReading:
        """Read as :func:`intake.pipeline.read_file` does."""
        self.calls += 1
        assert (path.read_bytes()[:4], media_type) == (b"scan", "image/png")
        keep_page(Page(0, np.full((20, 30, 3), 255, np.uint8)))
        self.before()
        if self.error is not None:
            raise self.error
        return FileReading((PageSize(30, 20),), (), self.documents)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The pipeline's stand-in, in place."""
    made = Reader()
    monkeypatch.setattr(pipeline, "read_file", made)
    return made


def _status(context: Context, received: Received) -> UploadStatus:
    with context.database.read() as session:
        found = uploads.status(session, received.upload.id)
    assert found is not None
    return found


def _jobs(context: Context, kind: str = jobs.READ_FILE) -> list[Job]:
    with context.database.read() as session:
        return list(session.scalars(select(Job).where(Job.kind == kind)))


def _make_due(context: Context) -> None:
    with context.database.unit() as unit:
        unit.session.execute(update(Job).where(Job.state == "queued").values(not_before=now()))


def test_a_file_is_read_and_its_case_is_drafted(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """Two jobs, one after the other; paper of no known type still gives a draft that a person sees."""
    received = hand_in(b"scan 1")
    tasks.run_job(context, received.job_ids[0])
    (draft_job,) = _jobs(context, jobs.DRAFT_CASE)
    tasks.run_job(context, draft_job.id)
    status = _status(context, received)
    assert (status.case_state, status.files[0].state) == ("drafted", "read")
    assert (status.settled, reader.calls) == (True, 1)
    with context.database.read() as session:
        page = session.scalars(select(PageRow)).one()
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
        assert audit.verify(session).whole
    assert (page.width, page.height, page.state) == (30, 20, "filed")
    for key in (page.picture, page.thumbnail):
        assert context.store.picture(str(key))[:3] == b"\xff\xd8\xff"
    assert page.thumbnail != page.picture
    assert actions == ["upload.received", "file.read", "draft.saved"]


def test_the_queue_names_papers_as_people_lay_them_out(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """The license first and both sides of the card in their order, however they lay on the page."""
    reader.documents = (made_up.reading("id_card_back", {}), made_up.card_reading(), made_up.license_reading())
    tasks.run_job(context, hand_in(b"scan 1").job_ids[0])
    tasks.run_job(context, _jobs(context, jobs.DRAFT_CASE)[0].id)
    with context.database.read() as session:
        assert session.scalars(select(Draft.types)).one() == ",business_license,id_card_front,id_card_back,"


def test_a_bell_that_rings_twice_does_the_work_once(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """The second finds nothing to take, before and after the job is done."""
    received = hand_in(b"scan 1")
    job_id = received.job_ids[0]
    reader.before = lambda: tasks.run_job(context, job_id)
    for _ in range(2):
        tasks.run_job(context, job_id)
    for _ in range(2):
        tasks.run_job(context, _jobs(context, jobs.DRAFT_CASE)[0].id)
    assert reader.calls == 1
    with context.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 1


def test_a_bell_for_no_job_is_harmless(context: Context) -> None:
    """Redis may remember what the database never kept."""
    tasks.run_job(context, "01ARZ3NDEKTSV4RRFFQ69G5FAV")


def test_a_damaged_file_is_never_tried_again(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """Its state and code are what the sender sees; its neighbour is drafted."""
    received = hand_in(b"scan 1", b"scan 2")
    reader.error = DamagedFileError()
    tasks.run_job(context, received.job_ids[0])
    reader.error = None
    tasks.run_job(context, received.job_ids[1])
    status = _status(context, received)
    assert [(file.state, file.error_code) for file in status.files] == [("failed", "file.damaged"), ("read", None)]
    assert sorted(job.state for job in _jobs(context)) == ["done", "failed"]
    assert len(_jobs(context, jobs.DRAFT_CASE)) == 1


@pytest.mark.parametrize(
    "error",
    [EngineTimeoutError(tool="tesseract", seconds=1), StoreUnavailableError(), OperationalError("", {}, Exception())],
)
def test_a_tools_failure_is_tried_again_later(
    context: Context, hand_in: Callable[..., Received], reader: Reader, error: Exception
) -> None:
    """The job rests, then works, and nobody is told of an error; a deadlock of the database's is one as well."""
    received = hand_in(b"scan 1")
    reader.error = error
    tasks.run_job(context, received.job_ids[0])
    (job,) = _jobs(context)
    assert (job.state, job.attempts, job.lost, job.not_before > now()) == ("queued", 1, 0, True)
    reader.error = None
    tasks.run_job(context, received.job_ids[0])
    assert _jobs(context)[0].state == "queued"
    _make_due(context)
    tasks.run_job(context, received.job_ids[0])
    assert _status(context, received).files[0].state == "read"


def test_an_unforeseen_exception_is_put_aside_after_three_times_and_tells_no_secrets(
    context: Context, hand_in: Callable[..., Received], reader: Reader, capfd: pytest.CaptureFixture[str]
) -> None:
    """It never spins; the log says where it broke, never what the exception says."""
    received = hand_in(b"scan 1")
    reader.error = ValueError(SECRET)
    for _ in range(4):
        tasks.run_job(context, received.job_ids[0])
        _make_due(context)
    (job,) = _jobs(context)
    assert (job.state, job.error_code, reader.calls) == ("quarantined", "internal", 3)
    assert _status(context, received).files[0].state == "quarantined"
    assert _status(context, received).case_state == "failed"
    out, err = capfd.readouterr()
    assert "test_tasks.py" in out + err
    assert SECRET not in out + err


def test_a_person_may_try_a_quarantined_file_again(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """After the cause is gone it is read and drafted like any other."""
    received = hand_in(b"scan 1")
    reader.error = ValueError(SECRET)
    for _ in range(3):
        tasks.run_job(context, received.job_ids[0])
        _make_due(context)
    reader.error = None
    with context.database.unit() as unit:
        assert jobs.retry(unit, received.job_ids[0], "administrator-1")
    tasks.run_job(context, received.job_ids[0])
    tasks.run_job(context, _jobs(context, jobs.DRAFT_CASE)[0].id)
    assert _status(context, received).case_state == "drafted"


def test_a_result_that_comes_late_is_refused_by_the_fence(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """While one worker sleeps past its lease, another reads the file; the sleeper's reading is thrown away."""
    received = hand_in(b"scan 1")
    job_id = received.job_ids[0]

    def overtake() -> None:
        reader.before = lambda: None
        with context.database.unit() as unit:
            unit.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
        tasks.run_job(context, job_id)

    reader.before = overtake
    tasks.run_job(context, job_id)
    (job,) = _jobs(context)
    assert (job.state, job.fence, reader.calls) == ("done", 2, 2)
    with context.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PageRow)) == 1
    assert len(_jobs(context, jobs.DRAFT_CASE)) == 1


def test_a_late_failure_is_refused_by_the_fence_too(
    context: Context, hand_in: Callable[..., Received], reader: Reader
) -> None:
    """A sleeper that breaks cannot fail a file that another has read."""
    received = hand_in(b"scan 1")

    def overtake() -> None:
        reader.before, reader.error = (lambda: None), None
        with context.database.unit() as unit:
            unit.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
        tasks.run_job(context, received.job_ids[0])
        reader.error = DamagedFileError()

    reader.before = overtake
    tasks.run_job(context, received.job_ids[0])
    assert _status(context, received).files[0].state == "read"


def test_a_heartbeat_is_a_sign_of_life_in_the_database(context: Context) -> None:
    """What operating looks at."""
    tasks.heartbeat(context)
    with context.database.read() as session:
        assert list(latest(session)) == ["worker"]


def test_a_page_that_a_person_turned_is_read_again_and_its_document_made_anew(
    context: Context, hand_in: Callable[..., Received], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job asks for the one page, upright as the person said; what it gives is the document's from then on."""
    asked: list[tuple[object, ...]] = []

    def read_pages(path: Any, *where: object, **_: object) -> Iterator[tuple[tuple[int, int], tuple[PageText, ...]]]:
        asked.append((path.read_bytes()[:4], *where))
        yield (0, 1), words(PERMIT)

    monkeypatch.setattr(pipeline, "read_pages", read_pages)
    received = hand_in(b"scan 1")
    tasks.run_job(context, received.job_ids[0])
    with context.database.unit() as unit:
        page = unit.session.scalars(select(PageRow)).one()
        case_id = received.upload.case_id
        edit = turning.turn(unit, case_id, Editor("clerk-1", made_up.TODAY, now()), [page.id], 1)
        job_id = turning.job_of(unit.session, edit)
    assert job_id is not None
    tasks.run_job(context, job_id)
    tasks.run_job(context, job_id)
    assert (asked, reader.calls) == ([(b"scan", "image/png", {(0, 1)})], 1)
    with context.database.read() as session:
        assert [one.reading.type for one in cases.documents(session, case_id)] == ["bank_account_permit"]
        assert audit.verify(session).whole


def test_a_file_that_can_no_longer_be_decoded_is_not_tried_again_and_again(
    context: Context, hand_in: Callable[..., Received], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of it was turned, and the limits are narrower now: the job waits for a person, with its cause."""

    def refuse(*_: object, **__: object) -> None:
        raise TooManyPixelsError(limit_megapixels=10)

    monkeypatch.setattr(pipeline, "read_pages", refuse)
    received = hand_in(b"scan 1")
    tasks.run_job(context, received.job_ids[0])
    with context.database.unit() as unit:
        page = unit.session.scalars(select(PageRow)).one()
        edit = turning.turn(unit, received.upload.case_id, Editor("clerk-1", made_up.TODAY, now()), [page.id], 1)
        job_id = turning.job_of(unit.session, edit)
    assert job_id is not None
    tasks.run_job(context, job_id)
    (job,) = _jobs(context, jobs.REREAD_PAGES)
    assert (job.state, job.attempts, job.error_code) == ("quarantined", 1, "file.too_many_pixels")
    assert (_status(context, received).files[0].state, reader.calls) == ("read", 1)
