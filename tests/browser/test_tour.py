"""The first-visit tour in a browser: by keys alone, on a phone, beside what it points to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from models.accounts import ROLES
from tests.browser.conftest import Site
from tests.browser.test_everyone import everywhere

pytestmark = pytest.mark.browser

COVERED = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [step, thing] = [box("[data-tour-step]"), box(".toured")];
  const across = Math.max(0, Math.min(step.right, thing.right) - Math.max(step.left, thing.left));
  const down = Math.max(0, Math.min(step.bottom, thing.bottom) - Math.max(step.top, thing.top));
  return (across * down) / (thing.width * thing.height);
}"""


def _begin(page: Page) -> None:
    """Reach the invitation by Tab and accept it by Enter."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-invited] a')"):
            break
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("role", "width"), [*((role, 390) for role in ROLES), ("clerk", 1440), ("administrator", 1440)]
)
def test_enter_goes_through_the_tour_and_each_thing_is_seen_beside_its_step(site: Site, role: str, width: int) -> None:
    """Five times Enter; what a step points to is in sight and hardly covered; afterwards nothing is offered."""
    page = site.enter(role, language="en", width=width, height=800, dark=width < 600)
    _begin(page)
    for number in range(1, 6):
        expect(page.locator("[data-tour-step]")).to_contain_text(f"Step {number} of 5")
        expect(page.locator("[data-tour-step] [data-go]")).to_be_focused()
        expect(page.locator(".toured")).to_be_in_viewport()
        page.wait_for_function(f"() => ({COVERED})() < 0.5")  # the view may still glide there
        page.keyboard.press("Enter")
        if number < 5:
            page.wait_for_url(re.compile(rf"tour={role}\.{number + 1}$"))
    expect(page.locator("[data-tour-step]")).to_have_count(0)
    expect(page.locator(".note[role=status]")).to_be_visible()
    page.goto("/")
    expect(page.locator("[data-invited]")).to_have_count(0)
    assert site.complaints == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_step_of_the_tour_is_for_everyone(site: Site, language: str) -> None:
    """No fault with the step open; Escape ends the tour, and the page is there without it."""
    page = site.enter("clerk", language=language)
    for address in ("/uploads/new?tour=clerk.2", "/me?tour=clerk.5"):
        page.goto(address)
        assert everywhere(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("[data-tour-step]")).to_have_count(0)
    assert page.url.endswith("/me")


def test_the_focus_is_never_hidden_behind_the_step(site: Site) -> None:
    """Whatever Tab reaches while a step is open is in sight above it (WCAG 2.4.11)."""
    page = site.enter("administrator", language="en", width=390, height=800)
    page.goto("/policies?tour=administrator.2")
    page.locator("main input").first.focus()
    top = page.locator("[data-tour-step]").bounding_box()
    assert top
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert box < top["y"], page.evaluate("document.activeElement.outerHTML")
