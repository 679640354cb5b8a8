"""Saved views of the queue: a filter under a name, for the one who saved it or, from administrators, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.errors import TooManyViewsError
from models import audit
from models.base import Base, identifier
from models.database import Unit, lock

LONGEST_NAME = 40
MOST = 20
"""Views that one person keeps: more could not be overlooked."""


class QueueView(Base):
    """视图. ``filters`` are the arguments of the queue's address: codes and numbers, nothing of a paper."""

    __tablename__ = "queue_views"

    id: Mapped[str] = identifier()
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    shared: Mapped[bool] = mapped_column(default=False)
    filters: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("user_id", "name"),)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view as the page shows it; ``own``: the one who looks saved it."""

    id: str
    name: str
    shared: bool
    own: bool
    filters: Mapping[str, str]


def seen_by(session: Session, user_id: str) -> list[SavedView]:
    """The views of one person and those that are everybody's, the latter first, each by name."""
    wanted = select(QueueView).where(or_(QueueView.user_id == user_id, QueueView.shared))
    rows = session.scalars(wanted.order_by(QueueView.shared.desc(), QueueView.name, QueueView.id))
    return [SavedView(row.id, row.name, row.shared, row.user_id == user_id, row.filters) for row in rows]


def save(unit: Unit, user_id: str, name: str, filters: Mapping[str, str], *, shared: bool = False) -> None:
    """Keep a filter under a name (1 to 40 characters); the same name again has the new filter from then on.

    Raises TooManyViewsError.
    """
    session = unit.session
    lock(session, f"views:{user_id}")
    row = session.scalar(select(QueueView).where(QueueView.user_id == user_id, QueueView.name == name))
    if row is None:
        kept = session.scalar(select(func.count()).select_from(QueueView).where(QueueView.user_id == user_id))
        if (kept or 0) >= MOST:
            raise TooManyViewsError(limit=MOST)
        row = QueueView(user_id=user_id, name=name)
        session.add(row)
    row.shared, row.filters = shared, dict(filters)
    session.flush()
    _note(unit, user_id, "view.shared" if shared else "view.saved", row)


def remove(unit: Unit, view_id: str, user_id: str, *, runs_office: bool) -> None:
    """Take a view away: one's own, and with ``runs_office`` any that is everybody's; raises LookupError for others."""
    row = unit.session.get(QueueView, view_id)
    if row is None or not (row.user_id == user_id or (runs_office and row.shared)):
        raise LookupError(view_id)
    _note(unit, user_id, "view.removed", row)
    unit.session.delete(row)
    unit.session.flush()


def _note(unit: Unit, user_id: str, action: str, row: QueueView) -> None:
    """Its name stays out of the audit: what people call their views is free text."""
    audit.append(unit, actor=user_id, action=action, subject_kind="view", subject_id=row.id, details={})
