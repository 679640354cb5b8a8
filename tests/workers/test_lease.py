"""The lease is renewed while the work goes on, and no longer than a job may take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models import jobs
from models.jobs import Claim, Job
from workers.context import Context
from workers.lease import Lease


def _claim(context: Context, seconds: float) -> Claim:
    with context.database.unit() as unit:
        job_id = jobs.enqueue(unit.session, jobs.DRAFT_CASE, "case").id
    with context.database.unit() as unit:
        claim = jobs.claim(unit, job_id, seconds)
    assert claim is not None
    return claim


def _until(context: Context, claim: Claim) -> datetime:
    with context.database.read() as session:
        until = session.get_one(Job, claim.job_id).lease_until
    assert until is not None
    return until


def test_a_lease_is_renewed_while_the_work_goes_on(context: Context, eventually: Callable[..., None]) -> None:
    """It moves forward by itself, more than once."""
    claim = _claim(context, 0.3)
    with Lease(context.database, claim, 0.3, longest=60):
        for _ in range(2):
            before = _until(context, claim)
            eventually(lambda before=before: _until(context, claim) > before)


def test_a_lease_is_given_up_when_the_job_takes_too_long(context: Context) -> None:
    """A worker that hangs for ever cannot hold its job for ever."""
    claim = _claim(context, 0.3)
    before = _until(context, claim)
    with Lease(context.database, claim, 0.3, longest=0) as lease:
        lease._thread.join()
    assert _until(context, claim) == before


def test_a_lease_ends_when_the_job_is_anothers(context: Context) -> None:
    """The thread stops by itself; it does not fight."""
    claim = _claim(context, 0.3)
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
    with Lease(context.database, claim, 0.3, longest=60) as lease:
        lease._thread.join()
