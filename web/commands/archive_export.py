"""``intake archive export``: an accepted batch as a package to be handed over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from bagit import BagError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from intake.errors import PackageHeldError
from intake.settings import load
from models import batch_export, batches
from models.base import now
from models.batch_export import Export
from models.database import Database
from models.store import open_store
from web.commands.archive import USAGE, account
from workers.handing_over import Told, Tools, hand_over

NOT_MADE = 1
"""Exit status where an item or an original could not be made: there is no package then."""


def export(
    named: Annotated[str, typer.Argument(metavar="BATCH", help="Identifier or name of an accepted batch.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the package is to stand.", file_okay=False)],
    *,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Items made at once.")] = os.cpu_count() or 1,
    unaccepted: Annotated[
        bool, typer.Option("--unaccepted", help="Even if it was not accepted; package and audit say so.")
    ] = False,
) -> None:
    """Write an accepted batch to DIR/NAME as a BagIt package: PDF/A-2b per item, untouched originals, lists, SHA-256.

    Refused: a batch that is not closed, whose acceptance nobody signed, or with values on which nobody decided. What
    was broken off is gone on with by the same command; there is no package before it is whole and checked. The audit
    knows of it before it is written. Exit status 1 where something could not be made, each told by its name.
    """
    settings = load()
    database = Database(settings.database)
    try:
        plan = _begun(database, named, unaccepted=unaccepted)
        tools = Tools(database, open_store(settings.store), settings.options().limits, jobs)
        told = _written(tools, plan, folder)
    finally:
        database.close()
    for name, code in told.failed:
        typer.echo(f"{name}: {code}", err=True)
    if told.failed:
        typer.echo(f"{len(told.failed)} could not be made; the same command makes what is missing", err=True)
        raise typer.Exit(NOT_MADE)
    mark = "" if plan.standing.accepted else " (not accepted)"
    typer.echo(f"{told.items} items, {told.pages} pages: {folder / plan.name}{mark}")


def _begun(database: Database, named: str, *, unaccepted: bool) -> Export:
    """What is to be handed over, with its row of the audit."""
    with database.unit() as unit:
        batch = batches.find(unit.session, named)
        if batch is None:
            typer.echo(f"no batch {named}", err=True)
            raise typer.Exit(USAGE)
        plan = batch_export.of(unit.session, batch.id, unaccepted=unaccepted)
        batch_export.witness(unit, plan, account(unit).id)
    return plan


def _written(tools: Tools, plan: Export, folder: Path) -> Told:
    """The package, with a bar for a person who watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task(plan.name, total=plan.items)
            return hand_over(tools, plan, folder, now().date(), lambda told: bar.update(task, completed=told.items))
    except FileExistsError:
        typer.echo(f"{folder / plan.name} is there already", err=True)
    except PackageHeldError:
        typer.echo(f"{plan.name} is being written by another process", err=True)
    except (OSError, BagError) as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
        raise typer.Exit(NOT_MADE) from None
    raise typer.Exit(USAGE)
