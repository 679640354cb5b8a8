"""A cover sheet that is missing between two folders is noticed when all of them have been put together."""

from __future__ import annotations

import pytest

from intake.archive.exceptions import CHECKED
from models import batches
from models.database import Database
from tests.models.archive_office import Archive, through


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def _rest(archive: Archive) -> bool:
    with archive.database.unit() as unit:
        return batches.rest(unit, archive.batch_id)


def test_a_number_missing_between_folders_is_asked_about_once(archive: Archive) -> None:
    """Each folder's own run is whole; the batch's is not. Once answered it is not asked again."""
    holds = {"1/a/1.tif": ("#1", "x", "#2", "y", "z"), "1/b/1.tif": ("#4", "x"), "2/c/1.tif": ("#5", "x")}
    through(archive, holds, "separators")
    assert archive.codes() == []
    assert _rest(archive)
    (asked,) = archive.asked()
    assert (asked.code, asked.folder) == ("separator_missing", "1/a")
    assert asked.details == {"number": 3, "pages": [4, 5]}
    archive.answer("separator_missing", CHECKED)
    with archive.database.unit() as unit:
        batches.resume(unit, archive.batch_id, "clerk-1")
    assert _rest(archive)
    assert archive.codes() == []


@pytest.mark.parametrize(
    "holds",
    [
        {"1/a/1.tif": ("#1", "x"), "1/b/1.tif": ("#2", "x")},
        {"1/a/1.tif": ("#1", "x", "#2", "y"), "1/b/1.tif": ("#1", "x")},
        {"1/a/1.tif": ("x", "y"), "1/b/1.tif": ("z",)},
    ],
)
def test_a_whole_run_and_one_that_begins_anew_raise_no_question(
    archive: Archive, holds: dict[str, tuple[str, ...]]
) -> None:
    """Numbers that run on, that begin again in the next folder, and folders without covers."""
    through(archive, holds, "files" if "x" in holds["1/a/1.tif"][0] else "separators")
    archive.answer("boundaries", "confirmed")
    assert _rest(archive)
    assert "separator_missing" not in archive.codes()


def test_numbers_that_begin_anew_are_told_once_since_a_missing_last_one_is_not_noticed(archive: Archive) -> None:
    """It holds nothing up but the closing of the batch, and is not said of every folder."""
    holds = {f"1/{folder}/1.tif": ("#1", folder, "#2", "y") for folder in "abc"}
    through(archive, holds, "separators")
    assert _rest(archive)
    (asked,) = archive.asked()
    assert (asked.code, asked.folder, asked.answers) == ("separator_anew", "1/b", (CHECKED,))
    archive.answer("separator_anew", CHECKED)
    assert _rest(archive)
    assert archive.codes() == []
