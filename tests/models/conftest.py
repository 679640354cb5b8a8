"""The office that tests of uploads act in."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.models.office import Office


@pytest.fixture
def office(any_database: Database, people: object) -> Office:
    """Two clerks and an empty database."""
    del people
    return Office(any_database)
