"""Saying whose papers they are, at the desk, by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from models import drafts
from tests import made_up
from tests.browser.conftest import Site
from tests.browser.test_groups import AXE, RULES

pytestmark = pytest.mark.browser

PERMIT = {"account_name": "苏州听松测试机械有限公司", "account_number": "1202024109000123456", "bank_name": "测试银行"}


@pytest.fixture
def draft(site: Site) -> str:
    """A permit of a customer who has a file under another name, held by the reviewer."""
    permit = made_up.reading("bank_account_permit", {**PERMIT, "legal_representative": "林晓舟"})
    made = made_up.enter_draft(site.database, site.people["clerk"], [permit], "pages/made-up.jpg")
    with site.database.unit() as unit:
        drafts.claim(unit, made, site.people["reviewer"], 15)
    return made


def test_k_and_a_digit_pick_a_customer_and_the_differences_are_shown(site: Site, draft: str) -> None:
    """What was typed before stays; the values that the file holds otherwise are open again."""
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{draft}")
    field = page.locator("#fact-bank_name [name^=value]")
    field.fill("测试银行西湖支行")
    page.keyboard.press("Alt+k")
    expect(page.locator("[data-match=new]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-match=C00000001]")).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator("[data-match=C00000001]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-changed=company_name] del")).to_have_text("苏州听松测试设备有限公司")
    expect(field).to_have_value("测试银行西湖支行")
    expect(page.locator("#fact-bank_name")).to_have_attribute("data-action", "correct")
    expect(page.locator("#fact-company_name")).to_have_attribute("data-action", "")
    assert page.url.endswith(f"/reviews/{draft}")
    page.keyboard.press("Alt+k")
    page.keyboard.press("2")
    expect(page.locator("[data-match=new]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".review-head")).to_contain_text(re.compile("New customer file"))
    page.keyboard.press("Alt+k")
    page.keyboard.press("Escape")
    expect(page.locator("[data-fact] :focus")).to_be_attached()
    assert site.complaints == []


def test_a_corrected_name_brings_its_customer_into_the_list(site: Site) -> None:
    """What was misread is typed right, and the file of that name is offered without another step."""
    permit = made_up.reading("bank_account_permit", {**PERMIT, "account_name": "苏州昕松贸易有限公司"})
    draft = made_up.enter_draft(site.database, site.people["clerk"], [permit], "pages/made-up.jpg")
    with site.database.unit() as unit:
        drafts.claim(unit, draft, site.people["reviewer"], 15)
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{draft}")
    expect(page.locator("[data-match]")).to_have_count(0)
    page.locator("#fact-company_name [name^=value]").fill("苏州听松测试设备有限公司")
    expect(page.locator("[data-match=C00000001]")).to_contain_text("same name")
    page.keyboard.press("Alt+k")
    page.keyboard.press("1")
    expect(page.locator("[data-match=C00000001]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#fact-company_name [name^=value]")).to_have_value("苏州听松测试设备有限公司")
    assert site.complaints == []


def test_the_list_is_fit_for_aids_and_for_a_phone(site: Site, draft: str) -> None:
    """No violation that axe can find and no sideways scrolling, in both looks and languages."""
    for width, dark, language in ((1440, False, "zh-CN"), (390, True, "en")):
        page = site.enter("reviewer", width=width, dark=dark, language=language)
        page.goto(f"/reviews/{draft}")
        expect(page.locator("[data-match=C00000001]")).to_be_visible()
        page.evaluate(AXE.read_text())
        found = page.evaluate(RULES)["violations"]
        assert [(issue["id"], [node["html"][:160] for node in issue["nodes"]][:3]) for issue in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert site.complaints == []
