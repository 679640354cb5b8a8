"""The alternatives of a value on the desk: the reader's look-alikes one key away, what differs marked."""

from __future__ import annotations

from dataclasses import replace

from intake.types import Alternative
from tests import made_up
from tests.web.conftest import Portal


def test_a_look_alike_stands_among_the_keys_with_its_character_marked(portal: Portal) -> None:
    """The button's value is the whole name; the one letter in which it is another is marked."""
    paper = made_up.license_reading(name="杭州己远贸易有限公司", confidence=0.6)
    others = (Alternative("杭州已远贸易有限公司", "杭州己远贸易有限公司", 0.2, "rapidocr", "rival"),)
    fields = tuple(replace(field, alternatives=others) if field.field == "name" else field for field in paper.fields)
    reading = replace(paper, fields=fields)
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [reading])
    browser = portal.browser("reviewer", "zh-CN")
    browser.post(f"/reviews/{draft}/claim")
    page = browser.get(f"/reviews/{draft}").get_data(as_text=True)
    assert 'data-apply-value="杭州已远贸易有限公司"' in page
    assert "<kbd>1</kbd> 杭州<mark>已</mark>远贸易有限公司" in page
