"""``intake archive export``: what a person at the command line is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.errors import BatchOpenError, BatchUnacceptedError
from intake.settings import Settings
from models import batch_ledger
from models.accounts import User
from models.database import Database
from models.store import FileStore
from tests.models.archive_office import Archive, through
from web.cli import build

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``intake archive export`` on the data folder of the test."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))
    return lambda *words: CliRunner().invoke(build(["archive", "export"]), ["archive", "export", *words])


@pytest.fixture
def archive(database: Database, store: FileStore) -> Archive:
    """A read batch of one blank page, so that nothing has to be decoded."""
    store.put(io.BytesIO(b"_"), 10)
    with database.unit() as unit:
        unit.session.add(User(id="clerk-1", name="clerk-1", roles=["clerk"], display_name=""))
    return through(Archive(database), {"1/a/1.tif": ("_",)}, "files")


def test_a_batch_that_is_not_closed_is_not_written(archive: Archive, run: Run, tmp_path: Path) -> None:
    """Exit status 1 even where it need not be accepted, with the reason and what to do; no folder is made."""
    told = run(archive.batch_id, str(tmp_path / "out"), "--unaccepted")
    assert told.exit_code == 1
    assert isinstance(told.exception, BatchOpenError)
    assert not (tmp_path / "out").exists()


def test_a_batch_that_nobody_knows_is_wrong_usage(database: Database, run: Run, tmp_path: Path) -> None:
    """Exit status 2."""
    del database
    assert run("nothing", str(tmp_path)).exit_code == 2


def test_a_batch_that_nobody_accepted_is_written_only_where_that_is_said(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    """Else it is refused; the package's path is told; what stands there is not written over."""
    with archive.database.unit() as unit:
        batch_ledger.close(unit, archive.batch_id, "clerk-1")
    refused = run("b", str(tmp_path / "out"), "--jobs", "1")
    assert (refused.exit_code, type(refused.exception)) == (1, BatchUnacceptedError)
    assert not (tmp_path / "out").exists()
    told = run("b", str(tmp_path / "out"), "--jobs", "1", "--unaccepted")
    assert told.exit_code == 0, told.output
    assert "0 items, 0 pages" in told.output
    assert "(not accepted)" in told.output
    assert (tmp_path / "out" / "b" / "bagit.txt").exists()
    again = run("b", str(tmp_path / "out"), "--unaccepted")
    assert (again.exit_code, "is there already" in again.output) == (2, True)
