"""How files and cases come to rest: what follows when a file was read, failed, was put aside or is tried again.

Every function works inside the caller's transaction. A file's content is locked first and its cases' rows after it, in
order, so that an upload that links to the file at the same moment either sees it settled or is settled with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.errors import ReviewError
from models import audit, batch_ledger
from models.base import now
from models.cases import copy_reading, hold
from models.database import Unit, lock
from models.job_rows import DRAFT_CASE, Job, enqueue
from models.upload_rows import Upload, UploadFile


def begin_file(session: Session, file_id: str) -> None:
    """Say that a worker is reading the file."""
    session.get_one(UploadFile, file_id, populate_existing=True).state = "reading"
    session.flush()


def settle_file(
    unit: Unit,
    file_id: str,
    state: str,
    code: str | None = None,
    details: Mapping[str, Any] | None = None,
    *,
    actor: str = "worker",
) -> list[str]:
    """Settle a file and those linked to it as ``read``, ``failed`` or ``quarantined``; gives the draft jobs to ring.

    What settled the file itself is written into the audit by the caller; of each linked one it is written here.
    """
    session = unit.session
    file = session.get_one(UploadFile, file_id)
    lock(session, f"content:{file.sha256}")
    followers = session.scalars(
        select(UploadFile).where(UploadFile.linked_to == file_id, UploadFile.settled_at.is_(None))
    ).all()
    for settled in (file, *followers):
        settled.state = "linked" if state == "read" and settled is not file else state
        settled.error_code, settled.error_details = code, None if details is None else dict(details)
        settled.settled_at, settled.page_count, settled.slips = now(), file.page_count, file.slips
        if settled is not file:
            _follow(unit, file, settled, actor)
        batch_ledger.settle(unit, settled)
    session.flush()
    cases = sorted({settled.upload.case_id for settled in (file, *followers)})
    return [job_id for case_id in cases for job_id in settle_case(session, case_id, added=state == "read")]


def _follow(unit: Unit, origin: UploadFile, file: UploadFile, actor: str) -> None:
    """A linked file meets its origin's fate: it shares what was read, or the failure; the audit tells which."""
    if origin.state == "read":
        share(unit.session, origin, file)
    details = {"state": file.state, "origin": origin.id} | ({"code": file.error_code} if file.error_code else {})
    audit.append(
        unit, actor=actor, action="file.settled", subject_kind="upload_file", subject_id=file.id, details=details
    )


def settle_case(session: Session, case_id: str, *, added: bool) -> list[str]:
    """When every file of a case is settled, queue its draft, exactly once; or call the case failed when none was read.

    ``added`` says that the case has new documents: one that had its draft already gets another only then. The case in
    which a folder of a batch is read gets no draft: the folder is put together instead.
    """
    folder = batch_ledger.folder_of(session, case_id)
    if folder is not None:
        return batch_ledger.due(session, folder)
    case = hold(session, case_id)
    files = session.scalars(select(UploadFile).join(Upload).where(Upload.case_id == case_id)).all()
    if any(file.settled_at is None for file in files) or (case.state != "reading" and not added):
        return []
    if not any(file.state in {"read", "linked"} for file in files):
        case.state = "failed"
        return []
    waiting = select(Job.id).where(Job.kind == DRAFT_CASE, Job.subject_id == case_id, Job.state == "queued")
    if session.scalar(waiting) is not None:
        return []
    job = enqueue(session, DRAFT_CASE, case_id)
    session.flush()
    return [job.id]


def reopen_file(session: Session, file_id: str) -> None:
    """Take a quarantined file and those linked to it back on the way; a case that had failed is being read again.

    Raises FolderFixedError or SourceRejectedError where it is a batch's that has done without it; such a one that is
    linked stays where it is.
    """
    file = session.get_one(UploadFile, file_id, populate_existing=True)
    lock(session, f"content:{file.sha256}")
    batch_ledger.require_open(session, file.id)
    linked = session.scalars(
        select(UploadFile).where(UploadFile.linked_to == file.id, UploadFile.state == "quarantined")
    ).all()
    followers = [one for one in linked if _is_open(session, one)]
    for reopened in (file, *followers):
        reopened.state = "queued" if reopened is file else "linked"
        reopened.error_code = reopened.error_details = reopened.settled_at = None
        batch_ledger.reopen(session, reopened)
    for case_id in sorted({reopened.upload.case_id for reopened in (file, *followers)}):
        case = hold(session, case_id)
        case.state = "reading" if case.state == "failed" else case.state


def _is_open(session: Session, file: UploadFile) -> bool:
    try:
        batch_ledger.require_open(session, file.id)
    except ReviewError:
        return False
    return True


def share(session: Session, origin: UploadFile, file: UploadFile) -> None:
    """Give a linked file's case the origin's reading, unless it is the same case.

    A batch's file has pages of its own even then: each is accounted for.
    """
    if origin.upload.case_id != file.upload.case_id or file.upload.via == batch_ledger.ARCHIVE:
        copy_reading(session, origin.id, file.id, file.upload.case_id)
