"""What is shown of batches of legacy archives: lists, counts by state, rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from ulid import ULID

from models.base import now
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder, LedgerPage
from models.job_rows import READ_FILE, Job
from models.upload_rows import UploadFile

WATCHED = "watched"
"""Key of :attr:`Batch.policy`: the tree is looked through again and again while the batch runs."""

FED = "fed"
"""Key of :attr:`Batch.policy`: people let it run in the portal, so that nobody but the feeder does."""

WALKED = "walked"
"""Key of :attr:`Batch.policy`: what the latest walk through the tree passed over, by kind."""

RATE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a list. ``pages`` are those in the ledger, ``exceptions`` those that are open."""

    id: str
    name: str
    root: str
    state: str
    reason_code: str | None
    created_by: str
    created_at: datetime
    closed_at: datetime | None
    files: int
    pages: int
    exceptions: int


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder of a batch: where it stands, how many files and pages it has, its open exceptions."""

    id: str
    box: str
    name: str
    archival_number: str | None
    title: str | None
    expected_pages: int | None
    state: str
    files: int
    pages: int
    items: int
    exceptions: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its counts: ``files`` and ``folders`` by state, ``pages`` by ledger state, exceptions by code.

    ``reading`` counts the files that entered and are not read yet; ``pages_per_minute`` is that of the last
    :data:`RATE_MINUTES`. ``walked``: its tree was looked through to the end at least once; ``passed_over`` counts what
    the latest such walk left where it was, by kind.
    """

    line: BatchLine
    boundaries: str
    move: bool
    watched: bool
    walked: bool
    files: Mapping[str, int] = field(default_factory=dict)
    folders: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    exceptions: Mapping[str, int] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    reading: int = 0
    pages_per_minute: float = 0.0

    @property
    def settled(self) -> int:
        """How many files nothing more happens to by itself."""
        return self.line.files - self.files.get("found", 0) - self.reading

    @property
    def id(self) -> str:
        """The batch itself."""
        return self.line.id


def find(session: Session, named: str) -> Batch | None:
    """The batch of an identifier or of a name; of several with one name the latest."""
    found = session.get(Batch, named.upper())
    return found or session.scalar(select(Batch).where(Batch.name == named).order_by(Batch.id.desc()).limit(1))


def unfinished(session: Session, root: str) -> Batch | None:
    """The latest batch over this tree that is not closed."""
    query = select(Batch).where(Batch.root == root, Batch.state != "closed")
    return session.scalar(query.order_by(Batch.id.desc()).limit(1))


def listed(session: Session) -> list[BatchLine]:
    """Every batch, the latest first."""
    batches = session.scalars(select(Batch).order_by(Batch.id.desc())).all()
    files, pages, exceptions = (_per_batch(session, *counted) for counted in _COUNTED)
    return [_line(one, files.get(one.id, 0), pages.get(one.id, 0), exceptions.get(one.id, 0)) for one in batches]


_COUNTED: tuple[tuple[Any, ...], ...] = (
    (BatchFile.batch_id,),
    (LedgerPage.batch_id,),
    (BatchException.batch_id, BatchException.state == "open"),
)


def _per_batch(session: Session, column: Any, *where: Any) -> dict[str, int]:
    return dict(session.execute(select(column, func.count()).where(*where).group_by(column)).all())


