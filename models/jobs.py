"""The queue itself: jobs as rows. Redis only rings; what is to be done stands here.

State of a job: ``queued`` → ``running`` (fence and lease) → ``done`` | ``failed`` (the file's own fault) |
``quarantined`` (three attempts lost).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now


class Job(Base):
    """One piece of work: ``kind`` is ``read_file`` or ``draft_case``; ``subject_id`` is the upload file or the case."""

    __tablename__ = "jobs"

    id: Mapped[str] = identifier()
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(26), index=True)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime] = mapped_column(default=now)
    error_code: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (Index("ix_jobs_state_not_before", "state", "not_before"),)
