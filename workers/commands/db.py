"""``intake db``: the schema."""

from __future__ import annotations

import typer
from alembic import command
from alembic.util import CommandError

from intake.log import configure
from intake.settings import load
from models import schema
from workers.commands import upgrading


def upgrade() -> None:
    """Bring the database to the newest schema and fill what is worked out; does nothing where all is there."""
    settings = load()
    configure(settings.log_level)
    upgrading.upgrade(settings.database)
    typer.echo("The database has the newest schema.")


def check() -> None:
    """Tell whether the schema in the database and the one in the code agree; exit status 1 where they do not."""
    try:
        command.check(schema.alembic_config(load().database))
    except CommandError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
