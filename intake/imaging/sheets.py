"""Finding sheets of paper on a desk and cards on a sheet.

Two looks: first for sheets (or lone cards) against what lies around them, then, on each flattened sheet, for cards of
the size of an ID card (ISO/IEC 7810 ID-1, 85.60 × 53.98 mm). A look that is not sure leaves everything as it is.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import IDENTITY, Homography, compose, from_corners, scaling, translation
from intake.imaging.aspect import CARD, aspect
from intake.imaging.quads import Quad, contrast, quads
from intake.imaging.warp import resample, shrunk
from intake.sheet_options import ImagingOptions
from intake.types import Pixels

_SURELY_SEEN = 0.9  # of a side; an outline round two cards has gaps between them
_RIM = 8  # pixels of the small copy
_CELLS = 20  # of the grid, across and down
_SEAM = 0.02  # of the small copy's longer side: as near to each other are the sides of a folded sheet's halves
_FOLD = 35.0  # units of Lab (8 bits): a fold's sides differ by their light; white paper and a desk by 60 and more
_RIGHT, _BOTTOM = 1, 2  # the sides of an outline, and the first of their corners
_CELL_INK = 0.02  # share of a cell's pixels from which it bears print


@dataclass(frozen=True, slots=True)
class Sheet:
    """A flat sheet of ``width`` × ``height`` pixels and the homography from it to the scan."""

    to_scan: Homography
    width: int
    height: int


def find(pixels: Pixels, options: ImagingOptions) -> tuple[Sheet, ...]:
    """The sheets and cards of a page in reading order; the whole page where none is surely seen."""
    height, width = pixels.shape[:2]
    small = shrunk(pixels, options.sheet_side)
    if _fills_glass(small, options):
        return (Sheet(IDENTITY, width, height),)
    outlines = quads(small, options)
    scale = max(small.shape[:2]) / max(height, width)
    papers = _papers(small, outlines, scale, options)
    if not papers:
        whole = Sheet(IDENTITY, width, height)
        return tuple(_cards(small, outlines, whole, options) or [whole])
    found: list[Sheet] = []
    for sheet in papers:
        found += _cards_on(pixels, sheet, options) or [sheet]
    return tuple(found)


def _fills_glass(small: Pixels, options: ImagingOptions) -> bool:
    """Whether a page is one sheet as a flatbed sees it: white paper at its rim and print all over it."""
    rims = (small[:_RIM], small[-_RIM:], small[:, :_RIM], small[:, -_RIM:])
    white = [np.median(rim) >= options.sheet_rim_white and rim.std() <= options.sheet_rim_grain for rim in rims]
    return sum(map(bool, white)) >= 3 and _print_share(small, options) >= options.sheet_full  # noqa: PLR2004 - a lid's shadow may lie on one side


def _print_share(small: Pixels, options: ImagingOptions) -> float:
    """How much of a picture bears print: the share of the cells of a coarse grid."""
    dark = _print(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), options)
    cells = cv2.resize(dark.astype(np.float32), (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    return float((cells > _CELL_INK).mean())


def _papers(small: Pixels, outlines: list[Quad], scale: float, options: ImagingOptions) -> list[Sheet]:
    """The sheets that are surely seen on a page; none where it has to stay whole."""
    chosen = _unfolded(_chosen([quad for quad in outlines if _is_paper(quad, small.shape, options)]), small, options)
    if chosen:
        chosen += _chosen([quad for quad in outlines if _lies_beside(quad, chosen, small.shape, options)])
    if not chosen or _loses_print(small, chosen, options):
        return []
    return [_sheet(quad, scale, options.sheet_margin) for quad in _reading_order(chosen)]


def _cards_on(pixels: Pixels, sheet: Sheet, options: ImagingOptions) -> list[Sheet]:
    """The cards on a sheet that lies on something else, if it holds nothing but cards; else none."""
    scale = min(options.sheet_side / max(sheet.width, sheet.height), 1.0)
    size = (max(round(sheet.width * scale), 1), max(round(sheet.height * scale), 1))
    to_small = scaling(sheet.width / size[0], sheet.height / size[1])
    small = resample(pixels, compose(sheet.to_scan, to_small), *size)
    return _cards(small, None, sheet, options)


def _cards(small: Pixels, outlines: list[Quad] | None, sheet: Sheet, options: ImagingOptions) -> list[Sheet]:
    """The cards on a sheet, seen on its small copy, whose ``outlines`` may be known already."""
    if _print_share(small, options) >= options.sheet_full:
        return []
    scale = max(small.shape[:2]) / max(sheet.width, sheet.height)
    found = quads(small, options) if outlines is None else outlines
    chosen = _chosen([quad for quad in found if _is_card(quad, small.shape, options)])
    if not chosen or _loses_print(small, chosen, options):
        return []
    cards = [_sheet(quad, scale, options.card_margin) for quad in _reading_order(chosen)]
    return [Sheet(compose(sheet.to_scan, card.to_scan), card.width, card.height) for card in cards]


def _is_paper(quad: Quad, shape: tuple[int, ...], options: ImagingOptions) -> bool:
    """Whether an outline is surely a sheet on something else: four straight sides, seen on at least three."""
    seen = [step >= options.sheet_least_step for step, cut in zip(quad.steps, quad.cut, strict=True) if not cut]
    share = quad.area / (shape[0] * shape[1])
    return (
        all(seen)
        and len(seen) >= 3  # noqa: PLR2004 - of four sides
        and quad.fill >= options.sheet_least_fill
        and quad.proportion <= options.sheet_most_aspect
        and quad.worst_angle <= (options.sheet_cut_angle if any(quad.cut) else options.sheet_worst_angle)
        and options.sheet_least_area <= share <= options.sheet_most_area
    )


def _is_card(quad: Quad, shape: tuple[int, ...], options: ImagingOptions) -> bool:
    """Whether an outline on a flat sheet is surely an ID-1 card: its proportions, its corners, its rim."""
    share = quad.area / (shape[0] * shape[1])
    return (
        abs(quad.proportion / CARD - 1) <= options.card_aspect_tolerance
        and quad.fill >= options.card_least_fill
        and quad.worst_angle <= options.card_worst_angle
        and min(quad.steps) >= options.card_least_step
        and not any(quad.cut)
        and options.card_least_area <= share <= options.card_most_area
    )


def _lies_beside(quad: Quad, papers: list[Quad], shape: tuple[int, ...], options: ImagingOptions) -> bool:
    """Whether an outline is surely a card that lies beside the papers: too small for a sheet, and seen askew."""
    return (
        abs(quad.proportion / CARD - 1) <= options.card_aspect_tolerance
        and quad.fill >= options.card_least_fill
        and quad.worst_angle <= options.sheet_worst_angle
        and min(quad.steps) >= _SURELY_SEEN
        and not any(quad.cut)
        and quad.area >= options.card_least_area * shape[0] * shape[1]
        and not any(_overlap(quad, paper) for paper in papers)
    )


def _unfolded(found: list[Quad], small: Pixels, options: ImagingOptions) -> list[Quad]:
    """The outlines, with those that share a side made one: the two halves of a sheet with a fold down its middle.

    Across a fold there is paper on both sides, in another light. Cards that nearly touch stay apart, and so does what
    would be too long for a sheet.
    """
    pages = [quad for quad in found if abs(quad.proportion / CARD - 1) > options.card_aspect_tolerance]
    for one, other in itertools.permutations(pages, 2):
        for side in (_RIGHT, _BOTTOM):
            if not _share(one, other, side, _SEAM * max(small.shape[:2])):
                continue
            whole, seam = _joined(one, other, side), one.corners[[side, side + 1]]
            if whole.proportion <= options.sheet_most_aspect and contrast(small, seam[0], seam[1], options) <= _FOLD:
                rest = [quad for quad in found if quad is not one and quad is not other]
                return _unfolded([*rest, whole], small, options)
    return found


def _share(one: Quad, other: Quad, side: int, reach: float) -> bool:
    """Whether a side of an outline, and the opposite side of another, have their ends within ``reach`` pixels."""
    ends = one.corners[[side, side + 1]]
    opposite = other.corners[[(side + 3) % 4, (side + 2) % 4]]
    return float(np.linalg.norm(ends - opposite, axis=1).max()) <= reach


def _joined(one: Quad, other: Quad, side: int) -> Quad:
    """Two outlines with a side in common as one, its outer sides seen as far as theirs are."""
    corners = one.corners.copy()
    corners[[side, side + 1]] = other.corners[[side, side + 1]]
    steps, cut = list(one.steps), list(one.cut)
    steps[side], cut[side] = other.steps[side], other.cut[side]
    for across in ((side + 1) % 4, (side + 3) % 4):
        steps[across] = (one.steps[across] + other.steps[across]) / 2
        cut[across] = one.cut[across] and other.cut[across]
    return Quad(corners, min(one.fill, other.fill), tuple(steps), tuple(cut))


def _chosen(found: list[Quad]) -> list[Quad]:
    """The outlines without those that overlap a better one: surer, or else fitting better, or else larger."""
    chosen: list[Quad] = []
    for quad in sorted(found, key=_surely, reverse=True):
        if not any(_overlap(quad, other) for other in chosen):
            chosen.append(quad)
    return chosen


def _surely(quad: Quad) -> tuple[bool, float, float]:
    seen = min(step for step, cut in zip(quad.steps, quad.cut, strict=True) if not cut)
    return seen >= _SURELY_SEEN, round(quad.fill, 1), quad.area


def _overlap(first: Quad, second: Quad) -> bool:
    """Whether two outlines share more than a tenth of the smaller one.

    Counted in pixels: ``cv2.intersectConvexConvex`` gives 0 for some outlines that nearly coincide (OpenCV 5.0).
    """
    corners = np.concatenate([first.corners, second.corners])
    left, top = np.floor(corners.min(axis=0)).astype(int)
    wide, high = np.ceil(corners.max(axis=0)).astype(int) - (left, top) + 1
    masks = np.zeros((2, int(high), int(wide)), np.uint8)
    for mask, quad in zip(masks, (first, second), strict=True):
        cv2.fillConvexPoly(mask, np.round(quad.corners - (left, top)).astype(np.int32), 1)
    shared = int((masks[0] & masks[1]).sum())
    return shared > 0.1 * min(int(masks[0].sum()), int(masks[1].sum()))


def _reading_order(found: list[Quad]) -> list[Quad]:
    """From top to bottom, and from left to right where two lie beside each other."""
    if not found:
        return []
    row = max(min(float(np.ptp(quad.corners[:, 1])) for quad in found) * 0.6, 1.0)
    return sorted(
        found, key=lambda quad: (round(float(quad.corners[:, 1].mean()) / row), float(quad.corners[:, 0].mean()))
    )


def _sheet(quad: Quad, scale: float, margin: float) -> Sheet:
    """The flat sheet of an outline found at ``scale``, with a margin (share of each side) so that no rim is lost."""
    corners = [(float(x) / scale, float(y) / scale) for x, y in quad.corners]
    proportion = aspect(corners)
    across = max(quad.sides[0], quad.sides[2]) / scale
    down = max(quad.sides[1], quad.sides[3]) / scale
    area = across * down
    width, height = math.sqrt(area * proportion), math.sqrt(area / proportion)
    full = (max(round(width * (1 + 2 * margin)), 1), max(round(height * (1 + 2 * margin)), 1))
    way = compose(from_corners(width, height, corners), translation(-margin * width, -margin * height))
    return Sheet(way, *full)


def _loses_print(small: Pixels, chosen: list[Quad], options: ImagingOptions) -> bool:
    """Whether print stands outside the outlines: then the page has to stay whole.

    Print is what is small, darker than its light surroundings, and neither close to an outline nor at the page's edge.
    """
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    outside = np.ones(grey.shape, np.uint8)
    for quad in chosen:
        cv2.fillConvexPoly(outside, np.round(quad.corners).astype(np.int32), 0)
    rim = max(int(0.02 * max(grey.shape)), 2)
    outside = cv2.erode(outside, np.ones((rim, rim), np.uint8), borderValue=0)
    return _print_pieces(grey, outside, options) > options.sheet_print_pieces


def _print_pieces(grey: NDArray[np.uint8], where: NDArray[np.uint8], options: ImagingOptions) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(_print(grey, options) * where)
    longer = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    return int(((longer >= 3) & (longer <= 0.08 * max(grey.shape))).sum())  # noqa: PLR2004 - smaller is grain


def _print(grey: NDArray[np.uint8], options: ImagingOptions) -> NDArray[np.uint8]:
    """1 where something small is darker than its light surroundings."""
    light = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    dark = (cv2.subtract(light, grey) > options.sheet_print_contrast) & (light > options.sheet_print_paper)
    seen: NDArray[np.uint8] = dark.astype(np.uint8)
    return seen
