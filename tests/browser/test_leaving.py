"""What is decided or typed on a page and not kept yet: nothing takes it away unasked, whatever the portal answers."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from models import accounts, links, policies
from models.draft_rows import Decision, Draft
from models.samples import Sample
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


def _photos(folder: Path, count: int) -> list[Path]:
    """Photos of as many papers."""
    photos = [folder / f"photo-{number}.png" for number in range(count)]
    for number, photo in enumerate(photos):
        Image.new("RGB", (300, 200), (200, 180, number)).save(photo)
    return photos


def test_photos_that_are_not_handed_in_are_asked_for_before_the_camera_is_left(site: Site, tmp_path: Path) -> None:
    """A link away asks; handing them in asks nothing."""
    page = site.enter("clerk", language="en")
    asked = _questions(page, leave=False)
    page.goto("/uploads/camera")
    page.locator("[data-camera] input[type=file]").set_input_files(_photos(tmp_path, 2))
    expect(page.locator("[data-shots] li")).to_have_count(2)
    with page.expect_event("dialog"):
        page.locator(".trail a").click()
    expect(page.locator("[data-shots] li")).to_have_count(2)
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/uploads/0*")
    assert asked == ["beforeunload"]
    assert site.complaints == []


def test_a_customer_gathers_photos_one_after_the_other(site: Site, tmp_path: Path) -> None:
    """Each joins the others and can be taken out; more than may come are told before anything is sent."""
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], [made_up.license_reading()])
    with site.database.unit() as unit:
        case_id = unit.session.get_one(Draft, draft_id).case_id
        token = links.make(unit, case_id, site.people["clerk"], 24)
    page = site.enter("stranger", language="en", width=390, height=844)
    asked = _questions(page, leave=True)
    page.goto(f"/send/{token}")
    photos, shots = _photos(tmp_path, 13), page.locator("[data-shots] li")
    for number, photo in enumerate(photos, start=1):
        page.locator("input[type=file]").set_input_files(photo)
        expect(shots).to_have_count(number)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-problem] [data-code]")).to_have_text("upload.too_many_at_once")
    page.get_by_role("button", name="Remove photo-0.png").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("12 files have arrived safely")).to_be_visible()
    assert asked == []
    assert site.complaints == []


def _check(site: Site, page: Page) -> Locator:
    """The page of a quality check; gives the name's field, in which another one was typed."""
    with site.database.unit() as unit:
        policies.change(unit, "sampling", {"share": 100, "seed": "s"}, user_id=site.people["administrator"])
    readings = [made_up.license_reading(made_up.CODES[3])]
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], readings, "pages/made-up.jpg")
    made_up.confirmed(site.database, draft_id, site.people["other reviewer"])
    with site.database.read() as rows:
        sample_id = rows.scalars(select(Sample.id).where(Sample.draft_id == draft_id)).one()
    page.goto(f"/reviews/samples/{sample_id}")
    name = page.locator("[name='value.company_name']")
    name.fill(TYPED)
    return name


def test_a_quality_check_loses_nothing_that_was_typed(site: Site) -> None:
    """Leaving asks; a session that ended is told there; after signing in beside the same key finishes."""
    page = site.enter("reviewer", language="en")
    asked = _questions(page, leave=False)
    name = _check(site, page)
    with page.expect_event("dialog"):
        page.locator(".trail a").click()
    page.locator("[name='value.credit_code']").fill("12345")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main [data-code]").last).to_have_text("review.invalid_value")
    expect(name).to_have_value(TYPED)
    page.keyboard.press("Alt+?")
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press("Escape")
    name.fill(TYPED)
    page.locator("[name='value.credit_code']").fill(made_up.CODES[3])
    _end_session(site, "reviewer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-problem] [data-code]")).to_have_text("http.401")
    expect(name).to_have_value(TYPED)
    _sign_in_beside(site, page, "reviewer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text(f"Right is: {TYPED}")
    assert asked == ["beforeunload"]
    assert site.complaints == []


def test_keys_of_a_value_take_the_first_one_where_none_is_in_hand(site: Site) -> None:
    """All is decided: the words' key shows the words for the first value, its Escape leads there and asks nothing."""
    page = site.enter("reviewer", language="en")
    _sure_desk(site, page)
    page.keyboard.press("Alt+w")
    first = page.locator("[data-fact] .form-control").first
    expect(first).to_be_focused()
    page.reload()
    expect(page.locator("[data-confirm]")).to_be_focused()
    page.keyboard.press("0")
    expect(first).to_be_focused()
    expect(page.locator("[data-fact]").first).to_have_attribute("data-action", "accept")
    assert site.complaints == []
