"""What comes late to a folder of a batch: it is fixed only when nothing is on its way, and nothing is left waiting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy import select

from intake.errors import FolderFixedError, SourceRejectedError
from intake.options import Options
from models import (
    assembling,
    batch_answers,
    batch_feeding,
    batch_items,
    batch_ledger,
    batches,
    filing,
    jobs,
    uploads,
)
from models.batch_rows import BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Document
from models.database import Database
from models.jobs import Job
from models.upload_rows import UploadFile
from tests.models.archive_office import AT, DAMAGED, Archive


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def confirm(archive: Archive) -> None:
    """Confirm every folder that asks, as a person; the workers do the rest."""
    with archive.database.read() as session:
        asking = session.scalars(select(BatchFolder.id).where(BatchFolder.state == "asks")).all()
    for folder in asking:
        with archive.database.unit() as unit:
            batch_items.confirm(unit, folder, archive.person, AT)
    archive.work()


def closed(archive: Archive) -> dict[str, int]:
    """Close the batch; gives what of its balance is not nothing."""
    with archive.database.unit() as unit:
        found = batch_ledger.close(unit, archive.batch_id, archive.person)
    return {name: count for name, count in asdict(found).items() if count}


def test_a_folder_is_not_fixed_while_a_file_of_it_is_tried_again(archive: Archive) -> None:
    """One of two files put aside is rejected, the other tried again before the folder is put together anew."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f/2.pdf": ("合同乙",), "1/f/3.pdf": ("合同丙",)}
    archive.begin("files")
    archive.fail("1/f/2.pdf")
    archive.fail("1/f/3.pdf")
    archive.feed()
    archive.work()
    archive.answer("quarantined", "reject", "damaged", path="1/f/2.pdf")
    archive.answer("quarantined", "retry", path="1/f/3.pdf")
    archive.work()
    assert archive.folders() == {"1/f": "reading"}
    archive.feed()
    archive.work()
    assert (archive.codes(), archive.folders()) == ([], {"1/f": "assembled"})
    assert closed(archive) == {"received": 3, "filed": 2, "rejected": 1}


def test_a_folder_is_not_fixed_while_a_walk_has_found_more_of_it(archive: Archive) -> None:
    """The file is found while the job waits that puts the folder together."""
    archive.holds = {"1/f/1.pdf": ("合同甲",)}
    archive.begin("files")
    archive.feed()
    archive.work(jobs.READ_FILE)
    archive.holds["1/f/2.pdf"] = ("合同乙",)
    with archive.database.unit() as unit:
        assert batches.fill(unit, archive.batch_id, archive.tree()).files == 1
    archive.work()
    assert archive.folders() == {"1/f": "reading"}
    archive.feed()
    archive.work()
    assert archive.folders() == {"1/f": "assembled"}
    assert closed(archive) == {"received": 2, "filed": 2}


