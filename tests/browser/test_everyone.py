"""WCAG 2.2 AA on every page, in both looks and languages, for every role: no fault that axe finds, no page too wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import template_rendered
from playwright.sync_api import Page, expect

from models.accounts import ROLES
from tests.browser.conftest import ROOT, Site, picture
from tests.browser.office import NOT_PAGES, STRANGER, Office, fill, stops

pytestmark = pytest.mark.browser

TOOLS = "\n".join(
    path.read_text()
    for path in (ROOT / "node_modules" / "axe-core" / "axe.min.js", ROOT / "tests" / "browser" / "everyone.js")
)
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What depends on the look; everything else is found in either."""

NARROW = 320
BY_FORM = {"link.html": "the answer to making a link", "error.html": "the answer to what went wrong"}
"""Page templates that no route shows by itself; :func:`test_what_answers_and_what_opens_is_for_everyone` has them."""

DOCUMENTS = {"acceptance_report.html": "drawn apart from the portal's frame, as its PDF is; it was opened as a page"}


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: WCAG's rules, words in the wrong language, motion, room for fingers."""
    page.evaluate(TOOLS)
    found: list[str] = page.evaluate("rules => everyone.axe(rules)", ALL)
    found += page.evaluate("[...everyone.speech(), ...everyone.moving(), ...everyone.small()]")
    return found


def in_the_other_look(page: Page) -> list[str]:
    """What is wrong besides once the system turns dark, or light; it stays so, and the next page begins there."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    other: Any = "light" if dark else "dark"
    page.emulate_media(color_scheme=other)
    page.evaluate("dark => everyone.turned(dark)", not dark)
    return [f"{other}: {one}" for one in page.evaluate("rules => everyone.axe(rules)", COLOURS)]


def on_a_phone(page: Page) -> list[str]:
    """What is wrong besides in a window of 320 pixels."""
    wide: Any = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 640})
    found: list[str] = page.evaluate("[...everyone.wide(), ...everyone.small()]")
    page.set_viewport_size(wide)
    return found


def on_a_desk(page: Page) -> list[str]:
    """What is wrong with it in either look."""
    return [*faults(page), *in_the_other_look(page)]


def everywhere(page: Page) -> list[str]:
    """All of that."""
    return [*on_a_desk(page), *on_a_phone(page)]


@contextmanager
def _shown(site: Site) -> Iterator[set[str]]:
    """The names of the templates that are shown meanwhile."""
    names: set[str] = set()

    def note(_app: object, template: Any, **_context: object) -> None:
        names.add(template.name)

    with template_rendered.connected_to(note, site.app):
        yield names


def _page_templates(site: Site) -> set[str]:
    """Every template that is a whole page."""
    environment = site.app.jinja_env
    texts = {name: environment.loader.get_source(environment, name)[0] for name in environment.list_templates(["html"])}
    return {name for name, text in texts.items() if re.search(r"\{% extends|<html", text)} - {"base.html"}


def _below_the_bar(page: Page, address: str, language: str) -> str:
    """What the page gives this role below the bar, which is the same on all of a role's pages."""
    answer = page.request.get(address, headers={"Accept-Language": language})
    text = answer.text() if answer.ok else f"{address}: {answer.status}"
    return re.sub(r'csrf_token" value="[^"]*"', "", text.split("<main")[-1])


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("language", "dark", "judge"), [("zh-CN", False, on_a_desk), ("en", True, everywhere)])
def test_every_page_is_for_everyone(
    site: Site,
    language: str,
    dark: bool,  # noqa: FBT001  # a parameter of the test
    judge: Callable[[Page], list[str]],
) -> None:
    """Every GET route that is a page, for each role that may open it: no fault, no complaint of the browser.

    No page can be forgotten: routes are pages unless :data:`NOT_PAGES` says why not, and each template is seen. Where
    two roles are given the very same page, it is looked at once. All rules are asked in both languages, those of colour
    in both looks of each; the width in English, whose words are the long ones.
    """
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} >= set(NOT_PAGES)
    office, found, looked = fill(site), [], set()
    walked = 0
    with _shown(site) as names:
        for role in (*ROLES, STRANGER):
            page = site.enter(role, language=language, dark=dark)
            for stop in stops(site, office):
                if role not in stop.roles:
                    continue
                walked += 1
                below = _below_the_bar(page, stop.address, language)
                if below in looked:
                    continue
                looked.add(below)
                answer = page.goto(stop.address)
                seen = judge(page) if answer and answer.ok else ["is not shown"]
                found += [(role, stop.address, fault) for fault in seen]
            page.context.close()
    assert found == [], found
    assert walked > 80
    assert _page_templates(site) - names == {*BY_FORM, *DOCUMENTS}
    assert site.complaints == []


