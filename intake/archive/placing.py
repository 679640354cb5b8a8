"""Where the words of a page lie on it, line by line: boxes of the flat page → places on the page as it is stored.

Reading programs tell lines and words apart by heights and gaps, each in its own way; so the words of a printed line get
one height and one base line, and lines that follow one another do not overlap. A scan that lies a little askew is the
hard case: poppler takes words for one line only while their base lines are less than half a letter apart. So a slanting
line is set level as far as the letters bear it, by less than a third of their height, and goes in steps beyond that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import fmean, median

from intake.archive.glyphless import width, written
from intake.geometry import region
from intake.types import FlatGeometry, Line, PageText, PixelBox, Word

Band = tuple[float, float]
"""The rows of the flat page that a line takes: from, to."""

SMALLEST = 0.1
"""Points; a box that the scan's edge clips to nothing keeps a place."""

_TALLEST = 2.0  # times the median height of a line's words: what is taller (a box with a seal in it) tells no height
_DISTANT = 1.5  # times the height of the smaller of two words of different size, between them
_OVERLAP = 0.5  # of the lower line; two that overlap by more stand beside each other
_CLEAR = 1.0  # pixels of the flat page that lines keep from the middle of where they overlapped
_ASKEW = math.radians(8.0)  # beyond it a line is no level line that was scanned askew
_SHIFT = 0.3  # of a line's height by which its ends may be moved to be level
_STEP = 0.15  # of a line's height by which a level piece may miss the slant at its ends


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and the rectangle in which it lies: ``x``, ``y`` its lower left corner, in points from the page's own.

    ``angle`` (radians, counter-clockwise) is where the text runs to. A ``tied`` text goes on in the next one.
    """

    text: str
    x: float
    y: float
    angle: float
    length: float
    height: float
    tied: bool = False

    def moved(self, along: float, across: float) -> Placed:
        """The same, moved by points along its direction and to its upper side."""
        sine, cosine = math.sin(self.angle), math.cos(self.angle)
        return replace(self, x=self.x + along * cosine - across * sine, y=self.y + along * sine + across * cosine)

    def distance(self, other: Placed) -> float:
        """How far the begin of another text lies from the begin of this one, along this one's direction."""
        return (other.x - self.x) * math.cos(self.angle) + (other.y - self.y) * math.sin(self.angle)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page of the PDF: its size in points, and the quarter turns counter-clockwise by which the scan is drawn."""

    width: float
    height: float
    turns: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place on the scan, in fractions of it from the top left, in points from the lower left."""
        for _ in range(self.turns % 4):
            x, y = y, 1 - x
        return x * self.width, (1 - y) * self.height


def lines(texts: Iterable[PageText], size: tuple[float, float], turns: int = 0) -> list[list[Placed]]:
    """The words of a page of ``size`` points in reading order; lines without a character are left out.

    ``turns``: quarter turns counter-clockwise by which the scan is drawn on the page; ``size`` is that of the page.
    """
    sheet = _Sheet(*size, turns)
    return [_levelled(_line(text.geometry, words, band, sheet)) for text in texts for words, band in _bands(text.lines)]


def _bands(printed: Iterable[Line]) -> list[tuple[list[Word], Band]]:
    """The words of each line that has some, with its rows; two that overlap a little part in the middle."""
    told = ([word for word in line.words if written(word.text).strip()] for line in printed)
    kept = [words for line in told for words in _of_one_size(line)]
    bands = [_band(words) for words in kept]
    for at in range(len(bands) - 1):
        (top, bottom), (following, end) = bands[at], bands[at + 1]
        if top < following and 0 < bottom - following < _OVERLAP * min(bottom - top, end - following):
            middle = (bottom + following) / 2
            bands[at], bands[at + 1] = (top, middle - _CLEAR), (middle + _CLEAR, end)
    return list(zip(kept, bands, strict=True))


def _of_one_size(words: Sequence[Word]) -> Iterator[list[Word]]:
    """A line in parts where small print stands beside a heading that the reader took for one line with it."""
    part: list[Word] = []
    for word in words:
        if part and _apart(part[-1], word):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _apart(one: Word, other: Word) -> bool:
    """Whether two words that follow one another differ in size and stand at a distance.

    A seal over a word stands at none, and a comma has no size.
    """
    small, large = sorted((one.box.height, other.box.height))
    letters = all(any(map(str.isalnum, word.text)) for word in (one, other))
    return letters and large > _TALLEST * small and other.box.x - one.box.right > _DISTANT * small


