"""The items of a folder before they are fixed: the strip of its pages, and what people change on it.

Every change can be taken back by its opposite (parting and joining, putting aside and restoring) until the folder is
confirmed; each writes its audit row. The rules stand in :mod:`intake.archive.strips`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.archive import strips
from intake.archive.strips import Place, Said, Strip
from intake.errors import (
    AnswerUnfitError,
    ExceptionsOpenError,
    FolderBusyError,
    FolderFixedError,
    LedgerUnbalancedError,
)
from models import audit, batch_chains, batch_exceptions, batch_ledger, batch_manifest
from models.base import new_id
from models.batch_rows import BatchException, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Unit

_APART = 1_000_000
"""Numbers of items step out of each other's way by so much while they are written anew."""


@dataclass(frozen=True, slots=True)
class StripPage:
    """One page of the strip. ``item`` and ``opens`` (it begins its item) are set for filed pages.

    ``page_id`` names its pictures (``thumbnail`` is the store's key); a source that could not be read has none.
    """

    id: str
    number: int
    page_id: str | None
    thumbnail: str | None
    turned: int
    state: str
    item: int | None
    opens: bool
    reason: str | None
    mark: Mapping[str, Any] | None
    path: str
    file_page: int
    stack: str | None
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item: how many pages, the cover sheet before it, whether its boundaries are only suggested, its case."""

    id: str
    number: int
    mark: int | None
    suggested: bool
    case_id: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class StripView:
    """A folder's pages in order and its items; ``open`` tells whether they may still be changed."""

    folder_id: str
    batch_id: str
    box: str
    name: str
    archival_number: str | None
    title: str | None
    state: str
    pages: tuple[StripPage, ...]
    items: tuple[ItemView, ...]

    @property
    def open(self) -> bool:
        """Whether people may still change it."""
        return self.state == "asks"


def strip(session: Session, folder_id: str) -> StripView | None:
    """A folder's strip, or ``None``; before the folder is put together its pages lie as they came."""
    folder = session.get(BatchFolder, folder_id)
    if folder is None:
        return None
    items = session.scalars(select(BatchItem).where(BatchItem.folder_id == folder_id).order_by(BatchItem.number)).all()
    pages = _strip_pages(session, folder_id, {item.id: item.number for item in items})
    counts = [sum(page.item == item.number for page in pages) for item in items]
    views = (
        ItemView(item.id, item.number, item.mark, item.suggested, item.case_id, count)
        for item, count in zip(items, counts, strict=True)
    )
    return StripView(
        folder_id=folder_id,
        batch_id=folder.batch_id,
        box=folder.box,
        name=folder.name,
        archival_number=folder.archival_number,
        title=folder.title,
        state=folder.state,
        pages=tuple(pages),
        items=tuple(views),
    )


def part(unit: Unit, folder_id: str, user_id: str, *, number: int) -> None:
    """Let an item begin at page ``number`` of the folder (from 1)."""
    _change(unit, folder_id, user_id, _Step("part", number), strips.parted)


def join(unit: Unit, folder_id: str, user_id: str, *, item: int) -> None:
    """Join item ``item`` (from 1) with the one before it."""
    _change(unit, folder_id, user_id, _Step("join", item), lambda told, _: strips.joined(told, item - 1))


def set_blank(unit: Unit, folder_id: str, user_id: str, *, number: int) -> None:
    """Mark a page as blank: it is kept and stands in no item."""
    _change(unit, folder_id, user_id, _Step("blank", number), lambda told, page: strips.put_aside(told, page, "blank"))


def set_separator(unit: Unit, folder_id: str, user_id: str, *, number: int) -> None:
    """Mark a page as a separator that was not known as one."""
    _change(
        unit,
        folder_id,
        user_id,
        _Step("separator", number),
        lambda told, page: strips.put_aside(told, page, "separator"),
    )


def restore(unit: Unit, folder_id: str, user_id: str, *, number: int) -> None:
    """File a page again that was taken for blank, for a separator, or rejected."""
    _change(unit, folder_id, user_id, _Step("restore", number), strips.restored)


