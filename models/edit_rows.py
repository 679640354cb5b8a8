"""What people did to the structure of a case: one row per edit, so that each can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now


class Edit(Base):
    """整理: documents that made room (``retired``), those that took their place (``made``), and pages that changed.

    ``kind`` is ``type``, ``split``, ``join``, ``place``, ``aside``, ``use``, ``turn``, ``move``, or ``reread`` (a page
    that was turned has been read again; ``part_of`` names the turn, with which it is undone). ``pages_before`` and
    ``pages_after`` hold the state and the turn of the pages that changed, by their identifiers. ``target_id`` is the
    other case where documents were moved there.
    """

    __tablename__ = "edits"

    id: Mapped[str] = identifier()
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    target_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[str] = mapped_column(String(16))
    part_of: Mapped[str | None] = mapped_column(ForeignKey("edits.id"))
    retired: Mapped[list[str]]
    made: Mapped[list[str]]
    pages_before: Mapped[dict[str, Any]]
    pages_after: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))

    __table_args__ = (Index("ix_edits_case_id_id", "case_id", "id"),)
