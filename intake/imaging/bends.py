"""How a sheet that does not lie flat bends its lines of print: folds, waves, a corner that lifts.

Each run of print is straight on paper. On the flat page it rises and falls with the sheet; what all runs have in common
is the sheet's own bend: a displacement down the page, linear between few nodes, which follows a sharp fold as well as a
wave. It is looked for on a small copy, and only given where rows of print are bent enough to harm their reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import Bend, turned_bend
from intake.sheet_options import ImagingOptions

Numbers = NDArray[np.float64]

_TYPE = 8.0  # pixels of the copy that print is high
_INK = 170  # grey of the copy; darker is ink
_GAP = 1.3  # print heights of white inside a run
_CLOSE = 0.5  # print heights of white between letters that stand close
_WINDOW = 2.0  # print heights: two glyphs, whose ink together tells the height of their line
_LOW, _HIGH = 0.65, 1.7  # print heights from the top to the bottom of a window's ink: less is a dash, more two lines
_SHORT = 4.0  # print heights; shorter runs tell no slope
_MOST_RUNS = 120  # the longest; more only cost time
_ACROSS, _DOWN = 9, 3  # nodes
_STIFF, _ALIKE, _SMALL = 0.16, 0.09, 0.0001  # weights of a node's bend, of what differs down the page, of its size
_ROUNDS = 4  # of fitting, each with less weight on what lies off
_GRAIN = 0.03  # print heights: no height of a line is known better
_ROWS = (10, 30, 50, 70, 90)  # per cent of the print above the rows that are judged
_PLACES = 33  # along them


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Where windows of runs stand: middles ``x``, ``y`` in fractions of the page's width and height; ``run`` of each.

    ``unit`` is the height of print as a fraction of the page's height.
    """

    x: Numbers
    y: Numbers
    run: NDArray[np.int64]
    unit: float


def bend(ink: NDArray[np.uint8], height: float | None, options: ImagingOptions) -> Bend:
    """The displacement that straightens the lines of a flat page, or ``()`` where they are straight or too few.

    ``ink`` is the page's, ``height`` that of its print in pixels of the page.
    """
    if height is None:
        return ()
    scale = min(_TYPE / height, 1.0)
    size = (max(round(ink.shape[1] * scale), 1), max(round(ink.shape[0] * scale), 1))
    text = _text(np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8), height * scale)
    turns = int(_length(text.T, height * scale) > _length(text, height * scale))
    runs = _runs(np.ascontiguousarray(np.rot90(text, turns)), height * scale)
    if len(np.unique(runs.run)) < options.bend_runs or len(runs.x) < options.bend_windows:
        return ()
    nodes = _fitted(runs) / runs.unit  # in print heights
    if not _harms(nodes, runs, options):
        return ()
    down = np.round(nodes.reshape(_ACROSS, _DOWN).T * height, 2)
    found = tuple(tuple((0.0, float(node)) for node in row) for row in down)
    return turned_bend(found, -turns)


