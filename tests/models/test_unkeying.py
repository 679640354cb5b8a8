"""Taking a word back that waits for another person: only one's own, at once, and while nobody goes on with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake.errors import IntakeError, UndoOverError, WordPassedOnError
from intake.types import Decision
from models import drafts, policies, round_views, rounds
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.drafts import DraftView
from models.efforts import Effort
from tests import made_up
from tests.models.test_rounds import Office


@pytest.fixture
def office(any_database: Database) -> Office:
    """The credit code and the capital of a license are keyed blind, on SQLite and on PostgreSQL."""
    people = made_up.people(any_database, "clerk", "administrator")
    with any_database.unit() as unit:
        for name in ("one", "two", "three"):
            people[name] = made_up.add_user(unit, name, ["reviewer"]).id
        facts = {"facts": ["credit_code", "registered_capital"]}
        policies.change(unit, "blind", facts, user_id=people["administrator"])
    return Office(any_database, people, made_up.enter_draft(any_database, people["clerk"], [made_up.license_reading()]))


def _take_back(office: Office, who: str, seconds: int = 0) -> dict[str, Decision]:
    at = now() + timedelta(seconds=seconds)
    with office.database.unit() as unit:
        return {word.fact: word for word in drafts.unconfirm(unit, office.draft_id, office.people[who], 15, at=at)}


def _seen(office: Office, who: str) -> tuple[str, int, int, str | None]:
    view: DraftView = office.view(who)
    return view.state, view.round, view.people, view.claimed_by


def test_a_first_word_is_taken_back_and_given_anew(office: Office) -> None:
    """The draft waits for the first again, held by him; the word stays withdrawn in the history, the audit tells."""
    assert office.decide("one", company_name="杭州云岫一号有限公司") is None
    words = _take_back(office, "one")
    assert words["company_name"] == Decision("company_name", "correct", "杭州云岫一号有限公司")
    assert words["credit_code"] == Decision("credit_code", "accept")
    assert _seen(office, "one") == ("open", 1, 2, office.people["one"])
    assert office.decide("one") is None
    with office.database.read() as session:
        rows = session.scalars(select(rounds.Round).order_by(rounds.Round.at)).all()
        told = session.execute(select(AuditRow.action, AuditRow.details).order_by(AuditRow.id)).all()
        assert session.scalar(select(func.count()).select_from(Effort)) == 1
    assert [(row.number, row.withdrawn_at is None) for row in rows] == [(1, False), (1, True)]
    assert ("draft.unkeyed", {"version": 1, "round": 1}) in [tuple(row) for row in told]
    assert office.decide("two", credit_code=made_up.CODES[0], registered_capital="500万元") is not None


def _another_holds_it(office: Office) -> None:
    office.claim("two")


def _another_answered(office: Office) -> None:
    office.claim("two")
    with office.database.unit() as unit:
        word = Decision("company_name", "correct", "杭州云岫二号有限公司")
        drafts.answer(unit, office.draft_id, office.people["two"], [word])
    with office.database.unit() as unit:
        drafts.release(unit, office.draft_id, office.people["two"])


def _another_keyed_and_took_it_back(office: Office) -> None:
    office.decide("two", credit_code=made_up.CODES[0], registered_capital="600万元")
    _take_back(office, "two")
    with office.database.unit() as unit:
        drafts.release(unit, office.draft_id, office.people["two"])


@pytest.mark.parametrize("built", [_another_holds_it, _another_answered, _another_keyed_and_took_it_back])
def test_nothing_is_taken_back_that_another_goes_on_with(office: Office, built: Callable[[Office], None]) -> None:
    """Whoever holds the draft, answered on it or keyed it after, has built on the word."""
    office.decide("one")
    built(office)
    with pytest.raises(WordPassedOnError):
        _take_back(office, "one")


@pytest.mark.parametrize(
    ("who", "seconds", "refused"),
    [("one", 60, WordPassedOnError), ("two", 0, UndoOverError), ("three", 0, UndoOverError)],
)
def test_only_whose_word_it_is_takes_it_back_and_only_at_once(
    office: Office, who: str, seconds: int, refused: type[IntakeError]
) -> None:
    """After the time, or by another, nothing changes."""
    office.decide("one")
    with pytest.raises(refused):
        _take_back(office, who, seconds)
    assert _seen(office, "two") == ("open", 2, 2, None)


def test_a_second_word_comes_back_as_it_was_keyed(office: Office) -> None:
    """Of a blind fact the typed value, never that it was what had been read."""
    office.decide("one")
    assert office.decide("two", credit_code=made_up.CODES[0], registered_capital="600万元") is None
    words = _take_back(office, "two")
    assert words["credit_code"] == Decision("credit_code", "correct", made_up.CODES[0])
    assert words["registered_capital"] == Decision("registered_capital", "correct", "6000000.00")
    assert words["company_name"] == Decision("company_name", "accept")
    assert _seen(office, "two") == ("open", 2, 3, office.people["two"])


def test_a_final_word_comes_back_as_it_was_keyed(office: Office) -> None:
    """Also where it confirmed the draft: handed in again as it came back, it is no value accepted unseen."""
    office.decide("one")
    keyed = {"credit_code": made_up.CODES[0], "registered_capital": "5000000.00"}
    assert office.decide("two", **keyed) is not None
    words = _take_back(office, "two")
    assert {fact: words[fact] for fact in keyed} == {
        fact: Decision(fact, "correct", value) for fact, value in keyed.items()
    }
    assert words["company_name"] == Decision("company_name", "accept")
    with office.database.unit() as unit:
        assert drafts.confirm(unit, office.draft_id, office.people["two"], 1, list(words.values())) is not None


def test_who_takes_a_differing_word_back_cannot_try_until_it_agrees(office: Office) -> None:
    """A third decides all the same, finds the value open, and is offered all that was keyed."""
    office.decide("one")
    office.decide("two", credit_code=made_up.CODES[0], registered_capital="600万元")
    _take_back(office, "two")
    assert office.decide("two", credit_code=made_up.CODES[0], registered_capital="500万元") is None
    facts = {fact.fact: fact for fact in office.view("three").facts}
    assert facts["registered_capital"].decision is None
    assert facts["credit_code"].decision == Decision("credit_code", "accept")
    offered = [(one.value, one.reason) for one in facts["registered_capital"].alternatives]
    assert offered[:2] == [("5000000.00", "first"), ("6000000.00", "second")]
    assert office.decide("three", registered_capital="5000000.00") is not None


def test_the_first_is_told_nothing_of_a_second_word_by_trying_to_take_his_back(office: Office) -> None:
    """Who waits for his turn sees the rounds that stand; a withdrawn word is none of them."""
    office.decide("one")
    office.decide("two", credit_code=made_up.CODES[0], registered_capital="600万元")
    _take_back(office, "two")
    with office.database.read() as session:
        view = drafts.load(session, office.draft_id)
        assert view is not None
        turns = round_views.of_draft(session, view, office.people["three"], decides=True)
    assert [turn.number for turn in turns] == [1]
