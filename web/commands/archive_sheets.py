"""``intake archive sheets``: separator sheets to print before an archive is scanned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from intake.archive import manifest, sheets
from intake.archive.marks import Mark
from intake.errors import InputError, SetupError

NOT_USED = 1
"""Exit status where the manifest cannot be used."""

USAGE = 2
UNFIT = 3


def print_sheets(
    out: Annotated[Path, typer.Argument(metavar="PDF", help="The PDF to write; it must not be there yet.")],
    *,
    batch: Annotated[str, typer.Option(metavar="NAME", help="Name of the batch, as the sheets are to say it.")] = "",
    box: Annotated[str, typer.Option(metavar="NAME", help="Box that the sheets are for.")] = "",
    folder: Annotated[str, typer.Option(metavar="NAME", help="Folder that the sheets are for.")] = "",
    count: Annotated[int, typer.Option(min=1, max=2000, help="How many sheets, without --manifest.")] = 10,
    first: Annotated[int, typer.Option(min=1, help="Number of the first sheet; numbers run through a batch.")] = 1,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="FILE", help="CSV or XLSX: a sheet for each row.", exists=True, dir_okay=False
        ),
    ] = None,
    patch: Annotated[bool, typer.Option("--patch", help="Plain Patch T sheets, which have no number.")] = False,
) -> None:
    """Write separator sheets as a PDF, front and back of each, to be printed on both sides and laid before each paper.

    Cover sheets bear a running number, and the first and the last of those printed with them, so that a missing one is
    noticed wherever it lay; print as many as you lay between papers. Exit status 1 where the manifest cannot be used,
    row by row; 3 where no font that holds Chinese is installed.
    """
    if out.exists():
        _refuse(f"{out} is there already", USAGE)
    try:
        made = sheets.patches(count) if patch else sheets.covers(_marks(batch, (box, folder), count, first, listed))
    except InputError as error:
        _refuse(error.message("en"), NOT_USED)
    except SetupError as error:
        _refuse(error.message("en"), UNFIT)
    with out.open("xb") as file:
        file.write(made)
    typer.echo(f"{out}")


def _marks(batch: str, place: tuple[str, str], count: int, first: int, listed: Path | None) -> Sequence[Mark]:
    """One mark for each row of the manifest, box and folder by its path, else by its number; or as many as asked."""
    if listed is None:
        return sheets.run(batch, [place] * count, first=first)
    entries = manifest.read(listed.read_bytes())
    places = [(entry.folder.partition("/")[0] if "/" in entry.folder else place[0], entry.number) for entry in entries]
    return sheets.run(batch, places, first=first)


def _refuse(reason: str, status: int) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(status)
