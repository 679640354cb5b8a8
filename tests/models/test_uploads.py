"""An upload is received once, its files are read once, and a case gets one draft."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from intake.errors import UploadEmptyError
from models import jobs, readings
from models.base import now
from models.cases import Case, Document, Page
from models.jobs import Job
from models.uploads import IncomingFile
from tests.models.office import READING, Incoming, Office


def test_files_become_jobs_and_refused_ones_stop_no_neighbour(office: Office, incoming: Incoming) -> None:
    """Every kept file is queued; one that was refused at the door carries its reason."""
    refused = IncomingFile("letter.doc", 9, None, None, "file.unsupported", {})
    received = office.hand_in([incoming("a"), refused, incoming("b")])
    status = office.status(received)
    assert len(received.job_ids) == 2
    assert [(file.state, file.error_code) for file in status.files] == [
        ("queued", None),
        ("rejected", "file.unsupported"),
        ("queued", None),
    ]
    assert (status.case_state, status.settled) == ("reading", False)


def test_an_upload_without_files_is_refused(office: Office) -> None:
    """There is nothing to keep."""
    with pytest.raises(UploadEmptyError):
        office.hand_in([])


def test_an_upload_of_refused_files_only_fails_its_case(office: Office) -> None:
    """The clerk sees the reasons; no draft is made."""
    received = office.hand_in([IncomingFile("x", 0, None, None, "file.empty", {})])
    status = office.status(received)
    assert (status.case_state, status.settled, received.job_ids) == ("failed", True, ())


def test_the_pages_of_a_read_file_are_each_in_one_known_state(office: Office, incoming: Incoming) -> None:
    """Filed in a document, blank, or read without belonging to one."""
    received = office.hand_in([incoming("a")])
    office.read(received.job_ids[0])
    with office.database.read() as session:
        pages = select(Page.page_index, Page.state, Page.picture, Page.thumbnail)
        kept = session.execute(pages.order_by(Page.page_index)).all()
    assert [tuple(page) for page in kept] == [
        (0, "filed", "aa/bb/0.jpg", "aa/bb/0-small.jpg"),
        (1, "blank", None, None),
        (2, "rejected", None, None),
    ]
    assert office.status(received).files[0].page_count == 3


def test_the_draft_is_queued_once_when_the_last_file_is_settled(office: Office, incoming: Incoming) -> None:
    """One file read and one failed: one draft job, rung by whoever settled last."""
    received = office.hand_in([incoming("a"), incoming("b")])
    first, second = received.job_ids
    assert office.read(first) == []
    (draft_job,) = office.refuse(second)
    assert office.draft_jobs() == [received.upload.case_id]
    assert office.claim(draft_job).kind == jobs.DRAFT_CASE
    assert office.states(received) == ["read", "failed"]
    assert office.status(received).files[1].error_code == "file.damaged"


def test_workers_that_settle_a_case_together_queue_one_draft(office: Office, incoming: Incoming) -> None:
    """Six files are settled by six workers at the same moment; the case's row lets them decide one by one."""
    received = office.hand_in([incoming(f"file {number}") for number in range(6)])
    claims = [office.claim(job_id) for job_id in received.job_ids]
    begin = Barrier(len(claims))

    def keep(claim: jobs.Claim) -> list[str]:
        begin.wait()
        with office.database.unit() as unit:
            return readings.keep(unit, claim, READING, {})

    with ThreadPoolExecutor(len(claims)) as pool:
        rung = [job_id for found in pool.map(keep, claims) for job_id in found]
    assert len(rung) == 1
    assert office.draft_jobs() == [received.upload.case_id]


def test_a_case_whose_files_all_failed_gets_no_draft(office: Office, incoming: Incoming) -> None:
    """There is nothing to look at."""
    received = office.hand_in([incoming("a")])
    assert office.refuse(received.job_ids[0]) == []
    assert office.status(received).case_state == "failed"
    assert office.draft_jobs() == []


def test_a_quarantined_file_keeps_no_neighbour_waiting_and_adds_its_documents_later(
    office: Office, incoming: Incoming
) -> None:
    """The draft of the others is made; after a retry the case gets another look with the new documents."""
    received = office.hand_in([incoming("a"), incoming("b")])
    first, second = received.job_ids
    office.read(first)
    office.put_aside(second)
    assert office.states(received) == ["read", "quarantined"]
    assert len(office.draft_jobs()) == 1
    with office.database.unit() as unit:
        unit.session.execute(update(Job).where(Job.kind == jobs.DRAFT_CASE).values(state="done"))
        unit.session.execute(update(Case).values(state="drafted"))
    office.retry(second)
    assert office.states(received) == ["read", "queued"]
    assert len(office.read(second)) == 1
    assert len(office.draft_jobs()) == 2


def test_a_retry_that_adds_nothing_leaves_the_draft_alone(office: Office, incoming: Incoming) -> None:
    """A file that fails after its retry changes nothing for a case that has its draft."""
    received = office.hand_in([incoming("a"), incoming("b")])
    first, second = received.job_ids
    office.read(first)
    office.put_aside(second)
    with office.database.unit() as unit:
        unit.session.execute(update(Job).where(Job.kind == jobs.DRAFT_CASE).values(state="done"))
        unit.session.execute(update(Case).values(state="confirmed"))
    office.retry(second)
    assert office.refuse(second) == []
    assert office.status(received).case_state == "confirmed"


def test_a_failed_case_is_read_again_after_a_retry(office: Office, incoming: Incoming) -> None:
    """The only file was put aside: the case fails, and lives again with it."""
    received = office.hand_in([incoming("a")])
    office.put_aside(received.job_ids[0])
    assert office.status(received).case_state == "failed"
    office.retry(received.job_ids[0])
    assert office.status(received).case_state == "reading"
    assert len(office.read(received.job_ids[0])) == 1


def test_a_reading_is_kept_whole_or_not_at_all(office: Office, incoming: Incoming) -> None:
    """A worker that was overtaken leaves no page, no document and no settled file behind."""
    received = office.hand_in([incoming("a")])
    late = office.claim(received.job_ids[0])
    with office.database.unit() as unit:
        unit.session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    office.claim(received.job_ids[0])

    def keep() -> None:
        with office.database.unit() as unit:
            readings.keep(unit, late, READING, {})

    with pytest.raises(jobs.LostClaimError):
        keep()
    assert (office.count(Page), office.count(Document), office.states(received)) == (0, 0, ["reading"])
