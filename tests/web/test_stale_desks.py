"""Desks that are old by now: what changed is told, shown as it is, and undecided until somebody has looked at it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from intake import wire
from intake.types import DocumentReading
from models import cases, draft_writing
from models.base import now
from models.cases import Document
from tests import made_up
from tests.made_up import license_reading
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of, form_of

HERE, THERE = "浙江省杭州市西湖区云岫路8号", "浙江省杭州市滨江区听松路99号"


def _license(address: str = HERE, confidence: float = 0.99) -> DocumentReading:
    paper = license_reading()
    fields = [
        replace(one, value=address, text=address, confidence=confidence) if one.field == "address" else one
        for one in paper.fields
    ]
    return replace(paper, fields=tuple(fields))


def _draft(portal: Portal, paper: DocumentReading) -> str:
    return made_up.enter_draft(portal.database, portal.accounts["clerk"], [paper])


@pytest.fixture
def known(portal: Portal) -> str:
    """The number of the customer whose file says the first address."""
    return made_up.confirmed(portal.database, _draft(portal, _license()), portal.accounts["other reviewer"])


def _desk(portal: Portal, draft_id: str) -> tuple[Browser, dict[str, str]]:
    browser = portal.browser("reviewer")
    browser.post(f"/reviews/{draft_id}/claim")
    return browser, form_of(draft_of(portal, draft_id))


def _meanwhile(portal: Portal, address: str = THERE) -> None:
    """Another reviewer confirms another paper of the same customer."""
    made_up.confirmed(portal.database, _draft(portal, _license(address)), portal.accounts["other reviewer"])


def _read_anew(portal: Portal, draft_id: str, paper: DocumentReading) -> None:
    """The draft's paper is read otherwise, as after it was turned."""
    case_id = draft_of(portal, draft_id).case_id
    with portal.database.unit() as unit:
        cases.hold(unit.session, case_id)
        unit.session.scalars(select(Document).where(Document.case_id == case_id)).one().reading = wire.dump(paper)
        unit.session.flush()
        draft_writing.remake(unit, case_id, user_id=portal.accounts["clerk"], today=made_up.TODAY, at=now())


def _action(page: str, fact: str) -> str:
    found = re.search(rf'data-fact="{fact}"[^>]*data-action="(\w*)"', page)
    assert found is not None
    return found[1]


def _filed(portal: Portal, number: str) -> str:
    page = portal.browser("reviewer").get(f"/customers/{number}").get_data(as_text=True)
    return page[: page.index("data-history")] if "data-history" in page else page


def test_an_open_desk_is_refused_where_the_file_is_another_and_shows_both(portal: Portal, known: str) -> None:
    """409 by the name of the value; the page is of the next version, the value undecided beside what the file says."""
    draft = _draft(portal, _license())
    browser, form = _desk(portal, draft)
    _meanwhile(portal)
    answer = browser.post(f"/reviews/{draft}/confirm", form)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, draft_of(portal, draft).state, draft_of(portal, draft).version) == (409, "open", 2)
    assert "review.stale_version" in page
    assert 'href="#fact-registered_address"' in page
    assert 'data-changed="registered_address"' in page
    assert (_action(page, "registered_address"), _action(page, "company_name")) == ("", "accept")
    again = {**form, "version": "2"}
    del again["action.registered_address"]
    assert "review.undecided_facts" in browser.post(f"/reviews/{draft}/confirm", again).get_data(as_text=True)
    assert browser.post(f"/reviews/{draft}/confirm", {**form, "version": "2"}).status_code == 302
    assert HERE in portal.browser("reviewer").get(f"/customers/{known}").get_data(as_text=True)


def test_what_was_read_anew_is_shown_and_not_accepted_by_an_old_form(portal: Portal) -> None:
    """The new value stands in the field, undecided; what is the same and certain stays accepted."""
    draft = _draft(portal, _license())
    browser, form = _desk(portal, draft)
    _read_anew(portal, draft, _license(THERE, 0.4))
    page = browser.post(f"/reviews/{draft}/confirm", form).get_data(as_text=True)
    assert (_action(page, "registered_address"), _action(page, "credit_code")) == ("", "accept")
    assert re.search(rf'name="value.registered_address"[^>]*>{THERE}<', page)
    assert HERE not in page


