"""Documents out of other documents: which parts each is made of, and what takes its place, in one unit.

A document is never changed: it is retired by an edit and stays, and those that take its place are understood anew from
the words that were kept. Nothing of the original is touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import restructuring, wire
from intake.errors import StructureChangedError
from intake.restructuring import Bundle, Part
from intake.types import DocumentReading
from models.cases import Document, Page, document_rows
from models.database import Unit
from models.edit_rows import Edit
from models.kept_words import words


@dataclass(frozen=True, slots=True)
class Editor:
    """Who regroups, when; ``today`` is the office's day, by which terms are checked."""

    user_id: str
    today: date
    at: datetime


def living(session: Session, case_id: str, document_ids: Collection[str]) -> list[Document]:
    """The documents of these identifiers in the case's order; raises StructureChangedError where one is not living."""
    found = [row for row in document_rows(session, case_id) if row.id in document_ids]
    if not found or {row.id for row in found} != set(document_ids):
        raise StructureChangedError
    return found


def bundle_of(session: Session, row: Document) -> Bundle:
    """What a document is made of, and what a person said of its type."""
    said = restructuring.said_type(wire.load(DocumentReading, row.reading))
    if row.parts is not None:
        parts = tuple(Part(part["page"], part["sheet"], part["piece"]) for part in row.parts)
        return Bundle(parts, said, row.id)
    return Bundle(_traced(session, row), said, row.id)


def _traced(session: Session, row: Document) -> tuple[Part, ...]:
    """The parts of a document that the machine made: all of its pages, unless it shares one with another document."""
    pages = _pages(session, row.upload_file_id)
    made = session.scalars(
        select(Document)
        .where(Document.upload_file_id == row.upload_file_id, Document.case_id == row.case_id, Document.parts.is_(None))
        .order_by(Document.position)
    ).all()
    own = [index for index in row.reading["page_indexes"] if index in pages]
    if not any(one is not row and set(own) & set(one.reading["page_indexes"]) for one in made):
        page_ids = [pages[index] for index in own]
        return restructuring.whole(page_ids, words(session, page_ids))
    readings = [wire.load(DocumentReading, one.reading) for one in made]
    kept = words(session, list(pages.values()), as_received=True)
    return restructuring.traced(pages, kept, readings)[made.index(row)]


def _pages(session: Session, file_id: str) -> dict[int, str]:
    rows = session.execute(select(Page.page_index, Page.id).where(Page.upload_file_id == file_id))
    return dict(sorted((index, page_id) for index, page_id in rows))


def retire(unit: Unit, edit: Edit, rows: Iterable[Document], at: datetime) -> None:
    """Let documents make room for what takes their place."""
    retired = list(rows)
    for row in retired:
        row.retired_by, row.retired_at = edit.id, at
    edit.retired = [*edit.retired, *(row.id for row in retired)]
    unit.session.flush()


def make(unit: Unit, edit: Edit, case_id: str, bundles: Sequence[Bundle], editor: Editor) -> list[Document]:
    """Write the documents that these bundles are, understood anew."""
    kept = words(unit.session, {part.page for bundle in bundles for part in bundle.parts})
    readings = [restructuring.understood(bundle, kept, today=editor.today) for bundle in bundles]
    return write(unit, edit, case_id, list(zip(bundles, readings, strict=True)), editor)


def write(
    unit: Unit, edit: Edit, case_id: str, made: Sequence[tuple[Bundle, DocumentReading]], editor: Editor
) -> list[Document]:
    """Write documents with the readings that they have."""
    rows = entered(unit.session, case_id, made, editor.at)
    edit.made = [*edit.made, *(row.id for row in rows)]
    return rows