def view(session: Session, batch_id: str) -> BatchView | None:
    """A batch with its counts, or ``None`` where there is none."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        return None
    files = _by(session, BatchFile.state, BatchFile.batch_id == batch_id)
    folders = _by(session, BatchFolder.state, BatchFolder.batch_id == batch_id)
    pages = _by(session, LedgerPage.state, LedgerPage.batch_id == batch_id)
    is_open = (BatchException.batch_id == batch_id, BatchException.state == "open")
    exceptions = _by(session, BatchException.code, *is_open)
    line = _line(batch, sum(files.values()), sum(pages.values()), sum(exceptions.values()))
    return BatchView(
        line=line,
        boundaries=batch.boundaries,
        move=batch.move,
        watched=bool(batch.policy.get(WATCHED)),
        walked=WALKED in batch.policy,
        files=files,
        folders=folders,
        pages=pages,
        exceptions=exceptions,
        passed_over=batch.policy.get(WALKED, {}),
        reading=_reading(session, batch_id),
        pages_per_minute=_rate(session, batch_id),
    )


def folders_of(session: Session, batch_id: str, box: str | None = None) -> list[FolderLine]:
    """The folders of a batch, or of one of its boxes, in their order."""
    query = select(BatchFolder).where(BatchFolder.batch_id == batch_id).order_by(BatchFolder.position)
    rows = session.scalars(query if box is None else query.where(BatchFolder.box == box)).all()
    mine = LedgerPage.batch_id == batch_id
    files = _by(session, BatchFile.folder_id, BatchFile.batch_id == batch_id)
    pages = _by(session, LedgerPage.folder_id, mine)
    item_rows = session.execute(
        select(LedgerPage.folder_id, func.count(func.distinct(LedgerPage.item_id)))
        .where(mine)
        .group_by(LedgerPage.folder_id)
    )
    items = dict(item_rows.all())
    is_open = (BatchException.batch_id == batch_id, BatchException.state == "open")
    exceptions = _by(session, BatchException.folder_id, *is_open)
    return [
        FolderLine(
            row.id, row.box, row.name, row.archival_number, row.title, row.expected_pages, row.state,
            files.get(row.id, 0), pages.get(row.id, 0), items.get(row.id, 0), exceptions.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


def stage_seconds(session: Session, batch_id: str) -> dict[str, float]:
    """How long the files of a batch took to be read, stage by stage, the longest first; of all workers together."""
    query = select(UploadFile.seconds).join(BatchFile, BatchFile.upload_file_id == UploadFile.id)
    mine = query.where(BatchFile.batch_id == batch_id, UploadFile.seconds.is_not(None))
    total: Counter[str] = Counter()
    for seconds in session.scalars(mine.execution_options(yield_per=1000)):
        total.update(seconds or {})
    return {stage: round(spent, 1) for stage, spent in total.most_common()}


def to_confirm(session: Session, batch_id: str, limit: int) -> list[tuple[str, str]]:
    """Folders, by identifier and name, whose questions are all answered and that wait for their confirmation alone."""
    asked = select(BatchException.folder_id).where(
        BatchException.batch_id == batch_id, BatchException.state == "open", BatchException.folder_id.is_not(None)
    )
    query = select(BatchFolder.id, BatchFolder.name).where(
        BatchFolder.batch_id == batch_id, BatchFolder.state == "asks", BatchFolder.id.not_in(asked)
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(BatchFolder.position).limit(limit))]


def boxes(session: Session, batch_id: str) -> list[str]:
    """The boxes of a batch in their order."""
    rows = session.execute(
        select(BatchFolder.box, func.min(BatchFolder.position))
        .where(BatchFolder.batch_id == batch_id)
        .group_by(BatchFolder.box)
    ).all()
    return [box for box, _ in sorted(rows, key=lambda row: row[1])]


def _by(session: Session, column: Any, *where: Any) -> dict[str, int]:
    rows = session.execute(select(column, func.count()).where(*where).group_by(column))
    return dict(sorted(rows.all(), key=str))


def _reading(session: Session, batch_id: str) -> int:
    """By the jobs that are open, which are few, not by the files, which are not."""
    query = select(func.count()).select_from(Job).join(BatchFile, BatchFile.upload_file_id == Job.subject_id)
    is_open = (Job.state.in_(("queued", "running")), Job.kind == READ_FILE, BatchFile.batch_id == batch_id)
    return session.scalar(query.where(*is_open)) or 0


def _rate(session: Session, batch_id: str) -> float:
    """Pages that came to the ledger in the last minutes, told by their identifiers, which begin with their time."""
    since = str(ULID.from_datetime(now() - timedelta(minutes=RATE_MINUTES)))
    query = select(func.count()).where(LedgerPage.id > since, LedgerPage.batch_id == batch_id)
    return (session.scalar(query) or 0) / RATE_MINUTES


def _line(batch: Batch, files: int, pages: int, exceptions: int) -> BatchLine:
    return BatchLine(
        batch.id, batch.name, batch.root, batch.state, batch.reason_code, batch.created_by, batch.created_at,
        batch.closed_at, files, pages, exceptions,
    )  # fmt: skip
