"""Where print lies on a page, without reading it: runs of characters that stand on one line, found by their ink alone.

Tesseract's own layout analysis was made for printed books. On forms it takes frames, emblems and seals for text, joins
captions with what stands beside them and leaves whole lines out. Runs are found on a copy of half the size: pieces of
ink of the size of characters, closed over the white between them. Where lines stand so close that their ink touches,
or a seal ties them together, only darker ink counts there. Headings are sought apart, among what is no line of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import union
from intake.options import RecognitionOptions
from intake.recognition.layout import overlap
from intake.types import PixelBox

COPY = 2
"""Times smaller than the page is the copy on which runs are found."""

Mask = NDArray[np.uint8]
Labels = NDArray[np.int32]
Sizes = NDArray[np.int32]
"""One row per patch of ink: x, y, width, height and area, the ground first."""

_CRUMB = 3  # pixels of the copy; smaller patches are grain
_LEAST_PIECES = 20  # fewer pieces of print tell no size of type
_USUAL_PIECE = 80  # per cent of the pieces of print that are smaller than a character
_SIZE_MOST = 2.4  # times the size of type that those pieces suggest, at most
_BIG = 1.9  # times the size of type that a character of a line is high, at most
_HUGE = 7.0  # the same for a character of a heading
_WIDE = 5.0  # times the size of type that characters which touch are wide, at most
_BAR, _BAR_THIN = 3.0, 0.25  # length and thickness of a rule, in sizes of type
_POST, _POST_THIN = 2.2, 0.3  # the same of an upright one
_FRAME = 8.0  # sizes of type: what stands closed so high, and narrow, is a frame
_CLOSED = 0.35  # sizes of type of white that a frame's ornaments leave between them
_GLUED = 0.45  # sizes of type of white inside a heading's character
_NARROW_GAP = 0.3  # sizes of type of white inside a character
_LOW, _LEAST = 0.6, 0.45  # sizes of type: lower is a dash, a dot or half a character; lower still is no print
_THIN = 1.2  # sizes of type: a slim thing that is higher is a bar
_SLIM = 0.45  # sizes of type: a narrower thing is no character that stands alone
_SQUARE = 1.7  # times its height that a single character is wide, at most
_LINE = 3.0  # times its height from which on a run is surely a line
_ALIKE = 1.45  # times as high as another a run may be that carries the same word on
_LEVEL = 0.6  # share of the lower one's height that two runs of one line have in common
_STACKED = 1.6  # times its higher run that a line is high, at most
_TEXT = 4.0  # sizes of type: what is longer is text, or a frame's level side
_FEW = 3  # long runs: fewer do not tell where the text ends
_MANY = 6  # short runs under each other: fewer are no frame's upright side
_EDGE = 15  # per cent of the long runs that may begin further out: a frame's level sides do
_FAR_DOWN = 0.4  # of the page's height
_SOLID = 0.3  # share of its box that a heading's character fills, closed


@dataclass(frozen=True, slots=True)
class Run:
    """Print on one line: its box and the numbers of its patches on the layer, both on the copy.

    ``letters``: single characters with white between them (名　　称).
    """

    box: PixelBox
    patches: tuple[int, ...]
    letters: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Runs of one kind with the patches that they are made of, ``labels`` (height, width) of the copy."""

    labels: Labels
    runs: tuple[Run, ...]


