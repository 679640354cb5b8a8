"""Acceptance of a batch: what machines checked, the sample that a person judged, and the verdict that he signed.

State: ``checking`` (a worker looks at every page, file and folder), ``sampled`` (the sample waits for a person),
``accepted`` or ``refused`` (signed, and never changed again). The database lets none be accepted with a page of the
sample unjudged, one that the index does not lead to, or more bad ones than the plan allows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now


class Acceptance(Base):
    """验收, the ``number``-th of its batch. ``checks``: what each rule found (rule, looked_at, failed, noted).

    ``size`` filed pages are the lot; of ``sample`` pages at most ``accept`` may be bad (ISO 2859-1, ``letter``), and
    ``drawn`` are looked at. ``let_stand``: rules whose failures a person lets stand, with the reason, who and when.
    ``manifest`` is the SHA-256 over the list of sources with their hashes, ``ledger`` that over the pages as they stood
    when they were checked, with their items and numbers. While it is checked, ``hashed`` is the greatest SHA-256 up to
    which originals were hashed anew, and ``damaged`` are those that were not whole. ``reasons`` are why it was refused.
    """

    __tablename__ = "batch_acceptances"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="checking")
    aql: Mapped[str] = mapped_column(String(8))
    share: Mapped[float] = mapped_column(Float())
    seed: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str | None] = mapped_column(String(1))
    sample: Mapped[int] = mapped_column(default=0)
    accept: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[int] = mapped_column(default=0)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    let_stand: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    manifest: Mapped[str | None] = mapped_column(String(64))
    ledger: Mapped[str | None] = mapped_column(String(64))
    hashed: Mapped[str | None] = mapped_column(String(64))
    damaged: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    checked_at: Mapped[datetime | None]
    signed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None]
    reasons: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (UniqueConstraint("batch_id", "number"),)


class AcceptancePage(Base):
    """One page of an acceptance's sample, at its ``position`` in the drawn order (from 1).

    ``matched``: the index leads to this page; ``fault`` is a key of ``intake.archive.rules.FAULTS`` where the page is
    otherwise bad. Both are empty until it was ``judged_at`` a time.
    """

    __tablename__ = "acceptance_pages"

    id: Mapped[str] = identifier()
    acceptance_id: Mapped[str] = mapped_column(ForeignKey("batch_acceptances.id"))
    ledger_page_id: Mapped[str] = mapped_column(ForeignKey("ledger_pages.id"))
    position: Mapped[int]
    matched: Mapped[bool | None]
    fault: Mapped[str | None] = mapped_column(String(16))
    judged_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("acceptance_id", "ledger_page_id"),
        Index(None, "acceptance_id", "position"),
    )

    @property
    def good(self) -> bool:
        """Whether it was judged and nothing is wrong with it."""
        return bool(self.matched) and self.fault is None
