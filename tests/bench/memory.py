"""How much memory reading takes: the peak of the process that reads, as the kernel counts it, per file.

``python -m tests.bench.memory FILE …`` reads the files one after the other in one process, as a worker's child does,
pictures for the portal included. ``--heavy`` puts three files at the limits before them, made of the first one's first
page: a photo of 48 megapixels, an A3 sheet at 400 dpi, and a PDF of 20 pages of A4 at 300 dpi.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from intake.imaging import encode
from intake.imaging.decode import decode
from intake.media import identify
from intake.options import DecodeLimits
from intake.pipeline import Readers, read_file
from intake.types import Page

HEAD = 65536
"""Bytes by which a file is known."""

PHOTO, A3, A4 = (8000, 6000), (6614, 4677), (2480, 3508)
"""Width and height in pixels."""

SHEETS = 20


def peak() -> float:
    """The largest memory that this process has held since :func:`forget`, in megabytes (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (told,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(told) / 1024


def forget() -> None:
    """Begin the count anew (``man 5 proc``, ``clear_refs``)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def heavy(source: Path, folder: Path) -> list[Path]:
    """Files at the limits, made of the first page of ``source``; written into ``folder``."""
    first = next(decode(source, media(source), DecodeLimits()))
    page = Image.fromarray(first.pixels)
    photo, wide, book = folder / "photo.jpg", folder / "a3.jpg", folder / "book.pdf"
    desk = Image.effect_noise(PHOTO, 30).convert("RGB")
    desk.paste(page.resize((4000, 5600)), (2000, 200))
    desk.save(photo, quality=90)
    Image.fromarray(np.hstack([first.pixels, first.pixels])).resize(A3).save(wide, dpi=(400, 400))
    sheet = page.resize(A4)
    sheet.save(book, save_all=True, append_images=[sheet] * (SHEETS - 1), resolution=300)
    return [photo, wide, book]


def media(path: Path) -> str:
    """The media type of a file by its first bytes."""
    with path.open("rb") as stream:
        return identify(stream.read(HEAD)).name


def measure(path: Path, readers: Readers) -> tuple[float, int]:
    """Read a file and forget it; the peak in megabytes, and its pages."""
    forget()
    reading = read_file(path, media(path), readers=readers, today=datetime.now(UTC).date(), keep_page=_pictures)
    return peak(), len(reading.pages)


def _pictures(page: Page) -> None:
    encode.jpeg(page)
    encode.thumbnail(page)


def main(arguments: Sequence[str]) -> None:
    """Print a line per file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--heavy", action="store_true")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder, Readers("doubtful") as readers:
        files = (heavy(asked.files[0], Path(folder)) if asked.heavy else []) + asked.files
        for path in files:
            most, pages = measure(path, readers)
            sys.stdout.write(f"{most:6.0f} MB  {pages:3d} pages  {path.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
