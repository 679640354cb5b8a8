"""The first reader: Tesseract 5, run through pytesseract, one process per page or per list of crops.

Pictures are handed over as PGM files in a private temporary folder (PNG takes longer to pack than some pages take to
read); a *list file* of crops makes one process read them all, since starting it takes longer than reading a crop.
The exit status is not trusted alone: the output must hold every picture that was asked for. Standard error is
never kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from intake.errors import EngineCrashedError, EngineOutputError, EngineTimeoutError, MissingExecutableError
from intake.options import RecognitionOptions
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.recognition.layout import join, order_lines
from intake.types import PageText, PixelBox, RectifiedPage, Word

DPI = 300
"""Pictures carry no resolution; without one Tesseract guesses, and guesses wrongly on cards."""

SINGLE_LINE, BLOCK = 7, 6
"""Tesseract's page segmentation modes (``--psm``)."""

WHITE = 255

INK_PER_ROW = 2
"""Dark pixels from which a row of a crop counts as part of its line; a single one is a speck."""

_PASSED = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
"""What Tesseract is told of our environment: where programs, libraries and languages lie."""

WORD_LEVEL = "5"
TSV_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A word of Tesseract's table: which picture of the list (from 0), and the word in pixels of that picture."""

    picture: int
    word: Word


class Tesseract:
    """Reads with the Tesseract of the system. Holds no process between calls; safe to make many of."""

    name = "tesseract"

    def __init__(self, options: RecognitionOptions | None = None) -> None:
        """Keep the numbers; nothing is started yet."""
        self.options = options or RecognitionOptions()

    def read_page(self, page: RectifiedPage) -> PageText:
        """Every word of the page's ``ink``; boxes in pixels of the flat page.

        Raises :class:`EngineTimeoutError`, :class:`EngineCrashedError`, :class:`EngineOutputError`, and
        :class:`MissingExecutableError` where Tesseract is not installed.
        """
        options = self.options
        arguments = f"--psm {options.page_segmentation}"
        found = run([page.ink], options.page_language, arguments, options.page_seconds)
        return PageText(page.geometry, order_lines(item.word for item in found), self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The text of each crop: one process per language, alphabet and form; raises as :meth:`read_page`."""
        texts = [CropText("", 0.0)] * len(crops)
        order = sorted(range(len(crops)), key=lambda index: _group(crops[index]))
        for (language, alphabet, single), indexes in groupby(order, key=lambda index: _group(crops[index])):
            members = list(indexes)
            pictures = [self._prepared(crops[index]) for index in members]
            arguments = f"--psm {SINGLE_LINE if single else BLOCK}" + _whitelist(alphabet)
            found = run(pictures, language, arguments, self.options.crop_seconds)
            for index, text in zip(members, _texts(found, len(members)), strict=True):
                texts[index] = text
        return texts

    def upright(self, ink: NDArray[np.uint8]) -> int:
        """How many quarter turns counter-clockwise (0 to 3) bring the text of ``ink`` upright."""
        from intake.recognition.orientation import quarter_turns  # noqa: PLC0415 - it reads with this module

        return quarter_turns(ink, self.options)

    def close(self) -> None:
        """Nothing is held open."""

    def _prepared(self, crop: CropRequest) -> NDArray[np.uint8]:
        """Grey, a single line at the height that is read best, with a margin of paper."""
        grey = to_grey(crop.pixels)
        if not grey.size:
            grey = np.full((1, 1), WHITE, np.uint8)
        elif crop.single_line:
            grey = self._line(grey)
        return np.asarray(np.pad(grey, self.options.crop_margin, constant_values=_paper(grey)), np.uint8)

    def _line(self, grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The rows that hold ink, scaled to one height: white above and below would make the print too small."""
        threshold, _ = cv2.threshold(grey, 0, WHITE, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        rows = np.flatnonzero((grey <= threshold).sum(axis=1) >= INK_PER_ROW)
        if rows.size:
            grey = grey[rows[0] : rows[-1] + 1]
        scale = min(self.options.crop_height / grey.shape[0], self.options.crop_enlargement)
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        return np.asarray(
            cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8
        )


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """``(height, width)`` grey out of RGB or grey pixels."""
    if pixels.ndim == 2:  # noqa: PLR2004 - two axes are a grey picture
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def run(pictures: Sequence[NDArray[np.uint8]], language: str, arguments: str, seconds: float) -> list[Found]:
    """One Tesseract process over ``pictures`` (grey); the words of all of them in Tesseract's order.

    ``arguments`` are further command-line arguments, already quoted. Raises as :meth:`Tesseract.read_page`.
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


def _texts(found: Iterable[Found], pictures: int) -> Iterator[CropText]:
    words: list[list[Word]] = [[] for _ in range(pictures)]
    for item in found:
        words[item.picture].append(item.word)
    for run_of_words in words:
        yield _text(run_of_words)


def _text(words: Sequence[Word]) -> CropText:
    """Words of one crop, in Tesseract's order → its text, each character with its word's confidence."""
    confidences = [word.confidence for word in words for _ in word.text]
    text = join(word.text for word in words)
    shared = iter(confidences)
    previous = 0.0
    characters = []
    for character in text:
        previous = previous if character == " " else next(shared)
        characters.append((character, previous))
    return crop_text(characters)


def _group(crop: CropRequest) -> tuple[str, str, bool]:
    return (crop.language, crop.alphabet or "", crop.single_line)


def _whitelist(alphabet: str) -> str:
    if not alphabet:
        return ""
    quoted = "".join(
        f"\\{character}" if character in "\\\"'" or character.isspace() else character for character in alphabet
    )
    return f" -c tessedit_char_whitelist={quoted}"


def _paper(grey: NDArray[np.uint8]) -> int:
    """The brightness of the crop's paper: its 90th percentile."""
    return int(np.percentile(grey, 90))
