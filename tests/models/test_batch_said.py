"""What people said of the pages of a folder outlasts that it is put together anew."""

from __future__ import annotations

import pytest

from models import batch_items, jobs
from models.database import Database
from tests.models.archive_office import AT, DAMAGED, Archive, through


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def _strip(archive: Archive) -> list[tuple[str, int | None]]:
    with archive.database.read() as session:
        found = batch_items.strip(session, archive.folder("1/f"))
    assert found is not None
    return [(page.state, page.item) for page in found.pages]


def test_what_a_person_did_is_kept_when_a_mended_file_comes(archive: Archive) -> None:
    """A page is blank, an item parted, another joined; only of what is new the machine's word counts."""
    through(archive, {"1/f/1.pdf": ["某某通知", "第一条 内容", "乙", "某某报告"], "1/f/2.pdf": DAMAGED})
    assert _strip(archive) == [*[("filed", 1)] * 3, ("filed", 2), ("waiting", None)]
    folder = archive.folder("1/f")
    with archive.database.unit() as unit:
        batch_items.set_blank(unit, folder, "clerk-1", number=2)
        batch_items.part(unit, folder, "clerk-1", number=3)
        batch_items.join(unit, folder, "clerk-1", item=3)
    archive.holds["1/f/2.pdf"] = ("某某合同/甲方：某某",)
    archive.answer("unreadable", "retry")
    archive.feed()
    archive.work()
    assert archive.folders() == {"1/f": "asks"}
    assert _strip(archive) == [("filed", 1), ("blank", None), ("filed", 2), ("filed", 2), ("filed", 3)]


def test_what_was_confirmed_is_fixed_so_when_a_folder_that_was_stuck_is_tried_again(archive: Archive) -> None:
    """Nobody is asked about its boundaries a second time."""
    through(archive, {"1/f/1.pdf": [f"材料{number}" for number in range(6)]})
    folder = archive.folder("1/f")
    with archive.database.unit() as unit:
        batch_items.part(unit, folder, "clerk-1", number=4)
    before = _strip(archive)
    with archive.database.unit() as unit:
        (job_id,) = batch_items.confirm(unit, folder, "clerk-1", AT)
    claim = archive.claim(job_id)
    assert claim is not None
    with archive.database.unit() as unit:
        jobs.quarantine(unit, claim, "internal")
    assert (archive.codes(), archive.folders()) == (["folder_stuck"], {"1/f": "asks"})
    archive.answer("folder_stuck", "retry")
    archive.work()
    assert (archive.codes(), archive.folders()) == ([], {"1/f": "assembled"})
    assert _strip(archive) == before
