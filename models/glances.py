"""What the first look at a file told: a courtesy to whoever brought it, kept beside the file and never a reading.

A glance is rung for, not queued: one that is lost is not missed, because reading tells the same some moments later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.pictures import Glance
from models.base import Base, identifier, now
from models.database import Unit
from models.upload_rows import StoredFile, UploadFile


class GlanceRow(Base):
    """One sheet of a file as :class:`intake.pictures.Glance` tells it."""

    __tablename__ = "glances"

    id: Mapped[str] = identifier()
    upload_file_id: Mapped[str] = mapped_column(ForeignKey("upload_files.id"))
    page_index: Mapped[int]
    sheet: Mapped[int]
    complaints: Mapped[list[str]]
    type: Mapped[str | None] = mapped_column(String(64))
    type_confidence: Mapped[float]
    upright: Mapped[bool | None]
    hidden: Mapped[list[str]]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (UniqueConstraint("upload_file_id", "page_index", "sheet"),)


def wanted(session: Session, file_id: str) -> StoredFile | None:
    """The original to look at; ``None`` where it was looked at, read or refused meanwhile."""
    file = session.get(UploadFile, file_id)
    if file is None or file.state not in {"queued", "reading"} or file.sha256 is None:
        return None
    looked = session.scalar(select(GlanceRow.id).where(GlanceRow.upload_file_id == file_id).limit(1))
    return None if looked else session.get_one(StoredFile, file.sha256)


def keep(unit: Unit, file_id: str, found: Glance) -> bool:
    """Keep what was seen of one sheet; ``False`` where another has kept it."""
    session = unit.session
    same = (GlanceRow.upload_file_id == file_id, GlanceRow.page_index == found.page_index)
    if session.scalar(select(GlanceRow.id).where(*same, GlanceRow.sheet == found.sheet)):
        return False
    session.add(
        GlanceRow(
            upload_file_id=file_id,
            page_index=found.page_index,
            sheet=found.sheet,
            complaints=list(found.complaints),
            type=found.type,
            type_confidence=found.type_confidence,
            upright=found.upright,
            hidden=list(found.hidden),
        )
    )
    session.flush()
    return True


def of_files(session: Session, file_ids: Iterable[str]) -> dict[str, tuple[Glance, ...]]:
    """What is known of these files, sheet by sheet, by the file's identifier."""
    mine = select(GlanceRow).where(GlanceRow.upload_file_id.in_(set(file_ids)))
    found: dict[str, tuple[Glance, ...]] = {}
    for row in session.scalars(mine.order_by(GlanceRow.page_index, GlanceRow.sheet)):
        found[row.upload_file_id] = (*found.get(row.upload_file_id, ()), _glance(row))
    return found


def _glance(row: GlanceRow) -> Glance:
    return Glance(
        page_index=row.page_index,
        sheet=row.sheet,
        complaints=tuple(row.complaints),
        type=row.type,
        type_confidence=row.type_confidence,
        upright=row.upright,
        hidden=tuple(row.hidden),
    )
