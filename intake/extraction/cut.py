"""Two papers on one flat page: both sides of a card copied onto one sheet, cut apart along the widest white strip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.doctypes import Cue, DocumentType, get, types
from intake.extraction.classify import classify, evidence, printed, total
from intake.extraction.glyphs import Row, rows
from intake.extraction.sheet import Sheet
from intake.options import ExtractionOptions
from intake.recognition.layout import order_lines
from intake.types import Classification, PageText, PixelBox

_STRIPS = 3  # white strips tried, the widest first
_SHARED = 0.7  # of the captions that two cards of one side show both


def cut(sheet: Sheet, options: ExtractionOptions) -> tuple[Sheet, ...]:
    """The papers on a sheet, top to bottom or left to right; the sheet itself where it holds one paper."""
    for text in (page for page in sheet.pages if _may_hold_two(page, options)):
        tried = [(axis, place) for axis in ("y", "x") for place in _strips(rows(text), axis)]
        axis, place = max(tried, key=lambda one: _told(text, one[0], one[1], options), default=("y", 0))
        if _told(text, axis, place, options):
            parts = (_part(sheet, axis, place, low=low) for low in (True, False))
            return tuple(piece for part in parts for piece in cut(part, options))
    return (sheet,)


def _told(text: PageText, axis: str, place: int, options: ExtractionOptions) -> float:
    """What both sides of a strip show of types of their own: of several strips the one that tears no card tells most.

    0 where they are not two papers: of two types, or two cards of the same side.
    """
    halves = [_half(text, axis, place, low=low) for low in (True, False)]
    if not all(half.lines for half in halves):
        return 0.0
    first, second = (classify(half, options) for half in halves)
    if first.type is None or second.type is None or min(first.confidence, second.confidence) < options.cut_confidence:
        return 0.0
    kinds = get(first.type), get(second.type)
    if any(kind.continues for kind in kinds):
        return 0.0
    two = first.type != second.type or (kinds[0].repeats and _alike(first, second))
    return total(first.evidence) + total(second.evidence) if two else 0.0


def _alike(first: Classification, second: Classification) -> bool:
    """Whether two papers of one type show the same captions, as two cards do and the parts of one card do not.

    What is known by its shape is a whole card, however few of its captions were read.
    """
    mine, other = ({one.phrase for one in kind.evidence} for kind in (first, second))
    shaped = {cue.phrase for cue in get(first.type or "").cues if cue.shape}
    if shaped & mine & other:
        return True
    return len(mine & other) >= _SHARED * max(len(mine), len(other))


def _may_hold_two(text: PageText, options: ExtractionOptions) -> bool:
    """Whether a page shows enough of two types, or of a card that may lie on it twice, to be worth trying."""
    pieces = printed(rows(text))
    seen = [kind for kind in types() if total(evidence(pieces, _for(kind), options)) >= options.type_threshold]
    return len(seen) > 1 or any(kind.repeats and not kind.continues for kind in seen)


def _for(kind: DocumentType) -> list[Cue]:
    return [cue for cue in kind.cues if cue.weight > 0]


def _strips(lines: Sequence[Row], axis: str) -> list[int]:
    """The middles of the widest white strips across the page (``y``) or down it (``x``), the widest first."""
    spans = sorted(_span(glyph.box, axis) for row in lines for glyph in row.glyphs)
    found: list[tuple[int, int]] = []
    reach = spans[0][1] if spans else 0
    for low, high in spans:
        if low > reach:
            found.append((low - reach, (low + reach) // 2))
        reach = max(reach, high)
    return [middle for _, middle in sorted(found, reverse=True)[:_STRIPS]]


def _span(box: PixelBox, axis: str) -> tuple[int, int]:
    return (box.y, box.bottom) if axis == "y" else (box.x, box.right)


def _part(sheet: Sheet, axis: str, place: int, *, low: bool) -> Sheet:
    halves = (_half(text, axis, place, low=low) for text in sheet.readings)
    return Sheet(tuple(half for half in halves if half.lines or "/" not in half.reader))


def _half(text: PageText, axis: str, place: int, *, low: bool) -> PageText:
    """The words on one side of a strip."""
    words = (word for line in text.lines for word in line.words)
    kept = [word for word in words if (sum(_span(word.box, axis)) / 2 < place) == low]
    return replace(text, lines=order_lines(kept))


def cut_all(sheets: Iterable[Sheet], options: ExtractionOptions) -> tuple[Sheet, ...]:
    """Every paper on every sheet, in order."""
    return tuple(piece for sheet in sheets for piece in cut(sheet, options))