def find(ink: NDArray[np.uint8], options: RecognitionOptions) -> tuple[Layer, ...]:
    """The lines of text on ``ink`` (``uint8``, height × width, ink dark), then its headings; no order among runs."""
    size = (max(1, ink.shape[1] // COPY), max(1, ink.shape[0] // COPY))
    copy = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)
    labels, sizes = _patches(copy < options.run_levels[0])
    height = _type_size(labels, sizes, options)
    lines = _lines(copy, labels, sizes, height, options)
    headings = _headings(labels, sizes, lines, height, options)
    boxes = [run.box for run in headings.runs]
    free = [run for run in lines.runs if not any(_inside(run.box, box) for box in boxes)]
    return replace(lines, runs=tuple(free)), headings


def _patches(mask: NDArray[np.bool_] | Mask) -> tuple[Labels, Sizes]:
    picture = np.ascontiguousarray(mask, np.uint8)
    _, labels, sizes, _ = cv2.connectedComponentsWithStatsWithAlgorithm(picture, 8, cv2.CV_32S, cv2.CCL_BBDT)
    return labels, sizes


def _odd(pixels: float) -> int:
    return max(3, int(pixels) | 1)


def _closed(mask: NDArray[np.bool_] | Mask, across: float, down: float = 0.0) -> Mask:
    """White of so many pixels between ink filled, at the page's edge too."""
    wide, high = _odd(across) if across else 1, _odd(down) if down else 1
    padded = np.pad(np.asarray(mask, np.uint8), ((high, high), (wide, wide)))
    done = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((high, wide), np.uint8))
    return np.asarray(done[high:-high, wide:-wide], np.uint8)


def _pieces(sizes: Sizes, height: float, most: float) -> NDArray[np.bool_]:
    """Which patches may be print up to ``most`` sizes of type high: no grain, no rules."""
    wide, high, area = sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT], sizes[:, cv2.CC_STAT_AREA]
    fits = (high <= most * height) & (wide <= max(most, _WIDE) * height) & (area >= _CRUMB)
    rule = ((wide > _BAR * height) & (high < _BAR_THIN * height)) | (
        (high > _POST * height) & (wide < _POST_THIN * height)
    )
    kept: NDArray[np.bool_] = fits & ~rule
    kept[0] = False
    return kept


def _type_size(labels: Labels, sizes: Sizes, options: RecognitionOptions) -> float:
    """How high the lines of text usually are: of all that looks like a line, weighed by length, the middle one."""
    wide, high = sizes[1:, cv2.CC_STAT_WIDTH], sizes[1:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(wide, high), np.minimum(wide, high)
    print_ = (longer >= options.run_piece) & (longer <= options.run_piece_most * max(labels.shape))
    print_ &= shorter * 6 > longer
    first = float(np.percentile(longer[print_], _USUAL_PIECE)) if print_.sum() >= _LEAST_PIECES else options.run_size
    _, rows = _patches(_closed(_pieces(sizes, first, _SIZE_MOST)[labels], options.run_gap * first))
    wide, high = rows[1:, cv2.CC_STAT_WIDTH], rows[1:, cv2.CC_STAT_HEIGHT]
    line = (wide >= _LINE * high) & (high > _LOW * first) & (high < _SIZE_MOST * first)
    if not line.any():
        return first
    order = np.argsort(high[line])
    reached = np.cumsum(wide[line][order])
    return float(high[line][order][np.searchsorted(reached, reached[-1] / 2)])


def _lines(copy: Mask, labels: Labels, sizes: Sizes, height: float, options: RecognitionOptions) -> Layer:
    text = _text(copy, labels, sizes, height, options)
    closed = _closed(text, options.run_gap * height)
    patches, found = _patches(closed)
    gaps = [options.run_gap] * (len(options.run_levels) - 1)
    for level, gap in zip((*options.run_levels[1:], options.run_levels[-1]), (*gaps, _NARROW_GAP), strict=True):
        tied = _is_tied(found, height, options)
        if not tied.any():
            break
        part = tied[patches]
        closed[part] = _closed(text & part & (copy < level), gap * height)[part]
        patches, found = _patches(closed)
    usable = (found[:, cv2.CC_STAT_AREA] >= options.run_speck * height**2) & (
        found[:, cv2.CC_STAT_HEIGHT] <= _POST * height
    )
    runs = [run for run in _with_marks(_runs(found, usable), height) if run.box.height >= _LEAST * height]
    joined = _joined(runs, height, options)
    frame = _frame(joined, height, copy.shape[0])
    if frame:
        inside = (run for run in runs if not any(left <= _centre(run.box) <= right for left, right in frame))
        joined = _joined(inside, height, options)
    return Layer(patches, tuple(joined))


def _text(copy: Mask, labels: Labels, sizes: Sizes, height: float, options: RecognitionOptions) -> NDArray[np.bool_]:
    """The ink of characters; of patches too large for one, the darker pieces that are not. Frames are left out."""
    small = _pieces(sizes, height, _BIG)
    text = small[labels]
    large = ~small & (sizes[:, cv2.CC_STAT_AREA] >= _CRUMB)
    large[0] = False
    darker, held = _patches(large[labels] & (copy < options.run_levels[1]))
    longer = np.maximum(held[:, cv2.CC_STAT_WIDTH], held[:, cv2.CC_STAT_HEIGHT])
    text |= (_pieces(held, height, _BIG) & (longer > height / 2))[darker]
    standing, stacks = _patches(_closed(text, 0, _CLOSED * height))
    frame = (stacks[:, cv2.CC_STAT_HEIGHT] > _FRAME * height) & (stacks[:, cv2.CC_STAT_WIDTH] < _BAR * height)
    frame[0] = False
    return np.asarray(text & ~frame[standing], np.bool_)


def _is_tied(found: Sizes, height: float, options: RecognitionOptions) -> NDArray[np.bool_]:
    """Which patches hold more than one line of print."""
    wide, high = found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_HEIGHT]
    tied: NDArray[np.bool_] = (high > _POST * height) | ((high > options.run_tall * height) & (wide > _POST * height))
    tied[0] = False
    return tied