def test_a_folder_that_was_changed_while_it_was_looked_at_is_put_together_once_more(archive: Archive) -> None:
    """A duplicate is rejected between the look and the writing: the look is thrown away, and another follows."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f/2.pdf": ("合同甲",), "1/f/3.pdf": ("合同丙",)}
    archive.begin("files")
    archive.feed()
    archive.work(jobs.READ_FILE)
    (job_id,) = archive.queued(jobs.ASSEMBLE_FOLDER)
    claim = archive.claim(job_id)
    assert claim is not None
    with archive.database.read() as session:
        found = assembling.arranged(session, claim.subject_id, Options())
    assert found is not None
    archive.answer("duplicate", "reject")
    with archive.database.unit() as unit:
        jobs.finish(unit, claim)
        assert assembling.propose(unit, claim.subject_id, found)
        filing.fix(unit, claim.subject_id, today=date(2026, 11, 22), at=AT)
    assert archive.folders() == {"1/f": "reading"}
    archive.work()
    assert archive.folders() == {"1/f": "assembled"}
    assert closed(archive) == {"received": 3, "filed": 2, "rejected": 1}


def test_a_duplicate_that_is_rejected_before_it_is_read_is_not_filed(archive: Archive) -> None:
    """Its pages come as rejected ones, with the reason that the person gave."""
    archive.holds = {"1/f/1.pdf": ("合同甲", "乙"), "1/f/2.pdf": ("合同甲", "乙")}
    archive.begin("files")
    archive.feed()
    archive.answer("duplicate", "reject", "useless")
    archive.work()
    assert (archive.codes(), archive.folders()) == ([], {"1/f": "assembled"})
    with archive.database.read() as session:
        rows = session.execute(select(LedgerPage.state, LedgerPage.reason).order_by(LedgerPage.number)).all()
    assert [tuple(row) for row in rows] == [("filed", None), ("filed", None), *[("rejected", "useless")] * 2]
    assert closed(archive) == {"received": 4, "filed": 2, "rejected": 2}


def test_a_duplicate_that_is_rejected_and_cannot_be_read_asks_nothing_more(archive: Archive) -> None:
    """One rejected page stands for it, as for every source that cannot be read."""
    archive.holds = {"1/f/1.pdf": DAMAGED, "1/f/2.pdf": DAMAGED, "1/f/3.pdf": ("p",)}
    archive.holds["1/f/2.pdf"] = archive.holds["1/f/1.pdf"]
    archive.begin("files")
    with archive.database.read() as session:
        found = batch_feeding.following(session, archive.batch_id, 9)
    same = archive.incoming("1/f/1.pdf")
    taken = {one.id: same if one.path != "1/f/3.pdf" else archive.incoming(one.path) for one in found}
    with archive.database.unit() as unit:
        batch_feeding.enter(unit, archive.batch_id, found[0].folder_id, taken)
    archive.answer("duplicate", "reject")
    archive.work()
    assert archive.codes() == ["unreadable"]
    archive.answer("unreadable", "reject")
    confirm(archive)
    assert closed(archive) == {"received": 3, "filed": 1, "rejected": 2}


def _quarantined(archive: Archive) -> str:
    """The second source's job is put aside; gives the job."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f/2.pdf": ("合同乙", "丙页", "丁页")}
    archive.begin("files")
    archive.feed()
    with archive.database.read() as session:
        query = select(Job.id).join(BatchFile, BatchFile.upload_file_id == Job.subject_id)
        job_id = session.scalars(query.where(BatchFile.path == "1/f/2.pdf")).one()
    claim = archive.claim(job_id)
    assert claim is not None
    with archive.database.unit() as unit:
        jobs.quarantine(unit, claim, "engine.timeout")
    archive.work()
    return job_id


def test_a_closed_ledger_stays_closed(archive: Archive) -> None:
    """What was rejected is not read any more, neither before the folder is fixed nor after the batch is closed."""
    job_id = _quarantined(archive)
    archive.answer("quarantined", "reject", "damaged")
    with pytest.raises(SourceRejectedError), archive.database.unit() as unit:
        jobs.retry(unit, job_id, archive.person)
    archive.work()
    confirm(archive)
    balance = closed(archive)
    with pytest.raises(FolderFixedError), archive.database.unit() as unit:
        jobs.retry(unit, job_id, archive.person)
    archive.work()
    with archive.database.read() as session:
        assert batch_ledger.balance_of(session, archive.batch_id).closes
    assert balance == {"received": 2, "filed": 1, "rejected": 1}


def test_a_source_that_was_put_aside_is_tried_again_while_its_folder_is_open(archive: Archive) -> None:
    """Its pages come, the question about it is taken back."""
    job_id = _quarantined(archive)
    with archive.database.unit() as unit:
        assert jobs.retry(unit, job_id, archive.person)
    archive.work()
    assert (archive.codes(), archive.folders()) == ([], {"1/f": "assembled"})
    assert closed(archive) == {"received": 4, "filed": 4}


