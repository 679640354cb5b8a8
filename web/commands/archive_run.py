"""``intake archive run DIR``: a folder tree becomes a batch, is read and put together, with figures as it goes."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from intake.errors import IntakeError, ReviewError, kind_of
from intake.log import configure
from intake.recognition import probe
from intake.settings import Settings, load
from models import batch_exceptions, batch_ledger, batch_manifest, batch_views, batches
from models.batch_views import BatchView
from models.database import Database, Unit
from models.schema import upgrade
from web.commands.archive import account, place_of

if TYPE_CHECKING:
    from intake.archive.manifest import Entry

SOME_FAILED = 1
WRONG_USAGE = 2
EVENT_SECONDS = 2.0


class Teller(Protocol):
    """Whoever is told how a run goes."""

    def event(self, kind: str, **told: Any) -> None:
        """Something happened."""

    def look(self, view: BatchView, rate: float) -> None:
        """Where the batch stands, about once a second; ``rate`` in pages per minute since the run began."""


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder tree: boxes, folders, files.")],
    name: Annotated[str | None, typer.Option(help="Name of the batch; default: the folder's.")] = None,
    boundaries: Annotated[
        Literal["auto", "separators", "files", "content"], typer.Option(help="How papers are told apart.")
    ] = "auto",
    manifest: Annotated[
        Path | None, typer.Option(help="CSV or XLSX with 档号, title and pages, held against the tree.")
    ] = None,
    *,
    again: Annotated[
        bool, typer.Option("--again", help="Take in again what a closed batch over this tree holds.")
    ] = False,
    move: Annotated[bool, typer.Option("--move", help="Remove sources once they are kept, read and checked.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=0, max=64, help="Worker processes; default: INTAKE_WORKERS, 0 beside a service.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per event on standard output.")] = False,
) -> None:
    """Take a folder tree in, read it and put its papers together; the same command again goes on where it was stopped.

    Where the tree's batch is closed already, a further one is begun only for what is new, or changed, since then.
    At the end it prints the time that each stage of reading took, of all workers together.

    Exit status: 0 all is read (people may still be asked), 1 some files failed, the batch was paused or the run
    stopped, 2 wrong usage, 3 the installation is unfit.
    """
    if not folder.is_dir():
        raise typer.BadParameter("no such folder", param_hint="DIR")
    settings = load()
    configure("error")
    probe.check()
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database)
    database = Database(settings.database)
    listed = None if manifest is None else _read(manifest)
    with _teller(as_json=as_json) as teller:
        settled = None if again else _settled(database, folder.resolve(), manifest)
        if settled is not None:
            _ended(database, settled, "closed", teller)
            return
        with database.unit() as unit:
            batch_id = _begun(unit, folder.resolve(), name, boundaries, move=move, again=again)
        teller.event("begun", batch=batch_id, name=name or folder.resolve().name)
        _walked(database, batch_id, manifest, listed, teller)
        state = _worked(settings, database, batch_id, workers, teller)
        failed = _ended(database, batch_id, state, teller)
    database.close()
    if failed or state in {"stopped", "paused"}:
        raise typer.Exit(SOME_FAILED)


def _read(manifest: Path) -> Sequence[Entry]:
    """The entries of a manifest; raises UnfitManifestError with all that is wrong in it."""
    from intake.archive.manifest import read  # noqa: PLC0415 - loads what reads workbooks

    try:
        return read(manifest.read_bytes())
    except OSError:
        raise typer.BadParameter("cannot be read", param_hint="--manifest") from None


def _settled(database: Database, folder: Path, manifest: Path | None) -> str | None:
    """The latest closed batch over a tree in which nothing is new since, and which no other batch takes in."""
    from workers.archive import is_news  # noqa: PLC0415 - loads what other commands do not need

    with database.read() as session:
        going = batches.unfinished(session, str(folder))
        closed = batches.closed_over(session, str(folder))
    if going is not None or not closed or is_news(database, folder, closed, _without(manifest)):
        return None
    return closed[0]


def _begun(unit: Unit, folder: Path, name: str | None, boundaries: str, *, move: bool, again: bool) -> str:
    """The batch over this tree that is not closed, which goes on as it was begun, or a new one."""
    user = account(unit)
    batch = batches.taken(unit, str(folder))
    if batch is not None and batch.root != str(folder):
        raise typer.BadParameter(f"batch {batch.id} takes in {batch.root}", param_hint="DIR")
    if batch is not None:
        asked = {
            "--name": name not in {None, batch.name},
            "--boundaries": boundaries not in {"auto", batch.boundaries},
            "--move": move and not batch.move,
        }
        if other := [option for option, differs in asked.items() if differs]:
            raise typer.BadParameter("a batch over this folder goes on as it was begun", param_hint=", ".join(other))
        batches.resume(unit, batch.id, user.id)
        return batch.id
    named = name or folder.name
    begun = batches.begin(
        unit, name=named, root=str(folder), user_id=user.id, boundaries=boundaries, move=move, again=again
    )
    return begun.id


def _walked(
    database: Database, batch_id: str, manifest: Path | None, listed: Sequence[Entry] | None, teller: Teller
) -> None:
    """Walk through the tree, and hold the manifest against it; a manifest inside the tree is none of its papers."""
    from workers.archive import walk  # noqa: PLC0415 - loads what other commands do not need

    teller.event("walked", **asdict(walk(database, batch_id, without=_without(manifest))))
    if listed is not None:
        with database.unit() as unit:
            told = batch_manifest.apply(unit, batch_id, listed, account(unit).id)
        teller.event("listed", entries=len(listed), folders=told)


def _without(manifest: Path | None) -> frozenset[Path]:
    return frozenset() if manifest is None else frozenset({manifest.resolve()})


def _worked(settings: Settings, database: Database, batch_id: str, workers: int | None, teller: Teller) -> str:
    from workers import archiving  # noqa: PLC0415 - as above

    over, since = Event(), time.monotonic()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: over.set())
    with database.read() as session:
        served = archiving.is_served(session)
        before = sum(_view(database, batch_id).pages.values())
    own = workers if workers is not None else 0 if served else settings.workers

    def tell() -> None:
        view = _view(database, batch_id)
        minutes = max(time.monotonic() - since, 0.001) / 60
        teller.look(view, (sum(view.pages.values()) - before) / minutes)

    state = archiving.run(settings, batch_id, archiving.Run(own), tell, over)
    with database.read() as session:
        stages = batch_views.stage_seconds(session, batch_id)
    minutes = (time.monotonic() - since) / 60
    pages = sum(_view(database, batch_id).pages.values()) - before
    teller.event("worked", pages=pages, minutes=round(minutes, 2), pages_per_minute=round(pages / minutes, 1))
    if stages:  # of files that were read before, none took any
        teller.event("stages", seconds=stages)
    return state


def _ended(database: Database, batch_id: str, state: str, teller: Teller) -> int:
    """Close the batch where nobody is asked any more; name what failed. Gives how many files failed."""
    if state == "read":
        try:
            with database.unit() as unit:
                batch_ledger.close(unit, batch_id, account(unit).id)
                state = "closed"
        except ReviewError:
            state = "read"
    with database.read() as session:
        asked = batch_exceptions.open_ones(session, batch_id)
        balance = batch_ledger.balance_of(session, batch_id)
    view = _view(database, batch_id)
    failed = 0
    for one in asked:
        teller.event("exception", id=one.id, code=one.code, folder=one.folder, path=one.path, details=dict(one.details))
        failed += one.code in {"unreadable", "quarantined"}
    reason = {"reason": view.line.reason_code} if state == "paused" else {}
    teller.event(state, batch=batch_id, **reason, ledger=asdict(balance), exceptions=dict(view.exceptions))
    return failed


def _view(database: Database, batch_id: str) -> BatchView:
    with database.read() as session:
        found = batches.view(session, batch_id)
    if found is None:
        raise LookupError(batch_id)
    return found


# ---- telling --------------------------------------------------------------------------------------------------------


@contextmanager
def _teller(*, as_json: bool) -> Iterator[Teller]:
    if as_json:
        yield _Lines()
        return
    with ExitStack() as stack:
        yield _Bars(stack)


class _Lines:
    """One JSON line per event on standard output."""

    def __init__(self) -> None:
        self._due = 0.0

    def event(self, kind: str, **told: Any) -> None:
        sys.stdout.write(json.dumps({"event": kind, **told}, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()

    def look(self, view: BatchView, rate: float) -> None:
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + EVENT_SECONDS
        self.event(
            "progress",
            state=view.line.state,
            files=dict(view.files),
            settled=view.settled,
            pages=dict(view.pages),
            folders=dict(view.folders),
            pages_per_minute=round(rate, 1),
            doubtful=_doubtful(view),
            failed=_failed(view),
        )


class _Bars:
    """Bars on standard error, where that is a terminal; what ends the run as lines for people."""

    def __init__(self, stack: ExitStack) -> None:
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files · {task.fields[pages]} pages · {task.fields[rate]:.0f}/min ·"),
            TimeRemainingColumn(),
            TextColumn("· {task.fields[doubtful]} doubtful · {task.fields[failed]} failed"),
        )
        self._console = Console(stderr=True, markup=False, highlight=False)
        progress = Progress(*columns, console=self._console, transient=True, disable=not sys.stderr.isatty())
        self._progress = stack.enter_context(progress)
        self._task = self._progress.add_task("", total=None, pages=0, rate=0.0, doubtful=0, failed=0)

    def event(self, kind: str, **told: Any) -> None:
        if kind == "exception":
            place = place_of(told.get("path"), told["details"]) or told.get("folder") or ""
            self._console.print(f"{told['code']}: {place}{_cause(told)}", soft_wrap=True)
        else:
            words = " · ".join(f"{name} {_flat(value)}" for name, value in told.items() if value not in ({}, (), None))
            self._console.print(f"{kind}: {words}", soft_wrap=True)

    def look(self, view: BatchView, rate: float) -> None:
        self._progress.update(
            self._task,
            total=view.line.files,
            completed=view.settled,
            pages=sum(view.pages.values()),
            rate=rate,
            doubtful=_doubtful(view),
            failed=_failed(view),
        )


def _doubtful(view: BatchView) -> int:
    return sum(view.exceptions.values()) - _failed(view)


def _failed(view: BatchView) -> int:
    return view.exceptions.get("unreadable", 0) + view.exceptions.get("quarantined", 0)


def _cause(told: dict[str, Any]) -> str:
    kind: type[IntakeError] | None = kind_of(str(told["details"].get("code", "")))
    return "" if kind is None else f": {kind().message('zh')} / {kind().message('en')}"


def _flat(value: object) -> str:
    return ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else str(value)
