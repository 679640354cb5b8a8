"""``intake evaluate``: every figure of the contract, for people and for machines."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.recognition import probe
from intake.types import Classification, DocumentReading, FieldReading, FileReading, Label, PageSize, Region
from web.cli import build
from web.commands import evaluate, reading
from web.commands.reading import Failure, Order, read_all

WHOLE = Region(((0, 0), (1, 0), (1, 1), (0, 1)))
FIELD = FieldReading("title", "买卖合同", "买卖合同", 0.97, 0, WHOLE, "tesseract")
READING = FileReading(
    (PageSize(10, 10),), (), (DocumentReading(Classification("contract", 1), (0,), (FIELD,), ()),), {"read": 1.0}
)
TRUTH = {
    "profile": "fax",
    "documents": [{"type": "contract", "pages": [1], "fields": {"title": "买卖合同", "amount": "1.00"}}],
}


def read(source: Path, _order: Order) -> reading.Result:
    """``bad.jpg`` fails, every other file holds a contract."""
    if source.name == "bad.jpg":
        return reading.Result(source, failure=Failure("file.damaged", Label("坏了", "damaged")))
    return reading.Result(source, READING)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: type[Executor]) -> Path:
    """A corpus of one good file."""
    monkeypatch.setattr(reading, "read_one", read)
    monkeypatch.setattr(evaluate, "read_all", partial(read_all, pool=inline))
    monkeypatch.setattr(probe, "check", lambda: None)
    write(tmp_path, "good.jpg")
    return tmp_path


def write(corpus: Path, *names: str) -> None:
    """The truth of some files."""
    lines = [json.dumps({"file": name, **TRUTH}) for name in names]
    (corpus / "truth.jsonl").write_text("\n".join(lines) + "\n")


def run(*words: str) -> Result:
    """The command in this process."""
    return CliRunner(env={"COLUMNS": "200"}).invoke(build(["evaluate"]), ["evaluate", *words])


def test_every_figure_of_the_contract_is_printed(corpus: Path) -> None:
    """By name, for people."""
    result = run(str(corpus))
    assert result.exit_code == 0
    for figure in (
        "documents found",
        "type accuracy",
        "exact match",
        "precision",
        "character error rate",
        "coverage at 99 % precision",
        "expected calibration error",
        "silent errors",
        "only on the seal",
        "pages per minute",
        "share of time",
        "per type",
        "per profile",
        "per field",
        "calibration",
    ):
        assert figure in result.stdout


def test_the_figures_are_written_as_json(corpus: Path, tmp_path: Path) -> None:
    """One of two fields is right: the numbers, and what was missed."""
    out = tmp_path / "figures.json"
    assert run(str(corpus), "--json", str(out)).exit_code == 0
    figures = json.loads(out.read_text("utf-8"))
    assert figures["fields"] == {"scored": 2, "given": 1, "right": 1}
    assert (figures["exact_match"], figures["precision"], figures["documents"]["type_accuracy"]) == (0.5, 1.0, 1.0)
    assert figures["coverage_at_99_precision"] == 0.5
    assert [miss["field"] for miss in figures["misses"]] == ["amount"]
    assert figures["time_shares"] == {"read": 1.0}


def test_the_reliability_of_the_confidences_is_drawn(corpus: Path, tmp_path: Path) -> None:
    """A picture under the name of its file: one value given, so one dot."""
    out = tmp_path / "reliability-faxes.svg"
    assert run(str(corpus), "--diagram", str(out)).exit_code == 0
    picture = out.read_text("utf-8")
    assert "<title>reliability-faxes</title>" in picture
    assert picture.count("<circle") == 1


def test_failed_files_are_named_and_the_status_is_1(corpus: Path) -> None:
    """The figures are printed all the same, the failed file's fields counting as missing."""
    write(corpus, "bad.jpg", "good.jpg")
    result = run(str(corpus))
    assert result.exit_code == 1
    assert "bad.jpg: file.damaged" in result.stderr
    assert "25.0 % of 4 fields" in result.stdout


def test_folders_below_bring_their_own_truth(corpus: Path) -> None:
    """Samples of a further type lie in a folder of their own; what the corpus says of a file goes before that."""
    write(corpus, "good.jpg", "below/both.jpg")
    (corpus / "below").mkdir()
    write(corpus / "below", "both.jpg", "bad.jpg")
    result = run(str(corpus))
    assert "bad.jpg: file.damaged" in result.stderr
    assert "2 of 3, 0 beyond" in result.stdout


def test_a_folder_without_truth_is_wrong_usage(tmp_path: Path) -> None:
    """There is nothing to compare with."""
    assert run(str(tmp_path)).exit_code == 2


def test_a_half_is_the_lines_of_its_turn(corpus: Path) -> None:
    """Of three files the odd half is the second alone; figures without scopes and of codes and dates are told apart."""
    write(corpus, "one.jpg", "two.jpg", "three.jpg")
    out = corpus / "figures.json"
    assert run(str(corpus), "--half", "odd", "--json", str(out)).exit_code == 0
    figures = json.loads(out.read_text())
    assert figures["files"] == 1
    assert (figures["exact_match_scopes_apart"], figures["exact_match_codes_and_dates"]) == (0.5, 0.0)
