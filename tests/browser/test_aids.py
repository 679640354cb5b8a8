"""Keyboard and fingers: where Tab goes and shows itself, dialogs that keep the focus, ways without dragging."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from models.accounts import ROLES
from tests.browser.conftest import Site
from tests.browser.office import STRANGER, fill, stops
from tests.browser.test_everyone import TOOLS

pytestmark = pytest.mark.browser
MOST = 40
"""Presses of Tab on one page: beyond them long lists only repeat themselves."""

LOST = 10
"""Of these some lead out of the page and back to its head, where a page begins with the focus in its middle."""


def _walked(page: Page) -> list[str]:
    """Go through the page by Tab; what led astray, and what did not show the focus, in the light and in the dark."""
    page.evaluate(TOOLS)
    page.evaluate("everyone.follow(), document.body.focus()")
    count = page.evaluate("everyone.stops().length")
    for _ in range(min(count, MOST)):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("everyone.astray()")
    reached = page.evaluate("new Set(everyone.way).size")
    found += [] if reached >= min(count, MOST) - LOST else [f"Tab reaches {reached} of {count}"]
    found += page.evaluate("everyone.unseen()")
    page.emulate_media(color_scheme="dark")
    page.evaluate("everyone.turned(true)")
    found += [f"dark: {one}" for one in page.evaluate("everyone.unseen()")]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.timeout(900)
def test_tab_goes_through_every_page_as_the_eye_does_and_shows_where_it_is(site: Site) -> None:
    """Each page once, by the first role that may open it: no step back, every stop seen, in both looks."""
    office, done, found = fill(site), set(), []
    for role in ("reviewer", *ROLES, STRANGER):
        page = site.enter(role, language="en")
        for stop in stops(site, office):
            if role not in stop.roles or stop.address in done:
                continue
            done.add(stop.address)
            page.goto(stop.address)
            found += [(stop.address, fault) for fault in _walked(page)]
        page.context.close()
    assert found == [], found
    assert len(done) > 35


def _kept_inside(page: Page, dialog: str) -> None:
    """Tab does not leave an open dialog for the page behind it."""
    for _ in range(page.locator(f"{dialog} :is(a, button, input, select)").count() + 3):
        page.keyboard.press("Tab")
        inside = f"document.activeElement === document.body || document.activeElement.closest('{dialog}')"
        assert page.evaluate(f"Boolean({inside})"), page.evaluate("document.activeElement.outerHTML")


def test_dialogs_keep_the_focus_and_give_it_back(site: Site) -> None:
    """The keys, the question before releasing, handing in anywhere: Escape closes each, the focus is where it was."""
    office = fill(site)
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{office.further['reviews.show'][0]['draft_id']}")
    expect(page.locator("[data-review][data-ready]")).to_be_attached()
    page.locator("[data-help]").press("Enter")
    expect(page.locator("[data-keys]")).to_be_visible()
    _kept_inside(page, "[data-keys]")
    page.keyboard.press("Escape")
    expect(page.locator("[data-help]")).to_be_focused()
    held = page.locator("[data-fact][data-state=doubtful] .form-control").first
    held.press("Enter")
    name = page.evaluate("document.activeElement.name")
    page.keyboard.press("Escape")
    expect(page.locator("[data-ask-release]")).to_be_visible()
    _kept_inside(page, "[data-ask-release]")
    page.locator("[data-no]").press("Enter")
    assert page.evaluate("document.activeElement.name") == name
    page = site.enter("clerk", language="en")
    page.goto("/uploads")
    page.locator("main a").first.focus()
    page.locator("[data-anywhere]").evaluate("dialog => dialog.showModal()")
    _kept_inside(page, "[data-anywhere]")
    page.keyboard.press("Escape")
    expect(page.locator("main a").first).to_be_focused()


def test_a_menu_gives_the_focus_back(site: Site) -> None:
    """Enter opens it, Escape closes it, and its button has the focus again."""
    page = site.enter("clerk", language="en")
    page.locator("summary.who").press("Enter")
    page.locator(".menu a").press("Escape")
    expect(page.locator("summary.who")).to_be_focused()
    expect(page.locator(".menu a")).to_be_hidden()


def test_a_box_is_drawn_by_two_clicks_as_by_dragging(site: Site) -> None:
    """A click on one corner and one on the opposite one ask for the region; Escape leaves it."""
    office = fill(site)
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{office.further['reviews.show'][0]['draft_id']}")
    expect(page.locator("[data-review][data-scan-ready]")).to_be_attached()
    page.locator("[data-draw]").click()
    page.locator(".scan-draw").click(position={"x": 120, "y": 120})
    page.keyboard.press("Escape")
    expect(page.locator(".scan-draw")).to_have_count(0)
    page.locator("[data-draw]").click()
    page.locator(".scan-draw").click(position={"x": 120, "y": 120})
    with page.expect_request("**/regions"):
        page.locator(".scan-draw").click(position={"x": 320, "y": 220})


def test_pages_are_reordered_by_buttons_as_by_dragging(site: Site) -> None:
    """Choosing a page and pressing Earlier moves it, without a drag and without keys."""
    office = fill(site)
    page = site.enter("reviewer", language="en")
    page.goto(f"/cases/{office.values['case_id']}/pages")
    tile = page.locator(".page-paper:has(.page-tile + .page-tile) [data-tile]").nth(1)
    moved = tile.get_attribute("data-page")
    paper = page.locator(".page-paper:has(.page-tile + .page-tile)").first
    tile.locator("input").check()
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator("[data-spoken]")).to_have_text("Pages reordered.")
    expect(paper.locator("[data-tile]").first).to_have_attribute("data-page", moved or "")


def test_files_are_chosen_and_handed_in_by_keys_as_by_dropping(site: Site, tmp_path: Path) -> None:
    """Enter on the field opens the system's choice, Tab leads to the button, Enter sends."""
    paper = tmp_path / "paper.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page = site.enter("clerk", language="en")
    page.goto("/uploads/new")
    page.bring_to_front()
    field = page.locator(".by-script input[type=file]")
    with page.expect_file_chooser() as choice:
        field.press("Enter")
    choice.value.set_files(str(paper))
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-upload] button.btn-primary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/uploads/0*")
    assert site.complaints == []


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "请填写此项。"), ("en", "Please fill this in.")])
def test_what_is_missing_is_said_in_the_language_of_the_page(site: Site, language: str, said: str) -> None:
    """Not in the browser's own; once something is typed nothing is objected to."""
    page = site.enter(STRANGER, language=language)
    page.goto("/sign-in")
    name = page.locator("[name=name]")
    name.press("Enter")
    expect(name).to_have_js_property("validationMessage", said)
    name.press_sequentially("lin")
    expect(name).to_have_js_property("validationMessage", "")
    assert page.url.endswith("/sign-in")
