"""``intake calibrate``: papers with known truth → the model of confidence, and how well it does on papers unseen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from intake.evaluation import FileTruth
from intake.options import ReaderPolicy
from intake.recognition import probe
from intake.types import FileReading
from intake.wire import dump, load
from web.commands.extract import watched
from web.commands.figures import percent
from web.commands.reading import Order, ordered, process_pool, read_all
from web.commands.truths import TRUTH, digest, truths

if TYPE_CHECKING:
    from intake.evaluation.calibrating import Quality
    from intake.evaluation.samples import Case
    from intake.extraction.confidence import Calibration

_FIT = "fit, cross-validated"
"""What the figures of the corpora that the model is fitted on are called."""


def calibrate(
    corpora: Annotated[
        list[Path],
        typer.Argument(metavar="CORPUS…", help="Folders with truth.jsonl (those below too) to fit on.", exists=True),
    ],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The model file to write.")],
    check: Annotated[
        list[Path] | None, typer.Option(metavar="CORPUS", help="A corpus to measure on only; may stand more than once.")
    ] = None,
    about: Annotated[str, typer.Option(help="What the papers are: the model file says so (generator, seed).")] = "",
    words: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keeps what was read; a file found there is not read again.")
    ] = None,
    diagrams: Annotated[Path | None, typer.Option(metavar="DIR", help="Where to draw reliability diagrams.")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Files read side by side.")] = 1,
    reader: Annotated[
        ReaderPolicy | None, typer.Option(help="When the second reader looks; default: INTAKE_READER_POLICY.")
    ] = None,
    made_on: Annotated[str, typer.Option("--date", help="The day that the model file names; default: today.")] = "",
) -> None:
    """Fit the model of confidence on papers whose values are known, and tell how well it does on papers unseen.

    The files are read as ``intake evaluate`` reads them; the figures of the corpora of the fit are cross-validated, so
    no file speaks for itself. The same files and words always give the same model.
    """
    from intake.evaluation import calibrating  # noqa: PLC0415 - loads numpy and the readers' rooms

    order = ordered(reader, jobs)
    folders = [*corpora, *(check or ())]
    if missing := [folder.name for folder in folders if not any(folder.rglob(TRUTH))]:
        raise typer.BadParameter(f"no {TRUTH} in {', '.join(missing)}", param_hint="CORPUS")
    if len({folder.name for folder in folders}) < len(folders):
        raise typer.BadParameter("two corpora have one name", param_hint="CORPUS")
    probe.check()
    gathered = {folder: _cases(folder, order, words) for folder in folders}
    seen = [case for folder in corpora for case in gathered[folder]]
    try:
        model = calibrating.calibrate(seen)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="CORPUS") from None
    figures = {_FIT: calibrating.quality(calibrating.cross_validated(seen))}
    figures |= {folder.name: calibrating.quality(calibrating.judged(gathered[folder], model)) for folder in check or ()}
    _write(out, model, _Made(about, made_on or order.today.isoformat(), tuple(corpora), seen), figures)
    _show(figures, diagrams)


@dataclass(frozen=True, slots=True)
class _Made:
    """Where a model comes from."""

    about: str
    on: str
    corpora: tuple[Path, ...]
    cases: Sequence[Case]

    def told(self) -> dict[str, object]:
        """As the model file tells it: counts, and the digest by which the truth of each corpus is known again."""
        digests = {folder.name: digest(folder) for folder in self.corpora}
        return {
            "by": "intake calibrate",
            "on": self.on,
            "about": self.about,
            "corpora": digests,
            "files": len({case.score.file for case in self.cases}),
            "fields": sum(case.last for case in self.cases),
            "values": sum(len(case.samples) for case in self.cases),
        }


def _cases(folder: Path, order: Order, words: Path | None) -> list[Case]:
    """Every case of a corpus: its files read, or their kept words taken, and redone stage by stage."""
    readings = _readings(folder, truths(folder), order, words and words / folder.name)
    named = [(replace(truth, file=f"{folder.name}/{truth.file}"), read) for truth, read in readings]
    with process_pool(order.jobs) as pool:
        return [case for some in pool.map(_cases_of, named, chunksize=4) for case in some]


def _cases_of(named: tuple[FileTruth, FileReading]) -> list[Case]:
    """In a process of its own: one file's cases."""
    from intake.evaluation.samples import cases  # noqa: PLC0415 - as in calibrate
    from intake.options import ExtractionOptions  # noqa: PLC0415 - beside it

    truth, reading = named
    return list(cases(truth, reading.texts, ExtractionOptions()))


def _readings(
    folder: Path, known: Sequence[FileTruth], order: Order, words: Path | None
) -> Iterator[tuple[FileTruth, FileReading]]:
    """Each file's reading, in order; a file that cannot be read is named and left out."""
    kept = {truth.file: words / f"{truth.file}.json" for truth in known} if words else {}
    new = [truth for truth in known if words is None or not kept[truth.file].is_file()]
    read: dict[str, FileReading] = {}
    with watched(len(new)) as seen:
        for truth, result in zip(new, seen(read_all([folder / truth.file for truth in new], order)), strict=True):
            if result.reading is not None:
                read[truth.file] = result.reading
                if words:
                    _keep(kept[truth.file], result.reading)
            elif result.failure is not None:
                typer.echo(f"{truth.file}: {result.failure.code}: {result.failure.message.en}", err=True)
    for truth in known:
        if truth.file in read:
            yield truth, read[truth.file]
        elif words and kept[truth.file].is_file():
            yield truth, load(FileReading, json.loads(kept[truth.file].read_text("utf-8")))


def _keep(path: Path, reading: FileReading) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dump(reading), ensure_ascii=False), "utf-8")


def _write(out: Path, model: Calibration, made: _Made, figures: dict[str, Quality]) -> None:
    from intake.extraction.confidence import dump as written  # noqa: PLC0415 - as in calibrate

    told = made.told() | {"figures": {name: _told(quality) for name, quality in figures.items()}}
    out.write_text(written(model, told), "utf-8")


def _told(quality: Quality) -> dict[str, float]:
    return {
        "fields": quality.fields,
        "given": quality.given,
        "right": quality.right,
        "expected_calibration_error": round(quality.calibration_error, 4),
        "coverage_at_99_precision": round(quality.coverage, 4),
        "silent_errors": quality.silent_errors,
    }


def _show(figures: dict[str, Quality], diagrams: Path | None) -> None:
    for name, quality in figures.items():
        typer.echo(_line(name, quality))
        if diagrams:
            _draw(diagrams, name, quality)


def _line(name: str, quality: Quality) -> str:
    return (
        f"{name}: {quality.fields} fields, {quality.given} given, {quality.right} right; "
        f"expected calibration error {percent(quality.calibration_error)}; "
        f"coverage at 99 % precision {percent(quality.coverage)}; silent errors {quality.silent_errors}"
    )


def _draw(folder: Path, name: str, quality: Quality) -> None:
    from intake.evaluation.diagram import diagram  # noqa: PLC0415 - as in calibrate

    folder.mkdir(parents=True, exist_ok=True)
    short = "fit" if name == _FIT else name
    (folder / f"reliability-{short}.svg").write_text(diagram(quality.bins, name), "utf-8")
