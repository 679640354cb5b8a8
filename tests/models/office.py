"""A clerk at the counter and a worker behind it, for tests of what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import func, select

from intake.errors import DamagedFileError
from intake.types import (
    Classification,
    DocumentReading,
    FileReading,
    FlatGeometry,
    Line,
    PageSize,
    PageText,
    PixelBox,
    Word,
)
from models import jobs, readings, uploads
from models.audit import AuditRow
from models.cases import Case, Document, Page
from models.database import Database
from models.jobs import Job
from models.uploads import IncomingFile, Received, UploadStatus

Incoming = Callable[..., IncomingFile]


def _text(index: int) -> PageText:
    geometry = FlatGeometry(index, 0, 10, 10, 10, 10, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    return PageText(geometry, (Line((Word("开户许可证", 0.9, PixelBox(0, 0, 5, 5)),)),), "tesseract")


READING = FileReading(
    pages=(PageSize(10, 10), PageSize(10, 10), PageSize(10, 10)),
    texts=(_text(0), _text(2)),
    documents=(DocumentReading(Classification("bank_account_permit", 0.9), (0,), (), ()),),
)


class Office:
    """A clerk at the counter and a worker behind it, acting on one database."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self.database = database

    def hand_in(self, files: Sequence[IncomingFile], user: str = "clerk-1", **options: object) -> Received:
        """Receive an upload."""
        with self.database.unit() as unit:
            return uploads.receive(unit, user_id=user, files=files, via="portal", **options)  # type: ignore[arg-type]

    def claim(self, job_id: str) -> jobs.Claim:
        """Take a job that must be there."""
        with self.database.unit() as unit:
            claim = jobs.claim(unit, job_id, 30)
        assert claim is not None
        return claim

    def read(self, job_id: str) -> list[str]:
        """Read the file of a job; gives the draft jobs that became due."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            return readings.keep(unit, claim, READING, {0: readings.PagePictures("aa/bb/0.jpg", "aa/bb/0-small.jpg")})

    def refuse(self, job_id: str) -> list[str]:
        """Find the file damaged."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            return readings.refuse(unit, claim, DamagedFileError())

    def put_aside(self, job_id: str) -> None:
        """Quarantine the job."""
        claim = self.claim(job_id)
        with self.database.unit() as unit:
            jobs.quarantine(unit, claim, jobs.LOST)

    def retry(self, job_id: str) -> None:
        """Press the button."""
        with self.database.unit() as unit:
            assert jobs.retry(unit, job_id, "administrator-1")

    def status(self, received: Received) -> UploadStatus:
        """Where the upload stands."""
        with self.database.read() as session:
            found = uploads.status(session, received.upload.id)
        assert found is not None
        return found

    def states(self, received: Received) -> list[str]:
        """The states of its files, in order."""
        return [file.state for file in self.status(received).files]

    def trail(self, action: str) -> list[AuditRow]:
        """What the audit tells of an action, in order."""
        with self.database.read() as session:
            return list(session.scalars(select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.id)))

    def draft_jobs(self) -> list[str]:
        """The cases for which a draft is queued."""
        with self.database.read() as session:
            return list(session.scalars(select(Job.subject_id).where(Job.kind == jobs.DRAFT_CASE)))

    def count(self, row: type[Document | Page | Case | Job]) -> int:
        """How many rows there are."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(row)) or 0
