"""The first look at a file, seconds after it came: whether it is sharp, whole, lit, upright, and what it seems to be.

Nothing is read but the heading of each sheet, by the second reader, whose detector is quick on a band. A sheet with
glare is read whole, to say what the glare lies on. What is told here is never kept as a reading.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from intake.doctypes import get
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet, distinct
from intake.extraction.split import judge
from intake.imaging.complaints import complaints
from intake.imaging.decode import decode
from intake.imaging.orientation import turned
from intake.imaging.rectify import rectify
from intake.options import Options
from intake.pictures import Glance
from intake.recognition.engine import Engine
from intake.types import Classification, PageText, PictureQuality, RectifiedPage, Region

_NEAR = 0.01
"""Fractions of the scan by which a glare's spot is grown: letters beside it have paled too."""


@dataclass(frozen=True, slots=True)
class GlanceOptions:
    """The first look at a paper while its bringer still stands at the counter."""

    pages: int = 4
    """Pages of a file that are looked at: a card or license has one or two, and a contract's later pages can wait."""
    seconds: float = 2.5
    """After so long at one file no further type is looked for: the promise is three from the arrival on."""
    band: float = 0.34
    """Share of a standing sheet from its top that holds its heading."""
    lying_band: float = 0.5
    """The same of a lying sheet or card: a card's captions fill its upper half."""
    sure: float = 0.8
    """A type is told from this confidence on; below, nothing is said."""


def glance(
    path: Path, media_type: str, reader: Engine, options: Options, limits: GlanceOptions = GlanceOptions()
) -> Iterator[Glance]:
    """Look at the first pages of a file, sheet by sheet, as soon as each is known.

    Raises :class:`intake.errors.InputError` and :class:`intake.errors.EngineError` as reading does.
    """
    until = time.perf_counter() + limits.seconds
    pages = decode(path, media_type, options.limits)
    for page in islice(pages, limits.pages):
        for sheet in distinct(rectify(page, options.imaging)):
            yield _look(sheet, reader, options, limits, until)


def _look(sheet: RectifiedPage, reader: Engine, options: Options, limits: GlanceOptions, until: float) -> Glance:
    quality = sheet.quality
    found = () if quality is None else complaints(quality, options.quality)
    upright, kind, text = _heading(sheet, reader, options, limits, until)
    nothing = quality is not None and quality.edges is None and not text.lines
    if nothing:
        return Glance(sheet.geometry.page_index, sheet.geometry.sheet, ("empty",), None, 0.0, None)
    codes = (*found, "turned") if upright is False else found
    sure = kind.type is not None and kind.confidence >= limits.sure
    hidden = _hidden(sheet, kind.type, reader, options) if sure and "glare" in found and upright else ()
    return Glance(
        page_index=sheet.geometry.page_index,
        sheet=sheet.geometry.sheet,
        complaints=codes,
        type=kind.type if sure else None,
        type_confidence=kind.confidence if sure else 0.0,
        upright=upright,
        hidden=hidden,
    )


def _heading(
    sheet: RectifiedPage, reader: Engine, options: Options, limits: GlanceOptions, until: float
) -> tuple[bool | None, Classification, PageText]:
    """Whether the sheet is upright, what its heading calls it, and what was read of it.

    A heading that is not understood is looked for at the other end and at the sides while there is time.
    """
    text = reader.read_page(_band(sheet, limits))
    kind = judge(Sheet((text,)), options.extraction)
    if kind.type is not None or _readable(text, options):
        return True, kind, text
    for turns in (2, 1, 3):
        if time.perf_counter() > until:
            break
        other = reader.read_page(_band(turned(sheet, turns), limits))
        found = judge(Sheet((other,)), options.extraction)
        if found.type is not None:
            return False, found, other
    return None, kind, text


def _band(sheet: RectifiedPage, limits: GlanceOptions) -> RectifiedPage:
    """The part of a sheet that holds its heading."""
    height, width = sheet.pixels.shape[:2]
    share = limits.band if height > width else limits.lying_band
    rows = max(1, round(height * share))
    return replace(sheet, pixels=sheet.pixels[:rows], geometry=replace(sheet.geometry, height=rows))


def _readable(text: PageText, options: Options) -> bool:
    """Whether so much was read so surely that the print must be upright."""
    words = [word for line in text.lines for word in line.words]
    letters = sum(len(word.text) for word in words)
    heard = sum(len(word.text) * word.confidence for word in words)
    return letters >= options.recognition.upright_letters and heard >= options.recognition.upright_confidence * letters


def _hidden(sheet: RectifiedPage, kind: str | None, reader: Engine, options: Options) -> tuple[str, ...]:
    """The fields of the sheet's type that glare touches or that cannot be read."""
    if kind is None or sheet.quality is None:
        return ()
    fields = extract((Sheet((reader.read_page(sheet),)),), get(kind), options.extraction)
    return tuple(one.field for one in fields if one.value is None or _in_glare(one.region, sheet.quality))


def _in_glare(region: Region, quality: PictureQuality) -> bool:
    left, top, right, bottom = _hull(region)
    for place in quality.glare_places:
        x1, y1, x2, y2 = _hull(place)
        if x1 - _NEAR < right and left < x2 + _NEAR and y1 - _NEAR < bottom and top < y2 + _NEAR:
            return True
    return False


def _hull(region: Region) -> tuple[float, float, float, float]:
    across, down = zip(*region.corners, strict=True)
    return min(across), min(down), max(across), max(down)
