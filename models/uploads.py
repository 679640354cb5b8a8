"""Receiving uploads: what was handed in becomes rows, jobs and an audit row, once.

Known bytes are recognised by their SHA-256 and linked; a request that is repeated under its Idempotency-Key gives the
same upload again. The rows themselves stand in ``models/upload_rows.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake.errors import IdempotencyMismatchError, UploadEmptyError
from intake.options import QueueOptions
from models import audit
from models.base import new_id, now
from models.batch_ledger import ARCHIVE
from models.cases import Case, hold
from models.database import Unit, lock
from models.job_rows import READ_FILE, enqueue
from models.links import CLOSED
from models.settling import settle_case, share
from models.slips import JOINED
from models.upload_rows import IdempotencyKey, StoredFile, Upload, UploadFile
from models.upload_views import FileStatus, UploadStatus, status

__all__ = [
    "FileStatus",
    "Idempotency",
    "IdempotencyKey",
    "IncomingFile",
    "Received",
    "StoredFile",
    "Upload",
    "UploadFile",
    "UploadStatus",
    "forget_keys",
    "receive",
    "status",
]

LINKABLE = ("queued", "reading", "read")
"""States of a file that a later copy of the same bytes is linked to; after a failure the bytes are read anew."""

WELCOMING = ("reading", "drafted", "confirmed")
"""States of a case that an upload of nothing but known files joins; from the others a new case is made."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file at the door: kept already (``sha256``, ``media_type``), or refused (``error_code``, ``error_details``)."""

    name: str
    size: int
    sha256: str | None = None
    media_type: str | None = None
    error_code: str | None = None
    error_details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The sender's key and the SHA-256 of the whole request."""

    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Received:
    """The upload, the jobs to ring after the commit, and whether it is the answer to an earlier, same request."""

    upload: Upload
    job_ids: tuple[str, ...]
    replayed: bool = False


def receive(
    unit: Unit,
    *,
    user_id: str,
    files: Sequence[IncomingFile],
    via: str,
    customer_number: str | None = None,
    joins: str | None = None,
    idempotency: Idempotency | None = None,
    into: str | None = None,
) -> Received:
    """Enter an upload whose bytes are in the store: its rows, its jobs and its audit row, all in this unit.

    Known bytes are linked, not read again. An upload of nothing but known files of one case joins that case; in
    every other the kept reading of a known file is copied into the new case, now or as soon as it exists. ``into`` is a
    case that all of it joins at once, ``joins`` one that its papers move to when they are read (:mod:`models.slips`).
    Raises UploadEmptyError without files, IdempotencyMismatchError for a known key with another body, and LookupError
    where ``into`` takes no papers any more: it was discarded, or its own moved to another case.
    """
    if not files:
        raise UploadEmptyError
    session = unit.session
    earlier = _replayed(session, user_id, idempotency)
    if earlier is not None:
        return Received(earlier, (), replayed=True)
    origins = _origins(session, files)
    known_home = None if into or joins else _home(session, files, origins, customer_number)
    home = known_home if into is None else _welcoming(session, into, via)
    case = home or Case(id=new_id(), created_by=user_id, state="reading", title="", created_at=now())
    upload = Upload(id=new_id(), created_by=user_id, case_id=case.id, via=via, created_at=now())
    upload.customer_number, upload.joins = customer_number, joins
    session.add(case)
    session.flush()
    session.add(upload)
    session.flush()
    job_ids = _enter(session, upload, files, origins)
    if known_home is None:
        job_ids += settle_case(session, case.id, added=True)
    _remember(session, upload, idempotency)
    _witness(unit, upload)
    return Received(upload, tuple(job_ids))


def forget_keys(unit: Unit, options: QueueOptions | None = None) -> int:
    """Forget the idempotency keys past their hours; gives how many."""
    oldest = now() - timedelta(hours=(options or QueueOptions()).idempotency_hours)
    gone = delete(IdempotencyKey).where(IdempotencyKey.created_at < oldest).returning(IdempotencyKey.id)
    return len(unit.session.scalars(gone).all())


def _replayed(session: Session, user_id: str, idempotency: Idempotency | None) -> Upload | None:
    """The upload that this key made within its hours; a key past them is forgotten on the way."""
    if idempotency is None:
        return None
    lock(session, f"idempotency:{user_id}:{idempotency.key}")
    found = session.scalar(
        select(IdempotencyKey).where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == idempotency.key)
    )
    if found is None:
        return None
    if found.created_at < now() - timedelta(hours=QueueOptions().idempotency_hours):
        session.delete(found)
        session.flush()
        return None
    if found.body_hash != idempotency.body_hash:
        raise IdempotencyMismatchError
    return session.get_one(Upload, found.upload_id)


