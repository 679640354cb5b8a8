"""What people confirmed, for the commands: taken out of the database, with a row of the audit, and measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

import typer
from rich.table import Table

from intake.evaluation import Evaluation, FileTruth, Outcome
from intake.evaluation.reviews import ReviewedFile, Tally, Understand, anew, proposed, tally, truth
from intake.options import Options
from intake.settings import Settings, load
from models import reviewed
from models.database import Database
from models.reviewed import Confirmed
from web.commands.figures import console, measured

NOTHING = 1
"""Exit status where nothing is confirmed yet."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Confirmed files (without their words), what people decided on them, and the engine's answers."""

    files: tuple[ReviewedFile, ...]
    truths: tuple[FileTruth, ...]
    outcomes: tuple[Outcome, ...]
    seconds: float = 0.0


def asked(*, again: bool, recalibrating: bool) -> Answers:
    """The confirmed papers with the answers that are wanted; prints how people decided.

    Lines are fitted on what the evidence alone gives: today's rules, without any earlier lines. Ends the command where
    nothing is confirmed.
    """
    settings = load()
    if recalibrating:
        found = answers(settings, load(recalibration="").options(), "recalibration")
    else:
        found = answers(settings, settings.options() if again else None, "again" if again else "proposed")
    console().print(_decisions(len(found.files), tally(found.files)))
    return found


def figures(found: Answers) -> Evaluation:
    """The figures of the answers."""
    return measured(found.truths, found.outcomes, seconds=found.seconds)


def answers(settings: Settings, options: Options | None, purpose: str) -> Answers:
    """What was decided and what the engine says: with ``options`` the kept words understood anew, else as proposed.

    The audit says so before anything is given. Ends the command where nothing is confirmed.
    """
    answer = proposed if options is None else partial(anew, understand=_understand(settings, options))
    with _database(settings) as database:
        started = time.monotonic()
        with database.read() as session:
            found = [_answered(one, answer) for one in reviewed.confirmed(session, words=options is not None)]
        seconds = time.monotonic() - started if options is not None else 0.0
        note(database, "corpus.measured", purpose, len(found))
    found.sort(key=lambda one: one[0].name)
    files = tuple(file for file, _ in found)
    return Answers(files, tuple(map(truth, files)), tuple(outcome for _, outcome in found), seconds)


def confirmed(settings: Settings, action: str, purpose: str, *, words: bool = False) -> tuple[Confirmed, ...]:
    """Every confirmed file, in the order in which they came in; the audit says so before. Ends where there is none.

    With ``words`` the kept words come along.
    """
    with _database(settings) as database:
        with database.read() as session:
            found = sorted(reviewed.confirmed(session, words=words), key=lambda one: one.file.name)
        note(database, action, purpose, len(found))
    return tuple(found)


def note(database: Database, action: str, purpose: str, files: int) -> None:
    """Write into the audit what is taken out; ends the command where it is nothing."""
    if not files:
        typer.echo("No paper is confirmed yet.", err=True)
        raise typer.Exit(NOTHING)
    with database.unit() as unit:
        reviewed.note(unit, action, purpose, files)


def _database(settings: Settings) -> closing[Database]:
    return closing(Database(settings.database))


def _answered(one: Confirmed, answer: Callable[[ReviewedFile], Outcome]) -> tuple[ReviewedFile, Outcome]:
    return replace(one.file, texts=()), answer(one.file)


def _understand(settings: Settings, options: Options) -> Understand:
    from intake.pipeline import understand  # noqa: PLC0415 - loads OpenCV, which the other figures do not need

    return partial(understand, today=settings.today(), options=options)


def _decisions(files: int, told: Tally) -> Table:
    table = Table(title="decisions", title_justify="left", show_header=False)
    for name, value in (
        ("files confirmed", files),
        ("accepted", told.accepted),
        ("corrected", told.corrected),
        ("left out, not scored", told.left_out),
        ("accepted from another paper", told.elsewhere),
    ):
        table.add_row(name, str(value))
    return table