def test_the_counter_s_copy_is_tried_again_without_the_one_that_a_batch_has_rejected(archive: Archive) -> None:
    """Both waited for one reading: the counter's is read, the batch's stays as it was settled."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f/2.pdf": ("合同乙",)}
    with archive.database.unit() as unit:
        told = uploads.receive(unit, user_id="clerk-2", files=[archive.incoming("1/f/2.pdf")], via="portal")
    archive.begin("files")
    archive.feed()
    (job_id,) = told.job_ids
    claim = archive.claim(job_id)
    assert claim is not None
    with archive.database.unit() as unit:
        jobs.quarantine(unit, claim, "engine.timeout")
    archive.work()
    archive.answer("quarantined", "reject", "damaged")
    archive.work()
    confirm(archive)
    closed(archive)
    with archive.database.unit() as unit:
        assert jobs.retry(unit, job_id, archive.person)
    with archive.database.read() as session:
        counter = session.scalars(select(UploadFile).where(UploadFile.upload_id == told.upload.id)).one()
        linked = session.scalars(select(UploadFile).where(UploadFile.linked_to == counter.id)).one()
        assert batch_ledger.balance_of(session, archive.batch_id).closes
    assert (counter.state, linked.state) == ("queued", "quarantined")


def test_a_rejection_and_the_reading_that_it_is_about_may_come_at_the_same_moment(archive: Archive) -> None:
    """Whichever is first: the duplicate's pages are rejected, all of them, and nothing is left waiting."""
    archive.holds = {f"1/{n}/{name}.pdf": (f"p{n}", "q", "r") for n in range(6) for name in "12"}
    archive.begin("files")
    archive.feed()
    claims = [archive.claim(job_id) for job_id in archive.queued(jobs.READ_FILE)]
    asked = [one.id for one in archive.asked()]

    def reject(exception_id: str) -> None:
        with archive.database.unit() as unit:
            batch_answers.settle(unit, exception_id, archive.person, "reject", AT)

    with ThreadPoolExecutor(8) as pool:
        reading = [pool.submit(archive.carry_out, claim) for claim in claims if claim is not None]
        rejecting = [pool.submit(reject, one) for one in asked]
    for done in (*reading, *rejecting):
        done.result()
    archive.work()
    assert archive.codes() == []
    confirm(archive)
    assert set(archive.folders().values()) == {"assembled"}
    assert closed(archive) == {"received": 36, "filed": 18, "rejected": 18}


def test_fixing_that_was_broken_off_goes_on_with_the_items_that_are_left(archive: Archive) -> None:
    """What was fixed stays as it is; nothing of it is done twice, and others write between two portions."""
    archive.holds = {f"1/f/{number}.pdf": (f"合同{number}",) for number in range(1, 6)}
    archive.begin("files")
    archive.feed()
    archive.work(jobs.READ_FILE)
    (job_id,) = archive.queued(jobs.ASSEMBLE_FOLDER)
    claim = archive.claim(job_id)
    assert claim is not None
    with archive.database.read() as session:
        found = assembling.arranged(session, claim.subject_id, Options())
    assert found is not None
    with archive.database.unit() as unit:
        assembling.propose(unit, claim.subject_id, found)
        part = filing.fix(unit, claim.subject_id, today=date(2026, 11, 22), at=AT, portion=2)
    assert (len(part.jobs), part.whole, archive.folders()) == (2, False, {"1/f": "confirmed"})
    archive.portion = 2
    archive.carry_out(claim)
    with archive.database.read() as session:
        items = session.execute(
            select(BatchItem.number, Document.upload_file_id, UploadFile.position)
            .join(Document, Document.case_id == BatchItem.case_id)
            .join(UploadFile, UploadFile.id == Document.upload_file_id)
            .where(Document.retired_by.is_(None))
            .order_by(BatchItem.number)
        ).all()
    assert [(number, position + 1) for number, _, position in items] == [(number, number) for number in range(1, 6)]
    archive.work()
    with archive.database.read() as session:
        drafted = session.scalars(select(Job.subject_id).where(Job.kind == jobs.DRAFT_CASE)).all()
    assert (len(drafted), len(set(drafted)), archive.folders()) == (5, 5, {"1/f": "assembled"})
    assert closed(archive) == {"received": 5, "filed": 5}