def _band(words: Sequence[Word]) -> Band:
    """From the highest to the lowest ink of a line."""
    usual = median(word.box.height for word in words)
    telling = [word.box for word in words if word.box.height <= _TALLEST * usual]
    return min(box.y for box in telling), max(box.bottom for box in telling)


def _line(geometry: FlatGeometry, words: Sequence[Word], band: Band, sheet: _Sheet) -> list[Placed]:
    """The words of a line, all of one height."""
    placed = [_placed(geometry, word, band, sheet) for word in words]
    height = median(word.height for word in placed)
    return [replace(word.moved(0, (word.height - height) / 2), height=height) for word in placed]


def _placed(geometry: FlatGeometry, word: Word, band: Band, sheet: _Sheet) -> Placed:
    """A word on its line's rows: the middle of where it lies on the scan, and the mean of opposite sides."""
    top, bottom = round(band[0]), round(band[1])
    box = PixelBox(word.box.x, top, max(word.box.width, 1), max(bottom - top, 1))
    a, b, c, d = (sheet.point(x, y) for x, y in region(geometry, box).corners)
    along = (b[0] - a[0] + c[0] - d[0]) / 2, (b[1] - a[1] + c[1] - d[1]) / 2
    across = (a[0] - d[0] + b[0] - c[0]) / 2, (a[1] - d[1] + b[1] - c[1]) / 2
    length, height = max(math.hypot(*along), SMALLEST), max(math.hypot(*across), SMALLEST)
    middle = fmean((a[0], b[0], c[0], d[0])), fmean((a[1], b[1], c[1], d[1]))
    begun = Placed(written(word.text), *middle, math.atan2(along[1], along[0]), length, height)
    return begun.moved(-length / 2, -height / 2)


def _levelled(line: list[Placed]) -> list[Placed]:
    """A line that slants a little, level or in level steps; any other as it is."""
    lead = max(line, key=lambda word: word.length).angle
    axis = round(lead / (math.pi / 2)) * math.pi / 2
    slants = [math.remainder(word.angle - axis, math.tau) for word in line]
    if max(abs(slant) for slant in slants) > _ASKEW:
        return line
    level = [_turned(word, axis) for word in line]
    heights = [_across(word) for word in level]
    base = fmean(heights)
    ends = [
        abs(height - base) + word.length / 2 * abs(math.sin(slant))
        for word, height, slant in zip(level, heights, slants, strict=True)
    ]
    kept = max(1 - _SHIFT * line[0].height / max(ends), 0.0) if max(ends) else 0.0
    pieces: list[Placed] = []
    for word, height, slant in zip(level, heights, slants, strict=True):
        pieces += _steps(word.moved(0, (base - height) * (1 - kept)), math.tan(slant) * kept)
    return pieces


def _turned(word: Placed, angle: float) -> Placed:
    """A word about its middle, in another direction."""
    middle = word.moved(word.length / 2, word.height / 2)
    return replace(middle, angle=angle).moved(-word.length / 2, -word.height / 2)


def _across(word: Placed) -> float:
    """The height of a word's lower side over the page's corner, measured across its direction."""
    return word.y * math.cos(word.angle) - word.x * math.sin(word.angle)


def _steps(word: Placed, slope: float) -> Iterator[Placed]:
    """A level word as so many level pieces that each misses the slope by little."""
    longest = 2 * _STEP * word.height / abs(slope) if slope else word.length
    count = min(math.ceil(word.length / longest), len(word.text))
    widths = [0, *accumulate(width(character) for character in word.text)]
    cuts = [round(at * len(word.text) / count) for at in range(count + 1)]
    for begin, end in pairwise(cuts):
        left, right = (word.length * widths[cut] / widths[-1] for cut in (begin, end))
        rise = ((left + right) / 2 - word.length / 2) * slope
        piece = replace(word, text=word.text[begin:end], length=right - left, tied=end < len(word.text))
        yield piece.moved(left, rise)
