"""``intake evaluate``: a corpus with ``truth.jsonl``, or what people confirmed → every figure of the reading."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from intake.evaluation import Evaluation, Outcome, scored
from intake.evaluation.diagram import diagram as drawn
from intake.options import ReaderPolicy
from intake.recognition import probe
from web.commands import recalibrating, reviews
from web.commands.extract import SOME_FAILED, watched
from web.commands.figures import as_json, console, measured, show
from web.commands.reading import Order, Result, ordered, read_all
from web.commands.truths import TRUTH, Half, truths


def evaluate(
    corpus: Annotated[
        Path | None, typer.Argument(help="A folder with files and truth.jsonl.", exists=True, file_okay=False)
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Files read side by side.")] = 1,
    reader: Annotated[
        ReaderPolicy | None, typer.Option(help="When the second reader looks; default: INTAKE_READER_POLICY.")
    ] = None,
    half: Annotated[
        Half, typer.Option(help="Of the lines of truth: 0, 2, 4 … to tune on, 1, 3, 5 … to quote, or all.")
    ] = Half.ALL,
    *,
    diagram: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Also draw the reliability of the confidences, as SVG.")
    ] = None,
    from_reviews: Annotated[
        bool, typer.Option("--from-reviews", help="Instead of CORPUS: the confirmed papers of the database.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="With --from-reviews: the kept words under today's rules, without OCR.")
    ] = False,
    recalibrate: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="With --from-reviews: fit INTAKE_RECALIBRATION's file; implies --again."),
    ] = None,
) -> None:
    """Read every file of a corpus, compare with its truth and print the figures. Exit status 1 where files failed.

    With --from-reviews the truth is what people decided, and the answer is what was proposed to them.
    """
    if (corpus is None) != from_reviews:
        raise typer.BadParameter("give either a corpus or --from-reviews", param_hint="CORPUS")
    if corpus is None:
        _review(again, recalibrate, Outputs(json_out, diagram))
        return
    if again or recalibrate:
        raise typer.BadParameter("only with --from-reviews", param_hint="--again, --recalibrate")
    results, figures = _read(corpus, ordered(reader, jobs), half)
    _tell(figures, Outputs(json_out, diagram))
    _name_failures(results)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the figures go besides the terminal: as JSON, as a reliability diagram."""

    json: Path | None
    diagram: Path | None


def _review(again: bool, recalibrate: Path | None, outputs: Outputs) -> None:  # noqa: FBT001 - the flag as given
    found = reviews.asked(again=again, recalibrating=recalibrate is not None)
    _tell(reviews.figures(found), outputs)
    if recalibrate is not None:
        recalibrating.write(scored(found.truths, found.outcomes), recalibrate)


def _read(corpus: Path, order: Order, half: Half) -> tuple[list[Result], Evaluation]:
    known = half.of(truths(corpus))
    if not known:
        raise typer.BadParameter(f"no {TRUTH} there", param_hint="CORPUS")
    probe.check()
    started = time.monotonic()
    with watched(len(known)) as seen:
        results = list(seen(read_all([corpus / truth.file for truth in known], order)))
    seconds = time.monotonic() - started
    outcomes = [Outcome(truth.file, result.reading) for truth, result in zip(known, results, strict=True)]
    return results, measured(known, outcomes, seconds=seconds)


def _tell(figures: Evaluation, outputs: Outputs) -> None:
    show(figures, console())
    if outputs.json:
        outputs.json.write_text(json.dumps(as_json(figures), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if outputs.diagram:
        outputs.diagram.write_text(drawn(figures.bins, outputs.diagram.stem), "utf-8")


def _name_failures(results: Sequence[Result]) -> None:
    failed = [result for result in results if result.failure]
    for result in failed:
        if result.failure:
            typer.echo(f"{result.source.name}: {result.failure.code}: {result.failure.message.en}", err=True)
    if failed:
        raise typer.Exit(SOME_FAILED)
