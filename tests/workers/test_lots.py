"""What a worker does with lots and acceptances: each draft by itself, each original hashed anew."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from intake.errors import LotStateError
from models import acceptance, acceptance_checks, batch_lots, jobs
from models.batch_rows import BatchFile
from models.draft_rows import Draft
from models.job_rows import CHECK_BATCH, Job
from models.lot_rows import LotDraft
from tests.made_up import license_reading
from tests.models.batch_office import MEASURES, ON, code, opened
from workers import tasks, turns
from workers.context import Context


def test_a_policy_gathers_what_is_there_and_an_accepted_lot_is_confirmed(context: Context) -> None:
    """Drafts made before the policy come into the lot; the judge's decision confirms them, one after the other."""
    office = opened(context.database)
    made = [office.item(license_reading(code(number))) for number in range(3)]
    (job,) = office.set(ON)
    tasks.run_job(context, job)
    assert office.queued() == []
    for draft_id in office.draw():
        office.judge(draft_id)
    with context.database.unit() as unit:
        (job,) = batch_lots.settle(unit, office.lot().id, office.people["reviewer"])
    tasks.run_job(context, job)
    tasks.run_job(context, job)
    assert {office.draft(draft_id).state for draft_id in made} == {"confirmed"}


def test_a_draft_that_the_rules_no_longer_let_stand_goes_to_the_queue(context: Context) -> None:
    """The others are confirmed all the same, and the lot tells why that one was not."""
    office = opened(context.database)
    office.set(ON)
    first, second = (office.item(license_reading(code(number))) for number in range(2))
    for draft_id in office.draw():
        office.judge(draft_id)
    with context.database.unit() as unit:
        (job,) = batch_lots.settle(unit, office.lot().id, office.people["reviewer"])
        unit.session.get_one(Draft, second).people = 2
    tasks.run_job(context, job)
    assert (office.draft(first).state, office.queued()) == ("confirmed", [second])
    with context.database.read() as session:
        told = session.scalars(select(LotDraft.reason).where(LotDraft.draft_id == second)).one()
    assert told == "people"


def test_an_acceptance_finds_originals_that_are_gone(context: Context) -> None:
    """What the store holds is hashed anew; what it does not hold fails its rule and stops nothing."""
    office = opened(context.database)
    for number in range(2):
        office.item(license_reading(code(number)), replace(MEASURES, look=f"{number * 0x0F1E2D3C4B5A6978:016x}"))
    kept = context.store.put(io.BytesIO(b"an original"), 1000)
    office.close()
    with context.database.unit() as unit:
        here, gone = unit.session.scalars(select(BatchFile).order_by(BatchFile.position))
        here.sha256, gone.sha256 = kept.sha256, "0" * 64
        row, jobs = acceptance.begin(unit, office.batch, office.people["archivist"], aql="1.0", share=5.0, seed="s")
    tasks.run_job(context, jobs[0])
    with context.database.read() as session:
        found = session.get_one(type(row), row.id)
    failing = {one["rule"]: [it["subject"] for it in one["failures"]] for one in found.checks if one["failed"]}
    assert (found.state, failing) == ("sampled", {"hashes": [gone.id]})


def test_a_long_acceptance_hashes_turn_by_turn(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each turn goes on behind the one before, and only the last looks at the pages."""
    office = opened(context.database)
    for number in range(3):
        office.item(license_reading(code(number)), replace(MEASURES, look=f"{number * 0x0F1E2D3C4B5A6978:016x}"))
    office.close()
    with context.database.unit() as unit:
        for number, file in enumerate(unit.session.scalars(select(BatchFile))):
            file.sha256 = context.store.put(io.BytesIO(str(number).encode()), 1000).sha256 if number else "0" * 64
        row, _ = acceptance.begin(unit, office.batch, office.people["archivist"], aql="1.0", share=5.0, seed="s")
    monkeypatch.setattr(turns, "over", lambda _context: lambda: True)
    told = []
    for _turn in range(3):
        with context.database.read() as session:
            (job,) = session.scalars(select(Job.id).where(Job.kind == CHECK_BATCH, Job.state == "queued"))
        tasks.run_job(context, job)
        with context.database.read() as session:
            found = session.get_one(type(row), row.id)
            progress = acceptance_checks.progress(session, found)
        told.append((found.state, progress.hashed, progress.originals, progress.stuck))
    assert told == [("checking", 1, 3, None), ("checking", 2, 3, None), ("sampled", 3, 3, None)]
    assert {one["rule"]: one["failed"] for one in found.checks if one["failed"]} == {"hashes": 1}


def test_an_acceptance_whose_checks_were_put_aside_goes_on_as_its_archivist_says(context: Context) -> None:
    """It tells why it stands, and begins no second one with another seed."""
    office = opened(context.database)
    office.close()
    archivist = office.people["archivist"]
    with context.database.unit() as unit:
        row, (job,) = acceptance.begin(unit, office.batch, archivist, aql="1.0", share=5.0, seed="s")
    with context.database.unit() as unit, pytest.raises(LotStateError):
        acceptance_checks.try_again(unit, row.id, archivist)
    with context.database.unit() as unit:
        claim = jobs.claim(unit, job, 30)
        assert claim is not None
        jobs.quarantine(unit, claim, "store.unavailable")
    with context.database.unit() as unit:
        assert acceptance_checks.progress(unit.session, row).stuck == "store.unavailable"
        assert acceptance_checks.try_again(unit, row.id, archivist) == [job]
        assert acceptance_checks.progress(unit.session, row).stuck is None
    tasks.run_job(context, job)
    with context.database.read() as session:
        assert session.get_one(type(row), row.id).state == "sampled"
