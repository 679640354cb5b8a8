"""Where a paper's own captions stand: fuzzy, letter-spaced, with or without a colon.

A caption is looked for at the beginning of a row or after white space, so that the same words inside a value (a scope
that speaks of 名称) do not count. Longer captions win over shorter ones that lie inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from rapidfuzz.distance import Levenshtein

from intake.doctypes import DocumentType
from intake.extraction.glyphs import Row, fold
from intake.extraction.naming import BEHIND_ROLE, follows_a_name
from intake.fields import traits
from intake.geometry import union
from intake.options import ExtractionOptions
from intake.types import PixelBox

_COLON = frozenset(":;.,、'`·_")
_OPEN, _CLOSE = "([〔【{", ")]〕】}"
_ROLE = re.compile(r"[(\[〔【{][^)\]〕】}]{1,12}[)\]〕】}]")  # 法定代表人（负责人）, 甲方（委托方）, 发证机关（盖章）
_TITLE = re.compile(rf"{BEHIND_ROLE}(?=:)")
_ENGLISH = re.compile(r"[/／]?[A-Za-z][A-Za-z./&']{2,28}(?=:)")  # 合同编号 Contract No.:
_ITEM = re.compile(
    r"[一二三四五六]、|\([一二三四五六1-6]\)、?|[A-Za-z/]{3,24}"
)  # before a party at the head of a contract
_GAP_BEFORE = 0.6  # heights of white space before a caption inside a row
_GAP_AFTER = 0.35  # heights of white space between a caption and its value
_UNDER = 0.5  # heights that two captions of one column may begin apart
_RUN_ON = 16  # letters of a caption with its bracket
_LONG = 4  # characters: two or three letters with a misread one prove nothing


@dataclass(frozen=True, slots=True)
class Caption:
    """One caption of a type: its folded words, and the fields it labels (none: it only ends the value before it).

    ``exact``: no letter of it may be misread (出租方 and 承租方 are one letter apart). ``together``: a person's
    name stands beside it, on one line but where it is a company's.
    """

    phrase: str
    fields: tuple[str, ...]
    inline: bool = False
    wraps: bool = True
    exact: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A caption found on a page: glyphs ``start`` to ``end`` of row ``row``; the value begins at glyph ``value``."""

    caption: Caption
    row: int
    start: int
    end: int
    value: int
    score: float
    box: PixelBox


@lru_cache(maxsize=64)
def captions(document_type: DocumentType) -> tuple[Caption, ...]:
    """All captions of a type, the longest first; one that labels two fields (自 … 至) stands once."""
    fields: dict[str, list[str]] = {}
    for spec in document_type.fields:
        for phrase in spec.captions:
            fields.setdefault(_plain(phrase), []).append(spec.name)
    for phrase in document_type.stops:
        fields.setdefault(_plain(phrase), [])
    made = (_caption(phrase, names, document_type) for phrase, names in fields.items())
    return tuple(sorted(made, key=lambda caption: -len(caption.phrase)))


def _caption(phrase: str, names: Sequence[str], document_type: DocumentType) -> Caption:
    specs = [document_type.field(name) for name in names]
    wraps = not specs or any(spec.wraps or spec.part for spec in specs)  # a range may go on with 至 … on a second line
    inline, exact = any(spec.inline for spec in specs), any(spec.side for spec in specs)
    return Caption(phrase, tuple(names), inline, wraps, exact, any(traits(spec.kind).together for spec in specs))


def find(rows: Sequence[Row], document_type: DocumentType, options: ExtractionOptions) -> tuple[Hit, ...]:
    """Every caption of the type on the rows, in reading order; hits do not overlap each other."""
    wanted = captions(document_type)
    crowded = bool(document_type.roles)
    hits: list[Hit] = []
    for index, row in enumerate(rows):
        starts = (*_starts(row), *(_run_on(row.text) if crowded else ()))
        found = [hit for caption in wanted for hit in _in_row(row, index, starts, caption, options)]
        hits += _apart(found)
    hits += _in_columns(rows, hits, wanted)
    return in_order(_aligned(_outside_values(rows, hits, options), options))


