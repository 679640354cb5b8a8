"""The rows of the queue; what may be done with them stands in ``models/jobs.py``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, identifier, new_id, now

READ_FILE = "read_file"
DRAFT_CASE = "draft_case"
REREAD_PAGES = "reread_pages"
READ_REGION = "read_region"
ASSEMBLE_FOLDER = "assemble_folder"
SETTLE_LOT = "settle_lot"
CHECK_BATCH = "check_batch"
EXPORT_BATCH = "export_batch"


class Job(Base):
    """One piece of work; ``kind`` tells what the subject is.

    ``read_file``: the upload file; ``draft_case``: the case; ``reread_pages``: the edit that turned them;
    ``read_region``: the reading of one place that somebody asked for; ``assemble_folder``: the folder of a batch;
    ``settle_lot``: a lot of drafts; ``check_batch``: an acceptance; ``export_batch``: a package.

    ``attempts`` counts the claims and ``lost`` those whose worker vanished or broke, both since it was last queued by a
    person or a program.
    """

    __tablename__ = "jobs"

    id: Mapped[str] = identifier()
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(26), index=True)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime] = mapped_column(default=now)
    error_code: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (Index("ix_jobs_state_not_before", "state", "not_before"),)


def enqueue(session: Session, kind: str, subject_id: str) -> Job:
    """Add a job; ring its id only after the commit."""
    moment = now()
    job = Job(id=new_id(), kind=kind, subject_id=subject_id, not_before=moment, created_at=moment, updated_at=moment)
    session.add(job)
    return job
