"""Customer files over the API: the list, the file with its provenance, and the audit of every view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.audit import AuditRow
from tests import made_up
from tests.made_up import ID_NUMBER

if TYPE_CHECKING:
    from conftest import Office


@pytest.fixture
def number(office: Office) -> str:
    """A person's confirmed file."""
    draft_id = made_up.enter_draft(office.database, office.accounts["clerk"], [made_up.card_reading()])
    return made_up.confirmed(office.database, draft_id, office.accounts["reviewer"])


def test_the_list_searches_and_masks(office: Office, number: str) -> None:
    """By name or identifier; a list never shows a whole ID number."""
    for q in ("晓舟", ID_NUMBER, "330***********8219", number):
        answer = office.get("archivist", "/customers", query_string={"q": q})
        assert [item["number"] for item in answer.json["items"]] == [number]
        assert ID_NUMBER not in answer.get_data(as_text=True)
    assert office.get("archivist", "/customers", query_string={"q": "nobody"}).json == {"items": [], "next": None}


def test_a_file_tells_where_each_fact_came_from(office: Office, number: str) -> None:
    """Value, what was read, the place on the scan, who decided; documents and history."""
    body = office.get("reviewer", f"/customers/{number}").json
    fact = next(fact for fact in body["facts"] if fact["fact"] == "id_number")
    assert (fact["value"], fact["action"], fact["read_value"]) == (ID_NUMBER, "accept", ID_NUMBER)
    assert fact["source"]["region"] == [list(corner) for corner in made_up.REGION.corners]
    assert fact["source"]["document"] == body["documents"][0]["id"]
    assert [entry["version"] for entry in body["history"]] == [1]


def test_every_view_of_a_customer_is_audited(office: Office, number: str) -> None:
    """Who looked at which file stands in the audit; a view that was refused does not."""
    office.get("auditor", f"/customers/{number}")
    office.get("clerk", f"/customers/{number}")
    with office.database.read() as session:
        views = session.execute(
            select(AuditRow.actor, AuditRow.subject_id).where(AuditRow.action == "customer.viewed")
        ).all()
    assert [tuple(view) for view in views] == [(office.accounts["auditor"], number)]


def test_a_draft_that_shows_a_customer_files_values_is_a_view_of_it(
    office: Office, number: str, license_draft: Callable[..., str]
) -> None:
    """Who opens the draft of a change sees what the file holds; the draft of a new customer shows nobody's."""
    change = made_up.enter_draft(office.database, office.accounts["clerk"], [made_up.card_reading()])
    new = license_draft()
    for draft_id in (change, new):
        assert office.get("auditor", f"/drafts/{draft_id}").status_code == 200
    with office.database.read() as session:
        views = session.scalars(select(AuditRow).where(AuditRow.action == "customer.viewed")).all()
    assert [(view.actor, view.subject_id, view.details) for view in views] == [
        (office.accounts["auditor"], number, {"via": "draft", "draft": change})
    ]


@pytest.mark.parametrize("role", ["clerk", "administrator", "security"])
def test_customers_are_not_for_every_role(office: Office, number: str, role: str) -> None:
    """Clerks, administrators and security see no customer file."""
    assert office.get(role, "/customers").status_code == 403
    assert office.get(role, f"/customers/{number}").status_code == 403


def test_an_unknown_number_is_not_found(office: Office) -> None:
    """404 as a problem document."""
    answer = office.get("reviewer", "/customers/C99999999")
    assert (answer.status_code, answer.json["code"]) == (404, "http.404")
