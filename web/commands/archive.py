"""``intake archive status``, ``where``, ``pause`` and ``resume``: where batches stand, and where one page is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from intake.archive import exceptions
from intake.settings import load
from models import accounts, batch_exceptions, batch_ledger, batch_views, batches
from models.batch_rows import Batch
from models.batch_views import BatchLine, BatchView
from models.database import Database

ACCOUNT = "archive"
"""Name of the service account in whose name batches are run from the command line."""

USAGE = 2
NOT_THERE = 1

Named = Annotated[str, typer.Argument(metavar="BATCH", help="Identifier or name of a batch.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


def status(
    named: Annotated[str | None, typer.Argument(metavar="BATCH", help="Identifier or name; all without.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Tell where batches stand; of one batch also its folders, ledger and open exceptions."""
    with _database() as database, database.read() as session:
        if named is None:
            lines = batches.listed(session)
            _out([_plain(line) for line in lines]) if as_json else _list(lines)
            return
        batch = _found(batches.find(session, named), named)
        view = batches.view(session, batch.id)
        asked = batch_exceptions.open_ones(session, batch.id)
        balance = batch_ledger.balance_of(session, batch.id)
        stages = batch_views.stage_seconds(session, batch.id)
    if view is None:  # removed between two looks: there is no such thing
        _refuse(f"no batch {named}")
    told = {**_plain(view), "ledger": asdict(balance), "stages": stages, "open": [_asked(one) for one in asked]}
    _out(told) if as_json else _show(view, told)


def where(
    named: Named,
    box: Annotated[str, typer.Argument(metavar="BOX", help="Name of a box.")],
    page: Annotated[int, typer.Argument(metavar="PAGE", min=1, help="Number of the page in the box, from 1.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Tell where a page of a box is: its folder, source, item and state. Exit status 1 where there is no such page."""
    with _database() as database, database.read() as session:
        batch = _found(batches.find(session, named), named)
        found = batch_ledger.where(session, batch.id, box, page)
    if found is None:
        typer.echo(f"box {box} has no page {page}", err=True)
        raise typer.Exit(NOT_THERE)
    if as_json:
        _out(asdict(found))
        return
    table = Table(show_header=False, title=f"{box} · {page}", title_justify="left")
    for name, value in asdict(found).items():
        if value is not None and name not in {"box", "number"}:
            table.add_row(name.replace("_", " "), str(value))
    _console().print(table)


def pause(named: Named) -> None:
    """Pause a running batch: what was taken in is still read, nothing further is taken in."""
    with _database() as database, database.unit() as unit:
        batch = _found(batches.find(unit.session, named), named)
        batches.pause(unit, batch.id, account(unit).id)
    typer.echo(f"{batch.name}: {batch.state}")


def resume(named: Named) -> None:
    """Let a paused batch go on, or look through one that is read again; a service or ``archive run`` takes it up."""
    with _database() as database, database.unit() as unit:
        batch = _found(batches.find(unit.session, named), named)
        batches.resume(unit, batch.id, account(unit).id)
    typer.echo(f"{batch.name}: {batch.state}")


def account(unit: Any) -> accounts.UserView:
    """The account in whose name batches are run from the command line; made where there is none yet."""
    known = accounts.find_by_name(unit.session, ACCOUNT)
    return known or accounts.add_user(unit, ACCOUNT, ["archivist"], service=True)


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(load().database)
    try:
        yield database
    finally:
        database.close()


def _found(batch: Batch | None, named: str) -> Batch:
    return batch or _refuse(f"no batch {named}")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(USAGE)


# ---- showing --------------------------------------------------------------------------------------------------------


def _console() -> Console:
    return Console(markup=False, highlight=False)


def _out(told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")


def _plain(told: BatchLine | BatchView) -> dict[str, Any]:
    values = asdict(told)
    return {**values.pop("line", {}), **values}


def _asked(one: batch_exceptions.ExceptionView) -> dict[str, Any]:
    place = {"folder": one.folder, "path": one.path, "number": one.number}
    return {"id": one.id, "code": one.code, **place, "details": dict(one.details), "answers": list(one.answers)}


def _list(lines: list[BatchLine]) -> None:
    table = Table(title="batches", title_justify="left")
    for column in ("id", "name", "state", "files", "pages", "open"):
        table.add_column(column, justify="right" if column in {"files", "pages", "open"} else "left", overflow="fold")
    for line in lines:
        state = line.state if line.reason_code is None else f"{line.state} ({line.reason_code})"
        table.add_row(line.id, line.name, state, str(line.files), str(line.pages), str(line.exceptions))
    _console().print(table)


def _show(view: BatchView, told: dict[str, Any]) -> None:
    table = Table(title=f"{view.line.name} · {view.id}", title_justify="left", show_header=False)
    table.add_row("state", view.line.state + (f" ({view.line.reason_code})" if view.line.reason_code else ""))
    table.add_row("root", view.line.root)
    for name in ("files", "folders", "ledger", "exceptions"):
        table.add_row(name, " · ".join(f"{key} {count}" for key, count in told[name].items()) or "0")
    if view.line.state == "running":
        table.add_row("pages/min", f"{view.pages_per_minute:.0f}")
    if told["stages"]:
        table.add_row("seconds", " · ".join(f"{stage} {spent:.1f}" for stage, spent in told["stages"].items()))
    _console().print(table)
    for one in told["open"]:
        kind = exceptions.kind_of(one["code"])
        title = one["code"] if kind is None else kind.title.text("en")
        told = [one["folder"], place_of(one["path"], one["details"]), one["number"]]
        place = " · ".join(str(part) for part in told if part is not None)
        _console().print(f"{one['code']}: {title}: {place}", soft_wrap=True)


def place_of(path: str | None, details: Mapping[str, Any]) -> str | None:
    """Which source an exception is about, and what else it names: the file that is the same, what cannot be opened."""
    return " = ".join(part for part in (path, details.get("path")) if part) or None
