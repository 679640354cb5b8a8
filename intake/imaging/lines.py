"""Outlines from long straight edges: finds a pale sheet on a pale desk, and a sheet whose rim a shadow crosses."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.sheet_options import ImagingOptions

Lines = NDArray[np.float64]
"""Shape (n, 3): a, b, c of a·x + b·y = c with a² + b² = 1."""

_NEAR = 2.0  # pixels between a side and the edge that supports it
_SAMPLES = 24  # along a side
_PARALLEL = 0.99  # cosine of 8°
_DOUBLE = 5.0  # pixels between two lines that are one edge


def outlines(edges: NDArray[np.uint8], options: ImagingOptions) -> list[NDArray[np.float64]]:
    """Corners, shape (4, 2), of the best-supported four-sided outlines among edges, best first, to about 2 pixels."""
    away = cv2.distanceTransform(1 - edges, cv2.DIST_L2, 3)
    level, upright = _strongest(edges, options)
    if len(level) < 2 or len(upright) < 2:  # noqa: PLR2004 - two of each bound an outline
        return []
    corners = _crossed(level, upright)
    area = _areas(corners) / edges.size
    corners, area = corners[area >= options.card_least_area], area[area >= options.card_least_area]
    least = _support(corners, away).min(axis=1)
    good = np.flatnonzero(least >= options.line_least_support)
    order = good[np.argsort(-(least + 0.1 * area)[good], kind="stable")][: options.line_outlines]
    return list(corners[order])


def _areas(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Square pixels of each outline, shape (n,), by the shoelace formula."""
    ahead = np.roll(corners, -1, axis=1)
    doubled: NDArray[np.float64] = (corners[..., 0] * ahead[..., 1] - ahead[..., 0] * corners[..., 1]).sum(axis=1)
    return np.abs(doubled) / 2


def edges_of(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """1 where lightness or colour changes in a Lab picture, else 0."""
    smooth = cv2.GaussianBlur(colours, (0, 0), 1.2)
    found = cv2.Canny(np.ascontiguousarray(smooth[:, :, 0]), 8, 24)
    for channel in (1, 2):
        found |= cv2.Canny(np.ascontiguousarray(smooth[:, :, channel]), 8, 24)
    edges: NDArray[np.uint8] = (found > 0).astype(np.uint8)
    return edges


def _strongest(edges: NDArray[np.uint8], options: ImagingOptions) -> tuple[Lines, Lines]:
    """The lines with most edge on them, rather level ones and rather upright ones, near doubles left out."""
    votes = max(int(options.line_least_length * min(edges.shape)), 20)
    found = cv2.HoughLines(edges, 1, np.pi / 360, votes)
    level: list[NDArray[np.float64]] = []
    upright: list[NDArray[np.float64]] = []
    for rho, theta in [] if found is None else found.reshape(-1, 2)[:400].astype(np.float64):
        line = np.array([np.cos(theta), np.sin(theta), rho])
        kind = level if abs(line[1]) > abs(line[0]) else upright
        if len(kind) < options.line_most and not any(_same(line, other, edges.shape) for other in kind):
            kind.append(line)
    return np.array(level), np.array(upright)


def _same(first: NDArray[np.float64], second: NDArray[np.float64], shape: tuple[int, ...]) -> bool:
    """Whether two lines run within some pixels of each other all across the middle half of the picture."""
    if first[:2] @ second[:2] < 0:
        second = -second
    if first[:2] @ second[:2] < _PARALLEL:
        return False
    middle = np.array([shape[1] / 2, shape[0] / 2])
    along = np.array([-first[1], first[0]]) * max(shape) / 4
    ends = np.array([middle + along, middle - along])
    apart = (ends @ second[:2] - second[2]) - (ends @ first[:2] - first[2])
    return bool(np.abs(apart).max() < _DOUBLE)


def _crossed(level: Lines, upright: Lines) -> NDArray[np.float64]:
    """Corners (n, 4, 2), clockwise from the top left, of every two level lines crossed with every two upright ones."""
    crossings = _crossings(level, upright)
    rows, columns = np.triu_indices(len(level), 1), np.triu_indices(len(upright), 1)
    pairs = [(*row, *column) for row in zip(*rows, strict=True) for column in zip(*columns, strict=True)]
    i, k, j, m = np.array(pairs, dtype=np.int64).reshape(-1, 4).T
    swapped = crossings[i, j, 1] + crossings[i, m, 1] >= crossings[k, j, 1] + crossings[k, m, 1]
    top, bottom = np.where(swapped, k, i), np.where(swapped, i, k)
    swapped = crossings[i, j, 0] + crossings[k, j, 0] >= crossings[i, m, 0] + crossings[k, m, 0]
    left, right = np.where(swapped, m, j), np.where(swapped, j, m)
    corners = (crossings[top, left], crossings[top, right], crossings[bottom, right], crossings[bottom, left])
    return np.stack(corners, axis=1)


def _crossings(level: Lines, upright: Lines) -> NDArray[np.float64]:
    """Where each level line crosses each upright one, shape (levels, uprights, 2), by Cramer's rule."""
    first, second = level[:, None, :], upright[None, :, :]
    determinant = first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0]
    x = first[..., 2] * second[..., 1] - first[..., 1] * second[..., 2]
    y = first[..., 0] * second[..., 2] - first[..., 2] * second[..., 0]
    return np.stack([x, y], axis=-1) / determinant[..., None]


def _support(corners: NDArray[np.float64], away: NDArray[np.float32]) -> NDArray[np.float64]:
    """Per outline and side the share of the side along which an edge runs, shape (n, 4); nothing beyond the picture."""
    height, width = away.shape
    share = np.linspace(0.06, 0.94, _SAMPLES)[None, None, :, None]
    ahead = np.roll(corners, -1, axis=1)
    places = np.round(corners[:, :, None] * (1 - share) + ahead[:, :, None] * share).astype(np.int64)
    xs, ys = places[..., 0], places[..., 1]
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    distance = away[np.clip(ys, 0, height - 1), np.clip(xs, 0, width - 1)]
    supported: NDArray[np.float64] = ((distance <= _NEAR) & inside).mean(axis=2)
    return supported