def reject(unit: Unit, folder_id: str, user_id: str, *, number: int, reason: str) -> None:
    """Reject a page with a reason (a key of ``intake.archive.exceptions.REASONS``)."""
    if reason not in kinds.REASONS:
        raise AnswerUnfitError(answers=list(kinds.REASONS))
    _change(
        unit,
        folder_id,
        user_id,
        _Step("reject", number),
        lambda told, page: strips.put_aside(told, page, "rejected", reason),
    )


def confirm(unit: Unit, folder_id: str, user_id: str, at: datetime) -> list[str]:
    """Say that a folder's items are right; gives the job to ring that fixes them, if nothing but that is left to do.

    While its neighbours are still being read, a missing cover sheet may be told only by theirs: it is ready then.
    Raises LookupError, FolderFixedError, FolderBusyError while a file of it is being read, ExceptionsOpenError where
    other questions about it are open, LedgerUnbalancedError where a page of it waits.
    """
    folder = _held(unit, folder_id)
    session = unit.session
    open_ones = batch_exceptions.held_up(session, folder_id)
    if open_ones:
        raise ExceptionsOpenError(count=len(open_ones))
    if not batch_ledger.is_settled(session, folder_id):
        raise FolderBusyError
    pages = _pages(session, folder_id)
    waiting = sum(page.state == "waiting" for page in pages)
    if waiting:
        raise LedgerUnbalancedError(received=len(pages), settled=len(pages) - waiting, waiting=waiting)
    asked = select(BatchException).where(
        BatchException.folder_id == folder_id,
        BatchException.code == kinds.BOUNDARIES,
        BatchException.state == "open",
    )
    for row in session.scalars(asked).all():
        batch_exceptions.write_answer(unit, row, user_id, kinds.CONFIRMED, at)
    items = session.scalars(select(BatchItem).where(BatchItem.folder_id == folder_id)).all()
    for item in items:
        item.suggested = False
    _keep_said(pages, strips.confirmed(_strip(pages, {item.id: item for item in items})))
    folder.state = "ready" if batch_chains.holds(session, folder) else "confirmed"
    session.flush()
    _witness(unit, folder, "batch.confirmed", user_id, {"folder": folder_id})
    return batch_ledger.queue_assembling(session, folder_id) if folder.state == "confirmed" else []


def count_anew(unit: Unit, folder: BatchFolder) -> None:
    """Count the items of a folder anew of which pages were taken: those that have none any more are none."""
    pages, items = _pages(unit.session, folder.id), _items(unit.session, folder.id)
    _write(unit.session, folder, pages, items, strips.counted(_strip(pages, items)))
    batch_manifest.compare_pages(unit, folder)


# ---- how a change is made -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """What a person does, and the number of the page or item that it is done to."""

    name: str
    number: int


def _change(unit: Unit, folder_id: str, user_id: str, step: _Step, by: Callable[[Strip, str], Strip]) -> None:
    """Change the strip as ``by`` does, which is given the name of the step's page, and write the audit."""
    folder = _held(unit, folder_id)
    pages = _pages(unit.session, folder_id)
    items = _items(unit.session, folder_id)
    before = _strip(pages, items)
    # A source that could not be read is answered as the exception that it is.
    named = next((page.id for page in pages if page.number == step.number and page.page_id is not None), "")
    after = by(before, named)
    _write(unit.session, folder, pages, items, after)
    _keep_said(pages, strips.said(before, after))
    batch_manifest.compare_pages(unit, folder)
    _witness(unit, folder, "batch.regrouped", user_id, {"folder": folder_id, "step": step.name, "number": step.number})


def _keep_said(pages: Sequence[LedgerPage], told: Mapping[str, Said]) -> None:
    """Keep what a person said of single pages: a folder that is put together anew holds on to it."""
    for page in pages:
        word = told.get(page.id, Said())
        page.said = page.said if word.state is None else word.state
        page.opens = page.opens if word.opens is None else word.opens


def _strip(pages: Sequence[LedgerPage], items: Mapping[str, BatchItem]) -> Strip:
    return tuple(
        Place(page.id, page.state, items[page.item_id].number - 1 if page.item_id else None, page.reason)  # type: ignore[arg-type]  # the database enforces the states
        for page in pages
    )


