"""Running Tesseract through pytesseract: pictures in, the words of its table out. One process per list of pictures.

Pictures are handed over as PGM files in a private temporary folder (PNG takes longer to pack than some pages take to
read); a *list file* makes one process read them all, since starting it takes longer than reading a crop. The exit
status is not trusted alone: the output must hold every picture that was asked for. Standard error is never kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytesseract
from numpy.typing import NDArray

from intake.errors import EngineCrashedError, EngineOutputError, EngineTimeoutError, MissingExecutableError
from intake.types import PixelBox, Word

DPI = 300
"""Pictures carry no resolution; without one Tesseract guesses, and guesses wrongly on cards."""

SINGLE_LINE, BLOCK, RAW_LINE = 7, 6, 13
"""Tesseract's page segmentation modes (``--psm``)."""

_PASSED = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
"""What Tesseract is told of our environment: where programs, libraries and languages lie."""

WORD_LEVEL = "5"
TSV_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A word of Tesseract's table: which picture of the list (from 0), and the word in pixels of that picture."""

    picture: int
    word: Word


def run(pictures: Sequence[NDArray[np.uint8]], language: str, arguments: str, seconds: float) -> list[Found]:
    """One Tesseract process over ``pictures`` (grey); the words of all of them in Tesseract's order.

    ``arguments`` are further command-line arguments, already quoted. Raises :class:`EngineTimeoutError`,
    :class:`EngineCrashedError`, :class:`EngineOutputError`, and :class:`MissingExecutableError` where Tesseract is not
    installed.
    """
    if not pictures:
        return []
    with TemporaryDirectory(prefix="intake-") as folder:
        listed = write_list(pictures, Path(folder))
        table = call(listed, "tsv", language, f"-c tessedit_create_tsv=1 --dpi {DPI} {arguments}", seconds)
    return list(_parse(table, len(pictures)))


def write_list(pictures: Iterable[NDArray[np.uint8]], folder: Path) -> Path:
    """Write pictures as PGM into ``folder``; the list file that names them."""
    paths = [folder / f"{index}.pgm" for index, _ in enumerate(pictures)]
    for path, picture in zip(paths, pictures, strict=True):
        height, width = picture.shape
        path.write_bytes(f"P5 {width} {height} 255\n".encode() + picture.tobytes())
    listed = folder / "pictures.txt"
    listed.write_text("".join(f"{path}\n" for path in paths), "utf-8")
    return listed


def call(path: Path, extension: str, language: str, arguments: str, seconds: float) -> str:
    """Run Tesseract on a picture or list file and give its output file's text; one thread, never without a timeout."""
    pytesseract.pytesseract.environ = _environment()  # it would hand on ours, with the database's password in it
    try:
        output = pytesseract.pytesseract.run_and_get_output(str(path), extension, language, arguments, timeout=seconds)
    except pytesseract.TesseractNotFoundError as error:
        raise MissingExecutableError(name="tesseract", package="tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        # Not chained: the library's exception holds Tesseract's standard error.
        raise EngineCrashedError(tool="tesseract", status=error.status) from None
    except FileNotFoundError:
        raise EngineOutputError(tool="tesseract") from None
    except RuntimeError:
        raise EngineTimeoutError(tool="tesseract", seconds=seconds) from None
    return str(output)


def _environment() -> dict[str, str]:
    """What Tesseract needs to run, none of our secrets; several threads per process only slow each other down."""
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return passed | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def _parse(table: str, pictures: int) -> Iterator[Found]:
    """Tesseract's TSV → words; raises :class:`EngineOutputError` where not every picture is spoken of."""
    seen = set()
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != TSV_COLUMNS:
            raise EngineOutputError(tool="tesseract")
        picture = int(cells[1]) - 1
        seen.add(picture)
        if cells[0] == WORD_LEVEL and cells[11].strip():
            yield Found(picture, _word(cells))
    if len(seen) != pictures:
        raise EngineOutputError(tool="tesseract")


def _word(cells: Sequence[str]) -> Word:
    x, y, width, height = (int(cell) for cell in cells[6:10])
    confidence = min(1.0, max(0.0, float(cells[10]) / 100))
    return Word(cells[11].strip(), confidence, PixelBox(x, y, width, height))
