"""``make bench``: the service and plain Tesseract read the same sample pages in one run, turn about.

The machine may be shared and noisy, so that only figures of one run may be compared. Both sides use two processes with
one thread each. Plain Tesseract is ``image_to_data`` on whole pages (``chi_sim+eng``) and finds no fields.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytesseract
from PIL import Image
from rich.console import Console
from rich.table import Table

from intake import media
from intake.imaging.decode import decode
from intake.options import Options, ReaderPolicy
from intake.pipeline import Readers, read_file

SAMPLES = Path(__file__).resolve().parents[2] / "sample_docs" / "cases"
PROCESSES = 2
ROUNDS = 3


def plain(path: Path) -> int:
    """Read the pages of a file by Tesseract alone, as it comes; gives the number of pages."""
    count = 0
    for page in decode(path, kind_of(path), Options().limits):
        pytesseract.image_to_data(Image.fromarray(page.pixels), lang="chi_sim+eng", timeout=300)
        count += 1
    return count


def service(path: Path, policy: ReaderPolicy) -> int:
    """Read a file by the service, fields and all; gives the number of pages."""
    with Readers(policy) as readers:
        return len(read_file(path, kind_of(path), readers=readers, today=datetime.now(UTC).date()).pages)


def first_reader(path: Path) -> int:
    """Read a file by the service without the second reader."""
    return service(path, "never")


def both_readers(path: Path) -> int:
    """Read a file by the service with its default policy."""
    return service(path, "doubtful")


def kind_of(path: Path) -> str:
    """The media type of a sample."""
    with path.open("rb") as file:
        return media.identify(file.read(65536)).name


def pages_per_minute(read: Callable[[Path], int], files: list[Path]) -> float:
    """How fast two processes get through ``files``."""
    started = time.monotonic()
    with ProcessPoolExecutor(PROCESSES) as pool:
        pages = sum(pool.map(read, files))
    return pages / (time.monotonic() - started) * 60


def main() -> None:
    """Run the contestants turn about and print minimum, median and maximum."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
    contestants = {"plain Tesseract, no fields": plain, "never": first_reader, "doubtful (default)": both_readers}
    figures: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(ROUNDS):
        for name, read in contestants.items():
            figures[name].append(pages_per_minute(read, files))
            sys.stderr.write(f"round {number + 1}: {name}: {figures[name][-1]:.1f} pages/min\n")
    table = Table("reader", "min", "median", "max", title="pages per minute, 2 processes, the project's sample papers")
    for name, values in figures.items():
        table.add_row(name, *(f"{value:.1f}" for value in (min(values), statistics.median(values), max(values))))
    Console().print(table)


if __name__ == "__main__":
    main()
