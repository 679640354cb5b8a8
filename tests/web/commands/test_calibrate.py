"""``intake calibrate``: a corpus with truth becomes the model file, with its figures and its diagram."""

from __future__ import annotations

import json
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.extraction.confidence import load
from intake.recognition import probe
from intake.types import FileReading, Label, PageSize
from tests.intake.extraction.sheets import column, page
from web.cli import build
from web.commands import calibrate, reading
from web.commands.reading import Failure, Order, read_all

AUTHORITY = "虚构市公安局"
FILES = 12


def read(source: Path, _order: Order) -> reading.Result:
    """Every third file is misread by the first reader and every fourth by the second; ``bad.jpg`` cannot be read."""
    if source.name == "bad.jpg":
        return reading.Result(source, failure=Failure("file.damaged", Label("坏了", "damaged")))
    number = int(source.stem)
    texts = (
        page(*column("居民身份证", f"签发机关 {'虚构币公安局' if wrong else AUTHORITY}"), reader=reader)
        for reader, wrong in (("tesseract", number % 3 == 0), ("rapidocr", number % 4 == 0))
    )
    return reading.Result(source, FileReading((PageSize(10, 10),), tuple(texts), ()))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: type[Executor]) -> Path:
    """A corpus of some backs of cards."""
    monkeypatch.setattr(reading, "read_one", read)
    monkeypatch.setattr(calibrate, "read_all", partial(read_all, pool=inline))
    monkeypatch.setattr(calibrate, "process_pool", inline)
    monkeypatch.setattr(probe, "check", lambda: None)
    return corpus_of(tmp_path / "papers", *(f"{number:02}.jpg" for number in range(FILES)))


def corpus_of(folder: Path, *names: str) -> Path:
    """A folder with the truth of these files."""
    folder.mkdir()
    documents = [{"type": "id_card_back", "pages": [1], "fields": {"issuing_authority": AUTHORITY}}]
    lines = [json.dumps({"file": name, "profile": "phone", "documents": documents}) for name in names]
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def run(*words: str | Path) -> Result:
    """The command in this process."""
    return CliRunner(env={"COLUMNS": "200"}).invoke(build(["calibrate"]), ["calibrate", *map(str, words)])


def test_a_model_file_is_made_that_tells_where_it_comes_from(corpus: Path, tmp_path: Path) -> None:
    """It can be loaded; counts, day and figures stand in it, and the same papers give the same file again."""
    out = tmp_path / "model.json"
    result = run(corpus, "--out", out, "--date", "2026-11-22", "--about", "backs of cards")
    assert result.exit_code == 0, result.output
    load(out.read_text())
    made = json.loads(out.read_text())["made"]
    assert (made["on"], made["about"], made["files"], made["fields"]) == ("2026-11-22", "backs of cards", FILES, FILES)
    assert made["figures"]["fit, cross-validated"]["given"] == FILES
    assert "silent errors" in result.output
    first = out.read_bytes()
    run(corpus, "--out", out, "--date", "2026-11-22", "--about", "backs of cards")
    assert out.read_bytes() == first


def test_truth_of_folders_below_counts_too(corpus: Path, tmp_path: Path) -> None:
    """As in ``evaluate``; and the model file tells another digest, since it was fitted on more."""
    whole, part = tmp_path / "whole.json", tmp_path / "part.json"
    assert run(corpus, "--out", part).exit_code == 0
    corpus_of(corpus / "below", "00.jpg", "03.jpg")
    assert run(corpus, "--out", whole, "--words", tmp_path / "words").exit_code == 0
    made, before = (json.loads(path.read_text())["made"] for path in (whole, part))
    assert (made["files"], before["files"]) == (FILES + 2, FILES)
    assert made["corpora"] != before["corpora"]
    assert (tmp_path / "words" / corpus.name / "below" / "00.jpg.json").is_file()


def test_what_was_read_is_kept_and_not_read_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fitting anew after a change of rules takes no engine."""
    first, second, words = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "words"
    assert run(corpus, "--out", first, "--words", words).exit_code == 0
    monkeypatch.setattr(
        calibrate, "read_all", lambda sources, _order: pytest.fail("read again") if sources else iter(())
    )
    assert run(corpus, "--out", second, "--words", words).exit_code == 0
    assert first.read_bytes() == second.read_bytes()


def test_other_papers_are_measured_and_drawn(corpus: Path, tmp_path: Path) -> None:
    """A corpus to check on leaves the model as it is; each corpus has its reliability diagram."""
    other = corpus_of(tmp_path / "others", "20.jpg", "21.jpg")
    alone, checked, drawn = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "drawn"
    run(corpus, "--out", alone)
    result = run(corpus, "--out", checked, "--check", other, "--diagrams", drawn)
    assert "others: 2 fields" in result.output
    assert load(alone.read_text()) == load(checked.read_text())
    assert sorted(path.name for path in drawn.iterdir()) == ["reliability-fit.svg", "reliability-others.svg"]


def test_a_file_that_cannot_be_read_is_named_and_left_out(tmp_path: Path, corpus: Path) -> None:
    """The others go on."""
    broken = corpus_of(tmp_path / "broken", "bad.jpg", "01.jpg")
    result = run(corpus, "--out", tmp_path / "model.json", "--check", broken)
    assert "bad.jpg: file.damaged" in result.output
    assert "broken: 1 fields" in result.output


def test_papers_without_a_wrong_value_make_no_model(tmp_path: Path, corpus: Path) -> None:
    """What is needed is said, with the status of wrong usage; so it is for a folder without truth."""
    right = corpus_of(tmp_path / "right", "01.jpg")
    result = run(right, "--out", tmp_path / "model.json")
    assert (result.exit_code, "values that are wrong" in result.output) == (2, True)
    (corpus / "truth.jsonl").unlink()
    assert run(corpus, "--out", tmp_path / "model.json").exit_code == 2
