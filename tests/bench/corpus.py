"""The files that ``make bench`` reads: a modest, fixed choice out of a folder, and its clean flatbed pages as PDF."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

from intake.errors import InputError
from tests.bench.contestants import pages

FLATBED = {"clean300", "gray200"}
"""Profiles in ``truth.jsonl`` whose pages a flatbed scanner made and nothing spoiled."""


@dataclass(frozen=True, slots=True)
class Flatbed:
    """Pages as one PDF for each file (for the service) and all of them in one (for OCRmyPDF)."""

    files: tuple[Path, ...]
    stack: Path
    pages: int


def chosen(files: Iterable[Path], most: int) -> list[Path]:
    """Some of ``files``, drawn in a fixed order until they hold ``most`` pages; what cannot be read is left out.

    Those with the most pages come first, so that no process waits for another that began a long one late.
    """
    shuffled = sorted(files)
    random.Random(0).shuffle(shuffled)  # noqa: S311 - repeatable on purpose
    drawn: dict[Path, int] = {}
    for path in shuffled:
        room = most - sum(drawn.values())
        if not room:
            break
        held = _count(path)
        if 0 < held <= room:
            drawn[path] = held
    return sorted(drawn, key=lambda path: -drawn[path])


def clean(corpus: Path) -> list[Path]:
    """The clean flatbed scans of a corpus, by the profiles in its ``truth.jsonl``; none where it has no such file."""
    truth = corpus / "truth.jsonl"
    lines = [json.loads(line) for line in truth.read_text("utf-8").splitlines()] if truth.is_file() else []
    return [corpus / line["file"] for line in lines if line.get("profile") in FLATBED]


def flatbed(files: Sequence[Path], folder: Path) -> Flatbed | None:
    """The pages of ``files`` as PDF, written into ``folder``; ``None`` where there is no file.

    Both contestants get the same pixels: pages as decoded, kept as JPEG of high quality, at 300 dpi.
    """
    single = tuple(
        _pdf([Image.fromarray(page.pixels) for page in pages(path)], folder / f"{number}.pdf")
        for number, path in enumerate(files)
    )
    if not single:
        return None
    stack = folder / "stack.pdf"
    with pikepdf.new() as whole:
        for path in single:
            with pikepdf.open(path) as one:
                whole.pages.extend(one.pages)
        count = len(whole.pages)
        whole.save(stack)
    return Flatbed(single, stack, count)


def _pdf(pictures: Sequence[Image.Image], path: Path) -> Path:
    first, *rest = pictures
    first.save(path, "PDF", resolution=300, quality=92, save_all=True, append_images=rest)
    return path


def _count(path: Path) -> int:
    try:
        return sum(1 for _ in pages(path))
    except InputError:
        return 0
