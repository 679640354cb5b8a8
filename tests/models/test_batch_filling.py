"""What a walk finds becomes a source once, and again only where it is another by now."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import batch_feeding, batch_ledger, batches
from models.batch_rows import BatchFile, BatchFolder
from models.database import Database
from tests.models.archive_office import Archive


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def _walk(archive: Archive) -> batches.Filled:
    with archive.database.unit() as unit:
        return batches.fill(unit, archive.batch_id, archive.tree())


def _close(archive: Archive) -> None:
    archive.feed()
    archive.work()
    with archive.database.unit() as unit:
        batch_ledger.close(unit, archive.batch_id, archive.person)


def _sources(archive: Archive) -> list[tuple[str, str]]:
    """The name of each source of the batch and that of its folder."""
    with archive.database.read() as session:
        query = select(BatchFile.path, BatchFolder.name).join(BatchFolder, BatchFolder.id == BatchFile.folder_id)
        rows = session.execute(query.where(BatchFile.batch_id == archive.batch_id).order_by(BatchFile.position))
        return [(row.path, row.name) for row in rows]


def test_a_tree_whose_batch_is_closed_is_not_taken_in_twice(archive: Archive) -> None:
    """The next batch over it takes what is new and what looks changed, of the same bytes it asks; unless told so."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f/2.pdf": ("合同乙",)}
    archive.begin("files")
    _close(archive)
    with archive.database.read() as session:
        closed = batches.closed_over(session, "/r")
        assert not any(batches.is_news(session, closed, found) for found in archive.tree())
    archive.holds |= {"1/f/3.pdf": ("合同丙",), "1/g/1.pdf": ("合同甲",)}
    archive.begin("files")
    assert _sources(archive) == [("1/f/3.pdf", "1/f"), ("1/g/1.pdf", "1/g")]
    archive.feed()
    assert [(one.code, one.path) for one in archive.asked()] == [("duplicate", "1/g/1.pdf")]
    archive.answer("duplicate", "keep")
    _close(archive)
    archive.begin("files", again=True)
    archive.feed()
    assert (len(_sources(archive)), archive.codes()) == (4, ["duplicate"])


def test_a_name_is_used_again_once_its_source_was_taken_away(archive: Archive) -> None:
    """It is another source, under a name of its own, that is read from where it lies."""
    archive.holds = {"1/f/0001.pdf": ("合同甲",)}
    archive.begin("files", move=True)
    archive.feed()
    archive.work()
    with archive.database.unit() as unit:
        (spent,) = batch_feeding.removable(unit.session, archive.batch_id, 9)
        batch_feeding.removed(unit, spent.id)
    archive.holds["1/f/0001.pdf"] = ("合同新的",)
    assert (_walk(archive).files, _walk(archive).files) == (1, 0)
    assert _sources(archive) == [("1/f/0001.pdf", "1/f"), ("1/f/0001.pdf (2)", "1/f (2)")]
    with archive.database.read() as session:
        (source,) = batch_feeding.following(session, archive.batch_id, 9)
    assert source.path == "1/f/0001.pdf"


def test_a_source_that_looks_changed_is_told_once_to_whoever_can_compare_it(archive: Archive) -> None:
    """By its size here; not while it has not entered, and not again once people are asked."""
    archive.holds = {"1/f/1.pdf": ("合同甲",)}
    archive.begin("files")
    archive.grown["1/f/1.pdf"] = 11
    assert _walk(archive).changed == ()
    archive.feed()
    (changed,) = _walk(archive).changed
    with archive.database.unit() as unit:
        batch_feeding.changed(unit, changed.id, "archive.source_changing")
    assert _walk(archive).changed == ()


def test_a_directory_that_is_called_like_a_later_delivery_is_a_folder_of_its_own(archive: Archive) -> None:
    """A copy that Windows calls ``f (2)`` gets none of the papers that come late to ``f``."""
    archive.holds = {"1/f/1.pdf": ("合同甲",), "1/f (2)/1.pdf": ("合同乙",)}
    archive.begin("files")
    archive.holds["1/f/2.pdf"] = ("合同丙",)
    _walk(archive)
    assert _sources(archive) == [("1/f/1.pdf", "1/f"), ("1/f (2)/1.pdf", "1/f (2)"), ("1/f/2.pdf", "1/f")]
    archive.feed()
    archive.work()
    archive.holds |= {"1/f/3.pdf": ("合同丁",), "1/f (2)/2.pdf": ("合同戊",)}
    _walk(archive)
    assert _sources(archive)[3:] == [("1/f/3.pdf", "1/f (3)"), ("1/f (2)/2.pdf", "1/f (2) (2)")]
    archive.holds["1/f/4.pdf"] = ("合同己",)
    _walk(archive)
    assert _sources(archive)[5:] == [("1/f/4.pdf", "1/f (3)")]
