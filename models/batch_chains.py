"""Cover sheets that are missing between folders: asked about once all folders of a batch have been put together.

Until then a folder of which no other doubt is left is ``ready``: its items are fixed only when its cover sheets follow
on those of its neighbours, or when all folders are there and nothing is asked about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, takewhile
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from intake.archive import chains
from intake.archive import exceptions as kinds
from intake.archive.marks import Mark
from models import batch_exceptions
from models.batch_rows import Batch, BatchException, BatchFolder, LedgerPage
from models.database import Unit

CODE = f"{kinds.SEPARATOR}missing"
FIRST = f"{kinds.SEPARATOR}first_missing"
ANEW = f"{kinds.SEPARATOR}anew"

READY = "ready"
"""State of a folder that waits for what its neighbours' cover sheets say alone."""

COMING = ("waiting", "reading")
"""States of a folder whose cover sheets are not known yet."""


def ask(unit: Unit, batch_id: str) -> int:
    """Ask about each number that no folder has, and that nobody was asked about before; gives how many there are.

    Where numbers begin anew in a folder, that is said once: there a missing last one cannot be noticed.
    """
    session, run = unit.session, _run(unit.session, batch_id)
    lost: list[tuple[str, str, int | str]] = [(CODE, one.folder, one.number) for one in chains.lost(run)]
    lost += [(f"{kinds.SEPARATOR}{end.kind}", end.folder, end.numbers) for end in chains.ends(run)]
    found = [one for one in lost if not _asked(session, *one)]
    for code, folder, number in found:
        first = code == FIRST
        details = {"number": number, "pages": _outer_pages(session, folder, first=first)}
        batch_exceptions.note(unit, batch_id=batch_id, folder_id=folder, code=code, details=details)
    begun = chains.anew(run)
    if begun is not None and not _told(session, batch_id):
        batch_exceptions.note(unit, batch_id=batch_id, folder_id=begun, code=ANEW, details={})
        return len(found) + 1
    return len(found)


def holds(session: Session, folder: BatchFolder) -> bool:
    """Whether a folder that was put together still waits for what its neighbours' cover sheets say.

    At the edge of what the batch has by now it does: more may come.
    """
    own = _marks(session, folder)
    if not own or session.get_one(Batch, folder.batch_id).state == "read":
        return False
    before, after = (_neighbour(session, folder, behind=behind) for behind in (False, True))
    if any(one is not None and one.state in COMING for one in (before, after)):
        return True
    ended = chains.whole(own[-1], _marks(session, after)[0]) if after is not None else _is_last(own[-1])
    return not (ended and chains.whole(_marks(session, before)[-1] if before is not None else None, own[0]))


def _is_last(mark: Mark) -> bool:
    """Whether a cover sheet is the last of its run by what it says itself."""
    return mark.run is not None and chains.ends_run(mark)


def let_go(session: Session, folder: BatchFolder) -> list[str]:
    """Confirm the neighbours of a folder that waited for it alone; gives the folders that are to be fixed.

    One that is being worked on at this moment is passed over: it is let go when all is there.
    """
    freed: list[str] = []
    for behind in (False, True):
        beside = _neighbour(session, folder, behind=behind)
        if beside is None or beside.state != READY:
            continue
        held = _hold(session, BatchFolder.id == beside.id)
        freed += [one.id for one in held if not holds(session, one)]
    session.execute(update(BatchFolder).where(BatchFolder.id.in_(freed)).values(state="confirmed"))
    return freed


def let_all_go(session: Session, batch_id: str) -> list[str]:
    """Confirm every folder that waited, now that all are there; one about which something is asked waits for people."""
    held = _hold(session, BatchFolder.batch_id == batch_id)
    for one in held:
        one.state = "asks" if batch_exceptions.held_up(session, one.id) else "confirmed"
    session.flush()
    return [one.id for one in held if one.state == "confirmed"]


def _hold(session: Session, which: ColumnElement[bool]) -> Sequence[BatchFolder]:
    query = select(BatchFolder).where(which, BatchFolder.state == READY).order_by(BatchFolder.position)
    free = query.with_for_update(key_share=True, skip_locked=True)
    return session.scalars(free.execution_options(populate_existing=True)).all()


def _neighbour(session: Session, folder: BatchFolder, *, behind: bool) -> BatchFolder | None:
    """The nearest folder before or behind one that has cover sheets, or of which it is not known yet."""
    place = BatchFolder.position
    covers = select(LedgerPage.id).where(LedgerPage.folder_id == BatchFolder.id, LedgerPage.state == "separator")
    told = covers.where(LedgerPage.mark["number"].as_integer().is_not(None)).exists()
    query = (
        select(BatchFolder)
        .where(BatchFolder.batch_id == folder.batch_id, place > folder.position if behind else place < folder.position)
        .where(BatchFolder.state.in_(COMING) | told)
        .order_by(place if behind else place.desc())
    )
    return session.scalar(query.limit(1))


def _marks(session: Session, folder: BatchFolder) -> list[Mark]:
    """The cover sheets of a folder with a number, in its order."""
    query = select(LedgerPage.mark).where(LedgerPage.folder_id == folder.id, LedgerPage.state == "separator")
    rows = session.scalars(query.where(LedgerPage.mark.is_not(None)).order_by(LedgerPage.number))
    return [_mark(mark) for mark in rows if mark is not None and _covers(mark)]


def _mark(told: Mapping[str, Any]) -> Mark:
    run = told.get("run")
    return Mark("cover", str(told["batch"]), number=int(told["number"]), run=(run[0], run[1]) if run else None)


def _told(session: Session, batch_id: str) -> bool:
    """Whether it was said of the batch already that its numbers begin anew."""
    said = select(BatchException.id).where(BatchException.batch_id == batch_id, BatchException.code == ANEW)
    return session.scalar(said.limit(1)) is not None


def _run(session: Session, batch_id: str) -> list[tuple[str, list[Mark]]]:
    """The cover sheets of each folder that has some, in the order of the batch."""
    rows = session.execute(
        select(LedgerPage.folder_id, LedgerPage.mark)
        .join(BatchFolder, BatchFolder.id == LedgerPage.folder_id)
        .where(LedgerPage.batch_id == batch_id, LedgerPage.state == "separator", LedgerPage.mark.is_not(None))
        .order_by(BatchFolder.position, LedgerPage.number)
    )
    told = ((folder, _mark(mark)) for folder, mark in rows if _covers(mark))
    return [(folder, [mark for _, mark in marks]) for folder, marks in groupby(told, key=lambda one: one[0])]


def _covers(mark: dict[str, object]) -> bool:
    return mark.get("kind") == "cover" and mark.get("number") is not None


def _asked(session: Session, code: str, folder_id: str, number: int | str) -> bool:
    """Whether somebody was asked about the number, whatever the answer was."""
    rows = session.scalars(
        select(BatchException).where(BatchException.folder_id == folder_id, BatchException.code == code)
    )
    return any(row.details.get("number") == number for row in rows)


def _outer_pages(session: Session, folder_id: str, *, first: bool) -> list[int | None]:
    """The pages of a folder behind its last separator, or before its ``first``: among them or beyond them it lay."""
    pages = session.execute(
        select(LedgerPage.number, LedgerPage.state)
        .where(LedgerPage.folder_id == folder_id, LedgerPage.number.is_not(None))
        .order_by(LedgerPage.number.asc() if first else LedgerPage.number.desc())
    ).all()
    outer = [page.number for page in takewhile(lambda page: page.state != "separator", pages)]
    return (outer if first else outer[::-1])[:20]