def _text(copy: NDArray[np.uint8], height: float) -> NDArray[np.uint8]:
    """1 where the copy bears ink of the size of letters."""
    dark = (copy < _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    letter = (high <= 1.8 * height) & (wide <= 3 * height) & ((high >= 0.3 * height) | (wide <= 1.2 * height))
    letter[0] = False
    return np.asarray(letter[labels], np.uint8)


def _length(text: NDArray[np.uint8], height: float) -> int:
    """How much runs along rows whose letters stand close: letters are nearer to each other than lines are."""
    closed = _closed(np.ascontiguousarray(text), _CLOSE * height)
    return int(np.count_nonzero(cv2.erode(closed, np.ones((1, round(_SHORT * height)), np.uint8))))


def _closed(text: NDArray[np.uint8], gap: float) -> NDArray[np.uint8]:
    """White of so many pixels along rows filled in, so that a run of print is one patch."""
    reach = max(3, int(gap) | 1)
    padded = cv2.copyMakeBorder(text, 0, 0, reach, reach, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    return np.ascontiguousarray(closed[:, reach:-reach])


def _runs(text: NDArray[np.uint8], height: float) -> _Runs:
    """The windows of the longest runs, level or leaning."""
    closed = _closed(text, _GAP * height)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(closed, 8, cv2.CV_32S, cv2.CCL_BBDT)
    long = np.flatnonzero((stats[:, cv2.CC_STAT_WIDTH] >= _SHORT * height) & (np.arange(len(stats)) > 0))
    long = long[np.argsort(-stats[long, cv2.CC_STAT_WIDTH], kind="stable")][:_MOST_RUNS]
    xs, ys, owners = [np.empty(0)], [np.empty(0)], [np.empty(0, np.int64)]
    for run in long.tolist():
        x, y, wide, high = stats[run, :4].tolist()
        piece = (labels[y : y + high, x : x + wide] == run) & (text[y : y + high, x : x + wide] > 0)
        along, middles = _middles(piece, height)
        xs.append((x + along) / text.shape[1])
        ys.append((y + middles) / text.shape[0])
        owners.append(np.full(len(along), run))
    return _Runs(np.concatenate(xs), np.concatenate(ys), np.concatenate(owners), height / text.shape[0])


def _middles(piece: NDArray[np.bool_], height: float) -> tuple[Numbers, Numbers]:
    """Of a run's windows, half overlapping: their middles along the run and halfway between top and bottom of ink."""
    high, wide = piece.shape
    window = max(4, round(_WINDOW * height))
    if wide < window:
        return np.empty(0), np.empty(0)
    inked = piece.any(axis=0)
    top = np.where(inked, piece.argmax(axis=0), high)
    bottom = np.where(inked, high - piece[::-1].argmax(axis=0), 0)
    step = window // 2
    tops = np.lib.stride_tricks.sliding_window_view(top, window)[::step].min(axis=1)
    bottoms = np.lib.stride_tricks.sliding_window_view(bottom, window)[::step].max(axis=1)
    good = (bottoms - tops >= _LOW * height) & (bottoms - tops <= _HIGH * height)
    along = np.arange(len(tops)) * step + window / 2
    return along[good], ((tops + bottoms) / 2)[good]


def _fitted(runs: _Runs) -> Numbers:
    """The nodes of the bend, column by column, as fractions of the page's height.

    Every run has its own height; what is left is explained by nodes that are stiff across the page and alike down it.
    Windows far off (seals, underlines, glyphs like 一) lose their weight round by round.
    """
    shares, firm = _shares(runs.x, runs.y), _firmness()
    _, run = np.unique(runs.run, return_inverse=True)
    heights = runs.y / runs.unit
    weight: Numbers = np.ones(len(heights))
    nodes: Numbers = np.zeros(shares.shape[1], np.float64)
    for _ in range(_ROUNDS):
        total = np.maximum(np.bincount(run, weight), 1e-9)
        usual = np.column_stack([np.bincount(run, weight * column) / total for column in shares.T])
        level = np.bincount(run, weight * heights) / total
        apart, off = shares - usual[run], heights - level[run]
        weighed = apart * weight[:, None]
        nodes = np.asarray(np.linalg.solve(apart.T @ weighed + firm, weighed.T @ off), np.float64)
        left = off - apart @ nodes
        spread = max(1.48 * float(np.median(np.abs(left))), _GRAIN)
        weight = np.asarray(1 / (1 + (left / (2 * spread)) ** 2) ** 2)
    return nodes * runs.unit


def _shares(x: Numbers, y: Numbers) -> Numbers:
    """How much each node counts at each point, linear between them; shape (points, nodes), columns of nodes in turn."""
    across, down = _hats(x, _ACROSS), _hats(y, _DOWN)
    return np.asarray((across[:, :, None] * down[:, None, :]).reshape(len(across), -1))


def _hats(places: Numbers, count: int) -> Numbers:
    at = np.clip(places, 0.0, 1.0) * (count - 1)
    return np.asarray(np.maximum(0.0, 1.0 - np.abs(at[:, None] - np.arange(count))))


def _firmness() -> Numbers:
    """The quadratic form by which nodes are held together; shape (nodes, nodes)."""
    across, down = np.eye(_ACROSS), np.eye(_DOWN)
    bent = np.kron(np.diff(across, 2, axis=0), down)
    unlike = np.kron(across, np.diff(down, axis=0))
    return np.asarray(_STIFF * bent.T @ bent + _ALIKE * unlike.T @ unlike + _SMALL * np.eye(_ACROSS * _DOWN))


def _harms(nodes: Numbers, runs: _Runs, options: ImagingOptions) -> bool:
    """Whether rows of print curve or lean so much that it is worth a resampling; what cannot be paper is left alone."""
    first, last = np.percentile(runs.x, (2, 98))
    x = np.linspace(first, last, _PLACES)
    curves, leans = [], []
    for y in np.percentile(runs.y, _ROWS):
        row = _shares(x, np.full(_PLACES, y)) @ nodes
        straight = np.polyval(np.polyfit(x, row, 1), x)
        curves.append(float(np.abs(row - straight).max()))
        leans.append(float(np.ptp(row)))
    if float(np.abs(nodes).max()) > options.bend_most:
        return False
    return max(curves) >= options.bend_least or max(leans) >= options.bend_lean
