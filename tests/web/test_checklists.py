"""Checklists: set by administrators, shown on cases and customer files."""

from __future__ import annotations

from sqlalchemy import select

from models.audit import AuditRow
from models.cases import Case
from tests import made_up
from tests.web.conftest import Portal


def _case(portal: Portal) -> str:
    portal.draft()
    with portal.database.read() as rows:
        return str(rows.scalars(select(Case.id)).first())


def test_a_case_shows_what_is_still_missing(portal: Portal) -> None:
    """A license alone: the representative's card and the bank's permit have to be brought."""
    page = portal.browser("clerk").get(f"/cases/{_case(portal)}").get_data(as_text=True)
    assert 'data-complete="no"' in page
    assert page.count('data-paper-state="missing"') == 3
    assert page.count('data-paper-state="there"') == 1
    assert "3 papers have to be brought." in page


def test_a_customer_file_shows_how_its_papers_stand(portal: Portal) -> None:
    """The same list on the confirmed file, in Chinese."""
    number = made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    page = portal.browser("reviewer", "zh-CN").get(f"/customers/{number}").get_data(as_text=True)
    assert 'data-paper-state="missing"' in page
    assert "缺少" in page


def test_an_administrator_changes_what_is_asked_for(portal: Portal) -> None:
    """With nothing but a license asked for, the case is complete; the change is in the audit."""
    case = _case(portal)
    administrator = portal.browser("administrator")
    administrator.get("/checklists")
    form = {"company.business_license": "required", "company.contract": "often", "person.id_card_front": "required"}
    assert administrator.post("/checklists", form).status_code == 302
    page = portal.browser("clerk").get(f"/cases/{case}").get_data(as_text=True)
    assert 'data-complete="yes"' in page
    assert "All papers that are asked for are here." in page
    with portal.database.read() as rows:
        row = rows.scalars(select(AuditRow).where(AuditRow.action == "policy.changed")).one()
    assert row.details["value"]["company"] == {"business_license": "required"}


def test_who_may_not_set_them_may_read_them(portal: Portal) -> None:
    """An auditor sees the lists without a button; a clerk does not see the page."""
    page = portal.browser("auditor").get("/checklists").get_data(as_text=True)
    assert "disabled" in page
    assert "Keep" not in page
    assert portal.browser("clerk").get("/checklists").status_code == 403
