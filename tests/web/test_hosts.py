"""Whatever name a request claims to be for, links that are handed to people lead to this installation."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.types import StartResponse

import pytest
from sqlalchemy import func, select

from intake.settings import Settings
from models.audit import AuditRow
from models.database import Database
from models.links import Link
from tests import made_up
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of
from web.app import create_app

FORGED = "evil.example"


@pytest.fixture
def portal_of(settings: Settings) -> Iterator[Callable[..., Portal]]:
    """``portal_of(public_url=…)``: a portal of these settings."""
    made: list[Database] = []

    def start(**chosen: object) -> Portal:
        app = create_app(settings.model_copy(update=chosen))
        database: Database = app.extensions["intake"].database
        made.append(database)
        return Portal(app, made_up.people(database, "clerk", "administrator"))

    yield start
    for database in made:
        database.close()


def _link(browser: Browser, case: str) -> str:
    """The page of a new link for a case, or what is said instead."""
    return browser.post(f"/cases/{case}/links", {"hours": "24"}).get_data(as_text=True)


def test_a_forged_name_gets_into_no_link(portal: Portal) -> None:
    """Neither a customer's link nor a sign-in link is made, and the page says what to do; nothing was kept of them."""
    case = draft_of(portal, portal.draft()).case_id
    clerk, administrator = portal.browser("clerk"), portal.browser("administrator")
    _asked_as(portal, FORGED)
    page = _link(clerk, case)
    assert "setup.untrusted_host" in page
    assert "INTAKE_TRUSTED_HOSTS" in page
    assert "/send/" not in page
    with portal.database.read() as rows:
        before = rows.scalar(select(func.count()).select_from(AuditRow))
    link = administrator.post(f"/accounts/{portal.accounts['clerk']}/link")
    added = administrator.post("/accounts", {"name": "new", "roles": "clerk"})
    assert [link.status_code, added.status_code] == [421, 421]
    assert FORGED not in link.get_data(as_text=True)
    with portal.database.read() as rows:
        assert rows.scalar(select(func.count()).select_from(Link)) == 0
        assert rows.scalar(select(func.count()).select_from(AuditRow)) == before


def test_the_pages_themselves_answer_under_any_name(portal: Portal) -> None:
    """Probes and programs ask by names of their own; the example of the API's page sends no token to a forged one."""
    assert "http://localhost/api/v1/uploads" in portal.stranger().get("/api/v1/docs").get_data(as_text=True)
    _asked_as(portal, FORGED)
    assert portal.stranger().get("/healthz").status_code == 200
    told = portal.stranger().get("/api/v1/docs").get_data(as_text=True)
    assert FORGED not in told
    assert "https://…/api/v1/uploads" in told


def test_the_public_address_stands_in_links_whatever_name_was_asked(portal_of: Callable[..., Portal]) -> None:
    """Where it is set, nothing else counts."""
    portal = portal_of(public_url="http://intake.example/")
    case = draft_of(portal, portal.draft()).case_id
    clerk = portal.browser("clerk")
    _asked_as(portal, FORGED)
    page = _link(clerk, case)
    assert "http://intake.example/send/" in page
    assert FORGED not in page


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        (f"{socket.gethostname()}:8000", True),
        (f"{socket.gethostname().upper()}.local", True),
        ("intake.office.example", True),
        ("desk.lan:8000", True),
        ("192.168.1.7:8000", True),
        ("192.168.1.8:8000", False),
        ("lan", True),
        ("evillan", False),
        ("localhost.evil.example", False),
        ("intake.office.example.evil.example", False),
        ("evil.example@localhost", False),
        ("[::1", False),
    ],
)
def test_the_own_names_and_the_address_that_was_knocked_at_may_stand_in_links(
    portal_of: Callable[..., Portal], host: str, *, known: bool
) -> None:
    """On this machine, in the office's network by address or name, and under the names of the settings."""
    portal = portal_of(trusted_hosts="intake.office.example, .lan")
    case, clerk = draft_of(portal, portal.draft()).case_id, portal.browser("clerk")
    _asked_as(portal, host, "192.168.1.7")
    assert ("/send/" in _link(clerk, case)) == known


def test_the_address_that_the_portal_listens_on_is_its_own(portal_of: Callable[..., Portal]) -> None:
    """A name that INTAKE_HOST says needs no second setting."""
    portal = portal_of(host="intake.lan")
    case, clerk = draft_of(portal, portal.draft()).case_id, portal.browser("clerk")
    _asked_as(portal, "intake.lan:8000")
    assert "http://intake.lan:8000/send/" in _link(clerk, case)


def _asked_as(portal: Portal, host: str, arrived_at: str = "127.0.0.1") -> None:
    """Let every request claim to be for ``host``, and come in as the server hands it over: with its line.

    Behind the client, which keeps its cookies by names.
    """

    class Line:
        def getsockname(self) -> tuple[str, int]:
            return arrived_at, 8000

    inner = portal.app.wsgi_app

    def served(environ: dict[str, Any], start_response: StartResponse) -> Any:
        return inner(environ | {"HTTP_HOST": host, "gunicorn.socket": Line()}, start_response)

    portal.app.wsgi_app = served  # type: ignore[method-assign]  # Flask means it to be wrapped
