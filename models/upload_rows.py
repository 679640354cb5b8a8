"""Uploads as they came in: who handed in which files, and where each file stands on its way.

State of an upload file (text, so that a new one needs no migration)::

    queued -> reading -> read                 its documents are in the case
                      -> failed               an InputError: error_code says why; never retried
                      -> quarantined          three attempts were lost; a person may try again
    linked                                    the same bytes came before: nothing is read twice
    rejected                                  refused at the door: error_code says why; no bytes kept

A file is **settled** (``settled_at``) when nothing more will happen to it by itself. A linked file is settled with its
origin, the file that is read for it, and shares the origin's fate where that is ``failed`` or ``quarantined``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, identifier, now


class StoredFile(Base):
    """The bytes of an original (原件), once per content; ``sha256`` is also its address in the store."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(default=now)


class Upload(Base):
    """What a clerk or the API handed in at once.

    ``joins``: the case that its sender says it belongs to. ``joining``: how it joined another case, by ``slip`` or
    ``number``, or why it could not (:mod:`models.slips`).
    """

    __tablename__ = "uploads"

    id: Mapped[str] = identifier()
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    customer_number: Mapped[str | None] = mapped_column(String(32))
    via: Mapped[str] = mapped_column(String(16), default="portal")
    joins: Mapped[str | None] = mapped_column(String(26))
    joining: Mapped[str | None] = mapped_column(String(16))

    files: Mapped[list[UploadFile]] = relationship(order_by="UploadFile.position", back_populates="upload")

    __table_args__ = (Index(None, "created_by", "id"),)


class UploadFile(Base):
    """One file of an upload. ``name`` is the sender's and is shown to people only, never logged.

    ``slips``: the codes of the slips that lie in it, between spaces. ``seconds``: what each stage of its reading took.
    """

    __tablename__ = "upload_files"

    id: Mapped[str] = identifier()
    upload_id: Mapped[str] = mapped_column(ForeignKey("uploads.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_details: Mapped[dict[str, Any] | None]
    linked_to: Mapped[str | None] = mapped_column(ForeignKey("upload_files.id"), index=True)
    page_count: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    slips: Mapped[str | None] = mapped_column(String(255))
    seconds: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    upload: Mapped[Upload] = relationship(back_populates="files")

    __table_args__ = (UniqueConstraint("upload_id", "position"),)


class IdempotencyKey(Base):
    """The memory of ``Idempotency-Key`` for 24 hours: the same key with the same body gives the same upload again."""

    __tablename__ = "idempotency_keys"

    id: Mapped[str] = identifier()
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str] = mapped_column(String(255))
    body_hash: Mapped[str] = mapped_column(String(64))
    upload_id: Mapped[str] = mapped_column(ForeignKey("uploads.id"))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    __table_args__ = (UniqueConstraint("user_id", "key"),)
