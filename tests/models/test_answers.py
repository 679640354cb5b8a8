"""Answers: what a reviewer decided is kept at once, holds while the proposal is the same, and is never deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake.errors import InvalidValueError, NotClaimedError, StaleVersionError, UnknownFactError
from intake.types import Decision
from models import answers, drafts
from models.answers import Answer
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.drafts import Draft
from tests import made_up
from tests.made_up import enter_draft, license_reading


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk and two reviewers."""
    return made_up.people(database, "clerk", "reviewer", "reviewer")


@pytest.fixture
def draft_id(database: Database, people: dict[str, str]) -> str:
    """An open draft that the first reviewer holds."""
    made = enter_draft(database, people["clerk"], [license_reading()])
    with database.unit() as unit:
        drafts.claim(unit, made, people["reviewer"], 15)
    return made


def _answer(database: Database, draft_id: str, user_id: str, *words: Decision, undone: tuple[str, ...] = ()) -> None:
    with database.unit() as unit:
        drafts.answer(unit, draft_id, user_id, words, undone=undone, version=None)


def _held(database: Database, draft_id: str) -> dict[str, Decision | None]:
    with database.read() as session:
        view = drafts.load(session, draft_id)
    assert view is not None
    return {fact.fact: fact.decision for fact in view.facts if fact.decision is not None}


def _rows(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Answer.id)).all())


def test_what_was_answered_is_there_again_after_a_reload(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """The draft's view carries each answer, a correction in its canonical form, and the audit tells which facts."""
    _answer(
        database,
        draft_id,
        people["reviewer"],
        Decision("company_name", "accept"),
        Decision("registered_capital", "correct", "600万元"),
    )
    assert _held(database, draft_id) == {
        "company_name": Decision("company_name", "accept"),
        "registered_capital": Decision("registered_capital", "correct", "6000000.00"),
    }
    with database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "draft.answered")).one()
    assert row.details["via"] == "desk"
    assert set(row.details["facts"]) == {"company_name", "registered_capital"}


def test_of_several_words_on_one_fact_the_last_is_kept(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """A page that sends what was typed and what was pressed after that at once is understood, not refused."""
    words = (Decision("company_name", "accept"), Decision("company_name", "omit"))
    _answer(database, draft_id, people["reviewer"], *words)
    assert (_held(database, draft_id), _rows(database)) == ({"company_name": words[1]}, 1)


def test_a_later_answer_takes_the_place_of_the_earlier_one_and_both_stay(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """One answer per fact holds; taking it back leaves the fact undecided; no row is ever deleted."""
    reviewer = people["reviewer"]
    _answer(database, draft_id, reviewer, Decision("company_name", "accept"))
    _answer(database, draft_id, reviewer, Decision("company_name", "correct", "杭州云岫改名有限公司"))
    assert _held(database, draft_id)["company_name"] == Decision("company_name", "correct", "杭州云岫改名有限公司")
    _answer(database, draft_id, reviewer, undone=("company_name",))
    assert _held(database, draft_id) == {}
    assert _rows(database) == 2


def test_only_who_holds_the_draft_answers(database: Database, people: dict[str, str], draft_id: str) -> None:
    """Another reviewer is refused, and so is an answer on an older version; nothing is kept."""
    with pytest.raises(NotClaimedError):
        _answer(database, draft_id, people["other reviewer"], Decision("company_name", "accept"))
    with pytest.raises(StaleVersionError), database.unit() as unit:
        drafts.answer(unit, draft_id, people["reviewer"], [Decision("company_name", "accept")], version=7)
    assert _rows(database) == 0


def test_an_answer_has_a_fact_and_a_value_that_could_be_confirmed(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """Unknown facts, malformed corrections and accepting nothing are refused by name."""
    for word, refusal in (
        (Decision("no_such_fact", "accept"), UnknownFactError),
        (Decision("registered_capital", "correct", "many"), InvalidValueError),
        (Decision("company_name", "accept", "另一个名称"), InvalidValueError),
    ):
        with pytest.raises(refusal):
            _answer(database, draft_id, people["reviewer"], word)
    assert _rows(database) == 0


def test_a_fact_whose_proposal_changed_loses_its_answer_and_the_others_keep_theirs(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """New words on the paper make the answer history; what is proposed as before stays answered."""
    _answer(
        database,
        draft_id,
        people["reviewer"],
        Decision("company_name", "accept"),
        Decision("credit_code", "accept"),
    )
    with database.unit() as unit:
        view = drafts.load(unit.session, draft_id)
        assert view is not None
        facts = tuple(
            replace(fact, value="杭州云岫重读有限公司") if fact.fact == "company_name" else fact
            for fact in view.file.facts
        )
        drafts.save_draft(unit, view.case_id, replace(view.file, facts=facts), ["business_license"])
    assert set(_held(database, draft_id)) == {"credit_code"}
    assert _rows(database) == 2
    _answer(database, draft_id, people["reviewer"], Decision("company_name", "accept"))
    assert set(_held(database, draft_id)) == {"credit_code", "company_name"}


def test_confirming_removes_no_answer_and_its_form_decides(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """The answers are history; what the form said is what was decided."""
    _answer(database, draft_id, people["reviewer"], Decision("company_name", "omit"))
    made_up.confirmed(database, draft_id, people["reviewer"])
    assert _held(database, draft_id)["company_name"] == Decision("company_name", "accept", "杭州云岫测试有限公司")
    assert _rows(database) == 1


def test_the_database_lets_one_answer_per_fact_hold(database: Database, people: dict[str, str], draft_id: str) -> None:
    """A second row that holds cannot be committed, whatever the code does."""
    _answer(database, draft_id, people["reviewer"], Decision("company_name", "accept"))
    twin = Answer(
        draft_id=draft_id,
        round=1,
        version=1,
        fact="company_name",
        action="omit",
        via="desk",
        user_id=people["reviewer"],
        at=now(),
    )
    with pytest.raises(IntegrityError), database.unit() as unit:
        unit.session.add(twin)


def test_who_answered_where_is_told(database: Database, people: dict[str, str], draft_id: str) -> None:
    """Each answer that holds names its person and its way."""
    _answer(database, draft_id, people["reviewer"], Decision("company_name", "accept"))
    with database.read() as session:
        kept = answers.holding(session, session.get_one(Draft, draft_id))["company_name"]
    assert (kept.user_id, kept.via) == (people["reviewer"], "desk")
