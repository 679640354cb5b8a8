"""How Alembic reaches the tables; started by ``models.schema.upgrade`` and by ``alembic`` on the command line."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from intake.settings import load
from models.base import Base
from models.database import Database

UPGRADE_LOCK = 5_701_202_611
"""Key of PostgreSQL's advisory lock: processes that start together upgrade one after the other."""


def _run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if not sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        context.run_migrations()


def _main() -> None:
    database = Database(context.config.attributes.get("url") or load().database)
    with database.engine.execution_options(intake_writes=True).connect() as connection:
        _run(connection)
        connection.commit()
    database.close()


_main()
