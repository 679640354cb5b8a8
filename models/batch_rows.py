"""Batches of legacy archives: what was found in a folder tree, and where every page of it stands.

State of a batch: ``running``, ``paused`` (``reason_code`` says why: a person, like failures, a full disk), ``read``
(all is read, people are still asked), ``closed`` (received = filed + blank + separator + rejected).

State of a folder: ``waiting`` (not every file of it has been entered), ``reading``, ``asks`` (its boundaries wait for
a person), ``ready`` (nothing is in doubt but what its neighbours' cover sheets say), ``confirmed``, ``assembled`` (its
items are fixed).

State of a batch file: ``found`` → ``entered`` (its bytes are in the store, ``upload_file_id`` tells how far it is
read) → ``removed`` (the source was taken away, as the batch asked); ``quarantined`` where it could not be taken in
three times.

State of a ledger page, exactly one: ``waiting``, ``separator``, ``blank``, ``filed`` (in an item), ``rejected`` (with a
reason). The database enforces it.

Batches and folders are locked ``FOR NO KEY UPDATE`` alone, as cases are (:func:`models.cases.hold`): whoever enters a
page or an exception holds their keys shared already.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, identifier, now

PATH = 1024
"""Characters of a source's path that are kept."""


class Batch(Base):
    """批次: one run over a folder tree. ``root`` is the tree's path on the machine that takes it in.

    ``boundaries`` tells how items are found: ``auto`` (separators where a folder has some, else by content),
    ``separators``, ``files`` (each file is an item), ``content``. ``move`` takes sources away once they are kept, read
    and checked. ``policy`` holds what the archivist settled on for light confirmation and acceptance.
    """

    __tablename__ = "batches"

    id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String(255))
    root: Mapped[str] = mapped_column(String(PATH))
    boundaries: Mapped[str] = mapped_column(String(16), default="auto")
    move: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(16), default="running", index=True)
    reason_code: Mapped[str | None] = mapped_column(String(64))
    policy: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]


class BatchFolder(Base):
    """卷: one directory with files. ``name`` is its path below the root, ``box`` the first part of that.

    ``archival_number`` 档号, ``title`` 题名 and ``expected_pages`` come from the manifest, where there is one.
    ``case_id`` is the case in which its files are read before its items get theirs. A later delivery to a directory
    that was put together already has a ``name`` of its own; ``directory`` is its path then.
    """

    __tablename__ = "batch_folders"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    box: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(PATH))
    position: Mapped[int]
    archival_number: Mapped[str | None] = mapped_column(String(255))
    title: Mapped[str | None] = mapped_column(String(255))
    expected_pages: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), unique=True)
    directory: Mapped[str | None] = mapped_column(String(PATH))

    __table_args__ = (
        UniqueConstraint("batch_id", "name"),
        Index(None, "batch_id", "position"),
        Index(None, "batch_id", "directory"),
    )


class BatchFile(Base):
    """One source of a batch, in its order; ``stack``: ``odd`` or ``even`` where each side of a stack was scanned.

    ``lies_at`` is where it lies below the root if its path was another source's before, which was taken away.
    ``modified`` is when it was changed last, in nanoseconds since 1970, as the walk saw it. ``rejected`` is the reason
    with which a person rejected it: its pages are rejected then, whenever they come.
    """

    __tablename__ = "batch_files"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    folder_id: Mapped[str] = mapped_column(ForeignKey("batch_folders.id"))
    path: Mapped[str] = mapped_column(String(PATH))
    position: Mapped[int]
    size: Mapped[int]
    stack: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16), default="found")
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(64))
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    upload_file_id: Mapped[str | None] = mapped_column(ForeignKey("upload_files.id"), unique=True)
    lies_at: Mapped[str | None] = mapped_column(String(PATH))
    modified: Mapped[int | None] = mapped_column(BigInteger)
    rejected: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("batch_id", "path"),
        Index(None, "batch_id", "lies_at"),
        Index(None, "batch_id", "state", "position"),
        Index(None, "folder_id", "position"),
    )


class BatchItem(Base):
    """件: pages that are one record of the archive; it becomes one searchable PDF and one case with its draft.

    ``number`` counts in its folder from 1; ``mark`` is the number of the cover sheet before it. ``suggested`` says that
    its boundaries were found by content and that nobody has confirmed them.
    """

    __tablename__ = "batch_items"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    folder_id: Mapped[str] = mapped_column(ForeignKey("batch_folders.id"))
    number: Mapped[int]
    mark: Mapped[int | None]
    suggested: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), unique=True)

    __table_args__ = (UniqueConstraint("folder_id", "number"), Index(None, "batch_id", "id"))


class LedgerPage(Base):
    """One page of a batch with its one state. ``number`` counts in its folder from 1 once its order is known.

    ``page_id`` is the page as it was read; a source that could not be read has one ledger page without, until a person
    rejects it with a reason. ``mark`` is what its separator says. ``said`` is the state that a person gave it, and
    ``opens`` whether an item begins at it where a person decided that: a folder that is put together anew keeps both.
    """

    __tablename__ = "ledger_pages"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    folder_id: Mapped[str] = mapped_column(ForeignKey("batch_folders.id"))
    file_id: Mapped[str] = mapped_column(ForeignKey("batch_files.id"))
    page_index: Mapped[int]
    page_id: Mapped[str | None] = mapped_column(ForeignKey("pages.id"), unique=True)
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    item_id: Mapped[str | None] = mapped_column(ForeignKey("batch_items.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(64))
    mark: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    said: Mapped[str | None] = mapped_column(String(16))
    opens: Mapped[bool | None]

    __table_args__ = (
        UniqueConstraint("file_id", "page_index"),
        CheckConstraint("state IN ('waiting', 'separator', 'blank', 'filed', 'rejected')", name="one_state"),
        CheckConstraint("(state = 'filed') = (item_id IS NOT NULL)", name="filed_in_an_item"),
        CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="rejected_with_a_reason"),
        Index(None, "batch_id", "state"),
        Index(None, "folder_id", "number"),
    )


class BatchException(Base):
    """What a person has to look at: ``code`` says what, ``details`` hold names, codes and numbers, never values.

    ``answer`` is what the person chose; settled exceptions stay.
    """

    __tablename__ = "batch_exceptions"

    id: Mapped[str] = identifier()
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    folder_id: Mapped[str | None] = mapped_column(ForeignKey("batch_folders.id"))
    file_id: Mapped[str | None] = mapped_column(ForeignKey("batch_files.id"))
    ledger_page_id: Mapped[str | None] = mapped_column(ForeignKey("ledger_pages.id"))
    code: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(16), default="open")
    answer: Mapped[str | None] = mapped_column(String(64))
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (Index(None, "batch_id", "state", "id"),)
