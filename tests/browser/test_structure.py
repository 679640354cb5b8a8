"""Arranging the pages of a case in a real browser, by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from models import drafts
from models.cases import Page as PageRow
from models.draft_rows import Draft
from models.store import FileStore
from tests.browser.conftest import Site, picture
from tests.confirmed_papers import Archive
from tests.models import archive_office

pytestmark = pytest.mark.browser
HEADS = ".page-paper h2"
TITLES = ["Business license", "ID card (portrait side)", "ID card (emblem side)", "Bank account permit", "Contract"]


@pytest.fixture
def case(site: Site, store: FileStore) -> str:
    """A stack of five pages with pictures; gives the address of its pages."""
    draft_id = Archive(site.database, store, site.people).draft("08-farm-stack.everything")
    with site.database.unit() as unit:
        for page in unit.session.scalars(select(PageRow).where(PageRow.picture.is_(None))):
            page.picture = store.put_picture(f"p/{page.id}.jpg", picture())
        return f"/cases/{unit.session.get_one(Draft, draft_id).case_id}/pages"


def _heads(page: Page, titles: list[str]) -> None:
    """The documents as they stand, whatever stands beside their titles."""
    expect(page.locator(HEADS)).to_have_count(len(titles))
    for place, title in enumerate(titles):
        expect(page.locator(HEADS).nth(place)).to_contain_text(title)


def _told(page: Page, text: str) -> None:
    """What is spoken, once the page is at rest."""
    expect(page.locator("[data-spoken]")).to_have_text(text)
    expect(page.locator("[data-structure]")).not_to_have_attribute("aria-busy", "true")


def test_the_pages_of_a_case_are_arranged_by_keys_alone(site: Site, case: str) -> None:
    """Type, split, join, reorder, turn, put aside, move, undo: a letter each; every change is spoken, focus stays."""
    page = site.enter("reviewer", language="en")
    page.goto(case)
    keys = page.keyboard
    page.locator("[data-tile] input").first.focus()
    for _ in range(3):
        keys.press("ArrowRight")
    keys.press("t")
    keys.type("T")
    keys.press("Enter")
    _told(page, "Type changed.")
    _heads(page, [*TITLES[:3], "Tax registration certificate", "Contract"])
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("s")
    _told(page, "Split.")
    _heads(page, [*TITLES[:3], "Tax registration certificate", "Contract", "Contract"])
    keys.press("j")
    _told(page, "Joined.")
    keys.press("Alt+ArrowLeft")
    _told(page, "Pages reordered.")
    last = page.locator("[data-tile]").last.get_attribute("data-page")
    keys.press("r")
    _told(page, "Pages turned.")
    expect(page.locator(":focus")).to_be_attached()
    keys.press("Control+z")
    _told(page, "Undone: Pages turned.")
    keys.press("Home")
    keys.press("Space")
    keys.press("b")
    _told(page, "Pages put aside.")
    expect(page.locator(".aside [data-tile]")).to_have_count(1)
    for _ in range(5):
        said = page.locator("[data-structure] [value=undo] span:not(.act-key)").text_content()
        keys.press("Control+z")
        expect(page.locator("[data-structure] [value=undo] span:not(.act-key)")).not_to_have_text(said or "")
    _heads(page, TITLES)
    assert page.locator("[data-tile]").last.get_attribute("data-page") != last
    assert site.complaints == []


def test_what_was_decided_at_the_desk_outlasts_a_change_of_type(site: Site, case: str) -> None:
    """Typed, not confirmed: behind the new type it stands as it was. What cannot be kept is told and stops it."""
    with site.database.unit() as unit:
        draft = unit.session.scalars(select(Draft).order_by(Draft.id.desc())).first()
        assert draft is not None
        assert case == f"/cases/{draft.case_id}/pages"
        drafts.claim(unit, draft.id, site.people["reviewer"], 15)
        address = f"/reviews/{draft.id}"
    page = site.enter("reviewer", language="en")
    page.goto(address)
    name = page.locator("#fact-person_name")
    name.locator("[name^=value]").fill("沈亦女")
    page.locator("#fact-sex label", has_text="Leave out").click()
    born = page.locator("#fact-birth_date [name^=value]")
    born.fill("long ago")
    page.locator("[data-retype] summary").click()
    page.locator("[data-retype] [name=tile]").select_option(index=3)
    page.locator("[data-retype] [name=type]").select_option("tax_registration")
    page.get_by_role("button", name="Read as this type").click()
    expect(page.locator("[data-lost]")).to_be_visible()
    expect(page.locator("[data-reclaim]")).to_be_hidden()
    expect(born).to_have_value("long ago")
    born.fill("")
    page.get_by_role("button", name="Read as this type").click()
    expect(page.locator("h2.group", has_text="Tax registration certificate")).to_be_attached()
    expect(name.locator("[name^=value]")).to_have_value("沈亦女")
    expect(name).to_have_attribute("data-action", "correct")
    expect(page.locator("#fact-sex")).to_have_attribute("data-action", "omit")
    assert site.complaints == []


def test_the_letters_of_the_acts_are_chosen_in_the_dialog(site: Site, case: str) -> None:
    """The button shows the new letter and it does the act, also behind a change; arrows stay the page's own."""
    page = site.enter("reviewer", language="en")
    page.goto(case)
    page.locator("[data-tile] input").last.focus()
    split = page.locator(".act[value=split]")
    expect(split.locator(".act-key")).to_have_text("S")
    page.keyboard.press("?")
    page.locator("[data-bind=split]").click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-bind=split]")).to_have_text("S")
    page.keyboard.press("y")
    page.keyboard.press("Escape")
    page.locator("[data-tile] input").last.focus()
    page.keyboard.press("s")
    page.keyboard.press("y")
    _told(page, "Split.")
    expect(split.locator(".act-key")).to_have_text("Y")
    expect(split).to_have_attribute("aria-keyshortcuts", "y")
    page.keyboard.press("Control+z")
    _told(page, "Undone: Split.")
    assert site.complaints == []


