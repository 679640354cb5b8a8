"""Looking at the installation, apart from using it."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.errors import MissingExecutableError, MissingLanguageError
from intake.recognition import probe

GOOD = """#!/bin/sh
case "$1" in
--version) echo "tesseract 5.3.0" ;;
--list-langs) printf 'List of available languages in "x" (%s):\\n{languages}' ;;
-v) echo "pdftoppm version 22.12.0" >&2 ;;
esac
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, **programs: str) -> None:
    """A PATH that holds nothing but these programs."""
    for name, body in programs.items():
        (folder / name).write_text(body)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def good(languages: str = "chi_sim\\neng\\nosd\\n") -> str:
    """A program that answers as a fit Tesseract (or poppler tool) does."""
    return GOOD.replace("{languages}", languages)


def test_a_fit_installation_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Executables answer with a version that is new enough, all languages are there."""
    install(tmp_path, monkeypatch, tesseract=good(), pdftoppm=good(), pdfinfo=good())
    probe.check()
    assert all(result.fit for result in probe.report())


def test_a_missing_executable_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    install(tmp_path, monkeypatch, tesseract=good(), pdfinfo=good())
    with pytest.raises(MissingExecutableError) as caught:
        probe.check()
    assert caught.value.details == {"name": "pdftoppm", "package": "poppler-utils"}


@pytest.mark.parametrize("answer", ["tesseract 4.1.1", "", "Segmentation fault"])
def test_an_executable_that_is_old_or_silent_is_unfit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Being found on PATH is not enough."""
    install(tmp_path, monkeypatch, tesseract=f"#!/bin/sh\necho '{answer}'\n", pdftoppm=good(), pdfinfo=good())
    with pytest.raises(MissingExecutableError):
        probe.check()


def test_a_missing_language_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check tells the Debian package; the report goes on and tells the same."""
    install(tmp_path, monkeypatch, tesseract=good("eng\\nosd\\n"), pdftoppm=good(), pdfinfo=good())
    with pytest.raises(MissingLanguageError) as caught:
        probe.check()
    assert caught.value.details == {"name": "chi_sim", "package": "tesseract-ocr-chi-sim"}
    unfit = [result for result in probe.report() if not result.fit]
    assert [result.name for result in unfit] == ["tesseract chi_sim"]
    assert unfit[0].advice is not None
    assert "tesseract-ocr-chi-sim" in unfit[0].advice.en


def test_the_report_of_an_empty_machine_raises_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is missing has its advice in both languages."""
    install(tmp_path, monkeypatch)
    unfit = [result for result in probe.report() if not result.fit]
    assert [result.name for result in unfit][:3] == ["tesseract", "pdftoppm", "pdfinfo"]
    assert all(result.advice and result.advice.zh and result.advice.en for result in unfit)
