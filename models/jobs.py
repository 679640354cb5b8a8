"""The queue itself: jobs as rows. Redis only rings; what is to be done stands here.

State of a job: ``queued`` → ``running`` (fence and lease) → ``done`` | ``failed`` (the file's own fault) |
``quarantined`` (too many attempts lost, or a tool failed too often; a person may try again).

A worker owns a job by its **fence**: every claim raises it, and every later word on the job is written ``WHERE fence =
:mine``. A worker that was believed dead and wakes up again therefore cannot write a second result, however late it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true, update
from sqlalchemy.orm import Session

from intake.errors import WorkBrokenOffError
from intake.options import QueueOptions
from models import audit, batch_ledger
from models.base import now
from models.database import Unit
from models.job_rows import (
    ASSEMBLE_FOLDER,
    CHECK_BATCH,
    DRAFT_CASE,
    EXPORT_BATCH,
    READ_FILE,
    READ_REGION,
    REREAD_PAGES,
    SETTLE_LOT,
    Job,
    enqueue,
)
from models.settling import begin_file, reopen_file, settle_file

__all__ = [
    "ASSEMBLE_FOLDER",
    "CHECK_BATCH",
    "DRAFT_CASE",
    "EXPORT_BATCH",
    "LOST",
    "READ_FILE",
    "READ_REGION",
    "REREAD_PAGES",
    "SETTLE_LOT",
    "Claim",
    "Job",
    "LostClaimError",
    "claim",
    "enqueue",
    "fail",
    "finish",
    "forsake",
    "forsaken",
    "lose",
    "put_aside",
    "quarantine",
    "renew",
    "retry",
    "retry_later",
    "stranded",
]

LOST = WorkBrokenOffError.code
"""The ``error_code`` of a job whose workers vanished."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a job: ``fence`` proves it, ``attempts`` and ``lost`` count this one and those before."""

    job_id: str
    kind: str
    subject_id: str
    fence: int
    attempts: int
    lost: int


class LostClaimError(Exception):
    """The job was claimed by another worker, or settled, since: nothing may be written any more."""


def claim(unit: Unit, job_id: str, lease_seconds: float, options: QueueOptions | None = None) -> Claim | None:
    """Take a job that is due, or whose worker let its lease run out; ``None`` where there is nothing to take.

    Taking over a lapsed lease counts as a lost attempt; a job that may lose no more is left to the sweeper. One on
    which somebody is writing at this moment is not waited for: it may be a host that lost power, whose locks stand for
    20 seconds more, and a lease that began before such a wait would have lapsed when it is written.
    """
    options, session = options or QueueOptions(), unit.session
    session.connection()  # SQLite waits for its turn here; nothing below waits for anybody
    moment = now()
    takeable = or_(_due(moment), and_(_lapsed(moment), Job.lost < options.losses - 1))
    query = select(Job).where(Job.id == job_id, takeable).with_for_update(skip_locked=True)
    job = session.scalar(query.execution_options(populate_existing=True))
    if job is None:
        return None
    job.lost += job.state == "running"
    job.state, job.fence, job.attempts = "running", job.fence + 1, job.attempts + 1
    job.lease_until, job.updated_at = moment + timedelta(seconds=lease_seconds), moment
    session.flush()
    if job.kind == READ_FILE:
        begin_file(session, job.subject_id)
    return Claim(job.id, job.kind, job.subject_id, job.fence, job.attempts, job.lost)


def renew(unit: Unit, held: Claim, lease_seconds: float) -> bool:
    """Hold the job ``lease_seconds`` from now; ``False`` where it is no longer this worker's."""
    unit.session.connection()  # SQLite waits for its turn here
    until = now() + timedelta(seconds=lease_seconds)
    return _write(unit, held, lease_until=until)


def finish(unit: Unit, held: Claim) -> None:
    """Settle the job as done, in the transaction that keeps its result; raises LostClaimError."""
    _require(_write(unit, held, state="done", lease_until=None, error_code=None))


def fail(unit: Unit, held: Claim, code: str) -> None:
    """Settle the job as failed by the file's own fault; raises LostClaimError."""
    _require(_write(unit, held, state="failed", lease_until=None, error_code=code))


def retry_later(unit: Unit, held: Claim, code: str, options: QueueOptions | None = None) -> datetime | None:
    """Queue the job again after a tool's failure, with a pause that doubles each time; raises LostClaimError.

    Gives the time from when it is due, or ``None`` where it has failed often enough to be quarantined.
    """
    options = options or QueueOptions()
    if held.attempts >= options.attempts:
        quarantine(unit, held, code)
        return None
    return _requeue(unit, held, code, options.pause(held.attempts))


