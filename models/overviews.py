"""Where papers stand, line by line, for people who look after them: uploads and cases.

Lists go from the newest to the oldest; their cursor is the identifier of the last line that was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.cases import Case, Document
from models.drafts import Draft
from models.uploads import Upload, UploadFile
from models.views import DocumentView, case_documents, names_of


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of an upload and where it stands."""

    id: str
    name: str
    size: int
    state: str
    error_code: str | None
    error_details: dict[str, Any]
    page_count: int | None


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One upload with its files and the state of its case; ``draft_id`` names the latest draft.

    ``case_created_by`` may be another account than ``created_by``: papers that came before join the case that has them.
    """

    id: str
    created_by: str
    created_by_name: str
    created_at: datetime
    case_id: str
    case_state: str
    title: str
    files: tuple[FileLine, ...]
    draft_id: str | None
    case_created_by: str

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself: every file is settled and the case is past reading."""
        return self.case_state != "reading" and all(file.state not in {"queued", "reading"} for file in self.files)


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Some uploads, and the cursor of the next ones (``None``: these were the last)."""

    items: tuple[UploadLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft of a case and what became of it."""

    id: str
    state: str
    doubtful: int
    errors: int
    created_at: datetime
    customer_number: str | None
    reason_code: str | None
    reason_note: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything in it."""

    id: str
    created_by: str
    created_by_name: str
    created_at: datetime
    state: str
    title: str
    uploads: tuple[UploadLine, ...]
    documents: tuple[DocumentView, ...]
    drafts: tuple[DraftLine, ...]


def uploads(session: Session, user_id: str | None, cursor: str | None = None, limit: int = 30) -> UploadPage:
    """The uploads of an account, or of all where ``user_id`` is ``None``."""
    query = select(Upload).options(selectinload(Upload.files)).order_by(Upload.id.desc()).limit(limit + 1)
    if user_id is not None:
        query = query.where(Upload.created_by == user_id)
    if cursor:
        query = query.where(Upload.id < cursor)
    rows = session.scalars(query).all()
    items = _upload_lines(session, rows[:limit])
    return UploadPage(items, items[-1].id if len(rows) > limit else None)


def upload(session: Session, upload_id: str) -> UploadLine | None:
    """One upload, or ``None`` where there is none of this identifier."""
    row = session.get(Upload, upload_id)
    return None if row is None else _upload_lines(session, [row])[0]


def _upload_lines(session: Session, rows: Sequence[Upload]) -> tuple[UploadLine, ...]:
    names = names_of(session, (row.created_by for row in rows))
    case_ids = {row.case_id for row in rows}
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(case_ids)))}
    latest = select(Draft.case_id, func.max(Draft.id)).where(Draft.case_id.in_(case_ids)).group_by(Draft.case_id)
    drafts = {row[0]: row[1] for row in session.execute(latest)}
    return tuple(_upload_line(row, cases[row.case_id], names, drafts.get(row.case_id)) for row in rows)


def _upload_line(row: Upload, case: Case, names: dict[str, str], draft_id: str | None) -> UploadLine:
    return UploadLine(
        row.id,
        row.created_by,
        names.get(row.created_by, ""),
        row.created_at,
        row.case_id,
        case.state,
        case.title,
        tuple(_file_line(file) for file in row.files),
        draft_id,
        case.created_by,
    )


def _file_line(row: UploadFile) -> FileLine:
    return FileLine(row.id, row.name, row.size, row.state, row.error_code, row.error_details or {}, row.page_count)


def case(session: Session, case_id: str) -> CaseView | None:
    """One case, or ``None`` where there is none of this identifier."""
    row = session.get(Case, case_id)
    if row is None:
        return None
    brought = session.scalars(select(Upload).where(Upload.case_id == case_id).order_by(Upload.id)).all()
    drafts = session.scalars(select(Draft).where(Draft.case_id == case_id).order_by(Draft.id.desc()))
    return CaseView(
        row.id,
        row.created_by,
        names_of(session, [row.created_by]).get(row.created_by, ""),
        row.created_at,
        row.state,
        row.title,
        _upload_lines(session, brought),
        case_documents(session, case_id),
        tuple(_draft_line(draft) for draft in drafts),
    )


def _draft_line(row: Draft) -> DraftLine:
    return DraftLine(
        row.id,
        row.state,
        row.doubtful,
        row.errors,
        row.created_at,
        row.customer_number,
        row.reason_code,
        row.reason_note,
    )


def case_of_document(session: Session, document_id: str) -> Case | None:
    """The case that a document lies in, to tell who may see it."""
    return session.scalar(select(Case).join(Document, Document.case_id == Case.id).where(Document.id == document_id))
