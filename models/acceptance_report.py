"""All that stands in the report of an acceptance, gathered for one document; nothing personal but accounts' names.

Folders are named by their archival number, or by box and place where they have none; never by the names of files and
directories, which often are people's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.archive.ledger import Balance
from models import acceptance, batch_ledger, batch_lots
from models.acceptance import SamplePage
from models.acceptance_rows import Acceptance, AcceptancePage
from models.accounts import User
from models.batch_lots import LotLine
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder, BatchItem, LedgerPage

PLACES = 60
"""Places of one rule that are printed; the counts are of all."""


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One folder (``place`` from 1 in the batch) with its pages by state."""

    box: str
    place: int
    archival_number: str | None
    expected: int | None
    items: int
    pages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """Exceptions of one kind: how many, what people answered, how many are open."""

    code: str
    count: int
    answers: Mapping[str, int]
    open: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: a page (``number``) of a folder, a folder, or (both ``None``) the batch."""

    box: str | None
    place: int | None
    archival_number: str | None
    number: int | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """Pages of one source that were not filed: where it lies, how many, and why."""

    place: Place
    pages: int
    reason: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule found, with the places that are printed, and who lets its failures stand why."""

    code: str
    looked_at: int
    failed: int
    noted: int
    places: tuple[Place, ...]
    stands: str | None = None
    stands_by: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """An acceptance of the same batch that was signed before: its sample, what was bad there, who signed it when."""

    row: Acceptance
    rejected: int
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one acceptance."""

    batch: Batch
    row: Acceptance
    balance: Balance
    files: int
    items: int
    boxes: int
    folders: tuple[FolderLine, ...]
    rejects: tuple[RejectedLine, ...]
    exceptions: tuple[ExceptionLine, ...]
    rules: tuple[RuleLine, ...]
    sample: tuple[SamplePage, ...]
    lots: tuple[LotLine, ...]
    earlier: tuple[EarlierLine, ...]
    begun_by: str
    signed_by: str | None
    made_at: datetime

    @property
    def rejected(self) -> int:
        """Pages of the sample with anything wrong."""
        return sum(page.judged_at is not None and (not page.matched or page.fault is not None) for page in self.sample)

    @property
    def mismatched(self) -> int:
        """Pages of the sample that the index does not lead to."""
        return sum(page.judged_at is not None and not page.matched for page in self.sample)


def report(session: Session, acceptance_id: str, at: datetime) -> Report:
    """Gather the report; raises LookupError."""
    row = session.get(Acceptance, acceptance_id)
    if row is None:
        raise LookupError(acceptance_id)
    batch = session.get_one(Batch, row.batch_id)
    folders = session.scalars(
        select(BatchFolder).where(BatchFolder.batch_id == batch.id).order_by(BatchFolder.position)
    ).all()
    names, lines = _names(session, row), _folders(session, batch.id, folders)
    return Report(
        batch=batch,
        row=row,
        balance=batch_ledger.balance_of(session, batch.id),
        files=_count(session, BatchFile, batch.id),
        items=_count(session, BatchItem, batch.id),
        boxes=len({folder.box for folder in folders}),
        folders=tuple(lines.values()),
        rejects=tuple(_rejects(session, batch.id, lines)),
        exceptions=tuple(_exceptions(session, batch.id)),
        rules=tuple(_rule(session, one, lines, row, names) for one in row.checks),
        sample=tuple(acceptance.sample(session, row.id)),
        lots=tuple(line for line in batch_lots.of_batch(session, batch.id) if line.lot.drawn),
        earlier=tuple(_earlier(session, row)),
        begun_by=names.get(row.created_by, ""),
        signed_by=names.get(row.signed_by or ""),
        made_at=at,
    )


def _names(session: Session, row: Acceptance) -> dict[str, str]:
    """The names of accounts, not those of people."""
    return _named(session, {row.created_by, row.signed_by, *(one["by"] for one in row.let_stand)} - {None})


def _named(session: Session, user_ids: Collection[str | None]) -> dict[str, str]:
    found = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {user_id: name for user_id, name in found}  # noqa: C416  # rows are no pairs to a type checker


def _earlier(session: Session, row: Acceptance) -> Iterator[EarlierLine]:
    before = select(Acceptance).where(Acceptance.batch_id == row.batch_id, Acceptance.number < row.number)
    rows = session.scalars(before.order_by(Acceptance.number)).all()
    names = _named(session, {one.signed_by for one in rows})
    for one in rows:
        pages = session.scalars(select(AcceptancePage).where(AcceptancePage.acceptance_id == one.id))
        yield EarlierLine(one, sum(not page.good for page in pages), names.get(one.signed_by or ""))


def _count(session: Session, kind: type[BatchFile | BatchItem], batch_id: str) -> int:
    return session.scalar(select(func.count()).select_from(kind).where(kind.batch_id == batch_id)) or 0


def _folders(session: Session, batch_id: str, folders: Sequence[BatchFolder]) -> dict[str, FolderLine]:
    pages: dict[str, Counter[str]] = defaultdict(Counter)
    counted = select(LedgerPage.folder_id, LedgerPage.state, func.count()).where(LedgerPage.batch_id == batch_id)
    for folder, state, count in session.execute(counted.group_by(LedgerPage.folder_id, LedgerPage.state)):
        pages[folder][state] = count
    own = select(BatchItem.folder_id, func.count()).where(BatchItem.batch_id == batch_id).group_by(BatchItem.folder_id)
    items = Counter({folder: count for folder, count in session.execute(own)})  # noqa: C416  # as above
    return {
        one.id: FolderLine(
            one.box, one.position + 1, one.archival_number, one.expected_pages, items[one.id], dict(pages[one.id])
        )
        for one in folders
    }


def _rejects(session: Session, batch_id: str, folders: Mapping[str, FolderLine]) -> Iterator[RejectedLine]:
    """The sources of which pages were rejected, in their order."""
    counted = (
        select(LedgerPage.folder_id, BatchFile.position, LedgerPage.reason, func.count())
        .join(BatchFile, BatchFile.id == LedgerPage.file_id)
        .join(BatchFolder, BatchFolder.id == LedgerPage.folder_id)
        .where(LedgerPage.batch_id == batch_id, LedgerPage.state == "rejected")
        .group_by(BatchFolder.position, LedgerPage.folder_id, BatchFile.position, LedgerPage.reason)
        .order_by(BatchFolder.position, BatchFile.position)
    )
    for folder_id, position, reason, count in session.execute(counted):
        folder = folders[folder_id]
        source = Place(folder.box, folder.place, folder.archival_number, None, {"source": position + 1})
        yield RejectedLine(source, count, reason or "")


def _exceptions(session: Session, batch_id: str) -> list[ExceptionLine]:
    query = select(BatchException.code, BatchException.state, BatchException.answer, func.count())
    counted = query.where(BatchException.batch_id == batch_id).group_by(
        BatchException.code, BatchException.state, BatchException.answer
    )
    by_code: dict[str, list[tuple[str, str | None, int]]] = defaultdict(list)
    for code, state, answer, count in session.execute(counted.order_by(BatchException.code)):
        by_code[code].append((state, answer, count))
    return [
        ExceptionLine(
            code,
            sum(count for _, _, count in found),
            {answer: count for state, answer, count in found if answer is not None},
            sum(count for state, _, count in found if state == "open"),
        )
        for code, found in by_code.items()
    ]


def _rule(
    session: Session,
    kept: Mapping[str, Any],
    folders: Mapping[str, FolderLine],
    row: Acceptance,
    names: Mapping[str, str],
) -> RuleLine:
    stands = next((one for one in row.let_stand if one["rule"] == kept["rule"]), None)
    places = [_place(session, one, folders) for one in kept["failures"][:PLACES]]
    return RuleLine(
        kept["rule"],
        kept["looked_at"],
        kept["failed"],
        kept["noted"],
        tuple(sorted(places, key=lambda place: (place.place or 0, place.number or 0))),
        None if stands is None else stands["reason"],
        None if stands is None else names.get(stands["by"]),
    )


def _place(session: Session, found: Mapping[str, Any], folders: Mapping[str, FolderLine]) -> Place:
    subject = found["subject"]
    details = {name: value for name, value in found.items() if name != "subject"}
    page = session.get(LedgerPage, subject)
    file = None if page is not None else session.get(BatchFile, subject)
    folder = folders.get(page.folder_id if page is not None else file.folder_id if file is not None else subject)
    if "like" in details:
        other = session.get(LedgerPage, details["like"])
        details["like"] = "" if other is None or other.number is None else other.number
        beside = None if other is None else folders.get(other.folder_id)
        if beside is not None and beside is not folder:
            details["in"] = beside.archival_number or f"{beside.box} · {beside.place}"
    if file is not None:
        details["source"] = file.position + 1
    return Place(
        None if folder is None else folder.box,
        None if folder is None else folder.place,
        None if folder is None else folder.archival_number,
        None if page is None else page.number,
        details,
    )
