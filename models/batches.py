"""Batches of legacy archives: begun over a folder tree, filled as the tree is walked, paused and gone on with.

What was found is written folder by folder, each folder whole or not at all, so that a walk that was broken off goes on
where it was: a folder is put together only when every file that was found in it is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from intake.archive.tree import FoundFolder
from intake.errors import BatchClosedError
from models import audit, batch_chains
from models.base import new_id, now
from models.batch_filling import AGAIN, Filled, closed_over, fill, is_news
from models.batch_rows import Batch, BatchFile, BatchFolder
from models.batch_views import (
    FED,
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
from models.job_rows import ASSEMBLE_FOLDER, enqueue

__all__ = [
    "BatchLine",
    "BatchView",
    "Filled",
    "FolderLine",
    "begin",
    "boxes",
    "closed_over",
    "fill",
    "find",
    "folders_of",
    "is_news",
    "listed",
    "pause",
    "rest",
    "resume",
    "taken",
    "to_confirm",
    "unfinished",
    "view",
]

PERSON = "person"
"""Why a batch is paused that a person paused (a key of ``intake.archive.exceptions.PAUSES``)."""

RESUMED = "resumed_at"
"""Key of :attr:`Batch.policy`: failures before this moment do not count as a run of like ones any more."""

_NAME = 255


def begin(
    unit: Unit,
    *,
    name: str,
    root: str,
    user_id: str,
    boundaries: str = "auto",
    move: bool = False,
    watched: bool = False,
    again: bool = False,
    fed: bool = False,
    folders: Iterable[FoundFolder] = (),
) -> Batch:
    """Begin a batch over the tree at ``root``; its folders may be given at once or come with :func:`fill`.

    ``fed``: the feeder alone runs it; else that is whoever begins it.
    What closed batches over the same root hold is left out, unless it is to be taken in ``again``.
    """
    batch = Batch(id=new_id(), name=name[:_NAME], root=root, created_by=user_id, boundaries=boundaries, move=move)
    batch.state, batch.created_at = "running", now()
    batch.policy = {name: True for name, on in ((WATCHED, watched), (AGAIN, again), (FED, fed)) if on}
    unit.session.add(batch)
    unit.session.flush()
    details = {"boundaries": boundaries, "move": move, "watched": watched} | ({AGAIN: True} if again else {})
    _witness(unit, batch.id, "batch.begun", user_id, details)
    fill(unit, batch.id, folders)
    return batch


def taken(unit: Unit, root: str) -> Batch | None:
    """The latest batch that is not closed over a tree, over one that holds it, or over one that lies in it.

    Until the unit ends nobody else learns that there is none: two batches over one tree would take its papers in twice.
    """
    lock(unit.session, "roots:")
    here = Path(root)
    rows = unit.session.scalars(select(Batch).where(Batch.state != "closed").order_by(Batch.id.desc()))
    met = (row for row in rows if here.is_relative_to(row.root) or Path(row.root).is_relative_to(here))
    return min(met, key=lambda row: row.root != root, default=None)


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


def resume(unit: Unit, batch_id: str, user_id: str, *, fed: bool = False) -> bool:
    """Go on with a paused batch, or look through the tree of one that is read again; ``False`` where it runs.

    From now on the feeder alone runs it (``fed``), or whoever resumes it. Raises BatchClosedError.
    """
    batch = unit.session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state == "closed":
        raise BatchClosedError
    batch.policy = {**batch.policy, FED: fed}
    if batch.state not in {"paused", "read"}:
        return False
    batch.state, batch.reason_code = "running", None
    batch.policy = {**batch.policy, RESUMED: now().isoformat()}
    unit.session.flush()
    _witness(unit, batch_id, "batch.resumed", user_id, {})
    return True


def rest(unit: Unit, batch_id: str, ring: Callable[[Sequence[str]], object] = lambda _: None) -> bool:
    """Call a running batch ``read`` where nothing is left for machines to do; gives whether it is.

    Cover sheets that are missing between its folders are asked about before, and folders that waited for that alone
    are to be fixed: ``ring`` is given these jobs after the commit.
    """
    session = unit.session
    batch = session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state != "running":
        return batch.state in {"read", "closed"}
    busy = select(BatchFolder.id).where(
        BatchFolder.batch_id == batch_id, BatchFolder.state.not_in(("asks", "ready", "assembled"))
    )
    coming = select(BatchFile.id).where(BatchFile.batch_id == batch_id, BatchFile.state == "found")
    if session.scalar(busy.limit(1)) is not None or session.scalar(coming.limit(1)) is not None:
        return False
    batch_chains.ask(unit, batch_id)
    due = [enqueue(session, ASSEMBLE_FOLDER, folder).id for folder in batch_chains.let_all_go(session, batch_id)]
    if due:
        session.flush()
        unit.on_commit(lambda: ring(due))
        return False
    batch.state = "read"
    session.flush()
    _witness(unit, batch_id, "batch.read", "worker", {})
    return True


def _witness(unit: Unit, batch_id: str, action: str, actor: str, details: Mapping[str, Any]) -> None:
    audit.append(unit, actor=actor, action=action, subject_kind="batch", subject_id=batch_id, details=dict(details))
