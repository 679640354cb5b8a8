"""The pages in a real browser: keys at the reviewer's desk, the look, lists that follow the typing."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from intake import wire
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word
from models.base import now
from models.cases import Page as PageRow
from models.cases import PageText as PageTextRow
from models.drafts import Draft
from tests import made_up
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def _open_desk(site: Site, *, width: int = 1440, dark: bool = False, language: str = "zh-CN") -> Page:
    page = site.enter("reviewer", width=width, dark=dark, language=language)
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    expect(page.locator(".scan-tab[aria-selected=true]")).to_be_attached()
    return page


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
    """A malformed value is told beside its field while it is typed, and the field keeps its room."""
    page = _open_desk(site)
    field = page.locator("[data-fact=registered_capital]")
    width = "field => field.offsetWidth"
    before = field.locator("input.form-control").evaluate(width)
    field.locator("input.form-control").fill("many")
    assert field.locator("input.form-control").evaluate(width) >= before - 8  # the choice beside it stands out
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


def test_the_keys_return_a_draft_to_the_clerk_and_open_the_next(site: Site) -> None:
    """Alt+Q, a reason by an arrow, Enter in the note: no hand leaves the keys, and Escape closes the menu again."""
    page = _open_desk(site)
    before, menu = page.url, page.locator("[data-aside]")
    page.keyboard.press("Alt+q")
    expect(menu.locator("select").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu.locator("select").first).to_be_hidden()
    assert page.url == before
    page.keyboard.press("Alt+q")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("请重扫")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    expect(page.locator("[data-review][data-mine=yes][data-ready]")).to_be_attached()
    with site.database.read() as session:
        left = session.get_one(Draft, before.rsplit("/", 1)[1])
        assert (left.state, left.reason_note) == ("returned", "请重扫")
    assert site.complaints == []


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


def test_nobody_at_the_desk_lets_the_claim_run_out_and_who_returns_takes_it_again(site: Site) -> None:
    """The claim is renewed only while keys or pointer move; one button then holds it again and keeps what was typed."""
    page = site.enter("reviewer")
    page.clock.install()
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    touched: list[str] = []
    page.on("request", lambda request: touched.append(request.url) if request.url.endswith("/touch") else None)
    name = page.locator("[data-fact=company_name] .form-control")
    name.fill("正在改的名称有限公司")
    with page.expect_response("**/touch"):
        page.clock.fast_forward("01:30")
    page.clock.fast_forward("10:00")
    quiet = len(touched)
    page.clock.fast_forward("20:00")
    assert len(touched) == quiet
    _take_away(site)
    page.mouse.move(400, 400)
    with page.expect_response("**/touch"):
        page.clock.fast_forward("01:30")
    expect(page.locator("[data-lost]")).to_be_visible()
    page.locator("[data-reclaim]").click()
    expect(page.locator("[data-lost]")).to_be_hidden()
    expect(name).to_have_value("正在改的名称有限公司")


def test_a_portal_that_is_away_for_a_moment_takes_no_claim(site: Site) -> None:
    """No connection, then a proxy's 503: nothing is called lost, and the claim is renewed as soon as that works."""
    page = site.enter("reviewer")
    page.clock.install()
    page.route("**/touch", lambda route: route.abort())
    page.goto("/reviews")
    page.locator("[data-next]").click()
    page.wait_for_url("**/reviews/*")
    page.locator("[data-fact=company_name] .form-control").focus()
    with page.expect_event("requestfailed"):
        page.clock.fast_forward("01:05")
    page.route("**/touch", lambda route: route.fulfill(status=503, body=""))  # the later one goes first
    with page.expect_response("**/touch"):
        page.clock.fast_forward("01:05")
    page.unroute("**/touch")
    with page.expect_response("**/touch") as renewed:
        page.clock.fast_forward("01:05")
    assert renewed.value.ok
    expect(page.locator("[data-lost]")).to_be_hidden()
    assert site.complaints == []


def _take_away(site: Site) -> None:
    """Let every claim run out."""
    with site.database.unit() as unit:
        for draft in unit.session.scalars(select(Draft).where(Draft.claimed_by.is_not(None))):
            draft.claimed_until = now() - timedelta(minutes=1)


