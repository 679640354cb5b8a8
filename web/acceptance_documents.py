"""The report of an acceptance as a document: one template, as a page, as a file of HTML, and as PDF."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from intake.archive import sampling
from models.acceptance_report import Report
from models.acceptance_rows import Acceptance
from web import report_parts

_HERE = Path(__file__).parent
_STYLES = _HERE / "static" / "css" / "acceptance.css"
_FOLDERS = 400
"""Folders that are printed one by one."""
_REJECTS = 200
"""Sources with pages that were not filed, printed one by one."""


def html(report: Report, language: str, zone: str, *, stylesheets: Sequence[str] = (), icon: str = "") -> str:
    """The report as HTML. ``stylesheets`` are addresses of its styles; without any they stand inside it."""
    told = report_parts.words(language)
    room = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    room.filters["at"] = lambda moment: _time(moment, zone)
    room.globals.update(parts=report_parts, language=language, t=told, zone=zone)
    return room.get_template("acceptance_report.html").render(
        report=report,
        folders=list(islice(report.folders, _FOLDERS)),
        rejects=list(islice(report.rejects, _REJECTS)),
        plan=_plan(report),
        columns=list(_columns(report)),
        number=number(report),
        stylesheets=stylesheets,
        icon=icon,
        styles=None if stylesheets else _STYLES.read_text("utf-8"),
    )


def pdf(report: Report, language: str, zone: str) -> bytes:
    """The report as PDF, A4, with page numbers. WeasyPrint fetches nothing: styles stand in the document."""
    from PIL import ImageFile  # noqa: PLC0415 - only this page of the portal draws

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    from weasyprint import HTML  # noqa: PLC0415 - it loads Pango, which nothing else needs

    ImageFile.LOAD_TRUNCATED_IMAGES = lenient  # which it sets for the whole process: a cut picture must not pass

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        document: bytes = HTML(string=html(report, language, zone), url_fetcher=_nothing).write_pdf(
            pdf_variant="pdf/a-2u", pdf_identifier=number(report).encode()
        )
    return document


def number(report: Report) -> str:
    """What the report is called by: the batch's identifier and which acceptance of it this is."""
    return f"{report.batch.id}-{report.row.number}"


def _nothing(address: str, *_others: object, **_options: object) -> dict[str, Any]:
    raise ValueError(f"the report names nothing outside itself: {address}")


def _time(moment: datetime | None, zone: str) -> str:
    return "" if moment is None else moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def _plan(report: Report) -> dict[str, Any]:
    """The figures of the sample."""
    row, looked = report.row, len(report.sample)
    judged = [page for page in report.sample if page.judged_at is not None]
    first = sum(page.position <= row.sample and not (page.matched and page.fault is None) for page in judged)
    others = sum(page.fault is not None for page in judged)
    return {
        "letter": _letter(row),
        "looked": looked,
        "judged": len(judged),
        "matched": len(judged) - report.mismatched,
        "good": len(judged) - others,
        "first": first,
        "share": f"{row.share:g}",
        "percent": f"{looked / row.size * 100:.1f}" if row.size else "0",
    }


def _letter(row: Acceptance) -> str:
    """The code letter of the lot's size, and that of the plan where the table's arrow leads to another."""
    if row.letter is None:
        return "—"
    own = sampling.code_letter(row.size)
    return row.letter if own == row.letter else f"{own} → {row.letter}"


def _columns(report: Report) -> Iterator[list[Any]]:
    """The sample in two columns, read down the first."""
    half = (len(report.sample) + 1) // 2
    yield list(report.sample[:half])
    yield list(report.sample[half:])
