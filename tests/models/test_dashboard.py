"""What the dashboard counts, on both databases: work, ages, judgements, agreement."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from intake.statistics import Share
from models import dashboard, drafts, policies, round_views, samples
from models.base import now
from models.dashboard import Work
from models.database import Database
from models.draft_rows import Decision, Draft
from models.efforts import Effort, Spent
from models.sample_rows import Sample
from tests import made_up
from tests.made_up import CODES, card_reading, enter_draft, license_reading
from tests.plans import plans


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk, an administrator and three reviewers."""
    return made_up.people(database, "clerk", "administrator", "reviewer", "reviewer", "auditor")


def _decide(
    database: Database, draft_id: str, user_id: str, *, at: datetime, spent: Spent | None = None, **corrections: str
) -> None:
    """Claim and confirm, or key for the next person, at a time."""
    with database.unit() as unit:
        drafts.claim(unit, draft_id, user_id, 15, at=at)
    with database.read() as session:
        loaded = drafts.load(session, draft_id)
        assert loaded is not None
        view = round_views.seen_by(session, loaded, user_id, decides=True)
    with database.unit() as unit:
        words = made_up.accept_all(view, **corrections)
        keys = frozenset(finding.key for finding in loaded.findings)
        drafts.confirm(unit, draft_id, user_id, view.version, words, acknowledged=keys, at=at, spent=spent)


def test_work_is_summed_by_span_person_and_outcome(database: Database, people: dict[str, str]) -> None:
    """What lies before the first edge and from the last one on is left out; an edge begins its own span."""
    today = now()
    edges = [today - timedelta(days=2), today - timedelta(days=1), today]
    times = (edges[0] - timedelta(seconds=1), edges[0], edges[1], edges[2])
    for code, at in zip(CODES, times, strict=True):
        draft_id = enter_draft(database, people["clerk"], [license_reading(code), card_reading()])
        _decide(database, draft_id, people["reviewer"], at=at, spent=Spent(20, 3, 0), business_scope="软件")
    with database.read() as session:
        found = sorted(dashboard.work(session, edges), key=lambda one: one.span)
    sums = {"drafts": 1, "drafts_untouched": 0, "papers": 2, "papers_untouched": 1, "facts": 13, "facts_untouched": 12}
    taken = {"seconds": 20, "timed_papers": 2}
    assert found == [Work(span, people["reviewer"], "confirmed", **sums, **taken) for span in (0, 1)]


def test_what_a_paper_took_is_its_drafts_share(database: Database, people: dict[str, str]) -> None:
    """Forty seconds over two papers are twenty for each of them; what nobody counted is left out."""
    at = now()
    for code, spent in zip(CODES, (Spent(40, 2, 0), Spent(10, 2, 1), None, None), strict=True):
        readings = [license_reading(code), card_reading()] if code == CODES[0] else [license_reading(code)]
        _decide(database, enter_draft(database, people["clerk"], readings), people["reviewer"], at=at, spent=spent)
    with database.read() as session:
        assert dashboard.costs(session, Effort.seconds, at) == {20.0: 2, 10.0: 1}
        assert dashboard.costs(session, Effort.keystrokes, at) == {1.0: 2, 2.0: 1}
        assert dashboard.costs(session, Effort.seconds, at + timedelta(seconds=1)) == {}


def test_the_ages_of_the_queue_are_those_of_open_drafts(database: Database, people: dict[str, str]) -> None:
    """Each age counts all that have waited at least so long; a queue without drafts has no oldest."""
    with database.read() as session:
        assert dashboard.ages(session, (1, 4), now()) == dashboard.Ages(0, {1: 0, 4: 0}, None)
    made = [enter_draft(database, people["clerk"], [license_reading(code)]) for code in CODES[:2]]
    _decide(database, made[0], people["reviewer"], at=now())
    with database.read() as session:
        found = dashboard.ages(session, (1, 4), now() + timedelta(hours=2))
    assert (found.waiting, found.since) == (1, {1: 1, 4: 0})
    assert found.oldest is not None


def test_readings_are_judged_by_what_people_made_of_them(database: Database, people: dict[str, str]) -> None:
    """Accepted is right, corrected is wrong, by value and by confidence; what was not read is not judged."""
    at = now()
    for code, confidence in zip(CODES, (0.55, 0.97, 0.97, 0.999), strict=True):
        draft_id = enter_draft(database, people["clerk"], [license_reading(code, confidence=confidence)])
        fixes = {"business_scope": "软件"} if confidence == 0.55 else {}
        _decide(database, draft_id, people["reviewer"], at=at, **fixes)
    with plans(database) as seen, database.read() as session:
        found = dashboard.judged(session, at)
    assert found.facts["business_scope"] == Share(3, 4)
    assert found.facts["credit_code"] == Share(4, 4)
    assert [(one.lower, one.values, round(one.confidence, 3)) for one in found.bins] == [
        (0.5, 7, 0.55),
        (0.95, 14, 0.97),
        (0.99, 7, 0.999),
    ]
    assert found.shares == (Share(6, 7), Share(14, 14), Share(7, 7))
    assert any("ix_decisions_judged" in plan for plan in seen) or database.engine.dialect.name == "postgresql"


def test_agreement_is_told_apart_by_how_two_people_looked(database: Database, people: dict[str, str]) -> None:
    """Blind facts are compared with what was done to them, the others as seen by the second; samples by the facts."""
    with database.unit() as unit:
        rule = {"types": ["business_license"], "facts": []}
        policies.change(unit, policies.SECOND_PERSON, rule, user_id=people["administrator"])
        policies.change(unit, policies.BLIND, {"facts": ["credit_code"]}, user_id=people["administrator"])
        policies.change(unit, policies.SAMPLING, {"share": 100, "seed": "s"}, user_id=people["administrator"])
    at = now()
    draft_id = enter_draft(database, people["clerk"], [license_reading()])
    _decide(database, draft_id, people["reviewer"], at=at)
    _decide(
        database, draft_id, people["other reviewer"], at=at, credit_code=CODES[0], registered_address="浙江省杭州市1号"
    )
    with database.read() as session:
        found = dashboard.agreement(session, at)
    assert (found.blind, found.said, found.second) == (Share(1, 1), {("accept", "accept"): 1}, Share(5, 6))
    assert found.sampled == Share(0, 0)
    with database.unit() as unit:
        sample = samples.waiting(unit.session, people["auditor"])[0]
        kept = unit.session.scalars(select(Decision).where(Decision.draft_id == draft_id))
        typed = {row.fact: row.value or "" for row in kept} | {"business_scope": "软件"}
        samples.check(unit, sample.id, people["auditor"], typed)
    with database.read() as session:
        assert dashboard.agreement(session, at).sampled == Share(6, 7)
        assert dashboard.agreement(session, now() + timedelta(hours=1)).second == Share(0, 0)
    with database.unit() as unit:
        unit.session.execute(update(Sample).values(state="waiting"))
        unit.session.execute(update(Draft).values(doubtful=0))
    with database.read() as session:
        assert dashboard.agreement(session, at).sampled == Share(0, 0)
