"""``intake audit``: the trail of what was done."""

from __future__ import annotations

from typing import Annotated

import typer

from intake.settings import load
from models import audit
from models.database import Database


def verify(
    head: Annotated[str | None, typer.Option(help="A digest that an earlier verification printed.")] = None,
) -> None:
    """Verify the chain of hashes; exit status 1 and the first broken row where it was tampered with.

    The last digest is printed: noted elsewhere and given as --head, it shows later whether rows were cut off the end.
    """
    with Database(load().database).read() as session:
        verdict = audit.verify(session)
        cut = head is not None and not audit.holds(session, head)
    if not verdict.whole:
        typer.echo(f"broken at row {verdict.broken_at}, after {verdict.rows - 1} whole rows", err=True)
        raise typer.Exit(1)
    if cut:
        typer.echo("cut off: the row of the noted head is gone", err=True)
        raise typer.Exit(1)
    typer.echo(f"{verdict.rows} rows, all whole\n{verdict.head}")