def entered(
    session: Session, case_id: str, made: Sequence[tuple[Bundle, DocumentReading]], at: datetime
) -> list[Document]:
    """Enter documents with the readings that they have, put together by whoever says so."""
    rows = []
    for bundle, reading in made:
        parts = _parts(session, bundle)
        row = Document(case_id=case_id, upload_file_id=parts[0]["file"], parts=parts, created_at=at)
        row.position, row.place = _position(session, row), _place(session, row, bundle.heir_to)
        row.reading = wire.dump(reading)
        row.type, row.type_confidence = reading.type, reading.classification.confidence
        session.add(row)
        session.flush()
        rows.append(row)
    return rows


def _parts(session: Session, bundle: Bundle) -> list[dict[str, Any]]:
    found = session.scalars(select(Page).where(Page.id.in_({part.page for part in bundle.parts})))
    pages = {page.id: page for page in found}
    return [
        {
            "page": part.page,
            "file": pages[part.page].upload_file_id,
            "index": pages[part.page].page_index,
            "sheet": part.sheet,
            "piece": part.piece,
        }
        for part in bundle.parts
    ]


def _position(session: Session, row: Document) -> int:
    """Behind all documents that its file ever had in the case."""
    mine = (Document.case_id == row.case_id, Document.upload_file_id == row.upload_file_id)
    last = session.scalar(select(func.max(Document.position)).where(*mine))
    return 0 if last is None else last + 1


def _place(session: Session, row: Document, heir_to: str | None) -> int | None:
    """The place of the document that it stands for, if that began in the same file."""
    before = None if heir_to is None else session.get(Document, heir_to)
    return before.order[0] if before is not None and before.upload_file_id == row.upload_file_id else None


# ---- the ledger of pages --------------------------------------------------------------------------------------------


def settle_pages(unit: Unit, edit: Edit, page_ids: Collection[str], aside: str | None = None) -> None:
    """Bring the ledger of pages up to date: ``filed`` where one lies in a living document, else ``aside``."""
    session = unit.session
    pages = session.scalars(select(Page).where(Page.id.in_(page_ids)).order_by(Page.id).with_for_update()).all()
    filed = _filed(session, edit, pages)
    for page in pages:
        state = "filed" if page.id in filed else aside or page.state
        if state != page.state:
            note_page(edit, page, state=state)


def note_page(edit: Edit, page: Page, **values: str | int) -> None:
    """Change a page's state or turn and keep both, before and after."""
    before = dict(edit.pages_before.get(page.id, {}))
    after = dict(edit.pages_after.get(page.id, {}))
    for name, value in values.items():
        before.setdefault(name, getattr(page, name))
        after[name] = value
        setattr(page, name, value)
    edit.pages_before = {**edit.pages_before, page.id: before}
    edit.pages_after = {**edit.pages_after, page.id: after}


def holders(session: Session, page: Page, case_ids: Iterable[str]) -> list[Document]:
    """The living documents that a page lies in, among those of some cases."""
    rows = [row for case_id in case_ids for row in document_rows(session, case_id)]
    return [row for row in rows if lies_on(row, page)]


def lies_on(row: Document, page: Page) -> bool:
    """Whether a document has this page."""
    if row.parts is None:
        return row.upload_file_id == page.upload_file_id and page.page_index in row.reading["page_indexes"]
    return any(part["page"] == page.id for part in row.parts)


def reached(session: Session, case_id: str) -> list[str]:
    """The cases between which documents of a case may have been moved, itself among them, in order."""
    known, new = set[str](), {case_id}
    while new:
        known |= new
        moved = session.execute(
            select(Edit.case_id, Edit.target_id).where(
                Edit.target_id.is_not(None), Edit.case_id.in_(new) | Edit.target_id.in_(new)
            )
        )
        new = {one for pair in moved for one in pair if one is not None} - known
    return sorted(known)


def _filed(session: Session, edit: Edit, pages: Sequence[Page]) -> set[str]:
    rows = [row for case_id in reached(session, edit.case_id) for row in document_rows(session, case_id)]
    return {page.id for page in pages if any(lies_on(row, page) for row in rows)}
