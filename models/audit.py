"""The audit trail: one row for every change of state and every view of a customer, chained by hashes.

``digest`` is SHA-256 over the row and the digest before it, so that a row changed or taken out later is found by
``intake audit verify``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, now
from models.database import Unit, lock

GENESIS = "0" * 64
"""The digest before the first row."""

_BATCH = 1000


class AuditRow(Base):
    """Who did what to which thing, when. ``details`` holds names and codes, never personal data."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor: Mapped[str] = mapped_column(String(150))
    action: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(64), index=True)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (Index(None, "actor", "id"), Index(None, "action", "id"))


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What verifying found. ``head`` is the last digest: noted elsewhere, it also shows that the end was cut off."""

    rows: int
    head: str
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every row is as it was written."""
        return self.broken_at is None


def append(
    unit: Unit,
    *,
    actor: str,
    action: str,
    subject_kind: str,
    subject_id: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write that ``actor`` (a user's id, or ``worker``, ``sweeper``, ``system``) did ``action`` to a subject.

    The row is written as the transaction's last statement, because the chain admits one writer at a time. ``details``
    holds names, codes and counts, never personal data.
    """
    row = AuditRow(
        at=now(),
        actor=actor,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        details=dict(details or {}),
    )
    unit.before_commit(lambda: _chain(unit.session, row))


def holds(session: Session, head: str) -> bool:
    """Whether the row of a head that was noted earlier is still there: where it is not, the end was cut off."""
    return head == GENESIS or session.scalar(select(AuditRow.id).where(AuditRow.digest == head)) is not None


def verify(session: Session) -> AuditVerdict:
    """Recompute every digest in order; ``broken_at`` is the id of the first row that does not fit the one before it."""
    previous, rows = GENESIS, 0
    statement = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=_BATCH)
    with closing(session.scalars(statement)) as found:
        for row in found:
            rows += 1
            if row.previous != previous or row.digest != digest(row):
                return AuditVerdict(rows=rows, head=previous, broken_at=row.id)
            previous = row.digest
    return AuditVerdict(rows=rows, head=previous)


def digest(row: AuditRow) -> str:
    """SHA-256 in hexadecimal over the row's columns and ``previous``, as JSON with sorted keys."""
    parts = [
        row.previous,
        row.at.astimezone(UTC).isoformat(),
        row.actor,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.details,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _chain(session: Session, row: AuditRow) -> None:
    lock(session, "audit")
    last = session.scalar(select(AuditRow.digest).order_by(AuditRow.id.desc()).limit(1))
    row.previous = last or GENESIS
    row.digest = digest(row)
    session.add(row)
    session.flush()
