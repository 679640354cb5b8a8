"""The page ledger of a batch: written when a file settles, counted, asked where a page is, and closed when it balances.

What was **received** is told by the files (the pages that their readings count, one for a source that could not be
read), where the pages **stand** by the ledger's rows: two books that are kept apart and have to agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from intake.archive import exceptions as kinds
from intake.archive.ledger import Balance, balance
from intake.archive.pace import PaceOptions, is_run_of_failures
from intake.errors import (
    BatchClosedError,
    ExceptionsOpenError,
    FolderBusyError,
    FolderFixedError,
    LedgerUnbalancedError,
    SourceRejectedError,
)
from models import audit, batch_exceptions, batches
from models.base import new_id, now
from models.batch_rows import Batch, BatchException, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Unit
from models.job_rows import ASSEMBLE_FOLDER, Job, enqueue
from models.upload_rows import UploadFile

ARCHIVE = "archive"
"""What uploads of batches came ``via``."""

READ = ("read", "linked")
"""States of a settled file whose pages are known."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one page is: in which folder, source and page of it, and what became of it."""

    ledger_page_id: str
    box: str
    number: int
    folder: str
    folder_number: int
    archival_number: str | None
    path: str
    file_page: int
    state: str
    item: int | None
    reason: str | None
    case_id: str | None
    page_id: str | None
    is_final: bool


# ---- written when files settle --------------------------------------------------------------------------------------


def settle(unit: Unit, file: UploadFile) -> None:
    """Enter the pages of a settled file that is a batch's; every other file is none of ours."""
    if file.upload.via != ARCHIVE:
        return
    query = select(BatchFile).where(BatchFile.upload_file_id == file.id).with_for_update(key_share=True)
    source = unit.session.scalar(query.execution_options(populate_existing=True))
    if source is not None:
        enter(unit, source, file)


def enter(unit: Unit, source: BatchFile, file: UploadFile) -> None:
    """Enter a source's pages as they were read, or one page that waits for a person where it could not be read."""
    if file.state in READ:
        _enter_pages(unit.session, source, file)
        return
    code = file.error_code or "file.damaged"
    put_aside(unit, source, kinds.QUARANTINED if file.state == "quarantined" else kinds.UNREADABLE, code)
    _look_at_failures(unit, source)


def put_aside(unit: Unit, source: BatchFile, kind: str, code: str) -> None:
    """Let one page of the ledger wait for a person who says what becomes of an unreadable source.

    Of one that was rejected already nothing is asked.
    """
    session = unit.session
    source.error_code = code
    page = session.scalar(select(LedgerPage).where(LedgerPage.file_id == source.id, LedgerPage.page_index == 0))
    if page is None:
        page = _page(source, 0, None)
        session.add(page)
        session.flush()
    if source.rejected is not None:
        return
    batch_exceptions.note(
        unit,
        batch_id=source.batch_id,
        folder_id=source.folder_id,
        file_id=source.id,
        ledger_page_id=page.id,
        code=kind,
        details={"code": code},
    )


def folder_of(session: Session, case_id: str) -> BatchFolder | None:
    """The folder whose files are read in a case, if it is one of those."""
    return session.scalar(select(BatchFolder).where(BatchFolder.case_id == case_id))


def due(session: Session, folder: BatchFolder) -> list[str]:
    """When every file of a folder is settled, queue its assembling, once; gives the job to ring."""
    session.refresh(folder, with_for_update={"key_share": True})
    if folder.state in {"confirmed", "assembled"} or not is_settled(session, folder.id):
        return []
    folder.state = "reading" if folder.state == "waiting" else folder.state
    return queue_assembling(session, folder.id)


def queue_assembling(session: Session, folder_id: str) -> list[str]:
    """Queue the assembling of a folder where none waits; gives the job to ring."""
    waiting = select(Job.id).where(Job.kind == ASSEMBLE_FOLDER, Job.subject_id == folder_id, Job.state == "queued")
    if session.scalar(waiting) is not None:
        return []
    job = enqueue(session, ASSEMBLE_FOLDER, folder_id)
    session.flush()
    return [job.id]


