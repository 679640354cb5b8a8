"""The first-visit tour: five steps for each role, to things that are there, offered until it was gone or skipped."""

from __future__ import annotations

import re

import pytest

from models.accounts import ROLES
from tests import made_up
from tests.web.conftest import Portal
from web import tours

LONGEST = {"en": 110, "zh": 60}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_role_has_five_short_steps_that_point_to_things_of_an_empty_office(
    portal: Portal, role: str, language: str
) -> None:
    """Each step opens its page for the role, stands once on it, and what it points to is there as well."""
    browser = portal.browser(role, language)
    with portal.app.test_request_context("/", headers={"Accept-Language": language}):
        steps = tours.of_role(role)
        addresses = [tours.address(role, number) for number in range(1, len(steps) + 1)]
    assert len(steps) == 5
    assert len({(step.endpoint, step.target) for step in steps}) == 5
    for number, (step, address) in enumerate(zip(steps, addresses, strict=True), start=1):
        answer = browser.get(address)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200, address
        assert page.count("data-tour-step") == 1, address
        assert re.search(rf'data-tour="{step.target}"', page), (address, step.target)
        assert 0 < len(step.text) <= LONGEST[language], step.text
        assert (addresses[number] in page) if number < 5 else ("data-go" in page)


def test_the_tour_is_offered_until_it_was_skipped_and_then_in_no_browser(portal: Portal) -> None:
    """Kept with the account: another browser does not offer it either, another account still does."""
    clerk = portal.browser("clerk")
    assert "data-invited" in clerk.get("/").get_data(as_text=True)
    assert clerk.post("/me/tour", {"role": "clerk"}).location == "/"
    for browser in (clerk, portal.browser("clerk")):
        assert "data-invited" not in browser.get("/").get_data(as_text=True)
    assert "data-invited" in portal.browser("other clerk").get("/").get_data(as_text=True)


def test_a_tour_that_was_gone_can_be_started_again(portal: Portal) -> None:
    """From the account's page; ending it there leads back to the page on which it ended."""
    clerk = portal.browser("clerk")
    assert clerk.post("/me/tour", {"role": "clerk", "number": "5"}).location == "/me"
    page = clerk.get("/me").get_data(as_text=True)
    assert "The tour can be started again" in page
    assert 'href="/uploads/new?tour=clerk.1"' in page


def test_who_has_several_roles_is_offered_one_tour_after_the_other(portal: Portal) -> None:
    """The first that was not gone yet; then no more."""
    with portal.database.unit() as unit:
        portal.accounts["both"] = made_up.add_user(unit, "both", ["clerk", "auditor"]).id
    browser = portal.browser("both")
    for role in ("clerk", "auditor"):
        assert f"tour={role}.1" in browser.get("/").get_data(as_text=True)
        browser.post("/me/tour", {"role": role})
    assert "data-invited" not in browser.get("/").get_data(as_text=True)


@pytest.mark.parametrize("asked", ["reviewer.1", "clerk.0", "clerk.6", "clerk", "clerk.x", "clerk.2", "root.1"])
def test_an_address_that_names_no_step_of_this_page_shows_the_page_alone(portal: Portal, asked: str) -> None:
    """Another role's step, one that does not exist, one of another page."""
    page = portal.browser("clerk").get(f"/uploads?tour={asked}")
    assert page.status_code == 200
    assert "data-tour-step" not in page.get_data(as_text=True)


@pytest.mark.parametrize("form", [{"role": "reviewer"}, {"role": "clerk", "number": "6"}, {"role": ""}])
def test_only_tours_of_the_own_roles_can_be_ended(portal: Portal, form: dict[str, str]) -> None:
    """422, and nothing is kept."""
    clerk = portal.browser("clerk")
    assert clerk.post("/me/tour", form).status_code == 422
    assert "data-invited" in clerk.get("/").get_data(as_text=True)
