"""Where print must stand that a reader of the whole page lost, and that print read again from the picture.

Detectors of text look at a small copy of the page: of lines that stand close, or small and pale beside large captions,
they lose some, and nothing in the words shows it but the place that stays empty. A caption without a value, two lines
of a value further apart than the others, are such places. Read again at their full size they give ordinary words,
which are laid among those of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from statistics import median

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.candidates import candidate
from intake.extraction.cells import Cell, fragments
from intake.extraction.glyphs import Glyph, Row, type_size
from intake.extraction.locate import layout, locate
from intake.extraction.orphans import strays
from intake.extraction.sheet import HOLES, Sheet
from intake.geometry import middle, union
from intake.options import ExtractionOptions
from intake.recognition.engine import Engine
from intake.types import FlatGeometry, Line, PageText, PixelBox, RectifiedPage, Word

_HEADING = 1.6  # times the usual height of a caption; larger ones are the paper's heading
_TORN = 4.0  # caption heights right of where values begin: a value that begins there lost its beginning
_MATES = 2  # values that show where their column begins


def holes(sheet: Sheet, document_type: DocumentType, options: ExtractionOptions) -> tuple[PixelBox, ...]:
    """Places on the flat page where its last reader of the whole page must have missed print, top to bottom."""
    text = sheet.pages[-1]
    if document_type.continues:  # running text: its captions need no value
        return ()
    lines, gathered = layout(text, document_type, options)
    list(strays(gathered, document_type))  # lines that are other fields' are none of the cells' any more
    expected = {spec.name: spec for spec in document_type.fields if spec.expected}
    wanted = _unread(expected, sheet.pages[:-1], document_type, options)
    empty = _beside(gathered, text.geometry, wanted, options)
    made = [*empty, *_between(lines, gathered, expected.keys(), options)]
    return tuple(sorted(made, key=lambda box: (box.y, box.x))[: options.holes_most])


def fill(page: RectifiedPage, places: Sequence[PixelBox], engine: Engine) -> PageText:
    """The places read by an engine as pages of their own: words at their boxes on ``page``."""
    lines = tuple(line for place in places for line in _read(page, place, engine))
    return PageText(page.geometry, lines, f"{engine.name}/{HOLES}")


def _unread(
    expected: Mapping[str, FieldSpec],
    pages: Sequence[PageText],
    document_type: DocumentType,
    options: ExtractionOptions,
) -> dict[str, FieldSpec]:
    """The fields without those that an earlier reader read well."""
    unread = dict(expected)
    for found in (one for text in pages for one in locate(text, document_type, options)):
        if (
            found.confidence >= options.hole_sure
            and candidate(document_type.field(found.field), found).value is not None
        ):
            unread.pop(found.field, None)
    return unread


def _beside(
    gathered: Sequence[Cell], geometry: FlatGeometry, wanted: Mapping[str, FieldSpec], options: ExtractionOptions
) -> Iterable[PixelBox]:
    """What lies right of captions without a value that every paper of the type prints, from the value above down.

    Also where a long value begins far right of the others: its beginning was lost.
    """
    starts = [cell.rows[0][0].box.x for cell in gathered if cell.rows and cell.hit.caption.fields]
    usual = median([cell.hit.box.height for cell in gathered] or [0])
    for cell in (one for one in gathered if one.hit.box.height <= _HEADING * usual):
        names = set(cell.hit.caption.fields)
        specs = [wanted[name] for name in names if name in wanted]
        caption = cell.hit.box
        right = [x for x in starts if x > caption.right - caption.height]
        left = min(right, key=lambda x: x - caption.right, default=caption.right)
        edge = left + _TORN * caption.height
        found = any(
            one.rows and one.rows[0][0].box.x < edge and names & set(one.hit.caption.fields) for one in gathered
        )
        if found or len(starts) < _MATES or not specs:
            continue
        over = [one.last for one in gathered if one.rows and one.last.y < caption.y]
        top = max((box.y + box.height // 2 for box in over), default=caption.y)
        low = options.hole_lines if any(spec.long for spec in specs) else options.hole_line
        yield _within(left - caption.height // 2, max(top, caption.y - caption.height), geometry, caption, low)


def _within(left: int, top: int, geometry: FlatGeometry, caption: PixelBox, low: float) -> PixelBox:
    bottom = min(geometry.height, round(caption.bottom + low * caption.height))
    return PixelBox(max(0, left), top, geometry.width - max(0, left), bottom - top)


def _between(
    lines: Sequence[Row], gathered: Sequence[Cell], expected: AbstractSet[str], options: ExtractionOptions
) -> Iterable[PixelBox]:
    """The strips between lines of one value that stand further apart than its lines do, or than its type is high."""
    for cell in gathered:
        if not cell.rows or not cell.hit.caption.wraps or not expected & set(cell.hit.caption.fields):
            continue
        rows = [*cell.rows, *_beyond(lines, cell, gathered, options)]
        middles = [middle(union(glyph.box for glyph in row)) for row in rows]
        steps = [low - high for high, low in pairwise(middles)]
        size = options.hole_pitch * median(type_size(row) for row in rows)
        usual = min(size, median(steps)) if steps else size
        hull, edge = cell.box, round(usual / 2)
        for high, low in pairwise(middles):
            if low - high > options.hole_step * usual:
                yield PixelBox(hull.x - edge, round(high), hull.width + 4 * edge, round(low - high))


def _beyond(
    lines: Sequence[Row], cell: Cell, gathered: Sequence[Cell], options: ExtractionOptions
) -> list[tuple[Glyph, ...]]:
    """The line that would carry on a value if it stood one line higher: nothing claims it, no caption parts it off."""
    last, claimed = cell.last, {id(glyph) for one in gathered for row in one.rows for glyph in row}
    for row in lines:
        for run in fragments(row.glyphs, options.fragment_gap * row.height):
            box = union(glyph.box for glyph in run)
            drop, high = middle(box) - middle(last), max(last.height, box.height)
            if id(run[0]) in claimed or abs(box.x - last.x) > options.indent * high:
                continue
            parted = any(middle(last) < middle(one.hit.box) < box.bottom and one.hit.box.x < box.x for one in gathered)
            if options.row_pitch * high < drop <= 2 * options.row_pitch * high and not parted:
                return [run]
    return []


def _read(page: RectifiedPage, place: PixelBox, engine: Engine) -> Iterable[Line]:
    """The lines of one place, which is read as a page; places outside the page hold none."""
    left, top = max(0, place.x), max(0, place.y)
    across, down = slice(left, place.right), slice(top, place.bottom)
    pixels, ink = page.pixels[down, across], page.ink[down, across]
    if not pixels.size:
        return
    height, width = ink.shape
    piece = RectifiedPage(replace(page.geometry, width=width, height=height), pixels, ink)
    for line in engine.read_page(piece).lines:
        yield Line(tuple(_moved(word, left, top) for word in line.words))


def _moved(word: Word, left: int, top: int) -> Word:
    box = word.box
    return replace(word, box=PixelBox(box.x + left, box.y + top, box.width, box.height))
