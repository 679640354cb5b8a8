"""Taking batches in: trees are walked, sources copied, paused where it must be, and taken away last of all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

import pytest
from sqlalchemy import func, select

from intake.archive.pace import PaceOptions
from intake.archive.tree import FoundFolder
from intake.errors import StoreUnavailableError
from intake.settings import Settings
from models import batch_answers, batch_exceptions, batch_roots, batches, jobs
from models.accounts import User
from models.base import now
from models.batch_rows import Batch, BatchFile, BatchFolder
from models.database import Database
from models.readings import keep
from models.store import FileStore
from models.uploads import UploadFile
from tests.models.archive_office import reading
from workers import archive, archiving
from workers.archive import Feeder, walk
from workers.walking import Walk

PAGE = b"%PDF-1.4 page "


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two boxes, one with two folders; hidden files, a link out of the tree."""
    root = tmp_path / "tree"
    for number, path in enumerate(
        ("1/c/2.pdf", "1/c/10.pdf", "1/d/x.pdf", "2/y.pdf", "1/c/.DS_Store", "1/c/Thumbs.db")
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(PAGE + str(number).encode())
    (root / "1" / "link").symlink_to(tmp_path)
    return root


@pytest.fixture
def batch(any_database: Database, people: object, tree: Path) -> str:
    """A batch over the tree that has been walked."""
    del people
    with any_database.unit() as unit:
        made = batches.begin(unit, name="b", root=str(tree), user_id="clerk-1", boundaries="files", move=True)
    walk(any_database, made.id)
    return made.id


@pytest.fixture
def feeder(any_database: Database, settings: Settings, store: FileStore, batch: str) -> Feeder:
    """What feeds it, at most two files ahead, without a wait between attempts."""
    chosen = settings.model_copy(update={"archive_ahead": 2, "archive_free_mb": 0})
    return Feeder(chosen, any_database, store, batch, options=PaceOptions(again_seconds=0))


def _files(database: Database) -> dict[str, str]:
    with database.read() as session:
        rows = session.execute(select(BatchFile.path, BatchFile.state).order_by(BatchFile.position))
        return {row.path: row.state for row in rows}


def _read_all(database: Database) -> None:
    """Read every file that waits."""
    while True:
        with database.unit() as unit:
            due = jobs.stranded(unit.session)
            claim = jobs.claim(unit, due[0], 30) if due else None
        if claim is None:
            return
        with database.unit() as unit:
            if claim.kind == jobs.READ_FILE:
                keep(unit, claim, reading("p"), {})
            else:
                jobs.finish(unit, claim)


def test_a_tree_is_walked_in_the_order_of_names_and_what_is_left_out_is_counted(tree: Path) -> None:
    """Links are not followed; boxes are the first level, folders the directories that hold files."""
    way = Walk(tree)
    found = [(one.box, one.name, [file.path for file in one.files]) for one in way.folders()]
    assert found == [
        ("1", "1/c", ["1/c/2.pdf", "1/c/10.pdf"]),
        ("1", "1/d", ["1/d/x.pdf"]),
        ("2", "2", ["2/y.pdf"]),
    ]
    assert (dict(way.passed_over), way.closed) == ({"hidden": 2, "link": 1}, [])


def test_sub_folders_of_two_sides_are_one_folder_and_a_young_one_is_left(tmp_path: Path) -> None:
    """The fronts come first; what a scanner still writes into is left for the next walk."""
    for path in ("1/even/1.pdf", "1/odd/1.pdf", "1/odd/2.pdf", "1/cover.pdf"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(PAGE)
    (found,) = Walk(tmp_path).folders()
    assert [(file.path, file.stack) for file in found.files] == [
        ("1/cover.pdf", None), ("1/odd/1.pdf", "odd"), ("1/odd/2.pdf", "odd"), ("1/even/1.pdf", "even")
    ]  # fmt: skip
    young = Walk(tmp_path, quiet=60)
    assert (list(young.folders()), young.passed_over["unquiet"]) == ([], 1)


def test_a_side_that_lies_alone_is_asked_about_and_waits_where_the_folder_is_watched(
    tmp_path: Path, any_database: Database, people: object
) -> None:
    """Taken in alone it would never meet the other; when that has come they are one folder, and nothing is asked."""
    del people
    root = tmp_path / "sides"
    for path in ("1/odd/1.pdf", "2/s_even.pdf", "3/正面.pdf"):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_bytes(PAGE + path.encode())
        os.utime(root / path, (1e9, 1e9))
    with any_database.unit() as unit:
        batch = batches.begin(unit, name="b", root=str(root), user_id="clerk-1")

    def walked(number: int) -> dict[str, int]:
        for folder in (*root.rglob("*"), root):
            os.utime(folder, (1e9, 1e9))
        told = walk(any_database, batch.id, quiet=1)
        assert (len(_files(any_database)), told.closed) == (number, ())
        return told.passed_over

    assert walked(1) == {"one_sided": 2}
    assert [(one.code, one.details["path"]) for one in _asked(any_database, batch.id)] == [
        ("one_side", "1/odd"),
        ("one_side", "2/s_even.pdf"),
    ]
    with any_database.unit() as unit:
        (even,) = [one for one in _asked(any_database, batch.id) if one.details["path"] != "1/odd"]
        batch_answers.settle(unit, even.id, "clerk-1", "checked", now())
    assert walked(2) == {"one_sided": 1}
    (root / "1" / "even").mkdir()
    (root / "1" / "even" / "1.pdf").write_bytes(PAGE)
    assert walked(4) == {}
    assert _asked(any_database, batch.id) == []
    with any_database.read() as session:
        assert set(session.scalars(select(BatchFolder.name))) == {"1", "2", "3"}


def test_a_side_that_lies_alone_is_taken_in_and_asked_about_where_nothing_is_watched(tmp_path: Path) -> None:
    """Whoever runs a command has put everything there."""
    (tmp_path / "1" / "偶数页").mkdir(parents=True)
    (tmp_path / "1" / "偶数页" / "1.pdf").write_bytes(PAGE)
    way = Walk(tmp_path)
    assert [one.name for one in way.folders()] == ["1/偶数页"]
    assert (way.alone, +way.passed_over) == (["1/偶数页"], {})


def test_what_is_dated_in_days_to_come_is_not_left_for_ever(tmp_path: Path) -> None:
    """A scanner's clock may be wrong by years."""
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "1.pdf").write_bytes(PAGE)
    for path, year in ((tmp_path / "1" / "1.pdf", 4e9), (tmp_path / "1", 1e9)):
        os.utime(path, (year, year))
    assert [one.name for one in Walk(tmp_path, quiet=60).folders()] == ["1"]


def test_the_list_that_came_with_an_archive_is_none_of_its_papers(tmp_path: Path) -> None:
    """It is known by its heading, wherever it lies; any other table is asked about as every file is."""
    (tmp_path / "清单.csv").write_text("档号,题名,页数\nA-1,甲,2\n", "gb18030")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "noise.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    way = Walk(tmp_path)
    (found,) = way.folders()
    assert [file.path for file in found.files] == ["noise.xlsx", "other.csv"]
    assert dict(way.passed_over) == {"manifest": 1}


@pytest.mark.skipif(os.geteuid() != 0, reason="names of other bytes are made as root in the tests' own folder")
def test_a_name_that_is_no_text_is_told_and_never_dropped_in_silence(
    tmp_path: Path, any_database: Database, people: object
) -> None:
    """Linux takes any bytes for a name; the database does not."""
    del people
    root = tmp_path / "odd-names"
    root.mkdir()
    (root / os.fsdecode(b"\xff\xfe.pdf")).write_bytes(PAGE)
    with any_database.unit() as unit:
        batch = batches.begin(unit, name="b", root=str(root), user_id="clerk-1")
    assert walk(any_database, batch.id).passed_over == {"unnameable": 1}
    with any_database.read() as session:
        assert [one.code for one in batch_exceptions.open_ones(session, batch.id)] == ["folder_closed"]


def test_only_so_many_files_are_ahead_of_the_reading(feeder: Feeder, any_database: Database, store: FileStore) -> None:
    """Two enter, and no third before one of them is read; their bytes are in the store before their rows."""
    assert feeder.step() == "running"
    assert [feeder.step(), feeder.step()] == ["waiting", "waiting"]
    assert list(_files(any_database).values()) == ["entered", "entered", "found", "found"]
    with any_database.read() as session:
        for sha256 in session.scalars(select(UploadFile.sha256)):
            store.open(str(sha256)).close()
    _read_all(any_database)
    assert feeder.step() == "running"


def test_a_source_goes_last_of_all_and_only_as_the_bytes_that_are_kept(
    feeder: Feeder, any_database: Database, tree: Path
) -> None:
    """It is there until it is read; one that changed meanwhile stays, and people are told; a missing one is taken."""
    feeder.step()
    assert (tree / "1/c/2.pdf").exists()
    (tree / "1/c/10.pdf").write_bytes(b"another scan")
    _read_all(any_database)
    feeder.step()
    assert not (tree / "1/c/2.pdf").exists()
    assert (tree / "1/c/10.pdf").read_bytes() == b"another scan"
    assert _files(any_database)["1/c/2.pdf"] == "removed"
    (asked,) = _asked(any_database, feeder.batch_id)
    assert (asked.code, asked.path) == ("source_changed", "1/c/10.pdf")


def test_a_source_that_is_written_over_while_it_is_compared_stays(
    feeder: Feeder, any_database: Database, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner that uses a name again loses nothing, however close behind the comparison it comes."""
    feeder.step()
    _read_all(any_database)
    real = archive._digest  # what comes just before the removal

    def digest(file: BinaryIO) -> str:
        found = real(file)
        Path(f"/proc/self/fd/{file.fileno()}").resolve().write_bytes(b"another scan")
        return found

    monkeypatch.setattr(archive, "_digest", digest)
    feeder.step()
    assert (tree / "1/c/2.pdf").read_bytes() == b"another scan"
    assert {one.code for one in _asked(any_database, feeder.batch_id)} == {"source_changed"}


def test_a_store_that_lost_the_bytes_keeps_the_source(
    feeder: Feeder, any_database: Database, tree: Path, store: FileStore
) -> None:
    """What is kept is read through and compared before anything is removed."""
    feeder.step()
    _read_all(any_database)
    digest = hashlib.sha256((tree / "1/c/2.pdf").read_bytes()).hexdigest()
    next(store.root.rglob(digest)).write_bytes(b"rotten")
    feeder.step()
    assert (tree / "1/c/2.pdf").exists()


def test_a_source_that_cannot_be_read_three_times_is_put_aside(
    feeder: Feeder, any_database: Database, tree: Path
) -> None:
    """The others go on; its page waits for a person, who may have it tried again."""
    (tree / "1/c/2.pdf").unlink()
    for _ in range(12):
        feeder.step()
        _read_all(any_database)
    assert _files(any_database)["1/c/2.pdf"] == "quarantined"
    (asked,) = _asked(any_database, feeder.batch_id)
    assert (asked.code, asked.details) == ("quarantined", {"code": "archive.source_unreadable"})


def test_a_link_that_took_a_source_s_place_is_not_followed(
    feeder: Feeder, any_database: Database, tree: Path, tmp_path: Path
) -> None:
    """Neither as the file nor as a folder on the way to it."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.pdf").write_bytes(PAGE)
    (tree / "1/c/2.pdf").unlink()
    (tree / "1/c/2.pdf").symlink_to(secret / "x.pdf")
    (tree / "1/d/x.pdf").unlink()
    (tree / "1/d").rmdir()
    (tree / "1/d").symlink_to(secret)
    for _ in range(20):
        feeder.step()
        _read_all(any_database)
    states = _files(any_database)
    assert (states["1/c/2.pdf"], states["1/d/x.pdf"]) == ("quarantined", "quarantined")


@pytest.fixture
def swapped(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside with like names; the moment before a file of ``1/c`` is opened, a link to it takes its place."""
    secret = tmp_path / "secret"
    secret.mkdir()
    for name in ("2.pdf", "10.pdf"):
        (secret / name).write_bytes((tree / "1/c" / name).read_bytes() + b" of others")
    opening = os.open

    def late(path: str | Path, *flags: int, **also: int) -> int:
        if str(path).endswith(".pdf") and not (tree / "1/c").is_symlink():
            (tree / "1/c").rename(tree / "1/away")
            (tree / "1/c").symlink_to(secret)
        return opening(path, *flags, **also)

    monkeypatch.setattr(os, "open", late)
    return secret


def test_a_link_that_comes_at_the_last_moment_is_not_followed(
    feeder: Feeder, any_database: Database, swapped: Path
) -> None:
    """What is read is what lay in the tree, and what lies outside is neither read nor taken away."""
    for _ in range(20):
        feeder.step()
        _read_all(any_database)
    with any_database.read() as session:
        taken = set(session.scalars(select(BatchFile.sha256)))
    for outside in swapped.iterdir():
        assert hashlib.sha256(outside.read_bytes()).hexdigest() not in taken
    assert len(list(swapped.iterdir())) == 2


def test_a_full_disk_and_a_missing_root_pause_the_batch_with_the_reason(
    feeder: Feeder, any_database: Database, tree: Path
) -> None:
    """Nothing enters before a person says so."""
    feeder.settings = feeder.settings.model_copy(update={"archive_free_mb": 10**9})
    assert feeder.step() == "paused"
    assert _reason(any_database) == ("paused", "disk_full")
    feeder.settings = feeder.settings.model_copy(update={"archive_free_mb": 0})
    with any_database.unit() as unit:
        batches.resume(unit, feeder.batch_id, "clerk-1")
    tree.rename(tree.with_name("gone"))
    assert feeder.step() == "paused"
    assert _reason(any_database) == ("paused", "root_missing")


def test_twenty_failures_alike_pause_the_batch(feeder: Feeder, any_database: Database) -> None:
    """A store that does not answer is no fault of the files."""

    class Away(FileStore):
        def put(self, stream: object, limit: int) -> object:  # type: ignore[override]
            del stream, limit
            raise StoreUnavailableError

    feeder.store = Away(feeder.store.root)  # type: ignore[attr-defined]
    feeder.options = PaceOptions(again_seconds=0, attempts=1000)
    for _ in range(20):
        if feeder.step() == "paused":
            break
    assert _reason(any_database) == ("paused", "like_failures")
    assert set(_files(any_database).values()) == {"found"}


def test_a_walk_again_adds_only_what_is_new(any_database: Database, batch: str, tree: Path) -> None:
    """A hundred thousand rows would not be written twice."""
    (tree / "2" / "z.pdf").write_bytes(PAGE)
    assert walk(any_database, batch).added == 1
    assert walk(any_database, batch).added == 0
    with any_database.read() as session:
        assert session.scalar(select(func.count()).select_from(BatchFolder)) == 3


def test_a_source_that_was_written_over_is_told_by_the_next_walk(
    feeder: Feeder, any_database: Database, batch: str, tree: Path
) -> None:
    """Its bytes decide: one that was only touched is none, and of one that changed people are asked once."""
    feeder.step()
    os.utime(tree / "1/c/2.pdf", (1, 1))
    (tree / "1/c/10.pdf").write_bytes(b"another scan")
    for _ in range(2):
        walk(any_database, batch)
        (asked,) = _asked(any_database, batch)
        assert (asked.code, asked.path) == ("source_changed", "1/c/10.pdf")


def test_batches_are_taken_from_the_folders_that_are_named_alone(tree: Path, tmp_path: Path) -> None:
    """Links do not lead out of them; without a setting there are none."""
    setting = f"{tree}:{tmp_path / 'nowhere'}"
    assert batch_roots.is_allowed(setting, tree / "1")
    assert not batch_roots.is_allowed(setting, tree / "1" / "link")
    assert not batch_roots.is_allowed("", tree)
    assert [path.name for path in batch_roots.below(setting, str(tree))] == ["1", "2"]


@pytest.fixture
def feeding(settings: Settings, database: Database, tree: Path) -> Iterator[Callable[..., None]]:
    """What runs the feeder beside a service, which may take from the tree and what lies beside it."""
    with database.unit() as unit:
        unit.session.add(User(id="clerk-1", name="clerk-1", roles=["archivist"]))
    told = {"archive_free_mb": 0, "redis_url": f"redis+socket://{tree.with_name('none')}"}
    over, running = Event(), list[Thread]()

    def begin(*roots: Path) -> None:
        chosen = settings.model_copy(update={**told, "archive_roots": ":".join(map(str, roots))})
        running.append(Thread(target=archiving.feed, args=(chosen, over, PaceOptions(look_seconds=0.05))))
        running[-1].start()

    yield begin
    over.set()
    for thread in running:
        thread.join()


def _begun(database: Database, root: Path, *, fed: bool = False) -> None:
    root.mkdir(exist_ok=True)
    with database.unit() as unit:
        batches.begin(unit, name=root.name, root=str(root), user_id="clerk-1", boundaries="files", fed=fed)


def test_beside_a_service_batches_are_fed_from_the_named_folders_alone(
    feeding: Callable[..., None], database: Database, tree: Path, eventually: Callable[..., None]
) -> None:
    """One from elsewhere is left to whoever runs it; where that is nobody, it stands still with the reason."""
    other, fed = tree.with_name("other"), tree.with_name("fed")
    for root in (tree, other, fed, tree.with_name("gone")):
        _begun(database, root, fed=root not in {tree, other})
    (other / "1.pdf").write_bytes(PAGE)
    tree.with_name("gone").rmdir()
    feeding(tree)
    eventually(lambda: list(_files(database).values()) == ["entered"] * 4, 60)
    assert set(_files(database)) == {"1/c/2.pdf", "1/c/10.pdf", "1/d/x.pdf", "2/y.pdf"}
    with database.read() as session:
        stand = {row.name: (row.state, row.reason_code) for row in session.scalars(select(Batch))}
    assert stand == {
        "tree": ("running", None),
        "other": ("running", None),
        "fed": ("paused", "root_refused"),
        "gone": ("paused", "root_missing"),
    }


def test_a_long_walk_lets_the_other_batches_go_on(
    feeding: Callable[..., None],
    database: Database,
    tree: Path,
    eventually: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first batch is walked for as long as the second needs; it is called read when its walk is over, no sooner."""
    long, taken = tree.with_name("long"), Event()
    _begun(database, long)
    _begun(database, tree)
    real = Walk.folders

    def folders(way: Walk) -> Iterator[FoundFolder]:
        number = 0
        while way.root == long and not taken.is_set():
            number += 1
            yield FoundFolder("1", f"1/{number}", ())
        yield from real(way)

    monkeypatch.setattr(Walk, "folders", folders)
    monkeypatch.setattr("workers.archive._FILLED_AT_ONCE", 0)
    feeding(tree.parent)
    eventually(lambda: list(_files(database).values()) == ["entered"] * 4, 60)
    assert _states(database) == ["running", "running"]
    taken.set()
    eventually(lambda: "read" in _states(database), 60)


def _states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Batch.state)))


def _asked(database: Database, batch_id: str) -> list[batch_exceptions.ExceptionView]:
    with database.read() as session:
        return batch_exceptions.open_ones(session, batch_id)


def _reason(database: Database) -> tuple[str, str | None]:
    with database.read() as session:
        row = session.scalars(select(Batch)).one()
        return row.state, row.reason_code
