"""What pages tell by themselves when something does not come: what happened, what to do next, the code, the way on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from models import edits
from models.base import now
from models.cases import Case
from models.draft_rows import Draft
from models.regrouping import Editor
from tests import made_up
from tests.browser.conftest import Site


def tells(place: Locator, code: str) -> None:
    """Cause, next step and code stand there."""
    expect(place).to_be_visible()
    expect(place.locator("[data-code]")).to_have_text(code)
    assert place.locator("strong").inner_text()
    assert len(place.inner_text()) > len(place.locator("strong").inner_text()) + len(code) + 2


def desk(page: Page) -> str:
    """Open the desk of the next draft; gives the draft."""
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    return str(page.locator("[data-review]").get_attribute("data-draft"))


def test_a_picture_that_does_not_come_is_told_and_loaded_again_by_a_key(site: Site) -> None:
    """No other page stands in its place; with the key it comes, and the crops beside the values with it."""
    page = site.enter("reviewer")
    page.route("**/picture", lambda route: route.abort())
    desk(page)
    note = page.locator("[data-picture-missing]")
    tells(note, "picture.unavailable")
    assert not page.locator("[data-review]").get_attribute("data-scan-ready")
    page.unroute("**/picture")
    page.keyboard.press("Alt+l")
    expect(note).to_be_hidden()
    page.wait_for_selector("[data-review][data-scan-ready]")
    crop = page.locator("[data-fact=company_name] canvas[data-crop]").first
    page.wait_for_function("canvas => canvas.style.width !== ''", arg=crop.element_handle())
    assert site.complaints == []


def test_files_that_cannot_be_handed_in_are_told_before_they_are_sent(site: Site, tmp_path: Path) -> None:
    """Empty and too large ones each with what to do; where none is left, that; without a line, that."""
    page = site.enter("clerk")
    page.goto("/uploads/new")
    limit = int(str(page.locator("main [data-upload]").get_attribute("data-limit-mb")))
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.png"
    empty.write_bytes(b"")
    with large.open("wb") as file:
        file.truncate(limit * 1_000_000 + 1)
    page.locator("main input[name=files]").set_input_files([empty, large])
    rows = page.locator("main [data-chosen] li")
    expect(rows).to_have_count(2)
    tells(rows.nth(0).locator(".wrong"), "file.empty")
    tells(rows.nth(1).locator(".wrong"), "file.too_large")
    page.locator("main [data-upload] button.btn-primary").click()
    tells(page.locator("main [data-upload] [data-problem]"), "upload.none_fit")
    assert site.complaints == []


@pytest.mark.parametrize("decided", [False, True])
def test_a_draft_that_was_made_anew_meanwhile_is_shown_so(site: Site, decided: bool) -> None:  # noqa: FBT001
    """At once where nobody has decided anything, else when the reviewer says so, with what was decided."""
    page = site.enter("reviewer")
    draft_id = desk(page)
    page.wait_for_selector("[data-review][data-ready]")
    name = page.locator("[data-fact=company_name] .form-control")
    if decided:
        name.fill("正在改的名称有限公司")
    before = int(str(page.locator("[data-review]").get_attribute("data-version")))
    with site.database.unit() as unit:
        draft = unit.session.get_one(Draft, draft_id)
        case = unit.session.get_one(Case, draft.case_id)
        gone = page.locator(".scan-tab").last.get_attribute("data-picture")
        document_id = str(gone).split("/documents/")[1].split("/")[0]
        edits.retype(unit, case.id, Editor(case.created_by, made_up.TODAY, now()), [document_id], "contract")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    if decided:
        page.locator("[data-renewed]").wait_for()
        page.locator("[data-renew]").click()
    page.wait_for_selector(f"[data-review]:not([data-version='{before}'])[data-ready]")
    assert page.locator("[data-review]").get_attribute("data-draft") == draft_id
    if decided:
        expect(name).to_have_value("正在改的名称有限公司")
        expect(page.locator("[data-error] [data-code]")).to_have_text("review.stale_version")
    expect(page.locator("[data-renewed]")).to_be_hidden()
    assert site.complaints == []


def test_what_a_desk_took_is_kept_for_the_last_drafts_only(site: Site) -> None:
    """Nothing is left behind in the browser by those before."""
    page = site.enter("reviewer")
    desk(page)
    page.evaluate("""() => sessionStorage.setItem("efforts", JSON.stringify(
      [1, 2, 3, 4, 5].map((one) => [`draft-${one}`, { seconds: one, keystrokes: 0, pointer_moves: 0 }])))""")
    page.goto("/reviews")
    kept = page.evaluate("() => JSON.parse(sessionStorage.getItem('efforts')).map(([draft]) => draft)")
    assert len(kept) == 3
    assert kept[1:] == ["draft-1", "draft-2"]
