"""The figures of an evaluation for people (tables) and for machines (plain data)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from intake import doctypes
from intake.evaluation import Evaluation, FileTruth, Outcome, Row, Score, evaluate
from intake.fields import traits

FILE_WIDTH = 120
"""Columns of the tables where nobody watches: names of fields are not cut."""


def console() -> Console:
    """Where tables go: standard output, as wide as the terminal."""
    return Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else FILE_WIDTH)


def long_fields() -> frozenset[tuple[str, str]]:
    """The texts that the character error rate is taken over: addresses, scopes, whatever is prose."""
    named = ((kind.name, field) for kind in doctypes.types() for field in kind.fields)
    return frozenset((kind, field.name) for kind, field in named if traits(field.kind).prose)


def scopes() -> frozenset[tuple[str, str]]:
    """Texts so long that they are judged by the character error rate alone: a license's scope."""
    named = ((kind.name, field) for kind in doctypes.types() for field in kind.fields)
    return frozenset((kind, field.name) for kind, field in named if field.kind == "long_text")


def exact_fields() -> frozenset[tuple[str, str]]:
    """Codes with a check character, registration numbers and dates: where one wrong character makes another thing."""
    named = ((kind.name, field) for kind in doctypes.types() for field in kind.fields)
    return frozenset(
        (kind, field.name)
        for kind, field in named
        if traits(field.kind).checked or traits(field.kind).dated or field.kind == "registration_number"
    )


def measured(truths: Sequence[FileTruth], outcomes: Iterable[Outcome], *, seconds: float = 0.0) -> Evaluation:
    """All figures, with the groups of fields that the document types tell of."""
    return evaluate(
        truths, outcomes, seconds=seconds, long_fields=long_fields(), scopes=scopes(), exact_fields=exact_fields()
    )


def show(figures: Evaluation, console: Console) -> None:
    """All the figures as tables."""
    console.print(_summary(figures))
    for title, rows in (
        ("per type", figures.by_type),
        ("per profile", figures.by_profile),
        ("codes and dates per profile", figures.exact_by_profile),
        ("per field", figures.by_field),
        ("per type and profile", figures.by_type_and_profile),
    ):
        console.print(_rows(title, rows))
    console.print(_calibration(figures))


def _summary(figures: Evaluation) -> Table:
    documents = figures.documents
    threshold = "" if figures.threshold is None else f" (confidence ≥ {figures.threshold:.4f})"
    table = Table(title="figures", title_justify="left", show_header=False)
    for name, value in (
        ("files, failed", f"{figures.files}, {len(figures.failed)}"),
        ("documents found", f"{documents.found} of {documents.expected}, {documents.beyond} beyond the truth"),
        ("type accuracy", percent(figures.type_accuracy)),
        ("exact match (recall)", f"{percent(figures.total.exact)} of {figures.total.scored} fields"),
        ("exact match, scopes apart", f"{percent(figures.short.exact)} of {figures.short.scored} fields"),
        ("exact match, codes and dates", f"{percent(figures.exact.exact)} of {figures.exact.scored} fields"),
        ("precision", f"{percent(figures.total.precision)} of {figures.total.given} values"),
        ("character error rate", f"{percent(figures.character_error_rate)} over {figures.long_texts} long texts"),
        ("coverage at 99 % precision", f"{percent(figures.coverage)}{threshold}"),
        ("expected calibration error", percent(figures.calibration_error)),
        ("silent errors (≥ 0.95)", f"{figures.silent_errors} of {figures.total.scored}"),
        ("only on the seal", f"{figures.seal_only.right} of {figures.seal_only.scored}"),
        *_times(figures),
    ):
        table.add_row(name, value)
    return table


def _times(figures: Evaluation) -> list[tuple[str, str]]:
    """Speed, where it was measured."""
    if not figures.seconds:
        return []
    return [
        ("pages per minute", f"{figures.pages_per_minute:.1f} ({figures.pages} pages, {figures.seconds:.0f} s)"),
        ("share of time", ", ".join(f"{step} {percent(share)}" for step, share in figures.time_shares.items())),
    ]


def _rows(title: str, rows: Sequence[Row]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(title, no_wrap=True)
    for column in ("fields", "given", "right", "exact match", "precision"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            row.name, str(row.scored), str(row.given), str(row.right), percent(row.exact), percent(row.precision)
        )
    return table


def _calibration(figures: Evaluation) -> Table:
    table = Table(title="calibration", title_justify="left")
    for column in ("confidence from", "values", "mean confidence", "right"):
        table.add_column(column, justify="right")
    for one in figures.bins:
        table.add_row(f"{one.lower:.1f}", str(one.values), percent(one.confidence), percent(one.accuracy))
    return table


def percent(share: float) -> str:
    """A share as people read it.

    >>> percent(0.9876)
    '98.8 %'
    """
    return f"{100 * share:.1f} %"


def as_json(figures: Evaluation) -> dict[str, object]:
    """The figures as plain data: shares from 0 to 1, rows with their counts."""
    return {
        "files": figures.files,
        "failed": list(figures.failed),
        "documents": {
            "expected": figures.documents.expected,
            "found": figures.documents.found,
            "typed": figures.documents.typed,
            "beyond": figures.documents.beyond,
            "type_accuracy": figures.type_accuracy,
        },
        "exact_match": figures.total.exact,
        "recall": figures.total.exact,
        "exact_match_scopes_apart": figures.short.exact,
        "exact_match_codes_and_dates": figures.exact.exact,
        "precision": figures.total.precision,
        "fields": {"scored": figures.total.scored, "given": figures.total.given, "right": figures.total.right},
        "character_error_rate": figures.character_error_rate,
        "coverage_at_99_precision": figures.coverage,
        "coverage_threshold": figures.threshold,
        "expected_calibration_error": figures.calibration_error,
        "silent_errors": figures.silent_errors,
        "seal_only": _row_json(figures.seal_only),
        "pages": figures.pages,
        "seconds": figures.seconds,
        "pages_per_minute": figures.pages_per_minute,
        "time_shares": dict(figures.time_shares),
        "by_type": {row.name: _row_json(row) for row in figures.by_type},
        "by_field": {row.name: _row_json(row) for row in figures.by_field},
        "by_profile": {row.name: _row_json(row) for row in figures.by_profile},
        "codes_and_dates_by_profile": {row.name: _row_json(row) for row in figures.exact_by_profile},
        "by_type_and_profile": {row.name: _row_json(row) for row in figures.by_type_and_profile},
        "misses": [_miss_json(one) for one in figures.misses],
        "bins": [
            {"from": one.lower, "values": one.values, "confidence": one.confidence, "accuracy": one.accuracy}
            for one in figures.bins
        ],
    }


def _miss_json(miss: Score) -> dict[str, object]:
    return {name: getattr(miss, name) for name in ("file", "type", "field", "truth", "value", "confidence")}


def _row_json(row: Row) -> dict[str, float]:
    return {
        "scored": row.scored,
        "given": row.given,
        "right": row.right,
        "exact": row.exact,
        "precision": row.precision,
    }
