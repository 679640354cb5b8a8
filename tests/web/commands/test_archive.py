"""``intake archive``: where batches stand and where a page is, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from intake.settings import Settings
from models.accounts import User
from models.batch_rows import Batch, BatchException
from models.database import Database
from models.upload_rows import UploadFile
from tests.models.archive_office import DAMAGED, Archive, through
from web import cli


@pytest.fixture
def archive(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """A batch of two boxes, one file of them damaged; the commands work on its data folder."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))
    with database.unit() as unit:
        unit.session.add(User(id="clerk-1", name="clerk-1", roles=["archivist"]))
    return through(Archive(database), {"甲/1.pdf": ["#1", "p1", "_"], "甲/2.pdf": DAMAGED, "乙/1.pdf": ["#2", "q1"]})


def _intake(*words: str) -> Result:
    return CliRunner().invoke(cli.build(list(words)), list(words))


def test_status_tells_of_all_batches_and_of_one_with_what_people_are_asked(archive: Archive) -> None:
    """By name or identifier; tables and JSON."""
    (line,) = json.loads(_intake("archive", "status", "--json").stdout)
    assert (line["name"], line["state"], line["files"], line["pages"], line["exceptions"]) == ("b", "read", 3, 6, 1)
    told = json.loads(_intake("archive", "status", archive.batch_id, "--json").stdout)
    assert told["ledger"] == {
        "received": 6, "waiting": 1, "filed": 2, "blank": 1, "separator": 2, "rejected": 0
    }  # fmt: skip
    assert [(one["code"], one["path"], one["details"]) for one in told["open"]] == [
        ("unreadable", "甲/2.pdf", {"code": "file.damaged"})
    ]
    shown = _intake("archive", "status", "b").stdout
    assert "甲/2.pdf" in shown
    assert "A file cannot be read" in shown


def test_status_tells_how_long_the_stages_of_reading_took(archive: Archive) -> None:
    """Of all files of the batch together, the longest first, in seconds; no rate of a batch that does not run."""
    with archive.database.unit() as unit:
        files = unit.session.scalars(select(UploadFile).order_by(UploadFile.id)).all()
        files[0].seconds, files[-1].seconds = {"decode": 0.25, "read": 1.5}, {"decode": 2.25}
    told = json.loads(_intake("archive", "status", archive.batch_id, "--json").stdout)
    assert list(told["stages"].items()) == [("decode", 2.5), ("read", 1.5)]
    assert "decode 2.5 · read 1.5" in _intake("archive", "status", "b").stdout
    _intake("archive", "pause", "b")
    assert "pages/min" not in _intake("archive", "status", "b").stdout


def test_where_tells_the_source_and_the_place_of_a_page(archive: Archive) -> None:
    """A page that the box does not have is status 1, a batch that is not there 2."""
    del archive
    found = json.loads(_intake("archive", "where", "b", "甲", "2", "--json").stdout)
    assert (found["path"], found["file_page"], found["state"], found["item"]) == ("甲/1.pdf", 2, "filed", 1)
    assert "乙/1.pdf" in _intake("archive", "where", "b", "乙", "1").stdout
    assert _intake("archive", "where", "b", "甲", "5").exit_code == 1
    assert _intake("archive", "where", "c", "甲", "1").exit_code == 2


def test_a_batch_is_paused_and_goes_on(archive: Archive) -> None:
    """In the name of the service account of the command line."""
    del archive
    assert _intake("archive", "pause", "b").stdout == "b: paused\n"
    assert "paused (person)" in _intake("archive", "status").stdout
    assert _intake("archive", "resume", "b").stdout == "b: running\n"


@pytest.mark.ocr
def test_a_tree_whose_batch_is_closed_is_not_taken_in_again(archive: Archive, tmp_path: Path) -> None:
    """The command says that it is closed and begins nothing, for nothing is new in its tree."""
    tree = tmp_path / "tree"
    for path in ("甲/1.pdf", "乙/1.pdf"):
        (tree / path).parent.mkdir(parents=True)
        (tree / path).write_bytes(b"0123456789")
    with archive.database.unit() as unit:
        batch = unit.session.get_one(Batch, archive.batch_id)
        batch.root, batch.state = str(tree), "closed"
        unit.session.execute(update(BatchException).values(state="settled"))
    told = _intake("archive", "run", str(tree), "--json")
    (line,) = map(json.loads, told.stdout.splitlines())
    assert (told.exit_code, line["event"], line["batch"]) == (0, "closed", archive.batch_id)


def test_what_is_no_folder_is_wrong_usage(tmp_path: Path) -> None:
    """And told as such, before anything is made."""
    assert _intake("archive", "run", str(tmp_path / "none")).exit_code == 2


@pytest.mark.ocr
def test_a_batch_goes_on_as_it_was_begun(archive: Archive, tmp_path: Path) -> None:
    """Whoever asks for something else is told so, and nothing has happened: above all, no source is in danger."""
    with archive.database.unit() as unit:
        unit.session.get_one(Batch, archive.batch_id).root = str(tmp_path)
    for other in (("--move",), ("--name", "c"), ("--boundaries", "content")):
        told = _intake("archive", "run", str(tmp_path), *other)
        assert (told.exit_code, other[0] in told.stderr) == (2, True)


@pytest.mark.ocr
def test_a_tree_within_the_tree_of_another_batch_is_refused(archive: Archive, tmp_path: Path) -> None:
    """Its papers would be taken in twice."""
    (tmp_path / "盒1").mkdir()
    with archive.database.unit() as unit:
        unit.session.get_one(Batch, archive.batch_id).root = str(tmp_path)
    told = _intake("archive", "run", str(tmp_path / "盒1"))
    assert (told.exit_code, archive.batch_id in told.stderr) == (2, True)
