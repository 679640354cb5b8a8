"""A manifest held against the folders of a batch, both ways: numbers and titles go in, differences are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from intake.archive import checks
from intake.archive import exceptions as kinds
from intake.errors import BatchClosedError
from models import audit, batch_exceptions
from models.base import now
from models.batch_rows import Batch, BatchException, BatchFolder, LedgerPage
from models.database import Unit

if TYPE_CHECKING:
    from intake.archive.manifest import Entry

_NAME = 255


MISSING, EXTRA, PAGES = (f"{kinds.MANIFEST}{kind}" for kind in ("missing", "extra", "pages"))
"""The codes of what is asked: an entry without a folder, a folder without an entry, another number of pages."""


def apply(unit: Unit, batch_id: str, entries: Sequence[Entry], user_id: str) -> int:
    """Write the numbers, titles and expected pages of the folders that a manifest lists; gives how many it lists.

    A listed folder that is not there, and one that is there and not listed, become exceptions; numbers of pages are
    compared when a folder is put together, or now where it is. A corrected manifest stands in the place of the one
    before: what that said of a folder and asked about counts no more. Raises BatchClosedError.
    """
    from intake.archive import manifest  # noqa: PLC0415 - loads what reads workbooks, for this function alone

    session = unit.session
    batch = session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state == "closed":
        raise BatchClosedError
    rows = session.scalars(
        select(BatchFolder).where(BatchFolder.batch_id == batch_id).order_by(BatchFolder.position)
    ).all()
    by_name = {row.name: row for row in rows}
    found = [manifest.Found(name) for name in by_name]
    told = manifest.matched(entries, found)
    for name, row in by_name.items():
        _tell(row, told.get(name))
    session.flush()
    standing: list[BatchException] = []
    for one in manifest.compare(entries, found):
        if one.kind == "missing" and one.entry is not None:
            details = {"row": one.entry.row, "archival_number": one.entry.number}
            standing.append(batch_exceptions.note(unit, batch_id=batch_id, code=MISSING, details=details))
        elif one.kind == "extra" and one.found is not None:
            folder = by_name[one.found.folder]
            standing.append(batch_exceptions.note(unit, batch_id=batch_id, folder_id=folder.id, code=EXTRA))
    _take_back(session, standing, BatchException.batch_id == batch_id, BatchException.code.in_((MISSING, EXTRA)))
    for row in rows:
        if row.state in {"asks", "ready", "confirmed", "assembled"}:
            compare_pages(unit, row)
    details = {"folders": len(told), "items": len(entries)}
    audit.append(unit, actor=user_id, action="batch.listed", subject_kind="batch", subject_id=batch_id, details=details)
    return len(told)


def compare_pages(unit: Unit, folder: BatchFolder) -> None:
    """Ask where a folder has another number of pages than the manifest says; blank ones may be counted there or not.

    What was asked of another number of pages is taken back; nothing is asked while a file of it is quarantined, which
    may bring what is missing.
    """
    filled, blank = pages_of(unit.session, folder.id)
    standing: list[BatchException] = []
    quarantined = batch_exceptions.is_open(unit.session, folder.id, kinds.QUARANTINED)
    if not quarantined and not checks.counts_fit(folder.expected_pages, filled, blank):
        details = {"expected": folder.expected_pages, "found": filled, "blank": blank}
        standing.append(
            batch_exceptions.note(unit, batch_id=folder.batch_id, folder_id=folder.id, code=PAGES, details=details)
        )
    _take_back(unit.session, standing, BatchException.folder_id == folder.id, BatchException.code == PAGES)


def _tell(folder: BatchFolder, entry: Entry | None) -> None:
    """What a manifest says of a folder; one that it does not list has no number."""
    folder.archival_number = None if entry is None else entry.number[:_NAME]
    folder.title = None if entry is None else entry.title[:_NAME]
    folder.expected_pages = None if entry is None else entry.pages


def _take_back(session: Session, standing: Sequence[BatchException], *asked: ColumnElement[bool]) -> None:
    """Let questions count no more, also those at which somebody looked, but for those that still stand."""
    counts = or_(BatchException.state == "open", BatchException.answer == kinds.CHECKED)
    for row in session.scalars(select(BatchException).where(*asked, counts)).all():
        if row not in standing:
            row.state, row.answer, row.settled_by, row.settled_at = "settled", kinds.WITHDRAWN, None, now()
    session.flush()


def pages_of(session: Session, folder_id: str) -> tuple[int, int]:
    """How many pages of a folder bear something, unreadable ones among them, and how many are blank."""
    mine = LedgerPage.folder_id == folder_id
    query = select(LedgerPage.state, func.count()).where(mine).group_by(LedgerPage.state)
    counts = dict(session.execute(query).all())
    return counts.get("filed", 0) + counts.get("waiting", 0), counts.get("blank", 0)
