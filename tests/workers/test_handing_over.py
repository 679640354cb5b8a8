"""A closed batch as a package: PDF/A beside untouched originals, whole or not there at all."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select, update

from intake.archive import package
from intake.archive.conformance import faults
from intake.archive.searchable import PdfInfo, PdfPage
from intake.errors import BatchOpenError, EngineOutputError, PackageHeldError
from intake.imaging.frames import Scan
from intake.options import DecodeLimits
from models import batch_export, batch_ledger
from models.accounts import User
from models.audit import AuditRow
from models.batch_export import Export
from models.batch_rows import Batch, BatchFolder
from models.cases import Page
from models.database import Database
from models.store import FileStore
from models.uploads import IncomingFile
from tests.models.archive_office import Archive, through
from workers import handing_over
from workers.handing_over import Told, Tools, hand_over

TODAY = date(2026, 11, 22)
TREE = {
    "1/卷一/0001.tif": ("甲方", "乙方", "_"),
    "1/卷一/0002.tif": ("丙方",),
    "2/x/0001.tif": ("丁方", "戊方"),
}


@dataclass
class Stored(Archive):
    """An archive whose sources are real TIFF files, one frame per page, kept in a store."""

    store: FileStore = field(default_factory=lambda: FileStore(Path()))
    bodies: dict[str, bytes] = field(default_factory=dict)

    def incoming(self, path: str) -> IncomingFile:
        """A source whose bytes lie in the store."""
        held = self.holds[path]
        assert isinstance(held, tuple)
        chance = np.random.default_rng(len(self.bodies))
        frames = [Image.fromarray(chance.integers(0, 255, (140, 100), dtype=np.uint8)) for _ in held]
        body = io.BytesIO()
        frames[0].save(body, "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
        self.bodies[path] = body.getvalue()
        kept = self.store.put(io.BytesIO(self.bodies[path]), 10_000_000)
        return IncomingFile(path.rpartition("/")[2], kept.size, kept.sha256, "image/tiff")


@pytest.fixture
def archive(database: Database, store: FileStore) -> Stored:
    """A closed batch of two folders; the first has a reference number and a title."""
    with database.unit() as unit:
        unit.session.add(User(id="clerk-1", name="clerk-1", roles=["clerk"], display_name=""))
    made = Stored(database, store=store)
    through(made, dict(TREE), "files")
    with database.unit() as unit:
        named = update(BatchFolder).where(BatchFolder.name == "1/卷一")
        unit.session.execute(named.values(archival_number="J001-2020-D30", title="房屋租赁"))
        batch_ledger.close(unit, made.batch_id, "clerk-1")
    return made


@pytest.fixture
def tools(archive: Stored) -> Tools:
    """Two items at once."""
    return Tools(archive.database, archive.store, DecodeLimits(), jobs=2)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where packages are to stand."""
    return tmp_path / "out"


def plan(archive: Stored) -> Export:
    """What the batch hands over."""
    with archive.database.read() as session:
        return batch_export.of(session, archive.batch_id, unaccepted=True)


def export(tools: Tools, archive: Stored, target: Path, tell: Callable[[Told], None] = lambda _: None) -> Told:
    """Hand the batch over into a folder."""
    return hand_over(tools, plan(archive), target, TODAY, tell)


def table(path: Path) -> list[dict[str, str]]:
    """A list's lines by their headings."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def copied(path: Path) -> list[str]:
    """What each page of a PDF says."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_package_holds_every_item_and_every_original(archive: Stored, tools: Tools, out: Path) -> None:
    """PDF/A per item by reference number and serial with its words, the sources to the byte, valid for its receiver."""
    told = export(tools, archive, out)
    assert (told.failed, told.items, told.made, told.pages) == ([], 3, 3, 5)
    bag = out / "b"
    subprocess.run([sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)], check=True, timeout=60)
    assert "Acceptance: 未经验收 / not accepted\n" in (bag / "bag-info.txt").read_text("utf-8")
    data = bag / "data"
    first = data / "J001-2020-D30" / "J001-2020-D30-0001.pdf"
    assert copied(first) == ["甲方", "乙方"]
    assert copied(data / "2-x" / "2-x-0001.pdf") == ["丁方", "戊方"]
    assert faults(first.read_bytes()) == ()
    with pikepdf.open(first) as pdf:
        assert str(pdf.docinfo["/Title"]) == "J001-2020-D30-0001"
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 72, 100.8]
    for path, body in archive.bodies.items():
        folder = "J001-2020-D30" if path.startswith("1/") else "2-x"
        assert (data / folder / "originals" / path.rpartition("/")[2]).read_bytes() == body
    assert sorted(path.name for path in out.iterdir()) == ["b"]
    assert (bag.stat().st_mode & 0o777) == 0o700


