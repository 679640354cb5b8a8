"""Cases: the papers that belong to one customer's matter, and the documents found in them.

State of a case: ``reading`` (some file is not settled), ``drafted`` (a draft waits), ``confirmed``, ``returned``,
``discarded`` (what became of the latest draft), ``failed`` (no file could be read).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now


class Case(Base):
    """案卷. ``title`` is the proposed customer's name once read; shown to people only."""

    __tablename__ = "cases"

    id: Mapped[str] = identifier()
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="reading", index=True)
    title: Mapped[str] = mapped_column(String(255), default="")


class Page(Base):
    """One page of an upload file with its ledger state: ``received``, ``filed`` (in a document), ``blank``, ``rejected``.

    Its picture, re-encoded, lies in the store at ``picture`` (an address of the store).
    """

    __tablename__ = "pages"

    id: Mapped[str] = identifier()
    upload_file_id: Mapped[str] = mapped_column(ForeignKey("upload_files.id"))
    page_index: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="received")
    picture: Mapped[str | None] = mapped_column(String(255))

    __table_args__ = (UniqueConstraint("upload_file_id", "page_index"),)


class PageText(Base):
    """Everything that one reader read on one sheet of a page (``intake.types.PageText`` as JSON): OCR is done once."""

    __tablename__ = "page_texts"

    id: Mapped[str] = identifier()
    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"))
    sheet: Mapped[int]
    reader: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("page_id", "sheet", "reader"),)


class Document(Base):
    """One paper of a case; ``reading`` is ``intake.types.DocumentReading`` as JSON, never changed once written."""

    __tablename__ = "documents"

    id: Mapped[str] = identifier()
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    upload_file_id: Mapped[str] = mapped_column(ForeignKey("upload_files.id"))
    position: Mapped[int]
    type: Mapped[str | None] = mapped_column(String(64))
    type_confidence: Mapped[float]
    reading: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (UniqueConstraint("case_id", "upload_file_id", "position"),)