def _answers(site: Site, office: Office, language: str) -> Iterator[tuple[str, Page]]:
    """Pages that come after a form was sent, or an address was wrong."""
    page = site.enter("clerk", language=language)
    page.goto(f"/cases/{office.values['case_id']}")
    page.locator("form[action$='/links'] button").click()
    expect(page.locator(".qr svg")).to_be_visible()
    yield "link", page
    page.goto("/uploads/none")
    yield "not found", page
    page.goto("/audit")
    yield "not allowed", page
    page = site.enter("administrator", language=language)
    page.goto("/accounts")
    page.locator("form[action$='/link'] button").first.click()
    expect(page.locator("[data-copy-source]")).to_be_visible()
    yield "sign-in link", page
    page.goto("/policies")
    page.locator("[name='kind.date']").fill("200")
    page.locator("[name='kind.date']").press("Enter")
    expect(page.locator("[aria-invalid]")).to_be_visible()
    yield "invalid policy", page
    page = site.enter("reviewer", language=language)
    page.goto("/customers")
    page.locator("#q").fill("没有")
    expect(page.locator(".empty")).to_be_visible()
    yield "nothing found", page
    page = site.enter(STRANGER, language=language)
    page.goto("/sign-in")
    page.locator("[name=name]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.locator("main button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    yield "wrong password", page


def _opened(site: Site, office: Office) -> Iterator[tuple[str, Page]]:
    """Menus and dialogs, open."""
    page = site.enter("clerk", language="en")
    page.goto("/uploads")
    page.locator("summary.who").click()
    yield "menu", page
    papers: Any = [{"name": name, "mimeType": "image/jpeg", "buffer": picture()} for name in ("营业执照.jpg", "a.jpg")]
    page.set_input_files("[data-anywhere] input[name=files]", files=papers)
    expect(page.locator("[data-anywhere] .chosen li.known")).to_be_visible()
    yield "hand in anywhere", page
    page.goto("/uploads/camera")
    page.set_input_files("[data-camera] input[type=file]", files=papers[:1])
    expect(page.locator("[data-shots] li")).to_be_visible()
    yield "photo", page
    page = site.enter("reviewer", language="en")
    page.goto(f"/reviews/{office.further['reviews.show'][0]['draft_id']}")
    expect(page.locator("[data-review][data-ready]")).to_be_attached()
    for place in (".retype > summary", ".characters > summary", ".menu.up > summary"):
        page.locator(place).first.press("Enter")
        yield place, page
        page.keyboard.press("Escape")
    page.keyboard.press("Alt+?")
    expect(page.locator("[data-keys]")).to_be_visible()
    yield "keys", page
    page.keyboard.press("Escape")
    page.locator("[data-ask-release]").evaluate("dialog => dialog.showModal()")
    yield "release", page


@pytest.mark.timeout(900)
def test_what_answers_and_what_opens_is_for_everyone(site: Site) -> None:
    """Links that are shown once, mistakes, empty results, pages of errors, menus and dialogs: no fault either."""
    office = fill(site)
    shown = [*(_answers(site, office, language) for language in ("zh-CN", "en")), _opened(site, office)]
    found = [(name, fault) for pages in shown for name, page in pages for fault in everywhere(page)]
    assert found == [], found
    assert site.complaints == []
