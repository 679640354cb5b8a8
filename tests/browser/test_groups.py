"""The column of group verification in a real browser, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from models.answers import Answer
from tests import made_up
from tests.browser.conftest import ROOT, Site

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
COMPOSED = """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    {key: "Enter", code: "Enter", keyCode: 229, bubbles: true, cancelable: true}))"""
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"


def _kept(site: Site) -> list[tuple[str, str, str | None]]:
    with site.database.read() as session:
        held = select(Answer).where(Answer.superseded_at.is_(None), Answer.via == "group").order_by(Answer.draft_id)
        return [(row.fact, row.action, row.value) for row in session.scalars(held)]


def test_a_column_is_answered_by_keyboard_alone(site: Site) -> None:
    """Enter takes and goes down, typing corrects, an arrow skips, Ctrl+Z takes the last answer back.

    Enter that ends a composition (some browsers tell by its code alone) answers nothing.
    """
    for code in made_up.CODES[2:]:
        readings = [made_up.license_reading(code, confidence=0.6)]
        made_up.enter_draft(site.database, site.people["clerk"], readings, "pages/made-up.jpg")
    page = site.enter("reviewer", language="en")
    page.goto("/reviews/groups/amounts")
    focused = page.locator("[data-row]:has(input[name=value]:focus)")
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.locator(".group-crop img").first).to_have_js_property("complete", value=True)
    assert page.locator(".group-crop img").first.evaluate("image => image.naturalWidth") > 50
    page.evaluate(COMPOSED)
    expect(page.locator("[data-row][data-done]")).to_have_count(0)
    with page.expect_response("**/answers"):
        page.keyboard.press("Enter")
    page.keyboard.type("6000000")
    with page.expect_response("**/answers"):
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-group-next] a")).to_be_focused()
    expect(page.locator("[data-row][data-done]")).to_have_count(2)
    assert [row[1:] for row in _kept(site)] == [("accept", None), ("correct", "6000000.00")]
    with page.expect_response("**/answers"):
        page.keyboard.press("Control+z")
    expect(page.locator("[data-row][data-done]")).to_have_count(1)
    expect(focused).to_have_count(1)
    assert [row[1:] for row in _kept(site)] == [("accept", None)]
    page.evaluate(AXE.read_text())
    assert [issue["id"] for issue in page.evaluate(RULES)["violations"]] == []
    assert site.complaints == []


def test_nobody_goes_on_before_the_last_answer_has_arrived(site: Site) -> None:
    """The next column waits; an answer that is refused meanwhile is back in this one, and can be left there."""
    page = site.enter("reviewer", language="en")
    held: list[Route] = []
    page.route("**/answers", lambda route: held.append(route))  # noqa: PLW0108  # Playwright wraps functions only
    page.goto("/reviews/groups/amounts")
    onward = page.locator("[data-group-next] a")
    with page.expect_request("**/answers"):
        page.keyboard.press("Enter")
    expect(onward).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-row][data-done]")).to_have_count(1)
    held.pop().fulfill(status=409, json={"code": "review.already_claimed", "detail": "It is another's."})
    row = page.locator("[data-row]")
    expect(row).to_have_attribute("data-failed", "yes")
    expect(row.locator("input[name=value]")).to_be_focused()
    with page.expect_request("**/answers"):
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    held.pop().continue_()
    page.wait_for_url("**/reviews/groups")
    assert [row[1:] for row in _kept(site)] == [("accept", None)]
    assert site.complaints == []


def test_the_keys_of_a_column_are_chosen_in_its_dialog(site: Site) -> None:
    """The new key answers and stands in the line of keys, the former does nothing; it outlasts a reload."""
    for code in made_up.CODES[2:]:
        readings = [made_up.license_reading(code, confidence=0.6)]
        made_up.enter_draft(site.database, site.people["clerk"], readings, "pages/made-up.jpg")
    page = site.enter("reviewer", language="en")
    page.goto("/reviews/groups/amounts")
    done = page.locator("[data-row][data-done]")
    expect(page.locator(".group-keys [data-key-of=omit]")).to_have_text("Alt0")
    page.keyboard.press("Alt+?")
    page.locator("[data-bind=take]").click()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".group-keys [data-key-of=take]")).to_have_text("CtrlEnter")
    page.reload()
    field = page.locator("[data-row] input[name=value]").first
    expect(field).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Enter")
    expect(done).to_have_count(0)
    with page.expect_response("**/answers"):
        page.keyboard.press("Control+Enter")
    expect(done).to_have_count(1)
    page.locator("[data-help]").click()
    page.locator("[data-usual-keys]").click()
    expect(page.locator("[data-bind=take]")).to_have_text("Enter")
    assert site.complaints == []
