"""What people confirmed, as labelled papers: for measuring the reading and for learning from corrections.

These are personal data in bulk: whoever takes them out writes :func:`note` first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wire
from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper, decided
from intake.media import MEDIA_TYPES
from intake.types import CaseDocument, DocumentReading, DraftCustomerFile, PageSize
from models import audit, kept_words
from models.cases import Document, Page, document_rows
from models.database import Unit
from models.draft_rows import Draft
from models.draft_views import decisions
from models.upload_rows import StoredFile, UploadFile


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmed file and where its bytes lie in the store."""

    file: ReviewedFile
    sha256: str
    media_type: str


def confirmed(session: Session, *, words: bool = False) -> Iterator[Confirmed]:
    """Every file with a paper in a confirmed draft, once: the same bytes count as they were decided last.

    With ``words`` the kept words come along. One case is in memory at a time.
    """
    # Of a lot a person saw a sample alone: nothing is learnt, nor measured, from what nobody looked at.
    looked_at = (Draft.state == "confirmed", Draft.lot_id.is_(None))
    settled = select(Draft.id).where(*looked_at).order_by(Draft.settled_at.desc(), Draft.id.desc())
    seen: set[str] = set()
    for draft_id in session.scalars(settled).all():
        for found in _of_draft(session, session.get_one(Draft, draft_id), words=words):
            if found.sha256 not in seen:
                seen.add(found.sha256)
                yield found


def note(unit: Unit, action: str, purpose: str, files: int) -> None:
    """Write into the audit that confirmed papers are taken out: how many, and what for."""
    audit.append(
        unit,
        actor="command",
        action=action,
        subject_kind="corpus",
        subject_id="confirmed",
        details={"files": files, "purpose": purpose},
    )


def _of_draft(session: Session, draft: Draft, *, words: bool) -> Iterator[Confirmed]:
    rows = document_rows(session, draft.case_id, draft.settled_at)
    documents = [CaseDocument(row.id, wire.load(DocumentReading, row.reading), row.upload_file_id) for row in rows]
    meant = decided(wire.load(DraftCustomerFile, draft.body), decisions(session, draft.id), documents)
    readings = {row.id: _in_file(row, document.reading) for row, document in zip(rows, documents, strict=True)}
    rows = [row for row in rows if row.id in meant and readings[row.id] is not None]
    for file_id in dict.fromkeys(row.upload_file_id for row in rows):
        own = [row for row in rows if row.upload_file_id == file_id]
        yield _file(session, file_id, _papers(own, readings, meant), words=words)


def _in_file(row: Document, reading: DocumentReading) -> DocumentReading | None:
    """The reading with the page indexes of its file; ``None`` for a paper that people put together out of several."""
    if row.parts is None:
        return reading
    pages = [next(run) for _page, run in groupby(row.parts, key=itemgetter("page"))]
    if any(page["file"] != row.upload_file_id for page in pages):
        return None
    fields = tuple(replace(one, page_index=pages[one.page_index]["index"]) for one in reading.fields)
    indexes = tuple(sorted({int(page["index"]) for page in pages}))
    return replace(reading, page_indexes=indexes, fields=fields)


def _papers(
    rows: Sequence[Document], readings: Mapping[str, DocumentReading | None], meant: Mapping[str, tuple[Decided, ...]]
) -> tuple[ReviewedPaper, ...]:
    found = ((row, readings[row.id]) for row in rows)
    return tuple(ReviewedPaper(row.id, reading, meant[row.id]) for row, reading in found if reading is not None)


def _file(session: Session, file_id: str, papers: tuple[ReviewedPaper, ...], *, words: bool) -> Confirmed:
    row = session.get_one(UploadFile, file_id)
    stored = session.get_one(StoredFile, row.sha256)
    extension = next((kind.extension for kind in MEDIA_TYPES if kind.name == stored.media_type), "bin")
    pages = session.scalars(select(Page).where(Page.upload_file_id == file_id).order_by(Page.page_index)).all()
    sizes = tuple(PageSize(page.width, page.height) for page in pages)
    kept = kept_words.words(session, [page.id for page in pages]) if words else {}
    texts = tuple(kept_words.in_order(text for page in kept.values() for text in page))
    reviewed = ReviewedFile(f"{file_id}.{extension}", extension, sizes, papers, texts)
    return Confirmed(reviewed, stored.sha256, stored.media_type)
