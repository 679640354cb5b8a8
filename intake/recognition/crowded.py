"""Boxes of lines that stand close, cut apart where they reach into each other.

A detector of text looks at a small copy of the page and draws its boxes with a margin. Round lines whose pitch is
hardly more than their type, the boxes take in the feet of the line above and the heads of the line below, and the
recogniser reads what it sees.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from intake.options import RecognitionOptions

Quad = NDArray[np.float32]
"""Corners of a line of text, shape (4, 2), in pixels: top left, top right, bottom right, bottom left."""

_COMMON = 0.5  # share of the narrower of two boxes that the other stands over or under
_LEVEL = 0.25  # of their joint height: middles nearer than that are of one line, found twice


def parted(quads: Sequence[Quad], options: RecognitionOptions) -> list[Quad]:
    """The boxes, each as high as its line's share of the room; boxes that crowd nobody come back as they are.

    Two lines share what lies between their middles by their heights; each keeps a margin of ``crowded_margin`` beyond,
    since strokes differ in length. Boxes that would lose less than ``crowded_least`` of their height stay.
    """
    if not quads:
        return []
    corners = np.stack([np.asarray(quad, np.float64) for quad in quads])
    reach = _reach(corners, options.crowded_margin)
    least = 1 - options.crowded_least
    return [
        quad if up + down > 2 * least * half else _cut(quad, half, up, down)
        for quad, half, (up, down) in zip(quads, _halves(corners), reach, strict=True)
    ]


def _halves(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half the height of each box, shape (n,)."""
    sides = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1) + np.linalg.norm(
        corners[:, 2] - corners[:, 1], axis=1
    )
    return np.asarray(np.maximum(sides / 4, 0.5))


def _reach(corners: NDArray[np.float64], margin: float) -> NDArray[np.float64]:
    """How far each box may go from its middle up and down, shape (n, 2)."""
    half = _halves(corners)
    drop, under = _drops(corners), _stacked(corners)
    joint = half[:, None] + half[None, :]
    near = under & (np.abs(drop) < joint) & (np.abs(drop) >= _LEVEL * joint)
    room = np.where(near, np.abs(drop) * half[:, None] / joint * (1 + margin), np.inf)
    up = np.where(drop < 0, room, np.inf).min(axis=1)
    down = np.where(drop > 0, room, np.inf).min(axis=1)
    return np.stack([np.minimum(up, half), np.minimum(down, half)], axis=1)


def _stacked(corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which boxes stand over or under which, shape (n, n)."""
    left, right = corners[:, :, 0].min(axis=1), corners[:, :, 0].max(axis=1)
    common = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    narrower = np.minimum((right - left)[:, None], right - left)
    return np.asarray((common >= _COMMON * narrower) & ~np.eye(len(corners), dtype=bool))


def _drops(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much lower the middle of box j stands than that of box i, where they lie over each other, shape (n, n)."""
    begin, end = (corners[:, 0] + corners[:, 3]) / 2, (corners[:, 1] + corners[:, 2]) / 2
    slope = (end - begin)[:, 1] / np.maximum(1.0, (end - begin)[:, 0])
    left, right = corners[:, :, 0].min(axis=1), corners[:, :, 0].max(axis=1)
    place = (np.maximum(left[:, None], left) + np.minimum(right[:, None], right)) / 2
    own = begin[:, None, 1] + slope[:, None] * (place - begin[:, None, 0])
    other = begin[None, :, 1] + slope[None, :] * (place - begin[None, :, 0])
    return np.asarray(other - own)


def _cut(quad: Quad, half: float, up: float, down: float) -> Quad:
    """A box cut to ``up`` and ``down`` pixels from its middle."""
    above, below = (half - up) / (2 * half), (half + down) / (2 * half)
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    cut = [quad[0] + above * left, quad[1] + above * right, quad[1] + below * right, quad[0] + below * left]
    return np.asarray(cut, np.float32)
