"""The number by which a paper is known, where no reader of the whole page got it right: read strip by strip.

Forms print code or registration number between heading and first caption, often into 副本 in gold or close to another
line, so that detectors of text lose it or join it with its neighbour. Strips of one line's height, each a little lower
than the one before, need no detector: whichever lies right shows the number, and its check character tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.candidates import candidate
from intake.extraction.cells import fragments
from intake.extraction.found import Found
from intake.extraction.glyphs import Row, fold, word_glyphs
from intake.extraction.locate import layout, locate
from intake.extraction.sheet import Sheet
from intake.fields import alphabet, is_sound, traits
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText, Engine
from intake.types import Line, PageText, PixelBox, RectifiedPage, Word

STRIPS = "strips"  # reader/strips: what a reader read strip by strip
_ROOM = 0.75  # widths of a character to either side of its middle: with some paper, as a reader tells middles roughly
_APART = 1.5  # heights of white space that part a number from what else stands on its strip: letters of the ground
_TITLE = 2.0  # times the height of captions: the heading of a certificate is three times as high


@dataclass(frozen=True, slots=True)
class Band:
    """Where a number must stand: the place, the height of one line in it, and the characters of the number."""

    place: PixelBox
    line: float
    alphabet: str


def band(sheet: Sheet, document_type: DocumentType, options: ExtractionOptions) -> Band | None:
    """The strip of paper between heading and first caption; ``None`` where a number was read without a mistake.

    Also ``None`` for types without such a number and for pages without a heading.
    """
    specs = _numbers(document_type)
    letters = max((alphabet(spec.kind) or "" for spec in specs), key=len, default="")
    if not letters or _is_read(sheet, specs, document_type, options):
        return None
    text = sheet.pages[-1]
    lines, gathered = layout(text, document_type, options)
    labels = [cell.hit.box for cell in gathered if cell.rows and cell.hit.caption.fields and cell.hit.caption.wraps]
    if not labels:
        return None
    usual = median_low(sorted(box.height for box in labels)[: len(labels) // 2 + 1])  # torn captions have taller hulls
    first = min(box.y for box in labels)
    heading = _heading(lines, usual, first)
    if heading is None:
        return None
    top = round(heading.bottom - heading.height / 4)  # hulls of slightly sloping headings reach far down
    return Band(PixelBox(0, top, text.geometry.width, max(0, first - top)), usual, letters)


def read_strips(page: RectifiedPage, where: Band, engine: Engine, options: ExtractionOptions) -> PageText:
    """The strips of a band as an engine reads them, each that holds anything a line.

    A character is a word at its own place where the engine tells places; else the whole strip is one word.
    """
    boxes = list(_strips(where, options))
    crops = [
        CropRequest(page.pixels[box.y : box.bottom, box.x : box.right], "eng", where.alphabet, single_line=True)
        for box in boxes
    ]
    read = zip(boxes, engine.read_crops(crops), strict=True)
    lines = tuple(Line(tuple(_words(text, box))) for box, text in read if text.text)
    return PageText(page.geometry, lines, f"{engine.name}/{STRIPS}")


def _words(read: CropText, strip: PixelBox) -> Iterable[Word]:
    if len(read.middles) != len(read.text):
        yield Word(read.text, read.confidence, strip)
        return
    middles = [strip.x + middle * strip.width for middle in read.middles]
    apart = [after - before for before, after in pairwise(middles)]
    half = _ROOM * min(median_low(apart or [strip.height]), strip.height)
    for character, middle in zip(read.text, middles, strict=True):
        left, right = max(strip.x, round(middle - half)), min(strip.right, round(middle + half))
        yield Word(character, read.confidence, PixelBox(left, strip.y, max(1, right - left), strip.height))


def numbers(sheet: Sheet, document_type: DocumentType, options: ExtractionOptions) -> Iterable[Found]:
    """The numbers on strips that keep all rules of their kind: of so many tries, only a check character proves one.

    Of the strips that say the same, the middle one comes first: it shows the number whole.
    """
    strips = [(text, line) for text in sheet.readings if text.reader.endswith(f"/{STRIPS}") for line in text.lines]
    for spec in _numbers(document_type):
        same: dict[str, list[Found]] = {}
        for one in (one for text, line in strips for one in _on_strip(spec, text, line, options)):
            same.setdefault(one.text, []).append(one)
        for finds in same.values():
            middle = finds.pop(len(finds) // 2)
            yield from (middle, *finds)


def _on_strip(spec: FieldSpec, text: PageText, line: Line, options: ExtractionOptions) -> Iterable[Found]:
    glyphs = tuple(glyph for word in line.words for glyph in word_glyphs(word))
    for run in fragments(glyphs, _APART * max(glyph.box.height for glyph in glyphs)):
        match = re.search(spec.shape, "".join(fold(glyph.character) for glyph in run))
        if match and is_sound(spec.kind, match.group()):
            rows = (run[match.start() : match.end()],)
            yield Found(spec.name, rows, "shape", options.shape_quality, text.reader, text.geometry)


def _numbers(document_type: DocumentType) -> list[FieldSpec]:
    return [spec for spec in document_type.fields if spec.shape and traits(spec.kind).checked]


def _is_read(sheet: Sheet, specs: Sequence[FieldSpec], document_type: DocumentType, options: ExtractionOptions) -> bool:
    names = {spec.name for spec in specs}
    finds = (one for text in sheet.pages for one in locate(text, document_type, options) if one.field in names)
    judged = (candidate(document_type.field(one.field), one) for one in finds)
    return any(one.value is not None and not one.problems for one in judged)


def _heading(lines: Sequence[Row], usual: float, first: int) -> PixelBox | None:
    above = [row.box for row in lines if row.height > _TITLE * usual and row.box.bottom < first + usual]
    return max(above, key=lambda box: box.height, default=None)


def _strips(where: Band, options: ExtractionOptions) -> Iterable[PixelBox]:
    place, high = where.place, round(options.strip_height * where.line)
    step = max(1, round(options.strip_step * where.line))
    last = place.bottom - round(options.strip_least * where.line)
    for top in list(range(max(0, place.y), last, step))[: options.strips_most]:
        yield PixelBox(place.x, top, place.width, high)
