"""Drafts and what people decided about them.

State of a draft: ``open``, ``confirmed``, ``returned`` (to the clerk, with a reason), ``discarded`` (with a reason).
A case has at most one open draft: the database enforces it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now


def _part(name: str, *columns: str, where: str) -> Index:
    """An index of only some of the rows."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Draft(Base):
    """草稿. ``body`` is ``intake.types.DraftCustomerFile`` as JSON; ``version`` grows with every change (the ETag).

    ``changes`` tells what each later version changed: ``[{"version": 2, "changed": ["company_name", …]}, …]``.
    ``types`` holds the names of the document types between commas (``,contract,id_card_front,``) so that one can be
    looked for. ``people`` is how many have to decide on it, one after the other; ``round`` for which of them an open
    draft waits (:mod:`models.rounds`). ``assigned_to`` is the account whose work it is meant to be; it is not given
    to others as their next. ``lot_id`` is the lot (:mod:`models.lot_rows`) that it waits in, or was confirmed with.
    """

    __tablename__ = "drafts"

    id: Mapped[str] = identifier()
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    state: Mapped[str] = mapped_column(String(16), default="open")
    version: Mapped[int] = mapped_column(default=1)
    body: Mapped[dict[str, Any]]
    types: Mapped[str] = mapped_column(String(255), default="")
    doubtful: Mapped[int] = mapped_column(default=0)
    errors: Mapped[int] = mapped_column(default=0)
    customer_number: Mapped[str | None] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    claimed_until: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]
    reason_code: Mapped[str | None] = mapped_column(String(64))
    reason_note: Mapped[str | None] = mapped_column(String(500))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    round: Mapped[int] = mapped_column(default=1)
    people: Mapped[int] = mapped_column(default=1)
    assigned_to: Mapped[str | None] = mapped_column(String(26))
    lot_id: Mapped[str | None] = mapped_column(String(26))

    __table_args__ = (
        # The queue's: in its order, and with all that it is filtered by, so that only the lines shown are looked up.
        Index(
            "ix_drafts_queue", "state", "id", "types", "errors", "doubtful", "assigned_to", "round", "version", "lot_id"
        ),
        # For the next one that nobody holds, and for the few that somebody holds or held.
        _part(
            "ix_drafts_unclaimed",
            "assigned_to",
            "id",
            where="state = 'open' AND claimed_by IS NULL AND lot_id IS NULL",
        ),
        _part("ix_drafts_in_lot", "lot_id", "id", where="lot_id IS NOT NULL"),
        _part("ix_drafts_claimed", "claimed_until", "claimed_by", where="state = 'open' AND claimed_by IS NOT NULL"),
        # For all drafts of a case, and the latest of them.
        Index(None, "case_id", "id"),
        Index(
            "uq_drafts_one_open_per_case",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )


class Decision(Base):
    """决定: a person's word on one fact, beside what the engine had read; never changed.

    ``lot_id``: it was said of a whole lot by its judge, who looked at a sample.
    """

    __tablename__ = "decisions"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    fact: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(16))
    value: Mapped[str | None]
    read_value: Mapped[str | None]
    read_text: Mapped[str | None]
    read_confidence: Mapped[float]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    field: Mapped[str | None] = mapped_column(String(64))
    reader: Mapped[str | None] = mapped_column(String(64))
    acknowledged: Mapped[list[str]]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    lot_id: Mapped[str | None] = mapped_column(String(26))

    __table_args__ = (
        UniqueConstraint("draft_id", "fact"),
        Index("ix_decisions_field_reader_id", "field", "reader", "id"),
        # For what people made of what was read, counted inside the index.
        _part(
            "ix_decisions_judged",
            "decided_at",
            "fact",
            "action",
            "read_confidence",
            where="read_value IS NOT NULL AND lot_id IS NULL",
        ),
    )
