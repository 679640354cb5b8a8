"""Lots: drafts of one batch that are confirmed by a named person's judgement of a sample, or not at all.

State of a lot: ``gathering`` (drafts still come in), ``drawn`` (its sample is being judged), ``accepted`` (its drafts
are confirmed by the judge's decision), ``refused`` (all of them are looked at one by one). The database itself lets no
lot be accepted whose sample was not judged whole and by its judge, or holds more errors than its plan allows, and no
draft of a lot be confirmed unless the lot is accepted by who confirms.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now

_GATHERING = text("state = 'gathering'")


class Lot(Base):
    """抽检批. ``threshold`` (0 to 1), ``aql``, ``share`` (per cent) and ``seed`` are those of the policy it began with.

    Set when the sample is drawn: ``size`` drafts in all, the plan (``letter``; of ``sample`` drafts at most ``accept``
    may be wrong) and ``drawn``, how many are looked at: more than ``sample`` where the policy's share asks for more.
    """

    __tablename__ = "batch_lots"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    state: Mapped[str] = mapped_column(String(16), default="gathering")
    threshold: Mapped[float] = mapped_column(Float())
    aql: Mapped[str] = mapped_column(String(8))
    share: Mapped[float] = mapped_column(Float())
    seed: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str | None] = mapped_column(String(1))
    sample: Mapped[int] = mapped_column(default=0)
    accept: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    drawn_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    drawn_at: Mapped[datetime | None]
    judge_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "batch_id", "id"),
        Index(
            "uq_batch_lots_one_gathering",
            "batch_id",
            unique=True,
            sqlite_where=_GATHERING,
            postgresql_where=_GATHERING,
        ),
    )


class LotDraft(Base):
    """One draft of a lot. ``position`` is its place in the drawn order from 1, ``None`` for those not drawn.

    ``verdict``: ``right`` or ``wrong`` once it was held against its scan; ``wrong`` names the facts that are.
    ``outcome``: ``confirmed``, or ``returned`` to the queue with ``reason`` (``wrong``, ``refused``, ``changed`` …).
    """

    __tablename__ = "batch_lot_drafts"

    id: Mapped[str] = identifier()
    lot_id: Mapped[str] = mapped_column(ForeignKey("batch_lots.id"))
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int]
    position: Mapped[int | None]
    verdict: Mapped[str | None] = mapped_column(String(8))
    wrong: Mapped[list[str]] = mapped_column(default=list)
    judged_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (UniqueConstraint("lot_id", "draft_id"), Index(None, "lot_id", "outcome", "id"))
