"""Two papers on one flat page, cut apart along a white strip: both sides of a card, or two papers of one type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intake.doctypes import Cue, DocumentType, get, types
from intake.extraction import twins
from intake.extraction.classify import classify, evidence, printed, total
from intake.extraction.glyphs import Row, rows
from intake.extraction.sheet import Sheet
from intake.options import ExtractionOptions
from intake.recognition.layout import order_lines
from intake.types import Classification, PageText, PixelBox

_STRIPS = 3  # white strips tried, the widest first
_MORE_STRIPS = 12  # the same where two papers of one type lie on the page: forms have wide strips of their own
_NUMBER = 1.0  # log-odds that a sound number is worth beside the cues
_FORM = 3  # captions that two forms of one type both show
_SHARED = 0.7  # of the captions that two cards of one side show both


def cut(sheet: Sheet, options: ExtractionOptions) -> tuple[Sheet, ...]:
    """The papers on a sheet, top to bottom or left to right; the sheet itself where it holds one paper."""
    for text in (page for page in sheet.pages if _may_hold_two(page, options)):
        axis, place = _best(text, options)
        if _told(text, axis, place, options):
            parts = (_part(sheet, axis, place, low=low) for low in (True, False))
            return tuple(piece for part in parts for piece in cut(part, options))
    return (sheet,)


def _best(text: PageText, options: ExtractionOptions) -> tuple[str, int]:
    """The strip that parts two papers best; of strips that part them as well the widest."""
    most = _MORE_STRIPS if _is_double(text, options) else _STRIPS
    tried = [(axis, place) for axis in ("y", "x") for place in _strips(rows(text), axis)[:most]]
    return max(tried, key=lambda one: _told(text, one[0], one[1], options), default=("y", 0))


def _told(text: PageText, axis: str, place: int, options: ExtractionOptions) -> float:
    """What both sides of a strip show of types of their own: of several strips the one that tears no card tells most.

    0 where they are not two papers: of two types, two cards of the same side, or two of one type whose numbers differ.
    """
    halves = [_half(text, axis, place, low=low) for low in (True, False)]
    if not all(half.lines for half in halves):
        return 0.0
    first, second = (classify(half, options) for half in halves)
    if first.type is None or second.type is None or min(first.confidence, second.confidence) < options.cut_confidence:
        return 0.0
    kinds = get(first.type), get(second.type)
    if any(kind.continues for kind in kinds) or _is_heading_alone(first) or _is_heading_alone(second):
        return 0.0
    if first.type == second.type and not _are_two(text, halves, (first, second), options):
        return 0.0
    return sum(_shown(half, judged) for half, judged in zip(halves, (first, second), strict=True))


def _is_heading_alone(judged: Classification) -> bool:
    """Whether nothing but the heading of a certificate was found: it is the top of what stands below."""
    kind = get(judged.type or "")
    headings = {cue.phrase for cue in kind.cues if cue.title}
    return not kind.repeats and all(one.phrase in headings for one in judged.evidence)


def _shown(half: PageText, judged: Classification) -> float:
    """What speaks for a half's type: its cues, and a number of its own, which may stand outermost.

    A strip that leaves to the other half what speaks against a type parts no better for it.
    """
    numbered = any(twins.numbers(half, get(judged.type or "")).values())
    return total(one for one in judged.evidence if one.weight > 0) + (_NUMBER if numbered else 0.0)


def _are_two(
    text: PageText, halves: Sequence[PageText], told: Sequence[Classification], options: ExtractionOptions
) -> bool:
    """Whether two halves of one type are two papers, not two parts or two copies of one."""
    kind = get(told[0].type or "")
    if twins.differ(*(twins.numbers(half, kind) for half in halves)) and (kind.repeats or _common(*told) >= _FORM):
        return True
    if kind.repeats:
        return _alike(*told)
    whole = twins.repeat(halves[0], halves[1], kind) or all(twins.is_whole(half, kind, options) for half in halves)
    return (whole or _alike(*told)) and not twins.is_copied(text, kind)


def _common(first: Classification, second: Classification) -> int:
    """How many captions two papers both show: parts of one that names another company's number share hardly any."""
    return len({one.phrase for one in first.evidence} & {one.phrase for one in second.evidence})


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
    """Whether a page shows enough of two types, or of one that may lie on it twice, to be worth trying."""
    seen = _seen(text, options)
    return len(seen) > 1 or any(kind.repeats and not kind.continues for kind in seen) or _is_double(text, options)


def _is_double(text: PageText, options: ExtractionOptions) -> bool:
    """Whether a page shows numbers or captions of one type twice."""
    return any(twins.may_be_two(text, kind, options) for kind in _seen(text, options) if not kind.continues)


def _seen(text: PageText, options: ExtractionOptions) -> list[DocumentType]:
    """The types of which a page shows enough, whatever speaks against them."""
    pieces = printed(rows(text))
    return [kind for kind in types() if total(evidence(pieces, _for(kind), options)) >= options.type_threshold]


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
    return [middle for _, middle in sorted(found, reverse=True)]


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
