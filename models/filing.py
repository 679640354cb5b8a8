"""Fixing a folder: every item becomes a case of its own, with its documents and a draft to come.

It is done in portions, each whole: nobody else writes to SQLite while one is, and the next goes on where one ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake import restructuring
from intake.restructuring import Bundle
from models import audit
from models.base import new_id
from models.batch_rows import Batch, BatchFolder, BatchItem, LedgerPage
from models.cases import Case, Document, Page
from models.database import Unit
from models.job_rows import DRAFT_CASE, enqueue
from models.kept_words import words
from models.regrouping import entered
from models.slips import JOINED

PORTION = 200
"""Items that one unit fixes."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The jobs that draft what was fixed; ``whole``: nothing of the folder is left to be fixed."""

    jobs: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Held:
    """The documents that were read with some items, each with its pages, those that lie on each page, and its file."""

    documents: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Document]
    lying: Mapping[str, Sequence[str]]
    files: Mapping[str, str]


def fix(unit: Unit, folder_id: str, *, today: date, at: datetime, portion: int = PORTION) -> Fixed:
    """Give the next items of a confirmed folder their cases, documents and draft jobs.

    With the last of them the folder is assembled. One that is not confirmed is left as it is.
    """
    session = unit.session
    folder = session.get_one(BatchFolder, folder_id, with_for_update={"key_share": True}, populate_existing=True)
    if folder.state != "confirmed":
        return Fixed()
    mine = BatchItem.folder_id == folder_id
    query = select(BatchItem).where(mine, BatchItem.case_id.is_(None)).order_by(BatchItem.number)
    items = session.scalars(query.limit(portion)).all()
    held = _held(session, folder, items)
    owner = session.get_one(Batch, folder.batch_id).created_by
    jobs = tuple(_file(session, item, held, owner, today=today, at=at) for item in items)
    if len(items) == portion:
        return Fixed(jobs, whole=False)
    _retire(session, folder, at)
    _settle_pages(session, folder_id)
    folder.state = "assembled"
    if folder.case_id is not None:
        session.get_one(Case, folder.case_id).state = JOINED
    session.flush()
    audit.append(
        unit,
        actor="worker",
        action="batch.filed",
        subject_kind="batch",
        subject_id=folder.batch_id,
        details={"folder": folder_id, "items": session.scalar(select(func.count()).where(mine)) or 0},
    )
    return Fixed(jobs)


def _file(session: Session, item: BatchItem, held: _Held, owner: str, *, today: date, at: datetime) -> str:
    """Make an item's case with its documents; gives the job that drafts it."""
    case = Case(id=new_id(), created_by=owner, created_at=at, state="reading", title="")
    session.add(case)
    session.flush()
    item.case_id = case.id
    pages = _pages(session, item.id)
    kept = _kept(pages, held)
    for document_id in kept:
        held.rows[document_id].case_id = case.id
    session.flush()
    anew = _anew(session, pages, [held.documents[one] for one in kept], held)
    known = words(session, {part.page for bundle in anew for part in bundle.parts}) if anew else {}
    made = [(bundle, restructuring.understood(bundle, known, today=today)) for bundle in anew]
    rows = entered(session, case.id, made, at)
    lying = {page for one in kept for page in held.documents[one]}
    lying |= {str(part["page"]) for row in rows for part in row.parts or ()}
    for page in session.scalars(select(Page).where(Page.id.in_(pages))):
        page.state = "filed" if page.id in lying else "rejected"
    job = enqueue(session, DRAFT_CASE, case.id)
    session.flush()
    return job.id


def _kept(pages: Sequence[str], held: _Held) -> list[str]:
    """The documents that lie in an item as they are: its pages all of one file, and theirs one after another."""
    places = {page: place for place, page in enumerate(pages)}
    if len({held.files.get(page) for page in pages}) > 1:
        # A paper that came page by page was read page by page: it is understood anew, where that makes a difference.
        return []
    found = dict.fromkeys(document for page in pages for document in held.lying.get(page, ()))
    return [document for document in found if _lies_whole(held.documents[document], places)]