def test_a_certain_value_that_was_read_anew_is_looked_at_too(portal: Portal) -> None:
    """Whoever had accepted another one has not seen it."""
    draft = _draft(portal, _license())
    browser, form = _desk(portal, draft)
    _read_anew(portal, draft, _license(THERE))
    page = browser.post(f"/reviews/{draft}/confirm", form).get_data(as_text=True)
    assert 'data-state="certain"' in page
    assert _action(page, "registered_address") == ""


def test_what_was_typed_stays_in_its_field_to_be_decided_on_anew(portal: Portal, known: str) -> None:
    """The correction is kept as text, not as decided, where the file says another thing by now."""
    assert known
    draft = _draft(portal, _license())
    browser, form = _desk(portal, draft)
    _meanwhile(portal)
    typed = {**form, "action.registered_address": "correct", "value.registered_address": "浙江省杭州市西湖区云岫路7号"}
    page = browser.post(f"/reviews/{draft}/confirm", typed).get_data(as_text=True)
    assert _action(page, "registered_address") == ""
    assert re.search(r'name="value.registered_address"[^>]*>浙江省杭州市西湖区云岫路7号<', page)


def test_a_tick_does_not_outlast_what_it_was_for(portal: Portal, known: str) -> None:
    """Another number than the customer's is let stand beside the file as it was, not as it is by now."""
    draft = _draft(portal, license_reading(made_up.CODES[1]))
    browser, _ = _desk(portal, draft)
    browser.post(f"/reviews/{draft}/customer", {"version": "1", "choice": known})
    key = "customer.identity_changed:credit_code"
    form = form_of(draft_of(portal, draft)) | {"acknowledged": key}
    other = _draft(portal, license_reading(made_up.CODES[2]))
    with portal.database.unit() as unit:
        unit.session.get_one(cases.Case, draft_of(portal, other).case_id).customer_choice = known
    made_up.confirmed(portal.database, other, portal.accounts["other reviewer"])
    page = browser.post(f"/reviews/{draft}/confirm", form).get_data(as_text=True)
    assert re.search(rf'name="acknowledged" value="{key}"(?! checked)', page)
    assert f'value="{key}" checked' not in page


@pytest.mark.parametrize("act", ["return", "discard"])
def test_an_old_desk_that_is_put_aside_shows_the_draft_as_it_is(portal: Portal, act: str) -> None:
    """Refused by its version, it is like a page opened anew: certain values accepted, doubtful ones undecided."""
    draft = _draft(portal, _license())
    browser, _ = _desk(portal, draft)
    _read_anew(portal, draft, _license(THERE, 0.4))
    answer = browser.post(f"/reviews/{draft}/{act}", {"version": "1", "reason": "other"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert (_action(page, "registered_address"), _action(page, "credit_code")) == ("", "accept")


def test_a_pick_on_an_old_desk_decides_nothing(portal: Portal, known: str) -> None:
    """The same holds where a customer is picked for a draft that has changed since."""
    draft = _draft(portal, _license())
    browser, form = _desk(portal, draft)
    _read_anew(portal, draft, _license(THERE, 0.4))
    answer = browser.post(f"/reviews/{draft}/customer", form | {"choice": known})
    assert answer.status_code == 409
    assert _action(answer.get_data(as_text=True), "registered_address") == ""


def test_a_pick_leaves_no_doubtful_value_accepted_that_the_picked_file_contradicts(portal: Portal, known: str) -> None:
    """Accepted beside no file, it is looked at again beside one that says otherwise, however doubtful it was before."""
    values = {"account_name": "杭州云岫软件测试有限公司", "account_number": "1202024109000123456"}
    draft = _draft(portal, made_up.reading("bank_account_permit", values, 0.6))
    browser, form = _desk(portal, draft)
    page = browser.post(f"/reviews/{draft}/customer", form | {"choice": known}).get_data(as_text=True)
    assert (_action(page, "company_name"), _action(page, "account_number")) == ("", "accept")


def test_an_open_page_hears_of_another_file_when_it_asks_for_more_time(portal: Portal, known: str) -> None:
    """The version that it is told is the next one."""
    assert known
    draft = _draft(portal, _license())
    browser, _ = _desk(portal, draft)
    _meanwhile(portal)
    assert browser.post(f"/reviews/{draft}/touch", Accept="application/json").get_json()["version"] == 2
