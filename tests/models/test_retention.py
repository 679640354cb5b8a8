"""What is done is forgotten after its days; nothing of papers, drafts and the audit ever is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import audit, jobs, region_readings, retention
from models.audit import AuditRow
from models.base import now
from models.cases import Case, Document, Page
from models.database import Database
from models.jobs import Job
from models.region_readings import RegionReading
from models.retention import Days, Forgotten
from tests import made_up
from tests.models.office import Incoming, Office

DAYS = Days(jobs=90, regions=30)
LONG_AGO = timedelta(days=91)


def _forget(database: Database, days: Days = DAYS) -> Forgotten:
    with database.unit() as unit:
        return retention.forget(unit, days)


def _age(database: Database, **states: str) -> None:
    """Let every job be of long ago, and in this state where one is given."""
    then = now() - LONG_AGO
    with database.unit() as unit:
        unit.session.execute(update(Job).values(not_before=then, updated_at=then, created_at=then, **states))
        unit.session.execute(update(RegionReading).values(asked_at=then))


def _asked(office: Office) -> str:
    """A place of a page that somebody had read; gives its job."""
    with office.database.unit() as unit:
        page = unit.session.scalars(select(Page.id)).first()
        assert page is not None
        return region_readings.ask(unit, page, made_up.REGION, "date", "clerk-1", document_id="paper", number=1)[1]


def test_jobs_that_are_done_go_after_their_days_and_papers_stay(office: Office, incoming: Incoming) -> None:
    """The upload, its pages and documents are as they were; one row of the audit tells how many jobs went."""
    office.read(office.hand_in([incoming("a")]).job_ids[0])
    assert _forget(office.database) == Forgotten(0, 0)
    assert office.trail("retention.applied") == []
    _age(office.database)
    kept = [office.count(row) for row in (Case, Document, Page)]
    assert _forget(office.database) == Forgotten(jobs=1, regions=0)
    assert [office.count(row) for row in (Case, Document, Page)] == kept
    assert office.draft_jobs() != []
    (told,) = office.trail("retention.applied")
    assert (told.actor, told.details) == ("sweeper", {"jobs": 1, "regions": 0})
    assert _forget(office.database) == Forgotten(0, 0)
    assert len(office.trail("retention.applied")) == 1
    with office.database.read() as session:
        assert audit.verify(session).whole
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 3


@pytest.mark.parametrize("state", ["queued", "running", "failed", "quarantined"])
def test_a_job_that_is_not_done_stays(office: Office, incoming: Incoming, state: str) -> None:
    """However old it is: somebody may still want to know, or to try again."""
    office.hand_in([incoming("a")])
    _age(office.database, state=state)
    assert _forget(office.database) == Forgotten(0, 0)
    assert office.count(Job) == 1


def test_places_read_on_asking_go_with_what_was_read_there(office: Office, incoming: Incoming) -> None:
    """One whose reading is still to come stays until it is done."""
    office.read(office.hand_in([incoming("a")]).job_ids[0])
    done, waiting = _asked(office), _asked(office)
    claim = office.claim(done)
    with office.database.unit() as unit:
        region_readings.keep(unit, claim, "2016年3月8日", 0.9)
    _age(office.database)
    assert _forget(office.database, Days(jobs=0, regions=30)) == Forgotten(jobs=0, regions=1)
    with office.database.read() as session:
        assert session.scalars(select(RegionReading.text)).all() == [None]
    claim = office.claim(waiting)
    with office.database.unit() as unit:
        assert region_readings.place(unit.session, claim).kind == "date"
        jobs.finish(unit, claim)


def test_nothing_goes_where_the_office_keeps_all(office: Office, incoming: Incoming) -> None:
    """0 days: for good."""
    office.read(office.hand_in([incoming("a")]).job_ids[0])
    _age(office.database)
    assert _forget(office.database, Days(jobs=0, regions=0)) == Forgotten(0, 0)
    assert office.count(Job) == 2


def test_no_more_goes_at_once_than_others_can_wait_for(
    office: Office, incoming: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest goes with the next units, and the sweeper is told that there may be one."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for content in ("a", "b", "c"):
        office.hand_in([incoming(content)])
    _age(office.database, state="done")
    gone = [_forget(office.database) for _ in range(3)]
    assert [(one.jobs, one.more) for one in gone] == [(2, True), (1, False), (0, False)]
