"""Keeping what was read: a file's pages, words and documents enter in one transaction with the end of its job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from intake import wire
from intake.archive import checks, separators
from intake.customers import slips as ours
from intake.errors import InputError
from intake.options import Options
from intake.pictures import PageMeasures
from intake.types import FileReading
from models import audit, jobs, slips
from models.base import new_id
from models.cases import Document, Page, PageText
from models.database import Unit
from models.jobs import Claim
from models.settling import settle_file
from models.upload_rows import StoredFile, UploadFile


@dataclass(frozen=True, slots=True)
class PagePictures:
    """The store's keys of a page's picture, the small one for lists, and one as large as the scan if that is larger.

    ``measures`` are those of its pixels.
    """

    picture: str
    thumbnail: str
    full: str | None = None
    measures: PageMeasures | None = None


def original(session: Session, claim: Claim) -> StoredFile:
    """The stored original that a claimed ``read_file`` job is about."""
    file = session.get_one(UploadFile, claim.subject_id)
    return session.get_one(StoredFile, file.sha256)


def keep(unit: Unit, claim: Claim, reading: FileReading, pictures: Mapping[int, PagePictures]) -> list[str]:
    """Write a file's reading and settle its job and itself; gives the ids of the draft jobs that became due.

    ``pictures`` are those that were kept, by page index. Raises LostClaimError, and nothing is written, where the job
    is another worker's by now.
    """
    jobs.finish(unit, claim)
    file = unit.session.get_one(UploadFile, claim.subject_id)
    file.page_count = len(reading.pages)
    file.seconds = {stage: round(spent, 3) for stage, spent in reading.seconds.items()}
    slips.note(file, reading.texts)
    pages = _pages(unit, file, reading, pictures)
    for text in reading.texts:
        page_id = pages[text.geometry.page_index]
        row = PageText(page_id=page_id, sheet=text.geometry.sheet, reader=text.reader, body=wire.dump(text))
        unit.session.add(row)
    for position, document in enumerate(reading.documents):
        unit.session.add(
            Document(
                case_id=file.upload.case_id,
                upload_file_id=file.id,
                position=position,
                type=document.type,
                type_confidence=document.classification.confidence,
                reading=wire.dump(document),
            )
        )
    unit.session.flush()
    _witness(unit, file.id, "file.read", {"pages": len(reading.pages), "documents": len(reading.documents)})
    return settle_file(unit, file.id, "read")


def refuse(unit: Unit, claim: Claim, error: InputError) -> list[str]:
    """Settle a file as failed by its own fault; gives the draft jobs that became due. Raises LostClaimError."""
    jobs.fail(unit, claim, error.code)
    _witness(unit, claim.subject_id, "file.failed", {"code": error.code})
    return settle_file(unit, claim.subject_id, "failed", error.code, error.details)


def _pages(unit: Unit, file: UploadFile, reading: FileReading, pictures: Mapping[int, PagePictures]) -> dict[int, str]:
    """Write the ledger of the file's pages; gives their ids by page index."""
    ids = {}
    for index, size in enumerate(reading.pages):
        ids[index] = new_id()
        row = Page(id=ids[index], upload_file_id=file.id, page_index=index, width=size.width, height=size.height)
        row.state = _ledger(reading, index)
        if index in pictures:
            row.picture, row.thumbnail = pictures[index].picture, pictures[index].thumbnail
            row.full, row.measures = pictures[index].full, _measures(pictures[index], reading, index)
        unit.session.add(row)
    unit.session.flush()
    return ids


def _measures(kept: PagePictures, reading: FileReading, index: int) -> dict[str, Any] | None:
    """What machines tell of a page, its words among it, as JSON."""
    if kept.measures is None:
        return None
    own = [text for text in reading.texts if text.geometry.page_index == index]
    return wire.dump(checks.completed(kept.measures, own))


def _ledger(reading: FileReading, index: int) -> str:
    """The state of a page: in a document, a slip or separator, without a word on it, or read, belonging nowhere."""
    if any(index in document.page_indexes for document in reading.documents):
        return "filed"
    apart = ours.sheets(reading.texts) | separators.sheets(reading.texts, Options().archive)
    if any(page == index for page, _ in apart):
        return "separator"
    words = any(text.lines or text.codes for text in reading.texts if text.geometry.page_index == index)
    return "rejected" if words else "blank"


def _witness(unit: Unit, file_id: str, action: str, details: Mapping[str, str | int]) -> None:
    audit.append(
        unit, actor="worker", action=action, subject_kind="upload_file", subject_id=file_id, details=dict(details)
    )
