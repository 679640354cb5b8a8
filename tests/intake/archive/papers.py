"""Pages with words for the tests of searchable PDF: drawn up here, or as the project's samples were read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np
import pypdfium2

from intake.archive.searchable import PdfInfo, PdfPage, page_size, pdfa
from intake.geometry import compose, quarter_turned, region, rotation, scan_box
from intake.imaging.frames import Scan
from intake.imaging.scans import drawn
from intake.types import FlatGeometry, Line, PageText, PixelBox, Pixels, Region, Word
from intake.wire import load

INFO = PdfInfo("J001-2020-D30-0017", datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
RECORDED = Path(__file__).parents[2] / "recorded"
WIDTH, HEIGHT = 620, 877  # A4 at 75 dpi


def paper(width: int = WIDTH, height: int = HEIGHT, colour: tuple[int, int, int] = (255, 255, 255)) -> Pixels:
    """An empty sheet."""
    return np.full((height, width, 3), colour, np.uint8)


def text(*lines: tuple[tuple[str, int, int, int, int], ...], width: int = WIDTH, height: int = HEIGHT) -> PageText:
    """The words of a flat page that is its scan, each with x, y, width and height."""
    flat = FlatGeometry(0, 0, width, height, width, height, (1, 0, 0, 0, 1, 0, 0, 0, 1))
    words = [tuple(Word(said, 0.9, PixelBox(*box)) for said, *box in line) for line in lines]
    return PageText(flat, tuple(Line(line) for line in words), "tesseract")


def recorded(name: str) -> PageText:
    """What the first reader read on the first page of a sample, where it is one sheet."""
    kept = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return load(PageText, kept["texts"][0])


def laid(text: PageText, degrees: float = 0.0, turns: int = 0) -> PageText:
    """The same words on a scan that lies askew by ``degrees``, and then has to be turned ``turns`` quarters."""
    flat = text.geometry
    width, height = flat.scan_width, flat.scan_height
    way = compose(rotation(degrees, (width / 2, height / 2)), flat.to_scan)
    if turns % 2:
        width, height = height, width
    way = compose(quarter_turned(turns, width, height), way)
    return replace(text, geometry=replace(flat, to_scan=way, scan_width=width, scan_height=height, quarter_turns=turns))


def sheet(text: PageText, turns: int = 0) -> PdfPage:
    """A page with these words whose picture is an empty scan, small but of the right shape."""
    flat = text.geometry
    scan = drawn(paper(flat.scan_width // 10, flat.scan_height // 10))
    return PdfPage(scan, (text,), turns)


def made(*pages: PdfPage) -> bytes:
    """The PDF/A of some pages."""
    return pdfa(pages, INFO)


def plain(scan: Scan) -> bytes:
    """The PDF/A of a picture without words."""
    return made(PdfPage(scan))


def said(data: bytes, page: int = 0) -> str:
    """What PDFium, the reader of Chrome, copies from a page."""
    with pypdfium2.PdfDocument(data) as document:
        copied: str = document[page].get_textpage().get_text_range()
    return copied


def placed(data: bytes, page: PdfPage) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each character that PDFium finds on the first page, with its box (left, top, right, bottom, in 0 to 1).

    The box is in fractions of the scan as stored, whatever way the page is drawn; made-up spaces are left out.
    """
    width, height = page_size(page)
    with pypdfium2.PdfDocument(data) as document:
        copied = document[0].get_textpage()
        return [
            (character, _stored((left / width, 1 - top / height, right / width, 1 - bottom / height), page.turns))
            for at in range(copied.count_chars())
            if (character := copied.get_text_range(at, 1)).strip()
            for left, bottom, right, top in [copied.get_charbox(at)]
        ]


def _stored(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """A box of the page as it is drawn on the scan as it is stored."""
    left, top, right, bottom = box
    for _ in range(turns % 4):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


def boxes(text: PageText) -> list[tuple[str, Region]]:
    """Each word with where it lies on the scan."""
    return [(word.text, region(text.geometry, word.box)) for line in text.lines for word in line.words]


def hull(place: Region, scale: int = 100_000) -> tuple[float, float, float, float]:
    """The upright hull of a region: left, top, right, bottom in 0 to 1."""
    x, y, width, height = scan_box(place, scale, scale)
    return x / scale, y / scale, (x + width) / scale, (y + height) / scale


def overlap(letter: tuple[float, ...], place: tuple[float, ...]) -> float:
    """The share that two boxes have in common, of the smaller one."""
    wide = min(letter[2], place[2]) - max(letter[0], place[0])
    high = min(letter[3], place[3]) - max(letter[1], place[1])
    smaller = min((one[2] - one[0]) * (one[3] - one[1]) for one in (letter, place))
    return max(wide, 0) * max(high, 0) / max(smaller, 1e-12)


def without_spaces(words: str) -> str:
    """The characters that are printed."""
    return "".join(words.split())


def in_lines(copied: str) -> list[str]:
    """The lines of what was copied, without empty ones."""
    return [line for _, group in groupby(copied.splitlines()) for line in group if line.strip()]
