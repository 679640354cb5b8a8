"""Words to documents: what the pipeline ends with, and what can be done again at any time from kept words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from intake import checks
from intake.archive import separators
from intake.customers import slips
from intake.doctypes import get
from intake.extraction.blank import is_blank
from intake.extraction.extract import extract
from intake.extraction.split import Group, split
from intake.extraction.twins import kept_apart
from intake.extraction.validate import validate
from intake.options import Options
from intake.types import DocumentReading, PageText


def understand(
    texts: Sequence[PageText], *, today: date, options: Options | None = None
) -> tuple[DocumentReading, ...]:
    """Documents out of words alone: classify, split, extract, check. Pure; takes milliseconds.

    A slip of ours or a separator sheet that lies among the papers parts those before it from those behind it, and is
    no document itself.
    """
    chosen = options or Options()
    ours = slips.sheets(texts) | separators.sheets(texts, chosen.archive)
    groups = groupby(texts, key=lambda text: (text.geometry.page_index, text.geometry.sheet) in ours)
    return tuple(
        document(group, today=today, options=chosen)
        for is_ours, between in groups
        if not is_ours
        for group in split(tuple(between), chosen.extraction)
    )


def document(group: Group, *, today: date, options: Options, certain: bool = False) -> DocumentReading:
    """One document out of its sheets. ``certain``: a person said which type it is, so that a blank form stays one."""
    pages = tuple(sorted({sheet.geometry.page_index for sheet in group.sheets}))
    if group.classification.type is None:
        return DocumentReading(group.classification, pages, (), ())
    document_type = get(group.classification.type)
    fields = extract(group.sheets, document_type, options.extraction)
    if not certain and is_blank(fields, document_type, group.sheets):
        return DocumentReading(replace(group.classification, type=None), pages, (), ())
    fields, mixed = kept_apart(fields, document_type, group.sheets, options.extraction)
    reading = DocumentReading(group.classification, pages, fields, (*mixed, *validate(fields, document_type)))
    return replace(reading, findings=(*reading.findings, *checks.document(reading, today)))
