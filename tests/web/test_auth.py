"""Signing in by password and by link, and what ends a session."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from models import accounts, operations
from models.base import now
from tests.web.conftest import Portal

PASSWORD = "a long enough word"


@pytest.fixture
def named(portal: Portal) -> str:
    """The sign-in name of an account with a password."""
    with portal.database.unit() as unit:
        accounts.add_user(unit, "lin", ["clerk", "auditor"], display_name="林晓", password=PASSWORD)
    return "lin"


def test_name_and_password_open_the_portal_and_are_audited(portal: Portal, named: str) -> None:
    """A person signs in, sees himself by name, and the audit holds it."""
    stranger = portal.stranger()
    stranger.get("/sign-in")
    answer = stranger.post("/sign-in", {"name": f" {named} ", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")
    assert "林晓" in stranger.get("/").get_data(as_text=True)
    with portal.database.read() as rows:
        assert operations.audit_rows(rows).items[0].action == "account.signed_in"
        found = accounts.find_by_name(rows, named)
    assert found is not None
    assert found.last_sign_in_at is not None


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(portal: Portal, named: str) -> None:
    """401 and one sentence that does not tell which of the two was wrong."""
    for name in (named, "nobody"):
        answer = portal.stranger().post("/sign-in", {"name": name, "password": "wrong"})
        assert answer.status_code == 401
        assert "Name or password is wrong." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("/uploads", "/uploads"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil.example", "/")],
)
def test_after_signing_in_a_browser_stays_on_this_site(portal: Portal, named: str, asked: str, given: str) -> None:
    """The page that was asked for is opened, if it is ours."""
    answer = portal.stranger().post("/sign-in", {"name": named, "password": PASSWORD, "next": asked})
    assert answer.location == given


def test_a_bookmark_with_its_filter_leads_there_by_way_of_signing_in(portal: Portal, named: str) -> None:
    """The tour promises that the queue's address keeps the choice: also for who has to sign in first."""
    stranger = portal.stranger()
    page = stranger.get(stranger.get("/reviews?state=returned&doubt=errors").location).get_data(as_text=True)
    assert 'name="next" value="/reviews?state=returned&amp;doubt=errors"' in page
    asked = {"name": named, "password": PASSWORD, "next": "/reviews?state=returned&doubt=errors"}
    assert stranger.post("/sign-in", asked).location == "/reviews?state=returned&doubt=errors"


def test_a_link_signs_in_once_and_only_when_it_is_pressed(portal: Portal) -> None:
    """Looking at the link uses nothing up; pressing the button does; a second press is refused."""
    with portal.database.unit() as unit:
        token = accounts.make_sign_in_link(unit, portal.accounts["clerk"])
    path = f"/sign-in/link/{token}"
    for _ in range(2):
        assert portal.stranger().get(path).status_code == 200
    assert portal.stranger().post(path).location == "/"
    refused = portal.stranger().post(path)
    assert refused.status_code == 401
    assert "used already" in refused.get_data(as_text=True)


def test_a_link_that_has_run_out_is_refused(portal: Portal) -> None:
    """A link lasts as long as it was made for."""
    with portal.database.unit() as unit:
        token = accounts.make_sign_in_link(unit, portal.accounts["clerk"], hours=-1)
    assert portal.stranger().post(f"/sign-in/link/{token}").status_code == 401


def test_no_link_signs_a_service_account_in(portal: Portal) -> None:
    """A program shows its token; a link that somebody made for it by hand opens nothing."""
    with portal.database.unit() as unit:
        program = accounts.add_user(unit, "scanner", ["clerk"], service=True)
    page = portal.browser("security").post(f"/accounts/{program.id}/link").get_data(as_text=True)
    link = re.search(r"/sign-in/link/[\w-]+", page)
    assert link is not None
    assert portal.stranger().post(link.group()).status_code == 401


@pytest.mark.parametrize("form", [{"name": " "}, {"name": "x" * 151}, {"name": "lin", "display_name": "林" * 151}])
def test_an_account_has_a_name_that_its_column_holds(portal: Portal, form: dict[str, str]) -> None:
    """The form's own bounds are a browser's; without it the answer is 422, and no account is there."""
    with portal.database.read() as rows:
        before = len(accounts.people(rows))
    assert portal.browser("administrator").post("/accounts", form | {"roles": "clerk"}).status_code == 422
    with portal.database.read() as rows:
        assert len(accounts.people(rows)) == before


