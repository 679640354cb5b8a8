"""The portal under test: the whole application on an embedded database, and a browser per role with its session."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import EnvironBuilder, FlaskClient
from werkzeug.test import TestResponse

from intake.settings import Settings
from models import accounts
from models.accounts import ROLES
from models.database import Database
from tests import made_up
from web.app import create_app
from web.context import Context

PICTURE = b"\xff\xd8\xff\xe0 a picture"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """A browser that keeps cookies and sends the form's CSRF token along, as a page would."""

    app: APIFlask
    client: FlaskClient
    language: str = "en"
    token: str = field(default="")

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        answer = self.client.get(path, headers={"Accept-Language": self.language} | headers)
        found = _TOKEN.search(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else None
        self.token = found.group(1) if found else self.token
        return answer

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, method: str = "POST", **headers: str
    ) -> TestResponse:
        """Send a form with the token of the page that was seen last."""
        if not self.token:
            self.get("/sign-in")
        form = {"csrf_token": self.token} | (data or {})
        sent = {"Accept-Language": self.language} | headers
        environ = EnvironBuilder(self.app, path, method=method, data=form, headers=sent).get_environ()
        answer = self.client.open(environ)
        environ["wsgi.input"].close()  # a large body lies in a temporary file
        return answer


@dataclass(frozen=True)
class Portal:
    """The application with its people: ``accounts`` are identifiers by role; ``other clerk`` is a second one."""

    app: APIFlask
    accounts: dict[str, str]

    @property
    def context(self) -> Context:
        """The application's own tools."""
        found: Context = self.app.extensions["intake"]
        return found

    @property
    def database(self) -> Database:
        """The application's database."""
        return self.context.database

    def stranger(self, language: str = "en") -> Browser:
        """A browser that nobody signed in with."""
        return Browser(self.app, self.app.test_client(), language)

    def browser(self, role: str, language: str = "en") -> Browser:
        """A browser in which the account of ``role`` is signed in by a one-time link."""
        with self.database.unit() as unit:
            token = accounts.make_sign_in_link(unit, self.accounts[role])
        made = self.stranger(language)
        made.get(f"/sign-in/link/{token}")
        assert made.post(f"/sign-in/link/{token}").status_code == 302
        made.get("/")
        return made

    def draft(self, owner: str = "clerk", code: str = made_up.CODES[0], confidence: float = 0.99) -> str:
        """The open draft of a clerk's license, with a page picture; gives its identifier."""
        picture = self.context.store.put_picture(f"pages/{code}.jpg", PICTURE)
        readings = [made_up.license_reading(code, confidence=confidence)]
        return made_up.enter_draft(self.database, self.accounts[owner], readings, picture)


@pytest.fixture
def portal(settings: Settings) -> Iterator[Portal]:
    """A fresh installation without workers and without Redis."""
    app = create_app(settings.model_copy(update={"max_file_mb": 1, "sign_in_attempts": 3}))
    database: Database = app.extensions["intake"].database
    yield Portal(app, made_up.people(database, *ROLES, "clerk", "reviewer"))
    database.close()


@pytest.fixture
def browser(portal: Portal) -> Callable[..., Browser]:
    """``browser("clerk")``: a browser in which that role is signed in."""
    return portal.browser
