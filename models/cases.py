"""Cases: the papers that belong to one customer's matter, and the documents found in them.

State of a case: ``reading`` (some file is not settled), ``drafted`` (a draft waits), ``confirmed``, ``returned``,
``discarded`` (what became of the latest draft), ``failed`` (no file could be read), ``joined`` (its papers moved to
another case before they were drafted).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, UniqueConstraint, and_, or_, select, text
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import wire
from intake.customers import slips
from intake.types import CaseDocument, DocumentReading
from models.base import Base, identifier, new_id, now
from models.customer_rows import next_number
from models.upload_rows import UploadFile


def _number(context: ExecutionContext) -> str:
    """The number of a case that is being written.

    PostgreSQL counts by a sequence, which nobody waits for: a case is written in the middle of long units, and those
    who wait for a row that another holds until its end could wait for each other. SQLite's writer is alone.
    """
    connection = context.connection
    if connection.dialect.name == "postgresql":
        return slips.number(connection.execute(text("SELECT nextval('case_numbers')")).scalar_one())
    return slips.number(next_number(connection, "slip"))


class Case(Base):
    """案卷. ``title`` is the proposed customer's name once read; shown to people only.

    ``slip_number``: the number by which people speak of it, its own from the start; they type it, and its slip shows
    it (:mod:`models.slips`). Numbers of cases that were never kept are left out. ``customer_choice``: the number of the
    customer that a person picked for it, or ``new`` (:mod:`models.choosing`); else its papers tell.
    """

    __tablename__ = "cases"

    id: Mapped[str] = identifier()
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="reading", index=True)
    title: Mapped[str] = mapped_column(String(255), default="")
    slip_number: Mapped[str | None] = mapped_column(String(16), unique=True, index=True, default=_number)
    customer_choice: Mapped[str | None] = mapped_column(String(32))


class Page(Base):
    """One page of an upload file with its ledger state.

    ``received``, ``filed`` (in a document), ``blank``, ``separator`` (a slip of ours), or ``rejected`` (what is
    read on it belongs to no document). Its picture, re-encoded, lies in the store at ``picture`` (an address of the
    store), a small one for lists at ``thumbnail``, one with every pixel of a larger scan at ``full``; pages that
    were read before those were kept have only the large one. ``turned`` counts the quarter turns counter-clockwise
    by which a person set it upright: pictures are shown so, nothing kept is turned.
    """

    __tablename__ = "pages"

    id: Mapped[str] = identifier()
    upload_file_id: Mapped[str] = mapped_column(ForeignKey("upload_files.id"))
    page_index: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="received")
    picture: Mapped[str | None] = mapped_column(String(255))
    thumbnail: Mapped[str | None] = mapped_column(String(255))
    turned: Mapped[int] = mapped_column(default=0, server_default="0")
    full: Mapped[str | None] = mapped_column(String(255))
    measures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (UniqueConstraint("upload_file_id", "page_index"),)


class PageText(Base):
    """Everything that one reader read on one sheet of a page (``intake.types.PageText`` as JSON): OCR is done once.

    What counts for a page now, that of one which a person turned among it, :mod:`models.kept_words` tells.
    """

    __tablename__ = "page_texts"

    id: Mapped[str] = identifier()
    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"))
    sheet: Mapped[int]
    reader: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("page_id", "sheet", "reader"),)


class TurnedText(Base):
    """What was read on a page after a person had turned it, beside the words that were read first.

    ``turn`` is the :attr:`Page.turned` that it was read at.
    """

    __tablename__ = "turned_texts"

    id: Mapped[str] = identifier()
    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"))
    turn: Mapped[int]
    sheet: Mapped[int]
    reader: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("page_id", "turn", "sheet", "reader"),)


class Document(Base):
    """One paper of a case; ``reading`` is ``intake.types.DocumentReading`` as JSON, never changed once written.

    Documents that the machine made have no ``parts``: their page indexes are those of their file. What people put
    together (``models.edits``) lists its parts, ``{"page", "file", "index", "sheet", "piece"}``; its page indexes count
    along them, those of one page that follow each other being one. A document that another took the place of is
    ``retired_by`` that edit and stays; the living ones have none. ``upload_file_id`` is the file of the first page;
    ``place`` orders documents of one page, where it is another than ``position``.
    """

    __tablename__ = "documents"

    id: Mapped[str] = identifier()
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    upload_file_id: Mapped[str] = mapped_column(ForeignKey("upload_files.id"), index=True)
    position: Mapped[int]
    type: Mapped[str | None] = mapped_column(String(64))
    type_confidence: Mapped[float]
    reading: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    parts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    place: Mapped[int | None]
    retired_by: Mapped[str | None] = mapped_column(String(26))
    retired_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("case_id", "upload_file_id", "position"),)

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands among the documents that begin on one page."""
        return self.position if self.place is None else self.place, self.position

    @property
    def first_page(self) -> int:
        """The index in its file of the document's first page."""
        indexes = self.reading["page_indexes"]
        return int(self.parts[0]["index"]) if self.parts else int(indexes[0]) if indexes else 0