def in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits from top to bottom and left to right."""
    return tuple(sorted(hits, key=lambda hit: (hit.row, hit.start)))


def _in_columns(rows: Sequence[Row], hits: Sequence[Hit], wanted: Sequence[Caption]) -> list[Hit]:
    """Lost long captions, read exactly, that begin under another though no white space parts them from the left.

    What stands so close before them is a watermark or the end of another column's value.
    """
    columns = [hit.box.x for hit in hits]
    labelled = {name for hit in hits for name in hit.caption.fields}
    lost = [one for one in wanted if len(one.phrase) >= _LONG and one.fields and not labelled & set(one.fields)]
    made: list[Hit] = []
    for index, row in enumerate(rows):
        taken = [hit for hit in hits if hit.row == index]
        for start, glyph in enumerate(row.glyphs):
            if not any(abs(glyph.box.x - x) <= _UNDER * row.height for x in columns):
                continue
            if any(hit.start <= start < hit.end for hit in taken):
                continue
            caption = next((one for one in lost if row.text.startswith(one.phrase, start)), None)
            if caption is not None:
                made.append(_hit(_Span(row, row.text, start, start + len(caption.phrase), 0), index, caption))
    return made


def _outside_values(rows: Sequence[Row], hits: Sequence[Hit], options: ExtractionOptions) -> list[Hit]:
    """Hits without words of values: 经营范围 at the beginning of a scope's second line, 民族 inside a road's name."""
    return [
        hit
        for hit in hits
        if not any(
            (_carries_on(rows, over, hit, options) and not _is_parted_off(rows, over, hit, hits))
            or _is_said_in(rows, over, hit)
            for over in hits
        )
    ]


def _is_parted_off(rows: Sequence[Row], over: Hit, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether another caption begins between two where the lower one does: the value of the upper one has ended."""
    return any(
        over.row < one.row < hit.row and abs(one.box.x - hit.box.x) <= _UNDER * rows[hit.row].height for one in hits
    )


def _is_said_in(rows: Sequence[Row], over: Hit, hit: Hit) -> bool:
    """Whether a caption that may follow a value without a gap does so here, though it stands free further up."""
    closed_up = hit.caption.inline and rows[hit.row].gap(hit.start) < _GAP_AFTER
    return closed_up and over.caption == hit.caption and over.row < hit.row


def _carries_on(rows: Sequence[Row], over: Hit, hit: Hit, options: ExtractionOptions) -> bool:
    """Whether a hit begins where the value of a caption above it begins, and nothing parts it from what follows."""
    upper, row = rows[over.row], rows[hit.row]
    if over.row >= hit.row or not over.caption.wraps or over.value >= len(upper.glyphs):
        return False
    parted = hit.end >= len(row.glyphs) or hit.value > hit.end or row.gap(hit.end) >= _GAP_AFTER
    begins = abs(upper.glyphs[over.value].box.x - hit.box.x) <= options.indent * row.height
    return begins and not parted and hit.box.x >= over.box.right - row.height


@dataclass(frozen=True, slots=True)
class _Span:
    """Glyphs ``start`` to ``end`` of a row that resemble a caption, with as many characters wrong as ``distance``."""

    row: Row
    text: str
    start: int
    end: int
    distance: int


def _plain(phrase: str) -> str:
    return "".join(fold(character) for character in phrase if not character.isspace())


def _in_row(row: Row, index: int, starts: Sequence[int], caption: Caption, options: ExtractionOptions) -> Iterable[Hit]:
    text, allowed = row.text, 0 if caption.exact else _allowed(len(caption.phrase), options)
    if allowed == 0 and caption.phrase not in text:
        return
    if caption.exact and (item := _ITEM.match(text)):
        starts = (*starts, item.end())
    for start in range(len(text)) if caption.inline else starts:
        if allowed == 0 and not text.startswith(caption.phrase, start):
            continue
        spans = (
            _Span(row, text, start, end, distance) for distance, end in _ends(text, start, caption.phrase, allowed)
        )
        ending = [one for one in spans if _may_end(one, caption)]
        if ending:
            span = min(
                ending, key=lambda one: (one.distance, not _is_cut(one))
            )  # of equals the one that white space ends
            yield _hit(span, index, caption)