def test_a_reference_number_is_told_as_it_is_and_only_names_are_fit_for_files(
    archive: Stored, tools: Tools, out: Path
) -> None:
    """Signs that a file's name cannot have stay in lists and titles, and so does a number that another folder has."""
    with archive.database.unit() as unit:
        unit.session.execute(update(BatchFolder).values(archival_number="J/1:2"))
    assert export(tools, archive, out).failed == []
    told = table(out / "b" / "data" / "items.csv")
    assert [(line["档号"], line["文件"]) for line in told] == [
        ("J/1:2-0001", "J_1_2/J_1_2-0001.pdf"),
        ("J/1:2-0002", "J_1_2/J_1_2-0002.pdf"),
        ("J/1:2-0001", "J_1_2~2/J_1_2~2-0001.pdf"),
    ]
    for line in told:
        with pikepdf.open(out / "b" / "data" / line["文件"]) as pdf:
            assert str(pdf.docinfo["/Title"]) == line["档号"]


def test_a_path_is_no_title(archive: Stored, tools: Tools, out: Path) -> None:
    """Folders without a reference number may be named after people: no PDF says so of itself."""
    export(tools, archive, out)
    with pikepdf.open(out / "b" / "data" / "2-x" / "2-x-0001.pdf") as pdf:
        assert len(str(pdf.docinfo["/Title"])) == 26


def test_the_lists_account_for_every_page(archive: Stored, tools: Tools, out: Path) -> None:
    """Each item with the hash of its PDF, each page with its state and the hash of its source, blanks among them."""
    export(tools, archive, out)
    data = out / "b" / "data"
    items, pages = table(data / "items.csv"), table(data / "pages.csv")
    assert [(line["档号"], line["题名"], line["页数"]) for line in items] == [
        ("J001-2020-D30-0001", "房屋租赁", "2"),
        ("J001-2020-D30-0002", "房屋租赁", "1"),
        ("2-x-0001", "", "2"),
    ]
    for line in items:
        assert hashlib.sha256((data / line["文件"]).read_bytes()).hexdigest() == line["SHA-256"]
    assert [(line["状态"], line["件号"], line["件内页号"]) for line in pages] == [
        ("已归件", "1", "1"),
        ("已归件", "1", "2"),
        ("空白", "", ""),
        ("已归件", "2", "1"),
        ("已归件", "1", "1"),
        ("已归件", "1", "2"),
    ]
    for line in pages:
        assert hashlib.sha256((data / line["原件"]).read_bytes()).hexdigest() == line["SHA-256"]


def test_the_same_batch_gives_the_same_files(archive: Stored, tools: Tools, out: Path) -> None:
    """Manifests of two exports can be compared line by line."""
    for name in ("one", "two"):
        export(tools, archive, out / name)
    one, two = ((out / name / "b" / "manifest-sha256.txt").read_bytes() for name in ("one", "two"))
    assert one == two


class KilledError(BaseException):
    """What ends a process at once, as far as one test can."""


