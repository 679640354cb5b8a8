"""``intake archive sheets``: what comes out of the printer says what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.archive import marks
from intake.archive.marks import Mark
from intake.recognition.codes import read_marks
from tests import worn
from web.cli import build

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """``intake archive sheets`` with these words."""
    return lambda *words: CliRunner().invoke(build(["archive", "sheets"]), ["archive", "sheets", *map(str, words)])


def printed(path: Path) -> list[Mark | None]:
    """What each page of a PDF says."""
    return [marks.read(read_marks(page)) for page in worn.rendered(path.read_bytes(), 150)]


def test_numbered_covers_come_on_both_sides(run: Run, tmp_path: Path) -> None:
    """As many as asked for, from the number on that was asked for."""
    out = tmp_path / "sheets.pdf"
    told = run(out, "--batch", "B7", "--box", "3", "--folder", "12", "--count", 2, "--first", 40)
    assert told.exit_code == 0, told.output
    found = [(one.batch, one.box, one.folder, one.number, one.side) for one in printed(out) if one is not None]
    assert found == [("B7", "3", "12", number, side) for number in (40, 41) for side in ("front", "back")]


def test_a_manifest_gives_a_sheet_for_each_row(run: Run, tmp_path: Path) -> None:
    """Box by the row's path, folder by its number."""
    listed = tmp_path / "list.csv"
    listed.write_text("档号,题名,文件夹\nA-1,通知,3/A-1\nA-2,纪要,4/A-2\n", encoding="gb18030")
    out = tmp_path / "sheets.pdf"
    assert run(out, "--batch", "B7", "--manifest", listed).exit_code == 0
    found = [(one.box, one.folder, one.number) for one in printed(out)[::2] if one is not None]
    assert found == [("3", "A-1", 1), ("4", "A-2", 2)]


def test_plain_sheets_have_no_number(run: Run, tmp_path: Path) -> None:
    """Both sides say that a paper begins."""
    out = tmp_path / "sheets.pdf"
    assert run(out, "--patch", "--count", 1).exit_code == 0
    assert [one.kind for one in printed(out) if one is not None] == ["patch", "patch"]


def test_what_cannot_be_used_is_refused(run: Run, tmp_path: Path) -> None:
    """A list without numbers by its rows, with 1; a file that is there is not written over, with 2."""
    listed = tmp_path / "list.csv"
    listed.write_text("档号,页数\n,3\nB,x\n", encoding="utf-8")
    told = run(tmp_path / "sheets.pdf", "--manifest", listed)
    assert told.exit_code == 1
    assert "row 2" in told.output
    assert "row 3" in told.output
    assert not (tmp_path / "sheets.pdf").exists()
    assert run(listed).exit_code == 2
