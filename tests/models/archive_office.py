"""An archivist with a folder tree and a worker behind him, for tests of what is kept of batches; nothing has pixels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import select

from intake.archive import marks
from intake.archive.marks import Mark
from intake.archive.tree import FoundFile, FoundFolder, Stack, box_of, in_order
from intake.errors import DamagedFileError, InputError
from intake.options import Options
from intake.types import (
    Classification,
    DocumentReading,
    FileReading,
    FlatGeometry,
    Line,
    PageSize,
    PageText,
    PictureQuality,
    PixelBox,
    Word,
)
from models import assembling, batch_answers, batch_exceptions, batch_feeding, batches, filing, jobs, readings
from models.batch_exceptions import ExceptionView
from models.batch_rows import BatchFile, BatchFolder
from models.database import Database
from models.jobs import Claim, Job
from models.uploads import IncomingFile

AT = datetime(2026, 11, 22, tzinfo=UTC)
EMPTY = PictureQuality(None, None, None, 1.0, 0.0, 0.0, (), (), 0.0, 0.0)
PRINT = PictureQuality(30.0, 2.0, 0.07, 1.0, 0.0, 0.0, (), (), 0.0, 0.0)


def _text(index: int, said: str) -> PageText:
    """A page by a word: ``_`` is blank, ``#4`` cover sheet 4, ``#4/9`` the fourth of nine, ``#?`` a torn one.

    All else is what stands on it.
    """
    geometry = FlatGeometry(index, 0, 100, 140, 100, 140, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    if said == "_":
        return PageText(geometry, (), "tesseract", quality=EMPTY)
    if said.startswith("#"):
        number, _, last = said[1:].partition("/")
        run = (1, int(last)) if last else None
        code = "IAS1:B:1:1:x" if said == "#?" else marks.write(Mark("cover", "B", "1", "1", int(number), run=run))
        return PageText(geometry, (), "tesseract", (code,), PRINT)
    lines = tuple(Line((Word(line, 0.9, PixelBox(5, 5 + 20 * n, 80, 15)),)) for n, line in enumerate(said.split("/")))
    return PageText(geometry, lines, "tesseract", quality=PRINT)


def reading(*pages: str) -> FileReading:
    """A file's reading; every page with print is a document of no known type."""
    texts = tuple(_text(index, said) for index, said in enumerate(pages))
    printed = [index for index, said in enumerate(pages) if said != "_" and not said.startswith("#")]
    documents = tuple(DocumentReading(Classification(None, 0.9), (index,), (), ()) for index in printed)
    return FileReading(tuple(PageSize(100, 140) for _ in pages), texts, documents)


