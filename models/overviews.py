"""Where papers stand, line by line, for people who look after them: uploads and cases.

Lists go from the newest to the oldest; their cursor is the identifier of the last line that was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.cases import Case, Document
from models.drafts import Draft
from models.upload_rows import Upload
from models.upload_views import UploadStatus, statuses
from models.views import DocumentView, case_documents, names_of


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Some uploads, and the cursor of the next ones (``None``: these were the last)."""

    items: tuple[UploadStatus, ...]
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
    """A case with everything in it.

    ``joining``: why the papers of it could not join another case, as a slip or their sender said (:mod:`models.slips`).
    """

    id: str
    created_by: str
    created_by_name: str
    created_at: datetime
    state: str
    title: str
    uploads: tuple[UploadStatus, ...]
    documents: tuple[DocumentView, ...]
    drafts: tuple[DraftLine, ...]
    slip_number: str | None = None
    joining: str | None = None


def uploads(session: Session, user_id: str | None, cursor: str | None = None, limit: int = 30) -> UploadPage:
    """The uploads of an account, or of all where ``user_id`` is ``None``."""
    query = select(Upload).options(selectinload(Upload.files)).order_by(Upload.id.desc()).limit(limit + 1)
    if user_id is not None:
        query = query.where(Upload.created_by == user_id)
    if cursor:
        query = query.where(Upload.id < cursor)
    rows = session.scalars(query).all()
    items = statuses(session, rows[:limit])
    return UploadPage(items, items[-1].id if len(rows) > limit else None)


def case(session: Session, case_id: str) -> CaseView | None:
    """One case, or ``None`` where there is none of this identifier."""
    row = session.get(Case, case_id)
    if row is None:
        return None
    with_files = select(Upload).options(selectinload(Upload.files))
    brought = session.scalars(with_files.where(Upload.case_id == case_id).order_by(Upload.id)).all()
    drafts = session.scalars(select(Draft).where(Draft.case_id == case_id).order_by(Draft.id.desc()))
    return CaseView(
        row.id,
        row.created_by,
        names_of(session, [row.created_by]).get(row.created_by, ""),
        row.created_at,
        row.state,
        row.title,
        statuses(session, brought),
        case_documents(session, case_id),
        tuple(_draft_line(draft) for draft in drafts),
        row.slip_number,
        next((upload.joining for upload in brought if upload.joining not in {None, "slip", "number"}), None),
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
