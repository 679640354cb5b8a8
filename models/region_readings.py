"""Places on a page that a reviewer had read again: what was asked, and what a worker's reader found there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import wire
from intake.types import Region
from models import audit
from models.base import Base, identifier, now
from models.cases import Page
from models.database import Unit
from models.job_rows import READ_REGION, enqueue
from models.jobs import Claim, finish


class RegionReading(Base):
    """One place and what stands there: ``text`` is null until it was read, empty where nothing could be."""

    __tablename__ = "region_readings"

    id: Mapped[str] = identifier()
    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"))
    region: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None]
    confidence: Mapped[float | None]
    asked_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class Place:
    """What a worker needs: the keys of the page's pictures, the sharpest first, the region and the kind of value."""

    pictures: tuple[str, ...]
    region: Region
    kind: str


def ask(
    unit: Unit, page_id: str, region: Region, kind: str, user_id: str, *, document_id: str, number: int
) -> tuple[str, str]:
    """Have a region of a page read; gives the identifier of the reading to come and of its job, to be rung.

    The audit tells who asked, and which page (``number``) of which document.
    """
    row = RegionReading(page_id=page_id, region=wire.dump(region), kind=kind, asked_by=user_id)
    unit.session.add(row)
    unit.session.flush()
    details = {"page": number}
    audit.append(
        unit, actor=user_id, action="region.asked", subject_kind="document", subject_id=document_id, details=details
    )
    return row.id, enqueue(unit.session, READ_REGION, row.id).id


def place(session: Session, claim: Claim) -> Place:
    """What a claimed ``read_region`` job is about."""
    row = session.get_one(RegionReading, claim.subject_id)
    page = session.get_one(Page, row.page_id)
    keys = tuple(key for key in (page.full, page.picture) if key is not None)
    return Place(keys, wire.load(Region, row.region), row.kind)


def keep(unit: Unit, claim: Claim, text: str, confidence: float) -> None:
    """Write what was read and settle the job; raises LostClaimError, and nothing is written, where it is another's."""
    finish(unit, claim)
    row = unit.session.get_one(RegionReading, claim.subject_id)
    row.text, row.confidence = text, confidence


def load(session: Session, reading_id: str, user_id: str) -> RegionReading | None:
    """A reading that this account asked for, or ``None``."""
    row = session.get(RegionReading, reading_id)
    return row if row is not None and row.asked_by == user_id else None
