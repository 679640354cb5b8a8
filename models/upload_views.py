"""What the portal and the API show of an upload: plain data, no rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases import Case, Document
from models.draft_rows import Draft
from models.upload_rows import Upload, UploadFile


@dataclass(frozen=True, slots=True)
class FileStatus:
    """Where one file stands; ``name`` is for people only. ``documents`` counts the papers found in it."""

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


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """Where an upload stands. ``case_state`` tells how far its case is; ``draft_id`` is its latest draft."""

    id: str
    created_by: str
    created_at: datetime
    via: str
    customer_number: str | None
    case_id: str
    case_state: str
    case_title: str
    draft_id: str | None
    draft_state: str | None
    files: tuple[FileStatus, ...]

    @property
    def settled(self) -> int:
        """How many files are settled."""
        return sum(file.settled_at is not None for file in self.files)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen by itself: all files settled and the case no longer being read."""
        return self.settled == len(self.files) and self.case_state != "reading"


def status(session: Session, upload_id: str) -> UploadStatus | None:
    """Gather where the upload stands; ``None`` where there is none of that id."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        return None
    case = session.get_one(Case, upload.case_id)
    latest = select(Draft.id, Draft.state).where(Draft.case_id == case.id).order_by(Draft.id.desc()).limit(1)
    draft = session.execute(latest).one_or_none()
    counts = _documents(session, upload)
    return UploadStatus(
        id=upload.id,
        created_by=upload.created_by,
        created_at=upload.created_at,
        via=upload.via,
        customer_number=upload.customer_number,
        case_id=case.id,
        case_state=case.state,
        case_title=case.title,
        draft_id=draft.id if draft else None,
        draft_state=draft.state if draft else None,
        files=tuple(_file(file, counts) for file in upload.files),
    )


def _documents(session: Session, upload: Upload) -> Counter[str]:
    """How many documents each file has, a linked file's being its own copies or its origin's."""
    ids = {file.id for file in upload.files} | {file.linked_to for file in upload.files if file.linked_to}
    found = (
        select(Document.upload_file_id, func.count())
        .where(Document.upload_file_id.in_(ids))
        .group_by(Document.upload_file_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(found)})


def _file(file: UploadFile, counts: Counter[str]) -> FileStatus:
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
    )
