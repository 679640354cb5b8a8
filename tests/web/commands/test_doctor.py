"""``intake doctor``: what is unfit is told with what to do, and nothing is changed."""

from __future__ import annotations

import json
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.recognition import probe
from intake.settings import Settings
from web.cli import build
from web.commands import doctor


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but a data folder that does not exist yet; the readers are fit."""
    for name in list(os.environ):
        if name.startswith("INTAKE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INTAKE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(probe, "report", lambda: [probe.ProbeResult("tesseract", fit=True, detail="5.3.0")])
    return tmp_path


def run(*words: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(build(["doctor"]), ["doctor", *words])


def checks(result: Result) -> dict[str, bool]:
    """Which checks are fit, out of the JSON."""
    return {check["name"]: check["fit"] for check in json.loads(result.stdout)["checks"]}


def test_a_fresh_installation_is_fit_and_stays_untouched(empty_place: Path) -> None:
    """What the first start makes need not exist, and looking does not make it."""
    result = run("--json")
    assert set(checks(result)) == {"tesseract", "settings", "database", "redis", "store", "disk", "clock"}
    assert all(checks(result).values())
    assert result.exit_code == 0
    assert list(empty_place.iterdir()) == []


def test_an_unfit_reader_makes_the_installation_unfit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 3, with the package to install in the language asked for."""
    monkeypatch.undo()
    monkeypatch.setenv("PATH", "")
    result = run("--language", "en")
    assert result.exit_code == 3
    assert "tesseract-ocr" in result.stdout


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("INTAKE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "database"),
        ("INTAKE_REDIS_URL", "redis://127.0.0.1:1/0", "redis"),
        ("INTAKE_STORE_URL", "ftp://example.org/store", "store"),
    ],
)
def test_what_does_not_answer_is_unfit_and_the_rest_is_still_looked_at(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, name: str
) -> None:
    """Each unreachable service by its own name."""
    monkeypatch.setenv(setting, value)
    result = run("--json")
    assert [check for check, fit in checks(result).items() if not fit] == [name]
    assert result.exit_code == 3


def test_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that rests on them is looked at."""
    monkeypatch.setenv("INTAKE_PORT", "many")
    result = run("--json", "--language", "en")
    assert checks(result) == {"tesseract": True, "settings": False}
    assert "INTAKE_PORT" in result.stdout


def test_a_full_disk_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than two gigabytes free."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - the shape of shutil's own answer
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 9, 1))
    assert not doctor.disk(Settings(data_dir=tmp_path)).fit


def test_a_clock_before_the_program_itself_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without battery wakes up in 1970; its audit trail would be worthless."""
    stamp = tmp_path / "written_tomorrow.py"
    stamp.touch()
    os.utime(stamp, (4e9, 4e9))
    monkeypatch.setattr(doctor, "__file__", str(stamp))
    assert not doctor.clock(Settings(data_dir=tmp_path)).fit


def test_a_data_folder_that_cannot_be_made_is_unfit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to write there, the first start would fail."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    settings = Settings(data_dir=tmp_path / "data")
    assert not doctor.database(settings).fit
    assert not doctor.store(settings).fit
