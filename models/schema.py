"""The tables of a database, brought to the newest revision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models import derived
from models.database import Database

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(url: str, tell: derived.Tell = derived.quiet) -> None:
    """Bring the schema of ``url`` to the newest revision (``intake db upgrade``); nothing happens when it is there.

    What is worked out of other rows is filled then, where it is not (:mod:`models.derived`); ``tell`` hears how far it
    is.
    """
    from alembic import command  # noqa: PLC0415 - a fifth of a worker's start, and it never upgrades

    command.upgrade(alembic_config(url), "head")
    database = Database(url)
    derived.fill(database, tell)
    database.close()


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the migrations beside this module, on ``url``."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config
