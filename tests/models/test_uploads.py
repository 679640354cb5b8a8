"""An upload is received once, its files are read once, and a case gets one draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from intake.errors import DamagedFileError, IdempotencyMismatchError, UploadEmptyError
from intake.types import (
    Classification,
    DocumentReading,
    FileReading,
    FlatGeometry,
    Line,
    PageSize,
    PageText,
    PixelBox,
    Word,
)
from models import jobs, readings, uploads
from models.base import now
from models.cases import Case, Document, Page
from models.database import Database
from models.jobs import Job
from models.uploads import Idempotency, IdempotencyKey, IncomingFile, Received, UploadStatus

KEY = Idempotency("key", "a" * 64)


def _text(index: int) -> PageText:
    geometry = FlatGeometry(index, 0, 10, 10, 10, 10, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    return PageText(geometry, (Line((Word("开户许可证", 0.9, PixelBox(0, 0, 5, 5)),)),), "tesseract")


READING = FileReading(
    pages=(PageSize(10, 10), PageSize(10, 10), PageSize(10, 10)),
    texts=(_text(0), _text(2)),
    documents=(DocumentReading(Classification("bank_account_permit", 0.9), (0,), (), ()),),
)


class Office:
    """A clerk at the counter and a worker behind it, acting on one database."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self.database = database

    def hand_in(self, files: Sequence[IncomingFile], user: str = "clerk-1", **options: object) -> Received:
        """Receive an upload."""
        with self.database.unit() as unit:
            return uploads.receive(unit, user_id=user, files=files, via="portal", **options)  # type: ignore[arg-type]

    def claim(self, job_id: str) -> jobs.Claim:
        """Take a job that must be there."""
        with self.database.unit() as unit:
            claim = jobs.claim(unit, job_id, 30)
        assert claim is not None
        return claim

    def read(self, job_id: str) -> list[str]:
        """Read the file of a job; gives the draft jobs that became due."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            return readings.keep(unit, claim, READING, {0: "aa/bb/0.jpg"})

    def refuse(self, job_id: str) -> list[str]:
        """Find the file damaged."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            return readings.refuse(unit, claim, DamagedFileError())

    def put_aside(self, job_id: str) -> None:
        """Quarantine the job."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            jobs.quarantine(unit, claim, jobs.LOST)

    def retry(self, job_id: str) -> None:
        """Press the button."""
        with self.database.unit() as unit:
            assert jobs.retry(unit, job_id, "administrator-1")

    def status(self, received: Received) -> UploadStatus:
        """Where the upload stands."""
        with self.database.read() as session:
            found = uploads.status(session, received.upload.id)
        assert found is not None
        return found

    def states(self, received: Received) -> list[str]:
        """The states of its files, in order."""
        return [file.state for file in self.status(received).files]

    def draft_jobs(self) -> list[str]:
        """The cases for which a draft is queued."""
        with self.database.read() as session:
            return list(session.scalars(select(Job.subject_id).where(Job.kind == jobs.DRAFT_CASE)))

    def count(self, row: type[Document | Page | Case | Job]) -> int:
        """How many rows there are."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(row)) or 0


@pytest.fixture
def office(any_database: Database, people: object) -> Office:
    """Two clerks and an empty database."""
    del people
    return Office(any_database)


Incoming = Callable[..., IncomingFile]


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
    assert (status.case_state, status.finished) == ("reading", False)


def test_an_upload_without_files_is_refused(office: Office) -> None:
    """There is nothing to keep."""
    with pytest.raises(UploadEmptyError):
        office.hand_in([])


def test_an_upload_of_refused_files_only_fails_its_case(office: Office) -> None:
    """The clerk sees the reasons; no draft is made."""
    received = office.hand_in([IncomingFile("x", 0, None, None, "file.empty", {})])
    status = office.status(received)
    assert (status.case_state, status.finished, received.job_ids) == ("failed", True, ())


def test_the_pages_of_a_read_file_are_each_in_one_known_state(office: Office, incoming: Incoming) -> None:
    """Filed in a document, blank, or read without belonging to one."""
    received = office.hand_in([incoming("a")])
    office.read(received.job_ids[0])
    with office.database.read() as session:
        pages = session.execute(select(Page.page_index, Page.state, Page.picture).order_by(Page.page_index)).all()
    assert [tuple(page) for page in pages] == [(0, "filed", "aa/bb/0.jpg"), (1, "blank", None), (2, "rejected", None)]
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