def _origins(session: Session, files: Sequence[IncomingFile]) -> dict[str, UploadFile]:
    """The file that each known content is linked to. Until this unit ends, no other enters or settles these."""
    kept = {file.sha256: file for file in files if file.sha256 is not None}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for sha256 in sorted(kept):
        lock(session, f"content:{sha256}")
        row = {"sha256": sha256, "size": kept[sha256].size, "media_type": kept[sha256].media_type, "created_at": now()}
        session.execute(insert(StoredFile).values(row).on_conflict_do_nothing())
    known = select(UploadFile).where(UploadFile.sha256.in_(kept), UploadFile.state.in_(LINKABLE))
    return {str(file.sha256): file for file in session.scalars(known.order_by(UploadFile.id))}


def _home(
    session: Session, files: Sequence[IncomingFile], origins: Mapping[str, UploadFile], customer_number: str | None
) -> Case | None:
    """The one case that already holds every file of the upload, unless it is closed or about another customer.

    It is held until the unit ends, so that it is neither closed nor left by those files before this upload is in it.
    A file of a batch lies with all others of its folder: what is handed in elsewhere does not come among those.
    """
    if any(file.sha256 not in origins for file in files):
        return None
    uploads = [origins[str(file.sha256)].upload for file in files]
    if any(upload.via == ARCHIVE for upload in uploads):
        return None
    if len({upload.case_id for upload in uploads}) > 1:
        return None
    case = hold(session, uploads[0].case_id)
    for upload in uploads:
        session.refresh(upload)  # before the case was held they may have moved to another one
    if {upload.case_id for upload in uploads} != {case.id}:
        return None
    same_customer = customer_number in (None, *(upload.customer_number for upload in uploads))
    return case if same_customer and case.state in WELCOMING else None


def _welcoming(session: Session, case_id: str, via: str) -> Case:
    """A case that an upload is to join, held until the unit ends.

    The one in which a folder of a batch is read is guarded by its folder, which takes files as long as it is not put
    together; whoever files it holds the folder before the case, and would wait in a circle for who holds the case.
    """
    if via == ARCHIVE:
        return session.get_one(Case, case_id)
    case = hold(session, case_id)
    if case.state in {*CLOSED, JOINED}:
        raise LookupError(case_id)
    return case


def _enter(
    session: Session, upload: Upload, files: Sequence[IncomingFile], origins: Mapping[str, UploadFile]
) -> list[str]:
    """Write the rows of the files, and the jobs of those that are to be read; gives the jobs' ids."""
    known, job_ids = dict(origins), list[str]()
    for position, incoming in enumerate(files):
        origin = known.get(incoming.sha256 or "")
        file = _row(upload, position, incoming, origin)
        session.add(file)
        session.flush()
        if file.state == "queued":
            known[str(file.sha256)] = file
            job_ids.append(enqueue(session, READ_FILE, file.id).id)
        elif origin is not None and file.settled_at is not None:
            share(session, origin, file)
    session.flush()
    return job_ids


def _row(upload: Upload, position: int, incoming: IncomingFile, origin: UploadFile | None) -> UploadFile:
    file = UploadFile(
        id=new_id(), upload=upload, position=position, name=incoming.name, size=incoming.size, sha256=incoming.sha256
    )
    file.state = "queued"
    if incoming.error_code is not None:
        file.state, file.settled_at, file.error_code = "rejected", now(), incoming.error_code
        file.error_details = dict(incoming.error_details or {})
    elif origin is not None:
        file.state, file.linked_to, file.page_count = "linked", origin.id, origin.page_count
        file.slips = origin.slips
        file.settled_at = now() if origin.state == "read" else None
    return file


def _remember(session: Session, upload: Upload, idempotency: Idempotency | None) -> None:
    if idempotency is not None:
        key, body_hash = idempotency.key, idempotency.body_hash
        session.add(IdempotencyKey(user_id=upload.created_by, key=key, body_hash=body_hash, upload_id=upload.id))


def _witness(unit: Unit, upload: Upload) -> None:
    states = [file.state for file in upload.files]
    details = {state: states.count(state) for state in sorted(set(states))} | {
        "via": upload.via,
        "case": upload.case_id,
    }
    audit.append(
        unit,
        actor=upload.created_by,
        action="upload.received",
        subject_kind="upload",
        subject_id=upload.id,
        details=details,
    )
