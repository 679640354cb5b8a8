"""Plane projective geometry between the flat page and its scan: pure arithmetic, no image library.

Coordinates are continuous, x to the right and y down: the top left *corner* of the top left pixel is (0, 0) and the
bottom right corner of the last pixel is (width, height). So a :class:`PixelBox` covers x to ``right`` and y to
``bottom``, and half a scan is the fraction 0.5. A homography is nine numbers row by row; it maps (x, y, 1) up to a
factor (Hartley and Zisserman, Multiple View Geometry, 2.3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from intake.types import FlatGeometry, PixelBox, Region

Homography: TypeAlias = tuple[float, ...]
Point: TypeAlias = tuple[float, float]

IDENTITY: Homography = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)

_ROUNDING = 1e-6  # pixels; a corner that float arithmetic moved by less does not widen a hull


def region(geometry: FlatGeometry, box: PixelBox) -> Region:
    """Where a box of the flat page lies on the scan: corners in the order of the text, clipped to the scan."""
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    mapped = apply(geometry.to_scan, corners)
    a, b, c, d = ((_fraction(x / geometry.scan_width), _fraction(y / geometry.scan_height)) for x, y in mapped)
    return Region((a, b, c, d))


def scan_box(place: Region, width: int, height: int) -> tuple[int, int, int, int]:
    """The upright hull of a region as (x, y, width, height) in pixels of a scan of ``width`` × ``height`` pixels.

    >>> scan_box(Region(((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2))), 100, 200)
    (10, 20, 40, 20)
    """
    return _hull([(x * width, y * height) for x, y in place.corners], width, height)


def extent(place: Region, width: int, height: int) -> tuple[float, float]:
    """How long and how high a region is along its own text, in pixels of a scan of ``width`` × ``height`` pixels.

    Opposite sides that differ (perspective) count by their mean.

    >>> extent(Region(((0.1, 0.1), (0.1, 0.5), (0.0, 0.5), (0.0, 0.1))), 100, 200)
    (80.0, 10.0)
    """
    a, b, c, d = ((x * width, y * height) for x, y in place.corners)
    return (math.dist(a, b) + math.dist(d, c)) / 2, (math.dist(a, d) + math.dist(b, c)) / 2


def union(boxes: Iterable[PixelBox]) -> PixelBox:
    """The smallest box that holds all boxes; raises ValueError where there is none.

    >>> union([PixelBox(0, 0, 2, 2), PixelBox(5, 1, 1, 4)])
    PixelBox(x=0, y=0, width=6, height=5)
    """
    kept = list(boxes)
    left, top = min(box.x for box in kept), min(box.y for box in kept)
    return PixelBox(left, top, max(box.right for box in kept) - left, max(box.bottom for box in kept) - top)


def overlap(one: PixelBox, other: PixelBox) -> float:
    """The share of the smaller of two boxes that lies in the other, 0 to 1.

    >>> overlap(PixelBox(0, 0, 10, 10), PixelBox(5, 0, 20, 10)), overlap(PixelBox(0, 0, 9, 9), PixelBox(9, 0, 9, 9))
    (0.5, 0.0)
    """
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    smaller = min(one.width * one.height, other.width * other.height)
    return max(0, wide) * max(0, high) / max(1, smaller)


def apply(homography: Homography, points: Sequence[Point]) -> list[Point]:
    """Each point (x, y) mapped by the homography."""
    matrix = _matrix(homography)
    mapped = np.column_stack([np.asarray(points, dtype=np.float64), np.ones(len(points))]) @ matrix.T
    return [(float(x / w), float(y / w)) for x, y, w in mapped]


def compose(*homographies: Homography) -> Homography:
    """One homography for several (at least one): the last one given is applied to the point first (matrix order).

    >>> apply(compose(translation(1, 0), scaling(2, 2)), [(3, 4)])
    [(7.0, 8.0)]
    """
    product = reduce(np.matmul, [_matrix(homography) for homography in homographies])
    return _numbers(np.asarray(product, dtype=np.float64))


def translation(x: float, y: float) -> Homography:
    """Moves every point by (x, y)."""
    return (1.0, 0.0, float(x), 0.0, 1.0, float(y), 0.0, 0.0, 1.0)


def scaling(x: float, y: float) -> Homography:
    """Multiplies x and y."""
    return (float(x), 0.0, 0.0, 0.0, float(y), 0.0, 0.0, 0.0, 1.0)


def rotation(degrees: float, centre: Point = (0.0, 0.0)) -> Homography:
    """Turns counter-clockwise as the eye sees it (y points down) around ``centre``.

    >>> x, y = apply(rotation(90), [(1.0, 0.0)])[0]
    >>> round(x, 9) + 0, round(y, 9)
    (0.0, -1.0)
    """
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = (cosine, sine, 0.0, -sine, cosine, 0.0, 0.0, 0.0, 1.0)
    return compose(translation(*centre), turn, translation(-centre[0], -centre[1]))


def quarter_turned(turns: int, width: int, height: int) -> Homography:
    """Maps the page that ``numpy.rot90(page, turns)`` gives back to the page of ``width`` × ``height`` it was given.

    >>> apply(quarter_turned(1, 30, 20), [(0, 0), (20, 30)])
    [(30.0, 0.0), (0.0, 20.0)]
    """
    return {
        0: IDENTITY,
        1: (0.0, -1.0, float(width), 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        2: (-1.0, 0.0, float(width), 0.0, -1.0, float(height), 0.0, 0.0, 1.0),
        3: (0.0, 1.0, 0.0, -1.0, 0.0, float(height), 0.0, 0.0, 1.0),
    }[turns % 4]


def from_corners(width: float, height: float, corners: Sequence[Point]) -> Homography:
    """Maps the rectangle (0, 0)–(width, height) onto four corners: top left, top right, bottom right, bottom left.

    Raises numpy.linalg.LinAlgError where three of the corners lie on a line.
    """
    flat = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    rows: list[list[float]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in zip(flat, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    solved = np.linalg.solve(np.array(rows, dtype=np.float64), np.array(wanted, dtype=np.float64))
    return (*(float(number) for number in solved), 1.0)


def _matrix(homography: Homography) -> NDArray[np.float64]:
    return np.array(homography, dtype=np.float64).reshape(3, 3)


def _numbers(matrix: NDArray[np.float64]) -> Homography:
    scaled = matrix / matrix[2, 2]
    return tuple(float(number) for number in scaled.ravel())


def _fraction(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _hull(points: Sequence[Point], width: int, height: int) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right = _span(min(xs), max(xs), width)
    top, bottom = _span(min(ys), max(ys), height)
    return left, top, right - left, bottom - top


def _span(low: float, high: float, size: int) -> tuple[int, int]:
    first = min(max(math.floor(low + _ROUNDING), 0), max(size - 1, 0))
    last = min(max(math.ceil(high - _ROUNDING), first + 1), max(size, 1))
    return first, last
