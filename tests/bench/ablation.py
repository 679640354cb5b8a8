"""What each step is worth: the evaluation with one step left out at a time, as a Markdown table.

``python -m tests.bench.ablation CORPUS … [--half even] [--files 16] [--jobs 2] [--steps seals bent]``. A step is left
out by putting something in its place that does nothing, in the processes of that run alone. Processor seconds count all
child processes; what is shared with other work on the machine is the wall clock, which is not quoted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from intake.errors import IntakeError
from intake.evaluation import Evaluation, FileTruth, Outcome
from intake.geometry import IDENTITY
from intake.imaging.illumination import Light
from intake.imaging.sheets import Sheet
from intake.options import ReaderPolicy
from intake.pipeline import Readers, read_file
from intake.sheet_options import ImagingOptions
from intake.types import Pixels
from tests.bench.contestants import kind_of, spent
from web.commands.figures import measured
from web.commands.truths import Half, truths


def whole_page(pixels: Pixels, _options: ImagingOptions) -> tuple[Sheet, ...]:
    """The page as it is, for the finding of sheets and cards."""
    height, width = pixels.shape[:2]
    return (Sheet(IDENTITY, width, height),)


def white_light(_pixels: Pixels, _options: ImagingOptions) -> Light:
    """White paper everywhere, for the estimate of light: dividing by it changes nothing."""
    return Light(np.full((1, 1, 3), 255, np.uint8), np.zeros((1, 1), np.uint8))


def with_seals(_lit: Pixels, grey: NDArray[np.uint8], _options: ImagingOptions) -> NDArray[np.uint8]:
    """The grey page as it is, for the removal of seals from Tesseract's picture."""
    return grey


def as_it_is(pixels: Pixels, _on_page: Light, _options: ImagingOptions) -> Pixels:
    """The page as it is, for the removal of words of purpose, and of seals from RapidOCR's picture."""
    return pixels


@dataclass(frozen=True, slots=True)
class Step:
    """What stands in for what (by dotted name) while a step is left out; and which reader policy holds."""

    instead: Mapping[str, Any] = field(default_factory=dict)
    policy: ReaderPolicy = "doubtful"


def _giving(value: object) -> Any:
    return lambda *_args, **_named: value


NO_TURN = {"intake.pipeline.is_upright": _giving(value=True)}
SEALS = {"intake.imaging.seals.without_seals": with_seals, "intake.imaging.rectify.lightened": as_it_is}
NO_LOOKS = {"intake.pipeline._looks": _giving([])}

STEPS: Mapping[str, Step] = {
    "all steps": Step(),
    "no sheets found, no perspective": Step({"intake.imaging.rectify.find": whole_page}),
    "no deskewing": Step({"intake.imaging.rectify.skew": _giving(0.0)}),
    "bent sheets left bent": Step({"intake.imaging.rectify.bend": _giving(())}),
    "print left at its height": Step({"intake.imaging.rectify.text_height": _giving(None)}),
    "seals left in": Step(SEALS),
    "words of purpose left in": Step({"intake.imaging.rectify.cleared": as_it_is}),
    "light left uneven": Step({"intake.imaging.illumination.light": white_light}),
    "no turning": Step(NO_TURN),
    "places with lost print not read again": Step({"intake.pipeline._holes": _giving([])}),
    "lines behind silent captions not read again": Step({"intake.pipeline._silent": _giving([])}),
    "crowded lines not cut apart": Step({"intake.recognition.rapid.parted": lambda quads, _options: quads}),
    "no second thoughts of the reader": Step({"intake.extraction.extract.reconsidered": _giving(None)}),
    "no places without captions": Step({"intake.extraction.locate.orphans": _giving(())}),
    "numbers not read strip by strip": Step({"intake.pipeline._bands": _giving([])}),
    "doubtful fields not read by Tesseract": Step(NO_LOOKS),
    "no codes": Step({"intake.pipeline.read_codes": _giving(())}),
    "Tesseract alone (`never`)": Step(policy="never"),
    "RapidOCR alone": Step({**NO_LOOKS, **NO_TURN}),
}
"""Every run, by the name of its row."""

_here: dict[str, Readers] = {}


def main() -> None:
    """Run the steps on each corpus and print its table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ablation", description="What each step is worth.")
    parser.add_argument("corpus", nargs="+", type=Path, help="folders with truth.jsonl")
    parser.add_argument("--half", type=Half, default=Half.ALL, help="files 0, 2, 4 … or 1, 3, 5 …")
    parser.add_argument("--files", type=int, default=0, help="at most so many, spread evenly; 0: all")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--steps", nargs="*", metavar="STEP", help="rows whose names hold one of these; without: all")
    order = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    for corpus in order.corpus:
        known = drawn(order.half.of(truths(corpus)), order.files)
        say(f"\n{corpus.name}, {order.half}: {len(known)} files\n\n{HEAD}")
        for name in asked(order.steps or ()):
            say(row(name, *without(name, corpus, known, order.jobs)))


HEAD = """\
| | exact match, scope apart | CER of long texts | coverage at 99 % | ECE | silent errors | CPU s per page |
|---|---|---|---|---|---|---|"""


def asked(parts: Sequence[str]) -> list[str]:
    """The rows whose names hold one of these words, the whole first; every row without such words."""
    return [name for name in STEPS if not parts or name == "all steps" or any(part in name for part in parts)]


def say(text: str) -> None:
    """A line as soon as it is known: a run takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def drawn(truths: Sequence[FileTruth], most: int) -> Sequence[FileTruth]:
    """At most ``most`` files (0: all), spread evenly."""
    if not 0 < most < len(truths):
        return truths
    return [truths[index * len(truths) // most] for index in range(most)]


def without(name: str, corpus: Path, truths: Sequence[FileTruth], jobs: int) -> tuple[Evaluation, float]:
    """The figures of the run of that name in :data:`STEPS`, and its processor seconds."""
    before = spent()
    with ProcessPoolExecutor(jobs, initializer=_leave_out, initargs=(name,)) as pool:
        outcomes = list(pool.map(partial(_read, corpus), [truth.file for truth in truths]))
    return measured(truths, outcomes), spent() - before


def row(name: str, figures: Evaluation, processor: float) -> str:
    """One run as a row of the table."""
    silent = f"{figures.silent_errors} of {figures.total.scored}"
    shares = (figures.short.exact, figures.character_error_rate, figures.coverage, figures.calibration_error)
    told = [name, *(f"{share:.1%}" for share in shares), silent, f"{processor / max(figures.pages, 1):.2f}"]
    return f"| {' | '.join(told)} |"


def _leave_out(name: str) -> None:
    """In a process of the run: put the stand-ins in place and make the readers."""
    for target, stand_in in STEPS[name].instead.items():
        mock.patch(target, stand_in).start()
    _here["readers"] = Readers(STEPS[name].policy)


def _read(corpus: Path, file: str) -> Outcome:
    path = corpus / file
    try:
        reading = read_file(path, kind_of(path), readers=_here["readers"], today=datetime.now(UTC).date())
    except IntakeError:
        return Outcome(file, None)
    return Outcome(file, reading)


if __name__ == "__main__":
    main()
