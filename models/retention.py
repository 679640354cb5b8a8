"""What is forgotten after its days: jobs that are done, and places that somebody had read again.

Originals, papers, drafts, customer files and the audit are never among it; nor is a job that failed, waits or lies in
quarantine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import audit
from models.base import now
from models.database import Unit
from models.job_rows import Job
from models.region_readings import RegionReading

AT_ONCE = 2000
"""Rows of a kind that one unit takes out: a tenth of a second, for which others who write wait."""


@dataclass(frozen=True, slots=True)
class Days:
    """How long what is done is kept, in days; 0: for good."""

    jobs: int
    regions: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went; ``more`` says that there may be others past their days."""

    jobs: int
    regions: int

    @property
    def more(self) -> bool:
        """Whether as many went as may go at once."""
        return AT_ONCE in {self.jobs, self.regions}


def forget(unit: Unit, days: Days) -> Forgotten:
    """Take out what is past its days, at most :data:`AT_ONCE` of a kind; one row of the audit tells how many."""
    gone = Forgotten(
        jobs=_delete(unit.session, Job, _done_before(days.jobs), Job.not_before) if days.jobs else 0,
        regions=_delete(unit.session, RegionReading, _read_before(days.regions), RegionReading.asked_at)
        if days.regions
        else 0,
    )
    if gone.jobs or gone.regions:
        details = {"jobs": gone.jobs, "regions": gone.regions}
        audit.append(
            unit,
            actor="sweeper",
            action="retention.applied",
            subject_kind="retention",
            subject_id="sweep",
            details=details,
        )
    return gone


def _done_before(days: int) -> tuple[ColumnElement[bool], ...]:
    """Jobs that were done before; they were due before that, which an index tells."""
    oldest = now() - timedelta(days=days)
    return Job.state == "done", Job.not_before < oldest, Job.updated_at < oldest


def _read_before(days: int) -> tuple[ColumnElement[bool], ...]:
    """Places that were asked for before and of which no job is left to be done."""
    left = select(Job.id).where(Job.subject_id == RegionReading.id, Job.state.not_in(("done", "failed")))
    return RegionReading.asked_at < now() - timedelta(days=days), ~left.exists()


def _delete(
    session: Session,
    row: type[Job | RegionReading],
    past: tuple[ColumnElement[bool], ...],
    since: InstrumentedAttribute[datetime],
) -> int:
    """Take rows out, the oldest by ``since`` first; those that another sweeper takes out are left to it."""
    chosen = select(row.id).where(*past).order_by(since).limit(AT_ONCE).with_for_update(skip_locked=True)
    ids = session.scalars(chosen).all()
    session.execute(delete(row).where(row.id.in_(ids)).execution_options(synchronize_session=False))
    return len(ids)