# ---- the same bytes again -------------------------------------------------------------------------------------------


def test_the_same_file_again_joins_the_earlier_case(office: Office, incoming: Incoming) -> None:
    """Nothing is read twice and no second draft is made, whether the first is read already or still waits."""
    first = office.hand_in([incoming("a")])
    waiting = office.hand_in([incoming("a", "again.png")], user="clerk-2")
    office.read(first.job_ids[0])
    later = office.hand_in([incoming("a", "once more.png")])
    for linked in (waiting, later):
        status = office.status(linked)
        assert (linked.job_ids, status.case_id) == ((), first.upload.case_id)
        assert [(file.state, file.linked_to, file.documents) for file in status.files] == [
            ("linked", first.upload.files[0].id, 1)
        ]
        assert status.files[0].settled_at is not None
    assert len(office.draft_jobs()) == 1
    assert office.count(Document) == 1


@pytest.mark.parametrize("read_before", [True, False])
def test_a_known_file_among_new_ones_lends_its_reading(
    office: Office, incoming: Incoming, *, read_before: bool
) -> None:
    """The new case has the documents of both, one of them copied, now or as soon as it is read."""
    first = office.hand_in([incoming("a")])
    if read_before:
        office.read(first.job_ids[0])
    mixed = office.hand_in([incoming("a"), incoming("b")])
    assert len(mixed.job_ids) == 1
    drafts = office.read(mixed.job_ids[0])
    if not read_before:
        assert drafts == []
        drafts = office.read(first.job_ids[0])
        assert len(drafts) == 2
    assert sorted(office.draft_jobs()) == sorted([first.upload.case_id, mixed.upload.case_id])
    assert [file.documents for file in office.status(mixed).files] == [1, 1]
    assert (office.count(Document), office.count(Page)) == (3, 9)


def test_an_upload_of_known_files_from_two_cases_gets_its_draft_without_reading(
    office: Office, incoming: Incoming
) -> None:
    """Both readings are copied at once, and the draft job is what is rung."""
    for content in ("a", "b"):
        office.read(office.hand_in([incoming(content)]).job_ids[0])
    received = office.hand_in([incoming("a"), incoming("b")])
    assert office.states(received) == ["linked", "linked"]
    assert [office.claim(job_id).kind for job_id in received.job_ids] == [jobs.DRAFT_CASE]


def test_one_file_twice_in_an_upload_is_read_once(office: Office, incoming: Incoming) -> None:
    """The second is linked to the first, and its documents stand in the case once."""
    received = office.hand_in([incoming("a"), incoming("a", "copy.png")])
    assert len(received.job_ids) == 1
    office.read(received.job_ids[0])
    assert office.states(received) == ["read", "linked"]
    assert office.count(Document) == 1


def test_a_linked_file_shares_its_origins_fate(office: Office, incoming: Incoming) -> None:
    """Damaged is damaged; and after that the same bytes are read anew, since a setting may have changed."""
    first = office.hand_in([incoming("a")])
    linked = office.hand_in([incoming("a"), incoming("b")])
    office.read(linked.job_ids[0])
    assert len(office.refuse(first.job_ids[0])) == 1
    assert office.states(linked) == ["failed", "read"]
    assert office.states(office.hand_in([incoming("a")])) == ["queued"]


def test_a_linked_file_is_put_aside_and_tried_again_with_its_origin(office: Office, incoming: Incoming) -> None:
    """The button on the origin's job brings both back."""
    first = office.hand_in([incoming("a")])
    linked = office.hand_in([incoming("a"), incoming("b")])
    office.put_aside(first.job_ids[0])
    assert office.states(linked) == ["quarantined", "queued"]
    office.retry(first.job_ids[0])
    assert office.states(linked) == ["linked", "queued"]
    office.read(first.job_ids[0])
    office.read(linked.job_ids[0])
    assert [file.documents for file in office.status(linked).files] == [1, 1]


@pytest.mark.parametrize("state", ["returned", "discarded"])
def test_a_closed_case_is_not_joined(office: Office, incoming: Incoming, state: str) -> None:
    """Papers of a returned or discarded case that are handed in again get a case and a draft of their own."""
    first = office.hand_in([incoming("a")])
    office.read(first.job_ids[0])
    with office.database.unit() as unit:
        unit.session.execute(update(Case).values(state=state))
    again = office.hand_in([incoming("a")])
    assert again.upload.case_id != first.upload.case_id
    assert len(again.job_ids) == 1


