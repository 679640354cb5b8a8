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
from tests.confirmed_papers import LICENSE, PERMIT, Archive
from web.cli import build

Run = Callable[..., Result]


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


def test_a_recalibration_is_fitted_measured_and_can_be_used(
    archive: Archive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that was corrected again and again is less sure once the file is set; the file holds numbers only."""
    for copy in range(14):
        archive.confirm(LICENSE, copy=copy, **({"company_type": "个体户"} if copy % 2 else {}))
    out, figures = tmp_path / "recalibration.json", tmp_path / "figures.json"
    told = run("--from-reviews", "--recalibrate", str(out))
    assert told.exit_code == 0, told.output
    assert "expected calibration error" in told.stdout
    made = json.loads(out.read_text("utf-8"))
    assert (made["files"], made["wrong"]) == (14, 7)
    assert made["effect"]["after"]["brier"] < made["effect"]["before"]["brier"]
    assert "个体" not in out.read_text("utf-8")
    monkeypatch.setenv("INTAKE_RECALIBRATION", str(out))
    assert run("--from-reviews", "--again", "--json", str(figures)).exit_code == 0
    assert max(miss["confidence"] for miss in json.loads(figures.read_text("utf-8"))["misses"]) < 0.9
    again = tmp_path / "again.json"
    assert run("--from-reviews", "--recalibrate", str(again)).exit_code == 0
    assert json.loads(again.read_text("utf-8")) == made


def test_too_little_for_a_recalibration_is_said(archive: Archive, run: Run, tmp_path: Path) -> None:
    """Status 1, the figures are printed all the same, and no file is written."""
    archive.confirm(LICENSE)
    told = run("--from-reviews", "--recalibrate", str(tmp_path / "out.json"))
    assert told.exit_code == 1
    assert "Too little" in told.stderr
    assert "exact match" in told.stdout
    assert not (tmp_path / "out.json").exists()


def test_without_a_confirmed_paper_there_are_no_figures(archive: Archive, run: Run) -> None:
    """It is said, with status 1, and nothing is written into the audit."""
    archive.draft(LICENSE)
    told = run("--from-reviews")
    assert (told.exit_code, trail(archive.database)) == (1, [])
    assert "No paper is confirmed yet" in told.stderr


@pytest.mark.parametrize("words", [(), (".", "--from-reviews"), (".", "--again"), (".", "--recalibrate", "x")])
def test_a_corpus_or_the_reviews_and_not_both(run: Run, words: tuple[str, ...]) -> None:
    """Anything else is wrong usage."""
    assert run(*words).exit_code == 2