def _runs(found: Sizes, usable: NDArray[np.bool_]) -> list[Run]:
    rows = found.tolist()
    return [Run(PixelBox(*rows[patch][:4]), (patch,)) for patch in np.flatnonzero(usable).tolist() if patch]


def _headings(labels: Labels, sizes: Sizes, lines: Layer, height: float, options: RecognitionOptions) -> Layer:
    """Characters higher than those of lines, two or more side by side, put together out of what is no line."""
    taken = np.zeros(int(lines.labels.max()) + 1, np.bool_)
    for run in lines.runs:
        if run.box.width >= max(_LINE * run.box.height, _TEXT * height):
            taken[list(run.patches)] = True
    rest = (_pieces(sizes, height, _HUGE) & (sizes[:, cv2.CC_STAT_WIDTH] <= _HUGE * height))[labels]
    patches, found = _patches(_closed(rest & ~taken[lines.labels], _GLUED * height, _GLUED * height))
    wide, high = found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_HEIGHT]
    usable = (high > _BIG * height) & (high <= _HUGE * height) & (wide >= _SOLID * high)
    usable &= found[:, cv2.CC_STAT_AREA] > _SOLID * wide * high
    rows: list[list[Run]] = []
    for run in sorted(_runs(found, usable), key=lambda one: one.box.x):
        home = next((row for row in rows if _goes_on(row[-1].box, run.box, options)), None)
        if home is None:
            rows.append([run])
        else:
            home.append(run)
    merged = (_merged(row) for row in rows)
    return Layer(patches, tuple(run for run in merged if run.box.width >= _POST * run.box.height))


def _goes_on(one: PixelBox, other: PixelBox, options: RecognitionOptions) -> bool:
    """Whether two characters belong to one heading."""
    white = other.x - one.right
    return _is_alike(one, other) and overlap(one, other) > _LEVEL and white < options.run_apart * one.height


def _is_alike(one: PixelBox, other: PixelBox) -> bool:
    return max(one.height, other.height) <= _ALIKE * min(one.height, other.height)


def _inside(box: PixelBox, other: PixelBox) -> bool:
    return (
        other.x - COPY <= box.x
        and box.right <= other.right + COPY
        and other.y - COPY <= box.y
        and box.bottom <= other.bottom + COPY
    )


def _merged(runs: Sequence[Run], *, letters: bool = False) -> Run:
    return Run(union(run.box for run in runs), tuple(patch for run in runs for patch in run.patches), letters)


def _joined(runs: Iterable[Run], height: float, options: RecognitionOptions) -> list[Run]:
    """Runs of one line put together: letter-spaced characters first, then what stands close."""
    kept = list(runs)
    for letters in (True, False):
        kept = _chained(kept, height, options, letters=letters)
    return [run for run in kept if run.box.width >= _SLIM * height or run.box.height <= _THIN * height]


