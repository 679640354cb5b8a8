"""A closed batch written into a folder as one BagIt package: whole or not there, gone on with where it was broken off.

Everything is written below ``.<name>.partial`` beside the place where the package will stand: each file under another
name first, forced to the disk, then given its own. What is finished is noted with a fingerprint of all that it was made
from, so that an export that was killed, or that failed for a single item, makes only what is missing. The package
itself is put together of links to these files, checked as its receiver will check it and against the hashes under which
the originals were taken in, and takes its name last. It holds personal data: its owner alone may open its folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Self

from intake import wire
from intake.archive import package
from intake.archive.conformance import faults
from intake.archive.exceptions import REASONS
from intake.archive.searchable import PdfInfo, PdfPage, pdfa, turns_of
from intake.errors import EngineOutputError, IntakeError
from intake.imaging.decode import scans
from intake.imaging.frames import Scan
from intake.options import DecodeLimits
from intake.types import PageText
from models import batch_export
from models.batch_export import Export, ExportFolder, ExportItem, ExportPage, Source
from models.database import Database
from models.disk import sync
from models.store import CHUNK, Store

_PRIVATE = 0o700
_LISTS = {"items.csv": package.ITEMS, "pages.csv": package.PAGES}


@dataclass(frozen=True, slots=True)
class Tools:
    """What an export works with: rows, originals, limits of decoding, and how many items are made at once."""

    database: Database
    store: Store
    limits: DecodeLimits
    jobs: int = 1


@dataclass(slots=True)
class Told:
    """Where an export stands; ``failed`` names the items and sources that could not be made, with the code why."""

    items: int = 0
    made: int = 0
    pages: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


class ExportHeldError(Exception):
    """Another process writes the same package."""


def hand_over(tools: Tools, export: Export, target: Path, today: date, tell: Callable[[Told], None]) -> Told:
    """Write the package of a closed batch to ``target / export.name``; it is there, and checked, if nothing failed.

    Raises FileExistsError where something stands there already, ExportHeldError, OSError where the disk fails, and
    :class:`bagit.BagError` where a file of the package is not what was written.
    """
    final, unfinished = target / export.name, target / f".{export.name}.partial"
    if final.exists():
        raise FileExistsError(final)
    _made(unfinished).chmod(_PRIVATE)
    with _held(unfinished):
        work = _Work(tools, export, _made(unfinished / "payload"), _made(unfinished / "notes"), tell)
        work.write()
        if not work.told.failed:
            _pack(work, unfinished / "bag", final, _about(export, today))
    if not work.told.failed:
        shutil.rmtree(unfinished)
    return work.told


@dataclass(slots=True)
class _Work:
    """One export on its way; ``files`` are those of the payload, each with its SHA-256 where that is known."""

    tools: Tools
    export: Export
    payload: Path
    notes: Path
    tell: Callable[[Told], None]
    told: Told = field(default_factory=Told)
    files: dict[str, str | None] = field(default_factory=dict)

    def write(self) -> None:
        """Every folder, and the lists."""
        lists = (_List(self.payload / name, heading) for name, heading in _LISTS.items())
        self.files |= dict.fromkeys(_LISTS)
        with next(lists) as items, next(lists) as pages:
            for folder_id, name in self.export.folders.items():
                with self.tools.database.read() as session:
                    folder = batch_export.folder(session, folder_id, name)
                self._write_originals(folder)
                self._write_items(folder)
                items.add(_item_line(folder, item, self.files.get(_path(folder, item))) for item in folder.items)
                pages.add(_page_line(folder, page) for page in folder.pages)

    def _write_originals(self, folder: ExportFolder) -> None:
        for source in folder.sources:
            path = f"{folder.name}/{package.ORIGINALS}/{source.name}"
            with _noted(self.told, path):
                _copy(self.tools.store, source, self.payload / path)
                self.files[path] = source.sha256

    def _write_items(self, folder: ExportFolder) -> None:
        _made(self.payload / folder.name)
        with ThreadPoolExecutor(self.tools.jobs) as pool:
            making = partial(self._write_item, folder)
            for item, made in zip(folder.items, pool.map(making, folder.items), strict=True):
                self.told.items += 1
                self.told.pages += len(item.pages)
                if isinstance(made, IntakeError):
                    self.told.failed.append((item.name, made.code))
                else:
                    self.files[_path(folder, item)] = made
                    self.told.made += 1
                self.tell(self.told)

    def _write_item(self, folder: ExportFolder, item: ExportItem) -> str | IntakeError:
        path, note = self.payload / _path(folder, item), self.notes / item.id
        try:
            return _write_item(self.tools, self.export.closed_at, item, path, note)
        except IntakeError as error:
            return error


def _path(folder: ExportFolder, item: ExportItem) -> str:
    return f"{folder.name}/{item.name}.pdf"


def _write_item(tools: Tools, at: datetime, item: ExportItem, path: Path, note: Path) -> str:
    """An item's PDF, unless it is there already, made of the same; gives its SHA-256."""
    with tools.database.read() as session:
        words = batch_export.words(session, item)
    fingerprint = _fingerprint(item, words, at)
    with suppress(OSError, ValueError, KeyError):
        known = json.loads(note.read_text("utf-8"))
        if known["of"] == fingerprint and path.exists():
            return str(known["sha256"])
    pictures = _pictures(tools, item.pages)
    body = _checked([_pdf_page(page, pictures, words) for page in item.pages], PdfInfo(item.title, at))
    _write(path, [body])
    digest = hashlib.sha256(body).hexdigest()
    _write(note, [json.dumps({"of": fingerprint, "sha256": digest}).encode()])
    return digest


