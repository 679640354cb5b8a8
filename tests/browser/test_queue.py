"""The queue and the dashboard in a real browser, by keys alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def _reach(page: Page, target: str) -> None:
    """Press Tab until the focus stands on what a selector names."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement.matches(target)", target):
            return
    pytest.fail(f"no Tab leads to {target}")


def test_a_view_and_the_columns_are_made_without_a_mouse(site: Site) -> None:
    """The filter is kept under a name; a column moves forward and the next Tab goes on where it was."""
    page = site.enter("reviewer", language="en")
    page.goto("/reviews?doubt=doubtful")
    _reach(page, ".keep-view summary")
    page.keyboard.press("Enter")
    _reach(page, ".keep-view [name=name]")
    page.keyboard.type("doubtful ones")
    page.keyboard.press("Enter")
    expect(page.locator(".views a[aria-current]")).to_have_text("doubtful ones 2")  # the number comes a moment later
    _reach(page, "a[href^='/reviews/columns']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/columns*")
    _reach(page, "[name=up][value=arrived]")
    page.keyboard.press("Enter")
    page.wait_for_url("**#column-arrived")
    expect(page.locator(".columns .line").first).to_contain_text("Arrived")
    _reach(page, "[name=shown][value=arrived]")
    _reach(page, "[name=keep].btn")
    page.keyboard.press("Enter")
    expect(page.locator(".queue thead th[scope=col]")).to_have_text(["Draft", "Arrived", "Papers", "Doubt", "Status"])
    assert "doubt=doubtful" in page.url
    assert site.complaints == []


def test_all_drafts_of_a_page_are_ticked_at_once(site: Site) -> None:
    """One key ticks them all; taking one back leaves the others and says so."""
    page = site.enter("administrator", language="zh-CN")
    page.goto("/reviews")
    _reach(page, "[data-all] input")
    page.keyboard.press("Space")
    ticks = page.locator("[name=draft]")
    assert ticks.count() == page.locator("[name=draft]:checked").count() > 1
    _reach(page, "[name=draft]")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('[data-all] input').indeterminate")


def test_the_table_behind_a_chart_opens_by_a_key(site: Site) -> None:
    """What the chart shows is there as figures, and the page of the period is one Tab stop."""
    page = site.enter("auditor", language="en", width=390)
    page.goto("/dashboard")
    _reach(page, ".behind summary")
    page.keyboard.press("Enter")
    expect(page.locator(".behind[open] table").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert site.complaints == []
