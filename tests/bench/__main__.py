"""``make bench``: the service and its peers read the same pages in one run, turn about, on the same two cores.

The machine may be shared and noisy, so that only figures of one run may be compared: every round runs all contestants,
every other round in the opposite order; what is quoted is the median, and ratios are taken within a round. Processor
seconds count all child processes. Peers give text; the service gives fields.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.bench.contestants import (
    Lap,
    ocrmypdf,
    ocrmypdf_found,
    rapidocr,
    service,
    side_by_side,
    tesseract,
    total,
)
from tests.bench.corpus import Flatbed, chosen, clean, flatbed

SAMPLES = Path(__file__).resolve().parents[2] / "sample_docs"
DEFAULT, FIRST = "Intake, `doubtful` (default)", "Intake, `never`"
RAPID, PLAIN = "RapidOCR, whole pages", "Tesseract `image_to_data`, whole pages"
CLEAN, OCRMYPDF = "Intake, `doubtful`, clean flatbed pages", "OCRmyPDF, text only, the same pages"
BESIDE = ((DEFAULT, RAPID), (FIRST, PLAIN), (CLEAN, OCRMYPDF))
"""Which of ours is measured against which peer."""

Contestants = Mapping[str, Callable[[], Lap]]


def contestants(files: Sequence[Path], scans: Flatbed | None) -> Contestants:
    """What runs, by name. OCRmyPDF only where it is installed and there are pages for it."""
    runs: dict[str, Callable[[], Lap]] = {
        DEFAULT: partial(side_by_side, partial(service, policy="doubtful"), files),
        RAPID: partial(side_by_side, rapidocr, files),
        FIRST: partial(side_by_side, partial(service, policy="never"), files),
        PLAIN: partial(side_by_side, tesseract, files),
    }
    executable = ocrmypdf_found()
    if scans and executable:
        runs[CLEAN] = partial(side_by_side, partial(service, policy="doubtful"), scans.files)
        runs[OCRMYPDF] = partial(ocrmypdf, executable, scans.stack, scans.pages)
    else:
        sys.stderr.write(f"without OCRmyPDF: {'it is not installed' if scans else 'no clean flatbed pages'}\n")
    return runs


def laps(runs: Contestants, rounds: int) -> dict[str, list[Lap]]:
    """Every contestant's laps, one per round."""
    found: dict[str, list[Lap]] = {name: [] for name in runs}
    for number in range(rounds):
        for name in list(runs) if number % 2 == 0 else list(reversed(runs)):
            found[name].append(runs[name]())
            sys.stderr.write(f"round {number + 1}: {name}: {found[name][-1].pages_per_minute:.1f} pages/min\n")
    return found


def report(found: Mapping[str, Sequence[Lap]]) -> str:
    """The figures as Markdown."""
    lines = [
        "| | pages | pages/min (median; least to most) | CPU s per page | times its peer |",
        "|---|---|---|---|---|",
    ]
    peers = {ours: peer for ours, peer in BESIDE if peer in found}
    for name, runs in found.items():
        speeds = [one.pages_per_minute for one in runs]
        speed = f"{statistics.median(speeds):.1f} ({min(speeds):.1f} to {max(speeds):.1f})"
        processor = statistics.median(one.processor_per_page for one in runs)
        ratio = times(runs, found[peers[name]]) if name in peers else ""
        lines.append(f"| {name} | {runs[0].done.pages} | {speed} | {processor:.2f} | {ratio} |")
    return "\n".join([*lines, "", *(stages(name, found[name]) for name in (DEFAULT, FIRST) if name in found)])


def times(ours: Sequence[Lap], peer: Sequence[Lap]) -> str:
    """How many times as fast as the peer we are, by wall clock and by processor seconds: medians over the rounds."""
    pairs = list(zip(ours, peer, strict=True))
    wall = statistics.median(one.pages_per_minute / other.pages_per_minute for one, other in pairs)
    processor = statistics.median(other.processor_per_page / one.processor_per_page for one, other in pairs)
    return f"{wall:.2f} × wall clock, {processor:.2f} × CPU"


def stages(name: str, runs: Sequence[Lap]) -> str:
    """The share of each stage in the service's time, over all rounds."""
    spent = total(one.done for one in runs).stages
    every = sum(spent.values())
    shares = ", ".join(f"{stage} {seconds / every:.0%}" for stage, seconds in spent.items())
    return f"Share of time, {name}: {shares}"


def main() -> None:
    """Draw the pages, run the rounds, print the table."""
    parser = argparse.ArgumentParser(prog="make bench", description="The service beside its peers.")
    parser.add_argument("corpus", nargs="?", type=Path, default=SAMPLES, help="a folder; with truth.jsonl for OCRmyPDF")
    parser.add_argument("--pages", type=int, default=24, help="at most so many, half as many for OCRmyPDF")
    parser.add_argument("--rounds", type=int, default=3)
    order = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        files = chosen((path for path in order.corpus.rglob("*") if path.is_file()), order.pages)
        scans = flatbed(chosen(clean(order.corpus), order.pages // 2), Path(folder))
        runs = contestants(files, scans)
        print(report(laps(runs, order.rounds)))  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
