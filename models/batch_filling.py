"""What a walk finds becomes rows, folder by folder, each folder whole or not at all.

A path is taken in once while its source lies there: one whose source the batch took away is another when it is there
again, and one that a closed batch over the same root knew as it is now is that batch's. Where two of a kind need a name
in one batch, the later is called ``name (2)`` and keeps where it lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from intake.archive.tree import FoundFile, FoundFolder
from models import audit
from models.base import new_id
from models.batch_rows import Batch, BatchFile, BatchFolder
from models.database import Unit, lock

AGAIN = "again"
"""Key of :attr:`Batch.policy`: sources that closed batches over the same root hold are taken in again."""

TAKING = ("waiting", "reading", "ready")
"""States of a folder that takes further files; to one that is put together already a later delivery is another."""

_ROWS = 1000
_ASKED = 400
_NAME = 255


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is next, or may be taken away, or looks changed: ``path`` is where it lies below the root."""

    id: str
    folder_id: str
    path: str
    size: int
    sha256: str | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """What a walk added, how many files are a closed batch's, and the sources that look changed since they entered."""

    folders: int = 0
    files: int = 0
    settled: int = 0
    changed: tuple[Source, ...] = ()


def fill(unit: Unit, batch_id: str, folders: Iterable[FoundFolder]) -> Filled:
    """Add what a walk found and the batch does not know yet; what it knows stays as it is.

    Files that come late to a folder which was put together already make a folder of their own, ``name (2)``.
    """
    session = unit.session
    lock(session, f"batch:{batch_id}")
    batch = session.get_one(Batch, batch_id)
    closed = [] if batch.policy.get(AGAIN) else closed_over(session, batch.root)
    told = [_add(session, batch_id, found, closed) for found in folders]
    filled = Filled(
        sum(one.folders for one in told),
        sum(one.files for one in told),
        sum(one.settled for one in told),
        tuple(source for one in told for source in one.changed),
    )
    if filled.files:
        batch.state = "running" if batch.state == "read" else batch.state
        details = {"folders": filled.folders, "files": filled.files}
        audit.append(
            unit, actor="worker", action="batch.filled", subject_kind="batch", subject_id=batch_id, details=details
        )
    return filled


def closed_over(session: Session, root: str) -> list[str]:
    """The closed batches over a root, the latest first."""
    query = select(Batch.id).where(Batch.root == root, Batch.state == "closed")
    return list(session.scalars(query.order_by(Batch.id.desc())))


def is_news(session: Session, closed: Sequence[str], found: FoundFolder) -> bool:
    """Whether a folder holds a file that none of some closed batches knows as it is now."""
    return len(_settled(session, closed, found.files)) < len(found.files)


def _add(session: Session, batch_id: str, found: FoundFolder, closed: Sequence[str]) -> Filled:
    """Write a folder's new files."""
    rows = _same(session, batch_id, found.name)
    live = _live(session, [batch_id], found.files)
    settled = _settled(session, closed, [file for file in found.files if file.path not in live])
    new = [file for file in found.files if file.path not in live and file.path not in settled]
    changed = tuple(
        Source(row.id, row.folder_id, file.path, row.size, row.sha256)
        for file in found.files
        if (row := live.get(file.path)) is not None and _looks_changed(row, file)
    )
    if not new:
        return Filled(settled=len(settled), changed=changed)
    folder = _taking(session, rows) or _folder(session, batch_id, found, len(rows))
    first = _next(session, BatchFile.position, BatchFile.batch_id == batch_id)
    names = _names(session, batch_id, [file.path for file in new])
    values = [
        {
            "id": new_id(),
            "batch_id": batch_id,
            "folder_id": folder.id,
            "path": name,
            "lies_at": None if name == file.path else file.path,
            "position": first + number,
            "size": file.size,
            "modified": file.modified,
            "stack": file.stack,
            "state": "found",
            "attempts": 0,
        }
        for number, (file, name) in enumerate(zip(new, names, strict=True))
    ]
    for place in range(0, len(values), _ROWS):
        session.execute(insert(BatchFile), values[place : place + _ROWS])
    return Filled(1, len(new), len(settled), changed)


