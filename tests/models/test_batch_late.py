"""What comes late to a folder of a batch: it is fixed only when nothing is on its way, and nothing is left waiting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy import select

from intake.options import Options
from models import assembling, batch_items, batch_ledger, batches, filing, jobs
from models.batch_rows import BatchFolder
from models.database import Database
from tests.models.archive_office import AT, Archive


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
