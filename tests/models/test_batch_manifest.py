"""A manifest and the folders of a batch: what differs is asked about, and is no good batch until it is right."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.archive import checks
from intake.archive.manifest import Entry
from models import acceptance_lines, batch_exceptions, batch_feeding, batch_items, batch_manifest
from models.batch_rows import BatchFile, BatchFolder
from models.database import Database
from tests.models.archive_office import Archive, through


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
    assert index(archive) == (0, []), "no manifest, nothing to compare with"
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


def test_pages_are_counted_again_where_a_person_takes_some_out_of_a_folder(
    any_database: Database, people: object
) -> None:
    """On the strip, there and back again; blank ones may be counted or not."""
    del people
    archive = through(Archive(any_database), {"1/f/1.pdf": ["某某通知", "第一条", "第二条"]}, "content")
    folder = archive.folder("1/f")
    assert listed(archive, Entry(2, "J1", folder="1/f", pages=3)) == ["boundaries"]
    asked: list[list[str]] = []
    for step in (
        lambda unit: batch_items.set_blank(unit, folder, "clerk-1", number=3),
        lambda unit: batch_items.reject(unit, folder, "clerk-1", number=2, reason="useless"),
        lambda unit: batch_items.restore(unit, folder, "clerk-1", number=2),
    ):
        with archive.database.unit() as unit:
            step(unit)
        asked.append(archive.codes())
    assert asked == [["boundaries"], ["boundaries", "manifest_pages"], ["boundaries"]]


def test_a_source_that_changed_after_it_was_read_is_readable_all_the_same(archive: Archive) -> None:
    """What was taken in stands; the question says the rest."""
    with archive.database.unit() as unit:
        source = unit.session.scalars(select(BatchFile)).first()
        assert source is not None
        batch_feeding.changed(unit, source.id, "archive.source_changing")
    assert archive.codes() == ["source_changed"]
    with archive.database.read() as session:
        lines = acceptance_lines.lines(session, archive.batch_id, lambda _sha256: True)
    assert [one.failed + one.noted for one in checks.check(lines) if one.rule.code == "readable"] == [()]
