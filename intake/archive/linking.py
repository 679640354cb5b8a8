"""How much two pages say that the second comes right after the first: evidence that needs no engine, as log-odds."""

from __future__ import annotations

import re
from typing import Literal

from intake.archive.pages import Sheet
from intake.archive_options import ArchiveOptions
from intake.doctypes import get
from intake.writing.numerals import small_number

Link = Literal["sheet", "next", "gap"]
"""The two sides of one sheet; the back of one and the front of the next; two pages with one missing between them."""

_CLAUSE = re.compile(
    r"^(?:第([一二三四五六七八九十\d]{1,3})[条章节款]|([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[)）]|(\d{1,2})[.．、](?!\d))"
)
_CLOSED = re.compile(r"[。！？；：!?;:”』）)]$")
_EDGE_LINE = re.compile(r"^[第共页\d\s/\\|,，.．\-—–·]*$")  # a printed page number, no text
_HAN = re.compile(r"[\u4e00-\u9fff]$")
_LONG = 12  # letters of a line of running text


def link(before: Sheet, after: Sheet, how: Link, options: ArchiveOptions) -> float:
    """Log-odds that ``after`` comes behind ``before`` (with one page between them where ``how`` is ``gap``)."""
    step = 2 if how == "gap" else 1
    score = numbers(before, after, step, options)
    score += marks(before, after, how, options)
    if how == "sheet":
        score += 0.0 if same_size(before, after, options) else -options.link_size
        score += options.link_card if one_card(before, after) else 0.0
        score -= options.link_begins if after.types and not one_card(before, after) else 0.0
    if how == "gap":
        return score
    goes_on = clauses_go_on(before.text, after.text)
    if goes_on is not None:
        score += options.link_clauses if goes_on else -options.link_clauses
    if sentence_goes_on(before, after):
        score += options.link_sentence
    return score


def marks(before: Sheet, after: Sheet, how: Link, options: ArchiveOptions) -> float:
    """What separators say: both sides of one bear the same, and none has a written page on its back."""
    if how != "sheet" or (before.mark is None and after.mark is None):
        return 0.0
    if before.mark is None or after.mark is None:
        other = before if before.mark is None else after
        return 0.0 if other.blank else -options.link_back
    if before.mark.number is None or after.mark.number is None:
        return options.link_back
    return options.link_mark if before.mark.same_sheet(after.mark) else -options.link_mark


def numbers(before: Sheet, after: Sheet, step: int, options: ArchiveOptions) -> float:
    """What printed page numbers say of ``after`` standing ``step`` pages behind ``before``."""
    if before.number is None or after.number is None:
        return 0.0
    if after.number == before.number + step and before.count in (after.count, None):
        return options.link_number
    if after.number <= step and (before.count is None or before.number > before.count - step):
        return 0.0  # another paper begins
    return -options.link_number


def same_size(before: Sheet, after: Sheet, options: ArchiveOptions) -> bool:
    """Whether two pages are of one size of paper, whichever way they lie."""
    pairs = zip(before.size, after.size, strict=True)
    return all(abs(one - other) <= options.size_tolerance * max(one, other) for one, other in pairs)


def one_card(before: Sheet, after: Sheet) -> bool:
    """Whether two pages are the two sides of one card, by what kinds of paper begin on them."""
    if len(before.types) != 1 or len(after.types) != 1:
        return False
    one, other = (get(page.types[0]).rank for page in (before, after))
    return one is not None and other is not None and one[0] == other[0] and other[1] == one[1] + 1


def clauses_go_on(before: str, after: str) -> bool | None:
    r"""Whether the first clause of a page is the next after the last of the page before; ``None`` where none tell.

    >>> clauses_go_on("第三条 付款", "款项。\n第四条 交货"), clauses_go_on("二、", "五、"), clauses_go_on("二、", "")
    (True, False, None)
    """
    last, first = dict(_clauses(before)), dict[int, int]()
    for style, number in _clauses(after):
        first.setdefault(style, number)
    shared = [(last[style], first[style]) for style in last.keys() & first.keys()]
    if not shared:
        return None
    return any(number == end + 1 for end, number in shared)


def sentence_goes_on(before: Sheet, after: Sheet) -> bool:
    """Whether a page breaks off in the midst of running text and the next begins with some."""
    end, start = _text_lines(before.text)[-1:], _text_lines(after.text)[:1]
    if not end or not start or after.types:
        return False
    runs = len(end[0]) >= _LONG and len(start[0]) >= _LONG
    return runs and _HAN.search(end[0]) is not None and not _CLOSED.search(end[0]) and not _CLAUSE.match(start[0])


def _text_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not _EDGE_LINE.match(line)]


def _clauses(text: str) -> list[tuple[int, int]]:
    """The clauses that begin on a page, each by the way of counting and its number, in their order."""
    found: list[tuple[int, int]] = []
    for line in text.splitlines():
        match = _CLAUSE.match(line.strip())
        number = small_number(match[match.lastindex or 1]) if match else None
        if match and number:
            found.append((match.lastindex or 1, number))
    return found
