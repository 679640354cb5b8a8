"""Look again where it pays: the crops of doubtful fields, by both readers, with the alphabet of the field.

What a second look reads is kept as words (a :class:`PageText` whose reader ends in ``/crops``), so that understanding
can be redone from kept words alone, second looks included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.doctypes import DocumentType, get
from intake.extraction import foot
from intake.extraction.cut import cut
from intake.extraction.extract import decide, gather
from intake.extraction.found import Found
from intake.extraction.locate import layout
from intake.extraction.sheet import Sheet
from intake.extraction.split import judge
from intake.fields import alphabet, language, traits
from intake.geometry import union
from intake.options import ExtractionOptions
from intake.recognition.engine import CropRequest, CropText, Engine, Language
from intake.types import Line, PageText, PixelBox, RectifiedPage, Word

_DRAWN = 8  # bytes of the hash that make the number drawn
_PLACES = 4  # decimals of a character's confidence that are kept


@dataclass(frozen=True, slots=True)
class Look:
    """One line of one field that is to be read again.

    ``open_end``: the crop reaches further right than the box, so that an end which the detector cut off shows.
    ``hidden``: it is to be read off the ink, which is free of seals, by every reader.
    """

    box: PixelBox
    kind: str
    open_end: bool = False
    hidden: bool = False


def looks(sheet: Sheet, document_type: DocumentType, options: ExtractionOptions) -> tuple[Look, ...]:
    """The lines of the fields that are still doubtful on a sheet, at the places where their values were found."""
    gathered = gather((sheet,), document_type, options)
    made: list[Look] = []
    for spec in document_type.fields:
        reading = decide(spec, gathered, options)
        if (reading is None or reading.value is None) and spec.place == "foot_date":
            made += _hidden(sheet, document_type, spec.kind, options)
        if reading is None or reading.confidence >= options.reread_below:
            continue
        printed = [one for one in gathered.of(spec.name) if one.found.how != "code"]
        places = [one.found for one in printed if reading.value in {None, one.value}]
        best = max(places, key=lambda found: (found.quality, found.confidence), default=None)
        if best is not None and len(best.rows) <= options.reread_lines:
            made += [Look(box, spec.kind, spec.wraps and best.how == "caption") for box in _boxes(best)]
    return tuple(dict.fromkeys(made))


def _hidden(sheet: Sheet, document_type: DocumentType, kind: str, options: ExtractionOptions) -> list[Look]:
    """Where the date at the foot must be though nobody could read it: under a seal, which the ink is free of."""
    pages = reversed(sheet.pages)
    bands = (foot.dated_band(*layout(text, document_type, options), text.geometry) for text in pages)
    band = next((one for one in bands if one is not None), None)
    return [] if band is None else [Look(band, kind, hidden=True)]


def both_ways(asked: Sequence[Look]) -> list[Look]:
    """The hidden ones of some looks, each off the ink and off the colours: a seal veils other strokes in either."""
    return [way for look in asked if look.hidden for way in (look, replace(look, hidden=False))]


def bears_codes(sheet: Sheet, options: ExtractionOptions) -> bool:
    """Whether a paper on the sheet is of a type whose values stand in its two-dimensional code too."""
    kinds = {judge(piece, options).type for piece in cut(sheet, options)} - {None}
    return any(traits(spec.kind).encoded for kind in kinds for spec in get(str(kind)).fields)


def sampled(text: PageText, share: float) -> bool:
    """Whether a sheet belongs to the sample of this share (0 to 1) on which both readers read every field.

    Its own words decide (SHA-256), so the same scan is always in or always out, on every machine.
    """
    words = "\n".join(line.text for line in text.lines)
    drawn = int.from_bytes(hashlib.sha256(words.encode()).digest()[:_DRAWN])
    return drawn < share * (1 << 8 * _DRAWN)


def read_again(page: RectifiedPage, asked: Sequence[Look], engine: Engine, options: ExtractionOptions) -> PageText:
    """The looks read by an engine, as words at their places: one line each."""
    requests = [_request(page, look, engine.name, options) for look in asked]
    texts = engine.read_crops(requests)
    lines = tuple(Line((_word(text, look.box),)) for look, text in zip(asked, texts, strict=True) if text.text)
    return PageText(page.geometry, lines, f"{engine.name}/crops")


def _word(text: CropText, box: PixelBox) -> Word:
    return Word(text.text, text.confidence, box, tuple(round(sure, _PLACES) for _, sure in text.characters))


def _boxes(found: Found) -> list[PixelBox]:
    return [union(glyph.box for glyph in row) for row in found.rows]


def _request(page: RectifiedPage, look: Look, reader: str, options: ExtractionOptions) -> CropRequest:
    margin = round(options.crop_margin * look.box.height)
    top, left = max(0, look.box.y - margin), max(0, look.box.x - 2 * margin)
    source = page.ink if reader == "tesseract" or look.hidden else page.pixels
    beyond = round(options.crop_reach * look.box.height) if look.open_end else 2 * margin
    pixels = source[top : look.box.bottom + margin, left : look.box.right + beyond]
    script: Language = "eng" if language(look.kind) == "eng" else "chi_sim"
    return CropRequest(pixels, script, alphabet(look.kind), single_line=True)