def _held(unit: Unit, folder_id: str) -> BatchFolder:
    folder = unit.session.get(BatchFolder, folder_id, with_for_update={"key_share": True}, populate_existing=True)
    if folder is None:
        raise LookupError(folder_id)
    if folder.state in {"confirmed", "assembled"}:
        raise FolderFixedError
    if folder.state != "asks":
        raise FolderBusyError
    return folder


def _write(
    session: Session, folder: BatchFolder, pages: Sequence[LedgerPage], items: Mapping[str, BatchItem], strip: Strip
) -> None:
    """Write the strip: an item is the one that it was by the first of its pages that had one which nobody took yet."""
    rows = {page.id: page for page in pages}
    taken: dict[int, BatchItem] = {}
    for place in strip:
        item_id = rows[place.page].item_id
        free = item_id is not None and items[item_id] not in taken.values()
        if place.item is not None and place.item not in taken and item_id is not None and free:
            taken[place.item] = items[item_id]
    for item in items.values():
        item.number += _APART
    session.flush()
    for number in sorted({place.item for place in strip if place.item is not None}):
        row = taken.get(number) or BatchItem(id=new_id(), batch_id=folder.batch_id, folder_id=folder.id)
        row.number = number + 1
        session.add(row)
        taken[number] = row
    session.flush()
    for place in strip:
        page = rows[place.page]
        page.state, page.reason = place.state, place.reason
        page.item_id = None if place.item is None else taken[place.item].id
    session.flush()
    kept = {row.id for row in taken.values()}
    for item in items.values():
        if item.id not in kept:
            session.delete(item)
    session.flush()


def _items(session: Session, folder_id: str) -> dict[str, BatchItem]:
    return {item.id: item for item in session.scalars(select(BatchItem).where(BatchItem.folder_id == folder_id))}


def _pages(session: Session, folder_id: str) -> Sequence[LedgerPage]:
    return session.scalars(
        select(LedgerPage)
        .where(LedgerPage.folder_id == folder_id)
        .order_by(LedgerPage.number)
        .with_for_update(key_share=True)
    ).all()


def _strip_pages(session: Session, folder_id: str, numbers: Mapping[str, int]) -> list[StripPage]:
    rows = session.execute(
        select(LedgerPage, BatchFile.path, BatchFile.stack, Page.thumbnail, Page.picture, Page.turned)
        .join(BatchFile, BatchFile.id == LedgerPage.file_id)
        .outerjoin(Page, Page.id == LedgerPage.page_id)
        .where(LedgerPage.folder_id == folder_id)
        .order_by(LedgerPage.number.is_(None), LedgerPage.number, BatchFile.position, LedgerPage.page_index)
    ).all()
    asked = session.execute(
        select(BatchException.ledger_page_id, BatchException.code).where(
            BatchException.folder_id == folder_id, BatchException.state == "open"
        )
    )
    codes: dict[str | None, list[str]] = {}
    for page_id, code in asked:
        codes.setdefault(page_id, []).append(code)
    shown: list[StripPage] = []
    seen = set[int]()
    for place, (page, path, stack, thumbnail, picture, turned) in enumerate(rows, start=1):
        item = None if page.item_id is None else numbers[page.item_id]
        opens = item is not None and item not in seen
        seen |= {item} if item is not None else set()
        shown.append(
            StripPage(
                id=page.id,
                number=page.number or place,
                page_id=page.page_id,
                thumbnail=thumbnail or picture,
                turned=turned or 0,
                state=page.state,
                item=item,
                opens=opens,
                reason=page.reason,
                mark=page.mark,
                path=path,
                file_page=page.page_index + 1,
                stack=stack,
                exceptions=tuple(codes.get(page.id, ())),
            )
        )
    return shown


def _witness(unit: Unit, folder: BatchFolder, action: str, actor: str, details: Mapping[str, Any]) -> None:
    audit.append(
        unit, actor=actor, action=action, subject_kind="batch", subject_id=folder.batch_id, details=dict(details)
    )
