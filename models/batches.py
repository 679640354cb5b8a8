"""Batches of legacy archives: begun over a folder tree, filled as the tree is walked, paused and gone on with.

What was found is written folder by folder, each folder whole or not at all, so that a walk that was broken off goes on
where it was: a folder is put together only when every file that was found in it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from intake.archive.tree import FoundFolder
from intake.errors import BatchClosedError
from models import audit, batch_chains
from models.base import new_id, now
from models.batch_rows import Batch, BatchFile, BatchFolder
from models.batch_views import (
    WATCHED,
    BatchLine,
    BatchView,
    FolderLine,
    boxes,
    find,
    folders_of,
    listed,
    to_confirm,
    unfinished,
    view,
)
from models.database import Unit, lock

__all__ = [
    "BatchLine",
    "BatchView",
    "Filled",
    "FolderLine",
    "begin",
    "boxes",
    "fill",
    "find",
    "folders_of",
    "listed",
    "pause",
    "rest",
    "resume",
    "to_confirm",
    "unfinished",
    "view",
]

PERSON = "person"
"""Why a batch is paused that a person paused (a key of ``intake.archive.exceptions.PAUSES``)."""

RESUMED = "resumed_at"
"""Key of :attr:`Batch.policy`: failures before this moment do not count as a run of like ones any more."""

TAKING = ("waiting", "reading")
"""States of a folder that takes further files; to one that is put together already a later delivery is another."""

_ROWS = 1000
_NAME = 255


@dataclass(frozen=True, slots=True)
class Filled:
    """What a walk added."""

    folders: int = 0
    files: int = 0


def begin(
    unit: Unit,
    *,
    name: str,
    root: str,
    user_id: str,
    boundaries: str = "auto",
    move: bool = False,
    watched: bool = False,
    folders: Iterable[FoundFolder] = (),
) -> Batch:
    """Begin a batch over the tree at ``root``; its folders may be given at once or come with :func:`fill`."""
    batch = Batch(id=new_id(), name=name[:_NAME], root=root, created_by=user_id, boundaries=boundaries, move=move)
    batch.state, batch.policy, batch.created_at = "running", {WATCHED: True} if watched else {}, now()
    unit.session.add(batch)
    unit.session.flush()
    details = {"boundaries": boundaries, "move": move, "watched": watched}
    _witness(unit, batch.id, "batch.begun", user_id, details)
    fill(unit, batch.id, folders)
    return batch


def fill(unit: Unit, batch_id: str, folders: Iterable[FoundFolder]) -> Filled:
    """Add what a walk found and the batch does not know yet; what it knows stays as it is.

    Files that come late to a folder which was put together already make a folder of their own, ``name (2)``.
    """
    lock(unit.session, f"batch:{batch_id}")
    added = [one for found in folders if (one := _add(unit.session, batch_id, found))]
    filled = Filled(len(added), sum(added))
    if filled.files:
        batch = unit.session.get_one(Batch, batch_id)
        batch.state = "running" if batch.state == "read" else batch.state
        details = {"folders": filled.folders, "files": filled.files}
        _witness(unit, batch_id, "batch.filled", "worker", details)
    return filled


def pause(
    unit: Unit, batch_id: str, user_id: str, reason: str = PERSON, details: Mapping[str, Any] | None = None
) -> bool:
    """Let no further file of a running batch in; ``False`` where it does not run. ``user_id`` may be ``worker``."""
    batch = unit.session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state == "closed":
        raise BatchClosedError
    if batch.state not in {"running", "read"}:
        return False
    batch.state, batch.reason_code = "paused", reason
    unit.session.flush()
    _witness(unit, batch_id, "batch.paused", user_id, {"reason": reason, **(details or {})})
    return True


def resume(unit: Unit, batch_id: str, user_id: str) -> bool:
    """Go on with a paused batch, or look through the tree of one that is read again; ``False`` where it runs.

    Raises BatchClosedError.
    """
    batch = unit.session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state == "closed":
        raise BatchClosedError
    if batch.state not in {"paused", "read"}:
        return False
    batch.state, batch.reason_code = "running", None
    batch.policy = {**batch.policy, RESUMED: now().isoformat()}
    unit.session.flush()
    _witness(unit, batch_id, "batch.resumed", user_id, {})
    return True


def rest(unit: Unit, batch_id: str) -> bool:
    """Call a running batch ``read`` where nothing is left for machines to do; gives whether it is.

    Cover sheets that are missing between its folders are asked about then.
    """
    session = unit.session
    batch = session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state != "running":
        return batch.state in {"read", "closed"}
    busy = select(BatchFolder.id).where(
        BatchFolder.batch_id == batch_id, BatchFolder.state.not_in(("asks", "assembled"))
    )
    coming = select(BatchFile.id).where(BatchFile.batch_id == batch_id, BatchFile.state == "found")
    if session.scalar(busy.limit(1)) is not None or session.scalar(coming.limit(1)) is not None:
        return False
    batch_chains.ask(unit, batch_id)
    batch.state = "read"
    session.flush()
    _witness(unit, batch_id, "batch.read", "worker", {})
    return True


def _add(session: Session, batch_id: str, found: FoundFolder) -> int:
    """Write a folder's new files; gives how many there are."""
    rows = _same(session, batch_id, found.name)
    known = _known(session, [row.id for row in rows])
    new = [file for file in found.files if file.path not in known]
    if not new:
        return 0
    folder = _taking(session, rows) or _folder(session, batch_id, found, len(rows))
    first = _next(session, BatchFile.position, BatchFile.batch_id == batch_id)
    values = (
        {
            "id": new_id(),
            "batch_id": batch_id,
            "folder_id": folder.id,
            "path": file.path,
            "position": first + number,
            "size": file.size,
            "stack": file.stack,
            "state": "found",
            "attempts": 0,
        }
        for number, file in enumerate(new)
    )
    chunk: list[dict[str, Any]] = []
    for row in values:
        chunk.append(row)
        if len(chunk) == _ROWS:
            session.execute(insert(BatchFile), chunk)
            chunk = []
    if chunk:
        session.execute(insert(BatchFile), chunk)
    return len(new)


