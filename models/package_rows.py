"""Packages of batches that are made for the portal: where each stands, to be fetched there and taken away again.

State: ``making`` (a worker writes it), ``ready``, ``failed`` (``error_code`` and ``failures`` say why), ``removing``,
``removed``. At most one of a batch is being made.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now

_MAKING = text("state = 'making'")


class Package(Base):
    """移交包. ``accepted``: it says of itself that the batch was accepted. ``name`` is that of its folder.

    ``made`` of ``items`` are written, with ``pages`` pages; ``size`` is in bytes once it is ready. ``failures`` are the
    first items and originals that could not be made, each with the code why.
    """

    __tablename__ = "batch_packages"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    state: Mapped[str] = mapped_column(String(16), default="making")
    accepted: Mapped[bool]
    name: Mapped[str] = mapped_column(String(255))
    items: Mapped[int]
    made: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    error_code: Mapped[str | None] = mapped_column(String(64))
    failures: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "batch_id", "id"),
        Index("uq_batch_packages_one_made", "batch_id", unique=True, sqlite_where=_MAKING, postgresql_where=_MAKING),
    )
