"""Four-sided outlines in a small picture: proposed by colour, fitted by straight lines, judged by their edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging import lines
from intake.sheet_options import ImagingOptions
from intake.types import Pixels

Mask = NDArray[np.uint8]
Corners = NDArray[np.float64]
"""Shape (4, 2): x, y of the top left, top right, bottom right and bottom left corner, as the picture is held."""

_KERNEL = np.ones((5, 5), np.uint8)
_SAMPLES = 48  # along a side
_SIDES = 4
_NOTICEABLE = 7  # units of Lab: pale cards on white paper
_EDGE_REACH = 3.0  # pixels; as exact as lines of half a degree are
_MIDDLE = 0.38  # of a side either way from its middle: the corners may be round


@dataclass(frozen=True, slots=True, eq=False)
class Quad:
    """An outline of ``corners`` in pixels; ``fill`` is how well it fits what it was drawn round (0 to 1).

    ``steps`` is, per side (top, right, bottom, left), the share of its length where the colour changes across it;
    ``cut`` tells the sides that lie on the picture's own edge.
    """

    corners: Corners
    fill: float
    steps: tuple[float, ...]
    cut: tuple[bool, ...]

    @property
    def area(self) -> float:
        """Square pixels."""
        return float(cv2.contourArea(self.corners.astype(np.float32)))

    @property
    def sides(self) -> tuple[float, ...]:
        """Lengths of the top, right, bottom and left side in pixels."""
        ahead = np.roll(self.corners, -1, axis=0)
        return tuple(float(length) for length in np.linalg.norm(ahead - self.corners, axis=1))

    @property
    def proportion(self) -> float:
        """The longer over the shorter pair of opposite sides, at least 1."""
        top, right, bottom, left = self.sides
        return max(top + bottom, left + right) / max(min(top + bottom, left + right), 1.0)

    @property
    def worst_angle(self) -> float:
        """The largest deviation of a corner from a right angle, in degrees."""
        before, after = (
            np.roll(self.corners, 1, axis=0) - self.corners,
            np.roll(self.corners, -1, axis=0) - self.corners,
        )
        lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
        cosines = np.einsum("ij,ij->i", before, after) / np.maximum(lengths, 1e-9)
        return float(np.degrees(np.abs(np.pi / 2 - np.arccos(np.clip(cosines, -1, 1)))).max())


def quads(small: Pixels, options: ImagingOptions) -> list[Quad]:
    """All outlines that may be a sheet or a card, the same one possibly several times; in no order.

    Print is closed over first: dark strokes narrower than ``sheet_print_width`` vanish, outlines of sheets stay.
    """
    colours = _without_print(small, options)
    found: list[Quad] = []
    for mask in _masks(colours):
        for outline in _outlines(mask, options):
            corners = _corners(outline)
            if corners is not None:
                found.append(_judged(corners, _overlap(corners, outline, mask.shape), colours, options))
    return found + [_judged(corners, 1.0, colours, options) for corners in _straight(colours, options)]


def contrast(small: Pixels, start: Corners, end: Corners, options: ImagingOptions) -> float:
    """How much the colours to either side of a line differ, in units of Lab: the middle one of many places."""
    return float(np.median(_differences(_without_print(small, options), start, end, options)))


def _without_print(small: Pixels, options: ImagingOptions) -> NDArray[np.uint8]:
    """The picture in Lab with its print closed over."""
    stroke = np.ones((options.sheet_print_width, options.sheet_print_width), np.uint8)
    calm = cv2.medianBlur(small, 5)  # first, or the grain of pale cards is closed over to white
    return np.asarray(cv2.cvtColor(cv2.morphologyEx(calm, cv2.MORPH_CLOSE, stroke), cv2.COLOR_RGB2LAB), np.uint8)


def _straight(colours: NDArray[np.uint8], options: ImagingOptions) -> Iterator[Corners]:
    """Outlines of long straight edges, each side fitted anew to the edge along it."""
    edges = lines.edges_of(colours)
    points = np.argwhere(edges)[:, ::-1].astype(np.float64)
    for rough in lines.outlines(edges, options):
        corners = _refined(rough, points, _EDGE_REACH)
        if corners is not None:
            yield corners


def _masks(colours: NDArray[np.uint8]) -> Iterator[Mask]:
    """What is not the background, by several guesses: unlike the rim, bright, without colour."""
    distance = _unlike_rim(colours)
    yield _above(distance, 6, 60)
    yield (distance > _NOTICEABLE).astype(np.uint8)
    yield _above(colours[:, :, 0], 0, 255)
    chroma = np.hypot(colours[:, :, 1].astype(np.float32) - 128, colours[:, :, 2].astype(np.float32) - 128)
    yield 1 - _above(np.clip(chroma * 3, 0, 255).astype(np.uint8), 15, 255)


def _unlike_rim(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Per pixel the distance in colour to the nearest of the three colours that the picture's rim is made of."""
    rim = max(min(colours.shape[:2]) // 40, 2)
    parts = (colours[:rim], colours[-rim:], colours[:, :rim], colours[:, -rim:])
    samples = np.concatenate([part.reshape(-1, 3) for part in parts]).astype(np.float32)[::4]
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    cv2.setRNGSeed(1)
    _, labels, centres = cv2.kmeans(samples, 3, None, stop, 1, cv2.KMEANS_PP_CENTERS)
    shares = np.bincount(labels.ravel(), minlength=3) / len(labels)
    kept = centres[shares >= 0.12]  # noqa: PLR2004 - a smaller share of the rim is a paper's corner, not the desk
    wide = colours.astype(np.float32)
    distances = [np.linalg.norm(wide - centre, axis=2) for centre in kept]
    nearest: NDArray[np.float32] = np.min(distances, axis=0)
    return np.clip(nearest, 0, 255).astype(np.uint8)


def _above(values: NDArray[np.uint8], least: int, most: int) -> Mask:
    threshold, _ = cv2.threshold(values, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return (values > min(max(threshold, least), most)).astype(np.uint8)


def _outlines(mask: Mask, options: ImagingOptions) -> Iterator[NDArray[np.int32]]:
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _KERNEL)
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _KERNEL, iterations=2)
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    least = options.card_least_area * mask.size
    yield from (outline for outline in outlines if cv2.contourArea(outline) >= least)