def _taking(session: Session, rows: Sequence[BatchFolder]) -> BatchFolder | None:
    """The latest of some folders where it takes further files; it is held, so that nobody fixes it meanwhile."""
    if not rows:
        return None
    session.refresh(rows[-1], with_for_update={"key_share": True})
    return rows[-1] if rows[-1].state in TAKING else None


def _folder(session: Session, batch_id: str, found: FoundFolder, before: int) -> BatchFolder:
    name = f"{found.name} ({before + 1})" if before else found.name
    position = _next(session, BatchFolder.position, BatchFolder.batch_id == batch_id)
    folder = BatchFolder(id=new_id(), batch_id=batch_id, box=found.box[:_NAME], name=name, position=position)
    folder.state = "waiting"
    session.add(folder)
    session.flush()
    return folder


def _same(session: Session, batch_id: str, name: str) -> list[BatchFolder]:
    """The folders that one directory has become, in the order in which they came."""
    found: list[BatchFolder] = []
    while True:
        named = f"{name} ({len(found) + 1})" if found else name
        row = session.scalar(select(BatchFolder).where(BatchFolder.batch_id == batch_id, BatchFolder.name == named))
        if row is None:
            return found
        found.append(row)


def _known(session: Session, folder_ids: Sequence[str]) -> set[str]:
    if not folder_ids:
        return set()
    return set(session.scalars(select(BatchFile.path).where(BatchFile.folder_id.in_(folder_ids))))


def _next(session: Session, column: Any, *where: Any) -> int:
    last = session.scalar(select(func.max(column)).where(*where))
    return 0 if last is None else last + 1


def _witness(unit: Unit, batch_id: str, action: str, actor: str, details: Mapping[str, Any]) -> None:
    audit.append(unit, actor=actor, action=action, subject_kind="batch", subject_id=batch_id, details=dict(details))
