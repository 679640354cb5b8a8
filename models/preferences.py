"""How each person likes the pages: small settings by name, kept on the server so that every browser shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, identifier
from models.database import Unit, lock

QUEUE_COLUMNS = "queue.columns"


class Preference(Base):
    """偏好: one person's choice of one thing, as a list of codes; never anything of a paper."""

    __tablename__ = "preferences"

    id: Mapped[str] = identifier()
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(64))
    value: Mapped[list[str]]

    __table_args__ = (UniqueConstraint("user_id", "name"),)


def read(session: Session, user_id: str, name: str) -> list[str] | None:
    """What a person chose, or ``None`` where he never did."""
    return session.scalar(select(Preference.value).where(Preference.user_id == user_id, Preference.name == name))


def keep(unit: Unit, user_id: str, name: str, value: Sequence[str]) -> None:
    """Keep a choice in place of the one before; it concerns nobody else, so the audit does not tell of it."""
    wanted = (Preference.user_id == user_id, Preference.name == name)
    lock(unit.session, f"preference:{user_id}:{name}")
    row = unit.session.scalar(select(Preference).where(*wanted))
    if row is None:
        row = Preference(user_id=user_id, name=name)
        unit.session.add(row)
    row.value = list(value)
    unit.session.flush()
