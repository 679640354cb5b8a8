"""The exceptions of a batch: what a person has to look at, kept until it is answered, and after.

What each kind means and which answers it takes stands in :mod:`intake.archive.exceptions`, what follows from an answer
in :mod:`models.batch_answers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from models import audit
from models.base import new_id, now
from models.batch_rows import BatchException, BatchFile, BatchFolder, LedgerPage
from models.database import Unit


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """An exception with what it is about: the folder's name, the source's path, the page's place in the folder."""

    id: str
    batch_id: str
    code: str
    details: Mapping[str, Any]
    state: str
    answers: tuple[str, ...]
    folder_id: str | None
    folder: str | None
    box: str | None
    file_id: str | None
    path: str | None
    ledger_page_id: str | None
    number: int | None
    page_id: str | None
    answer: str | None
    settled_by: str | None
    settled_at: datetime | None
    created_at: datetime


def note(
    unit: Unit,
    *,
    batch_id: str,
    code: str,
    details: Mapping[str, Any] | None = None,
    folder_id: str | None = None,
    file_id: str | None = None,
    ledger_page_id: str | None = None,
) -> BatchException:
    """Ask people about something; the same question about the same thing is asked once.

    One that is open, or that a person answered by having looked, is not asked again while its details are the same.
    """
    session = unit.session
    told = dict(details or {})
    same = select(BatchException).where(
        BatchException.batch_id == batch_id,
        or_(BatchException.state == "open", BatchException.answer == kinds.CHECKED),
        BatchException.code == code,
        BatchException.folder_id == folder_id,
        BatchException.file_id == file_id,
        BatchException.ledger_page_id == ledger_page_id,
    )
    before = next((one for one in session.scalars(same) if one.details == told), None)
    if before is not None:
        return before
    row = BatchException(id=new_id(), batch_id=batch_id, code=code, details=told, folder_id=folder_id, file_id=file_id)
    row.ledger_page_id, row.state, row.created_at = ledger_page_id, "open", now()
    session.add(row)
    session.flush()
    audit.append(
        unit,
        actor="worker",
        action="batch.excepted",
        subject_kind="batch",
        subject_id=batch_id,
        details={"exception": code},
    )
    return row


def write_answer(unit: Unit, row: BatchException, user_id: str, answer: str, at: datetime) -> None:
    """Keep the answer and write the audit; what follows from it is the caller's."""
    row.state, row.answer, row.settled_at = "settled", answer, at
    row.settled_by = None if user_id in {"worker", "system"} else user_id
    unit.session.flush()
    audit.append(
        unit,
        actor=user_id,
        action="batch.answered",
        subject_kind="batch",
        subject_id=row.batch_id,
        details={"exception": row.code, "answer": answer},
    )


def answers_of(code: str) -> tuple[str, ...]:
    """What may be answered to a kind of exception; to those of other parts that somebody has looked."""
    kind = kinds.kind_of(code)
    return (kinds.CHECKED,) if kind is None else kind.answers


def open_ones(session: Session, batch_id: str, folder_id: str | None = None) -> list[ExceptionView]:
    """The open exceptions of a batch, or of one of its folders, as they came."""
    return listed(session, batch_id, folder_id=folder_id, state="open")


def listed(
    session: Session, batch_id: str, *, folder_id: str | None = None, state: str | None = None
) -> list[ExceptionView]:
    """The exceptions of a batch, or of one of its folders; of one state where given."""
    query = (
        select(BatchException, BatchFolder.name, BatchFolder.box, BatchFile.path, LedgerPage.number, LedgerPage.page_id)
        .outerjoin(BatchFolder, BatchFolder.id == BatchException.folder_id)
        .outerjoin(BatchFile, BatchFile.id == BatchException.file_id)
        .outerjoin(LedgerPage, LedgerPage.id == BatchException.ledger_page_id)
        .where(BatchException.batch_id == batch_id)
        .order_by(BatchException.id)
    )
    query = query if folder_id is None else query.where(BatchException.folder_id == folder_id)
    query = query if state is None else query.where(BatchException.state == state)
    return [_view(*row) for row in session.execute(query)]


def held_up(session: Session, folder_id: str) -> list[BatchException]:
    """The open exceptions for which the items of a folder wait."""
    rows = session.scalars(
        select(BatchException).where(BatchException.folder_id == folder_id, BatchException.state == "open")
    )
    return [row for row in rows if kinds.blocks(row.code)]


def is_open(session: Session, folder_id: str, code: str) -> bool:
    """Whether a question of this kind about a folder waits for its answer."""
    asked = select(BatchException.id).where(BatchException.folder_id == folder_id, BatchException.code == code)
    return session.scalar(asked.where(BatchException.state == "open").limit(1)) is not None


def count_open(session: Session, batch_id: str) -> int:
    """How many exceptions of a batch are open."""
    counted = select(func.count()).where(BatchException.batch_id == batch_id, BatchException.state == "open")
    return session.scalar(counted) or 0


def withdraw(unit: Unit | Session, folder_id: str, codes: Sequence[str], at: datetime) -> None:
    """Take back the open questions of a folder that is put together anew: what still holds is asked again."""
    session = unit.session if isinstance(unit, Unit) else unit
    rows = session.scalars(
        select(BatchException).where(BatchException.folder_id == folder_id, BatchException.state == "open")
    )
    for row in rows:
        if row.code.startswith(tuple(codes)):
            row.state, row.answer, row.settled_at = "settled", "withdrawn", at
    session.flush()


def _view(*found: Any) -> ExceptionView:
    row, folder, box, path, number, page_id = found
    return ExceptionView(
        id=row.id,
        batch_id=row.batch_id,
        code=row.code,
        details=row.details,
        state=row.state,
        answers=answers_of(row.code),
        folder_id=row.folder_id,
        folder=folder,
        box=box,
        file_id=row.file_id,
        path=path,
        ledger_page_id=row.ledger_page_id,
        number=number,
        page_id=page_id,
        answer=row.answer,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        created_at=row.created_at,
    )
