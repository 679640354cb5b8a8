"""What people confirmed, as labelled papers: for measuring the reading and for learning from corrections.

These are personal data in bulk: whoever takes them out writes :func:`note` first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wire
from intake.evaluation.reviews import Decided, ReviewedFile, ReviewedPaper, decided
from intake.media import MEDIA_TYPES
from intake.types import CaseDocument, DocumentReading, DraftCustomerFile, PageSize
from intake.types import PageText as Text
from models import audit
from models.cases import Document, Page, PageText, document_rows
from models.database import Unit
from models.draft_rows import Draft
from models.draft_views import decisions
from models.upload_rows import StoredFile, UploadFile

_READERS = ("tesseract", "rapidocr")


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
    settled = select(Draft.id).where(Draft.state == "confirmed").order_by(Draft.settled_at.desc(), Draft.id.desc())
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
    rows = [row for row in document_rows(session, draft.case_id) if _before(row, draft)]
    documents = [CaseDocument(row.id, wire.load(DocumentReading, row.reading), row.upload_file_id) for row in rows]
    meant = decided(wire.load(DraftCustomerFile, draft.body), decisions(session, draft.id), documents)
    readings = {document.id: document.reading for document in documents}
    for file_id in dict.fromkeys(row.upload_file_id for row in rows if row.id in meant):
        own = [row for row in rows if row.upload_file_id == file_id and row.id in meant]
        yield _file(session, file_id, _papers(own, readings, meant), words=words)


def _before(row: Document, draft: Draft) -> bool:
    """Whether a paper lay in the case when the draft was settled: later ones nobody has decided on."""
    return draft.settled_at is None or row.created_at <= draft.settled_at


def _papers(
    rows: Sequence[Document], readings: Mapping[str, DocumentReading], meant: Mapping[str, tuple[Decided, ...]]
) -> tuple[ReviewedPaper, ...]:
    return tuple(ReviewedPaper(row.id, readings[row.id], meant[row.id]) for row in rows)


def _file(session: Session, file_id: str, papers: tuple[ReviewedPaper, ...], *, words: bool) -> Confirmed:
    row = session.get_one(UploadFile, file_id)
    stored = session.get_one(StoredFile, row.sha256)
    extension = next((kind.extension for kind in MEDIA_TYPES if kind.name == stored.media_type), "bin")
    pages = session.scalars(select(Page).where(Page.upload_file_id == file_id).order_by(Page.page_index)).all()
    sizes = tuple(PageSize(page.width, page.height) for page in pages)
    texts = _texts(session, file_id) if words else ()
    reviewed = ReviewedFile(f"{file_id}.{extension}", extension, sizes, papers, texts)
    return Confirmed(reviewed, stored.sha256, stored.media_type)


def _texts(session: Session, file_id: str) -> tuple[Text, ...]:
    """The kept words of a file, in the order in which they were read: whole sheets first, the first reader first."""
    query = select(PageText).join(Page, Page.id == PageText.page_id).where(Page.upload_file_id == file_id)
    found = [wire.load(Text, row.body) for row in session.scalars(query)]
    return tuple(sorted(found, key=_turn))


def _turn(text: Text) -> tuple[int, int, bool, int, str]:
    engine, _, crops = text.reader.partition("/")
    turn = _READERS.index(engine) if engine in _READERS else len(_READERS)
    return text.geometry.page_index, text.geometry.sheet, bool(crops), turn, text.reader