def test_decisions_are_not_lost_by_a_slip(site: Site) -> None:
    """Leaving the page or pressing release asks first once something is decided; confirming asks nothing."""
    page = _open_desk(site)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.keyboard.press("Enter")
    page.locator("[data-release] button").click()
    expect(page.locator("[data-ask-release]")).to_be_visible()
    page.locator("[data-no]").click()
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("[data-fact][data-action=accept]:not([data-state=certain])")).to_have_count(0)
    expect(page.locator("[data-fact][data-state=doubtful] input[type=radio]:checked")).to_have_count(0)


def test_an_error_that_was_typed_on_purpose_is_ticked_and_confirmed(site: Site) -> None:
    """The wrong check digit comes back with a box; another value takes the box away again."""
    page = _open_desk(site)
    for _ in range(page.locator("[data-fact]").count()):
        if not page.locator("[data-fact][data-action='']").count():
            break
        empty = page.evaluate("document.activeElement.value === ''")
        page.keyboard.press("Alt+0" if empty else "Enter")
    code = page.locator("[data-fact=credit_code]")
    right = code.locator(".form-control").input_value()
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    code.locator(".form-control").fill(wrong)
    for tick in page.locator("[name=acknowledged]").all():
        tick.check()
    page.keyboard.press("Control+Enter")
    own = page.locator("[data-typed] [data-own]")
    expect(own).to_be_attached()
    expect(page.locator(".place:not(.faint)")).to_be_attached()
    expect(page).not_to_have_url(re.compile("/confirm"))
    page.keyboard.press("Control+Enter")
    expect(own).to_be_focused()
    code.locator(".form-control").fill(right)
    expect(own).to_have_count(0)


def test_a_draft_that_one_only_looks_at_opens_at_its_head(site: Site) -> None:
    """Before the draft is claimed its name and the button that claims it are in sight."""
    page = site.enter("reviewer", height=700)
    page.goto("/reviews")
    page.locator("th a[href^='/reviews/']").first.click()
    expect(page.locator(".place:not(.faint)")).to_be_attached()
    expect(page.locator("[data-claim]")).to_be_in_viewport()


def test_a_typed_value_that_contradicts_another_is_told_beside_it_until_it_is_mended(site: Site) -> None:
    """A birth date that is not the ID number's comes back with one box; the right one is confirmed without it."""
    page = _open_desk(site)
    for _ in range(page.locator("[data-fact]").count()):
        if not page.locator("[data-fact][data-action='']").count():
            break
        empty = page.evaluate("document.activeElement.value === ''")
        page.keyboard.press("Alt+0" if empty else "Enter")
    born = page.locator("[data-fact=birth_date]")
    born.locator(".form-control").fill("1991-04-08")
    for tick in page.locator("[name=acknowledged]").all():
        tick.check()
    page.keyboard.press("Control+Enter")
    told = born.locator("[data-typed]")
    expect(told).to_be_attached()
    expect(page.locator("[data-typed] [data-own]")).to_have_count(1)
    expect(page).not_to_have_url(re.compile("/confirm"))
    page.locator("[data-fact=id_number] .form-control").fill("330106199104088214")
    expect(told).to_have_count(0)


def _sure_draft(site: Site, code: str) -> str:
    """A draft without any doubt; gives its identifier."""
    return made_up.enter_draft(
        site.database, site.people["clerk"], [made_up.license_reading(code)], "pages/made-up.jpg"
    )


def _claim(page: Page, draft_id: str) -> None:
    page.goto(f"/reviews/{draft_id}")
    page.locator("[data-claim]").click()
    expect(page.locator("[data-confirm]")).to_be_focused()
    expect(page.locator("[data-review][data-scan-ready]")).to_be_attached()


def test_a_paper_without_doubt_takes_one_keystroke_and_another_takes_it_back(site: Site) -> None:
    """Ctrl+Enter confirms what is certain and opens the next draft; Ctrl+Z there opens the former again, undecided."""
    draft_id = _sure_draft(site, made_up.CODES[3])
    page = site.enter("reviewer")
    _claim(page, draft_id)
    assert page.locator("[data-fact]:not([data-state=certain][data-action=accept])").count() == 0
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-undo]")).to_be_visible()
    expect(page.locator("[data-review][data-ready]")).not_to_have_attribute("data-draft", draft_id)
    expect(page.locator("header [name=next]")).to_have_value(urlsplit(page.url).path)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-review][data-ready]")).to_have_attribute("data-draft", draft_id)
    assert page.url.endswith(f"/reviews/{draft_id}")
    assert site.complaints == []