def get_stuck(unit: Unit, folder_id: str, code: str) -> None:
    """Ask people about a folder that could not be put together, however often it was tried."""
    folder = unit.session.get_one(BatchFolder, folder_id, with_for_update={"key_share": True}, populate_existing=True)
    folder.state = "asks"
    unit.session.flush()
    batch_exceptions.note(unit, batch_id=folder.batch_id, folder_id=folder.id, code=kinds.STUCK, details={"code": code})


def is_settled(session: Session, folder_id: str) -> bool:
    """Whether nothing more happens to any file of a folder by itself."""
    open_file = _unsettled().where(BatchFile.folder_id == folder_id)
    # What has not entered yet lies at the end: a folder of many thousand files is not looked through for it.
    return session.scalar(open_file.order_by(BatchFile.position.desc()).limit(1)) is None


def _unsettled() -> Select[str]:
    """Files of batches to which something happens by itself yet."""
    return (
        select(BatchFile.id)
        .outerjoin(UploadFile, UploadFile.id == BatchFile.upload_file_id)
        .where(BatchFile.state != "quarantined", UploadFile.settled_at.is_(None))
    )


def require_open(session: Session, file_id: str) -> None:
    """Raise why a file that was put aside is not read any more: a batch has done without it. Other files always may be.

    Raises FolderFixedError, SourceRejectedError.
    """
    query = select(BatchFile).where(BatchFile.upload_file_id == file_id).with_for_update(key_share=True)
    source = session.scalar(query.execution_options(populate_existing=True))
    if source is None:
        return
    folder = session.get_one(BatchFolder, source.folder_id, with_for_update={"key_share": True}, populate_existing=True)
    if folder.state in {"confirmed", "assembled"}:
        raise FolderFixedError
    if source.rejected is not None:
        raise SourceRejectedError


def reopen(session: Session, file: UploadFile) -> None:
    """A quarantined file is tried again as a person asked: the question about it is taken back, its page waits."""
    if file.upload.via != ARCHIVE:
        return
    rows = session.scalars(
        select(BatchException)
        .join(BatchFile, BatchFile.id == BatchException.file_id)
        .where(BatchFile.upload_file_id == file.id, BatchException.code == kinds.QUARANTINED)
        .where(BatchException.state == "open")
    )
    for row in rows:
        row.state, row.answer, row.settled_at = "settled", kinds.RETRY, now()
    session.flush()


def _enter_pages(session: Session, source: BatchFile, file: UploadFile) -> None:
    rows = session.execute(
        select(Page.page_index, Page.id).where(Page.upload_file_id == file.id).order_by(Page.page_index)
    )
    before = {
        page.page_index: page for page in session.scalars(select(LedgerPage).where(LedgerPage.file_id == source.id))
    }
    for index, page_id in rows:
        if index not in before:
            session.add(_page(source, index, page_id))
        elif before[index].page_id is None:
            before[index].page_id = page_id
    source.error_code = None
    session.flush()


def _page(source: BatchFile, index: int, page_id: str | None) -> LedgerPage:
    page = LedgerPage(id=new_id(), batch_id=source.batch_id, folder_id=source.folder_id, file_id=source.id)
    page.page_index, page.page_id, page.reason = index, page_id, source.rejected
    page.state = "waiting" if source.rejected is None else "rejected"
    return page


def _look_at_failures(unit: Unit, source: BatchFile, options: PaceOptions | None = None) -> None:
    """Pause the batch where the latest files all failed alike: the cause lies outside of them."""
    session = unit.session
    chosen = options or PaceOptions()
    batch = session.get_one(Batch, source.batch_id)
    latest = (
        select(UploadFile.error_code)
        .join(BatchFile, BatchFile.upload_file_id == UploadFile.id)
        .where(BatchFile.batch_id == batch.id, UploadFile.settled_at.is_not(None))
        .order_by(UploadFile.settled_at.desc())
        .limit(chosen.like_failures)
    )
    resumed = batch.policy.get(batches.RESUMED)
    if resumed is not None:
        latest = latest.where(UploadFile.settled_at > datetime.fromisoformat(str(resumed)))
    session.flush()
    codes = list(session.scalars(latest))
    if is_run_of_failures(codes, chosen):
        batches.pause(unit, batch.id, "worker", "like_failures", {"code": codes[0]})


# ---- counted, asked, closed -----------------------------------------------------------------------------------------


