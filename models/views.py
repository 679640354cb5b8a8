"""What pages and the API show of papers: documents, their pages and the places that values were read from.

Plain data, gathered from rows in a few statements; pages are numbered from 1 here, as everywhere outside the core.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import papers, wire
from intake.types import Alternative, CaseDocument, DocumentReading, FactSource, Finding, Region
from models.accounts import User
from models.cases import Document, Page, document_rows
from models.upload_rows import UploadFile


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a document: its number (from 1) in the file, its size in pixels, its pictures' keys in the store."""

    id: str
    number: int
    width: int
    height: int
    state: str
    picture: str | None
    thumbnail: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One paper of a case: what it is, the file and pages that it lies on, and all that was read of it."""

    id: str
    case_id: str
    upload_file_id: str
    file_name: str
    type: str | None
    type_confidence: float
    pages: tuple[PageView, ...]
    reading: DocumentReading


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a value comes from: the document, the page (from 1) and the region on it, and what was read there."""

    document_id: str
    document_type: str
    field: str
    page: int
    region: Region
    text: str
    value: str | None
    confidence: float
    reader: str
    alternatives: tuple[Alternative, ...]
    how: str


def source_view(source: FactSource) -> SourceView:
    """One source as it is shown."""
    reading = source.reading
    return SourceView(
        document_id=source.document_id,
        document_type=source.document_type,
        field=reading.field,
        page=reading.page_index + 1,
        region=reading.region,
        text=reading.text,
        value=reading.value,
        confidence=reading.confidence,
        reader=reading.reader,
        alternatives=reading.alternatives,
        how=reading.how,
    )


def document_views(session: Session, rows: Sequence[Document]) -> tuple[DocumentView, ...]:
    """The documents of these rows, in their order, with their files' names and their pages."""
    file_ids = {row.upload_file_id for row in rows}
    named = session.execute(select(UploadFile.id, UploadFile.name).where(UploadFile.id.in_(file_ids)))
    names: dict[str, str] = {row.id: row.name for row in named}
    pages: dict[tuple[str, int], Page] = {
        (page.upload_file_id, page.page_index): page
        for page in session.scalars(select(Page).where(Page.upload_file_id.in_(file_ids)))
    }
    return tuple(_document_view(row, names.get(row.upload_file_id, ""), pages) for row in rows)


def _document_view(row: Document, name: str, pages: dict[tuple[str, int], Page]) -> DocumentView:
    reading = wire.load(DocumentReading, row.reading)
    kept = (pages.get((row.upload_file_id, index)) for index in reading.page_indexes)
    return DocumentView(
        id=row.id,
        case_id=row.case_id,
        upload_file_id=row.upload_file_id,
        file_name=name,
        type=row.type,
        type_confidence=row.type_confidence,
        pages=tuple(_page_view(page) for page in kept if page is not None),
        reading=reading,
    )


def _page_view(page: Page) -> PageView:
    return PageView(
        page.id, page.page_index + 1, page.width, page.height, page.state, page.picture, page.thumbnail or page.picture
    )


def case_documents(session: Session, case_id: str) -> tuple[DocumentView, ...]:
    """All documents of a case as people lay them out."""
    return laid_out(document_views(session, document_rows(session, case_id)))


def laid_out(views: Iterable[DocumentView]) -> tuple[DocumentView, ...]:
    """The documents of one case in the order of ``intake.papers.laid_out``."""
    found = {view.id: view for view in views}
    ordered = papers.laid_out([CaseDocument(view.id, view.reading, view.upload_file_id) for view in found.values()])
    return tuple(found[document.id] for document in ordered)


def load_document(session: Session, document_id: str) -> DocumentView | None:
    """One document, or ``None`` where there is none of this identifier."""
    row = session.get(Document, document_id)
    return None if row is None else document_views(session, [row])[0]


def names_of(session: Session, user_ids: Iterable[str | None]) -> dict[str, str]:
    """The names by which people are shown, by identifier: the display name, the account's name where there is none."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = session.execute(select(User.id, User.display_name, User.name).where(User.id.in_(wanted)))
    return {user_id: display or name for user_id, display, name in rows}


def findings_of(findings: Iterable[Finding], fact: str) -> tuple[Finding, ...]:
    """The findings that concern a fact."""
    return tuple(finding for finding in findings if fact in finding.fields)
