"""One flat page with everything that was read on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from intake.geometry import region
from intake.recognition.layout import line_box
from intake.types import FlatGeometry, Line, PageText, PixelBox, RectifiedPage, Word

HOLES = "holes"  # reader/holes: words from places where the whole page's reading had lost some
_APART = 0.4  # type sizes between the middles of two lines; less is the same line read twice
_ALIKE = 0.5  # share of a line's letters that a neighbour says too, in order: it was cut out of it
_MORE = 1.5  # times as wide as the words that were torn out of it a whole line is, at least
_SAME = 0.8  # share of a flat page that another may show too; neighbours on a copier's glass overlap by less


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flat page with all that was read on it: the whole page by each reader, then the crops."""

    readings: tuple[PageText, ...]

    @property
    def geometry(self) -> FlatGeometry:
        """Where the sheet lies on its scan."""
        return self.readings[0].geometry

    @property
    def pages(self) -> tuple[PageText, ...]:
        """The readings of the whole page, the first reader's first, each with what it found where it had lost print."""
        pages = (text for text in self.readings if "/" not in text.reader)
        return tuple(_filled(page, self._again(f"{page.reader}/{HOLES}")) for page in pages)

    def _again(self, reader: str) -> list[PageText]:
        return [text for text in self.readings if text.reader == reader]


def _filled(page: PageText, filling: Sequence[PageText]) -> PageText:
    """The page with the lines of its holes, without what it holds already, in place of what was torn out of them."""
    lines = page.lines
    for line in (line for text in filling for line in text.lines):
        words = [word for one in lines for word in one.words]
        said = _said_before(line, words)
        if not said:
            lines = (*lines, line)
        elif _says_more(line, said, words):
            lines = (*_without(lines, said), line)
    return replace(page, lines=lines)


def _says_more(line: Line, said: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether words are but a small part of a line that reaches beyond them on both sides, over no other words."""
    box = line_box(line)
    inside = all(box.x <= word.box.x + word.box.height and word.box.right <= box.right + box.height for word in said)
    alone = not any(_crosses(box, word.box) for word in words if word not in said)
    return inside and alone and box.width >= _MORE * sum(word.box.width for word in said)


def _crosses(one: PixelBox, other: PixelBox) -> bool:
    """Whether two boxes share more than a touch of their height and any of their width."""
    common = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(one.right, other.right) > max(one.x, other.x) and common > _APART * min(one.height, other.height)


def _without(lines: Sequence[Line], words: Sequence[Word]) -> tuple[Line, ...]:
    kept = (Line(tuple(word for word in line.words if word not in words)) for line in lines)
    return tuple(line for line in kept if line.words)


def _said_before(line: Line, words: Sequence[Word]) -> list[Word]:
    """The words that a line says again: those on its height, or those that it reaches into, where they read alike."""
    box = line_box(line)
    near = [word for word in words if min(box.right, word.box.right) > max(box.x, word.box.x)]
    level = [word for word in near if _is_level(box, word.box)]
    if level:
        return level
    reached = [word for word in near if min(box.bottom, word.box.bottom) > max(box.y, word.box.y)]
    reached.sort(key=lambda word: word.box.x)
    alike = LCSseq.similarity(line.text, "".join(word.text for word in reached)) >= _ALIKE * len(line.text)
    return reached if alike else []


def _is_level(one: PixelBox, other: PixelBox) -> bool:
    """Whether the middles of two boxes stand on one height."""
    apart = abs(one.y + one.height / 2 - other.y - other.height / 2)
    return apart < _APART * min(one.height, other.height)


def sheets(texts: Sequence[PageText]) -> tuple[Sheet, ...]:
    """Readings of the same flat page put together, in the order of the pages."""
    grouped: dict[tuple[int, int], list[PageText]] = {}
    for text in texts:
        grouped.setdefault((text.geometry.page_index, text.geometry.sheet), []).append(text)
    return tuple(Sheet(tuple(grouped[key])) for key in sorted(grouped))


def distinct(pages: Sequence[RectifiedPage]) -> tuple[RectifiedPage, ...]:
    """Flat pages without those that show the same part of the scan again (a paper and the frame printed on it)."""
    kept: list[RectifiedPage] = []
    for page in pages:
        if all(_common(page.geometry, other.geometry) < _SAME for other in kept):
            kept.append(page)
    return tuple(kept)


def _common(one: FlatGeometry, other: FlatGeometry) -> float:
    """How much of the smaller of two flat pages the other shows too, 0 to 1."""
    (a, b), (c, d) = _hull(one)
    (e, f), (g, h) = _hull(other)
    wide, high = max(0.0, min(c, g) - max(a, e)), max(0.0, min(d, h) - max(b, f))
    return wide * high / max(min((c - a) * (d - b), (g - e) * (h - f)), 1e-9)


def _hull(geometry: FlatGeometry) -> tuple[tuple[float, float], tuple[float, float]]:
    corners = region(geometry, PixelBox(0, 0, geometry.width, geometry.height)).corners
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys)), (max(xs), max(ys))
