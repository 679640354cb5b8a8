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
Bend: TypeAlias = tuple[tuple[Point, ...], ...]
"""How far (x, y), in pixels of the flat page, points lie from where they lay on a sheet that was bent: rows of nodes,
spread evenly from corner to corner of the page, linear in between; ``()`` for a sheet that lay flat."""

IDENTITY: Homography = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)

_ROUNDING = 1e-6  # pixels; a corner that float arithmetic moved by less does not widen a hull


def region(geometry: FlatGeometry, box: PixelBox) -> Region:
    """Where a box of the flat page lies on the scan: corners in the order of the text, clipped to the scan."""
    corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
    mapped = apply(geometry.to_scan, moved(corners, geometry.bend, geometry.width, geometry.height))
    a, b, c, d = ((_fraction(x / geometry.scan_width), _fraction(y / geometry.scan_height)) for x, y in mapped)
    return Region((a, b, c, d))


def scan_box(place: Region, width: int, height: int) -> tuple[int, int, int, int]:
    """The upright hull of a region as (x, y, width, height) in pixels of a scan of ``width`` × ``height`` pixels.

    >>> scan_box(Region(((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2))), 100, 200)
    (10, 20, 40, 20)
    """
    return _hull([(x * width, y * height) for x, y in place.corners], width, height)


def middle(box: PixelBox) -> float:
    """How far down the middle of a box lies, in pixels of the flat page.

    >>> middle(PixelBox(10, 20, 40, 5))
    22.5
    """
    return box.y + box.height / 2


def extent(place: Region, width: int, height: int) -> tuple[float, float]:
    """How long and how high a region is along its own text, in pixels of a scan of ``width`` × ``height`` pixels.

    Opposite sides that differ (perspective) count by their mean.

    >>> extent(Region(((0.1, 0.1), (0.1, 0.5), (0.0, 0.5), (0.0, 0.1))), 100, 200)
    (80.0, 10.0)
    """
    a, b, c, d = ((x * width, y * height) for x, y in place.corners)
    return (math.dist(a, b) + math.dist(d, c)) / 2, (math.dist(a, d) + math.dist(b, c)) / 2


def lean(geometry: FlatGeometry) -> float:
    """Degrees counter-clockwise by which a flat page's lines lean on its scan, quarter turns apart: -45 to 45."""
    (x, y), (right, below) = apply(geometry.to_scan, [(0, geometry.height / 2), (geometry.width, geometry.height / 2)])
    angle = -math.degrees(math.atan2(below - y, right - x))
    return (angle + 45) % 90 - 45


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


def moved(points: Sequence[Point], bend: Bend, width: int, height: int) -> list[Point]:
    """Points of a page of ``width`` × ``height`` where they lay before its bend was taken out.

    >>> moved([(50, 10), (75, 10)], (((0, 0), (0, 8), (0, 0)),) * 2, 100, 20)
    [(50.0, 18.0), (75.0, 14.0)]
    """
    places = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if bend:
        places = places + displacement(bend, places / (width, height))
    return [(float(x), float(y)) for x, y in places]


def displacement(bend: Bend, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far a bend moves ``places``, shape (n, 2), x and y in fractions of the page; linear between its nodes."""
    nodes = np.array(bend, dtype=np.float64)
    at = np.clip(places, 0.0, 1.0) * (nodes.shape[1] - 1, nodes.shape[0] - 1)
    low = np.minimum(at.astype(np.int64), (nodes.shape[1] - 2, nodes.shape[0] - 2))
    (x, y), (right, down) = low.T, (at - low).T[:, :, None]
    upper = nodes[y, x] * (1 - right) + nodes[y, x + 1] * right
    lower = nodes[y + 1, x] * (1 - right) + nodes[y + 1, x + 1] * right
    return np.asarray(upper * (1 - down) + lower * down)


def turned_bend(bend: Bend, turns: int) -> Bend:
    """The bend of the page that ``numpy.rot90(page, turns)`` gives.

    >>> turned_bend((((0, 1), (0, 2)), ((0, 3), (0, 4))), 1)
    (((2.0, 0.0), (4.0, 0.0)), ((1.0, 0.0), (3.0, 0.0)))
    """
    if not bend:
        return ()
    way = np.linalg.inv(_matrix(quarter_turned(turns, 0, 0))[:2, :2])
    turned = np.rot90(np.array(bend, dtype=np.float64), turns) @ way.T + 0.0
    return tuple(tuple((float(x), float(y)) for x, y in row) for row in turned)


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