def test_a_case_of_another_customer_is_not_joined(office: Office, incoming: Incoming) -> None:
    """The same paper may be evidence in the matters of two customers."""
    first = office.hand_in([incoming("a")], customer_number="C00000001")
    assert office.hand_in([incoming("a")], customer_number="C00000001").upload.case_id == first.upload.case_id
    assert office.hand_in([incoming("a")], customer_number="C00000002").upload.case_id != first.upload.case_id


def test_clerks_who_hand_in_the_same_file_at_once_have_it_read_once(office: Office, incoming: Incoming) -> None:
    """Eight uploads of the same bytes at the same moment make one job and one case."""
    begin = Barrier(8)

    def hand_in(_: int) -> Received:
        begin.wait()
        return office.hand_in([incoming("a")])

    with ThreadPoolExecutor(8) as pool:
        received = list(pool.map(hand_in, range(8)))
    assert len([job_id for each in received for job_id in each.job_ids]) == 1
    assert len({each.upload.case_id for each in received}) == 1


def test_a_file_linked_while_it_is_being_settled_is_settled_too(office: Office, incoming: Incoming) -> None:
    """Whoever comes first, the reading reaches the second case: fifteen times a race between settling and linking."""
    for number in range(15):
        first = office.hand_in([incoming(f"raced {number}")])
        claim = office.claim(first.job_ids[0])
        begin = Barrier(2)

        def keep(held: jobs.Claim = claim, begin: Barrier = begin) -> None:
            begin.wait()
            with office.database.unit() as unit:
                readings.keep(unit, held, READING, {})

        def link(number: int = number, begin: Barrier = begin) -> Received:
            begin.wait()
            return office.hand_in([incoming(f"raced {number}"), incoming(f"new {number}")])

        with ThreadPoolExecutor(2) as pool:
            kept, linked = pool.submit(keep), pool.submit(link)
            kept.result()
        assert [file.documents for file in office.status(linked.result()).files] == [1, 0]
        assert office.status(linked.result()).files[0].settled_at is not None


# ---- the same request again -----------------------------------------------------------------------------------------


def test_the_same_request_again_gives_the_same_upload(office: Office, incoming: Incoming) -> None:
    """A client that lost the answer may ask again: nothing new is made, nothing is rung."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    again = office.hand_in([incoming("a")], idempotency=KEY)
    assert (again.upload.id, again.job_ids, again.replayed) == (first.upload.id, (), True)
    assert (first.replayed, office.count(Job)) == (False, 1)


def test_a_known_key_with_another_body_is_refused(office: Office, incoming: Incoming) -> None:
    """Nothing is kept of it."""
    office.hand_in([incoming("a")], idempotency=KEY)
    with pytest.raises(IdempotencyMismatchError):
        office.hand_in([incoming("b")], idempotency=Idempotency(KEY.key, "b" * 64))
    assert office.count(Job) == 1


def test_keys_belong_to_their_users(office: Office, incoming: Incoming) -> None:
    """Two clients may use the same key."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    assert office.hand_in([incoming("b")], user="clerk-2", idempotency=KEY).upload.id != first.upload.id


def test_the_same_request_many_times_at_once_makes_one_upload(office: Office, incoming: Incoming) -> None:
    """Eight copies of a request race; one is received, seven are told of it."""
    begin = Barrier(8)

    def hand_in(_: int) -> Received:
        begin.wait()
        return office.hand_in([incoming("a")], idempotency=KEY)

    with ThreadPoolExecutor(8) as pool:
        received = list(pool.map(hand_in, range(8)))
    assert len({each.upload.id for each in received}) == 1
    assert sorted(each.replayed for each in received) == [False] + [True] * 7


def test_a_key_is_forgotten_after_a_day(office: Office, incoming: Incoming) -> None:
    """Used again after its 24 hours it makes a new upload; the sweeper removes the others."""
    first = office.hand_in([incoming("a")], idempotency=KEY)
    yesterday = now() - timedelta(hours=25)
    with office.database.unit() as unit:
        unit.session.execute(update(IdempotencyKey).values(created_at=yesterday))
    again = office.hand_in([incoming("b")], idempotency=Idempotency(KEY.key, "b" * 64))
    assert again.upload.id != first.upload.id
    with office.database.unit() as unit:
        unit.session.execute(update(IdempotencyKey).values(created_at=yesterday))
    with office.database.unit() as unit:
        assert uploads.forget_keys(unit) == 1


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
