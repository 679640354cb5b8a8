"""What is known of a batch, as lines that :mod:`intake.archive.checks` judges."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import wire
from intake.archive import exceptions
from intake.archive.checks import FileLine, FolderLine, Lines, PageLine
from intake.pictures import PageMeasures
from models import batch_ledger, batch_manifest
from models.batch_rows import BatchException, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page


def lines(session: Session, batch_id: str, whole: Callable[[str], bool]) -> Lines:
    """All that is known of a batch; ``whole`` tells of a SHA-256 whether the store holds the bytes that hash so."""
    folders = session.scalars(
        select(BatchFolder).where(BatchFolder.batch_id == batch_id).order_by(BatchFolder.position)
    ).all()
    unfound = _unfound(session, batch_id)
    listed = bool(unfound) or any(folder.archival_number for folder in folders)
    asked = select(BatchException.folder_id, BatchException.code).where(BatchException.batch_id == batch_id)
    still = asked.where(BatchException.state == "open")
    return Lines(
        folders=[
            FolderLine(
                folder.id,
                folder.archival_number,
                folder.expected_pages,
                bool(folder.archival_number) if listed else None,
            )
            for folder in folders
        ],
        files=_files(session, batch_id, whole),
        pages=_pages(session, batch_id),
        exceptions=[(folder or "", code) for folder, code in session.execute(still)],
        asked=session.scalar(select(func.count()).select_from(asked.subquery())) or 0,
        received=batch_ledger.received(session, batch_id),
        unfound=unfound,
    )


def sums(session: Session, batch_id: str, after: str = "") -> list[str]:
    """The SHA-256 of every source of a batch that was taken in, each once, in their order; those beyond ``after``."""
    query = select(BatchFile.sha256).where(BatchFile.batch_id == batch_id, BatchFile.sha256 > after).distinct()
    return [sha256 for sha256 in session.scalars(query.order_by(BatchFile.sha256)) if sha256 is not None]


def manifest(session: Session, batch_id: str) -> str:
    """SHA-256 over the batch's sources, a line ``<sha256>  <path>`` for each in order: what was taken in, proven."""
    digest = hashlib.sha256()
    query = select(BatchFile.sha256, BatchFile.path).where(BatchFile.batch_id == batch_id).order_by(BatchFile.path)
    for sha256, path in session.execute(query):
        digest.update(f"{sha256 or '-' * 64}  {path}\n".encode())
    return digest.hexdigest()


def ledger(session: Session, batch_id: str) -> str:
    """SHA-256 over the batch's pages as they stand: the state, number and item of each, its folder as it is listed."""
    digest = hashlib.sha256()
    query = (
        select(
            LedgerPage.id, LedgerPage.state, LedgerPage.reason, LedgerPage.number,
            BatchFolder.archival_number, BatchFolder.title, BatchItem.id, BatchItem.number,
        )
        .join(BatchFolder, BatchFolder.id == LedgerPage.folder_id)
        .outerjoin(BatchItem, BatchItem.id == LedgerPage.item_id)
        .where(LedgerPage.batch_id == batch_id)
        .order_by(LedgerPage.id)
    )  # fmt: skip
    for row in session.execute(query):
        digest.update(f"{json.dumps(list(row))}\n".encode())
    return digest.hexdigest()


def _unfound(session: Session, batch_id: str) -> list[str]:
    """The numbers of the manifest's entries that have no folder, whatever was answered to that."""
    query = select(BatchException).where(
        BatchException.batch_id == batch_id,
        BatchException.code == batch_manifest.MISSING,
        BatchException.answer.is_distinct_from(exceptions.WITHDRAWN),
    )
    return [str(row.details["archival_number"]) for row in session.scalars(query.order_by(BatchException.id))]


def _files(session: Session, batch_id: str, whole: Callable[[str], bool]) -> list[FileLine]:
    rejected = select(LedgerPage.file_id, LedgerPage.reason).where(
        LedgerPage.batch_id == batch_id, LedgerPage.state == "rejected", LedgerPage.page_id.is_(None)
    )
    reasons = {file: reason for file, reason in session.execute(rejected)}  # noqa: C416  # rows are no pairs to mypy
    pages = select(LedgerPage.file_id).where(LedgerPage.batch_id == batch_id, LedgerPage.page_id.is_not(None))
    read = set(session.scalars(pages.distinct()))  # what went wrong with them later concerns their sources alone
    known: dict[str, bool] = {}
    found = []
    for file in session.scalars(select(BatchFile).where(BatchFile.batch_id == batch_id).order_by(BatchFile.position)):
        if file.sha256 is not None and file.sha256 not in known:
            known[file.sha256] = whole(file.sha256)
        kept = None if file.sha256 is None else known[file.sha256]
        error = None if file.id in read else file.error_code
        found.append(FileLine(file.id, file.folder_id, kept, error, reasons.get(file.id)))
    return found


def _pages(session: Session, batch_id: str) -> list[PageLine]:
    query = (
        select(LedgerPage, BatchItem.number, Page.measures)
        .outerjoin(BatchItem, BatchItem.id == LedgerPage.item_id)
        .outerjoin(Page, Page.id == LedgerPage.page_id)
        .where(LedgerPage.batch_id == batch_id)
        .order_by(LedgerPage.folder_id, LedgerPage.number, LedgerPage.id)
    )
    return [_page(row, item, measures) for row, item, measures in session.execute(query)]


def _page(row: LedgerPage, item: int | None, kept: object) -> PageLine:
    measures = None if kept is None else wire.load(PageMeasures, kept)
    return PageLine(row.id, row.folder_id, row.number, row.state, item, row.file_id, measures)  # type: ignore[arg-type]
