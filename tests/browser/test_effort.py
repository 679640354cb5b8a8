"""The desk counts in a real browser what a draft takes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.efforts import Effort
from tests import made_up
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

SWEEP = """() => { for (let step = 0; step < 8; step += 1) document.dispatchEvent(
  new PointerEvent("pointermove", { bubbles: true, movementX: 5, movementY: 5 })); }"""
"""A movement of the pointer without a rest in its midst, however slow this machine is."""


def test_keys_seconds_and_reaches_for_the_pointer_come_with_the_decision(site: Site) -> None:
    """Modifiers are no keys of their own, one sweep of the pointer is one reach, and a reload forgets nothing."""
    license_ = made_up.license_reading(made_up.CODES[3])
    sure = made_up.enter_draft(site.database, site.people["clerk"], [license_], "pages/made-up.jpg")
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{sure}")
    page.locator("[data-claim]").click()
    page.locator("[data-review][data-mine=yes][data-ready]").wait_for()
    page.keyboard.press("Shift")
    page.keyboard.press("+")
    page.evaluate(SWEEP)
    page.reload()
    page.locator("[data-review][data-ready]").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("[data-undo]").wait_for()
    with site.database.read() as rows:
        kept = rows.scalars(select(Effort).order_by(Effort.id.desc())).first()
    assert kept is not None
    assert (kept.outcome, kept.keystrokes, kept.pointer_moves) == ("confirmed", 2, 1)
    assert kept.seconds is not None
    assert kept.seconds < 60
    assert site.complaints == []
