"""Putting a folder together: its pages in order, its items proposed and, once nothing is in doubt, fixed.

Proposing writes what the core decided (:mod:`intake.archive.arranging`) into the ledger and asks people about what is
in doubt; it can be done again, what it asked before is taken back then, and what people said of single pages holds.
Fixing gives every item a case of its own with its documents: those of the reading that lie in it as they are, all
others understood anew from the kept words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.archive import strips
from intake.archive.arranging import Arranged, Source, arrange
from intake.archive.boundaries import Item
from intake.archive.pages import Sheet, sheet
from intake.archive.strips import Place, Said
from intake.options import Options
from models import audit, batch_chains, batch_exceptions, batch_ledger, batch_manifest
from models.base import new_id, now
from models.batch_rows import Batch, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Document, Page
from models.database import Unit
from models.kept_words import words

ASKED = (kinds.BOUNDARIES, kinds.GAP, kinds.SEPARATOR, kinds.STUCK, f"{kinds.MANIFEST}pages")
"""Beginnings of the codes that proposing asks by."""

FIXED = ("confirmed", "assembled")
"""States of a folder whose items nobody changes any more."""

_AT_ONCE = 50
"""Pages whose words are in memory at once."""

_TOLD = 20
"""Pages that one exception names at most."""


def arranged(session: Session, folder_id: str, options: Options) -> Arranged | None:
    """What the core makes of a folder; ``None`` where a person has confirmed it already.

    Pages that were rejected or could not be read are not among its pages.
    """
    folder = session.get_one(BatchFolder, folder_id)
    if folder.state in FIXED:
        return None
    boundaries = session.get_one(Batch, folder.batch_id).boundaries
    return arrange(list(_sources(session, folder)), boundaries, options=options.archive)


def propose(unit: Unit, folder_id: str, found: Arranged) -> list[str]:
    """Write a proposal; where nothing is in doubt the folder is confirmed, so that it can be fixed in this unit.

    One with cover sheets waits for those of its neighbours, and they for it: the jobs that fix these are given.
    Nothing is written where a file of the folder is still to come: the last one lets it be put together. Where the
    folder is no longer as it was looked at, it is put together once more; that job is given, to be rung. Nothing is
    asked while a file of the folder is quarantined: what seems to be missing is most likely in it, and tried again, it
    comes.
    """
    session = unit.session
    folder = session.get_one(BatchFolder, folder_id, with_for_update={"key_share": True}, populate_existing=True)
    if folder.state in FIXED or not batch_ledger.is_settled(session, folder_id):
        return []
    pages = _ledger(session, folder_id)
    if {one.page for one in found.sheets} != {page.page_id for page in pages if _takes_part(page)}:
        return batch_ledger.queue_assembling(session, folder_id)
    _dissolve(session, folder_id, pages)
    batch_exceptions.withdraw(unit, folder_id, ASKED, now())
    by_page = {page.page_id: page for page in pages if page.page_id is not None}
    _number(pages, [one.page for one in found.sheets])
    suggested = _enter(session, folder, found, by_page)
    if not batch_exceptions.is_open(session, folder_id, kinds.QUARANTINED):
        _ask(unit, folder, found, by_page, suggested)
        batch_manifest.compare_pages(unit, folder)
    sure = not suggested and not batch_exceptions.held_up(session, folder_id)
    folder.state = "asks" if not sure else "ready" if batch_chains.holds(session, folder) else "confirmed"
    session.flush()
    details = {"folder": folder_id, "items": len(found.items), "pages": len(pages)}
    _witness(unit, folder, "batch.arranged", "worker", details)
    return [
        job for freed in batch_chains.let_go(session, folder) for job in batch_ledger.queue_assembling(session, freed)
    ]


# ---- gathering ------------------------------------------------------------------------------------------------------


def _sources(session: Session, folder: BatchFolder) -> Iterator[Source]:
    types = _types(session, folder)
    files = session.scalars(
        select(BatchFile).where(BatchFile.folder_id == folder.id).order_by(BatchFile.position)
    ).all()
    for file in files:
        rows = (
            session.execute(
                select(Page)
                .join(LedgerPage, LedgerPage.page_id == Page.id)
                .where(LedgerPage.file_id == file.id, LedgerPage.state != "rejected")
                .order_by(Page.page_index)
            )
            .scalars()
            .all()
        )
        if rows:
            yield Source(tuple(_sheets(session, file, rows, types)), file.stack)  # type: ignore[arg-type]  # kept text


def _sheets(
    session: Session, file: BatchFile, rows: Sequence[Page], types: Mapping[tuple[str, int], list[str]]
) -> Iterator[Sheet]:
    for first in range(0, len(rows), _AT_ONCE):
        chunk = rows[first : first + _AT_ONCE]
        kept = words(session, [page.id for page in chunk])
        for page in chunk:
            named = types.get((page.upload_file_id, page.page_index), [])
            told = page.measures or {}
            yield sheet(
                page.id,
                file.id,
                page.page_index,
                (page.width, page.height),
                kept[page.id],
                types=named,
                blank=told.get("blank"),
                dpi=told.get("dpi"),
            )


def _types(session: Session, folder: BatchFolder) -> dict[tuple[str, int], list[str]]:
    """The types of the documents that begin on each page, by file and index."""
    rows = session.execute(
        select(Document.upload_file_id, Document.type, Document.reading)
        .where(Document.case_id == folder.case_id, Document.retired_by.is_(None), Document.type.is_not(None))
        .order_by(Document.position)
    )
    found: dict[tuple[str, int], list[str]] = {}
    for file_id, kind, reading in rows:
        if reading["page_indexes"]:
            found.setdefault((file_id, int(reading["page_indexes"][0])), []).append(str(kind))
    return found


def _ledger(session: Session, folder_id: str) -> list[LedgerPage]:
    """The ledger pages of a folder as its files came."""
    return list(
        session.scalars(
            select(LedgerPage)
            .join(BatchFile, BatchFile.id == LedgerPage.file_id)
            .where(LedgerPage.folder_id == folder_id)
            .order_by(BatchFile.position, LedgerPage.page_index)
        )
    )


def _takes_part(page: LedgerPage) -> bool:
    return page.page_id is not None and page.state != "rejected"


# ---- writing --------------------------------------------------------------------------------------------------------


def _dissolve(session: Session, folder_id: str, pages: Sequence[LedgerPage]) -> None:
    """Take an earlier proposal back; what a person rejected stays rejected, and what was said of pages is kept."""
    for page in pages:
        page.number = None
        if page.state != "rejected":
            page.state, page.item_id, page.mark = "waiting", None, None
    session.flush()
    for item in session.scalars(select(BatchItem).where(BatchItem.folder_id == folder_id)):
        session.delete(item)
    session.flush()


def _number(pages: Sequence[LedgerPage], order: Sequence[str]) -> None:
    """Number all pages of the folder: in the core's order, the others behind the page that they came after."""
    behind: dict[str | None, list[LedgerPage]] = {}
    last: str | None = None
    for page in pages:
        if _takes_part(page):
            last = page.page_id
        else:
            behind.setdefault(last, []).append(page)
    by_page = {page.page_id: page for page in pages}
    placed = list(behind.get(None, ()))
    for page_id in order:
        placed += [by_page[page_id], *behind.get(page_id, ())]
    for number, page in enumerate(placed, start=1):
        page.number = number


