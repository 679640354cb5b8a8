"""What is shown of a case's structure: its documents page by page, the pages that lie in none, other cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import restructuring, wire
from intake.types import DocumentReading
from models import case_pages, slips, turning, undoing
from models.cases import Case, Document, Page, document_rows
from models.draft_rows import Draft
from models.slips import JOINED
from models.upload_rows import Upload, UploadFile
from models.views import pages_of

_TARGETS = 60
_IDENTIFIER = 26
"""Characters of a case's own identifier."""


@dataclass(frozen=True, slots=True)
class TileView:
    """One page as it is shown: ``number`` (from 1) along its document, or in its file where it lies in none.

    ``file_number`` and ``file_name`` tell where it came from; ``busy``: a worker has yet to read it again.
    """

    key: str
    page_id: str
    number: int
    file_name: str
    file_number: int
    turned: int
    pictured: bool
    state: str
    busy: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """One document; ``said``: a person gave it its type."""

    id: str
    type: str | None
    said: bool
    tiles: tuple[TileView, ...]


@dataclass(frozen=True, slots=True)
class StructureView:
    """The structure of a case. ``last`` is the kind of the edit that undoing takes back; ``None`` where none stands."""

    case_id: str
    created_by: str
    title: str
    confirmed: bool
    papers: tuple[PaperView, ...]
    loose: tuple[TileView, ...]
    last: str | None
    slip_number: str | None = None

    @property
    def busy(self) -> bool:
        """Whether a page has yet to be read again."""
        return any(tile.busy for tile in (*self.loose, *(tile for paper in self.papers for tile in paper.tiles)))


@dataclass(frozen=True, slots=True)
class Target:
    """A case that documents could be moved to; ``same`` customer's first."""

    id: str
    created_by: str
    title: str
    created_at: datetime
    same: bool

    @property
    def case_id(self) -> str:
        """The case itself."""
        return self.id


def load(session: Session, case_id: str) -> StructureView | None:
    """The structure of a case, or ``None`` where there is no such case."""
    case = session.get(Case, case_id)
    if case is None:
        return None
    rows = document_rows(session, case_id)
    busy = turning.being_read(session, case_id)
    loose = _loose(session, case_id)
    pages = pages_of(session, rows)
    names = _names(session, [*loose, *(page for found in pages.values() for _, page in found)])
    last = undoing.latest(session, case_id)
    return StructureView(
        case_id=case_id,
        created_by=case.created_by,
        title=case.title,
        confirmed=is_confirmed(session, case_id),
        papers=tuple(_paper(row, pages[row.id], names, busy) for row in rows),
        loose=tuple(_tile(f"page.{page.id}", page, page.page_index + 1, names, busy) for page in loose),
        last=None if last is None else last.kind,
        slip_number=case.slip_number,
    )


def is_confirmed(session: Session, case_id: str) -> bool:
    """Whether a draft of the case was ever confirmed: from then on clerks leave its papers as they are."""
    found = select(Draft.id).where(Draft.case_id == case_id, Draft.state == "confirmed").limit(1)
    return session.scalar(found) is not None


def has_draft(session: Session, case_id: str, draft_id: str) -> bool:
    """Whether a draft is one of the case's."""
    draft = session.get(Draft, draft_id)
    return draft is not None and draft.case_id == case_id


def loose_page(session: Session, case_id: str, page_id: str) -> Page | None:
    """A page of a case's files, to be looked at."""
    return session.scalar(select(Page).where(Page.id == page_id, case_pages.own(case_id)))


def targets(session: Session, case_id: str, created_by: str | None = None) -> tuple[Target, ...]:
    """The other cases that documents could go to: the same customer's, then the latest; of one account where given.

    Not those whose own papers went to another case.
    """
    numbers = set(session.scalars(select(Draft.customer_number).where(Draft.case_id == case_id))) - {None}
    kin = set(session.scalars(select(Draft.case_id).where(Draft.customer_number.in_(numbers)))) if numbers else set()
    open_to = (Case.id != case_id, Case.state != JOINED)
    query = select(Case).where(*open_to).order_by(Case.id.desc()).limit(_TARGETS)
    if created_by is not None:
        query = query.where(Case.created_by == created_by)
    found = {row.id: row for row in [*session.scalars(query.where(Case.id.in_(kin))), *session.scalars(query)]}
    return tuple(Target(row.id, row.created_by, row.title, row.created_at, row.id in kin) for row in found.values())


def numbered(session: Session, typed: str, *, beside: str) -> tuple[str, ...]:
    """The cases that a typed number may mean, the likeliest first, however old; none of them is ``beside``.

    It is the number of a case as its page and its slip show it, the case's own identifier, or the number of a customer
    file: then the cases that became part of it, the latest first.
    """
    text = typed.strip().upper()
    case = slips.by_number(session, text) or (session.get(Case, text) if len(text) == _IDENTIFIER else None)
    if case is not None:
        found = [case.id]
    else:
        drafts = select(Draft.case_id).where(Draft.customer_number == text).order_by(Draft.id.desc()).limit(_TARGETS)
        found = list(dict.fromkeys(session.scalars(drafts)))
    living = select(Case.id).where(Case.id.in_(found), Case.state != slips.JOINED, Case.id != beside)
    there = set(session.scalars(living))
    return tuple(one for one in found if one in there)


def _paper(row: Document, pages: Sequence[tuple[int, Page]], names: Mapping[str, str], busy: set[str]) -> PaperView:
    said = restructuring.said_type(wire.load(DocumentReading, row.reading)) is not None
    tiles = (_tile(f"{row.id}.{place}", page, number, names, busy) for place, (number, page) in enumerate(pages))
    return PaperView(row.id, row.type, said, tuple(tiles))


def _tile(key: str, page: Page, number: int, names: Mapping[str, str], busy: set[str]) -> TileView:
    return TileView(
        key=key,
        page_id=page.id,
        number=number,
        file_name=names[page.upload_file_id],
        file_number=page.page_index + 1,
        turned=page.turned,
        pictured=page.picture is not None,
        state=page.state,
        busy=page.id in busy,
    )


def _loose(session: Session, case_id: str) -> Sequence[Page]:
    """The pages of a case's files that lie in no document, in order."""
    return session.scalars(
        select(Page)
        .join(UploadFile, UploadFile.id == Page.upload_file_id)
        .join(Upload, Upload.id == UploadFile.upload_id)
        .where(case_pages.own(case_id), Page.state.in_(("blank", "rejected")))
        .order_by(Upload.id, UploadFile.position, Page.page_index)
    ).all()


def _names(session: Session, pages: Sequence[Page]) -> dict[str, str]:
    files = {page.upload_file_id for page in pages}
    return {
        row.id: row.name
        for row in session.execute(select(UploadFile.id, UploadFile.name).where(UploadFile.id.in_(files)))
    }
