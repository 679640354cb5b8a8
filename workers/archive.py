"""Taking batches in: sources are copied into the store and entered, only so many ahead of the reading.

One :class:`Feeder` feeds one batch, a small step at a time. Any number may feed the same batch: what is done twice is
harmless. Nothing is held but the identifiers of the few files that are on their way.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from intake import log, media
from intake.archive.pace import PaceOptions, is_run_of_failures, room
from intake.archive.tree import FoundFolder
from intake.errors import (
    EngineError,
    InputError,
    SourceChangingError,
    SourceUnreadableError,
    StoreDamagedError,
)
from intake.settings import Settings
from models import batch_feeding, batches
from models.batch_filling import Source
from models.batch_rows import Batch
from models.database import Database
from models.store import CHUNK, Store
from models.uploads import IncomingFile
from workers.walking import NO_LINK, Walk, directory

HEAD = 65536
_MB = 1_000_000
_NAME = 255
_FILLED_AT_ONCE = 1000
_REMOVED_AT_ONCE = 32

logger = log.get(__name__)

Ring = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found and added; ``passed_over`` counts what was left out, ``settled`` what closed batches hold."""

    folders: int = 0
    files: int = 0
    added: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    closed: tuple[str, ...] = ()


def walk(database: Database, batch_id: str, *, quiet: float = 0.0, without: frozenset[Path] = frozenset()) -> Walked:
    """Look through a batch's tree and write what is new, some hundred files at a time."""
    return deque(walking(database, batch_id, quiet=quiet, without=without), maxlen=1).pop()


def walking(
    database: Database, batch_id: str, *, quiet: float = 0.0, without: frozenset[Path] = frozenset()
) -> Iterator[Walked]:
    """:func:`walk` step by step: how far it is after each, and at last the whole."""
    with database.read() as session:
        root = Path(session.get_one(Batch, batch_id).root)
        whole = batch_feeding.whole_sides(session, batch_id)
    way, told = Walk(root, quiet, without, whole), Walked()
    for chunk in _chunks(way.folders()):
        with database.unit() as unit:
            filled = batches.fill(unit, batch_id, chunk)
        way.passed_over.update({"settled": filled.settled} if filled.settled else {})
        files = sum(len(found.files) for found in chunk)
        told = Walked(told.folders + len(chunk), told.files + files, told.added + filled.files)
        yield told
        for source in filled.changed:
            _compare(database, root.resolve(), source)
            yield told
    with database.unit() as unit:
        batch_feeding.note_walk(unit, batch_id, +way.passed_over, way.closed, way.alone)
    yield replace(told, passed_over=dict(+way.passed_over), closed=tuple(way.closed))


def _chunks(folders: Iterable[FoundFolder]) -> Iterator[list[FoundFolder]]:
    """Whole folders, of some hundred files at a time; the last ones may be fewer, or none."""
    chunk, waiting = list[FoundFolder](), 0
    for found in folders:
        chunk.append(found)
        waiting += len(found.files)
        if waiting >= _FILLED_AT_ONCE:
            yield chunk
            chunk, waiting = [], 0
    yield chunk


def is_news(database: Database, root: Path, closed: Sequence[str], without: frozenset[Path] = frozenset()) -> bool:
    """Whether a tree holds anything that none of some closed batches over it knows as it is now."""
    with database.read() as session:
        return any(batches.is_news(session, closed, found) for found in Walk(root, without=without).folders())


def _compare(database: Database, root: Path, source: Source) -> None:
    """Tell people of a source that looks changed since it entered, if its bytes are others; not of one that is gone."""
    try:
        with _opened(root, source.path) as (file, _):
            told, sha256 = os.fstat(file.fileno()), _digest(file)
    except (OSError, SourceUnreadableError):
        return
    with database.unit() as unit:
        if sha256 == source.sha256:
            batch_feeding.seen(unit, source.id, told.st_size, told.st_mtime_ns)
        else:
            batch_feeding.changed(unit, source.id, SourceChangingError.code)


