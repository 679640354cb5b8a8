"""From the pages of a file to its documents: which pages are one paper, and which page holds two.

A page begins a new document when it has a type of its own; a page that carries on a contract (clauses, signatures,
no heading) belongs to the contract before it. A flat page on which both sides of a card were left together is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake.doctypes import DocumentType, get
from intake.extraction import heading
from intake.extraction.classify import classify, evidence, printed, total
from intake.extraction.cut import cut_all
from intake.extraction.glyphs import rows
from intake.extraction.paging import follows, paging
from intake.extraction.sheet import Sheet, sheets
from intake.options import ExtractionOptions
from intake.types import Classification, PageText

_ANNEX = re.compile(r"附[件录表][一二三四五六七八九十\d]{0,2}")
_SIGNED = re.compile(r"盖章|签[字名章]|公章")
_ANNEX_ROWS = 3  # an annex says so in its first lines


@dataclass(frozen=True, slots=True)
class Group:
    """Sheets that are one document."""

    classification: Classification
    sheets: tuple[Sheet, ...]


def judge(sheet: Sheet, options: ExtractionOptions) -> Classification:
    """The classification of a sheet by whichever reader saw the most evidence."""
    judged = [classify(text, options) for text in sheet.pages]
    known = [one for one in judged if one.type is not None]
    return max(known or judged, key=lambda one: (total(one.evidence), one.confidence))


def split(texts: Sequence[PageText], options: ExtractionOptions | None = None) -> tuple[Group, ...]:
    """All documents of a file, in order; paper of no known type is a document of its own, without a type."""
    chosen = options or ExtractionOptions()
    return grouped(cut_all(sheets(texts), chosen), chosen)


def grouped(pieces: Iterable[Sheet], options: ExtractionOptions) -> tuple[Group, ...]:
    """The documents of sheets that hold one paper each, in the order of the sheets."""
    groups: list[Group] = []
    for sheet in pieces:
        classification = judge(sheet, options)
        last = groups[-1] if groups else None
        if last is not None and carries_on(last, sheet, classification, options):
            groups[-1] = replace(last, sheets=(*last.sheets, sheet))
        else:
            groups.append(Group(classification, (sheet,)))
    return tuple(group for group in groups if not _is_scrap(group, groups, options))


def carries_on(last: Group, sheet: Sheet, classification: Classification, options: ExtractionOptions) -> bool:
    """Whether a sheet carries on the document before it rather than beginning another."""
    if last.classification.type is None or not get(last.classification.type).continues:
        return False
    document_type = get(last.classification.type)
    if classification.type not in {None, document_type.name}:
        return False
    told = follows(paging(last.sheets[-1]), paging(sheet))
    if told is not None and not (told and _is_another(sheet, classification)):
        return told
    if classification.type is None:
        return not _is_another(sheet, classification) and page_score(sheet, document_type, options) >= (
            options.page_threshold
        )
    return not _begins(sheet) or (len(last.sheets) == 1 and _is_cover(last, options))


def _is_another(sheet: Sheet, classification: Classification) -> bool:
    """Whether the heading of another paper speaks against the sheet; an annex may have one."""
    annex = any(_ANNEX.match(row.text) for text in sheet.pages for row in rows(text)[:_ANNEX_ROWS])
    return not annex and any(one.weight < 0 for one in classification.evidence)


def page_score(sheet: Sheet, document_type: DocumentType, options: ExtractionOptions) -> float:
    """The evidence that a page belongs inside a document of the type."""
    return max(total(evidence(printed(rows(text)), document_type.page_cues, options)) for text in sheet.pages)


def _begins(sheet: Sheet) -> bool:
    """Whether a heading stands on the sheet, by the reader that read the sheet last: it was asked to read better."""
    return heading.begins(rows(sheet.pages[-1]), sheet.geometry.width, sheet.geometry.height)


def _is_cover(group: Group, options: ExtractionOptions) -> bool:
    """A first page with heading and parties, without clauses or signatures: the body repeats the heading."""
    sheet = group.sheets[0]
    lines = max(len(text.lines) for text in sheet.pages)
    signed = any(_SIGNED.search(row.text) for text in sheet.pages for row in rows(text))
    return lines <= options.cover_lines and not signed and not paging(sheet).clauses


def _is_scrap(group: Group, groups: Sequence[Group], options: ExtractionOptions) -> bool:
    """A few letters of no type beside a document on the same page: a stamp, a frame, a page number."""
    if group.classification.type is not None:
        return False
    size = max(sum(len(word.text) for line in text.lines for word in line.words) for text in group.sheets[0].pages)
    page = group.sheets[0].geometry.page_index
    beside = any(
        other.classification.type is not None and any(sheet.geometry.page_index == page for sheet in other.sheets)
        for other in groups
    )
    return beside and size <= options.scrap_letters