def test_a_killed_export_is_gone_on_with(
    archive: Stored, tools: Tools, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no package before it is whole; the same command makes only the items that are missing."""

    def kill(told: Told) -> None:
        if told.items == 2:
            raise KilledError

    with pytest.raises(KilledError):
        export(tools, archive, out, kill)
    assert [path.name for path in out.iterdir()] == [".b.partial"]
    made: list[str] = []
    write = handing_over._pictures
    monkeypatch.setattr(handing_over, "_pictures", lambda *asked: made.append("one") or write(*asked))
    with monkeypatch.context() as patch:
        patch.setattr(package, "seal", lambda *_: (_ for _ in ()).throw(KilledError()))
        with pytest.raises(KilledError):
            export(tools, archive, out)
    assert made == ["one"]
    assert not (out / "b").exists()
    export(tools, archive, out)
    assert made == ["one"]
    assert table(out / "b" / "data" / "items.csv")[2]["SHA-256"]


def test_a_page_that_was_turned_since_is_made_anew(archive: Stored, tools: Tools, out: Path) -> None:
    """What is finished counts only as long as it is made of the same."""
    with pytest.raises(KilledError):
        export(tools, archive, out, lambda told: (_ for _ in ()).throw(KilledError()) if told.items == 3 else None)
    with archive.database.unit() as unit:
        unit.session.execute(update(Page).values(turned=1))
    export(tools, archive, out)
    with pikepdf.open(out / "b" / "data" / "2-x" / "2-x-0001.pdf") as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 100.8, 72]


def test_an_original_that_is_damaged_stops_the_package_and_is_named(archive: Stored, tools: Tools, out: Path) -> None:
    """Nobody is handed a package with a hole; once the store is repaired the same command makes what is missing."""
    body = archive.bodies["2/x/0001.tif"]
    sha256 = hashlib.sha256(body).hexdigest()
    (path,) = archive.store.root.rglob(sha256)
    path.write_bytes(b"x" + body[1:])
    told = export(tools, archive, out)
    assert told.failed == [("2-x/originals/0001.tif", "store.damaged"), ("2-x-0001", "store.damaged")]
    assert not (out / "b").exists()
    path.write_bytes(body)
    assert export(tools, archive, out).failed == []
    assert (out / "b" / "bagit.txt").exists()


def test_a_colour_profile_that_breaks_a_rule_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone's odd profile does not keep a paper out of the archive; a fault that stays does."""
    scan = Scan("DCTDecode", b"x", 10, 10, 3, profile=b"odd")
    info = PdfInfo("J-0001", datetime(2026, 11, 22, tzinfo=UTC))
    monkeypatch.setattr(handing_over, "faults", lambda body: ("odd",) if b"ICCBased" in body else ())
    monkeypatch.setattr(handing_over, "pdfa", lambda pages, _: b"ICCBased" if pages[0].scan.profile else b"plain")
    assert handing_over._checked([PdfPage(scan)], info) == b"plain"
    monkeypatch.setattr(handing_over, "faults", lambda _: ("bad",))
    with pytest.raises(EngineOutputError):
        handing_over._checked([PdfPage(scan)], info)


def test_a_package_is_never_written_over(archive: Stored, tools: Tools, out: Path) -> None:
    """What stands there stays, whoever put it there; what its writer left beside it, killed at the last step, goes."""
    (out / "b").mkdir(parents=True)
    (out / ".b.partial" / "payload").mkdir(parents=True)
    with pytest.raises(FileExistsError):
        export(tools, archive, out)
    assert [path.name for path in out.iterdir()] == ["b"]


def test_two_exports_do_not_write_the_same_package(archive: Stored, tools: Tools, out: Path) -> None:
    """The second one is told; the first goes on."""

    def again(told: Told) -> None:
        if told.items == 1:
            with pytest.raises(PackageHeldError):
                export(tools, archive, out)

    assert export(tools, archive, out, again).failed == []


def test_a_batch_that_is_open_is_not_handed_over(archive: Stored) -> None:
    """Before the ledger is closed a page may still be on its way."""
    with archive.database.unit() as unit:
        unit.session.execute(update(Batch).values(state="read"))
    with archive.database.read() as session, pytest.raises(BatchOpenError):
        batch_export.of(session, archive.batch_id, unaccepted=True)


def test_the_audit_knows_what_was_taken_out(archive: Stored) -> None:
    """Who took it, which batch, how many folders, and that it was not accepted: no names."""
    with archive.database.unit() as unit:
        batch_export.witness(unit, plan(archive), "clerk-1")
    with archive.database.read() as session:
        (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "batch.exported"))
        told = {"folders": 2, "verdict": "unaccepted"}
        assert (row.actor, row.subject_id, row.details) == ("clerk-1", archive.batch_id, told)
