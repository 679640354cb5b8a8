"""Asking about cover sheets that are missing between folders, once all folders of a batch have been put together."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.archive.chains import Lost, anew, lost
from intake.archive.marks import Mark
from models import batch_exceptions
from models.batch_rows import BatchException, BatchFolder, LedgerPage
from models.database import Unit

CODE = f"{kinds.SEPARATOR}missing"
ANEW = f"{kinds.SEPARATOR}anew"


def ask(unit: Unit, batch_id: str) -> int:
    """Ask about each number that no folder has, and that nobody was asked about before; gives how many there are.

    Where numbers begin anew in a folder, that is said once: there a missing last one cannot be noticed.
    """
    found = [one for one in _lost(unit.session, batch_id) if not _asked(unit.session, one)]
    for one in found:
        details = {"number": one.number, "pages": _last_pages(unit.session, one.folder)}
        batch_exceptions.note(unit, batch_id=batch_id, folder_id=one.folder, code=CODE, details=details)
    begun = anew(_run(unit.session, batch_id))
    if begun is not None and not _told(unit.session, batch_id):
        batch_exceptions.note(unit, batch_id=batch_id, folder_id=begun, code=ANEW, details={})
        return len(found) + 1
    return len(found)


def _told(session: Session, batch_id: str) -> bool:
    """Whether it was said of the batch already that its numbers begin anew."""
    said = select(BatchException.id).where(BatchException.batch_id == batch_id, BatchException.code == ANEW)
    return session.scalar(said.limit(1)) is not None


def _lost(session: Session, batch_id: str) -> tuple[Lost, ...]:
    return lost(_run(session, batch_id))


def _run(session: Session, batch_id: str) -> list[tuple[str, list[Mark]]]:
    """The cover sheets of each folder that has some, in the order of the batch."""
    rows = session.execute(
        select(LedgerPage.folder_id, LedgerPage.mark)
        .join(BatchFolder, BatchFolder.id == LedgerPage.folder_id)
        .where(LedgerPage.batch_id == batch_id, LedgerPage.state == "separator", LedgerPage.mark.is_not(None))
        .order_by(BatchFolder.position, LedgerPage.number)
    )
    told = ((folder, Mark("cover", mark["batch"], number=mark["number"])) for folder, mark in rows if _covers(mark))
    return [(folder, [mark for _, mark in marks]) for folder, marks in groupby(told, key=lambda one: one[0])]


def _covers(mark: dict[str, object]) -> bool:
    return mark.get("kind") == "cover" and mark.get("number") is not None


def _asked(session: Session, one: Lost) -> bool:
    """Whether somebody was asked about the number, whatever the answer was."""
    rows = session.scalars(
        select(BatchException).where(BatchException.folder_id == one.folder, BatchException.code == CODE)
    )
    return any(row.details.get("number") == one.number for row in rows)


def _last_pages(session: Session, folder_id: str) -> list[int | None]:
    """The pages of a folder behind its last separator: among them, or before the next folder's first, it lay."""
    pages = session.execute(
        select(LedgerPage.number, LedgerPage.state)
        .where(LedgerPage.folder_id == folder_id, LedgerPage.number.is_not(None))
        .order_by(LedgerPage.number)
    ).all()
    last = max((place for place, page in enumerate(pages) if page.state == "separator"), default=-1)
    return [page.number for page in pages[last + 1 :]][:20]
