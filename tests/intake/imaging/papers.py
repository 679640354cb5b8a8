"""Drawn papers for the tests of imaging: print, cards and desks whose places are known to a fraction of a pixel."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import Homography, apply, compose, from_corners, translation

Picture = NDArray[np.uint8]

GLYPHS = "永东国酬鹰"


def lines_of_print(width: int, height: int, size: int = 36, left: float = 0.1, right: float = 0.9) -> Picture:
    """White paper with lines of square pieces about as dense as Chinese print, ``size`` pixels high; seeded."""
    paper = np.full((height, width, 3), 255, np.uint8)
    dice = np.random.default_rng(7)
    for top in range(int(height * 0.1), int(height * 0.9) - size, int(size * 1.8)):
        end = int(width * left + (right - left) * width * dice.uniform(0.5, 1.0))
        for x in range(int(width * left), end - size, int(size * 1.25)):
            glyph(paper, x, top, size, dice)
    return paper


def glyph(paper: Picture, x: int, y: int, size: int, dice: np.random.Generator) -> None:
    """A piece of print: a frame with strokes, as high as wide."""
    stroke = max(size // 12, 2)
    cv2.rectangle(paper, (x, y), (x + size - stroke, y + size - stroke), (20, 20, 20), stroke)
    for share in dice.uniform(0.25, 0.75, 2):
        at = int(size * share)
        cv2.line(paper, (x, y + at), (x + size - stroke, y + at), (20, 20, 20), stroke)
        cv2.line(paper, (x + at, y), (x + at, y + size - stroke), (20, 20, 20), stroke)


def on_desk(
    paper: Picture, corners: list[tuple[float, float]], size: tuple[int, int], desk: int = 90
) -> tuple[Picture, Homography]:
    """The paper as a camera sees it on a brown desk, and the homography from the paper to the picture."""
    height, width = paper.shape[:2]
    way = from_corners(width, height, corners)
    seen = laid(paper, way, size, (desk + 20, desk, desk - 30))
    return seen, way


def laid(paper: Picture, way: Homography, size: tuple[int, int], colour: tuple[int, int, int]) -> Picture:
    """The paper put through a homography into a picture of ``size`` (width, height) with ``colour`` around it."""
    centres = compose(translation(-0.5, -0.5), way, translation(0.5, 0.5))
    matrix = np.array(centres).reshape(3, 3)
    return np.asarray(
        cv2.warpPerspective(paper, matrix, size, flags=cv2.INTER_AREA, borderValue=colour), dtype=np.uint8
    )


def card(width: int = 1010, height: int = 637) -> Picture:
    """A pale blue card of ID-1 proportions with some lines of print on it."""
    paper = lines_of_print(width, height, 40, 0.08, 0.6)
    tinted = np.minimum(paper, np.array([205, 222, 235], np.uint8))
    return np.asarray(tinted, dtype=np.uint8)


def farthest(found: Homography, truth: Homography, points: list[tuple[float, float]]) -> float:
    """How far apart, in pixels of the picture, two homographies put points; the largest distance."""
    pairs = zip(apply(found, points), apply(truth, points), strict=True)
    return max(float(np.hypot(ax - bx, ay - by)) for (ax, ay), (bx, by) in pairs)


def back(way: Homography, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of the picture, on the flat page."""
    return apply(inverse(way), points)


def inverse(way: Homography) -> Homography:
    """The homography that undoes this one."""
    matrix = np.linalg.inv(np.array(way).reshape(3, 3))
    return tuple(float(number) for number in (matrix / matrix[2, 2]).ravel())
