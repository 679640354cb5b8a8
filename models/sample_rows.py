"""Samples as they are kept, and what they found wrong in a case that nobody has decided on since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base import Base, identifier, now
from models.draft_rows import Draft


class Sample(Base):
    """抽样: a confirmed draft drawn for a check. ``waiting``, ``agreed``, or ``reopened`` (an error was found).

    ``facts`` were looked at; ``wrong`` holds for each error the fact and the value that is right (null: none).
    """

    __tablename__ = "samples"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), unique=True)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    drawn_at: Mapped[datetime] = mapped_column(default=now)
    checked_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    facts: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reopened_as: Mapped[str | None] = mapped_column(ForeignKey("drafts.id"))

    __table_args__ = (Index("ix_samples_state_id", "state", "id"),)


def wrong(session: Session, case_id: str) -> dict[str, str | None]:
    """The facts of a case that checks found wrong, each with the right value (``None``: it is not on the paper).

    They stand until a later draft of the case is confirmed: until a person has decided on them.
    """
    later = aliased(Draft)
    settled = select(later.id).where(later.case_id == case_id, later.state == "confirmed", later.id > Draft.id)
    checked = select(Sample.wrong).join(Draft, Draft.id == Sample.draft_id).where(Draft.case_id == case_id)
    found = checked.where(Sample.state == "reopened", ~settled.exists()).order_by(Sample.checked_at)
    return {one["fact"]: one["value"] for errors in session.scalars(found) for one in errors}
