"""What reviewing takes: one row for each word on a draft, with counts and nothing of the papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import select

from intake.settings import Settings
from models import drafts, efforts
from models.base import now
from models.database import Database
from models.efforts import Effort, Spent
from models.schema import alembic_config, upgrade
from tests import made_up
from tests.made_up import CODES, card_reading, enter_draft, license_reading


@pytest.fixture
def people(any_database: Database) -> dict[str, str]:
    """A clerk and two reviewers."""
    return made_up.people(any_database, "clerk", "reviewer", "reviewer")


def _kept(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        rows = session.scalars(select(Effort).order_by(Effort.at)).all()
    names = ("outcome", "papers", "papers_untouched", "facts", "untouched", "seconds", "keystrokes", "pointer_moves")
    return [tuple(getattr(row, name) for name in names) for row in rows]


def _confirm(database: Database, draft_id: str, user_id: str, spent: Spent, **corrections: str) -> None:
    with database.unit() as unit:
        drafts.claim(unit, draft_id, user_id, 15)
    with database.read() as session:
        view = drafts.load(session, draft_id)
    assert view is not None
    with database.unit() as unit:
        words = made_up.accept_all(view, **corrections)
        keys = frozenset(finding.key for finding in view.findings)
        drafts.confirm(unit, draft_id, user_id, view.version, words, acknowledged=keys, spent=spent)


def test_a_confirmation_tells_what_it_changed_and_took(any_database: Database, people: dict[str, str]) -> None:
    """A license with one corrected value and an ID card that stays: one of two papers, all facts but one."""
    draft_id = enter_draft(any_database, people["clerk"], [license_reading(), card_reading()])
    spent = Spent(seconds=31, keystrokes=14, pointer_moves=0)
    _confirm(any_database, draft_id, people["reviewer"], spent, business_scope="软件测试")
    assert _kept(any_database) == [("confirmed", 2, 1, 13, 12, 31, 14, 0)]


def test_what_is_put_aside_and_what_nobody_counted_has_its_row_too(
    any_database: Database, people: dict[str, str]
) -> None:
    """Returned papers are work as well; over the API nothing is told of time and keys."""
    draft_id = enter_draft(any_database, people["clerk"], [license_reading()])
    with any_database.unit() as unit:
        drafts.claim(unit, draft_id, people["reviewer"], 15)
        drafts.return_to_clerk(unit, draft_id, people["reviewer"], 1, "cut_off")
    other = enter_draft(any_database, people["clerk"], [license_reading(CODES[1])])
    made_up.confirmed(any_database, other, people["reviewer"])
    assert _kept(any_database) == [
        ("returned", 1, 0, 0, 0, None, None, None),
        ("confirmed", 1, 1, 7, 7, None, None, None),
    ]


def test_a_confirmation_taken_back_has_taken_nothing(any_database: Database, people: dict[str, str]) -> None:
    """The desk goes on counting, and the next confirmation tells it all."""
    draft_id = enter_draft(any_database, people["clerk"], [license_reading()])
    _confirm(any_database, draft_id, people["reviewer"], Spent(5, 1, 0))
    with any_database.unit() as unit:
        drafts.unconfirm(unit, draft_id, people["reviewer"], 15, at=now() + timedelta(seconds=2))
    assert _kept(any_database) == []


def test_what_is_missing_and_left_out_was_not_touched(any_database: Database, people: dict[str, str]) -> None:
    """Nothing was read and nothing is kept: that is no correction."""
    reading = made_up.reading("business_license", {"name": "云岫测试有限公司", "uscc": CODES[0], "address": None})
    draft_id = enter_draft(any_database, people["clerk"], [reading])
    with any_database.read() as session:
        view = drafts.load(session, draft_id)
    assert view is not None
    words = made_up.accept_all(view)
    assert "omit" in {word.action for word in words}
    assert efforts.change(view.file, words) == efforts.Change(1, 1, 2, 2)


def test_earlier_confirmations_are_counted_when_the_table_is_made(settings: Settings) -> None:
    """Counts are worked out from the decisions that are kept; what they took nobody knows."""
    database = Database(settings.database)
    people = made_up.people(database, "clerk", "reviewer")
    draft_id = enter_draft(database, people["clerk"], [license_reading(), card_reading()])
    made_up.confirmed(database, draft_id, people["reviewer"], business_scope="软件测试")
    before = _kept(database)
    database.close()
    command.downgrade(alembic_config(settings.database), "0014")
    upgrade(settings.database)
    database = Database(settings.database)
    assert _kept(database) == before
    database.close()