def _corners(outline: NDArray[np.int32]) -> Corners | None:
    """The four corners where straight lines along the outline's sides meet; ``None`` where it has not four sides."""
    hull = cv2.convexHull(outline)
    length = cv2.arcLength(hull, closed=True)
    for tolerance in np.arange(0.01, 0.1, 0.01):
        rough = cv2.approxPolyDP(hull, tolerance * length, closed=True).reshape(-1, 2).astype(np.float64)
        if len(rough) == _SIDES:
            return _refined(_ordered(rough), outline.reshape(-1, 2).astype(np.float64))
        if len(rough) < _SIDES:
            break
    box = cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float64)
    return _refined(_ordered(box), outline.reshape(-1, 2).astype(np.float64))


def _ordered(corners: Corners) -> Corners:
    """Clockwise as the eye sees it, beginning with the corner that is most to the top left."""
    centre = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))]
    return np.roll(turned, -int(turned.sum(axis=1).argmin()), axis=0)


def _refined(corners: Corners, points: Corners, reach: float | None = None) -> Corners | None:
    """The corners anew, as crossings of lines fitted to the middle parts of the sides: corners may be round.

    A side is fitted to the points within ``reach`` pixels of it, by default within a twenty-fifth of its length.
    """
    sides = [_side_line(corners[n], corners[(n + 1) % _SIDES], points, reach) for n in range(_SIDES)]
    crossings = [_crossing(sides[n - 1], sides[n]) for n in range(_SIDES)]
    if any(crossing is None for crossing in crossings):
        return None
    found = np.array(crossings, dtype=np.float64)
    moved = np.linalg.norm(found - corners, axis=1).max()
    return found if moved < 0.15 * np.linalg.norm(corners[2] - corners[0]) else None


