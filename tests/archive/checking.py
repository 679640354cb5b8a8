"""What acceptance costs: measuring a page when it is read, and holding 100,000 pages to the rules.

``python -m tests.archive.checking``: processor time, on the sample papers and on made-up pages.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from intake.archive import checks
from intake.archive.checks import FileLine, FolderLine, Lines, PageLine
from intake.imaging.decode import decode
from intake.imaging.measures import measured
from intake.options import Options
from intake.pictures import PageMeasures

SAMPLES = Path(__file__).resolve().parents[2] / "sample_docs" / "cases"
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".pdf": "application/pdf"}
PAGES, FOLDER = 100_000, 200
GOOD = PageMeasures(2480, 3508, 300.0, 300.0, "colour", red=True, ring=False, look="0" * 16)


def measuring() -> tuple[int, float]:
    """How many sample pages were measured, and the seconds of processor time for each."""
    options, spent, pages = Options(), 0.0, 0
    for path in sorted(SAMPLES.rglob("*.*")):
        for page in decode(path, TYPES[path.suffix], options.limits) if path.suffix in TYPES else ():
            begun = time.process_time()
            measured(page, options.imaging)
            spent, pages = spent + time.process_time() - begun, pages + 1
    return pages, spent / pages


def checking() -> float:
    """Seconds of processor time for all rules over a batch of :data:`PAGES` pages that look and read unlike."""
    dice = random.Random(1)  # noqa: S311 - made-up hashes
    pages = [_page(number, dice) for number in range(PAGES)]
    folders = [FolderLine(f"f{number}", f"J{number}", FOLDER) for number in range(PAGES // FOLDER)]
    files = [FileLine(page.file, page.folder, whole=True) for page in pages]
    begun = time.process_time()
    checks.check(Lines(folders, files, pages))
    return time.process_time() - begun


def _page(number: int, dice: random.Random) -> PageLine:
    look, said = f"{dice.getrandbits(64):016x}", f"{dice.getrandbits(64):016x}"
    place = number % FOLDER
    measures = replace(GOOD, look=look, said=said)
    return PageLine(f"p{number}", f"f{number // FOLDER}", place + 1, "filed", place // 3 + 1, f"s{number}", measures)


if __name__ == "__main__":
    count, each = measuring()
    sys.stdout.write(f"measured {count} pages, {each * 1000:.0f} ms each; checked {PAGES} in {checking():.1f} s\n")
