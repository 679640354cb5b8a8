"""How sources of a batch enter: which are next, their uploads, what failed, what may be taken away.

A source is ``found`` until its bytes are in the store; then its rows are written in one unit. So whatever is killed in
between is done again from the beginning, with the same outcome, and what was done is not done twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.archive.pace import PaceOptions
from models import batch_exceptions, batch_ledger, uploads
from models.base import new_id, now
from models.batch_filling import AGAIN, Source
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder
from models.batch_views import WALKED
from models.cases import Case
from models.database import Unit, lock
from models.upload_rows import UploadFile
from models.uploads import IncomingFile


def following(session: Session, batch_id: str, limit: int) -> list[Source]:
    """The next sources that have not entered, all of one folder, at most ``limit``; what failed comes last."""
    coming = (
        select(BatchFile)
        .where(BatchFile.batch_id == batch_id, BatchFile.state == "found")
        .order_by(BatchFile.position)
        .limit(limit)
    )
    rows = session.scalars(coming.where(BatchFile.attempts == 0)).all() or session.scalars(coming).all()
    return [_source(row) for row in rows if row.folder_id == rows[0].folder_id]


def on_the_way(session: Session, batch_id: str) -> list[str]:
    """The upload files of a batch that are not settled yet."""
    query = select(UploadFile.id).join(BatchFile, BatchFile.upload_file_id == UploadFile.id)
    return list(session.scalars(query.where(BatchFile.batch_id == batch_id, UploadFile.settled_at.is_(None))))


def unsettled(session: Session, file_ids: Collection[str]) -> list[str]:
    """Which of some upload files are not settled yet."""
    query = select(UploadFile.id).where(UploadFile.id.in_(file_ids), UploadFile.settled_at.is_(None))
    return list(session.scalars(query)) if file_ids else []


@dataclass(frozen=True, slots=True)
class Entered:
    """What entered: the jobs to ring and the upload files that are on their way now."""

    job_ids: tuple[str, ...] = ()
    file_ids: tuple[str, ...] = ()


def enter(unit: Unit, batch_id: str, folder_id: str, taken: Mapping[str, IncomingFile]) -> Entered:
    """Enter sources of one folder whose bytes are in the store, by their identifiers; those that entered are left out.

    They are read in the folder's case, which belongs to whoever began the batch.
    """
    session = unit.session
    lock(session, f"batch:{batch_id}")
    batch, folder = session.get_one(Batch, batch_id), session.get_one(BatchFolder, folder_id)
    rows = session.scalars(
        select(BatchFile)
        .where(BatchFile.id.in_(taken), BatchFile.folder_id == folder_id, BatchFile.state == "found")
        .order_by(BatchFile.position)
        .with_for_update(key_share=True)
    ).all()
    if not rows:
        return Entered()
    case_id = folder.case_id or _case(session, batch, folder)
    files = [taken[row.id] for row in rows]
    received = uploads.receive(unit, user_id=batch.created_by, files=files, via=batch_ledger.ARCHIVE, into=case_id)
    placed = sorted(received.upload.files, key=lambda file: file.position)
    for row, file, incoming in zip(rows, placed, files, strict=True):
        row.state, row.upload_file_id, row.sha256, row.size = "entered", file.id, incoming.sha256, incoming.size
        row.error_code = None
    folder.state = "reading" if folder.state == "waiting" else folder.state
    session.flush()
    for row, file in zip(rows, placed, strict=True):
        _tell_twin(unit, row, batch)
        if file.settled_at is not None:
            batch_ledger.enter(unit, row, file)
    jobs = (*received.job_ids, *batch_ledger.due(session, folder))
    return Entered(jobs, tuple(file.id for file in placed if file.settled_at is None))


def fail(unit: Unit, source_id: str, code: str, options: PaceOptions | None = None) -> list[str]:
    """Count a failure to take a source in; after the last attempt it is put aside. Gives the jobs to ring."""
    session = unit.session
    row = session.get_one(BatchFile, source_id, with_for_update={"key_share": True}, populate_existing=True)
    if row.state != "found":
        return []
    row.attempts, row.error_code = row.attempts + 1, code
    if row.attempts < (options or PaceOptions()).attempts:
        return []
    row.state = "quarantined"
    session.flush()
    batch_ledger.put_aside(unit, row, kinds.QUARANTINED, code)
    return batch_ledger.due(session, session.get_one(BatchFolder, row.folder_id))


def removable(session: Session, batch_id: str, limit: int) -> list[Source]:
    """Sources that are kept and read and that the batch wants taken away."""
    rows = session.scalars(
        select(BatchFile)
        .join(UploadFile, UploadFile.id == BatchFile.upload_file_id)
        .where(
            BatchFile.batch_id == batch_id,
            BatchFile.state == "entered",
            BatchFile.error_code.is_(None),
            BatchFile.sha256.is_not(None),
            UploadFile.state.in_(batch_ledger.READ),
            UploadFile.settled_at.is_not(None),
        )
        .order_by(BatchFile.position)
        .limit(limit)
    )
    return [_source(row) for row in rows]


def removed(unit: Unit, source_id: str) -> None:
    """Say that a source was taken away."""
    unit.session.get_one(BatchFile, source_id, with_for_update={"key_share": True}).state = "removed"


def changed(unit: Unit, source_id: str, code: str) -> None:
    """Say that a source is no longer what was taken in: it is not taken away, and people are told."""
    row = unit.session.get_one(BatchFile, source_id, with_for_update={"key_share": True})
    row.error_code = code
    batch_exceptions.note(
        unit, batch_id=row.batch_id, folder_id=row.folder_id, file_id=row.id, code=kinds.CHANGED, details={"code": code}
    )


def seen(unit: Unit, source_id: str, size: int, modified: int) -> None:
    """Say that a source that looked changed has the bytes that were taken in."""
    row = unit.session.get_one(BatchFile, source_id, with_for_update={"key_share": True})
    row.size, row.modified = size, modified


def whole_sides(session: Session, batch_id: str) -> frozenset[str]:
    """The odd or even pages of which a person said that there is no other side."""
    said = select(BatchException).where(BatchException.batch_id == batch_id, BatchException.code == kinds.ONE_SIDE)
    rows = session.scalars(said.where(BatchException.answer == kinds.CHECKED))
    return frozenset(str(row.details["path"]) for row in rows)


def note_walk(
    unit: Unit, batch_id: str, passed_over: Mapping[str, int], closed_to_us: Sequence[str], alone: Sequence[str] = ()
) -> None:
    """Keep what a walk passed over; what could not be looked into, and sides that lie ``alone``, become exceptions.

    Where the other side has come by now, nothing is asked any more.
    """
    batch = unit.session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    told: dict[str, Any] = dict(sorted(passed_over.items()))
    if batch.policy.get(WALKED) != told:
        batch.policy = {**batch.policy, WALKED: told}
    for code, paths in ((kinds.CLOSED, closed_to_us), (kinds.ONE_SIDE, alone)):
        for path in paths:
            batch_exceptions.note(unit, batch_id=batch_id, code=code, details={"path": path})
    asked = select(BatchException).where(BatchException.batch_id == batch_id, BatchException.code == kinds.ONE_SIDE)
    for row in unit.session.scalars(asked.where(BatchException.state == "open")):
        if row.details["path"] not in alone:
            row.state, row.answer, row.settled_at = "settled", kinds.WITHDRAWN, now()


def _case(session: Session, batch: Batch, folder: BatchFolder) -> str:
    case = Case(id=new_id(), created_by=batch.created_by, state="reading", title="", created_at=now())
    session.add(case)
    session.flush()
    folder.case_id = case.id
    session.flush()
    return case.id


def _tell_twin(unit: Unit, row: BatchFile, batch: Batch) -> None:
    """Ask about a source whose bytes came before: in this batch, or in a closed one that it goes on from."""
    if row.sha256 is None:
        return
    before = (BatchFile.batch_id == batch.id) & (BatchFile.position < row.position)
    if not batch.policy.get(AGAIN):
        held = select(Batch.id).where(Batch.root == batch.root, Batch.state == "closed")
        before |= BatchFile.batch_id.in_(held) & BatchFile.rejected.is_(None)
    query = select(BatchFile).where(BatchFile.sha256 == row.sha256, before)
    twin = unit.session.scalar(query.order_by(BatchFile.batch_id.desc(), BatchFile.position).limit(1))
    if twin is not None:
        batch_exceptions.note(
            unit,
            batch_id=row.batch_id,
            folder_id=row.folder_id,
            file_id=row.id,
            code=kinds.DUPLICATE,
            details={"other": twin.id, "path": twin.path},
        )


def _source(row: BatchFile) -> Source:
    return Source(row.id, row.folder_id, row.lies_at or row.path, row.size, row.sha256, row.attempts)
