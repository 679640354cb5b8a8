"""The whole story in a browser: papers in by the page, read by a worker, decided by keyboard, kept with origins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Site
from tests.conftest import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.ocr, pytest.mark.timeout(900)]

PAPERS = ROOT / "sample_docs" / "cases" / "02-sole-trader"
READ_SECONDS = 600
CORRECTED = "改正后的字号"


def _hand_in(page: Page, files: list[Path]) -> None:
    """Choose files on the page and watch them until the draft is there, without reloading."""
    page.goto("/uploads/new")
    page.set_input_files("input[name=files]", [str(path) for path in files])
    expect(page.locator("[data-chosen] li")).to_have_count(len(files))
    page.get_by_role("button", name=re.compile("提交$")).click()
    page.wait_for_url("**/uploads/*")
    expect(page.locator("[data-state=settled]")).to_be_attached(timeout=READ_SECONDS * 1000)
    expect(page.locator("li[data-file-state=read]")).to_have_count(len(files))
    expect(page.locator(".way .past")).to_have_count(4 * len(files))


def _decide_by_keyboard(page: Page) -> str:
    """Correct the first name, accept the others, leave out what was not read; gives the corrected fact."""
    first = page.locator("[data-fact][data-value]:not([data-value=''])[data-kind$=name]").first
    fact = str(first.get_attribute("data-fact"))
    field = first.locator("input.form-control, textarea")
    field.click()
    field.fill(CORRECTED)
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-action", "correct")
    for _ in range(page.locator("[data-fact]").count()):
        if not page.locator("[data-fact][data-action='']").count():
            break
        empty = page.evaluate("document.activeElement.value === ''")
        page.keyboard.press("Alt+0" if empty else "Enter")
    expect(page.locator("[data-left].ready")).to_be_visible()
    return fact


def test_papers_become_a_confirmed_customer_file(service: Site) -> None:
    """Clerk hands in, worker reads, reviewer corrects one value and accepts the rest, the file shows where from."""
    _hand_in(service.enter("clerk"), sorted(PAPERS.glob("*.jpg")))
    page = service.enter("reviewer")
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    expect(page.locator(".place:not(.faint)")).to_be_attached()
    fact = _decide_by_keyboard(page)
    for tick in page.locator("[name=acknowledged]").all():
        tick.check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/reviews")
    page.get_by_role("link", name="打开客户档案").click()
    page.wait_for_url("**/customers/C*")
    origin = page.locator(f"#fact-{fact}")
    expect(origin.locator(".origin-value")).to_have_text(CORRECTED)
    expect(origin).to_contain_text("人工改正")
    origin.locator("summary").click()
    drawn = "all => all.map(one => one.naturalWidth > 20)"
    wait_for(lambda: origin.locator("img").evaluate_all(drawn) == [True, True])
    expect(origin).to_contain_text("reviewer")
    assert service.complaints == []
