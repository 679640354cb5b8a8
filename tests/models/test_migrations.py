"""The schema that the migrations make and the schema that the code declares are one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import inspect

from intake.settings import Settings
from models.database import Database
from models.schema import alembic_config, upgrade


def test_the_migrated_schema_is_the_declared_one(any_database: Database) -> None:
    """``alembic check`` finds nothing to do, on both databases."""
    command.check(alembic_config(any_database.url))


def test_upgrading_again_changes_nothing(settings: Settings) -> None:
    """``intake db upgrade`` may run at every start."""
    file = settings.data_dir / "intake.db"
    with closing(sqlite3.connect(file)) as kept:
        before = list(kept.iterdump())
    upgrade(settings.database)
    with closing(sqlite3.connect(file)) as kept:
        assert list(kept.iterdump()) == before


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_migrations_can_be_taken_back(kind: str, request: pytest.FixtureRequest, settings: Settings) -> None:
    """Down to nothing and up again leaves the declared schema."""
    url = settings.database if kind == "sqlite" else request.getfixturevalue("postgres_url")
    command.downgrade(alembic_config(url), "base")
    database = Database(url)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    upgrade(url)
    command.check(alembic_config(url))
    database.close()