def test_a_box_that_is_being_drawn_goes_with_its_desk(site: Site) -> None:
    """Whoever confirms by the button meanwhile finds the next paper free, and its keys are the desk's own."""
    draft_id = _sure_draft(site, made_up.CODES[3])
    page = site.enter("reviewer")
    _claim(page, draft_id)
    page.locator("[data-fact] .form-control").first.focus()
    page.keyboard.press("Alt+x")
    expect(page.locator(".scan-draw")).to_have_count(1)
    page.locator("[data-confirm]").click()
    expect(page.locator("[data-review][data-ready]")).not_to_have_attribute("data-draft", draft_id)
    expect(page.locator(".scan-draw")).to_have_count(0)
    expect(page.locator("[data-fact] .form-control:focus")).to_have_count(1)
    assert site.complaints == []


def test_a_wrong_value_costs_its_characters_and_two_keys(site: Site) -> None:
    """Alt and its letter lead there with the value selected, typing replaces it, Enter takes it; Ctrl+Z undoes it."""
    page = site.enter("reviewer")
    _claim(page, _sure_draft(site, made_up.CODES[3]))
    fact = page.locator("[data-fact=legal_representative]")
    page.keyboard.press(f"Alt+{fact.get_attribute('data-jump')}")
    page.keyboard.type("林小舟")
    page.keyboard.press("Enter")
    expect(fact).to_have_attribute("data-action", "correct")
    expect(fact.locator(".form-control")).to_have_value("林小舟")
    expect(page.locator("[data-confirm]")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(fact).to_have_attribute("data-action", "accept")
    expect(fact.locator(".form-control")).to_have_value("林晓舟")


def test_keys_belong_to_the_input_method_while_it_composes(site: Site) -> None:
    """Enter that ends a composition decides nothing."""
    page = _open_desk(site)
    held = page.locator("[data-fact]:has(:focus)")
    expect(held).to_have_attribute("data-action", "")
    for how in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            "how => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...how}))",
            {how.split(":")[0]: True if "true" in how else 229},
        )
    expect(held).to_have_attribute("data-action", "")


def test_a_key_that_was_chosen_anew_is_kept_in_the_browser(site: Site) -> None:
    """The dialog takes another key for accepting; after a reload it still holds and the usual one does nothing."""
    page = _open_desk(site)
    page.keyboard.press("Alt+?")
    page.locator("[data-bind=accept]").click()
    page.keyboard.press("F8")
    page.keyboard.press("Escape")
    page.reload()
    held = page.locator("[data-fact]:has(:focus)")
    name = str(held.get_attribute("data-fact"))
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-fact={name}]")).to_have_attribute("data-action", "")
    page.keyboard.press("F8")
    expect(page.locator(f"[data-fact={name}]")).to_have_attribute("data-action", "accept")


def test_words_of_the_page_go_into_the_value_in_hand_by_keys(site: Site) -> None:
    """Arrow keys move and choose, Enter puts the words in, Ctrl+Z takes them back."""
    page = site.enter("reviewer")
    draft_id = _sure_draft(site, made_up.CODES[3])
    geometry = FlatGeometry(0, 0, 1000, 700, 1000, 700, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    words = tuple(Word(text, 0.9, PixelBox(100 + 300 * at, 600, 200, 50)) for at, text in enumerate(("甲字", "乙字")))
    with site.database.unit() as unit:
        for row in unit.session.scalars(select(PageRow)):
            body = wire.dump(PageText(geometry, (Line(words),), "tesseract"))
            unit.session.add(PageTextRow(page_id=row.id, sheet=0, reader="tesseract", body=body))
    _claim(page, draft_id)
    fact = page.locator("[data-fact=company_name]")
    page.keyboard.press("Alt+a")
    page.keyboard.press("Alt+w")
    expect(page.locator("[data-word-bar]")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    field = fact.locator(".form-control")
    expect(field).to_have_value("甲字乙字")
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    expect(fact).to_have_attribute("data-action", "accept")
    assert site.complaints == []
