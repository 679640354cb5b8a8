"""The rows of customer files (客户档案): confirmed facts, each with its provenance; what was true before is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, identifier, now

NAME = 255
"""Characters of a customer's name, at most."""


class Customer(Base):
    """A customer; ``number`` is what the office calls it by (``C`` and eight digits)."""

    __tablename__ = "customers"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(NAME), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class Counter(Base):
    """A number that grows by one for each that asks; taking one locks the row until the commit, on every database."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int]


_NEXT = text(
    "INSERT INTO counters (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
)


def next_number(session: Session | Connection, name: str) -> int:
    """The next number of a counter, from 1; its row stays locked until the unit ends."""
    value: int = session.execute(_NEXT, {"name": name}).scalar_one()
    return value


class CustomerFact(Base):
    """One confirmed fact; the current one of its name has ``superseded_at`` null: the database lets there be one."""

    __tablename__ = "customer_facts"

    id: Mapped[str] = identifier()
    customer_number: Mapped[str] = mapped_column(ForeignKey("customers.number"))
    fact: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    label: Mapped[dict[str, Any]]
    value: Mapped[str]
    action: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    source: Mapped[dict[str, Any] | None]
    read_value: Mapped[str | None]
    read_confidence: Mapped[float]
    decided_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_customer_facts_fact_value", "fact", "value"),
        Index(
            "uq_customer_facts_one_current",
            "customer_number",
            "fact",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )
