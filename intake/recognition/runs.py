"""Where print lies on a page, without reading it: runs of characters that stand on one line, found by their ink alone.

Tesseract's own layout analysis was made for printed books. On forms it takes frames, emblems and seals for text, joins
captions with what stands beside them and leaves whole lines out. Runs are found on a copy of half the size: pieces of
ink of the size of characters, closed over the white between them. Where lines stand so close that their ink touches,
or a seal ties them together, only darker ink counts there. Headings are sought apart, among what is no line of text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions
from intake.recognition.chains import BIG, LEVEL, TEXT, Run, is_alike, lines, merged
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
_HUGE = 7.0  # times the size of type that a character of a heading is high, at most
_WIDE = 5.0  # times the size of type that characters which touch are wide, at most
_BAR, _BAR_THIN = 3.0, 0.25  # length and thickness of a rule, in sizes of type
_POST, _POST_THIN = 2.2, 0.3  # the same of an upright one
_FRAME = 8.0  # sizes of type: what stands closed so high, and narrow, is a frame
_CLOSED = 0.35  # sizes of type of white that a frame's ornaments leave between them
_GLUED = 0.45  # sizes of type of white inside a heading's character
_NARROW_GAP = 0.3  # sizes of type of white inside a character
_LOW = 0.6  # sizes of type: lower is a dash, a dot or half a character
_LINE = 3.0  # times its height from which on a run is surely a line
_SOLID = 0.3  # share of its box that a heading's character fills, closed


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
    text = _lines(copy, labels, sizes, height, options)
    headings = _headings(labels, sizes, text, height, options)
    boxes = [run.box for run in headings.runs]
    free = [run for run in text.runs if not any(_inside(run.box, box) for box in boxes)]
    return replace(text, runs=tuple(free)), headings


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
    return Layer(patches, lines(_runs(found, usable), height, copy.shape[0], options))


def _text(copy: Mask, labels: Labels, sizes: Sizes, height: float, options: RecognitionOptions) -> NDArray[np.bool_]:
    """The ink of characters; of patches too large for one, the darker pieces that are not. Frames are left out."""
    small = _pieces(sizes, height, BIG)
    text = small[labels]
    large = ~small & (sizes[:, cv2.CC_STAT_AREA] >= _CRUMB)
    large[0] = False
    darker, held = _patches(large[labels] & (copy < options.run_levels[1]))
    longer = np.maximum(held[:, cv2.CC_STAT_WIDTH], held[:, cv2.CC_STAT_HEIGHT])
    text |= (_pieces(held, height, BIG) & (longer > height / 2))[darker]
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


def _headings(labels: Labels, sizes: Sizes, text: Layer, height: float, options: RecognitionOptions) -> Layer:
    """Characters higher than those of lines, two or more side by side, put together out of what is no line."""
    taken = np.zeros(int(text.labels.max()) + 1, np.bool_)
    for run in text.runs:
        if run.box.width >= max(_LINE * run.box.height, TEXT * height):
            taken[list(run.patches)] = True
    rest = (_pieces(sizes, height, _HUGE) & (sizes[:, cv2.CC_STAT_WIDTH] <= _HUGE * height))[labels]
    patches, found = _patches(_closed(rest & ~taken[text.labels], _GLUED * height, _GLUED * height))
    wide, high = found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_HEIGHT]
    usable = (high > BIG * height) & (high <= _HUGE * height) & (wide >= _SOLID * high)
    usable &= found[:, cv2.CC_STAT_AREA] > _SOLID * wide * high
    rows: list[list[Run]] = []
    for run in sorted(_runs(found, usable), key=lambda one: one.box.x):
        home = next((row for row in rows if _goes_on(row[-1].box, run.box, options)), None)
        if home is None:
            rows.append([run])
        else:
            home.append(run)
    headings = (merged(row) for row in rows)
    return Layer(patches, tuple(run for run in headings if run.box.width >= _POST * run.box.height))


def _goes_on(one: PixelBox, other: PixelBox, options: RecognitionOptions) -> bool:
    """Whether two characters belong to one heading."""
    white = other.x - one.right
    return is_alike(one, other) and overlap(one, other) > LEVEL and white < options.run_apart * one.height


def _inside(box: PixelBox, other: PixelBox) -> bool:
    return (
        other.x - COPY <= box.x
        and box.right <= other.right + COPY
        and other.y - COPY <= box.y
        and box.bottom <= other.bottom + COPY
    )