def _enter(session: Session, folder: BatchFolder, found: Arranged, by_page: Mapping[str, LedgerPage]) -> int:
    """Write items and states as the core has them, with all that people said before; gives how many are suggested."""
    marks_of = {page.page: page.mark for page in found.separators if page.mark is not None}
    proposed = _proposed(found)
    fresh = {place.page: place.item for place in proposed}
    left = dict(enumerate(found.items))
    items: dict[int, BatchItem] = {}
    strip = strips.carried(proposed, {page: _said(row) for page, row in by_page.items()})
    for place in strip:
        if place.item is not None and place.item not in items:
            own, row = fresh[place.page], by_page[place.page]
            items[place.item] = _item(folder, place.item + 1, None if own is None else left.pop(own, None), row)
    session.add_all(items.values())
    session.flush()
    for place in strip:
        row = by_page[place.page]
        row.state, row.item_id = place.state, None if place.item is None else items[place.item].id
        mark = marks_of.get(place.page)
        row.mark = None if mark is None or place.state != "separator" else _plain(asdict(mark))
    session.flush()
    return sum(item.suggested for item in items.values())


def _proposed(found: Arranged) -> list[Place]:
    """What the core decided, as a strip."""
    items = {page.page: number for number, item in enumerate(found.items) for page in item.pages}
    separators = {page.page for page in found.separators}
    return [
        Place(one.page, "filed", items[one.page])
        if one.page in items
        else Place(one.page, "separator" if one.page in separators else "blank")
        for one in found.sheets
    ]


def _said(row: LedgerPage) -> Said:
    return Said(row.said, row.opens)  # type: ignore[arg-type]  # kept as it was said


def _item(folder: BatchFolder, number: int, own: Item | None, row: LedgerPage) -> BatchItem:
    """The item that begins at a page; ``own`` is the core's with this page, where none took it before."""
    item = BatchItem(id=new_id(), batch_id=folder.batch_id, folder_id=folder.id, number=number)
    item.mark = None if own is None or own.mark is None else own.mark.number
    item.suggested = own is not None and own.suggested and row.opens is None
    return item


def _ask(unit: Unit, folder: BatchFolder, found: Arranged, by_page: Mapping[str, LedgerPage], suggested: int) -> None:
    """Note everything that a person has to look at."""

    def note(code: str, named: Sequence[str], **details: Any) -> None:
        rows = [by_page[page] for page in named if page in by_page]
        told = {**details, "pages": [row.number for row in rows[:_TOLD]]}
        first = rows[0].id if rows else None
        batch_exceptions.note(
            unit, batch_id=folder.batch_id, folder_id=folder.id, ledger_page_id=first, code=code, details=told
        )

    for alarm in found.alarms:
        at = by_page.get(alarm.likely or "")
        likely = {} if at is None else {"likely": at.number}
        note(f"{kinds.SEPARATOR}{alarm.kind}", alarm.pages, number=alarm.number, **likely)
    for gap in found.gaps:
        beside = [page for page in (gap.after, gap.before) if page is not None]
        note(kinds.GAP, beside, missing=gap.missing, sure=gap.sure)
    if suggested:
        note(kinds.BOUNDARIES, [], items=suggested)


def _plain(mark: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in mark.items()}


def _witness(unit: Unit, folder: BatchFolder, action: str, actor: str, details: Mapping[str, Any]) -> None:
    audit.append(
        unit, actor=actor, action=action, subject_kind="batch", subject_id=folder.batch_id, details=dict(details)
    )
