"""Separator sheets to print: PDF, A4, two pages a sheet, one for each side.

A cover sheet says the same thing four times, so that a tear, a fold or a stain leaves one of them: two QR codes in
opposite corners (ISO/IEC 18004, level H: 30 % of a code may be lost), of which the second leaves the names of box and
folder out, so that its squares are large; bars between them (Code 128, ISO/IEC 15417); and the bars' text in large
letters. A patch sheet bears the bars of Kodak's Patch T
along all four edges (:mod:`intake.imaging.patch`), whichever way it is fed, and its word as QR and Code 128.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import numpy as np
import segno
import zxingcpp
from fpdf import FPDF
from fpdf.fonts import TTFFont
from PIL import ImageFont

from intake.archive import marks
from intake.archive.marks import Mark
from intake.errors import MissingFontError

FONTS: Final = ("wqy-zenhei.ttc", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc")
"""Fonts that hold Chinese, looked for by name where the system keeps its fonts; the first is among our packages."""

PATCH_T: Final = (1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 2.5)
"""Bars and spaces of Patch T from the leading edge on, in units of a narrow bar: narrow, wide, narrow, wide."""

PATCH_UNIT: Final = 2.032
"""Millimetres (0.08 inch) of a narrow bar or space; a wide bar has 0.20 inch, the whole 0.80 inch (Kodak A-61599)."""

_WIDTH, _HEIGHT = 210.0, 297.0  # millimetres, A4
_EDGE = 14.0  # that printers and feeders leave alone
_QR = 52.0  # side of a QR code without its quiet zone
_BAR_HEIGHT = 24.0
_BAR_WIDTH = 172.0  # at most
_BAR_MODULE = 0.6  # millimetres of the narrowest bar, at most
_BAR_LEAST = 0.42  # at least, where box and folder are said: 3 pixels at 200 dpi
_BAR_SHORT = 0.33  # at least, without them
_PATCH_LENGTH = 100.0  # of the bars; Kodak asks for 2.5 inches at least
_SIDES: Final = {"front": ("正面", "front"), "back": ("背面", "back")}


def covers(sheets: Sequence[Mark]) -> bytes:
    """Cover sheets for printing on both sides: each mark as its front and its back, in their order.

    Raises ``ValueError`` for a mark without a number, :class:`intake.errors.MissingFontError` without a font.
    """
    with _paper() as pdf:
        for mark in sheets:
            for side in ("front", "back"):
                pdf.add_page()
                _cover(pdf, replace(mark, side=side))
        return bytes(pdf.output())


def patches(count: int) -> bytes:
    """So many plain separators, printed on both sides; they have no number and can be used again."""
    with _paper() as pdf:
        for _ in range(2 * count):
            pdf.add_page()
            _patch(pdf)
        return bytes(pdf.output())


def run(batch: str, folders: Sequence[tuple[str, str]], *, first: int = 1) -> tuple[Mark, ...]:
    """Cover sheets for (box, folder) pairs, one each, numbered on from ``first``; each names the whole run.

    >>> [(mark.number, mark.run) for mark in run("B7", [("1", "1"), ("1", "2")], first=5)]
    [(5, (5, 6)), (6, (5, 6))]
    """
    whole = first, first + len(folders) - 1
    return tuple(
        Mark("cover", batch, box, folder, number, run=whole) for number, (box, folder) in enumerate(folders, first)
    )


def bars(text: str) -> list[int]:
    """Code 128 of a text as the widths of its bars and spaces in turn, in modules, from the first bar on."""
    picture = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1, add_quiet_zones=False)
    dark = np.asarray(picture)[0] < 128  # noqa: PLR2004 - half of 255: a drawn code is black and white
    changes = np.flatnonzero(np.diff(dark)) + 1
    return [int(width) for width in np.diff([0, *changes, len(dark)])]


def bar_text(mark: Mark) -> tuple[str, float] | None:
    """What a cover's bars say and how many millimetres a module has; ``None`` where there is no room."""
    for short, least in ((False, _BAR_LEAST), (True, _BAR_SHORT)):
        text = marks.write(mark, short=short)
        module = min(_BAR_MODULE, _BAR_WIDTH / sum(bars(text)))
        if module >= least:
            return text, module
    return None


@contextmanager
def _paper() -> Iterator[FPDF]:
    """An empty document; the files of its fonts, which the library leaves open, are closed with it."""
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it warns of tables that printing does not need
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title("Intake separator sheets")
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("sheet", fname=_font())
    pdf.set_fill_color(0)
    try:
        yield pdf
    finally:
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def _font() -> str:
    """The file of the first font that is installed; Pillow looks where the system keeps fonts."""
    for name in FONTS:
        try:
            return str(ImageFont.truetype(name).path)
        except OSError:
            continue
    raise MissingFontError(package="fonts-wqy-zenhei")


