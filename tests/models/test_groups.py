"""Group verification: crops are leased to one reviewer, answers are ordinary ones, other people's drafts are let be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from intake.errors import AlreadyClaimedError, AlreadySettledError, NotClaimedError
from intake.types import Decision
from models import answers, drafts, groups, policies
from models.answers import Answer
from models.base import now
from models.database import Database
from models.draft_rows import Draft
from tests import made_up
from tests.made_up import CODES, enter_draft, license_reading


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk, two reviewers, an administrator."""
    return made_up.people(database, "clerk", "reviewer", "reviewer", "administrator")


@pytest.fixture
def doubtful(database: Database, people: dict[str, str]) -> list[str]:
    """Three drafts in which every value is doubtful."""
    return [enter_draft(database, people["clerk"], [license_reading(code, confidence=0.6)]) for code in CODES[:3]]


def _take(database: Database, kind: str, user_id: str, limit: int = 50) -> list[groups.GroupItem]:
    with database.unit() as unit:
        return groups.take(unit, kind, user_id, limit=limit)


def _counts(database: Database, user_id: str) -> dict[str, int]:
    with database.read() as session:
        return dict(groups.counts(session, user_id))


def test_the_readings_of_a_kind_wait_over_all_drafts(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """Counted by kind, given with the oldest draft first; sure readings are none of them."""
    enter_draft(database, people["clerk"], [license_reading(CODES[3], confidence=0.99)])
    assert _counts(database, people["reviewer"])["amounts"] == 3
    items = _take(database, "amounts", people["reviewer"])
    assert [item.draft_id for item in items] == sorted(doubtful)
    assert [item.fact.value for item in items] == ["5000000.00"] * 3


def test_two_reviewers_never_get_the_same_crops(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """While the first has them, the second gets others or none; asking at once, too; the first gets his again."""
    del doubtful
    barrier = Barrier(2)

    def ask(who: str) -> set[str]:
        barrier.wait()
        return {item.id for item in _take(database, "amounts", people[who], limit=2)}

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(ask, ("reviewer", "other reviewer"))
    assert not one & two
    assert len(one | two) == 3
    first = {item.id for item in _take(database, "amounts", people["reviewer"])}
    assert one <= first
    assert not first & two


def test_a_lease_runs_out(database: Database, people: dict[str, str], doubtful: list[str]) -> None:
    """Who went away does not keep the crops for ever; an answer that comes too late is refused."""
    del doubtful
    items = _take(database, "amounts", people["reviewer"])
    with database.unit() as unit:
        later = now() + timedelta(minutes=groups.LEASE_MINUTES + 1)
        assert len(groups.take(unit, "amounts", people["other reviewer"], at=later)) == 3
    with pytest.raises(NotClaimedError), database.unit() as unit:
        groups.answer(unit, items[0].id, people["reviewer"], Decision("registered_capital", "accept"))


def test_an_answer_is_an_ordinary_one_by_way_of_a_group(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """It stands on its draft, leaves the group, and comes back when it is undone."""
    item = _take(database, "amounts", people["reviewer"])[0]
    with database.unit() as unit:
        groups.answer(unit, item.id, people["reviewer"], Decision("registered_capital", "correct", "600万元"))
    with database.read() as session:
        kept = answers.holding(session, session.get_one(Draft, doubtful[0]))["registered_capital"]
    assert (kept.word.value, kept.via, kept.user_id) == ("6000000.00", "group", people["reviewer"])
    assert _counts(database, people["reviewer"])["amounts"] == 2
    with database.unit() as unit:
        groups.undo(unit, item.id, people["reviewer"])
    assert _counts(database, people["reviewer"])["amounts"] == 3
    with database.read() as session:
        assert len(session.scalars(select(Answer)).all()) == 1


def test_what_is_answered_at_the_desk_leaves_the_group(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """And comes back with its answer taken back; other people's drafts are not in the group at all."""
    reviewer = people["reviewer"]
    with database.unit() as unit:
        drafts.claim(unit, doubtful[0], reviewer, 15)
        drafts.answer(unit, doubtful[0], reviewer, [Decision("registered_capital", "accept")])
    assert _counts(database, reviewer)["amounts"] == 2
    assert _counts(database, people["other reviewer"])["amounts"] == 2
    with database.unit() as unit:
        drafts.answer(unit, doubtful[0], reviewer, [], undone=["registered_capital"])
    assert _counts(database, reviewer)["amounts"] == 3
    assert _counts(database, people["other reviewer"])["amounts"] == 2


def test_a_draft_that_somebody_took_meanwhile_refuses_the_answer(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """Claimed by another: told so; settled: its readings are gone; written anew: these are other readings."""
    items = _take(database, "amounts", people["reviewer"])
    word = Decision("registered_capital", "accept")
    with database.unit() as unit:
        drafts.claim(unit, doubtful[0], people["other reviewer"], 15)
    with pytest.raises(AlreadyClaimedError), database.unit() as unit:
        groups.answer(unit, items[0].id, people["reviewer"], word)
    made_up.confirmed(database, doubtful[1], people["other reviewer"])
    with pytest.raises(LookupError), database.unit() as unit:
        groups.answer(unit, items[1].id, people["reviewer"], word)
    with database.unit() as unit:
        unit.session.get_one(Draft, doubtful[2]).round = 2
    with pytest.raises(AlreadySettledError), database.unit() as unit:
        groups.answer(unit, items[2].id, people["reviewer"], word)


def test_a_confirmation_taken_back_brings_its_readings_back(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """The draft waits again, and so do its doubtful readings."""
    made_up.confirmed(database, doubtful[0], people["reviewer"])
    assert _counts(database, people["reviewer"])["amounts"] == 2
    with database.unit() as unit:
        drafts.unconfirm(unit, doubtful[0], people["reviewer"], 15)
    assert _counts(database, people["reviewer"])["amounts"] == 3


def test_what_is_keyed_blind_is_shown_in_no_group(
    database: Database, people: dict[str, str], doubtful: list[str]
) -> None:
    """The second person must not have seen the reading in a column."""
    del doubtful
    with database.unit() as unit:
        policies.change(unit, "blind", {"facts": ["registered_capital"]}, user_id=people["administrator"])
    assert "amounts" not in _counts(database, people["reviewer"])
    assert _take(database, "amounts", people["reviewer"]) == []
