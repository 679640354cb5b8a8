"""What of a batch is handed over: its folders with their items, the pages of each and where their originals lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.archive.leaving import Standing, require
from intake.archive.package import distinct, folder_name, item_name, safe
from intake.types import PageText
from models import audit, batch_standing, kept_words
from models.batch_rows import Batch, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Unit
from models.upload_rows import StoredFile


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a folder as it is handed over: ``name`` in the package, ``path`` in the tree it came from."""

    id: str
    name: str
    path: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """One page of the ledger; ``item`` and ``item_page`` (from 1) where it is filed, ``source`` where there is one."""

    number: int | None
    state: str
    reason: str | None
    path: str
    page_index: int
    page_id: str | None
    turned: int
    source: Source | None
    item: int | None
    item_page: int | None


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One item: its number in its folder, its name in the package, what its PDF calls itself, its pages in order.

    ``reference`` is its reference number 档号 with every sign that a file's name cannot have; where the folder has none
    it is its name. The title is the reference number; a name is made of paths, which may name people, so that without
    a number the title is the item's identifier.
    """

    id: str
    number: int
    name: str
    reference: str
    title: str
    pages: tuple[ExportPage, ...]


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """One folder with all that it holds."""

    id: str
    name: str
    box: str
    path: str
    title: str | None
    sources: tuple[Source, ...]
    items: tuple[ExportItem, ...]
    pages: tuple[ExportPage, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A closed batch: what its package is called, when it was closed, its folders' names by their identifiers.

    ``standing`` is what people had said of it when it was taken out.
    """

    batch_id: str
    name: str
    closed_at: datetime
    folders: dict[str, str]
    items: int
    standing: Standing


def witness(unit: Unit, export: Export, actor: str) -> None:
    """Write into the audit that a batch is taken out, and whether as accepted, before it is."""
    audit.append(
        unit,
        actor=actor,
        action="batch.exported",
        subject_kind="batch",
        subject_id=export.batch_id,
        details={"folders": len(export.folders), "verdict": "accepted" if export.standing.accepted else "unaccepted"},
    )


def of(session: Session, batch_id: str, *, unaccepted: bool = False) -> Export:
    """What a batch hands over; ``unaccepted``: even where it is not accepted, which its package tells then.

    Raises LookupError, and what :func:`intake.archive.leaving.require` raises.
    """
    standing = batch_standing.standing(session, batch_id)
    require(standing, unaccepted=unaccepted)
    batch = session.get_one(Batch, batch_id)
    query = select(BatchFolder.id, BatchFolder.archival_number, BatchFolder.name)
    rows = session.execute(query.where(BatchFolder.batch_id == batch_id).order_by(BatchFolder.position)).all()
    names = distinct(folder_name(number, path) for _, number, path in rows)
    folders = {row[0]: name for row, name in zip(rows, names, strict=True)}
    items = session.scalar(select(func.count()).where(BatchItem.batch_id == batch_id)) or 0
    return Export(batch.id, safe(batch.name), batch.closed_at or batch.created_at, folders, items, standing)


def folder(session: Session, folder_id: str, name: str) -> ExportFolder:
    """One folder under the name that the package gives it."""
    row = session.get_one(BatchFolder, folder_id)
    sources = {source.id: source for source in _sources(session, folder_id)}
    items = session.scalars(select(BatchItem).where(BatchItem.folder_id == folder_id).order_by(BatchItem.number)).all()
    pages = tuple(_pages(session, folder_id, sources, {item.id: item.number for item in items}))
    filed = {page.item for page in pages}
    return ExportFolder(
        id=row.id,
        name=name,
        box=row.box,
        path=row.name,
        title=row.title,
        sources=tuple(sources.values()),
        items=tuple(
            ExportItem(
                item.id,
                item.number,
                item_name(name, item.number),
                item_name(row.archival_number or name, item.number),
                item_name(row.archival_number, item.number) if row.archival_number else item.id,
                tuple(page for page in pages if page.item == item.number),
            )
            for item in items
            if item.number in filed
        ),
        pages=pages,
    )


def words(session: Session, item: ExportItem) -> dict[str, tuple[PageText, ...]]:
    """What was read on the pages of an item, sheet by sheet, by their identifiers."""
    ids = [page.page_id for page in item.pages if page.page_id is not None]
    return {page_id: kept_words.whole(texts) for page_id, texts in kept_words.words(session, ids).items()}


def _sources(session: Session, folder_id: str) -> Iterator[Source]:
    """The sources whose bytes are kept, in their order; those that never came into the store have none."""
    rows = session.execute(
        select(BatchFile, StoredFile)
        .join(StoredFile, StoredFile.sha256 == BatchFile.sha256)
        .where(BatchFile.folder_id == folder_id)
        .order_by(BatchFile.position)
    ).all()
    names = distinct(safe(file.path.rpartition("/")[2]) for file, _ in rows)
    for (file, stored), name in zip(rows, names, strict=True):
        yield Source(file.id, name, file.path, stored.sha256, stored.size, stored.media_type)


def _pages(
    session: Session, folder_id: str, sources: dict[str, Source], numbers: dict[str, int]
) -> Iterator[ExportPage]:
    rows = session.execute(
        select(LedgerPage, BatchFile.path, Page.turned)
        .join(BatchFile, BatchFile.id == LedgerPage.file_id)
        .outerjoin(Page, Page.id == LedgerPage.page_id)
        .where(LedgerPage.folder_id == folder_id)
        .order_by(LedgerPage.number.is_(None), LedgerPage.number, BatchFile.position, LedgerPage.page_index)
    )
    filed = dict.fromkeys(numbers.values(), 0)
    for page, path, turned in rows:
        item = numbers[page.item_id] if page.item_id is not None else None
        if item is not None:
            filed[item] += 1
        yield ExportPage(
            number=page.number,
            state=page.state,
            reason=page.reason,
            path=path,
            page_index=page.page_index,
            page_id=page.page_id,
            turned=turned or 0,
            source=sources.get(page.file_id),
            item=item,
            item_page=None if item is None else filed[item],
        )
