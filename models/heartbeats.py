"""Signs of life: when each kind of process last did a whole piece of work. A process id alone proves nothing.

``sweeper`` beats with every sweep, ``feeder`` every half minute while it looks after batches; ``worker`` beats when a
worker has carried out a heartbeat job that came through Redis, so that one fresh row proves the doorbell, a worker and
the database together.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, now
from models.database import Unit


class Heartbeat(Base):
    """The latest sign of life of one kind of process."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]


def beat(unit: Unit, name: str) -> None:
    """Say that a process of this kind works."""
    unit.session.merge(Heartbeat(name=name, at=now()))


def latest(session: Session) -> dict[str, datetime]:
    """When each kind of process last gave a sign of life."""
    return {row.name: row.at for row in session.scalars(select(Heartbeat))}
