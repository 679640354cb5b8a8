"""What follows from an answer to an exception of a batch: pages are rejected, a source or a folder is tried again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.errors import AnswerUnfitError, FolderFixedError
from models import batch_exceptions, batch_items
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder, LedgerPage
from models.database import Unit
from models.job_rows import ASSEMBLE_FOLDER, enqueue


def settle(
    unit: Unit, exception_id: str, user_id: str, answer: str, at: datetime, *, reason: str | None = None
) -> list[str]:
    """Write down what a person answered, and do it: pages of its file are rejected (with ``reason``), a file retried.

    Gives the jobs to ring.

    Raises LookupError for an unknown exception, AnswerUnfitError for an answer that it does not take or takes no more,
    FolderFixedError where the items of its folder are fixed already.
    """
    row = unit.session.get(BatchException, exception_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None:
        raise LookupError(exception_id)
    taken = batch_exceptions.answers_of(row.code)
    if row.state != "open" or answer not in taken or answer == kinds.CONFIRMED:
        raise AnswerUnfitError(answers=list(taken))
    due: list[str] = []
    if answer == kinds.REJECT:
        due = _reject(unit, row, reason)
    elif answer == kinds.RETRY:
        due = _retry(unit.session, row)
    batch_exceptions.write_answer(unit, row, user_id, answer, at)
    return due


def _reject(unit: Unit, row: BatchException, reason: str | None) -> list[str]:
    """Reject the file that the exception is about with its pages; the folder must not be fixed. Gives the jobs to ring.

    Pages of it that are still to be read are rejected when they come.

    A folder that was put together beside a quarantined file is so anew: what was not asked for its sake is asked now.
    One of which other files are still on their way is put together after those. Of any other that was put together the
    items are counted anew.
    """
    session = unit.session
    file = session.get_one(BatchFile, row.file_id, with_for_update={"key_share": True}, populate_existing=True)
    folder = _open_folder(session, row)
    known = kinds.DUPLICATE if row.code == kinds.DUPLICATE else kinds.reason_for(str(row.details.get("code", "")))
    chosen = reason or known
    if chosen not in kinds.REASONS:
        raise AnswerUnfitError(answers=list(kinds.REASONS))
    file.rejected = chosen
    pages = session.scalars(select(LedgerPage).where(LedgerPage.file_id == file.id).with_for_update(key_share=True))
    for page in pages:
        page.state, page.item_id, page.reason = "rejected", None, chosen
    session.flush()
    if row.code == kinds.QUARANTINED and folder.state == "asks":
        return _put_together_anew(session, folder)
    if folder.state == "asks":
        batch_items.count_anew(unit, folder)
    return []


def _retry(session: Session, row: BatchException) -> list[str]:
    """Let a source be taken in anew, as it is now; the page that stood for it is taken out of the ledger.

    A folder that could not be put together is put together again. Gives the jobs to ring.
    """
    if row.file_id is None:
        return _put_together_anew(session, _open_folder(session, row))
    file = session.get_one(BatchFile, row.file_id, with_for_update={"key_share": True}, populate_existing=True)
    folder = _open_folder(session, row)
    file.state, file.attempts, file.error_code, file.upload_file_id, file.sha256 = "found", 0, None, None, None
    file.rejected = None
    folder.state = "reading"
    batch = session.get_one(Batch, row.batch_id)
    batch.state = "running" if batch.state == "read" else batch.state
    pages = session.scalars(select(LedgerPage).where(LedgerPage.file_id == file.id)).all()
    ids = [page.id for page in pages]
    session.execute(update(BatchException).where(BatchException.ledger_page_id.in_(ids)).values(ledger_page_id=None))
    for page in pages:
        session.delete(page)
    session.flush()
    return []


def _open_folder(session: Session, row: BatchException) -> BatchFolder:
    """The folder of an exception, held after its file as everywhere; raises FolderFixedError."""
    folder = session.get_one(BatchFolder, row.folder_id, with_for_update={"key_share": True}, populate_existing=True)
    if folder.state in {"confirmed", "assembled"}:
        raise FolderFixedError
    return folder


def _put_together_anew(session: Session, folder: BatchFolder) -> list[str]:
    folder.state = "reading"
    job = enqueue(session, ASSEMBLE_FOLDER, folder.id)
    session.flush()
    return [job.id]