def numbers_of(session: Session, case_ids: Iterable[str]) -> dict[str, str | None]:
    """The numbers of these cases, by their identifiers."""
    rows = session.execute(select(Case.id, Case.slip_number).where(Case.id.in_(set(case_ids))))
    return {row[0]: row[1] for row in rows}


def hold(session: Session, case_id: str) -> Case:
    """The case, locked until the transaction ends: its state and its draft change one at a time.

    ``FOR NO KEY UPDATE``, because who adds a document holds the case's key shared already (its foreign key): two who
    added and then asked for the whole row would wait for each other.
    """
    return session.get_one(Case, case_id, with_for_update={"key_share": True}, populate_existing=True)


def document_rows(session: Session, case_id: str, at: datetime | None = None) -> Sequence[Document]:
    """The living documents of a case in the order in which their files and pages came in.

    With ``at`` those that were living then: what a draft that was settled at that moment speaks of.
    """
    living: ColumnElement[bool] = Document.retired_by.is_(None)
    if at is not None:
        living = and_(Document.created_at <= at, or_(living, Document.retired_at > at))
    found = session.execute(
        select(Document, UploadFile.upload_id, UploadFile.position)
        .join(UploadFile, UploadFile.id == Document.upload_file_id)
        .where(Document.case_id == case_id, living)
        .order_by(UploadFile.upload_id, UploadFile.position, Document.position)
    ).all()
    ordered = sorted(found, key=lambda one: (one[1], one[2], one[0].first_page, one[0].order))
    return [row for row, _, _ in ordered]


def documents(session: Session, case_id: str) -> tuple[CaseDocument, ...]:
    """The documents of a case, in the same order, as nouns of the core."""
    return tuple(CaseDocument(row.id, _as_filed(row), row.upload_file_id) for row in document_rows(session, case_id))


def _as_filed(row: Document) -> DocumentReading:
    """The reading with the page indexes of its file, by which the two sides of a card are found on one page."""
    reading = wire.load(DocumentReading, row.reading)
    if row.parts is None or any(part["file"] != row.upload_file_id for part in row.parts):
        return reading
    return replace(reading, page_indexes=tuple(sorted({int(part["index"]) for part in row.parts})))


def copy_reading(session: Session, origin_id: str, file_id: str, case_id: str) -> None:
    """Copy all that was read of the upload file ``origin_id`` to ``file_id`` of another case, without reading again.

    The pages share their pictures; the documents get identities of their own, because people decide about them apart.
    They are those that the machine made: what people regrouped in the origin's case is that case's.
    """
    made = session.scalars(select(Document).where(Document.upload_file_id == origin_id, Document.parts.is_(None))).all()
    for document in made:
        session.add(_twin(document, upload_file_id=file_id, case_id=case_id, retired_by=None, retired_at=None))
    filed = {index for document in made for index in document.reading["page_indexes"]}
    for page in session.scalars(select(Page).where(Page.upload_file_id == origin_id)).all():
        state = "filed" if page.page_index in filed else "rejected" if page.state == "filed" else page.state
        copied = _twin(page, upload_file_id=file_id, turned=0, state=state)
        session.add(copied)
        session.flush()
        for words in session.scalars(select(PageText).where(PageText.page_id == page.id)).all():
            session.add(_twin(words, page_id=copied.id))
    session.flush()


def _twin(row: Page | PageText | Document, **changes: object) -> Page | PageText | Document:
    """A new row with the same columns but for ``changes`` and a fresh identity."""
    columns = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return type(row)(**{**columns, "id": new_id(), **changes})
