"""``intake extract``: files → fields, without database, Redis or server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from intake import geometry
from intake.options import ReaderPolicy
from intake.papers import papers
from intake.recognition import probe
from intake.types import CaseDocument, DocumentReading, FieldReading, FileReading, Finding
from web.commands.reading import Result, ordered, read_all
from web.commands.sources import files

SOME_FAILED = 1
WRONG_USAGE = 2

Language = Literal["zh", "en"]


def extract(
    named: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Files; folders are walked.", show_default=False)
    ],
    form: Annotated[
        Literal["table", "jsonl"], typer.Option("--format", help="A table for people or one JSON line per document.")
    ] = "table",
    reader: Annotated[
        ReaderPolicy | None, typer.Option(help="When the second reader looks; default: INTAKE_READER_POLICY.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Files read side by side.")] = 1,
    language: Annotated[Language, typer.Option(help="Language of labels and messages.")] = "zh",
) -> None:
    """Read files and print the fields of every document found, in the order of files and pages.

    A file that cannot be read gives a line with its error and the others go on. Exit status: 0 all files were read,
    1 some failed, 2 wrong usage, 3 the installation is unfit.
    """
    sources = list(files(named))
    if not sources:
        raise typer.BadParameter("no picture or PDF there", param_hint="FILE…")
    order = ordered(reader, jobs)
    probe.check()
    show = _lines if form == "jsonl" else _tables
    failed = 0
    with watched(len(sources)) as seen:
        for result in seen(read_all(sources, order)):
            show(result, language)
            failed += result.failure is not None
    if failed:
        raise typer.Exit(SOME_FAILED)


class _Seen:
    """Counts results on a progress bar as they pass."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total = progress, total

    def __call__(self, results: Iterable[Result]) -> Iterator[Result]:
        task = self.progress.add_task("", total=self.total)
        for result in results:
            yield result
            self.progress.advance(task)


@contextmanager
def watched(total: int) -> Iterator[_Seen]:
    """A progress bar on standard error, only where that is a terminal."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("·"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        yield _Seen(progress, total)


# ---- JSON lines -----------------------------------------------------------------------------------------------------


def _lines(result: Result, language: Language) -> None:
    for line in json_lines(result, language):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def json_lines(result: Result, language: Language) -> Iterator[dict[str, object]]:
    """The lines of one file: one per document, or one with ``error``."""
    source = str(result.source)
    if result.failure:
        yield {
            "source": source,
            "error": {"code": result.failure.code, "message": result.failure.message.text(language)},
        }
    if result.reading:
        people = _people(result.reading)
        for index, document in enumerate(result.reading.documents):
            yield {"source": source, **_document(document, result.reading, language), **people.get(index, {})}


def _people(reading: FileReading) -> dict[int, dict[str, object]]:
    """Whose ID cards the file's documents are, by index: both sides of a card have one number."""
    documents = [CaseDocument(str(index), one, "file") for index, one in enumerate(reading.documents)]
    cards = [one for one in papers(documents) if one.type.repeats and one.type.customer == "person"]
    return {int(one.document.id): {"person": {"number": one.number, "unsure": one.unsure}} for one in cards}


def _document(document: DocumentReading, reading: FileReading, language: Language) -> dict[str, object]:
    return {
        "pages": [index + 1 for index in document.page_indexes],
        "type": document.type,
        "type_confidence": round(document.classification.confidence, 4),
        "fields": {field.field: _field(field, reading) for field in document.fields},
        "findings": [_finding(finding, language) for finding in document.findings],
    }


def _field(field: FieldReading, reading: FileReading) -> dict[str, object]:
    size = reading.pages[field.page_index]
    return {
        "value": field.value,
        "text": field.text,
        "confidence": round(field.confidence, 4),
        "page": field.page_index + 1,
        "box": list(geometry.scan_box(field.region, size.width, size.height)),
        "reader": field.reader,
        "how": field.how,
        "alternatives": [
            {
                "value": other.value,
                "text": other.text,
                "confidence": round(other.confidence, 4),
                "reader": other.reader,
                "reason": other.reason,
            }
            for other in field.alternatives
        ],
    }


def _finding(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "fields": list(finding.fields),
        "message": finding.message.text(language),
    }


# ---- tables ---------------------------------------------------------------------------------------------------------


def _tables(result: Result, language: Language) -> None:
    console = Console(markup=False, highlight=False)
    if result.failure:
        console.print(f"{result.source}: {result.failure.code}: {result.failure.message.text(language)}", style="red")
    for document in result.reading.documents if result.reading else ():
        console.print(table(result.source, document, language))


def table(source: Path, document: DocumentReading, language: Language) -> Table:
    """One document for people: a row per field, findings below."""
    from intake import doctypes  # noqa: PLC0415 - only people's tables need labels

    known = doctypes.get(document.type) if document.type else None
    name = known.title.text(language) if known else {"zh": "未知类型", "en": "unknown type"}[language]
    pages = ", ".join(str(index + 1) for index in document.page_indexes)
    shown = Table(title=f"{source} · {pages} · {name}", title_justify="left", show_header=False, expand=False)
    for column in ("label", "value", "confidence"):
        shown.add_column(column, overflow="fold", justify="right" if column == "confidence" else "left")
    for field in document.fields:
        label = known.field(field.field).label.text(language) if known else field.field
        shown.add_row(label, field.value or f"？ {field.text}", f"{field.confidence:.2f}")
    for finding in document.findings:
        shown.add_row({"error": "✗", "warning": "!", "info": "i"}[finding.severity], finding.message.text(language), "")
    return shown
