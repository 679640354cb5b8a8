"""Packages that the portal asked for: written turn by turn by workers, and taken away again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select, update

from intake.errors import ItemsUnconfirmedError, PackageBusyError, PackageGoneError
from models import batch_ledger, packages
from models.audit import AuditRow
from models.batch_rows import Batch, BatchFile
from models.job_rows import EXPORT_BATCH, Job
from models.package_rows import Package
from models.packages import PackageLine
from models.store import FileStore
from tests.models.archive_office import through
from tests.workers.test_handing_over import TREE, Stored
from workers import packing, tasks
from workers.context import Context
from workers.handing_over import Turn


@pytest.fixture
def archive(context: Context) -> Stored:
    """A closed batch of two folders that nobody accepted."""
    assert isinstance(context.store, FileStore)
    made = through(Stored(context.database, store=context.store), dict(TREE), "files")
    assert isinstance(made, Stored)
    with context.database.unit() as unit:
        batch_ledger.close(unit, made.batch_id, "clerk-1")
    return made


@pytest.fixture
def asked(context: Context, archive: Stored) -> str:
    """A package that was asked for; its identifier."""
    with context.database.unit() as unit:
        return packages.begin(unit, archive.batch_id, "clerk-1", unaccepted=True)[0].id


def work(context: Context) -> int:
    """Carry out the jobs about packages that are due; gives how many there were."""
    for number in count():
        with context.database.read() as session:
            due = select(Job.id).where(Job.state == "queued", Job.kind == EXPORT_BATCH).order_by(Job.id)
            job_id = session.scalars(due.limit(1)).first()
        if job_id is None:
            return number
        tasks.run_job(context, job_id)
    return 0


def line(context: Context, archive: Stored) -> PackageLine:
    """The latest package."""
    with context.database.read() as session:
        return packages.of_batch(session, archive.batch_id)[0]


def place(context: Context, archive: Stored) -> Path:
    """Where it stands."""
    return packages.place(context.settings.exports, line(context, archive))


def test_a_package_is_made_and_taken_away(context: Context, archive: Stored, asked: str) -> None:
    """It stands valid below the folder of packages, for its owner alone; the audit knows of all of it."""
    assert work(context) == 1
    found = line(context, archive)
    assert (found.state, found.made, found.items, found.pages, found.accepted) == ("ready", 3, 3, 5, False)
    folder = place(context, archive)
    assert found.size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    subprocess.run([sys.executable, "-m", "bagit", "--validate", "--quiet", str(folder)], check=True, timeout=60)
    assert folder.parent.stat().st_mode & 0o077 == 0
    with context.database.unit() as unit:
        assert packages.fetch(unit, archive.batch_id, asked, "clerk-1").id == asked
        packages.remove(unit, archive.batch_id, asked, "clerk-1")
    assert work(context) == 1
    assert (line(context, archive).state, folder.parent.exists()) == ("removed", False)
    with context.database.unit() as unit, pytest.raises(PackageGoneError):
        packages.fetch(unit, archive.batch_id, asked, "clerk-1")
    with context.database.read() as session:
        rows = session.execute(select(AuditRow.action, AuditRow.details).where(AuditRow.subject_id == archive.batch_id))
        told = [(action, details.get("verdict")) for action, details in rows][-3:]
    assert told == [(f"batch.{act}", "unaccepted") for act in ("exported", "fetched", "package_removed")]


def test_a_long_package_is_written_turn_by_turn(
    context: Context, archive: Stored, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each turn goes on where the last one ended, and folders that are whole are not looked at again."""
    turns: list[Turn] = []

    def short(run: str, _over: Callable[[], bool]) -> Turn:
        left = count()
        turns.append(Turn(run, lambda: next(left) >= 4))
        return turns[-1]

    monkeypatch.setattr(packing, "Turn", short)
    assert work(context) == len(turns) == 2
    assert {turn.run for turn in turns} == {asked}
    found = line(context, archive)
    assert (found.state, found.made, found.pages) == ("ready", 3, 5)
    assert len((place(context, archive) / "data" / "items.csv").read_text("utf-8-sig").splitlines()) == 4


def test_one_package_of_a_batch_is_made_at_a_time(context: Context, archive: Stored, asked: str) -> None:
    """Nor is one taken away while it is made."""
    with context.database.unit() as unit, pytest.raises(PackageBusyError):
        packages.begin(unit, archive.batch_id, "clerk-1", unaccepted=True)
    with context.database.unit() as unit, pytest.raises(PackageBusyError):
        packages.remove(unit, archive.batch_id, asked, "clerk-1")
    with context.database.unit() as unit, pytest.raises(ItemsUnconfirmedError):
        packages.begin(unit, archive.batch_id, "clerk-1")


def test_what_could_not_be_made_is_named(context: Context, archive: Stored, asked: str) -> None:
    """An original that is damaged: there is no package, and the page says which and why; another may be asked for."""
    (path,) = archive.store.root.rglob(_sums(archive)[0])
    path.write_bytes(b"changed")
    assert work(context) == 1
    found = line(context, archive)
    assert (found.state, found.error_code) == ("failed", "archive.package_incomplete")
    assert {code for _, code in found.failures} == {"store.damaged"}
    with context.database.unit() as unit:
        assert packages.begin(unit, archive.batch_id, "clerk-1", unaccepted=True)[0].id != asked


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda context, _asked: _unclosed(context), "archive.not_closed"),
        (lambda context, asked: (context.settings.exports / asked).touch(), "archive.package_unwritten"),
    ],
)
def test_a_package_that_cannot_be_made_says_why(
    context: Context, archive: Stored, asked: str, change: Callable[[Context, str], object], code: str
) -> None:
    """A batch that was opened again meanwhile; a disk that does not take it."""
    context.settings.exports.mkdir(parents=True)
    change(context, asked)
    work(context)
    assert (line(context, archive).state, line(context, archive).error_code) == ("failed", code)


def test_a_job_that_was_put_aside_leaves_no_package_in_the_making(
    context: Context, archive: Stored, asked: str
) -> None:
    """It is shown as failed, and another one can be asked for."""
    with context.database.unit() as unit:
        unit.session.execute(update(Job).where(Job.subject_id == asked).values(state="quarantined"))
    assert (line(context, archive).state, line(context, archive).error_code) == ("failed", "job.lost")
    with context.database.unit() as unit:
        again = packages.begin(unit, archive.batch_id, "clerk-1", unaccepted=True)[0].id
    with context.database.read() as session:
        assert session.get_one(Package, asked).state == "failed"
    assert line(context, archive).id == again


def _sums(archive: Stored) -> list[str]:
    with archive.database.read() as session:
        return [one for one in session.scalars(select(BatchFile.sha256)) if one]


def _unclosed(context: Context) -> None:
    with context.database.unit() as unit:
        unit.session.execute(update(Batch).values(state="read"))
