"""Recalibration for the command line: its effect as tables, its lines as the file of ``INTAKE_RECALIBRATION``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.table import Table

from intake.evaluation import Score
from intake.evaluation.recalibration import (
    FOLDS,
    LEAST_FILES,
    LEAST_VALUES,
    LEAST_WRONG,
    Effect,
    Recalibration,
    enough,
    recalibration,
)
from web.commands.figures import console, percent

TOO_LITTLE = 1


def write(scores: Sequence[Score], out: Path) -> None:
    """Fit lines on the scores, print what they gain and write them to ``out``: numbers only, nothing of any paper.

    Ends the command with status 1 where there is too little to fit on.
    """
    if not enough(scores):
        least = f"{LEAST_FILES} files with {LEAST_VALUES} values, {LEAST_WRONG} of them wrong"
        typer.echo(f"Too little is confirmed for a recalibration: it needs {least}.", err=True)
        raise typer.Exit(TOO_LITTLE)
    found = recalibration(scores)
    show(found)
    out.write_text(json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n", "utf-8")


def show(found: Recalibration) -> None:
    """The effect on files that the lines were not fitted on, over all and per field."""
    console().print(_effect(found))
    console().print(_fields(found))
    if found.after.brier >= found.before.brier:
        typer.echo("No gain: better leave INTAKE_RECALIBRATION empty.", err=True)


def _effect(found: Recalibration) -> Table:
    parts = f"{found.values} values of {found.files} files in {FOLDS} parts, {found.wrong} wrong"
    table = Table(title=f"recalibration ({parts})", title_justify="left")
    for column in ("", "before", "after"):
        table.add_column(column, justify="right" if column else "left")
    for name, before, after in zip(
        ("expected calibration error", "coverage at 99 % precision", "silent errors (≥ 0.95)", "Brier score"),
        _told(found.before),
        _told(found.after),
        strict=True,
    ):
        table.add_row(name, before, after)
    return table


def _told(effect: Effect) -> tuple[str, str, str, str]:
    return (
        percent(effect.calibration_error),
        percent(effect.coverage),
        str(effect.silent_errors),
        f"{effect.brier:.4f}",
    )


def _fields(found: Recalibration) -> Table:
    table = Table(title="recalibration per field", title_justify="left")
    table.add_column("field", no_wrap=True)
    for column in ("values", "right", "confidence before", "after", "slope", "offset"):
        table.add_column(column, justify="right")
    for one in found.fields:
        slope, offset = found.lines[one.name]
        numbers = (percent(one.right), percent(one.before), percent(one.after), f"{slope:.2f}", f"{offset:+.2f}")
        table.add_row(one.name, str(one.values), *numbers)
    return table


def as_json(found: Recalibration) -> dict[str, object]:
    """The file: what it was fitted on, its lines, and their measured effect."""
    return {
        "version": 1,
        "files": found.files,
        "values": found.values,
        "wrong": found.wrong,
        "lines": {name: list(line) for name, line in found.lines.items()},
        "effect": {"before": asdict(found.before), "after": asdict(found.after)},
        "fields": {
            one.name: {"values": one.values, "right": one.right, "before": one.before, "after": one.after}
            for one in found.fields
        },
    }
