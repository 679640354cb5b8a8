"""What operating looks at: jobs by state, the audit, the figures.

Lists go from the newest to the oldest; their cursor is the identifier of the last line that was shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import dashboard
from models.audit import AuditRow
from models.base import now
from models.jobs import Job
from models.uploads import UploadFile
from models.views import names_of


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job; ``upload_id`` names the upload that it works for, where there is one."""

    id: str
    kind: str
    state: str
    attempts: int
    lost: int
    error_code: str | None
    created_at: datetime
    updated_at: datetime
    upload_id: str | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, and the cursor of the next ones."""

    items: tuple[JobLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row of the audit; ``actor`` is shown by name where it is an account."""

    id: int
    at: datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some rows of the audit, and the cursor of the next ones."""

    items: tuple[AuditLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What operating watches: jobs by state, drafts that wait, and the age in seconds of the oldest of each."""

    jobs: dict[str, int]
    drafts_open: int
    oldest_job_seconds: float
    oldest_draft_seconds: float


def jobs(session: Session, state: str, cursor: str | None = None, limit: int = 50) -> JobPage:
    """The jobs of a state."""
    query = select(Job).where(Job.state == state).order_by(Job.id.desc()).limit(limit + 1)
    if cursor:
        query = query.where(Job.id < cursor)
    rows = session.scalars(query).all()
    files = select(UploadFile.id, UploadFile.upload_id).where(UploadFile.id.in_([row.subject_id for row in rows]))
    owners = {row[0]: row[1] for row in session.execute(files)}
    items = tuple(_job_line(row, owners.get(row.subject_id)) for row in rows[:limit])
    return JobPage(items, items[-1].id if len(rows) > limit else None)


def _job_line(row: Job, upload_id: str | None) -> JobLine:
    return JobLine(
        row.id,
        row.kind,
        row.state,
        row.attempts,
        row.lost,
        row.error_code,
        row.created_at,
        row.updated_at,
        upload_id,
    )


def job_counts(session: Session) -> Counter[str]:
    """How many jobs are in each state."""
    found = session.execute(select(Job.state, func.count()).group_by(Job.state))
    return Counter({row[0]: row[1] for row in found})


def drafts_waiting(session: Session) -> int:
    """How many drafts wait for a person."""
    return dashboard.ages(session, (), now()).waiting


def audit_rows(
    session: Session,
    *,
    actor: str | None = None,
    action: str | None = None,
    subject: str | None = None,
    cursor: int | None = None,
    limit: int = 50,
) -> AuditPage:
    """The audit, the latest first: of one actor (account identifier), one action, one subject (identifier)."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit + 1)
    wanted = ((AuditRow.actor, actor), (AuditRow.action, action), (AuditRow.subject_id, subject))
    for column, value in wanted:
        if value:
            query = query.where(column == value)
    if cursor:
        query = query.where(AuditRow.id < cursor)
    rows = session.scalars(query).all()
    names = names_of(session, (row.actor for row in rows))
    items = tuple(_audit_line(row, names) for row in rows[:limit])
    return AuditPage(items, str(items[-1].id) if len(rows) > limit else None)


def _audit_line(row: AuditRow, names: dict[str, str]) -> AuditLine:
    return AuditLine(
        row.id, row.at, names.get(row.actor, row.actor), row.action, row.subject_kind, row.subject_id, row.details
    )


def figures(session: Session) -> Figures:
    """The figures of the present moment."""
    waiting = session.scalar(select(func.min(Job.created_at)).where(Job.state == "queued"))
    drafts = dashboard.ages(session, (), now())
    return Figures(dict(job_counts(session)), drafts.waiting, _age(waiting), _age(drafts.oldest))


def _age(since: datetime | None) -> float:
    return 0.0 if since is None else max((now() - since) / timedelta(seconds=1), 0.0)
