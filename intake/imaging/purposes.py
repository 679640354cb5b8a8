"""Words of purpose laid across a paper (仅用于…，不得他用): found by colour, slant and repetition, and lightened."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.imaging import illumination
from intake.imaging.seals import redness_of, without_red
from intake.imaging.warp import shrunk
from intake.sheet_options import ImagingOptions
from intake.types import Pixels

Slanted = tuple[float, NDArray[np.int32]]  # its lean in degrees, 0 to 180, and its four corners


def cleared(pixels: Pixels, on_page: illumination.Light, options: ImagingOptions) -> Pixels:
    """The page with red and blue words of purpose lightened to the paper, print below them kept; itself without such.

    Grey ones stay: their colour does not tell them from print.
    """
    lit = illumination.even(shrunk(pixels, options.seal_side), on_page)
    for channels in (np.s_[:, :, :], np.s_[:, :, ::-1]):  # what is red of the second is blue of the first
        found = words(redness_of(np.ascontiguousarray(lit[channels])), options)
        if found is None:
            continue
        height, width = pixels.shape[:2]
        at = cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST)
        bare = without_red(np.ascontiguousarray(pixels[channels]), options)[channels]
        pixels = np.where(at[:, :, None] > 0, bare, pixels)
    return pixels


def words(colour: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8] | None:
    """255 where words of purpose lie on a small copy, ``None`` where there are none.

    ``colour`` (height, width) tells how much each pixel has of one colour, 0 to 255. Words of purpose are long, thin,
    lean by at least ``purpose_lean`` degrees, and come back at the same lean ``purpose_repeats`` times: a signature, a
    stroke of a pen or a seal does not. They leave most of the page free, as the waves of a filmed screen do not. Where
    there are such words, fainter and shorter pieces at their lean are theirs too.
    """
    sure = _slanted(colour, options.purpose_colour, options.purpose_aspect, options)
    usual = float(np.median([lean for lean, _ in sure])) if sure else 0.0
    if len(_alike(sure, usual, options)) < options.purpose_repeats:
        return None
    faint = _slanted(colour, options.purpose_colour // 2, options.purpose_aspect / 2, options)
    found = np.zeros_like(colour)
    for _, corners in _alike(sure + faint, usual, options):
        cv2.fillConvexPoly(found, corners, 255)
    reach = _reach(colour, options)
    widened: NDArray[np.uint8] = cv2.dilate(found, np.ones((reach, reach), np.uint8))
    return widened if widened.mean() <= 255 * options.purpose_most else None


def _reach(colour: NDArray[np.uint8], options: ImagingOptions) -> int:
    return max(int(max(colour.shape) * options.purpose_reach), 3)


def _slanted(colour: NDArray[np.uint8], least: int, aspect: float, options: ImagingOptions) -> list[Slanted]:
    """What has at least so much of the colour, is at least so many times longer than high, and leans."""
    reach = _reach(colour, options)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    joined = cv2.morphologyEx((colour > least).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    outlines, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)  # a frame may stand round them
    least_length = options.purpose_length * max(colour.shape)
    return [word for outline in outlines if (word := _word(outline, least_length, aspect, options))]


def _word(outline: NDArray[np.int32], least: float, aspect: float, options: ImagingOptions) -> Slanted | None:
    corners = cv2.boxPoints(cv2.minAreaRect(outline))
    edges = sorted((corners[1] - corners[0], corners[2] - corners[1]), key=lambda edge: float(np.hypot(*edge)))
    thickness, length = float(np.hypot(*edges[0])), float(np.hypot(*edges[1]))
    if length < least or length < aspect * thickness:
        return None
    lean = float(np.degrees(np.arctan2(edges[1][1], edges[1][0]))) % 180.0
    if min(lean % 90.0, 90.0 - lean % 90.0) < options.purpose_lean:
        return None
    return lean, corners.astype(np.int32)


def _alike(found: Sequence[Slanted], usual: float, options: ImagingOptions) -> list[Slanted]:
    """Those that lean as most of them do."""
    return [word for word in found if abs(word[0] - usual) <= options.purpose_spread]
