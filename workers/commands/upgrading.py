"""The upgrade of a database as the command line shows it: what takes minutes is said, with a bar on a terminal."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from models import schema
from models.derived import Filling

_WHAT = {
    "customer_marks": "Working out the marks by which customer files are found that were there before this version",
    "doubts": "Listing the doubtful readings of drafts that were there before this version",
}


def upgrade(url: str) -> None:
    """Bring the database to the newest schema, and say on standard error what is filled on the way and how far it is.

    The bar goes to a terminal only; elsewhere the log tells every some seconds how far it is.
    """
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("·"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        schema.upgrade(url, _Told(progress))


class _Told:
    """Says once what is being filled, and moves the bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, filling: Filling) -> None:
        if not filling.total:
            return
        if filling.name not in self._tasks:
            what = _WHAT.get(filling.name, filling.name)
            typer.echo(f"{what}: {filling.total}, once; who breaks it off goes on there the next time.", err=True)
            self._tasks[filling.name] = self._progress.add_task("", total=filling.total)
        self._progress.update(self._tasks[filling.name], completed=filling.done)
