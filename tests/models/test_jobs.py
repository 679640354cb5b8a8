"""Jobs are held by fence and lease: one worker at a time, and a late one writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from models import audit, jobs
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.jobs import Claim, Job, LostClaimError

LEASE = 30.0


@pytest.fixture
def job_id(any_database: Database) -> str:
    """A job that is due; its kind needs no file."""
    with any_database.unit() as unit:
        return jobs.enqueue(unit.session, jobs.DRAFT_CASE, "case").id


@pytest.fixture
def claim(any_database: Database, job_id: str) -> Callable[[], Claim | None]:
    """Try to take the job."""

    def take() -> Claim | None:
        with any_database.unit() as unit:
            return jobs.claim(unit, job_id, LEASE)

    return take


@pytest.fixture
def lapse(any_database: Database, job_id: str) -> Callable[[], None]:
    """Let the lease run out, as if its worker had been killed."""

    def run_out() -> None:
        with any_database.unit() as unit:
            past = now() - timedelta(seconds=1)
            unit.session.execute(update(Job).where(Job.id == job_id).values(lease_until=past))

    return run_out


def _job(database: Database, job_id: str) -> Job:
    with database.read() as session:
        return session.get_one(Job, job_id)


def test_of_many_who_claim_at_once_one_gets_the_job(any_database: Database, job_id: str) -> None:
    """Eight workers hear the same bell; the fence is raised once."""
    begin = Barrier(8)

    def take() -> Claim | None:
        begin.wait()
        with any_database.unit() as unit:
            return jobs.claim(unit, job_id, LEASE)

    with ThreadPoolExecutor(8) as pool:
        taken = [done.result() for done in [pool.submit(take) for _ in range(8)]]
    assert [claim for claim in taken if claim] == [Claim(job_id, jobs.DRAFT_CASE, "case", 1, 1, 0)]


def test_a_lapsed_lease_is_taken_over_with_a_higher_fence(
    claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """A killed worker's job goes to the next, and the attempt counts as lost."""
    first = claim()
    assert claim() is None
    lapse()
    second = claim()
    assert first is not None
    assert second is not None
    assert (second.fence, second.attempts, second.lost) == (first.fence + 1, 2, 1)


def test_a_job_that_is_being_written_on_is_not_waited_for(postgres_database: Database) -> None:
    """A host that lost power in its last transaction holds the row for 20 seconds more; it costs one attempt, no more.

    A lease that began before such a wait would have lapsed when it was written, and be taken over again at once.
    """
    with postgres_database.unit() as unit:
        job_id = jobs.enqueue(unit.session, jobs.DRAFT_CASE, "case").id
    with postgres_database.unit() as unit:
        jobs.claim(unit, job_id, -1)
    with postgres_database.engine.connect() as dead:
        dead.execute(update(Job).where(Job.id == job_id).values(state="done"))
        with postgres_database.unit() as unit:
            assert jobs.claim(unit, job_id, LEASE) is None
        dead.rollback()
    with postgres_database.unit() as unit:
        taken = jobs.claim(unit, job_id, LEASE)
        assert taken is not None
        assert (taken.lost, jobs.forsaken(unit.session)) == (1, [])


