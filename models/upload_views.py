"""What the portal and the API show of uploads: plain data, no rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.pictures import Glance
from models import glances
from models.cases import Case, Document
from models.draft_rows import Draft
from models.upload_rows import Upload, UploadFile
from models.views import names_of

Known = tuple[Counter[str], dict[str, tuple[Glance, ...]]]
"""What is known of many files at once: how many documents each has, and what the first look told."""


@dataclass(frozen=True, slots=True)
class FileStatus:
    """Where one file stands; ``name`` is for people only. ``documents`` counts the papers found in it.

    ``glances`` are what the first look at it told, sheet by sheet; none where nobody has looked yet.
    """

    id: str
    position: int
    name: str
    size: int
    state: str
    error_code: str | None
    error_details: dict[str, Any] | None
    linked_to: str | None
    page_count: int | None
    documents: int
    settled_at: datetime | None
    glances: tuple[Glance, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """Where an upload stands. ``case_state`` tells how far its case is; ``draft_id`` is its latest draft.

    ``title`` and ``case_number`` are the case's. ``case_created_by`` may be another account than ``created_by``: papers
    that came before join the case that has them. ``joins`` is the number of the case to which the papers were handed
    in, ``joining`` what became of that (:mod:`models.slips`), ``None`` until they are read.
    """

    id: str
    created_by: str
    created_by_name: str
    created_at: datetime
    via: str
    customer_number: str | None
    case_id: str
    case_number: str | None
    case_created_by: str
    case_state: str
    title: str
    draft_id: str | None
    files: tuple[FileStatus, ...]
    joins: str | None = None
    joining: str | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself: all files settled and the case no longer being read."""
        return self.case_state != "reading" and all(file.settled_at is not None for file in self.files)


def status(session: Session, upload_id: str) -> UploadStatus | None:
    """Gather where the upload stands; ``None`` where there is none of that id."""
    upload = session.get(Upload, upload_id)
    return None if upload is None else statuses(session, [upload])[0]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """That a content came in before: in which upload, and when."""

    sha256: str
    upload_id: str
    created_at: datetime


def known(session: Session, hashes: Sequence[str], user_id: str | None) -> tuple[KnownFile, ...]:
    """Of these contents those that an account handed in itself, or anyone where ``user_id`` is ``None``; the latest."""
    kept = UploadFile.state.in_(("queued", "reading", "read", "linked"))
    each = select(UploadFile.sha256, func.max(UploadFile.upload_id).label("upload_id"))
    each = each.where(UploadFile.sha256.in_(hashes), kept).group_by(UploadFile.sha256)
    if user_id is not None:
        each = each.join(Upload).where(Upload.created_by == user_id)
    latest = each.subquery()  # a page that all papers have in common may have come ten thousand times
    found = select(latest.c.sha256, Upload.id, Upload.created_at).join(latest, latest.c.upload_id == Upload.id)
    return tuple(KnownFile(*row) for row in session.execute(found.order_by(Upload.id)))


def statuses(session: Session, rows: Sequence[Upload]) -> tuple[UploadStatus, ...]:
    """Gather where these uploads stand, in their order, in a few statements."""
    names = names_of(session, (row.created_by for row in rows))
    case_ids = {row.case_id for row in rows} | {row.joins for row in rows if row.joins is not None}
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(case_ids)))}
    latest = select(Draft.case_id, func.max(Draft.id)).where(Draft.case_id.in_(case_ids)).group_by(Draft.case_id)
    drafts: dict[str, str] = {row[0]: row[1] for row in session.execute(latest)}
    files = [file for row in rows for file in row.files]
    counts, looks = _documents(session, files), glances.of_files(session, (file.linked_to or file.id for file in files))
    return tuple(_status(row, cases, names, drafts.get(row.case_id), (counts, looks)) for row in rows)


def _status(
    upload: Upload, cases: dict[str, Case], names: dict[str, str], draft_id: str | None, known: Known
) -> UploadStatus:
    case, target = cases[upload.case_id], cases.get(upload.joins or "")
    return UploadStatus(
        id=upload.id,
        created_by=upload.created_by,
        created_by_name=names.get(upload.created_by, ""),
        created_at=upload.created_at,
        via=upload.via,
        customer_number=upload.customer_number,
        case_id=case.id,
        case_number=case.slip_number,
        case_created_by=case.created_by,
        case_state=case.state,
        title=case.title,
        draft_id=draft_id,
        files=tuple(_file(file, *known) for file in upload.files),
        joins=None if target is None else target.slip_number,
        joining=upload.joining,
    )


def _documents(session: Session, files: Iterable[UploadFile]) -> Counter[str]:
    """How many documents each file has, a linked file's being its own copies or its origin's."""
    ids = {name for file in files for name in (file.id, file.linked_to) if name is not None}
    found = (
        select(Document.upload_file_id, func.count())
        .where(Document.upload_file_id.in_(ids), Document.retired_by.is_(None))
        .group_by(Document.upload_file_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(found)})


def _file(file: UploadFile, counts: Counter[str], looks: dict[str, tuple[Glance, ...]]) -> FileStatus:
    return FileStatus(
        id=file.id,
        position=file.position,
        name=file.name,
        size=file.size,
        state=file.state,
        error_code=file.error_code,
        error_details=file.error_details,
        linked_to=file.linked_to,
        page_count=file.page_count,
        documents=counts[file.id] or counts[file.linked_to or ""],
        settled_at=file.settled_at,
        glances=looks.get(file.linked_to or file.id, ()),
    )
