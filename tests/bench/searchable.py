"""How large a searchable PDF/A is beside its pictures, where its words lie, and how they are copied.

    python -m tests.bench.searchable                 # the samples whose words were recorded: no engine runs
    python -m tests.bench.searchable FILE …          # other files, read first

Sizes against the pictures as they lie in the PDF, and against the files that they came from. A character is on its word
where half of the smaller of both boxes lies in the other, as PDFium tells them. A run is what is printed with no gap
wider than two heights; it is whole where it is copied without a space or a break.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from intake.archive.conformance import faults
from intake.archive.placing import lines
from intake.archive.searchable import PdfInfo, PdfPage, page_size, pdfa, turns_of
from intake.imaging.decode import scans
from intake.media import identify
from intake.options import DecodeLimits
from intake.pipeline import Readers, read_file
from intake.types import PageText
from intake.wire import load
from models.kept_words import whole
from tests.intake.archive.papers import RECORDED, boxes, hull, overlap, placed, said

SAMPLES = RECORDED.parents[1] / "sample_docs"
INFO = PdfInfo("bench", datetime(2026, 11, 22, tzinfo=UTC))
HEAD = 65_536
NEAR = 2.0


@dataclass
class Sums:
    """What was counted."""

    pages: int = 0
    kept: int = 0
    pictures: int = 0
    sources: int = 0
    written: int = 0
    faulty: int = 0
    largest: float = 0.0
    characters: int = 0
    placed: int = 0
    runs: int = 0
    pdfium: int = 0
    poppler: int = 0
    seconds: float = 0.0


def count(path: Path, texts: Sequence[PageText], sums: Sums) -> None:
    """Count one file."""
    data = path.read_bytes()
    taken = list(scans(path, identify(data[:HEAD]).name, DecodeLimits()))
    words = [whole(text for text in texts if text.geometry.page_index == at) for at in range(len(taken))]
    pages = [PdfPage(scan, told, turns_of(told)) for scan, told in zip(taken, words, strict=True)]
    begun = time.perf_counter()
    body = pdfa(pages, INFO)
    sums.faulty += bool(faults(body))
    sums.seconds += time.perf_counter() - begun
    pictures = sum(len(scan.data) for scan in taken)
    sums.pages += len(pages)
    sums.kept += sum(scan.data in data for scan in taken)
    sums.pictures += pictures
    sums.sources += len(data)
    sums.written += len(body)
    sums.largest = max(sums.largest, len(body) / pictures)
    for number, page in enumerate(pages):
        count_words(pdfa([page], INFO), page, sums)
        expected = [run for run in runs(page) if len(run) > 1]
        copied, shown = said(body, number), poppler(body, number + 1)
        sums.runs += len(expected)
        sums.pdfium += sum(run in copied for run in expected)
        sums.poppler += sum(run in shown for run in expected)


def count_words(alone: bytes, page: PdfPage, sums: Sums) -> None:
    """The characters of a page that lie on a word that has them."""
    words = [(word, hull(place)) for text in page.texts for word, place in boxes(text)]
    for letter, box in placed(alone, page):
        sums.characters += 1
        sums.placed += max((overlap(box, place) for word, place in words if letter in word), default=0.0) >= 0.5


def runs(page: PdfPage) -> Iterator[str]:
    """What is printed without a wide gap, Chinese only: Latin words have their spaces."""
    for line in lines(page.texts, page_size(page), page.turns):
        run = ""
        for at, word in enumerate(line):
            run += word.text
            following = line[at + 1] if at + 1 < len(line) else None
            if following is None or word.distance(following) - word.length > NEAR * word.height:
                if not any(character.isascii() and character.isalpha() for character in run):
                    yield run.strip()
                run = ""


def poppler(body: bytes, page: int) -> str:
    """What poppler copies from a page."""
    words = ["pdftotext", "-f", str(page), "-l", str(page), "-", "-"]
    return subprocess.run(words, input=body, capture_output=True, check=True, timeout=60).stdout.decode()


def recorded() -> Iterator[tuple[Path, list[PageText]]]:
    """The samples with their recorded words."""
    for path in sorted(RECORDED.glob("*.json")):
        kept = json.loads(path.read_text("utf-8"))
        yield SAMPLES / kept["file"], [load(PageText, text) for text in kept["texts"]]


def read(paths: Sequence[str]) -> Iterator[tuple[Path, list[PageText]]]:
    """Other files, as the engines read them now."""
    with Readers() as readers:
        for path in map(Path, paths):
            media_type = identify(path.read_bytes()[:HEAD]).name
            yield path, list(read_file(path, media_type, readers=readers, today=date(2026, 11, 22)).texts)


def main(paths: Sequence[str]) -> None:
    """Count and print."""
    sums = Sums()
    for path, texts in read(paths) if paths else recorded():
        count(path, texts, sums)
    told = (
        ("pages; pictures to the byte", f"{sums.pages}; {sums.kept}"),
        ("PDF/A beside its pictures; the largest", f"{sums.written / sums.pictures:.3f}; {sums.largest:.3f}"),
        ("PDF/A beside the files they came from", f"{sums.written / sums.sources:.3f}"),
        ("files that break a rule", f"{sums.faulty}"),
        ("characters on their words", f"{sums.placed} of {sums.characters}"),
        ("runs copied whole: PDFium; poppler", f"{sums.pdfium} and {sums.poppler} of {sums.runs}"),
        ("milliseconds per page, check included", f"{1000 * sums.seconds / sums.pages:.0f}"),
    )
    for name, figure in told:
        print(f"{name:42} {figure}")  # noqa: T201 - a person reads it


if __name__ == "__main__":
    main(sys.argv[1:])
