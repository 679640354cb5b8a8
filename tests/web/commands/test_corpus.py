"""``intake corpus export``: confirmed papers in a folder that measures and trains."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from typer.testing import CliRunner, Result

from intake.evaluation import parse_truth
from intake.settings import Settings
from models.audit import AuditRow
from models.cases import Document
from models.database import Database
from models.store import FileStore
from models.upload_rows import StoredFile
from tests.confirmed_papers import LICENSE, PERMIT, Archive, sample
from web.cli import build

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``intake corpus export`` on the data folder of the test."""
    monkeypatch.setenv("INTAKE_DATA_DIR", str(settings.data_dir))

    def call(*words: str) -> Result:
        return CliRunner().invoke(build(["corpus", "export"]), ["corpus", "export", *words])

    return call


def trail(database: Database) -> list[dict[str, object]]:
    """What the audit tells of exports."""
    with database.read() as session:
        return [row.details for row in session.scalars(select(AuditRow).where(AuditRow.action == "corpus.exported"))]


def test_the_folder_is_a_corpus(archive: Archive, run: Run, tmp_path: Path) -> None:
    """The received bytes under names of ours, the decided values as truth, for the owner's eyes only."""
    archive.confirm(LICENSE, PERMIT, credit_code="92510118MA7R2X5D3H", bank_name="中国农业银行股份有限公司杭州支行")
    folder = tmp_path / "corpus"
    told = run(str(folder))
    assert told.exit_code == 0, told.output
    truths = parse_truth((folder / "truth.jsonl").read_text("utf-8").splitlines())
    assert [(folder / truth.file).read_bytes() for truth in truths] == [
        sample(LICENSE).read_bytes(),
        sample(PERMIT).read_bytes(),
    ]
    fields = {document.type: document.fields for truth in truths for document in truth.documents}
    assert fields["business_license"]["uscc"] == "92510118MA7R2X5D3H"
    assert fields["bank_account_permit"]["bank_name"] == "中国农业银行股份有限公司杭州支行"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert trail(archive.database) == [{"files": 2, "purpose": "corpus"}]


def test_lines_are_cut_in_the_form_of_tesstrain(archive: Archive, run: Run, tmp_path: Path) -> None:
    """A picture and one line of text for each printed line: of a scope several, of a day as it is printed."""
    archive.confirm(LICENSE, legal_representative="罗慕清")
    folder = tmp_path / "lines"
    told = run("--tesstrain", str(folder))
    assert told.exit_code == 0, told.output
    with archive.database.read() as session:
        paper = session.scalars(select(Document.id)).one()
    texts = {path.name.removesuffix(".gt.txt"): path.read_text("utf-8") for path in folder.glob("*.gt.txt")}
    assert {path.stem for path in folder.glob("*.png")} == set(texts)
    assert texts[f"{paper}-uscc"] == "92510118MA7R2X5D3H\n"
    assert texts[f"{paper}-legal_representative"] == "罗慕清\n"
    assert texts[f"{paper}-established_on"].endswith("日\n")
    assert f"{paper}-business_scope-2" in texts
    with Image.open(folder / f"{paper}-uscc.png") as picture:
        assert picture.width > 4 * picture.height > 80
    assert trail(archive.database) == [{"files": 1, "purpose": "tesstrain"}]


def test_a_folder_that_holds_something_is_left_alone(archive: Archive, run: Run, tmp_path: Path) -> None:
    """Wrong usage; nothing is written, neither there nor into the audit."""
    archive.confirm(LICENSE)
    (tmp_path / "note.txt").write_text("mine")
    assert run(str(tmp_path)).exit_code == 2
    assert trail(archive.database) == []


def test_a_file_that_is_damaged_is_named_and_the_others_are_written(
    archive: Archive, run: Run, store: FileStore, tmp_path: Path
) -> None:
    """Status 1; the truth holds only what is there."""
    archive.confirm(LICENSE, PERMIT)
    with archive.database.read() as session:
        kept = session.scalars(select(StoredFile).where(StoredFile.media_type == "image/png")).one()
    path = store.root / "originals" / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256
    path.chmod(0o600)
    path.write_bytes(b"other bytes")
    folder = tmp_path / "corpus"
    told = run(str(folder))
    assert told.exit_code == 1
    assert "store.damaged" in told.stderr
    (line,) = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["documents"][0]["type"] == "business_license"


def test_without_a_confirmed_paper_there_is_no_folder(archive: Archive, run: Run, tmp_path: Path) -> None:
    """Status 1."""
    archive.draft(LICENSE)
    assert run(str(tmp_path / "corpus")).exit_code == 1
    assert not (tmp_path / "corpus").exists()
