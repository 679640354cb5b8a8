"""``intake archive report``: the report of a batch's acceptance as a file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from intake.settings import load
from models import acceptance, acceptance_report, batches
from models.base import now
from models.database import Database
from web import acceptance_documents

NOT_THERE = 1


class Format(StrEnum):
    """What the report is written as."""

    html = "html"
    pdf = "pdf"


class Language(StrEnum):
    """The languages of the report."""

    zh = "zh"
    en = "en"


def report(
    named: Annotated[str, typer.Argument(metavar="BATCH", help="Identifier or name of a batch.")],
    *,
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.pdf,
    language: Annotated[Language, typer.Option("--language", help="Its language.")] = Language.zh,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; - is standard output.")] = None,
) -> None:
    """Write the report of a batch's latest acceptance. Exit status 1 where it has none."""
    settings = load()
    with Database(settings.database).read() as session:
        batch = batches.find(session, named)
        found = None if batch is None else acceptance.latest(session, batch.id)
        if found is None:
            typer.echo(f"{named}: no such batch, or nobody has begun its acceptance", err=True)
            raise typer.Exit(NOT_THERE)
        told = acceptance_report.report(session, found.id, now())
    if form is Format.pdf:
        body = acceptance_documents.pdf(told, language, settings.timezone)
    else:
        body = acceptance_documents.html(told, language, settings.timezone).encode()
    if str(out) == "-":
        sys.stdout.buffer.write(body)
        return
    target = out or Path(f"{acceptance_documents.number(told)}-{language}.{form}")
    target.write_bytes(body)
    typer.echo(str(target))
