"""The command line: the one place where every folder's commands meet (console script ``intake``).

A command is loaded when it is called, so that ``intake extract`` never loads the portal and ``intake web`` never loads
OpenCV. Exit status: 0 done, 1 some inputs failed, 2 wrong usage, 3 the installation is unfit.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import typer

from intake.errors import IntakeError, SetupError

UNFIT = 3
FAILED = 1

#: name -> where the function lies, and one line for the overview. Groups are names with a space.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("web.commands.serve:serve", "Start portal, workers, sweeper and Redis as one process tree."),
    "web": ("web.commands.web:web", "Start the portal alone."),
    "worker": ("workers.commands.worker:worker", "Start one worker."),
    "glancer": ("workers.commands.worker:glancer", "Start the worker that takes a first look at each file."),
    "sweeper": ("workers.commands.sweeper:sweeper", "Start the sweeper."),
    "feeder": ("workers.commands.feeder:feeder", "Start the process that takes running batches of archives in."),
    "extract": ("web.commands.extract:extract", "Read files and print their fields, without database or server."),
    "evaluate": ("web.commands.evaluate:evaluate", "Measure the reading against a corpus or confirmed papers."),
    "corpus export": ("web.commands.corpus:export", "Export confirmed papers, as a corpus or as lines to train on."),
    "archive sheets": ("web.commands.archive_sheets:print_sheets", "Write separator sheets to print, as a PDF."),
    "archive run": ("web.commands.archive_run:run", "Take a folder tree in as a batch, read it, put papers together."),
    "archive status": ("web.commands.archive:status", "Tell where batches stand, and what people are asked."),
    "archive where": ("web.commands.archive:where", "Tell where a page of a box is."),
    "archive pause": ("web.commands.archive:pause", "Pause a batch."),
    "archive resume": ("web.commands.archive:resume", "Let a paused batch go on."),
    "archive report": ("web.commands.archive_report:report", "Write the report of a batch's acceptance."),
    "archive export": ("web.commands.archive_export:export", "Write an accepted batch as a package to be handed over."),
    "calibrate": ("web.commands.calibrate:calibrate", "Fit the model of confidence on papers with truth."),
    "doctor": ("web.commands.doctor:doctor", "Check the installation and say what to do."),
    "user add": ("web.commands.accounts:add_user", "Add an account."),
    "token create": ("web.commands.accounts:create_token", "Make an API token; it is printed once."),
    "token revoke": ("web.commands.accounts:revoke_token", "Revoke every API token of an account."),
    "db upgrade": ("workers.commands.db:upgrade", "Bring the database to the newest schema."),
    "db check": ("workers.commands.db:check", "Tell whether the schema and the code agree."),
    "audit verify": ("workers.commands.audit:verify", "Verify the audit trail's chain of hashes."),
}


def build(words: list[str]) -> typer.Typer:
    """Put together the commands that ``words`` can mean: one for a known name, all for help or a wrong name."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,  # a traceback with local values could show what stands on a paper
        help="Document intake: scans become customer files that a person has confirmed.",
    )
    app.callback()(_intake)
    groups: dict[str, typer.Typer] = {}
    for name in _meant(words):
        where, text = COMMANDS[name]
        module, _, function = where.partition(":")
        *group, short = name.split()
        parent = _group(app, groups, group[0]) if group else app
        parent.command(name=short, short_help=text)(getattr(import_module(module), function))
    return app


def _intake() -> None:
    """Make Typer treat a single registered command as one of many."""


def _meant(words: list[str]) -> list[str]:
    named = [name for name in COMMANDS if words[: len(name.split())] == name.split()]
    return named or [name for name in COMMANDS if words[:1] == name.split()[:1]] or list(COMMANDS)


def _group(app: typer.Typer, groups: dict[str, typer.Typer], word: str) -> typer.Typer:
    if word not in groups:
        groups[word] = typer.Typer(no_args_is_help=True)
        groups[word].callback()(_intake)
        text = " · ".join(text for name, (_, text) in COMMANDS.items() if name.startswith(f"{word} "))
        app.add_typer(groups[word], name=word, help=text)
    return groups[word]


def main() -> None:
    """Run the command line; an error of ours is told in both languages, and its branch decides the exit status.

    What any process of ours writes is for its own account alone: papers, database, logs.
    """
    os.umask(0o077)
    try:
        build(sys.argv[1:])()
    except IntakeError as error:
        _end(error)
    except Exception as error:  # noqa: BLE001 - raised again where it is none of the database's
        _end(_of_the_database(error))


def _of_the_database(error: Exception) -> IntakeError:
    """What an error of the database means; any other is raised as it is."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - few commands need a database, fewer fail on it

    from models.database import explained  # noqa: PLC0415 - as above

    told = explained(error) if isinstance(error, DBAPIError) else None
    if told is None:
        raise error
    return told


def _end(error: IntakeError) -> NoReturn:
    sys.stderr.write(f"{error.code}: {error.message('zh')}\n{error.code}: {error.message('en')}\n")
    sys.exit(UNFIT if isinstance(error, SetupError) else FAILED)


if __name__ == "__main__":
    main()