class Feeder:
    """Feeds one batch; :meth:`step` is called again and again by whoever runs it."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: Store,
        batch_id: str,
        *,
        ring: Ring = lambda _: None,
        options: PaceOptions | None = None,
    ) -> None:
        """``ring`` is given the jobs that became due, after their commit; ``on_the_way`` are the files not read yet."""
        self.settings, self.database, self.store, self.batch_id = settings, database, store, batch_id
        self.ring, self.options = ring, options or PaceOptions()
        with database.read() as session:
            batch = session.get_one(Batch, batch_id)
            self.root, self.move = Path(batch.root).resolve(), batch.move
            self.on_the_way = set(batch_feeding.on_the_way(session, batch_id))
        self._failures: list[str | None] = []
        self._again = 0.0

    def step(self, *, walked: bool = True) -> str:
        """Do what there is room for; gives the batch's state: go on while it is ``running``, sleep where ``waiting``.

        ``waiting``: nothing can be done before workers have done more, or before the tree is ``walked`` to its end.
        """
        with self.database.read() as session:
            state = session.get_one(Batch, self.batch_id).state
            self.on_the_way = set(batch_feeding.unsettled(session, self.on_the_way))
            limit = room(self.settings.archive_ahead, len(self.on_the_way), self.options)
            found = batch_feeding.following(session, self.batch_id, limit) if limit else []
            spent = batch_feeding.removable(session, self.batch_id, _REMOVED_AT_ONCE) if self.move else []
        if state != "running":
            return state
        if found and (reason := self._obstacle()) is not None:
            self._pause(reason)
            return "paused"
        if self.root.is_dir():
            for source in spent:
                self._take_away(source)
        if found and (time.monotonic() >= self._again or not found[0].attempts):
            self._take_in(found)
            return "running"
        if walked and limit and not found and not spent and not self.on_the_way:
            with self.database.unit() as unit:
                return "read" if batches.rest(unit, self.batch_id, self.ring) else "waiting"
        return "waiting"

    def _obstacle(self) -> str | None:
        """Why nothing may be taken in at the moment (a key of ``intake.archive.exceptions.PAUSES``)."""
        if not self.root.is_dir():
            return "root_missing"
        if shutil.disk_usage(_kept_on(self.settings)).free < self.settings.archive_free_mb * _MB:
            return "disk_full"
        return None

    def _pause(self, reason: str, **details: str) -> None:
        with self.database.unit() as unit:
            batches.pause(unit, self.batch_id, "worker", reason, details)
        logger.warning("batch.paused", batch=self.batch_id, reason=reason)

    # ---- in -----------------------------------------------------------------------------------------------------

    def _take_in(self, found: Sequence[Source]) -> None:
        taken: dict[str, IncomingFile] = {}
        for source in found:
            try:
                taken[source.id] = take(self.store, self.root, source, self.settings.max_file_mb * _MB)
            except EngineError as error:
                self._fail(source, error.code)
                if is_run_of_failures(self._failures, self.options):
                    self._failures = []
                    self._pause("like_failures", code=error.code)
                    break
            else:
                self._failures = []
        if not taken:
            return
        with self.database.unit() as unit:
            entered = batch_feeding.enter(unit, self.batch_id, found[0].folder_id, taken)
            unit.on_commit(lambda: self.ring(entered.job_ids))
        self.on_the_way.update(entered.file_ids)

    def _fail(self, source: Source, code: str) -> None:
        self._failures.append(code)
        self._again = time.monotonic() + self.options.again_seconds
        with self.database.unit() as unit:
            jobs = batch_feeding.fail(unit, source.id, code, self.options)
            unit.on_commit(lambda: self.ring(jobs))
        logger.warning("source.failed", source=source.id, code=code)

    # ---- away ---------------------------------------------------------------------------------------------------

    def _take_away(self, source: Source) -> None:
        """Remove a source that is kept, read and committed, if it and what is kept are still the same bytes."""
        try:
            with suppress(FileNotFoundError):
                self._remove(source.path, str(source.sha256))
        except (OSError, StoreDamagedError, SourceChangingError, SourceUnreadableError) as error:
            code = error.code if isinstance(error, EngineError) else SourceUnreadableError.code
            with self.database.unit() as unit:
                batch_feeding.changed(unit, source.id, code)
            return
        with self.database.unit() as unit:
            batch_feeding.removed(unit, source.id)

    def _remove(self, path: str, sha256: str) -> None:
        self.store.open(sha256).close()  # reads it through and compares its bytes with its address
        name = path.rpartition("/")[2]
        with _opened(self.root, path) as (file, folder):
            before, same = os.fstat(file.fileno()), _digest(file) == sha256
            present = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not same or _state(present) != _state(before):  # it was written over while it was read
                raise SourceChangingError
            os.unlink(name, dir_fd=folder)
            os.fsync(folder)


def take(store: Store, root: Path, source: Source, limit: int) -> IncomingFile:
    """Keep a source's bytes; one that is no paper or too large is refused by its error.

    Raises SourceUnreadableError, SourceChangingError where it changes while it is copied, StoreUnavailableError.
    """
    with _there(), _opened(root, source.path) as (file, _):
        before = os.fstat(file.fileno())
        name = source.path.rpartition("/")[2][-_NAME:]
        try:
            kind = media.identify(file.read(HEAD))
            file.seek(0)
            kept = store.put(file, limit)
        except InputError as error:
            return IncomingFile(name, before.st_size, None, None, error.code, dict(error.details))
        after = os.fstat(file.fileno())
        if _state(before) != _state(after) or kept.size != after.st_size:
            raise SourceChangingError
        return IncomingFile(name, kept.size, kept.sha256, kind.name)


def _state(told: os.stat_result) -> tuple[int, int]:
    """What is another when a file was written; numbers of files are nothing that every share can be trusted with."""
    return told.st_size, told.st_mtime_ns


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _there() -> Iterator[None]:
    """A source that is gone cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceUnreadableError from error


@contextmanager
def _opened(root: Path, path: str) -> Iterator[tuple[BinaryIO, int]]:
    """A source, opened to be read, and its folder's descriptor: a plain file below the root, by way of no link.

    Raises FileNotFoundError where there is none any more.
    """
    folder, _, name = path.rpartition("/")
    try:
        with directory(root, folder) as held:
            descriptor = os.open(name, NO_LINK, dir_fd=held)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise SourceUnreadableError
                yield file, held
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SourceUnreadableError from error


def _kept_on(settings: Settings) -> Path:
    """A folder on the disk that fills: the store's, or where temporary files of a bucket lie."""
    path = Path(settings.store.removeprefix("file://")) if settings.store.startswith("file://") else settings.data_dir
    return next(one for one in (path, *path.parents) if one.exists())
