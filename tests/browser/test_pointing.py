"""Taking values off the scan in a real browser: papers that lie sideways, keys that come before the words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from intake import wire
from intake.geometry import region
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word
from models.cases import Page as PageRow
from models.cases import PageText as PageTextRow
from tests import made_up
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
Box = Sequence[Sequence[float]]

SIDEWAYS = FlatGeometry(0, 0, 700, 1000, 1000, 700, (0, -1, 1000, 1, 0, 0, 0, 0, 1))
"""A paper of 700 × 1,000 pixels that lies turned clockwise on a scan of 1,000 × 700."""
WORDS = tuple(Word(text, 0.9, PixelBox(100 + 260 * at, 600, 200, 50)) for at, text in enumerate(("甲字", "乙字")))


def _open(site: Site) -> Page:
    """A draft of a paper that lies sideways, its words kept, on its reviewer's desk."""
    license_ = made_up.license_reading(made_up.CODES[3])
    places = [PixelBox(100, 100 + 60 * at, 300, 40) for at in range(len(license_.fields))]
    fields = [replace(one, region=region(SIDEWAYS, place)) for one, place in zip(license_.fields, places, strict=True)]
    sideways = replace(license_, fields=tuple(fields))
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], [sideways], "pages/made-up.jpg")
    with site.database.unit() as unit:
        for row in unit.session.scalars(select(PageRow)):
            body = wire.dump(PageText(SIDEWAYS, (Line(WORDS),), "tesseract"))
            unit.session.add(PageTextRow(page_id=row.id, sheet=0, reader="tesseract", body=body))
    page = site.enter("reviewer")
    page.goto(f"/reviews/{draft_id}")
    page.locator("[data-claim]").click()
    page.locator("[data-review][data-mine=yes][data-scan-ready]").wait_for()
    return page


def test_a_paper_that_lies_sideways_stands_upright_where_it_is_looked_at(site: Site) -> None:
    """The box lies along the text as it is seen, so does the crop; a drawn box is told in the order of the text."""
    page = _open(site)
    page.keyboard.press("Alt+a")
    fact = page.locator("[data-fact=company_name]")
    place = page.locator(".place:not(.faint)")
    expect(place).to_be_visible()
    seen = place.bounding_box()
    assert seen is not None
    assert seen["width"] > 4 * seen["height"]
    crop = fact.locator("canvas[data-crop]")
    page.wait_for_function("canvas => canvas.width > 4 * canvas.height", arg=crop.element_handle())
    page.keyboard.press("Alt+x")
    page.mouse.move(seen["x"], seen["y"])
    page.mouse.down()
    page.mouse.move(seen["x"] + seen["width"], seen["y"] + seen["height"], steps=3)
    with page.expect_request("**/regions") as asked:
        page.mouse.up()
    assert _differ(_corners(asked.value.post_data or ""), region(SIDEWAYS, PixelBox(100, 100, 300, 40)).corners) < 0.03


def test_a_box_is_drawn_by_keys_alone(site: Site) -> None:
    """It begins on the value's place; arrows move it, with Shift size it, and push the page on at the view's edge.

    Enter reads it; Escape leaves without asking for anything. The focus is back in the value's field either way.
    """
    page = _open(site)
    field = page.locator("[data-fact=company_name] .form-control")
    asked: list[Box] = []
    page.on(
        "request", lambda one: asked.append(_corners(one.post_data or "")) if one.url.endswith("/regions") else None
    )
    for keys in (("Escape",), ("Enter",), ("Shift+ArrowRight", "ArrowDown", "Enter"), (*["ArrowUp"] * 60, "Enter")):
        page.keyboard.press("Alt+a")
        expect(page.locator(".place:not(.faint, .chosen, .drawn)")).to_be_visible()
        page.keyboard.press("Alt+x")
        expect(page.locator("[data-box-bar]")).to_be_focused()
        expect(page.locator("[data-box]")).not_to_be_empty()
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator(".scan-draw")).to_have_count(0)
        expect(field).to_be_focused()
    own = region(SIDEWAYS, PixelBox(100, 100, 300, 40)).corners
    kept, sized, pushed = asked
    assert _differ(kept, own) < 0.01
    assert (_along(sized) > _along(kept), _below(sized, kept), _below(kept, pushed)) == (True, True, True)
    assert site.complaints == []


def _differ(one: Box, other: Box) -> float:
    """How far the corners of two regions lie apart at most."""
    pairs = zip(one, other, strict=True)
    return max(abs(mine - theirs) for drawn, own in pairs for mine, theirs in zip(drawn, own, strict=True))


def _along(corners: Box) -> float:
    """How long a box is in the direction of its text, on the paper that lies turned clockwise."""
    return abs(corners[1][1] - corners[0][1])


def _below(one: Box, other: Box) -> bool:
    """Whether a box lies below another as the paper is read: further left on the scan."""
    return one[0][0] < other[0][0]


def _corners(body: str) -> list[list[float]]:
    """The corners that a form carries."""
    return json.loads(parse_qs(body)["region"][0])  # type: ignore[no-any-return]  # numbers, as the desk sends them


def test_keys_that_come_before_the_words_wait_for_them(site: Site) -> None:
    """Shift and the arrow, then Enter, pressed while the words are still on their way, take both words."""
    held: list[Route] = []
    page = _open(site)
    page.route("**/words", lambda route: held.append(route))  # noqa: PLW0108  # Playwright wraps functions only
    page.reload()
    page.locator("[data-review][data-mine=yes][data-scan-ready]").wait_for()
    page.keyboard.press("Alt+a")
    for key in ("Alt+w", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    field = page.locator("[data-fact=company_name] .form-control")
    expect(page.locator("[data-word-bar]")).to_be_focused()
    for route in held:
        route.continue_()
    expect(field).to_have_value("甲字乙字")
    expect(field).to_be_focused()
    assert site.complaints == []
