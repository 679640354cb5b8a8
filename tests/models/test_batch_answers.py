"""What follows from an answer: items without a page are none, and what is left is held against the manifest."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.archive.manifest import Entry
from models import batch_export, batch_items, batch_ledger, batch_manifest
from models.batch_rows import BatchItem
from models.database import Database
from models.job_rows import DRAFT_CASE, Job
from tests.models.archive_office import AT, DAMAGED, Archive, through


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def test_an_item_all_of_whose_pages_are_rejected_is_none(archive: Archive) -> None:
    """The others are counted anew, nobody drafts it, and nothing that is counted of items counts it."""
    through(archive, {"1/f/1.pdf": ["合同甲"], "1/f/2.pdf": ["合同甲"], "1/f/3.pdf": ["合同丙"]}, "files")
    archive.answer("duplicate", "reject")
    with archive.database.read() as session:
        assert session.scalars(select(BatchItem.number).order_by(BatchItem.number)).all() == [1, 2]
    with archive.database.unit() as unit:
        batch_items.confirm(unit, archive.folder("1/f"), "clerk-1", AT)
    archive.work()
    with archive.database.unit() as unit:
        assert batch_ledger.close(unit, archive.batch_id, "clerk-1").closes
    with archive.database.read() as session:
        export = batch_export.of(session, archive.batch_id, unaccepted=True)
        (folder,) = (batch_export.folder(session, one, "N") for one in export.folders)
        drafted = session.scalars(select(Job.id).where(Job.kind == DRAFT_CASE)).all()
    assert ([item.name for item in folder.items], export.items, len(drafted)) == (["N-0001", "N-0002"], 2, 2)


def test_a_rejected_source_is_compared_with_the_count_of_the_manifest(archive: Archive) -> None:
    """A page that could not be read counts as one; rejected it is missing, and somebody has to look."""
    archive.holds = {"1/f/1.pdf": ("甲", "乙"), "1/f/2.pdf": DAMAGED}
    archive.begin("files")
    with archive.database.unit() as unit:
        batch_manifest.apply(unit, archive.batch_id, [Entry(2, "J1", folder="1/f", pages=3)], "clerk-1")
    archive.feed()
    archive.work()
    assert archive.codes() == ["unreadable"]
    archive.answer("unreadable", "reject", "damaged")
    assert [(one.code, one.details) for one in archive.asked()] == [
        ("manifest_pages", {"expected": 3, "found": 2, "blank": 0})
    ]
