"""The command line: every command is there, and each kind of failure has its exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from intake.errors import DamagedFileError, InvalidSettingError
from web import cli


def intake(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the console script."""
    script = Path(sys.executable).parent / "intake"
    return subprocess.run([script, *words], capture_output=True, text=True, check=False, env=environment or None)


def test_help_lists_every_command() -> None:
    """A command that is added to the table shows in the overview."""
    told = intake("--help")
    assert told.returncode == 0
    assert {name.split()[0] for name in cli.COMMANDS if name.split()[0] not in told.stdout} == set()


def test_an_unknown_command_ends_with_status_2() -> None:
    """Wrong usage is told as such."""
    assert intake("extrat").returncode == 2


def test_a_setting_that_cannot_be_used_ends_with_status_3_and_is_named() -> None:
    """The process does not start and says which setting to correct, in both languages."""
    told = intake("db", "upgrade", INTAKE_PORT="70000", PATH="/usr/bin")
    assert told.returncode == 3
    assert told.stderr.count("INTAKE_PORT") == 2
    assert "设置无效" in told.stderr


@pytest.mark.parametrize(("error", "status"), [(InvalidSettingError(names=["X"]), 3), (DamagedFileError(), 1)])
def test_errors_decide_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, status: int
) -> None:
    """The branch of the tree decides: an unfit installation is 3, a failed input is 1; no traceback is shown."""

    def fail(_: list[str]) -> None:
        raise error

    monkeypatch.setattr(cli, "build", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == status
    assert "Traceback" not in capsys.readouterr().err