def lose(unit: Unit, held: Claim, code: str, options: QueueOptions | None = None) -> datetime | None:
    """Count the attempt as lost (the worker broke on it) and queue the job again; raises LostClaimError.

    Gives the time from when it is due, or ``None`` where it has lost often enough to be quarantined.
    """
    options = options or QueueOptions()
    lost = held.lost + 1
    if lost >= options.losses:
        quarantine(unit, held, code, lost=lost)
        return None
    return _requeue(unit, held, code, options.pause(lost), lost=lost)


def quarantine(unit: Unit, held: Claim, code: str, *, lost: int | None = None) -> None:
    """Put the job aside with its reason until a person tries again; raises LostClaimError."""
    lost = held.lost if lost is None else lost
    _require(_write(unit, held, state="quarantined", lease_until=None, error_code=code, lost=lost))
    _note_quarantined(unit, held, code, lost, "worker")


def forsake(unit: Unit, held: Claim) -> None:
    """Put aside a job whose worker vanished the last time that one may; raises LostClaimError where it lives after all.

    A worker that was held up renews as soon as it can, also between the look at what is forsaken and this.
    """
    lost = held.lost + 1
    values = {"state": "quarantined", "lease_until": None, "error_code": LOST, "lost": lost}
    _require(_write(unit, held, _lapsed(now()), **values))
    _note_quarantined(unit, held, LOST, lost, "sweeper")


def _note_quarantined(unit: Unit, held: Claim, code: str, lost: int, actor: str) -> None:
    if held.kind == READ_FILE:
        settle_file(unit, held.subject_id, "quarantined", code, actor=actor)
    elif held.kind == ASSEMBLE_FOLDER:
        batch_ledger.get_stuck(unit, held.subject_id, code)
    details = {"kind": held.kind, "code": code, "attempts": held.attempts, "lost": lost}
    audit.append(
        unit, actor=actor, action="job.quarantined", subject_kind="job", subject_id=held.job_id, details=details
    )


def retry(unit: Unit, job_id: str, actor: str) -> bool:
    """Queue a quarantined job anew, as ``actor`` asked; ``False`` where it is not quarantined. Ring it on commit.

    Raises FolderFixedError or SourceRejectedError where it would read a source that its batch has done without.
    """
    job = unit.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.state != "quarantined":
        return False
    moment = now()
    job.state, job.attempts, job.lost, job.error_code = "queued", 0, 0, None
    job.not_before = job.updated_at = moment
    unit.session.flush()
    if job.kind == READ_FILE:
        reopen_file(unit.session, job.subject_id)
    details = {"kind": job.kind}
    audit.append(unit, actor=actor, action="job.retried", subject_kind="job", subject_id=job.id, details=details)
    return True


def put_aside(session: Session, kind: str, subject_ids: Collection[str]) -> dict[str, Job]:
    """By their subject, the jobs of a kind that are the latest about it and on which nobody goes on by himself."""
    rows = session.scalars(select(Job).where(Job.kind == kind, Job.subject_id.in_(subject_ids)).order_by(Job.id))
    latest = {job.subject_id: job for job in rows}
    return {subject: job for subject, job in latest.items() if job.state in {"quarantined", "failed"}}


def stranded(session: Session, limit: int = 1000) -> list[str]:
    """The ids of what should be rung: queued and due, or running on a lapsed lease; oldest first."""
    moment = now()
    found = select(Job.id).where(or_(_due(moment), _lapsed(moment))).order_by(Job.id).limit(limit)
    return list(session.scalars(found))


def forsaken(session: Session, options: QueueOptions | None = None) -> list[Claim]:
    """The claims whose lease lapsed and that may lose no more: the sweeper puts them aside (:func:`forsake`)."""
    options = options or QueueOptions()
    jobs = session.scalars(select(Job).where(_lapsed(now()), Job.lost >= options.losses - 1))
    return [Claim(job.id, job.kind, job.subject_id, job.fence, job.attempts, job.lost) for job in jobs]


def _due(moment: datetime) -> ColumnElement[bool]:
    return and_(Job.state == "queued", Job.not_before <= moment)


def _lapsed(moment: datetime) -> ColumnElement[bool]:
    return and_(Job.state == "running", Job.lease_until <= moment)


def _requeue(unit: Unit, held: Claim, code: str, pause: float, **also: int) -> datetime:
    due = now() + timedelta(seconds=pause)
    _require(_write(unit, held, state="queued", lease_until=None, error_code=code, not_before=due, **also))
    return due


def _write(unit: Unit, held: Claim, only: ColumnElement[bool] | None = None, /, **values: object) -> bool:
    """Write on the job if it is still this worker's, and where ``only`` holds."""
    done = unit.session.execute(
        update(Job)
        .where(Job.id == held.job_id, Job.fence == held.fence, Job.state == "running", true() if only is None else only)
        .values(updated_at=now(), **values)
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def _require(written: bool) -> None:  # noqa: FBT001  # the answer of _write, read at once
    if not written:
        raise LostClaimError
