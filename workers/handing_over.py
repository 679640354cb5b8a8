"""A closed batch written into a folder as one BagIt package: whole or not there, gone on with where it was broken off.

Everything is written below ``.<name>.partial`` beside the place where the package will stand: each file under another
name first, forced to the disk, then given its own. What is finished is noted with a fingerprint of all that it was made
from, so that an export that was killed, or that failed for a single item, makes only what is missing. The package
itself is put together of links to these files, checked against the hashes with which these were written and the
originals taken in, and takes its name last. It holds personal data: its owner alone may open its folder.
"""

from __future__ import annotations

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
from typing import Any

from intake import wire
from intake.archive import package
from intake.archive.conformance import faults
from intake.archive.exceptions import REASONS
from intake.archive.searchable import PdfInfo, PdfPage, pdfa, turns_of
from intake.errors import EngineOutputError, IntakeError, PackageHeldError
from intake.imaging.decode import scans
from intake.imaging.frames import Scan
from intake.options import DecodeLimits
from intake.types import PageText
from models import batch_export
from models.batch_export import Export, ExportFolder, ExportItem, ExportPage, Source
from models.database import Database
from models.disk import sync
from models.store import CHUNK, Store
from workers.whole_files import LinesFile, folder_at, held, linked, write

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


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of an export that is written in several: ``over`` says when it has to end.

    ``run`` names the export; folders that an earlier turn of the same one finished are taken as they were noted, so
    that a long export gets on. Without a name everything is looked at anew.
    """

    run: str = ""
    over: Callable[[], bool] = lambda: False


class TurnOverError(Exception):
    """The turn is over before the package is whole; what is written is kept for the next one."""


def hand_over(
    tools: Tools, export: Export, target: Path, today: date, tell: Callable[[Told], None], *, turn: Turn | None = None
) -> Told:
    """Write the package of a closed batch to ``target / export.name``; it is there, and checked, if nothing failed.

    Raises FileExistsError where something stands there already, PackageHeldError, TurnOverError, OSError where the disk
    fails, and :class:`bagit.BagError` where a file of the package is not what was written.
    """
    final, unfinished = target / export.name, target / f".{export.name}.partial"
    if final.exists():
        _tidy(unfinished)
        raise FileExistsError(final)
    folder_at(unfinished).chmod(_PRIVATE)
    with held(unfinished):
        folders = folder_at(unfinished / "payload"), folder_at(unfinished / "notes")
        work = _Work(tools, export, *folders, tell, turn or Turn())
        work.write()
        if not work.told.failed:
            _pack(work, unfinished / "bag", final, _about(export, today))
    if not work.told.failed:
        shutil.rmtree(unfinished)
    return work.told


def _tidy(unfinished: Path) -> None:
    """Remove what was left of a package that has its name already: its writer was killed just behind that."""
    with suppress(FileNotFoundError, PackageHeldError), held(unfinished):
        shutil.rmtree(unfinished)


@dataclass(slots=True)
class _Work:
    """One export on its way; ``files`` are those of the payload, each with its SHA-256 where that is known."""

    tools: Tools
    export: Export
    payload: Path
    notes: Path
    tell: Callable[[Told], None]
    turn: Turn
    told: Told = field(default_factory=Told)
    files: dict[str, str | None] = field(default_factory=dict)

    def write(self) -> None:
        """Every folder, and the lists."""
        lists = (LinesFile(self.payload / name, heading) for name, heading in _LISTS.items())
        self.files |= dict.fromkeys(_LISTS)
        with next(lists) as items, next(lists) as pages:
            for folder_id, name in self.export.folders.items():
                kept = self._noted(folder_id) or self._folder(folder_id, name)
                items.add(kept["items"])
                pages.add(kept["pages"])

    def _noted(self, folder_id: str) -> dict[str, Any] | None:
        """What an earlier turn of the same export noted of a folder that it finished."""
        with suppress(OSError, ValueError, KeyError):
            kept: dict[str, Any] = json.loads((self.notes / f"folder-{folder_id}").read_text("utf-8"))
            if self.turn.run and kept["run"] == self.turn.run:
                self.files |= kept["files"]
                self.told.items += len(kept["items"])
                self.told.made += len(kept["items"])
                self.told.pages += kept["count"]
                self.tell(self.told)
                return kept
        return None

    def _folder(self, folder_id: str, name: str) -> dict[str, Any]:
        """Write a folder, and note it where all of it could be made."""
        before, failed = set(self.files), len(self.told.failed)
        with self.tools.database.read() as session:
            folder = batch_export.folder(session, folder_id, name)
        self._write_originals(folder)
        self._write_items(folder)
        kept: dict[str, Any] = {
            "run": self.turn.run,
            "files": {path: sha256 for path, sha256 in self.files.items() if path not in before},
            "count": sum(len(item.pages) for item in folder.items),
            "items": [_item_line(folder, item, self.files.get(_path(folder, item))) for item in folder.items],
            "pages": [_page_line(folder, page) for page in folder.pages],
        }
        if self.turn.run and failed == len(self.told.failed):
            write(self.notes / f"folder-{folder_id}", [json.dumps(kept).encode()])
        return kept

    def _look_at_the_clock(self) -> None:
        if self.turn.over():
            raise TurnOverError

    def _write_originals(self, folder: ExportFolder) -> None:
        for source in folder.sources:
            path = f"{folder.name}/{package.ORIGINALS}/{source.name}"
            self._look_at_the_clock()
            with _told_of(self.told, path):
                _copy(self.tools.store, source, self.payload / path)
                self.files[path] = source.sha256

    def _write_items(self, folder: ExportFolder) -> None:
        folder_at(self.payload / folder.name)
        with ThreadPoolExecutor(self.tools.jobs) as pool:
            making = pool.map(partial(self._write_item, folder), folder.items)
            try:
                for item, made in zip(folder.items, making, strict=True):
                    self._count(folder, item, made)
                    self._look_at_the_clock()
            except TurnOverError:
                pool.shutdown(cancel_futures=True)
                raise

    def _count(self, folder: ExportFolder, item: ExportItem, made: str | IntakeError) -> None:
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
    write(path, [body])
    digest = hashlib.sha256(body).hexdigest()
    write(note, [json.dumps({"of": fingerprint, "sha256": digest}).encode()])
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
    told = (item.reference, folder.title, folder.box, folder.path, item.number, len(item.pages))
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


@contextmanager
def _told_of(told: Told, name: str) -> Iterator[None]:
    """Note what fails by an error of ours, and go on with the others."""
    try:
        yield
    except IntakeError as error:
        told.failed.append((name, error.code))


def _copy(store: Store, source: Source, path: Path) -> None:
    """An original to the byte; its hash is checked when it is read, and again over the package."""
    folder_at(path.parent)
    if path.exists() and path.stat().st_size == source.size:
        return
    with store.open(source.sha256) as stream:
        write(path, iter(lambda: stream.read(CHUNK), b""))


def _pack(work: _Work, bag: Path, final: Path, about: dict[str, str]) -> None:
    """The package out of links to the files, so that one that is broken off costs nothing to begin again."""
    if bag.exists():
        shutil.rmtree(bag)
    folder_at(bag).chmod(_PRIVATE)
    for name in work.files:
        folder_at((bag / name).parent)
        linked(work.payload / name, bag / name)
    package.seal(bag, about, {name: sha256 for name, sha256 in work.files.items() if sha256})
    for folder, _, names in os.walk(bag):
        for name in names if Path(folder) == bag else ():
            with Path(folder, name).open("rb") as file:
                os.fsync(file.fileno())
        sync(Path(folder))
    bag.rename(final)
    sync(final.parent)