def test_signing_out_ends_the_session(portal: Portal) -> None:
    """After signing out the cookie opens nothing."""
    clerk = portal.browser("clerk")
    assert clerk.post("/sign-out").location == "/sign-in"
    assert clerk.get("/").status_code == 302


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(portal: Portal) -> None:
    """Whoever sets a password stays signed in; every other browser of the account is out."""
    here, there = portal.browser("clerk"), portal.browser("clerk")
    here.get("/me")
    assert here.post("/me/password", {"password": PASSWORD, "again": PASSWORD}).location == "/me"
    assert "The password is set." in here.get("/me").get_data(as_text=True)
    assert there.get("/").status_code == 302


def test_who_finds_a_desk_unlocked_cannot_set_its_password(portal: Portal, named: str) -> None:
    """Where there is a password, the present one is asked for; guesses are counted; the old one goes on to count."""
    here = portal.stranger()
    here.post("/sign-in", {"name": named, "password": PASSWORD})
    page = here.get("/me").get_data(as_text=True)
    assert 'name="present"' in page
    wish = {"password": "another long word", "again": "another long word"}
    for guess in ({}, {"present": "wrong"}, {"present": "x"}):
        refused = here.post("/me/password", wish | guess)
        assert refused.status_code == 422
        assert "The present password is wrong." in refused.get_data(as_text=True)
    assert here.post("/me/password", wish | {"present": PASSWORD}).status_code == 429
    with portal.database.read() as rows:
        assert accounts.check_password(rows, named, PASSWORD) is not None
    assert 'name="present"' not in portal.browser("clerk").get("/me").get_data(as_text=True)


def test_who_forgot_the_password_sets_one_after_a_link(
    portal: Portal, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a quarter of an hour the link stands for the password; afterwards the session is like any other."""
    with portal.database.unit() as unit:
        found = accounts.find_by_name(unit.session, named)
        assert found is not None
        token = accounts.make_sign_in_link(unit, found.id)
    here, new = portal.stranger(), "another long word"
    here.post(f"/sign-in/link/{token}")
    assert 'name="present"' not in here.get("/me").get_data(as_text=True)
    assert here.post("/me/password", {"password": new, "again": new}).status_code == 302
    later = now() + timedelta(minutes=16)
    monkeypatch.setattr("web.auth.now", lambda: later)
    assert 'name="present"' in here.get("/me").get_data(as_text=True)
    assert here.post("/me/password", {"password": PASSWORD, "again": PASSWORD}).status_code == 422


def test_the_present_password_sets_a_new_one(portal: Portal, named: str) -> None:
    """From then on the new one counts."""
    here = portal.stranger()
    here.post("/sign-in", {"name": named, "password": PASSWORD})
    here.get("/me")
    new = "another long word"
    assert here.post("/me/password", {"present": PASSWORD, "password": new, "again": new}).location == "/me"
    with portal.database.read() as rows:
        assert accounts.check_password(rows, named, new) is not None


def test_a_password_that_is_mistyped_or_too_short_is_not_set(portal: Portal) -> None:
    """Both entries must agree, and a short one is refused with the least length."""
    clerk = portal.browser("clerk")
    clerk.post("/me/password", {"password": PASSWORD, "again": "other"})
    assert "The two passwords differ." in clerk.get("/me").get_data(as_text=True)
    short = clerk.post("/me/password", {"password": "short", "again": "short"})
    assert short.status_code == 422
    assert f"at least {accounts.LEAST_PASSWORD}" in short.get_data(as_text=True)


def test_a_closed_account_is_out_at_once_and_cannot_come_back(portal: Portal) -> None:
    """Closing ends sessions and links, until the account is opened again."""
    clerk, administrator = portal.browser("clerk"), portal.browser("administrator")
    with portal.database.unit() as unit:
        token = accounts.make_sign_in_link(unit, portal.accounts["clerk"])
    administrator.get("/accounts")
    assert administrator.post(f"/accounts/{portal.accounts['clerk']}/close").status_code == 302
    assert clerk.get("/").status_code == 302
    assert portal.stranger().post(f"/sign-in/link/{token}").status_code == 401
    administrator.post(f"/accounts/{portal.accounts['clerk']}/open")
    assert portal.browser("clerk").get("/").status_code == 200
