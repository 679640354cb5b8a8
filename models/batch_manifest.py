"""A manifest held against the folders of a batch, both ways: numbers and titles go in, differences are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from models import audit, batch_exceptions
from models.batch_rows import BatchFolder, LedgerPage
from models.database import Unit

if TYPE_CHECKING:
    from intake.archive.manifest import Entry

_NAME = 255


def apply(unit: Unit, batch_id: str, entries: Sequence[Entry], user_id: str) -> int:
    """Write the numbers, titles and expected pages of the folders that a manifest lists; gives how many it lists.

    A listed folder that is not there, and one that is there and not listed, become exceptions; numbers of pages are
    compared when a folder is put together, or now where it is.
    """
    from intake.archive import manifest  # noqa: PLC0415 - loads what reads workbooks, for this function alone

    session = unit.session
    rows = session.scalars(
        select(BatchFolder).where(BatchFolder.batch_id == batch_id).order_by(BatchFolder.position)
    ).all()
    by_name = {row.name: row for row in rows}
    found = [manifest.Found(name) for name in by_name]
    told = manifest.matched(entries, found)
    for name, entry in told.items():
        row = by_name[name]
        row.archival_number, row.title, row.expected_pages = entry.number[:_NAME], entry.title[:_NAME], entry.pages
        session.flush()
        if row.state in {"asks", "confirmed", "assembled"}:
            compare_pages(unit, row)
    for one in manifest.compare(entries, found):
        if one.kind == "missing" and one.entry is not None:
            details = {"row": one.entry.row, "archival_number": one.entry.number}
            batch_exceptions.note(unit, batch_id=batch_id, code=f"{kinds.MANIFEST}missing", details=details)
        elif one.kind == "extra" and one.found is not None:
            folder = by_name[one.found.folder]
            batch_exceptions.note(unit, batch_id=batch_id, folder_id=folder.id, code=f"{kinds.MANIFEST}extra")
    details = {"folders": len(told), "items": len(entries)}
    audit.append(unit, actor=user_id, action="batch.listed", subject_kind="batch", subject_id=batch_id, details=details)
    return len(told)


def compare_pages(unit: Unit, folder: BatchFolder) -> None:
    """Ask where a folder has another number of pages than the manifest says; blank ones may be counted there or not."""
    if folder.expected_pages is None:
        return
    filled, blank = pages_of(unit.session, folder.id)
    if folder.expected_pages not in {filled, filled + blank}:
        batch_exceptions.note(
            unit,
            batch_id=folder.batch_id,
            folder_id=folder.id,
            code=f"{kinds.MANIFEST}pages",
            details={"expected": folder.expected_pages, "found": filled, "blank": blank},
        )


def pages_of(session: Session, folder_id: str) -> tuple[int, int]:
    """How many pages of a folder bear something, unreadable ones among them, and how many are blank."""
    mine = LedgerPage.folder_id == folder_id
    query = select(LedgerPage.state, func.count()).where(mine).group_by(LedgerPage.state)
    counts = dict(session.execute(query).all())
    return counts.get("filed", 0) + counts.get("waiting", 0), counts.get("blank", 0)
