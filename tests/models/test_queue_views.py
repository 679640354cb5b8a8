"""Saved views and chosen columns: whose they are, what they hold, and who takes them away."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.errors import TooManyViewsError
from models import preferences, queue_views
from models.audit import AuditRow
from models.database import Database
from models.queue_views import SavedView
from tests import made_up


@pytest.fixture
def people(any_database: Database) -> dict[str, str]:
    """Two reviewers and an administrator."""
    return made_up.people(any_database, "reviewer", "reviewer", "administrator")


def _save(database: Database, user_id: str, name: str, *, shared: bool = False, **filters: str) -> None:
    with database.unit() as unit:
        queue_views.save(unit, user_id, name, filters, shared=shared)


def _remove(database: Database, view_id: str, user_id: str, *, runs_office: bool) -> None:
    with database.unit() as unit:
        queue_views.remove(unit, view_id, user_id, runs_office=runs_office)


def _seen(database: Database, user_id: str) -> list[SavedView]:
    with database.read() as session:
        return queue_views.seen_by(session, user_id)


def test_views_are_seen_by_their_owner_and_shared_ones_by_all(any_database: Database, people: dict[str, str]) -> None:
    """The same name again is the same view with another filter; everybody's come first."""
    _save(any_database, people["reviewer"], "mine", doubt="none")
    _save(any_database, people["reviewer"], "mine", doubt="errors")
    _save(any_database, people["administrator"], "old", shared=True, hours="24")
    told = [(view.name, view.shared, view.own, view.filters) for view in _seen(any_database, people["reviewer"])]
    assert told == [("old", True, False, {"hours": "24"}), ("mine", False, True, {"doubt": "errors"})]
    assert [view.name for view in _seen(any_database, people["other reviewer"])] == ["old"]


def test_views_are_taken_away_by_their_owner_and_shared_ones_by_who_runs_the_office(
    any_database: Database, people: dict[str, str]
) -> None:
    """A colleague's own view is nobody else's to remove; each step is audited without the name."""
    _save(any_database, people["reviewer"], "private name", doubt="none")
    _save(any_database, people["administrator"], "old", shared=True, hours="24")
    everybodys, own = _seen(any_database, people["reviewer"])
    for view_id, who, runs in (
        (own.id, "other reviewer", False),
        (own.id, "administrator", True),
        (everybodys.id, "reviewer", False),
    ):
        with pytest.raises(LookupError):
            _remove(any_database, view_id, people[who], runs_office=runs)
    _remove(any_database, own.id, people["reviewer"], runs_office=False)
    _remove(any_database, everybodys.id, people["administrator"], runs_office=True)
    assert _seen(any_database, people["reviewer"]) == []
    with any_database.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.subject_kind == "view").order_by(AuditRow.id)).all()
    assert [row.action for row in rows] == ["view.saved", "view.shared", "view.removed", "view.removed"]
    assert all(row.details == {} for row in rows)


def test_nobody_keeps_more_views_than_can_be_overlooked(any_database: Database, people: dict[str, str]) -> None:
    """The twenty-first is refused; one that is there may still be changed."""
    for number in range(queue_views.MOST):
        _save(any_database, people["reviewer"], f"view {number}")
    with pytest.raises(TooManyViewsError):
        _save(any_database, people["reviewer"], "one more")
    _save(any_database, people["reviewer"], "view 0", doubt="none")
    assert len(_seen(any_database, people["reviewer"])) == queue_views.MOST


def test_a_choice_is_kept_for_one_person_and_replaced(any_database: Database, people: dict[str, str]) -> None:
    """Nobody's choice is none; an empty choice is one."""
    with any_database.unit() as unit:
        preferences.keep(unit, people["reviewer"], preferences.QUEUE_COLUMNS, ["age", "papers"])
    with any_database.unit() as unit:
        preferences.keep(unit, people["reviewer"], preferences.QUEUE_COLUMNS, [])
    with any_database.read() as session:
        assert preferences.read(session, people["reviewer"], preferences.QUEUE_COLUMNS) == []
        assert preferences.read(session, people["other reviewer"], preferences.QUEUE_COLUMNS) is None