@dataclass
class Archive:
    """A tree in memory: what each file holds, or the error that it meets; fed and worked through by hand."""

    database: Database
    holds: dict[str, tuple[str, ...] | InputError] = field(default_factory=dict)
    batch_id: str = ""
    person: str = "clerk-1"
    grown: dict[str, int] = field(default_factory=dict)
    portion: int = filing.PORTION

    def tree(self) -> list[FoundFolder]:
        """The folders as a walk finds them."""
        folders: dict[str, list[str]] = {}
        for path in self.holds:
            folder, _, name = path.rpartition("/")
            folders.setdefault(folder, []).append(name)
        return [
            FoundFolder(
                box_of(folder),
                folder,
                tuple(self._file(f"{folder}/{name}", stack) for name, stack in in_order(names)),
            )
            for folder, names in folders.items()
        ]

    def _file(self, path: str, stack: Stack | None) -> FoundFile:
        return FoundFile(path, self.grown.get(path, 10), stack)

    def begin(self, boundaries: str = "auto", **options: bool) -> str:
        """Begin the batch over the tree."""
        with self.database.unit() as unit:
            batch = batches.begin(
                unit, name="b", root="/r", user_id=self.person, boundaries=boundaries, folders=self.tree(), **options
            )
        self.batch_id = batch.id
        return batch.id

    def feed(self, limit: int = 100) -> list[str]:
        """Let all that was found enter; gives the jobs."""
        due: list[str] = []
        while True:
            with self.database.read() as session:
                found = batch_feeding.following(session, self.batch_id, limit)
            if not found:
                return due
            with self.database.unit() as unit:
                taken = {source.id: self.incoming(source.path) for source in found}
                due += batch_feeding.enter(unit, self.batch_id, found[0].folder_id, taken).job_ids

    def incoming(self, path: str) -> IncomingFile:
        """A source of the tree as it is handed in, with the hash of what it holds."""
        held = self.holds[path]
        told = "/".join(held) if isinstance(held, tuple) else f"broken {path}"
        return IncomingFile(path, 10, hashlib.sha256(told.encode()).hexdigest(), "application/pdf")

    def work(self, *kinds: str) -> None:
        """Carry out every job that is queued, or those of some kinds; without, until the batch is at rest."""
        while due := self.queued(*kinds) or ([] if kinds else self.rest()):
            for job_id in due:
                claim = self.claim(job_id)
                if claim is not None:
                    self.carry_out(claim)

    def rest(self) -> list[str]:
        """What feeders do when nothing is on its way; gives the jobs that follow."""
        with self.database.unit() as unit:
            batches.rest(unit, self.batch_id)
        return self.queued()

    def queued(self, *kinds: str) -> list[str]:
        """The jobs that are queued, or those of some kinds."""
        query = select(Job.id).where(Job.state == "queued").order_by(Job.id)
        with self.database.read() as session:
            return list(session.scalars(query.where(Job.kind.in_(kinds)) if kinds else query))

    def claim(self, job_id: str) -> Claim | None:
        """Take a job."""
        with self.database.unit() as unit:
            return jobs.claim(unit, job_id, 30)

    def fail(self, path: str) -> None:
        """Let a source fail until it is put aside."""
        with self.database.read() as session:
            source = session.scalars(select(BatchFile.id).where(BatchFile.path == path)).one()
        for _ in range(3):
            with self.database.unit() as unit:
                batch_feeding.fail(unit, source, "archive.source_unreadable")

    def carry_out(self, claim: Claim) -> None:
        """What a worker does with a job, without an engine."""
        if claim.kind == jobs.READ_FILE:
            self._read(claim)
        elif claim.kind == jobs.ASSEMBLE_FOLDER:
            self._assemble(claim)
        else:
            with self.database.unit() as unit:
                jobs.finish(unit, claim)

    def _read(self, claim: Claim) -> None:
        with self.database.unit() as unit:
            query = select(BatchFile.path).where(BatchFile.upload_file_id == claim.subject_id)
            held = self.holds[unit.session.scalars(query).one()]
            if isinstance(held, InputError):
                readings.refuse(unit, claim, held)
            else:
                readings.keep(unit, claim, reading(*held), {})

    def _assemble(self, claim: Claim) -> None:
        with self.database.read() as session:
            found = assembling.arranged(session, claim.subject_id, Options())
        with self.database.unit() as unit:
            jobs.finish(unit, claim)
            if found is not None:
                assembling.propose(unit, claim.subject_id, found)
            fixed = filing.fix(unit, claim.subject_id, today=date(2026, 11, 22), at=AT, portion=self.portion)
        while not fixed.whole:
            with self.database.unit() as unit:
                fixed = filing.fix(unit, claim.subject_id, today=date(2026, 11, 22), at=AT, portion=self.portion)

    def asked(self) -> list[ExceptionView]:
        """The open exceptions."""
        with self.database.read() as session:
            return batch_exceptions.open_ones(session, self.batch_id)

    def codes(self) -> list[str]:
        """Their codes, sorted."""
        return sorted(one.code for one in self.asked())

    def answer(self, code: str, answer: str, reason: str | None = None, path: str | None = None) -> None:
        """Answer every open exception of a kind, or that about one source."""
        for one in self.asked():
            if one.code == code and path in {None, one.path}:
                with self.database.unit() as unit:
                    batch_answers.settle(unit, one.id, "clerk-1", answer, AT, reason=reason)

    def folders(self) -> dict[str, str]:
        """The states of the folders by name."""
        with self.database.read() as session:
            rows = session.execute(select(BatchFolder.name, BatchFolder.state).order_by(BatchFolder.position))
            return dict(rows.all())

    def folder(self, name: str) -> str:
        """The identifier of a folder."""
        with self.database.read() as session:
            return session.scalars(select(BatchFolder.id).where(BatchFolder.name == name)).one()


def through(archive: Archive, holds: dict[str, Sequence[str] | InputError], boundaries: str = "auto") -> Archive:
    """Take a tree in and work it through."""
    archive.holds = {path: held if isinstance(held, InputError) else tuple(held) for path, held in holds.items()}
    archive.begin(boundaries)
    archive.feed()
    archive.work()
    return archive


DAMAGED = DamagedFileError()
