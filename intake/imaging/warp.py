"""One resampling for all transforms together, so that nothing is blurred twice."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import Bend, Homography, apply, compose, displacement, scaling, translation
from intake.types import Pixels

_WHITE = (255, 255, 255)
_SAME = 1e-9  # between two ways that are the same
_NODES = 64  # pieces of a row between which a bend is taken as straight
_BAND = 256  # rows that are mapped at once: a map of a whole page would take eight times its memory
_SHRINK = 0.75  # below this scale the scan is averaged first: a warp alone would skip pixels and roughen thin strokes


def resample(pixels: Pixels, to_scan: Homography, width: int, height: int) -> Pixels:
    """The flat page of ``width`` × ``height`` whose points ``to_scan`` finds in ``pixels``; white beyond the scan.

    Cubic where it enlarges, linear where it does not, averaged first where it shrinks much.
    """
    scale = scale_of(to_scan, width, height)
    if scale < _SHRINK:
        pixels, to_scan = _averaged(pixels, to_scan, scale)
    interpolation = cv2.INTER_CUBIC if scale > 1.0 else cv2.INTER_LINEAR
    if _only_scales(to_scan, width, height, pixels):
        return np.asarray(cv2.resize(pixels, (width, height), interpolation=interpolation), np.uint8)
    centres = compose(translation(-0.5, -0.5), to_scan, translation(0.5, 0.5))
    warped: Pixels = cv2.warpPerspective(
        pixels,
        np.array(centres, dtype=np.float64).reshape(3, 3),
        (width, height),
        flags=interpolation | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=_WHITE,
    )
    return warped


def _only_scales(to_scan: Homography, width: int, height: int, pixels: Pixels) -> bool:
    """Whether the flat page is all of the scan, larger or smaller: the same in a fifth of a warp's time."""
    wanted = scaling(pixels.shape[1] / width, pixels.shape[0] / height)
    return bool(np.allclose(to_scan, wanted, rtol=0, atol=_SAME))


def unbent(pixels: Pixels, to_scan: Homography, width: int, height: int, bend: Bend) -> Pixels:
    """As :func:`resample`, of a sheet that did not lie flat: points are moved by the bend before ``to_scan``."""
    scale = scale_of(to_scan, width, height)
    if scale < _SHRINK:
        pixels, to_scan = _averaged(pixels, to_scan, scale)
    interpolation = cv2.INTER_CUBIC if scale > 1.0 else cv2.INTER_LINEAR
    flat = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _BAND):
        rows = np.arange(top, min(top + _BAND, height), dtype=np.float32)
        x, y = _mapped(to_scan, (width, height), rows, bend)
        flat[top : top + _BAND] = cv2.remap(
            pixels, x, y, interpolation, borderMode=cv2.BORDER_CONSTANT, borderValue=_WHITE
        )
    return flat


def _mapped(
    to_scan: Homography, size: tuple[int, int], rows: NDArray[np.float32], bend: Bend
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where the pixels of some rows of a page of ``size`` (width, height) lie: x and y, each (rows, width)."""
    width, height = size
    columns = np.linspace(0, width, _NODES + 1)
    lines = (rows[[0, -1]] + 0.5).astype(np.float64)
    places = np.stack(np.meshgrid(columns / width, lines / height), axis=-1).reshape(-1, 2)
    ends = displacement(bend, places).reshape(2, _NODES + 1, 2)
    pixel = np.arange(width) + 0.5
    moved = np.stack([[np.interp(pixel, columns, end[:, axis]) for end in ends] for axis in (0, 1)]).astype(np.float32)
    down = ((rows - rows[0]) / max(float(rows[-1] - rows[0]), 1.0))[:, None]
    x = moved[0, 0] * (1 - down) + moved[0, 1] * down + pixel.astype(np.float32)
    y = moved[1, 0] * (1 - down) + moved[1, 1] * down + (rows + np.float32(0.5))[:, None]
    a, b, c, d, e, f, g, h, i = (np.float32(number) for number in to_scan)
    w = g * x + h * y + i
    half = np.float32(0.5)
    return (a * x + b * y + c) / w - half, (d * x + e * y + f) / w - half


def scale_of(to_scan: Homography, width: int, height: int) -> float:
    """How many flat pixels lie along one pixel of the scan, in the middle of the page."""
    x, y = width / 2, height / 2
    (ax, ay), (bx, by), (cx, cy) = apply(to_scan, [(x, y), (x + 1, y), (x, y + 1)])
    area = abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    return 1 / math.sqrt(area) if area > 0 else 1.0


def _averaged(pixels: Pixels, to_scan: Homography, scale: float) -> tuple[Pixels, Homography]:
    height, width = pixels.shape[:2]
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    smaller: Pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return smaller, compose(scaling(size[0] / width, size[1] / height), to_scan)


def shrunk(picture: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """A picture of any number of channels, averaged down so that its longer side has at most ``longest`` pixels."""
    height, width = picture.shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return picture
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    smaller: NDArray[np.uint8] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return smaller
