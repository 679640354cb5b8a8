"""What pages and the API show of papers: documents, their pages and the places that values were read from.

Plain data, gathered from rows in a few statements; pages are numbered from 1 here, as everywhere outside the core.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake import papers, wire
from intake.types import Alternative, CaseDocument, DocumentReading, FactSource, Finding, Region
from models.accounts import User
from models.cases import Document, Page, document_rows
from models.upload_rows import UploadFile


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a document: its number, its size in pixels, its pictures' keys in the store.

    The number (from 1) is that of its file, or, in a document that people put together, that along the document.
    ``turned`` quarters counter-clockwise set its pictures upright.
    """

    id: str
    number: int
    width: int
    height: int
    state: str
    picture: str | None
    thumbnail: str | None
    turned: int = 0
    full: str | None = None


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
    unsure: tuple[int, ...] = ()


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
        unsure=reading.unsure,
    )


def document_views(session: Session, rows: Sequence[Document]) -> tuple[DocumentView, ...]:
    """The documents of these rows, in their order, with their files' names and their pages."""
    file_ids = {row.upload_file_id for row in rows}
    named = session.execute(select(UploadFile.id, UploadFile.name).where(UploadFile.id.in_(file_ids)))
    names: dict[str, str] = {row.id: row.name for row in named}
    pages = pages_of(session, rows)
    return tuple(_document_view(row, names.get(row.upload_file_id, ""), pages[row.id]) for row in rows)


def pages_of(session: Session, rows: Sequence[Document]) -> dict[str, tuple[tuple[int, Page], ...]]:
    """The pages of documents with their numbers along each (from 1), by the documents' identifiers."""
    found = session.scalars(
        select(Page).where(
            or_(
                Page.upload_file_id.in_({row.upload_file_id for row in rows if row.parts is None}),
                Page.id.in_({part["page"] for row in rows for part in row.parts or ()}),
            )
        )
    ).all()
    by_index = {(page.upload_file_id, page.page_index): page for page in found}
    by_id = {page.id: page for page in found}
    numbered: dict[str, tuple[tuple[int, Page], ...]] = {}
    for row in rows:
        if row.parts is None:
            kept = ((index, by_index.get((row.upload_file_id, index))) for index in row.reading["page_indexes"])
        else:
            runs = groupby(row.parts, key=itemgetter("page"))
            kept = ((index, by_id.get(page_id)) for index, (page_id, _run) in enumerate(runs))
        numbered[row.id] = tuple((index + 1, page) for index, page in kept if page is not None)
    return numbered


def _document_view(row: Document, name: str, pages: Iterable[tuple[int, Page]]) -> DocumentView:
    return DocumentView(
        id=row.id,
        case_id=row.case_id,
        upload_file_id=row.upload_file_id,
        file_name=name,
        type=row.type,
        type_confidence=row.type_confidence,
        pages=tuple(_page_view(number, page) for number, page in pages),
        reading=wire.load(DocumentReading, row.reading),
    )


def _page_view(number: int, page: Page) -> PageView:
    small = page.thumbnail or page.picture
    return PageView(page.id, number, page.width, page.height, page.state, page.picture, small, page.turned, page.full)


def case_documents(session: Session, case_id: str, at: datetime | None = None) -> tuple[DocumentView, ...]:
    """All documents of a case as people lay them out; with ``at`` those that were living then."""
    return laid_out(document_views(session, document_rows(session, case_id, at)))


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
