"""Second looks at a field: the words read again on its own crop, and the codes printed on the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.doctypes import DocumentType
from intake.extraction import foot
from intake.extraction.found import Found
from intake.extraction.glyphs import word_glyphs
from intake.extraction.sheet import Sheet
from intake.fields import is_sound, traits
from intake.options import ExtractionOptions
from intake.types import FlatGeometry, PixelBox, Word

_SAME_PLACE = 0.6  # share of the crop that lies within the find's box


def witnesses(
    sheet: Sheet, document_type: DocumentType, found: Sequence[Found], options: ExtractionOptions
) -> tuple[Found, ...]:
    """What crops and codes say of the fields that were found on the sheet's pages."""
    hidden = _hidden(sheet, document_type, found, options)
    return (*_crops(sheet, found), *hidden, *_codes(sheet, document_type, found))


def _crops(sheet: Sheet, found: Sequence[Found]) -> Iterable[Found]:
    """Crops are read line by line; the lines that lie in a find's box are another reading of the same place."""
    for text in sheet.readings:
        if not text.reader.endswith("/crops"):
            continue
        words = [word for line in text.lines for word in line.words]
        for one in found:
            inside = [word_glyphs(word) for word in words if _within(word.box, one.box)]
            rows = tuple(row for row in inside if row)
            if rows:
                yield Found(one.field, rows, one.how, one.quality, text.reader, text.geometry, one.stand_in)


def _hidden(
    sheet: Sheet, document_type: DocumentType, found: Sequence[Found], options: ExtractionOptions
) -> Iterable[Found]:
    """The date at the foot, read on a crop of its own because no reader saw it on the page: no find is near it."""
    wanted = [spec.name for spec in document_type.fields if spec.place == "foot_date"]
    for text in sheet.readings:
        words = [word for line in text.lines for word in line.words] if text.reader.endswith("/crops") else []
        for word in words:
            if any(_within(word.box, one.box) for one in found):
                continue
            glyphs = foot.day(word_glyphs(word), sheet.geometry)
            if glyphs:
                quality, geometry = options.hidden_quality, text.geometry
                yield from (Found(name, (glyphs,), "crop", quality, text.reader, geometry) for name in wanted)


def _within(crop: PixelBox, box: PixelBox) -> bool:
    wide = min(crop.right, box.right) - max(crop.x, box.x)
    high = min(crop.bottom, box.bottom) - max(crop.y, box.y)
    return wide > 0 and high > 0 and wide * high >= _SAME_PLACE * crop.width * crop.height


def _codes(sheet: Sheet, document_type: DocumentType, found: Sequence[Found]) -> Iterable[Found]:
    """A license's code holds its number, older ones its name too: a witness where the field was found on paper.

    The address inside a code may hold other letters in a row: only what keeps all rules of its kind counts.
    """
    payload = "\n".join(code for text in sheet.readings for code in text.codes)
    for spec in document_type.fields:
        pattern = traits(spec.kind).encoded
        said = (match.group(match.lastindex or 0) for match in re.finditer(pattern, payload)) if pattern else ()
        value = next((one for one in said if is_sound(spec.kind, one)), None)
        if value is not None and any(one.field == spec.name for one in found):
            yield _spoken(spec.name, value, sheet.geometry)


def _spoken(field: str, value: str, geometry: FlatGeometry) -> Found:
    """What a code says, with the whole page as its place: codes are kept without theirs."""
    glyphs = word_glyphs(Word(value, 1.0, PixelBox(0, 0, geometry.width, geometry.height)))
    return Found(field, (glyphs,), "code", 1.0, "qr", geometry)
