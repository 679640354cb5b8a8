"""A term that is told by how long it lasts: 本合同有效期三年 with the day from which it is counted.

The end is reckoned, not read. Where one phrase states both the day and the span (自2015年7月1日起五年) it is given,
with what is left of doubt in its confidence; where the day has to be looked for elsewhere it is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.glyphs import fold, rows
from intake.extraction.locate import is_another
from intake.extraction.sheet import Sheet
from intake.fields import check
from intake.geometry import region, union
from intake.options import ExtractionOptions
from intake.types import Alternative, FieldReading, PageText
from intake.writing.numerals import small_number

_MONTHS = 12  # of a year


def reckoned(
    sheets: Sequence[Sheet], document_type: DocumentType, read: Sequence[FieldReading], options: ExtractionOptions
) -> tuple[FieldReading, ...]:
    """Readings of ends that were not read but whose span was, each with the days that may be reckoned from it."""
    days = {one.field: one for one in read if one.value is not None}
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
    sheets: Sequence[Sheet], spec: FieldSpec, read: Mapping[str, FieldReading], options: ExtractionOptions
) -> FieldReading | None:
    begins = next((read[name] for name in spec.counted_from if name in read), None)
    if begins is None:
        return None
    return next((one for sheet in sheets for one in _on_sheet(sheet, spec, begins, options)), None)


def _on_sheet(
    sheet: Sheet, spec: FieldSpec, begins: FieldReading, options: ExtractionOptions
) -> Iterable[FieldReading]:
    """What the sheet's readers say, the last one's first: it was asked to read better."""
    for text in reversed(sheet.pages):
        yield from _on_page(text, spec, begins, options)


def _on_page(
    text: PageText, spec: FieldSpec, begins: FieldReading, options: ExtractionOptions
) -> Iterable[FieldReading]:
    glyphs = [glyph for row in rows(text) for glyph in row.glyphs]
    folded = "".join(fold(glyph.character) for glyph in glyphs)
    for match in (match for pattern in spec.spans for match in re.finditer(pattern, folded)):
        count = small_number(match["count"])
        if count and begins.value is not None and not is_another(spec, folded, _said_from(match)):
            said = glyphs[match.start() : match.end()]
            words = "".join(glyph.character for glyph in said)
            end = last_day(date.fromisoformat(begins.value), count * (1 if match["unit"] == "个月" else _MONTHS))
            stated = check(spec.kind, match.groupdict().get("start") or "").value == begins.value
            sure = round(begins.confidence * options.reckoned_stated, 4) if stated else 0.0
            value, offered = _ends(end, words, options, given=stated)
            where = region(text.geometry, union(one.box for one in said))
            index = text.geometry.page_index
            yield FieldReading(spec.name, words, value, sure, index, where, text.reader, offered, "reckoned")


def _said_from(match: re.Match[str]) -> int:
    """Where in the text the phrase has told of what it speaks: before its day or its count, whichever stands first."""
    return min(match.start(name) for name in ("start", "count") if match.groupdict().get(name))


def _ends(
    end: date, words: str, options: ExtractionOptions, *, given: bool
) -> tuple[str | None, tuple[Alternative, ...]]:
    """The end, given as the value or only offered, and the day after it.

    In law the day from which a term is counted is no part of it (民法典 §201), so that a year from 1 July ends with the
    next 1 July; contracts as a rule print the day before. Both are there to choose from.
    """
    after = end + timedelta(days=1)
    ranked = ((end, options.reckoned), (after, options.reckoned_after))
    offered = tuple(Alternative(day.isoformat(), words, sure, "rule", "reckoned") for day, sure in ranked)
    return (end.isoformat(), offered[1:]) if given else (None, offered)
