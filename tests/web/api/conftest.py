"""The API under test: the whole application on an embedded database, one account and token per role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import EnvironBuilder
from werkzeug.test import TestResponse

from intake.settings import Settings
from models.accounts import ROLES
from models.database import Database
from models.store import Store
from tests import made_up
from tests.web.conftest import Portal
from web.app import create_app


@dataclass(frozen=True)
class Office(Portal):
    """The application with its people. ``accounts`` and ``tokens`` are by role; ``other clerk`` is a second one."""

    tokens: dict[str, str]

    @property
    def store(self) -> Store:
        """The application's store."""
        return self.context.store

    def call(self, role: str, method: str, path: str, **options: Any) -> TestResponse:
        """A request with the role's token, to a path below ``/api/v1``."""
        headers = {"Authorization": f"Bearer {self.tokens[role]}", "Accept-Language": "en"} | options.pop("headers", {})
        environ = EnvironBuilder(self.app, f"/api/v1{path}", method=method, headers=headers, **options).get_environ()
        answer = self.app.test_client().open(environ)
        environ["wsgi.input"].close()  # a large body lies in a temporary file
        return answer

    def get(self, role: str, path: str, **options: Any) -> TestResponse:
        """A GET request."""
        return self.call(role, "GET", path, **options)

    def post(self, role: str, path: str, **options: Any) -> TestResponse:
        """A POST request."""
        return self.call(role, "POST", path, **options)

    def change(self, role: str, path: str, version: int = 1, **options: Any) -> TestResponse:
        """A POST request that names the version that was read."""
        return self.post(role, path, headers={"If-Match": f'"{version}"'}, **options)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A fresh installation without workers and without Redis: the bell is not heard, nothing else depends on it."""
    app = create_app(settings.model_copy(update={"max_file_mb": 1}))
    database: Database = app.extensions["intake"].database
    accounts = made_up.people(database, *ROLES, "clerk")
    yield Office(app, accounts, made_up.tokens(database, accounts))
    database.close()


@pytest.fixture
def license_draft(office: Office) -> Callable[..., str]:
    """Make the open draft of a clerk's license, with a page picture; gives its identifier."""
    return office.draft