def _lies_whole(own: Sequence[str], places: Mapping[str, int]) -> bool:
    """Whether all pages of a document are among some pages, one after another."""
    at = [places.get(page) for page in own]
    return at[0] is not None and at == list(range(at[0], at[0] + len(own)))


def _anew(session: Session, pages: Sequence[str], kept: Sequence[Sequence[str]], held: _Held) -> list[Bundle]:
    """What is to be understood anew: runs of the item's pages that lie in no document kept, of some that lay in one."""
    covered = {page for own in kept for page in own}
    runs: list[list[str]] = [[]]
    for page in pages:
        if page in covered:
            runs.append([])
        elif page in held.lying or not kept:
            runs[-1].append(page)
    bundles: list[Bundle] = []
    for run in filter(None, runs):
        known = words(session, run)
        bundles += restructuring.found_along(run, known) or [Bundle(restructuring.whole(run, known))]
    return bundles


def _held(session: Session, folder: BatchFolder, items: Sequence[BatchItem]) -> _Held:
    """What was read of the files that some items come from, and is still the folder's."""
    lying_in = LedgerPage.item_id.in_([item.id for item in items])
    files = session.scalars(
        select(Page.upload_file_id).join(LedgerPage, LedgerPage.page_id == Page.id).where(lying_in).distinct()
    ).all()
    rows = session.scalars(
        select(Document)
        .where(Document.case_id == folder.case_id, Document.retired_by.is_(None))
        .where(or_(Document.upload_file_id.in_(files), Document.parts.is_not(None)))
        .order_by(Document.upload_file_id, Document.position)
    ).all()
    pages = session.execute(
        select(Page.upload_file_id, Page.page_index, Page.id)
        .join(LedgerPage, LedgerPage.page_id == Page.id)
        .where(LedgerPage.folder_id == folder.id, Page.upload_file_id.in_(files))
    )
    by_place = {(file_id, index): page_id for file_id, index, page_id in pages}
    documents = {row.id: _own(row, by_place) for row in rows}
    lying: dict[str, list[str]] = {}
    for document, own in documents.items():
        for page in own:
            lying.setdefault(page, []).append(document)
    return _Held(
        documents,
        {row.id: row for row in rows},
        lying,
        {page_id: file_id for (file_id, _), page_id in by_place.items()},
    )


def _own(row: Document, by_place: Mapping[tuple[str, int], str]) -> tuple[str, ...]:
    if row.parts is not None:
        return tuple(dict.fromkeys(str(part["page"]) for part in row.parts))
    places = ((row.upload_file_id, index) for index in row.reading["page_indexes"])
    return tuple(by_place[place] for place in places if place in by_place)


def _pages(session: Session, item_id: str) -> list[str]:
    rows = session.scalars(
        select(LedgerPage.page_id)
        .where(LedgerPage.item_id == item_id, LedgerPage.page_id.is_not(None))
        .order_by(LedgerPage.number)
    )
    return [str(page_id) for page_id in rows]


def _retire(session: Session, folder: BatchFolder, at: datetime) -> None:
    """What lies in no item as it was read makes room; it stays, as everything that was read does."""
    left = update(Document).where(Document.case_id == folder.case_id, Document.retired_by.is_(None))
    session.execute(left.values(retired_by=folder.id, retired_at=at))


def _settle_pages(session: Session, folder_id: str) -> None:
    """Let pages outside of items say themselves what the ledger says: that one is blank, a separator, rejected."""
    rows = session.execute(
        select(LedgerPage, Page)
        .join(Page, Page.id == LedgerPage.page_id)
        .where(LedgerPage.folder_id == folder_id, LedgerPage.item_id.is_(None))
    )
    for ledger, page in rows:
        page.state = ledger.state
    session.flush()
