"""``intake audit``: the trail of what was done."""

from __future__ import annotations

import typer

from intake.settings import load
from models import audit
from models.database import Database


def verify() -> None:
    """Verify the chain of hashes; exit status 1 and the first broken row where it was tampered with.

    The last digest is printed: kept elsewhere, it shows later whether rows were cut off the end.
    """
    with Database(load().database).read() as session:
        verdict = audit.verify(session)
    if not verdict.whole:
        typer.echo(f"broken at row {verdict.broken_at}, after {verdict.rows - 1} whole rows", err=True)
        raise typer.Exit(1)
    typer.echo(f"{verdict.rows} rows, all whole\n{verdict.head}")
