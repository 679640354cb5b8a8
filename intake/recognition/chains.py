"""Runs of print put together to lines, and what of them is a frame: by their boxes alone.

Lengths are told in sizes of type: how high the lines of the page usually are, in pixels of the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from intake.geometry import middle, union
from intake.options import RecognitionOptions
from intake.recognition.layout import overlap
from intake.types import PixelBox

BIG = 1.9  # times the size of type that a character of a line is high, at most
LEVEL = 0.6  # share of the lower one's height that two runs of one line have in common
TEXT = 4.0  # sizes of type: what is longer is text, or a frame's level side
_LOW, _LEAST = 0.6, 0.45  # sizes of type: lower is a dash, a dot or half a character; lower still is no print
_NEAR = 0.2  # sizes of type above or below its line that the middle of a mark may lie
_HULL = 1.4  # times its line that a mark makes it higher, at most
_THIN = 1.2  # sizes of type: a slim thing that is higher is a bar
_SLIM = 0.45  # sizes of type: a narrower thing is no character that stands alone
_SQUARE = 1.7  # times its height that a single character is wide, at most
_SQUAT = 0.7  # sizes of type: as high as that a single character counts at least
_STACKED = 1.6  # times its higher run that a line is high, at most
_FEW = 3  # long runs: fewer do not tell where the text ends
_MANY = 6  # short runs under each other: fewer are no frame's upright side
_EDGE = 15  # per cent of the long runs that may begin further out: a frame's level sides do
_FAR_DOWN = 0.4  # of the page's height
_OVER = 0.3  # sizes of type that two runs of one line may reach into each other
_LOWEST, _HIGHEST = 0.8, 1.2  # sizes of type: as high as that a line counts at least, and at most
_ALIKE = 1.45  # times as high as another a run may be that carries the same word on


@dataclass(frozen=True, slots=True)
class Run:
    """Print on one line: its box and the numbers of its patches on the layer, both on the copy.

    ``letters``: single characters with white between them (名　　称).
    """

    box: PixelBox
    patches: tuple[int, ...]
    letters: bool = False


def lines(runs: Iterable[Run], height: float, page: int, options: RecognitionOptions) -> tuple[Run, ...]:
    """The lines that runs make, without the upright sides of frames; ``height`` the size of type, ``page`` the copy's.

    Letter-spaced captions are chained with whatever stands there, ornaments too; so frames are told by the lines, and
    then the lines are made again without them.
    """
    print_ = [run for run in _with_marks(runs, height) if run.box.height >= _LEAST * height]
    made = _joined(print_, height, options)
    sides = _frame(made, height, page)
    if sides:
        inside = (run for run in print_ if not any(left <= _centre(run.box) <= right for left, right in sides))
        made = _joined(inside, height, options)
    return tuple(made)


def merged(runs: Sequence[Run], *, letters: bool = False) -> Run:
    """Several runs as one."""
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
    lines = [run.box for run in runs if run.box.width >= TEXT * height and run.box.height <= BIG * height]
    if len(lines) < _FEW:
        return []
    left = np.percentile([box.x for box in lines], _EDGE) - height / 2
    right = np.percentile([box.right for box in lines], 100 - _EDGE) + height / 2
    short = [run.box for run in runs if run.box.width < TEXT * height]
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
    return [box for box in boxes if abs(_centre(box) - middle) <= TEXT / 2 * height]


def _with_marks(runs: Iterable[Run], height: float) -> list[Run]:
    """Commas, dashes and the strokes of 二 given to the run in whose line they lie."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda one: -one.box.width * one.box.height):
        homes = [place for place, one in enumerate(kept) if _is_mark(run.box, one.box, height)]
        home = min(homes, key=lambda place: abs(middle(kept[place].box) - middle(run.box)), default=None)
        if home is None:
            kept.append(run)
        else:
            kept[home] = merged((kept[home], run))
    return kept


def _is_mark(box: PixelBox, line: PixelBox, height: float) -> bool:
    near = box.x <= line.right + _LOW * height and box.right >= line.x - _LOW * height
    level = line.y - _NEAR * height <= middle(box) <= line.bottom + _NEAR * height
    hull = max(line.bottom, box.bottom) - min(line.y, box.y)
    fits = hull <= _HULL * min(max(_LOWEST * height, line.height), _HIGHEST * height)
    return box.height < _LOW * height and near and level and fits


def _chained(runs: Sequence[Run], height: float, options: RecognitionOptions, *, letters: bool) -> list[Run]:
    """Each run with the next ones on its line, from left to right, as long as they belong together."""
    waiting = sorted(runs, key=lambda one: one.box.x)
    done: list[Run] = []
    while waiting:
        run = waiting.pop(0)
        right = [
            one for one in waiting if overlap(run.box, one.box) > LEVEL and one.box.x - run.box.right > -_OVER * height
        ]
        nearest = min(right, key=lambda one: one.box.x, default=None)
        if nearest is not None and _belongs(run, nearest, height, options, letters=letters):
            waiting.remove(nearest)
            spaced = (run.letters or _is_letter(run, height)) and _is_letter(nearest, height)
            waiting.insert(0, merged((run, nearest), letters=spaced))
        else:
            done.append(run)
    return done


def _belongs(run: Run, other: Run, height: float, options: RecognitionOptions, *, letters: bool) -> bool:
    higher = max(run.box.height, other.box.height, _LOWEST * height)
    if max(run.box.bottom, other.box.bottom) - min(run.box.y, other.box.y) > _STACKED * higher:
        return False
    white = other.box.x - run.box.right
    single = _is_letter(run, height)
    if (single or run.letters) and _is_letter(other, height) and is_alike(run.box, other.box):
        return white < (options.run_apart_first if single else options.run_apart) * height
    return not letters and white < options.run_close * height


def _is_letter(run: Run, height: float) -> bool:
    """Whether a run is a single character."""
    return _SLIM * height <= run.box.width <= _SQUARE * max(run.box.height, _SQUAT * height)


def is_alike(one: PixelBox, other: PixelBox) -> bool:
    """Whether two runs are of about the same height."""
    return max(one.height, other.height) <= _ALIKE * min(one.height, other.height)
