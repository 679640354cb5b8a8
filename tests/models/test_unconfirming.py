"""Taking a confirmation back: everything is as it was before, and only who slipped may do it, at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake.errors import UndoOverError
from intake.types import Decision as Word
from models import customers, drafts
from models.audit import AuditRow
from models.base import now
from models.cases import Case
from models.database import Database
from models.drafts import Decision
from tests import made_up
from tests.made_up import CODES, card_reading, enter_draft, license_reading


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
    """The open draft of a case with a license and an ID card."""
    return enter_draft(database, people["clerk"], [license_reading(), card_reading()])


def _undo(database: Database, draft_id: str, user_id: str, seconds: int = 0) -> tuple[Word, ...]:
    with database.unit() as unit:
        return drafts.unconfirm(unit, draft_id, user_id, 15, at=now() + timedelta(seconds=seconds))


def _file(database: Database, number: str) -> customers.CustomerView | None:
    with database.read() as session:
        return customers.load(session, number)


def _trail(database: Database, number: str) -> list[str]:
    """What the audit tells of a customer, in order."""
    with database.read() as session:
        mine = select(AuditRow.action).where(AuditRow.subject_id == number, AuditRow.action != "customer.viewed")
        return list(session.scalars(mine.order_by(AuditRow.id)))


def test_a_new_customer_is_gone_and_the_draft_is_open_and_held_again(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """Nothing is left of the confirmation but the audit; what had been decided is given back; it can be confirmed."""
    number = made_up.confirmed(database, draft_id, people["reviewer"], company_name="云岫有限公司")
    words = {word.fact: word for word in _undo(database, draft_id, people["reviewer"])}
    assert words["company_name"] == Word("company_name", "correct", "云岫有限公司")
    assert _file(database, number) is None
    with database.read() as session:
        view = drafts.load(session, draft_id)
        assert view is not None
        assert (view.state, view.claimed_by, view.customer_number) == ("open", people["reviewer"], None)
        assert session.get_one(Case, view.case_id).state == "drafted"
        assert session.scalar(select(func.count()).select_from(Decision)) == 0
        told = session.scalars(select(AuditRow.action).where(AuditRow.subject_id == draft_id)).all()
    assert told[-1] == "draft.unconfirmed"
    assert _trail(database, number) == ["customer.created", "customer.removed"]
    assert made_up.confirmed(database, draft_id, people["reviewer"])


def test_a_changed_customer_has_its_former_values_and_version_again(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """The file after the undo is the file before the confirmation, history included."""
    number = made_up.confirmed(database, draft_id, people["reviewer"])
    before = _file(database, number)
    second = enter_draft(database, people["clerk"], [license_reading(name="杭州云岫精密有限公司")])
    made_up.confirmed(database, second, people["reviewer"])
    changed = _file(database, number)
    assert changed is not None
    assert (changed.version, changed.name) == (2, "杭州云岫精密有限公司")
    _undo(database, second, people["reviewer"])
    assert _file(database, number) == before
    assert _trail(database, number) == ["customer.created", "customer.changed", "customer.restored"]


@pytest.mark.parametrize(("who", "seconds"), [("reviewer", 60), ("other reviewer", 0)])
def test_only_who_confirmed_takes_it_back_and_only_at_once(
    database: Database, people: dict[str, str], draft_id: str, who: str, seconds: int
) -> None:
    """After the time, or by another, nothing changes."""
    number = made_up.confirmed(database, draft_id, people["reviewer"])
    with pytest.raises(UndoOverError):
        _undo(database, draft_id, people[who], seconds)
    assert _file(database, number) is not None


def test_nothing_is_taken_back_that_another_draft_rests_on(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """A later confirmation for the customer, or a draft for one who would be gone, stands in the way."""
    number = made_up.confirmed(database, draft_id, people["reviewer"])
    second = enter_draft(database, people["clerk"], [license_reading(CODES[0], name="杭州云岫精密有限公司")])
    with pytest.raises(UndoOverError):
        _undo(database, draft_id, people["reviewer"])
    made_up.confirmed(database, second, people["other reviewer"])
    with pytest.raises(UndoOverError):
        _undo(database, draft_id, people["reviewer"])
    assert (_file(database, number) or pytest.fail("gone")).version == 2


def test_an_open_draft_has_nothing_to_take_back(database: Database, people: dict[str, str], draft_id: str) -> None:
    """A draft that is not confirmed, or is none, is refused."""
    with pytest.raises(UndoOverError):
        _undo(database, draft_id, people["reviewer"])
    with pytest.raises(LookupError):
        _undo(database, "no such draft", people["reviewer"])
