"""A manifest and the folders of a batch: what differs is asked about, and is no good batch until it is right."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.archive import checks
from intake.archive.manifest import Entry
from models import acceptance_lines, batch_exceptions, batch_manifest
from models.batch_rows import BatchFolder
from models.database import Database
from tests.models.archive_office import Archive


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """Two folders that were read, of one page each."""
    del people
    made = Archive(any_database)
    made.holds = {"1/f/1.pdf": ("合同甲",), "1/g/1.pdf": ("合同乙",)}
    made.begin("files")
    made.feed()
    made.work()
    return made


def listed(archive: Archive, *entries: Entry) -> list[str]:
    """Hold a manifest against the batch; gives the questions that are open then."""
    with archive.database.unit() as unit:
        batch_manifest.apply(unit, archive.batch_id, entries, "clerk-1")
    return archive.codes()


def told(archive: Archive) -> dict[str, tuple[str | None, str | None, int | None]]:
    """What the manifest says of each folder."""
    with archive.database.read() as session:
        rows = session.scalars(select(BatchFolder)).all()
    return {row.name: (row.archival_number, row.title, row.expected_pages) for row in rows}


def index(archive: Archive) -> tuple[int, list[dict[str, object]]]:
    """What the rule on entries and folders looked at, and the details of what fails it."""
    with archive.database.read() as session:
        lines = acceptance_lines.lines(session, archive.batch_id, lambda _sha256: True)
    found = next(one for one in checks.check(lines) if one.rule.code == "index")
    return found.looked_at, [dict(one.details) for one in found.failed]


def test_entries_without_folders_and_folders_without_entries_fail_the_index(archive: Archive) -> None:
    """Whatever was answered: that somebody looked makes no folder of an entry."""
    assert index(archive) == (2, []), "no manifest, nothing to compare with"
    assert listed(archive, Entry(2, "J1", folder="1/f"), Entry(3, "J9", folder="1/zz")) == [
        "manifest_extra",
        "manifest_missing",
    ]
    for code in archive.codes():
        archive.answer(code, "checked")
    assert index(archive) == (3, [{}, {"archival_number": "J9"}])
    listed(archive, Entry(2, "J1", folder="1/f"), Entry(3, "J2", folder="1/g"))
    assert index(archive) == (2, [])


def test_a_corrected_manifest_stands_in_the_place_of_the_one_before(archive: Archive) -> None:
    """No folder keeps a number that was taken from it, and nothing is asked that was asked for the old one's sake."""
    codes = ["manifest_extra", "manifest_missing", "manifest_pages"]
    assert listed(archive, Entry(2, "J1", "甲", 9, "1/f"), Entry(3, "J2", folder="1/zz")) == codes
    assert listed(archive, Entry(2, "J1", "甲", 1, "1/g")) == ["manifest_extra"]
    assert told(archive) == {"1/f": (None, None, None), "1/g": ("J1", "甲", 1)}
    assert listed(archive, Entry(2, "J1", folder="1/f"), Entry(3, "J2", "乙", 1, "1/g")) == []
    assert told(archive) == {"1/f": ("J1", "", None), "1/g": ("J2", "乙", 1)}
    with archive.database.read() as session:
        answers = [one.answer for one in batch_exceptions.listed(session, archive.batch_id)]
    assert answers == ["withdrawn"] * 4
