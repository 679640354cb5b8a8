"""The commands of the queue say what they found, with the exit status of the contract."""

from __future__ import annotations

import pytest
import typer
from sqlalchemy import delete, text, update

from intake.settings import Settings
from models import audit
from models.audit import AuditRow
from models.database import Database
from models.derived import Derived
from tests import made_up
from workers.commands import audit as audit_commands
from workers.commands import db


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the test's database as they find any other: by the environment."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))


def test_a_whole_trail_is_verified_with_its_head(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """The number of rows and the digest to keep elsewhere."""
    with database.unit() as unit:
        audit.append(unit, actor="a", action="did", subject_kind="k", subject_id="s")
    with database.read() as session:
        head = audit.verify(session).head
    audit_commands.verify()
    assert capsys.readouterr().out == f"1 rows, all whole\n{head}\n"


def test_a_broken_trail_ends_with_status_1(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """The row is named."""
    with database.unit() as unit:
        audit.append(unit, actor="a", action="did", subject_kind="k", subject_id="s")
    with database.unit() as unit:
        unit.session.execute(update(AuditRow).values(actor="b"))
    with pytest.raises(typer.Exit) as ended:
        audit_commands.verify()
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == "broken at row 1, after 0 whole rows\n"


def test_a_trail_whose_end_was_cut_off_is_told_by_a_noted_head(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows that are left fit each other; only who noted the head before can tell that some are gone."""
    for action in ("one", "two"):
        with database.unit() as unit:
            audit.append(unit, actor="a", action=action, subject_kind="k", subject_id="s")
    with database.read() as session:
        head = audit.verify(session).head
    audit_commands.verify(head)
    with database.unit() as unit:
        unit.session.execute(delete(AuditRow).where(AuditRow.action == "two"))
    audit_commands.verify()
    with pytest.raises(typer.Exit) as ended:
        audit_commands.verify(head)
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == "cut off: the row of the noted head is gone\n"


def test_upgrading_an_up_to_date_database_is_quiet_success(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """So it may stand at the beginning of every start."""
    del database
    db.upgrade()
    db.check()
    assert "newest" in capsys.readouterr().out


def test_an_upgrade_says_what_it_works_out_of_old_rows(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Customer files of an older version: what is done, how many, and that it may be broken off; then never again."""
    people = made_up.people(database, "clerk", "reviewer")
    draft = made_up.enter_draft(database, people["clerk"], [made_up.license_reading()])
    made_up.confirmed(database, draft, people["reviewer"])
    with database.unit() as unit:
        unit.session.execute(delete(Derived))
    db.upgrade()
    told = capsys.readouterr().err
    assert "customer files are found that were there before this version: 1, once" in told
    assert '"event": "derived.filled"' in told
    db.upgrade()
    assert capsys.readouterr().err == ""


def test_a_schema_that_differs_from_the_code_ends_with_status_1(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that someone dropped is told."""
    with database.unit() as unit:
        unit.session.execute(text("DROP TABLE heartbeats"))
    with pytest.raises(typer.Exit) as ended:
        db.check()
    assert ended.value.exit_code == 1
    assert "heartbeats" in capsys.readouterr().err