def _checked(pages: Sequence[PdfPage], info: PdfInfo) -> bytes:
    """The pages as a PDF/A that keeps the rules; without their colour profiles where one of those does not.

    No archive takes a file that breaks a rule: better none than one that is refused there.
    """
    body = pdfa(pages, info)
    if not faults(body):
        return body
    body = pdfa([replace(page, scan=replace(page.scan, profile=b"")) for page in pages], info)
    if faults(body):
        raise EngineOutputError(tool="PDF/A")
    return body


def _fingerprint(item: ExportItem, words: dict[str, tuple[PageText, ...]], at: datetime) -> str:
    """What an item's PDF is made from, as a hash."""
    pages = [
        (
            page.source.sha256 if page.source else "",
            page.page_index,
            page.turned,
            [wire.dump(text) for text in words.get(page.page_id or "", ())],
        )
        for page in item.pages
    ]
    return hashlib.sha256(json.dumps([item.title, at.isoformat(), pages], sort_keys=True).encode()).hexdigest()


def _pictures(tools: Tools, pages: Iterable[ExportPage]) -> dict[tuple[str, int], Scan]:
    """The scans of some pages by their original and its page, each original opened once."""
    wanted: dict[str, tuple[str, set[int]]] = {}
    for page in pages:
        if page.source is not None:
            wanted.setdefault(page.source.sha256, (page.source.media_type, set()))[1].add(page.page_index)
    found: dict[tuple[str, int], Scan] = {}
    for sha256, (media_type, indexes) in wanted.items():
        with tools.store.local(sha256) as path:
            given = scans(path, media_type, tools.limits, indexes)
            found |= {(sha256, index): scan for index, scan in zip(sorted(indexes), given, strict=False)}
    return found


def _pdf_page(
    page: ExportPage, pictures: dict[tuple[str, int], Scan], words: dict[str, tuple[PageText, ...]]
) -> PdfPage:
    """A page with its words, upright as a person turned it, else as all of its sheets were found to lie."""
    scan = pictures.get((page.source.sha256, page.page_index)) if page.source else None
    if scan is None:
        raise EngineOutputError(tool="decoder")
    texts = words.get(page.page_id or "", ())
    return PdfPage(scan, texts, page.turned or turns_of(texts))


def _item_line(folder: ExportFolder, item: ExportItem, sha256: str | None) -> tuple[str | int | None, ...]:
    told = (item.name, folder.title, folder.box, folder.path, item.number, len(item.pages))
    return (*told, _path(folder, item), sha256)


def _page_line(folder: ExportFolder, page: ExportPage) -> tuple[str | int | None, ...]:
    source = page.source
    return (
        folder.box,
        folder.path,
        page.number,
        package.STATES.get(page.state, page.state),
        page.item,
        page.item_page,
        REASONS[page.reason].zh if page.reason in REASONS else page.reason,
        page.path,
        page.page_index + 1,
        f"{folder.name}/{package.ORIGINALS}/{source.name}" if source else None,
        source.sha256 if source else None,
    )


def _about(export: Export, today: date) -> dict[str, str]:
    return {
        "External-Identifier": export.name,
        "Internal-Sender-Identifier": export.batch_id,
        "Bagging-Date": today.isoformat(),
        "External-Description": "PDF/A-2b with the untouched originals; items.csv and pages.csv account for every page",
        "Acceptance": package.acceptance(export.standing),
    }


# ---- files ----------------------------------------------------------------------------------------------------------


class _List:
    """A list that is written line by line under another name and takes its own when it is whole."""

    def __init__(self, path: Path, heading: tuple[str, ...]) -> None:
        self._path, self._heading = path, heading

    def __enter__(self) -> Self:
        self._file = self._path.with_name(f".{self._path.name}").open("wb")
        self._file.write(package.BYTE_ORDER_MARK)
        self.add([self._heading])
        return self

    def add(self, rows: Iterable[tuple[str | int | None, ...]]) -> None:
        """Further lines."""
        self._file.write(package.lines(rows))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if kind is None:
            Path(self._file.name).replace(self._path)


@contextmanager
def _held(partial: Path) -> Iterator[None]:
    """Let no other process write the same package; the lock goes with its holder, however that one ends."""
    with (partial / "lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ExportHeldError from error
        yield


@contextmanager
def _noted(told: Told, name: str) -> Iterator[None]:
    """Note what fails by an error of ours, and go on with the others."""
    try:
        yield
    except IntakeError as error:
        told.failed.append((name, error.code))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(store: Store, source: Source, path: Path) -> None:
    """An original to the byte; its hash is checked when it is read, and again over the package."""
    _made(path.parent)
    if path.exists() and path.stat().st_size == source.size:
        return
    with store.open(source.sha256) as stream:
        _write(path, iter(lambda: stream.read(CHUNK), b""))


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    """A file that has its name only when it is whole and on the disk."""
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def _pack(work: _Work, bag: Path, final: Path, about: dict[str, str]) -> None:
    """The package out of links to the files, so that one that is broken off costs nothing to begin again."""
    if bag.exists():
        shutil.rmtree(bag)
    _made(bag).chmod(_PRIVATE)
    for name in work.files:
        _made((bag / name).parent)
        _linked(work.payload / name, bag / name)
    package.seal(bag, about, {name: sha256 for name, sha256 in work.files.items() if sha256})
    for folder, _, names in os.walk(bag):
        for name in names if Path(folder) == bag else ():
            with Path(folder, name).open("rb") as file:
                os.fsync(file.fileno())
        sync(Path(folder))
    bag.rename(final)
    sync(final.parent)


def _linked(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)
