"""``intake evaluate --from-reviews``: what people confirmed measures the reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from intake.settings import Settings
from models.audit import AuditRow
from models.database import Database
from models.store import FileStore
from tests import made_up
from tests.confirmed_papers import LICENSE, PERMIT, Archive
from web.cli import build

Run = Callable[..., Result]


@pytest.fixture
def archive(database: Database, store: FileStore) -> Archive:
    """An office that confirms samples."""
    return Archive(database, store, made_up.people(database, "clerk", "reviewer"))


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``intake evaluate`` on the data folder of the test."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))

    def call(*words: str) -> Result:
        return CliRunner(env={"COLUMNS": "200"}).invoke(build(["evaluate"]), ["evaluate", *words])

    return call


def trail(database: Database) -> list[dict[str, object]]:
    """What the audit tells of measuring."""
    with database.read() as session:
        return [row.details for row in session.scalars(select(AuditRow).where(AuditRow.action == "corpus.measured"))]


def test_corrections_are_the_misses_of_what_was_proposed(archive: Archive, run: Run, tmp_path: Path) -> None:
    """Everything accepted is right, the one corrected value is wrong, and the audit knows who asked for what."""
    archive.confirm(LICENSE, legal_representative="罗慕清")
    out = tmp_path / "figures.json"
    told = run("--from-reviews", "--json", str(out))
    assert told.exit_code == 0, told.output
    figures = json.loads(out.read_text("utf-8"))
    assert [(miss["field"], miss["truth"]) for miss in figures["misses"]] == [("legal_representative", "罗慕清")]
    assert figures["fields"]["right"] == figures["fields"]["scored"] - 1
    assert figures["documents"]["type_accuracy"] == 1.0
    assert "corrected" in told.stdout
    assert "pages per minute" not in told.stdout
    assert trail(archive.database) == [{"files": 1, "purpose": "proposed"}]


def test_the_rules_of_today_read_the_kept_words_again(archive: Archive, run: Run, tmp_path: Path) -> None:
    """With the same rules the figures are the same as those of what was proposed; no engine is started."""
    archive.confirm(LICENSE, PERMIT)
    then, now = tmp_path / "then.json", tmp_path / "now.json"
    assert run("--from-reviews", "--json", str(then)).exit_code == 0
    assert run("--from-reviews", "--again", "--json", str(now)).exit_code == 0
    before, after = (json.loads(path.read_text("utf-8")) for path in (then, now))
    assert {name: before[name] for name in ("fields", "bins", "by_field")} == {
        name: after[name] for name in ("fields", "bins", "by_field")
    }
    assert [row["purpose"] for row in trail(archive.database)] == ["proposed", "again"]


def test_without_a_confirmed_paper_there_are_no_figures(archive: Archive, run: Run) -> None:
    """It is said, with status 1, and nothing is written into the audit."""
    archive.draft(LICENSE)
    told = run("--from-reviews")
    assert (told.exit_code, trail(archive.database)) == (1, [])
    assert "No paper is confirmed yet" in told.stderr


@pytest.mark.parametrize("words", [(), (".", "--from-reviews"), (".", "--again")])
def test_a_corpus_or_the_reviews_and_not_both(run: Run, words: tuple[str, ...]) -> None:
    """Anything else is wrong usage."""
    assert run(*words).exit_code == 2