# ---- what is known ---------------------------------------------------------------------------------------------------


def _live(session: Session, batch_ids: Sequence[str], files: Sequence[FoundFile]) -> dict[str, BatchFile]:
    """The sources of some batches that lie where these files do and that were not taken away, by where they lie."""
    found: dict[str, BatchFile] = {}
    for some in _some([file.path for file in files]):
        mine = BatchFile.batch_id.in_(batch_ids), BatchFile.state != "removed"
        query = select(BatchFile).where(*mine, _at(some)).order_by(BatchFile.position)
        found |= {row.lies_at or row.path: row for row in session.scalars(query)} if batch_ids else {}
    return found


def _settled(session: Session, closed: Sequence[str], files: Sequence[FoundFile]) -> set[str]:
    """The files that closed batches know as they are now: of the same size, and not changed since as far as is told."""
    live = _live(session, closed, files)
    return {file.path for file in files if file.path in live and not _differs(live[file.path], file)}


def _differs(row: BatchFile, file: FoundFile) -> bool:
    timed = row.modified is not None and file.modified is not None
    return row.size != file.size or (timed and row.modified != file.modified)


def _looks_changed(row: BatchFile, file: FoundFile) -> bool:
    """Whether a source that entered may be another by now; of one about which people are asked already it is known."""
    return row.state == "entered" and row.error_code is None and row.sha256 is not None and _differs(row, file)


def _at(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(BatchFile.path.in_(paths), BatchFile.lies_at.in_(paths))


def _names(session: Session, batch_id: str, paths: Sequence[str]) -> list[str]:
    """A name of its own in the batch for each path: the path itself, as a rule."""
    taken = {name for some in _some(paths) for name in _taken(session, BatchFile.path, batch_id, some)}
    return [_free(session, BatchFile.path, batch_id, path, 2) if path in taken else path for path in paths]


def _taken(session: Session, column: Any, batch_id: str, names: Sequence[str]) -> set[str]:
    return set(session.scalars(select(column).where(column.class_.batch_id == batch_id, column.in_(names))))


def _free(session: Session, column: Any, batch_id: str, name: str, first: int) -> str:
    """The first of ``name (2)``, ``name (3)``, … that the batch does not have."""
    number = first
    while _taken(session, column, batch_id, [f"{name} ({number})"]):
        number += 1
    return f"{name} ({number})"


def _some(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(paths), _ASKED):
        yield paths[place : place + _ASKED]


# ---- folders ---------------------------------------------------------------------------------------------------------


def _taking(session: Session, rows: Sequence[BatchFolder]) -> BatchFolder | None:
    """The latest of some folders where it takes further files; it is held, so that nobody fixes it meanwhile.

    One that was ready is put together anew with them.
    """
    if not rows:
        return None
    last = rows[-1]
    session.refresh(last, with_for_update={"key_share": True})
    last.state = "reading" if last.state == "ready" else last.state
    return last if last.state in TAKING else None


def _folder(session: Session, batch_id: str, found: FoundFolder, before: int) -> BatchFolder:
    fresh = not before and not _taken(session, BatchFolder.name, batch_id, [found.name])
    name = found.name if fresh else _free(session, BatchFolder.name, batch_id, found.name, before + 1 if before else 2)
    position = _next(session, BatchFolder.position, BatchFolder.batch_id == batch_id)
    folder = BatchFolder(id=new_id(), batch_id=batch_id, box=found.box[:_NAME], name=name, position=position)
    folder.state, folder.directory = "waiting", None if name == found.name else found.name
    session.add(folder)
    session.flush()
    return folder


def _same(session: Session, batch_id: str, name: str) -> list[BatchFolder]:
    """The folders that one directory has become, in the order in which they came."""
    first = (BatchFolder.name == name) & BatchFolder.directory.is_(None)
    query = select(BatchFolder).where(BatchFolder.batch_id == batch_id, or_(first, BatchFolder.directory == name))
    return list(session.scalars(query.order_by(BatchFolder.position)))


def _next(session: Session, column: Any, *where: Any) -> int:
    last = session.scalar(select(func.max(column)).where(*where))
    return 0 if last is None else last + 1
