"""What workers do with a job: claim it, carry it out while holding its lease, write its end under its fence.

Running a job twice is harmless: the second run finds it taken, or finds at the end that its fence is no longer the
job's. Whatever goes wrong is decided by whose fault it is (:mod:`intake.errors`).
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from intake import fields, log, pipeline
from intake.errors import DatabaseUnavailableError, InputError, IntakeError
from intake.imaging import encode, measures
from intake.recognition.engine import CropRequest, Language
from intake.types import Page
from models import (
    assembling,
    cases,
    draft_writing,
    filing,
    heartbeats,
    jobs,
    readings,
    region_readings,
    signing,
    slips,
    stages,
    turning,
)
from models.base import now
from models.database import Unit
from models.readings import PagePictures
from workers import lots, memory, packing
from workers.context import Context
from workers.lease import Lease

INTERNAL = "internal"
"""The code of an attempt that broke on an exception nobody foresaw."""

logger = log.get(__name__)


def run_job(context: Context, job_id: str) -> None:
    """Carry out the job of this id if it is due and nobody else has it."""
    with context.database.unit() as unit:
        claim = jobs.claim(unit, job_id, context.settings.lease_seconds)
    if claim is None:
        return
    attempt, due = Attempt(claim), list[str]()
    with attempt, Lease(context.database, claim, context.settings.lease_seconds, context.settings.job_seconds):
        due = _WORK[claim.kind](context, claim)
    # Outside the handler: an error while writing this down must not carry the first one's text into a log.
    if attempt.error is not None:
        due = _settle(context, claim, attempt.error)
    # A draft is made at once, in milliseconds, and does not wait behind the papers of others; if this process is killed
    # before, the sweeper rings for it.
    for draft_job in due:
        run_job(context, draft_job)


def heartbeat(context: Context, name: str = "worker") -> None:
    """Give a sign of life."""
    with context.database.unit() as unit:
        heartbeats.beat(unit, name)


class Attempt:
    """A context that keeps what the attempt broke on instead of letting it travel on; signals and exits pass."""

    def __init__(self, claim: jobs.Claim) -> None:
        """Begin unbroken."""
        self.claim = claim
        self.error: Exception | None = None

    def __enter__(self) -> Self:
        """The attempt itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Keep any ordinary exception; log where an unforeseen one arose, never what it says."""
        if not isinstance(error, Exception):
            return False
        self.error = error
        if not isinstance(error, IntakeError | jobs.LostClaimError):
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-3:]]
            logger.error("job.broke", job=self.claim.job_id, reason=type(error).__name__, frames=frames)
        return True


def _read_file(context: Context, claim: jobs.Claim) -> list[str]:
    with context.database.read() as session:
        original = readings.original(session, claim)
    pictures: dict[int, PagePictures] = {}

    def keep_page(page: Page) -> None:
        key = f"{original.sha256[:2]}/{original.sha256}/{page.index}"
        full = encode.full(page)
        pictures[page.index] = PagePictures(
            context.store.put_picture(f"{key}.jpg", encode.jpeg(page)),
            context.store.put_picture(f"{key}-small.jpg", encode.thumbnail(page)),
            None if full is None else context.store.put_picture(f"{key}-full.jpg", full),
            measures.measured(page, context.options.imaging),
        )

    with context.store.local(original.sha256) as path:
        reading = pipeline.read_file(
            path,
            original.media_type,
            readers=context.readers,
            options=context.options,
            today=context.settings.today(),
            keep_page=keep_page,
        )
    with context.database.unit() as unit:
        due = readings.keep(unit, claim, reading, pictures)
    memory.give_back()
    stages.count(context.settings.redis, reading.seconds)
    logger.info(
        "file.read", job=claim.job_id, pages=len(reading.pages), seconds=round(sum(reading.seconds.values()), 2)
    )
    return due


def _draft_case(context: Context, claim: jobs.Claim) -> list[str]:
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        moved = slips.rejoin(unit, claim.subject_id, signing.secret_key(context.settings))
        if moved is not None:
            return moved
        cases.hold(unit.session, claim.subject_id)
        documents = cases.documents(unit.session, claim.subject_id)
        today, options = context.settings.today(), context.options.drafting
        draft_writing.draft_papers(unit, claim.subject_id, documents, today=today, options=options)
    logger.info("case.drafted", job=claim.job_id, documents=len(documents))
    return []


def _reread_pages(context: Context, claim: jobs.Claim) -> list[str]:
    with context.database.read() as session:
        pages = turning.wanted(session, claim)
    read = {}
    for (sha256, media_type), own in _by_file(pages).items():
        wanted = {(page.page_index, page.turned) for page in own}
        with context.store.local(sha256) as path:
            again = pipeline.read_pages(path, media_type, wanted, readers=context.readers, options=context.options)
            words = dict(again)
        read |= {page: words[page.page_index, page.turned] for page in own}
    with context.database.unit() as unit:
        turning.keep(unit, claim, read, today=context.settings.today())
    logger.info("pages.reread", job=claim.job_id, pages=len(pages))
    return []


def _by_file(pages: Iterable[turning.Turned]) -> dict[tuple[str, str], list[turning.Turned]]:
    found: dict[tuple[str, str], list[turning.Turned]] = {}
    for page in pages:
        found.setdefault((page.sha256, page.media_type), []).append(page)
    return found


def _read_region(context: Context, claim: jobs.Claim) -> list[str]:
    with context.database.read() as session:
        place = region_readings.place(session, claim)
    page = encode.opened(context.store.picture(place.pictures[0]))
    script: Language = "eng" if fields.language(place.kind) == "eng" else "chi_sim"
    asked = CropRequest(encode.level(page, place.region), script, fields.alphabet(place.kind))
    reader = context.readers.first if context.readers.policy == "never" else context.readers.second
    (read,) = reader.read_crops([asked])
    with context.database.unit() as unit:
        region_readings.keep(unit, claim, read.text, read.confidence)
    return []


def _assemble_folder(context: Context, claim: jobs.Claim) -> list[str]:
    with context.database.read() as session:
        found = assembling.arranged(session, claim.subject_id, context.options)
    due, fixed = list[str](), filing.Fixed(whole=False)
    while not fixed.whole:
        with context.database.unit() as unit:
            if not jobs.renew(unit, claim, context.settings.lease_seconds):
                raise jobs.LostClaimError
            due += [] if found is None else assembling.propose(unit, claim.subject_id, found)
            found = None
            fixed = filing.fix(unit, claim.subject_id, today=context.settings.today(), at=now())
            due += fixed.jobs
            if fixed.whole:
                jobs.finish(unit, claim)
    logger.info("folder.assembled", job=claim.job_id, items=len(due))
    return due


_WORK = {
    jobs.READ_FILE: _read_file,
    jobs.DRAFT_CASE: _draft_case,
    jobs.REREAD_PAGES: _reread_pages,
    jobs.READ_REGION: _read_region,
    jobs.ASSEMBLE_FOLDER: _assemble_folder,
    jobs.SETTLE_LOT: lots.settle,
    jobs.CHECK_BATCH: lots.check,
    jobs.EXPORT_BATCH: packing.carry_out,
}


def _settle(context: Context, claim: jobs.Claim, error: Exception) -> list[str]:
    """Write down what the attempt broke on, unless the job is another's by now; gives the draft jobs now due."""
    outcome, due = Attempt(claim), list[str]()
    with outcome, context.database.unit() as unit:
        due = _decide(unit, claim, error)
    if outcome.error is None:
        return due
    reason = "job.lost_meanwhile" if isinstance(outcome.error, jobs.LostClaimError) else "job.not_settled"
    logger.warning(reason, job=claim.job_id)
    return []


def _decide(unit: Unit, claim: jobs.Claim, error: Exception) -> list[str]:
    """What follows from whose fault it is; of a lost claim nothing is written, an unforeseen exception counts as lost.

    The file's fault is final for the file; where it has been read before, the job is put aside at once. A tool's, or
    the database's, is tried again later.
    """
    if isinstance(error, jobs.LostClaimError):
        logger.warning("job.late", job=claim.job_id)
    elif isinstance(error, InputError) and claim.kind == jobs.READ_FILE:
        return readings.refuse(unit, claim, error)
    elif isinstance(error, InputError):
        jobs.quarantine(unit, claim, error.code)
        logger.warning("job.put_aside", job=claim.job_id, code=error.code)
    elif isinstance(error, IntakeError | OperationalError):
        code = error.code if isinstance(error, IntakeError) else DatabaseUnavailableError.code
        jobs.retry_later(unit, claim, code)
        logger.warning("job.tool_failed", job=claim.job_id, code=code, attempt=claim.attempts)
    else:
        jobs.lose(unit, claim, INTERNAL)
    return []
