"""Two papers of one type on one flat page: told by two sound numbers, two headings, or captions that stand there twice.

Two licenses copied onto one sheet read as one would be a chimera: the name of the one, the days of the other. Numbers
with a check character tell surely: two of one field that differ, at two places, are two papers' numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.doctypes import DocumentType, FieldSpec
from intake.extraction.cells import fragments
from intake.extraction.classify import evidence, printed, total
from intake.extraction.glyphs import fold, rows
from intake.extraction.sheet import Sheet
from intake.fields import is_sound, traits
from intake.options import ExtractionOptions
from intake.types import FieldReading, Finding, Label, PageText, PixelBox

_GAP = 2.5  # heights of white space that part two columns
_TWICE = 3  # fields whose captions stand on a page twice where two papers of one type lie on it
_WHOLE = 1.5  # log-odds of what a paper shows beside its heading: a heading alone is no paper

_MESSAGE = Label(
    "同一页上像有两份同类证件，所读内容可能混在一起，请对照原件逐项确定。",
    "Two papers of one type seem to lie on this page, and values of both may be mixed: decide each by the paper.",
)

Numbers = Mapping[str, tuple[str, ...]]
"""The sound numbers of a page by the field that they are a value of, each as often as it stands there."""


def numbers(text: PageText, kind: DocumentType) -> Numbers:
    """The numbers on a page by which papers of a type are known, those alone whose check character holds."""
    pieces = _pieces(text)
    return {spec.name: tuple(_sound(spec, pieces)) for spec in kind.fields if spec.shape and _is_checked(spec)}


def differ(one: Numbers, other: Numbers) -> bool:
    """Whether two pages show numbers of one field and none in common."""
    return any(found and other[name] and not {*found} & {*other[name]} for name, found in one.items())


def is_copied(text: PageText, kind: DocumentType) -> bool:
    """Whether the same number stands on a page twice, and no other: two copies of one paper (正本, 副本)."""
    found = [one for one in numbers(text, kind).values() if one]
    return any(len(one) > 1 for one in found) and all(len({*one}) == 1 for one in found)


def may_be_two(text: PageText, kind: DocumentType, options: ExtractionOptions) -> bool:
    """Whether a page shows two numbers of one field, the heading of a type twice, or the captions of several fields."""
    if _are_mixed(text, kind):
        return True
    if kind.repeats or is_copied(text, kind):
        return False
    return sum(_is_heading((piece,), kind, options) for piece in printed(rows(text))) > 1


def repeat(one: PageText, other: PageText, kind: DocumentType) -> bool:
    """Whether captions of several fields stand on both of two pages; the parts of one paper have none in common."""
    return len(_captioned(one, kind).keys() & _captioned(other, kind).keys()) >= _TWICE


def is_whole(text: PageText, kind: DocumentType, options: ExtractionOptions) -> bool:
    """Whether a heading and captions stand on a page: the part of a paper has one of them alone."""
    pieces = printed(rows(text))
    beside = [cue for cue in kind.cues if cue.weight > 0 and not cue.title]
    return _is_heading(pieces, kind, options) and total(evidence(pieces, beside, options)) >= _WHOLE


def kept_apart(
    fields: Sequence[FieldReading], kind: DocumentType, sheets: Sequence[Sheet], options: ExtractionOptions
) -> tuple[tuple[FieldReading, ...], tuple[Finding, ...]]:
    """The fields of a document, none of them sure where a flat page shows two papers of its type, and what to say.

    Nobody can tell then which paper a value is of: the page could not be cut.
    """
    if kind.continues or not any(_are_mixed(text, kind) for sheet in sheets for text in sheet.pages):
        return tuple(fields), ()
    doubted = tuple(replace(one, confidence=min(one.confidence, options.mingled)) for one in fields)
    named = tuple(one.field for one in fields)
    return doubted, (Finding("document.two_papers", "error", named, _MESSAGE),)


def _are_mixed(text: PageText, kind: DocumentType) -> bool:
    """Whether two numbers of one field stand on a page, or its captions twice on other than copies."""
    if any(len({*one}) > 1 for one in numbers(text, kind).values()):
        return True
    return not is_copied(text, kind) and sum(count > 1 for count in _captioned(text, kind).values()) >= _TWICE


def _is_checked(spec: FieldSpec) -> bool:
    return traits(spec.kind).checked


def _pieces(text: PageText) -> list[str]:
    """What stands on a page, row by row and column by column."""
    runs = (run for row in rows(text) for run in fragments(row.glyphs, _GAP * row.height))
    return ["".join(fold(glyph.character) for glyph in run) for run in runs]


def _sound(spec: FieldSpec, pieces: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        for match in re.finditer(spec.shape, piece):
            if is_sound(spec.kind, match.group()):
                yield match.group()


def _is_heading(pieces: Sequence[tuple[str, PixelBox]], kind: DocumentType, options: ExtractionOptions) -> bool:
    """Whether the heading of a type is among what is printed."""
    return bool(evidence(pieces, (cue for cue in kind.cues if cue.title and cue.weight > 0), options))


def _captioned(text: PageText, kind: DocumentType) -> dict[str, int]:
    """How many lines, or columns of them, begin with a caption of each field; fields that share captions count once."""
    pieces = _pieces(text)
    owners = {spec.captions: spec.name for spec in kind.fields if spec.captions}
    found = {name: sum(piece.startswith(captions) for piece in pieces) for captions, name in owners.items()}
    return {name: count for name, count in found.items() if count}