def test_a_broken_line_is_told_and_the_page_goes_on(site: Site, case: str) -> None:
    """What was asked may or may not have been done: that is said, beside the acts and aloud; then it works again."""
    page = site.enter("reviewer", language="en")
    page.route("**/pages", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.goto(case)
    page.locator("[data-tile] input").last.focus()
    page.keyboard.press("s")
    _told(
        page,
        "The portal did not answer: whether it was done is not known. Load the page again to see whether it was done. "
        "portal.outcome_unknown",
    )
    expect(page.locator("[data-told]")).to_have_class(re.compile("text-bad"))
    page.unroute("**/pages")
    page.keyboard.press("s")
    _told(page, "Split.")
    expect(page.locator("[data-told]")).not_to_have_class(re.compile("text-bad"))
    assert site.complaints == []


def test_a_page_is_dragged_where_it_belongs(site: Site, case: str) -> None:
    """An extra beside the keys."""
    page = site.enter("reviewer", language="en")
    page.goto(case)
    page.locator("[data-tile]").nth(3).drag_to(page.locator("[data-tile]").nth(5))
    _told(page, "Pages reordered.")
    _heads(page, [*TITLES[:3], "Contract"])
    assert site.complaints == []


def test_a_folder_that_was_confirmed_by_its_key_says_so(site: Site) -> None:
    """The page no longer asks what was answered, nor offers what cannot be done any more."""
    made = archive_office.Archive(site.database, person=site.people["archivist"])
    archive_office.through(made, {"盒1/甲/1.pdf": ["某某通知", "第一条", "某某报告"]})
    page = site.enter("archivist", language="en")
    page.goto(f"/archive/{made.batch_id}/folders/{made.folder('盒1/甲')}")
    expect(page.locator(".question")).to_have_count(1)
    page.locator("[data-tile] input").first.focus()
    page.keyboard.press("c")
    expect(page.locator("main > .note")).to_contain_text("Confirmed")
    expect(page.locator("main .head .chip")).to_have_text("Confirmed")
    expect(page.locator(".question, .act-bar")).to_have_count(0)
    expect(page.locator("main")).to_be_focused()
    assert site.complaints == []
