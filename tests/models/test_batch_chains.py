"""A cover sheet that is missing between two folders is noticed when all of them have been put together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.archive.exceptions import CHECKED
from models import batch_items, batches, jobs
from models.database import Database
from tests.models.archive_office import AT, Archive, through


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
    (asked,) = archive.asked()
    assert (asked.code, asked.folder) == ("separator_missing", "1/a")
    assert asked.details == {"number": 3, "pages": [4, 5]}
    assert archive.folders() == {"1/a": "asks", "1/b": "assembled", "2/c": "assembled"}
    archive.answer("separator_missing", CHECKED)
    folder = archive.folder("1/a")
    with archive.database.unit() as unit:
        batch_items.part(unit, folder, "clerk-1", number=5)
        batch_items.confirm(unit, folder, "clerk-1", AT)
        batches.resume(unit, archive.batch_id, "clerk-1")
    archive.work()
    assert _rest(archive)
    assert (archive.codes(), archive.folders()["1/a"]) == ([], "assembled")


def test_a_folder_waits_for_its_neighbours_no_longer_than_it_must(archive: Archive) -> None:
    """It is fixed once their cover sheets follow on its own; the last one waits until all is there."""
    archive.holds = {f"1/{name}/1.tif": (f"#{number}", name) for number, name in enumerate("abcd", start=1)}
    archive.begin("separators")
    archive.feed()
    jobs_of = archive.queued(jobs.READ_FILE)
    for job_id, states in zip(
        jobs_of,
        (
            ["ready", "reading", "reading", "reading"],
            ["assembled", "ready", "reading", "reading"],
            ["assembled", "assembled", "ready", "reading"],
            ["assembled", "assembled", "assembled", "ready"],
        ),
        strict=True,
    ):
        claim = archive.claim(job_id)
        assert claim is not None
        archive.carry_out(claim)
        archive.work(jobs.ASSEMBLE_FOLDER)
        assert list(archive.folders().values()) == states
    archive.work()
    assert set(archive.folders().values()) == {"assembled"}


def test_what_a_person_has_confirmed_waits_for_its_neighbours_as_well(archive: Archive) -> None:
    """The number that is missing behind it is known only when the next folder is read: it can be parted then."""
    archive.holds = {"1/a/1.tif": ("#1", "x", "#3", "y", "z"), "1/b/1.tif": ("#5", "x")}
    archive.begin("separators")
    archive.feed()
    first, second = archive.queued(jobs.READ_FILE)
    claim = archive.claim(first)
    assert claim is not None
    archive.carry_out(claim)
    archive.work(jobs.ASSEMBLE_FOLDER)
    archive.answer("separator_missing", CHECKED)
    folder = archive.folder("1/a")
    with archive.database.unit() as unit:
        assert batch_items.confirm(unit, folder, "clerk-1", AT) == []
    claim = archive.claim(second)
    assert claim is not None
    archive.carry_out(claim)
    archive.work()
    assert archive.folders()["1/a"] == "asks"
    assert [one.details["number"] for one in archive.asked()] == [4]


def test_a_late_file_opens_a_folder_that_waits_for_its_neighbours(archive: Archive) -> None:
    """It is put together anew with it, instead of becoming two."""
    archive.holds = {"1/a/1.tif": ("#1", "x"), "1/b/1.tif": ("#2", "y")}
    archive.begin("separators")
    archive.feed()
    claim = archive.claim(archive.queued(jobs.READ_FILE)[0])
    assert claim is not None
    archive.carry_out(claim)
    archive.work(jobs.ASSEMBLE_FOLDER)
    assert archive.folders()["1/a"] == "ready"
    archive.holds["1/a/2.tif"] = ("z",)
    with archive.database.unit() as unit:
        batches.fill(unit, archive.batch_id, archive.tree())
    assert archive.folders()["1/a"] == "reading"
    archive.feed()
    archive.work()
    assert archive.folders() == {"1/a": "assembled", "1/b": "assembled"}


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


def test_the_first_and_the_last_sheet_of_a_printed_run_are_missed_too(archive: Archive) -> None:
    """The sheets say of how many they are; the papers can still be parted where it is asked."""
    holds = {"1/a/1.tif": ("#2/5", "x", "#3/5", "y"), "1/b/1.tif": ("#4/5", "x", "z")}
    through(archive, holds, "separators")
    told = [(one.code, one.folder, one.details) for one in archive.asked()]
    assert told == [
        ("separator_first_missing", "1/a", {"number": 1, "pages": []}),
        ("separator_last_missing", "1/b", {"number": 5, "pages": [2, 3]}),
    ]
    assert set(archive.folders().values()) == {"asks"}
    for code in ("separator_first_missing", "separator_last_missing"):
        archive.answer(code, CHECKED)
    for name in ("1/a", "1/b"):
        folder = archive.folder(name)
        with archive.database.unit() as unit:
            batch_items.confirm(unit, folder, "clerk-1", AT)
    archive.work()
    assert _rest(archive)
    assert (archive.codes(), set(archive.folders().values())) == ([], {"assembled"})


def test_a_run_that_is_whole_or_was_printed_for_each_folder_raises_no_question(archive: Archive) -> None:
    """The last of its run waits for nothing; and folders may lie in another order than their sheets."""
    holds = {"1/a/1.tif": ("#1/2", "x", "#2/2", "y"), "1/b/1.tif": ("#1/2", "x", "#2/2", "z")}
    through(archive, holds, "separators")
    assert (archive.codes(), set(archive.folders().values())) == ([], {"assembled"})


def test_one_of_two_runs_printed_alike_misses_its_last(archive: Archive) -> None:
    """Where the next folder begins anew, the one before has ended."""
    holds = {"1/a/1.tif": ("#1/3", "x", "#2/3", "y"), "1/b/1.tif": ("#1/3", "x", "#2/3", "z", "#3/3", "z")}
    through(archive, holds, "separators")
    assert [(one.code, one.folder, one.details["number"]) for one in archive.asked()] == [
        ("separator_last_missing", "1/a", 3)
    ]


def test_neighbours_that_are_put_together_at_the_same_moment_wait_for_none_for_ever(archive: Archive) -> None:
    """Four workers, folders in any order: each lets go whom it can, and all are there in the end."""
    archive.holds = {f"1/{number:02}/1.tif": (f"#{number}", "x") for number in range(1, 17)}
    archive.begin("separators")
    archive.feed()
    archive.work(jobs.READ_FILE)
    claims = [archive.claim(job_id) for job_id in archive.queued(jobs.ASSEMBLE_FOLDER)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(archive.carry_out, [claim for claim in claims if claim is not None]))
    archive.work()
    assert (archive.codes(), set(archive.folders().values())) == ([], {"assembled"})
