"""``intake db``: the schema."""

from __future__ import annotations

import typer
from alembic import command
from alembic.util import CommandError

from intake.settings import load
from models import database


def upgrade() -> None:
    """Bring the database to the newest schema; does nothing where it is there."""
    database.upgrade(load().database)
    typer.echo("The database has the newest schema.")


def check() -> None:
    """Tell whether the schema in the database and the one in the code agree; exit status 1 where they do not."""
    try:
        command.check(database.alembic_config(load().database))
    except CommandError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