def _cover(pdf: FPDF, mark: Mark) -> None:
    text = marks.write(mark)
    far = _WIDTH - _EDGE - _QR
    _qr(pdf, text, far, _EDGE)
    _qr(pdf, marks.write(mark, short=True), _EDGE, _HEIGHT - _EDGE - _QR)
    _say(pdf, "INTAKE 分隔页", _EDGE, 30, 25, far - _EDGE - 6)
    _say(pdf, "SEPARATOR SHEET", _EDGE, 43, 22, far - _EDGE - 6)
    _say(pdf, f"{mark.number:04d}", _EDGE, 108, 130, 140)
    zh, en = _SIDES[mark.side]
    side = f"{zh} {en}" if mark.run is None else f"{zh} {en}    本套 Run  {mark.run[0]}-{mark.run[1]}"
    lines = (f"批次 Batch  {mark.batch}", f"盒 Box  {mark.box}", f"卷 Folder  {mark.folder}", side)
    for place, line in enumerate(lines):
        _say(pdf, line, _EDGE, 124 + 11 * place, 20, _WIDTH - 2 * _EDGE)
    said = bar_text(mark)
    if said is not None:
        _bars(pdf, *said, 171)
    _say(pdf, said[0] if said else marks.write(mark, short=True), _EDGE, 208, 22, _WIDTH - 2 * _EDGE)
    left = _EDGE + _QR + 8
    for place, line in enumerate(_HINTS):
        _say(pdf, line, left, 238 + 7 * place, 12, _WIDTH - _EDGE - left)


_HINTS = (
    "放在每件之前，与档案一起扫描；不要复印，不要涂写。",
    "Lay it before each record and scan it with them.",
    "Do not copy it and do not write on it.",
    "编号连续：缺号、重号、乱序都会报警。",
    "Numbers run on: a missing or doubled one is an alarm.",
)


def _patch(pdf: FPDF) -> None:
    length, high = _PATCH_LENGTH, sum(PATCH_T) * PATCH_UNIT
    across, down = (_WIDTH - length) / 2, (_HEIGHT - length) / 2
    offset = 0.0
    for place, units in enumerate(PATCH_T):
        width = units * PATCH_UNIT
        if place % 2 == 0:
            pdf.rect(across, _EDGE + offset, length, width, style="F")
            pdf.rect(across, _HEIGHT - _EDGE - offset - width, length, width, style="F")
            pdf.rect(_EDGE + offset, down, width, length, style="F")
            pdf.rect(_WIDTH - _EDGE - offset - width, down, width, length, style="F")
        offset += width
    inner = _EDGE + high + 10
    _say(pdf, "分隔页 PATCH T", inner + 20, 75, 32, _WIDTH - 2 * inner - 20)
    _qr(pdf, marks.PATCH, (_WIDTH - _QR) / 2, 100)
    module = 0.8
    _bars(pdf, marks.PATCH, module, 178)
    _say(pdf, "放在每件之前，与档案一起扫描。", inner + 20, 228, 16, _WIDTH - 2 * inner - 20)
    _say(pdf, "Lay it before each record and scan it with them.", inner + 20, 238, 14, _WIDTH - 2 * inner - 20)


def _say(pdf: FPDF, text: str, x: float, y: float, size: float, room: float) -> None:  # noqa: PLR0917 - as all that draws
    """A line of text from (x, y) of its baseline on, made smaller where it is wider than ``room`` (millimetres)."""
    pdf.set_font("sheet", size=size)
    wide = pdf.get_string_width(text)
    if wide > room:
        pdf.set_font("sheet", size=size * room / wide)
    pdf.text(x, y, text)


def _qr(pdf: FPDF, text: str, x: float, y: float) -> None:
    """A QR code whose first module has its corner at (x, y)."""
    rows = segno.make(text, error="h", micro=False).matrix
    module = _QR / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark and not (across and row[across - 1]):
                wide = next((place for place in range(across, len(row)) if not row[place]), len(row)) - across
                pdf.rect(x + across * module, y + down * module, wide * module, module + 0.02, style="F")


def _bars(pdf: FPDF, text: str, module: float, y: float) -> None:
    """Code 128 in the middle of the page."""
    widths = bars(text)
    x = (_WIDTH - module * sum(widths)) / 2
    for place, width in enumerate(widths):
        if place % 2 == 0:
            pdf.rect(x, y, width * module, _BAR_HEIGHT, style="F")
        x += width * module
