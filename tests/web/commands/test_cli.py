"""What the command line says where an installation is unfit."""

from __future__ import annotations

import sys

import pytest

from intake.settings import Settings
from web import cli


@pytest.mark.parametrize("words", ["archive status", "archive where 1 盒1 1", "audit verify", "token revoke lin"])
def test_a_database_that_was_never_set_up_is_told_with_what_to_do(
    words: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In two lines, not by a traceback; exit status 3: the installation is unfit."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir / "empty"))
    monkeypatch.setattr(sys, "argv", ["intake", *words.split()])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err.splitlines()
    assert (ended.value.code, [line.partition(":")[0] for line in told]) == (cli.UNFIT, ["setup.schema"] * 2)
    assert "intake db upgrade" in told[1]


def test_a_database_that_does_not_answer_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody listens on port 1; nothing of the address is repeated, which may hold a password."""
    monkeypatch.setenv("INTAKE_DATABASE_URL", "postgresql+psycopg://lin:secret-word@127.0.0.1:1/intake")
    monkeypatch.setattr(sys, "argv", ["intake", "archive", "status"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert (ended.value.code, told.count("database.unavailable")) == (cli.FAILED, 2)
    assert "secret-word" not in told
