"""An archive's speed on one machine: ``intake archive run`` on a mixed batch, beside OCRmyPDF on the same pages.

    python -m tests.bench.archive FOLDER … --pages 1000 [--workers 1 2] [--scaling-pages 300]

The batch is made of the files of the folders, taken in turn until it holds so many pages, each copy with bytes of its
own (equal ones would be read once). One line per run: pages per minute, how busy the two cores were (processor seconds
of the whole tree of processes over two cores' wall clock), the tree's memory at its peak (proportional set size, which
counts shared pages once). OCRmyPDF makes nothing but text of the same files, each once, as the batch holds all of them
equally often. The step from one worker to the next number is taken on a batch of ``--scaling-pages``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from tests.bench.contestants import Lap, ocrmypdf, ocrmypdf_found, pages, spent
from tests.bench.corpus import chosen, flatbed

ROOT = Path(__file__).resolve().parents[2]
CORES = 2
PER_FOLDER = 20
"""Files of one folder of the batch; ten folders make a box."""
_KINDS = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """One run: pages, seconds of wall clock and of processors, megabytes of the whole tree, how its batch ended."""

    workers: int
    pages: int
    wall: float
    processor: float
    megabytes: float
    ended: str

    @property
    def pages_per_minute(self) -> float:
        """Pages per minute of wall clock."""
        return self.pages / self.wall * 60

    @property
    def busy(self) -> float:
        """The share of two cores' time that was used."""
        return self.processor / (CORES * self.wall)


def batch(sources: Sequence[Path], root: Path, most: int) -> int:
    """Write a folder tree of at least ``most`` pages under ``root``; gives how many it holds."""
    held = {path: sum(1 for _ in pages(path)) for path in sources}
    total = 0
    for number, path in zip(count(), cycle(sources)):
        if total >= most:
            break
        folder = root / f"box {number // (10 * PER_FOLDER) + 1}" / f"folder {number // PER_FOLDER + 1:03}"
        folder.mkdir(parents=True, exist_ok=True)
        # Readers of all these formats stop before what follows the end of the picture or of the PDF.
        (folder / f"{number:05}{path.suffix}").write_bytes(path.read_bytes() + f"\n%{number}\n".encode())
        total += held[path]
    return total


def run(tree: Path, workers: int, most: int) -> Run:
    """Take the tree in with so many workers, in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as data:
        environment = os.environ | {"INTAKE_DATA_DIR": data}
        words = [sys.executable, "-m", "web.cli", "archive", "run", str(tree), "--boundaries", "files", "--json"]
        before, started = spent(), time.monotonic()
        process = subprocess.Popen(
            [*words, "--workers", str(workers)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        peak = _Peak(process.pid)
        told = [json.loads(line) for line in process.communicate()[0].splitlines()]
        wall = time.monotonic() - started
        return Run(workers, most, wall, spent() - before, peak.stop(), str(told[-1]["event"]))


class _Peak:
    """The most memory that a tree of processes held, looked at twice a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._over, self._most = pid, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._most = max(self._most, sum(map(_megabytes, _tree(self._pid))))


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it; one that has begun no program of its own lives in its parent's memory still."""
    yield pid
    try:
        called = Path(f"/proc/{pid}/cmdline").read_bytes()
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                if Path(f"/proc/{child}/cmdline").read_bytes() != called:
                    yield from _tree(int(child))
    except OSError:  # it has ended
        return


def _megabytes(pid: int) -> float:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:  # it has ended
        return 0.0
    return int(found.group(1)) / 1024 if found else 0.0


def report(runs: Sequence[Run], scaled: Sequence[Run], peer: Lap | None) -> str:
    """The figures as Markdown; ``scaled`` are the runs over one batch with one worker and with more."""
    lines = ["| | pages | pages/min | cores busy | memory of the tree, MB |", "|---|---|---|---|---|"]
    for one in (*runs, *scaled):
        name = f"`intake archive run`, {one.workers} worker{'s' if one.workers > 1 else ''} ({one.ended})"
        lines.append(f"| {name} | {one.pages} | {one.pages_per_minute:.1f} | {one.busy:.0%} | {one.megabytes:.0f} |")
    if peer is not None:
        lines.append(f"| OCRmyPDF, text only | {peer.done.pages} | {peer.pages_per_minute:.1f} | | |")
        lines.append(f"\nTimes OCRmyPDF: {max(one.pages_per_minute for one in runs) / peer.pages_per_minute:.2f}")
    if len(scaled) > 1:
        lines.append(
            f"\nFrom {scaled[0].workers} to {scaled[-1].workers} workers: {scaled[0].wall / scaled[-1].wall:.2f} x"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Make the batches, run them, and run the peer on the same pages."""
    parser = argparse.ArgumentParser(description="How fast an archive is taken in.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="*", default=[], help="numbers of workers to compare")
    parser.add_argument("--scaling-pages", type=int, default=200)
    asked = parser.parse_args(arguments)
    found = [path for folder in asked.folders for path in sorted(folder.rglob("*")) if path.suffix.lower() in _KINDS]
    sources = chosen(found, asked.pages)
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as name:
        root = Path(name)
        scans = flatbed(sources, root) if (executable := ocrmypdf_found()) else None
        peer = ocrmypdf(executable, scans.stack, scans.pages) if executable and scans else None
        runs = [run(root / "tree", CORES, batch(sources, root / "tree", asked.pages))]
        few = batch(chosen(sources, asked.scaling_pages), root / "few", asked.scaling_pages) if asked.workers else 0
        scaled = [run(root / "few", workers, few) for workers in asked.workers]
        sys.stdout.write(report(runs, scaled, peer) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