def _allowed(size: int, options: ExtractionOptions) -> int:
    """Characters of a caption that may be misread: none of a short one, then a share, at least one."""
    if size <= options.caption_exact:
        return 0
    return max(1, int(size * options.caption_errors))


def _ends(text: str, start: int, phrase: str, allowed: int) -> list[tuple[int, int]]:
    """Edit distances between the phrase and what begins at ``start``, and where that ends, the nearest first."""
    slack = 1 if allowed and len(phrase) >= _LONG else 0  # a letter that was lost or doubled
    ends = [start + length for length in range(len(phrase) - slack, len(phrase) + slack + 1)]
    scored = [(Levenshtein.distance(phrase, text[start:end]), end) for end in ends if end <= len(text)]
    kept = [pair for pair in scored if pair[0] <= allowed]
    return sorted(kept, key=lambda pair: (pair[0], abs(pair[1] - start - len(phrase))))


def _starts(row: Row) -> list[int]:
    """Where a caption may begin: at the row's beginning, after white space, after a mark that ends something."""
    text = row.text
    return [start for start in range(len(text)) if start == 0 or _is_parted(row, text, start)]


def _run_on(text: str) -> Iterable[int]:
    """Where a caption may begin right behind a party's name: words with a colon, as 乙方 in 甲方：某某公司乙方：…."""
    colons = [place for place, sign in enumerate(text) if sign == ":"]
    places = {place for colon in colons[1:] for place in range(max(1, colon - _RUN_ON), colon)}
    return sorted(place for place in places if follows_a_name(text, place))


def _is_parted(row: Row, text: str, start: int) -> bool:
    before = text[start - 1]
    return row.gap(start) >= _GAP_BEFORE or (not before.isalnum() and before not in _CLOSE + "、,")


def _may_end(span: _Span, caption: Caption) -> bool:
    """A caption ends before white space, a colon, a bracket, the end of the row, or is exact where a row begins."""
    row = span.row
    if _is_cut(span) or (caption.exact and span.text.startswith("):", span.end)):
        return True
    long = len(caption.phrase) >= _LONG
    if span.distance:
        return long and span.start == 0
    return long or span.start == 0 or row.gap(span.start) >= 1.0 or caption.inline


def _is_cut(span: _Span) -> bool:
    """Whether white space, a colon, a bracket or the end of the row stands behind."""
    row, text, end = span.row, span.text, span.end
    return end >= len(text) or text[end] in _COLON or text[end] in _OPEN or row.gap(end) >= _GAP_AFTER


def _hit(span: _Span, index: int, caption: Caption) -> Hit:
    value = _value_start(span.text, span.end, caption)
    box = union(glyph.box for glyph in span.row.glyphs[span.start : span.end])
    return Hit(caption, index, span.start, span.end, value, 1 - span.distance / len(caption.phrase), box)


def _value_start(text: str, end: int, caption: Caption) -> int:
    """Where the value begins, past a role in brackets, a party's 名称, the caption's English, and a colon."""
    place = end
    role = _ROLE.match(text, place)
    if role:
        place = role.end()
    title = (_TITLE if caption.exact else _ENGLISH).match(text, place)
    if title:
        place = title.end()
    while place < len(text) and text[place] in _COLON:
        place += 1
    return place


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    """Of hits of one row that overlap, the one with more matched letters; ties go to the first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (-_weight(one), one.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return kept


def _weight(hit: Hit) -> float:
    """Letters read right, less twice those misread: an exact caption beats a longer one that needs a guess."""
    size = len(hit.caption.phrase)
    return size * (3 * hit.score - 2)


def _aligned(hits: Sequence[Hit], options: ExtractionOptions) -> list[Hit]:
    """Captions stand under each other; a short one that is neither aligned nor followed by white space loses score."""
    if not hits:
        return []
    height = median(hit.box.height for hit in hits)
    made: list[Hit] = []
    for hit in hits:
        mates = sum(
            1 for other in hits if other is not hit and abs(other.box.x - hit.box.x) < options.aligned_reach * height
        )
        bonus = min(mates, options.aligned_most) * options.aligned_quality
        made.append(Hit(hit.caption, hit.row, hit.start, hit.end, hit.value, hit.score + bonus, hit.box))
    return made
