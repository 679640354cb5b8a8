"""The command line: the one place where every folder's commands meet (console script ``intake``).

A command is loaded when it is called, so that ``intake extract`` never loads the portal and ``intake web`` never loads
OpenCV. Exit status: 0 done, 1 some inputs failed, 2 wrong usage, 3 the installation is unfit.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click
import typer
from typer.core import TyperGroup

from intake.errors import IntakeError, SetupError

UNFIT = 3
FAILED = 1

#: name -> where the function lies, and one line for the overview. Groups are names with a space.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("workers.commands.serve:serve", "Start portal, workers, sweeper and Redis as one process tree."),
    "web": ("web.commands.web:web", "Start the portal alone."),
    "worker": ("workers.commands.worker:worker", "Start one worker."),
    "sweeper": ("workers.commands.sweeper:sweeper", "Start the sweeper."),
    "extract": ("web.commands.extract:extract", "Read files and print their fields, without database or server."),
    "evaluate": ("web.commands.evaluate:evaluate", "Measure the reading against a corpus with truth."),
    "doctor": ("web.commands.doctor:doctor", "Check the installation and say what to do."),
    "user add": ("web.commands.accounts:add_user", "Add an account."),
    "token create": ("web.commands.accounts:create_token", "Make an API token; it is printed once."),
    "db upgrade": ("workers.commands.db:upgrade", "Bring the database to the newest schema."),
    "db check": ("workers.commands.db:check", "Tell whether the schema and the code agree."),
    "audit verify": ("workers.commands.audit:verify", "Verify the audit trail's chain of hashes."),
}


class LazyGroup(TyperGroup):
    """A group whose commands are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        del ctx
        return list(dict.fromkeys(name.split()[0] for name in COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or build the group that has commands of that first word."""
        del ctx
        if cmd_name in COMMANDS:
            return _load(cmd_name)
        inner = {name.split()[1]: name for name in COMMANDS if name.startswith(f"{cmd_name} ")}
        if not inner:
            return None
        group = click.Group(cmd_name, help=_group_help(cmd_name))
        for short, name in inner.items():
            group.add_command(_load(name), short)
        return group


def _group_help(word: str) -> str:
    return " · ".join(text for name, (_, text) in COMMANDS.items() if name.startswith(f"{word} "))


def _load(name: str) -> click.Command:
    where, help_text = COMMANDS[name]
    module, _, function = where.partition(":")
    single = typer.Typer(add_completion=False)
    single.command(name=name.split()[-1], short_help=help_text)(getattr(import_module(module), function))
    return typer.main.get_command(single)


app = typer.Typer(cls=LazyGroup, add_completion=False, no_args_is_help=True)


@app.callback()
def intake() -> None:
    """Document intake: scans become customer files that a person has confirmed."""


def main() -> None:
    """Run the command line; an error of ours is told in both languages, and its branch decides the exit status."""
    try:
        app()
    except IntakeError as error:
        sys.stderr.write(f"{error.code}: {error.message('zh')}\n{error.code}: {error.message('en')}\n")
        sys.exit(UNFIT if isinstance(error, SetupError) else FAILED)


if __name__ == "__main__":
    main()
