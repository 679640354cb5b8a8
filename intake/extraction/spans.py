"""A term that is told by how long it lasts: 本合同有效期三年 with the day from which it is counted.

The end is reckoned, not read: it is offered beside a reading without a value, and only a person takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.glyphs import fold, rows
from intake.extraction.sheet import Sheet
from intake.geometry import region, union
from intake.options import ExtractionOptions
from intake.types import Alternative, FieldReading, PageText
from intake.writing.numerals import small_number

_MONTHS = 12  # of a year


def reckoned(
    sheets: Sequence[Sheet], document_type: DocumentType, read: Sequence[FieldReading], options: ExtractionOptions
) -> tuple[FieldReading, ...]:
    """Readings without a value for ends that were not read but whose span was, each with the day reckoned from it."""
    days = {one.field: one.value for one in read if one.value is not None}
    wanted = [spec for spec in document_type.fields if spec.spans and spec.name not in {one.field for one in read}]
    made = (_first(sheets, spec, days, options) for spec in wanted)
    return tuple(one for one in made if one is not None)


def last_day(first: date, months: int) -> date:
    """The last day of a span of months that begins with ``first``; raises ``ValueError`` beyond the year 9999.

    >>> last_day(date(2018, 3, 8), 12), last_day(date(2020, 2, 29), 12), last_day(date(2020, 1, 31), 1)
    (datetime.date(2019, 3, 7), datetime.date(2021, 2, 28), datetime.date(2020, 2, 29))
    """
    years, month = divmod(first.month - 1 + months, _MONTHS)
    beyond = date(first.year + years, month + 1, 1) + timedelta(days=first.day - 1)
    if beyond.month != month + 1:  # no such day in that month: the span ends with the month
        beyond = beyond.replace(day=1)
    return beyond - timedelta(days=1)


def _first(
    sheets: Sequence[Sheet], spec: FieldSpec, days: Mapping[str, str], options: ExtractionOptions
) -> FieldReading | None:
    begins = next((days[name] for name in spec.counted_from if name in days), None)
    if begins is None:
        return None
    return next((one for sheet in sheets for one in _on_sheet(sheet, spec, date.fromisoformat(begins), options)), None)


def _on_sheet(sheet: Sheet, spec: FieldSpec, begins: date, options: ExtractionOptions) -> Iterable[FieldReading]:
    """What the sheet's readers say, the last one's first: it was asked to read better."""
    for text in reversed(sheet.pages):
        yield from _on_page(text, spec, begins, options)


def _on_page(text: PageText, spec: FieldSpec, begins: date, options: ExtractionOptions) -> Iterable[FieldReading]:
    glyphs = [glyph for row in rows(text) for glyph in row.glyphs]
    folded = "".join(fold(glyph.character) for glyph in glyphs)
    for match in (match for pattern in spec.spans for match in re.finditer(pattern, folded)):
        count = small_number(match["count"])
        if not count:
            continue
        end = last_day(begins, count * (1 if match["unit"] == "个月" else _MONTHS)).isoformat()
        said = glyphs[match.start() : match.end()]
        words, place = "".join(glyph.character for glyph in said), union(glyph.box for glyph in said)
        offered = Alternative(end, words, options.reckoned, "rule", "reckoned")
        where = region(text.geometry, place)
        yield FieldReading(spec.name, words, None, 0.0, text.geometry.page_index, where, text.reader, (offered,))
