"""The pages in a real browser: keys at the reviewer's desk, both looks and languages, phones, people who use aids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Site

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
PLACES = (
    ("clerk", "/"),
    ("clerk", "/uploads/new"),
    ("clerk", "/uploads"),
    ("clerk", "/me"),
    ("reviewer", "/reviews"),
    ("reviewer", "/customers"),
    ("reviewer", "/customers/C00000001"),
    ("administrator", "/accounts"),
    ("archivist", "/jobs"),
    ("auditor", "/audit"),
)


def _open_desk(site: Site, *, width: int = 1440, dark: bool = False, language: str = "zh-CN") -> Page:
    page = site.enter("reviewer", width=width, dark=dark, language=language)
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    expect(page.locator(".place")).to_be_attached()
    return page


def _pages(site: Site, *, width: int, dark: bool, language: str) -> Iterator[tuple[str, Page]]:
    """Every page of every role, one window per role."""
    windows: dict[str, Page] = {}
    for role, path in PLACES:
        if role not in windows:
            windows[role] = site.enter(role, width=width, dark=dark, language=language)
        windows[role].goto(path)
        yield path, windows[role]
    windows["clerk"].goto("/uploads")
    windows["clerk"].locator("a.line-main").first.click()
    yield "/uploads/…", windows["clerk"]
    windows["clerk"].locator("a[href^='/cases/']").first.click()
    yield "/cases/…", windows["clerk"]
    yield "/reviews/…", _open_desk(site, width=width, dark=dark, language=language)


@pytest.mark.parametrize(("width", "look", "language"), [(1440, "light", "zh-CN"), (390, "dark", "en")])
def test_every_page_is_fit_for_aids_and_never_wider_than_its_window(
    site: Site, width: int, look: str, language: str
) -> None:
    """No violation of WCAG 2.1 A and AA that axe can find, no sideways scrolling, no complaint of the browser."""
    for path, page in _pages(site, width=width, dark=look == "dark", language=language):
        page.evaluate(AXE.read_text())
        found = page.evaluate(RULES)["violations"]
        told = [(issue["id"], [node["html"][:160] for node in issue["nodes"]][:3]) for issue in found]
        assert told == [], (path, told)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert site.complaints == []


def test_the_keys_accept_move_and_leave_out(site: Site) -> None:
    """Enter accepts and goes on, typing makes a correction, undoing it takes it back, Alt and a digit leave out."""
    page = _open_desk(site)
    held = page.locator("[data-fact]:has(:focus)")
    first = str(held.get_attribute("data-fact"))
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-fact={first}]")).to_have_attribute("data-action", "accept")
    second = str(held.get_attribute("data-fact"))
    assert second != first
    page.keyboard.press("End")
    page.keyboard.type("9")
    expect(held).to_have_attribute("data-action", "correct")
    page.keyboard.press("Backspace")
    expect(held).to_have_attribute("data-action", "")
    page.keyboard.press("Alt+0")
    expect(page.locator(f"[data-fact={second}]")).to_have_attribute("data-action", "omit")
    third = str(held.get_attribute("data-fact"))
    page.keyboard.press("Alt+ArrowUp")
    assert held.get_attribute("data-fact") not in {None, third}


def test_what_is_typed_is_told_by_the_rules(site: Site) -> None:
    """A malformed value is told beside its field while it is typed."""
    page = _open_desk(site)
    field = page.locator("[data-fact=registered_capital]")
    field.locator("input.form-control").fill("many")
    expect(field.locator("[data-hint]")).not_to_be_empty()
    field.locator("input.form-control").fill("100万元")
    expect(field.locator("[data-hint]")).to_contain_text("1,000,000.00")


def test_nothing_is_sent_while_a_value_is_undecided(site: Site) -> None:
    """Confirming too early leads to the first undecided value instead."""
    page = _open_desk(site)
    page.keyboard.press("Control+Enter")
    assert "/reviews/" in page.url
    undecided = page.locator("[data-fact][data-action='']").first
    expect(undecided.locator("input.form-control, textarea")).to_be_focused()


def test_escape_asks_before_decisions_are_lost_and_then_releases(site: Site) -> None:
    """With decisions on the page Escape asks first; without any it gives the draft back at once."""
    page = _open_desk(site)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    dialog = page.locator("[data-ask-release]")
    expect(dialog).to_be_visible()
    dialog.locator("[data-yes]").click()
    page.wait_for_url("**/reviews")
    expect(page.locator("[data-next]")).to_be_visible()


def test_two_reviewers_never_meet(site: Site) -> None:
    """While one holds the oldest draft, the other is given the next one."""
    one = _open_desk(site)
    site.people["reviewer"] = site.people["other reviewer"]
    other = _open_desk(site)
    assert one.url != other.url


def test_the_look_is_switched_and_stays(site: Site) -> None:
    """The button changes between light and dark, and the next page keeps the choice."""
    page = site.enter("clerk")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.locator("[data-theme-toggle]").click()
    page.goto("/uploads")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_customer_list_follows_the_typing(site: Site) -> None:
    """The list is searched while typing, and what is searched for never stands in the address."""
    page = site.enter("reviewer")
    page.goto("/customers")
    expect(page.locator(".line")).to_have_count(1)
    page.locator("#q").press_sequentially("没有这一家")
    expect(page.locator(".line")).to_have_count(0)
    page.locator("#q").fill("听松")
    expect(page.locator(".line")).to_have_count(1)
    assert page.url.endswith("/customers")
    assert site.complaints == []