def _centre(box: PixelBox) -> float:
    return box.x + box.width / 2


def _frame(runs: Sequence[Run], height: float, page: int) -> list[tuple[float, float]]:
    """Where a frame's upright sides stand, from x to x: many short runs under each other beside all the long ones."""
    lines = [run.box for run in runs if run.box.width >= _TEXT * height and run.box.height <= _BIG * height]
    if len(lines) < _FEW:
        return []
    left = np.percentile([box.x for box in lines], _EDGE) - height / 2
    right = np.percentile([box.right for box in lines], 100 - _EDGE) + height / 2
    short = [run.box for run in runs if run.box.width < _TEXT * height]
    sides = ([box for box in short if box.right < left], [box for box in short if box.x > right])
    columns = (_column(side, height) for side in sides if side)
    return [
        (min(box.x for box in column), max(box.right for box in column))
        for column in columns
        if len(column) >= _MANY and max(box.bottom for box in column) - min(box.y for box in column) >= _FAR_DOWN * page
    ]


def _column(boxes: Sequence[PixelBox], height: float) -> list[PixelBox]:
    """The boxes that stand under each other, where most of them do."""
    middle = float(np.median([_centre(box) for box in boxes]))
    return [box for box in boxes if abs(_centre(box) - middle) <= _TEXT / 2 * height]


def _with_marks(runs: Iterable[Run], height: float) -> list[Run]:
    """Commas, dashes and the strokes of 二 given to the run in whose line they lie."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda one: -one.box.width * one.box.height):
        homes = [place for place, one in enumerate(kept) if _is_mark(run.box, one.box, height)]
        home = min(homes, key=lambda place: abs(_middle(kept[place].box) - _middle(run.box)), default=None)
        if home is None:
            kept.append(run)
        else:
            kept[home] = _merged((kept[home], run))
    return kept


def _is_mark(box: PixelBox, line: PixelBox, height: float) -> bool:
    near = box.x <= line.right + _LOW * height and box.right >= line.x - _LOW * height
    level = line.y - height / 5 <= _middle(box) <= line.bottom + height / 5
    hull = max(line.bottom, box.bottom) - min(line.y, box.y)
    return (
        box.height < _LOW * height
        and near
        and level
        and hull <= 1.4 * min(max(0.8 * height, line.height), 1.2 * height)
    )


def _middle(box: PixelBox) -> float:
    return box.y + box.height / 2


def _chained(runs: Sequence[Run], height: float, options: RecognitionOptions, *, letters: bool) -> list[Run]:
    """Each run with the next ones on its line, from left to right, as long as they belong together."""
    waiting = sorted(runs, key=lambda one: one.box.x)
    done: list[Run] = []
    while waiting:
        run = waiting.pop(0)
        right = [
            one for one in waiting if overlap(run.box, one.box) > _LEVEL and one.box.x - run.box.right > -0.3 * height
        ]
        nearest = min(right, key=lambda one: one.box.x, default=None)
        if nearest is not None and _belongs(run, nearest, height, options, letters=letters):
            waiting.remove(nearest)
            spaced = (run.letters or _is_letter(run, height)) and _is_letter(nearest, height)
            waiting.insert(0, _merged((run, nearest), letters=spaced))
        else:
            done.append(run)
    return done


def _belongs(run: Run, other: Run, height: float, options: RecognitionOptions, *, letters: bool) -> bool:
    higher = max(run.box.height, other.box.height, 0.8 * height)
    if max(run.box.bottom, other.box.bottom) - min(run.box.y, other.box.y) > _STACKED * higher:
        return False
    white = other.box.x - run.box.right
    single = _is_letter(run, height)
    if (single or run.letters) and _is_letter(other, height) and _is_alike(run.box, other.box):
        return white < (options.run_apart_first if single else options.run_apart) * height
    return not letters and white < options.run_close * height


def _is_letter(run: Run, height: float) -> bool:
    """Whether a run is a single character."""
    return _SLIM * height <= run.box.width <= _SQUARE * max(run.box.height, 0.7 * height)
