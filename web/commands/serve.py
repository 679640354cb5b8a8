"""``intake serve``: the embedded default, one process tree with everything in one data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from intake.log import configure
from intake.settings import Settings, load
from models.database import Database
from web.commands.accounts import sign_in_address

SAMPLES = Path(__file__).resolve().parents[2] / "sample_docs" / "cases"


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (INTAKE_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (INTAKE_PORT).")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder (INTAKE_DATA_DIR).")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes (INTAKE_WORKERS).")] = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Sample papers and one sign-in link per role.")] = False,
) -> None:
    """Start portal, workers, sweeper and, where none is set, a private Redis; SQLite where no database is set."""
    from workers.commands.upgrading import upgrade  # noqa: PLC0415 - as below
    from workers.serve import serve as supervise  # noqa: PLC0415 - only this command needs the supervisor

    given = {"host": host, "port": port, "data_dir": data, "workers": workers}
    settings = load(**{name: value for name, value in given.items() if value is not None})
    configure(settings.log_level)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(settings.database)
    supervise(settings, lambda: _welcome(settings, demo=demo))


def _welcome(settings: Settings, *, demo: bool) -> None:
    from web import welcome  # noqa: PLC0415 - loads the portal, which only this step needs

    database = Database(settings.database)
    typer.echo(f"\nIntake  {settings.public_url or f'http://{settings.host}:{settings.port}'}\n")
    links = welcome.demo_links(database) if demo else welcome.first_administrator(database)
    for role, token in links.items():
        typer.echo(f"  {role:<14} {sign_in_address(settings, token)}")
    if demo:
        made = welcome.seed(settings, database, SAMPLES)
        typer.echo(f"\n  {made} sample cases were put into the queue" if made else "\n  the sample cases are in place")
    database.close()