def counts(session: Session, batch_id: str) -> dict[str, int]:
    """How many pages were received, and how many stand in each state."""
    states = select(LedgerPage.state, func.count()).where(LedgerPage.batch_id == batch_id).group_by(LedgerPage.state)
    return {**dict(session.execute(states).all()), "received": received(session, batch_id)}


def received(session: Session, batch_id: str) -> int:
    """The pages that a batch's files have, by their readings; one for each that could not be read."""
    pages = case((UploadFile.state.in_(READ), func.coalesce(UploadFile.page_count, 0)), else_=1)
    query = (
        select(func.sum(pages))
        .select_from(BatchFile)
        .outerjoin(UploadFile, UploadFile.id == BatchFile.upload_file_id)
        .where(BatchFile.batch_id == batch_id)
        .where((BatchFile.state == "quarantined") | UploadFile.settled_at.is_not(None))
    )
    return session.scalar(query) or 0


def balance_of(session: Session, batch_id: str) -> Balance:
    """The ledger's balance."""
    return balance(counts(session, batch_id))


def where(session: Session, batch_id: str, box: str, number: int) -> Whereabouts | None:
    """Where the ``number``-th page (from 1) of a box is; ``None`` where the box has no such page.

    Pages count through the folders of the box in their order: inside a folder as they lie once it is put together,
    before that as the files came.
    """
    left = number - 1
    for folder in _folders(session, batch_id, box):
        count = session.scalar(select(func.count()).where(LedgerPage.folder_id == folder.id)) or 0
        if 0 <= left < count:
            return _whereabouts(session, folder, left, number)
        left -= count
    return None


def close(unit: Unit, batch_id: str, user_id: str) -> Balance:
    """Close a batch whose every page stands in its place and whose every question is answered.

    Raises BatchClosedError, FolderBusyError where files or folders are not through, ExceptionsOpenError,
    LedgerUnbalancedError.
    """
    session = unit.session
    batch = session.get_one(Batch, batch_id, with_for_update={"key_share": True}, populate_existing=True)
    if batch.state == "closed":
        raise BatchClosedError
    found = balance_of(session, batch_id)
    open_folder = select(BatchFolder.id).where(BatchFolder.batch_id == batch_id, BatchFolder.state != "assembled")
    coming = _unsettled().where(BatchFile.batch_id == batch_id)
    waiting = batch_exceptions.count_open(session, batch_id)
    if waiting:
        raise ExceptionsOpenError(count=waiting)
    if session.scalar(open_folder.limit(1)) is not None or session.scalar(coming.limit(1)) is not None:
        raise FolderBusyError
    if not found.closes:
        raise LedgerUnbalancedError(received=found.received, settled=found.settled, waiting=found.waiting)
    batch.state, batch.closed_at, batch.reason_code = "closed", now(), None
    session.flush()
    audit.append(
        unit,
        actor=user_id,
        action="batch.closed",
        subject_kind="batch",
        subject_id=batch_id,
        details={name: count for name, count in asdict(found).items() if name != "waiting"},
    )
    return found


def _folders(session: Session, batch_id: str, box: str) -> Sequence[BatchFolder]:
    query = select(BatchFolder).where(BatchFolder.batch_id == batch_id, BatchFolder.box == box)
    return session.scalars(query.order_by(BatchFolder.position)).all()


def _whereabouts(session: Session, folder: BatchFolder, index: int, number: int) -> Whereabouts:
    page, path, item, case_id = session.execute(
        select(LedgerPage, BatchFile.path, BatchItem.number, BatchItem.case_id)
        .join(BatchFile, BatchFile.id == LedgerPage.file_id)
        .outerjoin(BatchItem, BatchItem.id == LedgerPage.item_id)
        .where(LedgerPage.folder_id == folder.id)
        .order_by(LedgerPage.number.is_(None), LedgerPage.number, BatchFile.position, LedgerPage.page_index)
        .offset(index)
        .limit(1)
    ).one()
    return Whereabouts(
        ledger_page_id=page.id,
        box=folder.box,
        number=number,
        folder=folder.name,
        folder_number=index + 1,
        archival_number=folder.archival_number,
        path=path,
        file_page=page.page_index + 1,
        state=page.state,
        item=item,
        reason=page.reason,
        case_id=case_id,
        page_id=page.page_id,
        is_final=folder.state == "assembled",
    )