def _side_line(start: Corners, end: Corners, points: Corners, reach: float | None) -> Corners:
    """(vx, vy, x, y) of the line along the outline's points near the side from ``start`` to ``end``."""
    along = end - start
    length = float(np.linalg.norm(along)) or 1.0
    unit = along / length
    offset = points - start
    place = offset @ unit / length
    away = np.abs(offset @ np.array([-unit[1], unit[0]]))
    near = points[(np.abs(place - 0.5) < _MIDDLE) & (away < (reach or 0.04 * length + 3))]
    if len(near) < 10:  # noqa: PLR2004 - too few to fit a line to: the rough side stands
        return np.array([*unit, *start])
    line: Corners = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().astype(np.float64)
    return line


def _crossing(first: Corners, second: Corners) -> Corners | None:
    matrix = np.array([[first[0], -second[0]], [first[1], -second[1]]])
    if abs(np.linalg.det(matrix)) < 0.1:  # noqa: PLR2004 - sides within 6° of parallel do not meet in a corner
        return None
    steps = np.linalg.solve(matrix, second[2:] - first[2:])
    crossing: Corners = first[2:] + steps[0] * first[:2]
    return crossing


def _overlap(corners: Corners, outline: NDArray[np.int32], shape: tuple[int, ...]) -> float:
    """The area that the outline and its four corners share, over the area of both together."""
    drawn, wanted = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    cv2.fillPoly(drawn, [np.round(corners).astype(np.int32)], 1)
    cv2.drawContours(wanted, [outline], -1, 1, thickness=cv2.FILLED)
    both, either = int((drawn & wanted).sum()), int((drawn | wanted).sum())
    return both / max(either, 1)


def _judged(corners: Corners, fill: float, colours: NDArray[np.uint8], options: ImagingOptions) -> Quad:
    height, width = colours.shape[:2]
    pairs = [(corners[n], corners[(n + 1) % _SIDES]) for n in range(_SIDES)]
    steps = tuple(_step(colours, start, end, options) for start, end in pairs)
    cut = tuple(_on_edge(start, end, width, height) for start, end in pairs)
    return Quad(corners, fill, steps, cut)


def _step(colours: NDArray[np.uint8], start: Corners, end: Corners, options: ImagingOptions) -> float:
    """The share of a side along which the colours a little inside and a little outside differ."""
    return float((_differences(colours, start, end, options) >= options.sheet_step).mean())


def _differences(
    colours: NDArray[np.uint8], start: Corners, end: Corners, options: ImagingOptions
) -> NDArray[np.float64]:
    """Per place along a line the distance between the colours a little to either side of it."""
    along = end - start
    inward = np.array([-along[1], along[0]]) / (float(np.linalg.norm(along)) or 1.0)
    places = start + np.linspace(0.1, 0.9, _SAMPLES)[:, None] * along
    reach = options.sheet_step_reach
    inside, outside = (_colours_at(colours, places + side * reach * inward) for side in (1, -1))
    differences: NDArray[np.float64] = np.linalg.norm(inside - outside, axis=1)
    return differences


def _colours_at(colours: NDArray[np.uint8], places: Corners) -> NDArray[np.float64]:
    height, width = colours.shape[:2]
    xs = np.clip(np.round(places[:, 0]), 0, width - 1).astype(np.int64)
    ys = np.clip(np.round(places[:, 1]), 0, height - 1).astype(np.int64)
    return colours[ys, xs].astype(np.float64)


def _on_edge(start: Corners, end: Corners, width: int, height: int) -> bool:
    near = 0.012 * max(width, height) + 1
    xs, ys = (start[0], end[0]), (start[1], end[1])
    return bool(max(xs) < near or min(xs) > width - near or max(ys) < near or min(ys) > height - near)