def test_who_renewed_in_time_is_not_put_aside(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """Its worker was held up, was given up, and came back before the sweeper wrote that down."""
    for _ in range(3):
        held = claim()
        lapse()
    assert held is not None
    with any_database.read() as session:
        (given_up,) = jobs.forsaken(session)
    with any_database.unit() as unit:
        assert jobs.renew(unit, held, LEASE)
    with any_database.unit() as unit, pytest.raises(LostClaimError):
        jobs.forsake(unit, given_up)
    assert _job(any_database, job_id).state == "running"


@pytest.mark.parametrize(
    "write",
    [
        jobs.finish,
        lambda unit, held: jobs.fail(unit, held, "file.damaged"),
        lambda unit, held: jobs.retry_later(unit, held, "engine.timeout"),
        lambda unit, held: jobs.lose(unit, held, "internal"),
        lambda unit, held: jobs.quarantine(unit, held, "job.lost"),
    ],
)
def test_a_late_worker_can_write_nothing(
    any_database: Database,
    job_id: str,
    claim: Callable[[], Claim | None],
    lapse: Callable[[], None],
    write: Callable[..., object],
) -> None:
    """Whoever was overtaken is refused, whatever it wants to say, and what it wrote beside is rolled back."""
    late = claim()
    lapse()
    claim()

    def say() -> None:
        with any_database.unit() as unit:
            audit.append(unit, actor="late", action="wrote", subject_kind="x", subject_id="x")
            write(unit, late)

    with pytest.raises(LostClaimError):
        say()
    with any_database.read() as session:
        assert session.scalars(select(AuditRow)).all() == []
    assert _job(any_database, job_id).state == "running"


def test_a_late_worker_cannot_renew(
    any_database: Database, claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """Its thread learns that the job is gone."""
    late = claim()
    lapse()
    mine = claim()
    assert late is not None
    assert mine is not None
    with any_database.unit() as unit:
        assert jobs.renew(unit, late, LEASE) is False
        assert jobs.renew(unit, mine, LEASE) is True


def test_a_result_after_a_lapsed_lease_counts_while_nobody_took_over(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """The fence decides, not the clock."""
    mine = claim()
    lapse()
    assert mine is not None
    with any_database.unit() as unit:
        jobs.finish(unit, mine)
    assert _job(any_database, job_id).state == "done"
    assert claim() is None


def test_three_lost_attempts_are_put_aside_and_can_be_tried_again(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """The third lapse is no worker's any more; a person's retry begins anew."""
    for _ in range(3):
        assert claim() is not None
        lapse()
    assert claim() is None
    with any_database.read() as session:
        (forsaken,) = jobs.forsaken(session)
    with any_database.unit() as unit:
        jobs.forsake(unit, forsaken)
    job = _job(any_database, job_id)
    assert (job.state, job.error_code, job.lost) == ("quarantined", "job.lost", 3)
    assert claim() is None
    with any_database.unit() as unit:
        assert jobs.retry(unit, job_id, "administrator-1") is True
        assert jobs.retry(unit, job_id, "administrator-1") is False
    again = claim()
    assert again is not None
    assert (again.fence, again.attempts, again.lost) == (4, 1, 0)
    with any_database.read() as session:
        trail = session.execute(select(AuditRow.actor, AuditRow.action).order_by(AuditRow.id)).all()
    assert [tuple(row) for row in trail] == [("sweeper", "job.quarantined"), ("administrator-1", "job.retried")]


def test_a_failing_tool_is_tried_with_growing_pauses_and_then_put_aside(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None]
) -> None:
    """Each pause is twice the one before; the sixth failure ends it, with the tool's code."""
    pauses = []
    for _ in range(6):
        mine = claim()
        assert mine is not None
        begun = now()
        with any_database.unit() as unit:
            due = jobs.retry_later(unit, mine, "store.unavailable")
        pauses.append(due and round((due - begun).total_seconds()))
        assert claim() is None
        with any_database.unit() as unit:
            unit.session.execute(update(Job).where(Job.id == job_id).values(not_before=now()))
    job = _job(any_database, job_id)
    assert pauses == [10, 20, 40, 80, 160, None]
    assert (job.state, job.error_code, job.lost) == ("quarantined", "store.unavailable", 0)


def test_what_broke_three_workers_is_put_aside(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None]
) -> None:
    """An unforeseen exception counts as a lost attempt and never spins."""
    for _ in range(3):
        mine = claim()
        assert mine is not None
        with any_database.unit() as unit:
            jobs.lose(unit, mine, "internal")
            unit.session.execute(update(Job).where(Job.id == job_id).values(not_before=now()))
    job = _job(any_database, job_id)
    assert (job.state, job.error_code, job.lost) == ("quarantined", "internal", 3)


def test_stranded_are_the_due_and_the_lapsed_only(
    any_database: Database, job_id: str, claim: Callable[[], Claim | None], lapse: Callable[[], None]
) -> None:
    """The sweeper rings for what waits or was abandoned, not for what rests or is being worked on."""

    def stranded() -> list[str]:
        with any_database.read() as session:
            return jobs.stranded(session)

    assert stranded() == [job_id]
    claim()
    assert stranded() == []
    lapse()
    assert stranded() == [job_id]
    mine = claim()
    assert mine is not None
    with any_database.unit() as unit:
        jobs.retry_later(unit, mine, "engine.timeout")
    assert stranded() == []
