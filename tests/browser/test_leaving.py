"""What is decided or typed on a page and not kept yet: nothing takes it away unasked, whatever the portal answers."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from models import accounts
from models.draft_rows import Decision
from tests import made_up
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
NAME = "[data-fact=company_name] .form-control"
TYPED = "苏州听松新测试有限公司"


def _sure_desk(site: Site, page: Page, code: str = made_up.CODES[3]) -> str:
    """The desk of a draft without any doubt, held; gives the draft."""
    readings = [made_up.license_reading(code)]
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], readings, "pages/made-up.jpg")
    page.goto(f"/reviews/{draft_id}")
    page.locator("[data-claim]").click()
    expect(page.locator("[data-confirm]")).to_be_focused()
    return draft_id


def _end_session(site: Site, role: str) -> None:
    with site.database.unit() as unit:
        accounts.end_sessions(unit, site.people[role])


def _sign_in_beside(site: Site, page: Page, role: str) -> None:
    """In another tab of the same browser."""
    with site.database.unit() as unit:
        token = accounts.make_sign_in_link(unit, site.people[role])
    other = page.context.new_page()
    other.goto(f"{site.address}/sign-in/link/{token}")
    other.locator("main button").click()
    other.wait_for_url(f"{site.address}/")
    other.close()


def _questions(page: Page, *, leave: bool) -> list[str]:
    """What the browser asks, as it is asked."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept() if leave else dialog.dismiss()))
    return asked


def test_a_session_that_ended_costs_nothing_of_the_desk(site: Site) -> None:
    """It is told there; after signing in in another tab the same key confirms what was typed."""
    page = site.enter("reviewer", language="en")
    asked = _questions(page, leave=True)
    draft_id = _sure_desk(site, page)
    page.locator(NAME).fill(TYPED)
    _end_session(site, "reviewer")
    page.keyboard.press("Control+Enter")
    note = page.locator("[data-lost]")
    expect(note.locator("[data-code]")).to_have_text("http.401")
    expect(note.get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    expect(page.locator(NAME)).to_have_value(TYPED)
    _sign_in_beside(site, page, "reviewer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-review][data-ready]")).not_to_have_attribute("data-draft", draft_id)
    with site.database.read() as rows:
        kept = select(Decision.value).where(Decision.draft_id == draft_id, Decision.fact == "company_name")
        assert rows.scalars(kept).one() == TYPED
    assert asked == []
    assert site.complaints == []


def test_a_claim_is_taken_again_after_signing_in_beside(site: Site) -> None:
    """The note's own button does what it says, with what was typed still there."""
    page = site.enter("reviewer", language="en")
    _sure_desk(site, page)
    page.locator(NAME).fill(TYPED)
    _end_session(site, "reviewer")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    expect(page.locator("[data-lost] [data-code]")).to_have_text("http.401")
    _sign_in_beside(site, page, "reviewer")
    page.locator("[data-reclaim]").click()
    expect(page.locator("[data-lost]")).to_be_hidden()
    expect(page.locator(NAME)).to_have_value(TYPED)
    assert site.complaints == []


def test_links_of_the_desk_lead_on_it_and_whoever_stays_keeps_its_address(site: Site) -> None:
    """To a place or a value of the page: nothing is asked or loaded. Back asks; staying, the desk is still this one."""
    page = site.enter("reviewer", language="en")
    asked = _questions(page, leave=False)
    first = _sure_desk(site, page)
    page.keyboard.press("Control+Enter")
    desk = page.locator("[data-review][data-ready]")
    expect(desk).not_to_have_attribute("data-draft", first)
    address = urlsplit(page.url).path
    page.locator(NAME).fill(TYPED)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.evaluate("history.back()")  # from the place to the page
    page.wait_for_url(f"**{address}")
    assert asked == []
    with page.expect_event("dialog"):
        page.evaluate("history.back()")
    expect(page.locator(NAME)).to_have_value(TYPED)
    assert asked == ["beforeunload"]
    assert urlsplit(page.url).path == address == desk.get_attribute("data-show")
    assert site.complaints == []


def test_a_refusal_leads_to_the_value_without_losing_the_others(site: Site) -> None:
    """The link to the malformed value puts it in hand; what was typed elsewhere stands."""
    page = site.enter("reviewer", language="en")
    asked = _questions(page, leave=True)
    _sure_desk(site, page)
    page.locator(NAME).fill(TYPED)
    page.locator("[data-fact=credit_code] .form-control").fill("12345")
    page.keyboard.press("Control+Enter")
    page.locator("[data-error] a").press("Enter")
    expect(page.locator("[data-fact=credit_code] .form-control")).to_be_focused()
    expect(page.locator(NAME)).to_have_value(TYPED)
    assert asked == []
    assert site.complaints == []


@pytest.mark.parametrize("button", ["header [name=language]", "[data-undo] button"])
def test_other_buttons_of_the_page_keep_what_was_decided_first(site: Site, button: str) -> None:
    """Another language, the former confirmation taken back: nothing is asked, and the desk is found as it was left."""
    page = site.enter("reviewer", language="en")
    asked = _questions(page, leave=True)
    first = _sure_desk(site, page)
    page.keyboard.press("Control+Enter")
    desk = page.locator("[data-review][data-ready]")
    expect(desk).not_to_have_attribute("data-draft", first)
    address = str(desk.get_attribute("data-show"))
    page.locator(NAME).fill(TYPED)
    with page.expect_navigation():
        page.locator(button).click()
    assert asked == []
    page.goto(address)
    expect(page.locator(NAME)).to_have_value(TYPED)
    expect(page.locator("[data-fact=company_name]")).to_have_attribute("data-action", "correct")
    assert site.complaints == []
