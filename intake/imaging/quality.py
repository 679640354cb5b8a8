"""How well a sheet was pictured: sharp, bright, even, without glare, whole, straight.

All is measured on the flat page, where print has one height and lies level, and on small copies of it: about 20 ms. The
numbers say nothing about what stands on the paper; :mod:`intake.imaging.complaints` says which are too bad.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.geometry import IDENTITY, apply, region
from intake.imaging.sheets import Sheet
from intake.imaging.skew import skew
from intake.imaging.warp import scale_of, shrunk
from intake.sheet_options import ImagingOptions
from intake.types import FlatGeometry, PictureQuality, PixelBox, Pixels, Region, Side

Grey = NDArray[np.uint8]

_TILE = 160  # pixels of the flat page: four to five glyphs across
_TILES = 12  # that bear most ink: as good as the whole page
_NEAR = 11  # pixels of the flat page: an edge, and paper and ink to either side of it
_CONTRAST = 0.5  # of the tile's usual contrast, that an edge must have: faint guilloches have less
_LEAST_CONTRAST = 30.0  # grey levels: less is no print
_LEAST_EDGES = 200  # edge pixels; fewer tell nothing
_TEN_TO_NINETY = 0.8  # of a step's height lie between its ten and its ninety per cent
_SIDE = 700  # pixels of the longer side of the copy on which light is looked at
_SEAM = 5  # pixels of that copy: where the scan ends, its pixels are mixed with white
_CELL = 8  # pixels of that copy: one place of light
_SHADOW = 0.4  # of the usual brightness; darker places are no paper
_BLOWN = 249  # of the darkest channel, from which on a pixel holds nothing
_PAPER = 238  # grey: brighter paper is near to white itself, no glare shows on it
_SPOT = 0.0012  # of the sheet: smaller spots cost no letter
_FILLED = 0.3  # of its box that a spot fills: lamps' mirror images are compact
_ROUND = 0.02  # of the longer side: how far round a spot its surroundings are looked at
_RIM = 3.0  # print heights along the picture's edge that are looked at for cut letters
_CUT = 4  # letters that an edge must cut: ornaments and specks touch it too
_GRID = 24  # points across and down a sheet, to tell which parts of it the picture holds
_LEVEL = 3.0  # degrees within which a lean is looked for after straightening


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A sheet on its scan, and the flat page that was made of it; ``height`` of print in pixels of the sheet."""

    scan: Pixels
    sheet: Sheet
    flat: Pixels
    geometry: FlatGeometry
    height: float | None


def measured(shown: Shown, options: ImagingOptions) -> PictureQuality:
    """The quality of a sheet's picture."""
    geometry = shown.geometry
    scale = scale_of(geometry.to_scan, geometry.width, geometry.height)
    own = scale_of(shown.sheet.to_scan, shown.sheet.width, shown.sheet.height)
    height = None if shown.height is None else shown.height / own
    small = shrunk(shown.flat, _SIDE)
    width = edge_width(shown.flat, small)
    held = _held(geometry, small.shape)
    brightness, unevenness = light(small, held)
    spots = glare(small, held)
    grown = geometry.width / small.shape[1]
    return PictureQuality(
        print_height=None if height is None else round(height, 1),
        edge_width=None if width is None else round(width / scale, 2),
        edges=None if width is None or height is None else round(width / scale / height, 4),
        lightness=round(brightness, 3),
        unevenness=round(unevenness, 3),
        glare=round(sum(share for _, share in spots), 4),
        glare_places=tuple(_region(geometry, box, grown) for box, _ in spots),
        cut_sides=() if height is None else cut_sides(shown.scan, height),
        missing=round(_missing(shown, options), 3),
        skew=_lean(small, options),
    )


def edge_width(flat: Pixels, small: Pixels) -> float | None:
    """Pixels of a page in which ink becomes paper (10 to 90 %), at the usual edge of print; ``None`` without print.

    ``small`` is a copy of the page. At the steepest place of each edge the step's height over its slope is how wide it
    is. The edges of the places with most ink are asked: a page may be empty, but what print there is should be sharp.
    Faint ground patterns are left out by their contrast, and noise by the middle of many.
    """
    widths = np.concatenate([_widths(cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY)) for tile in _inkiest(flat, small)])
    return float(np.median(widths)) * _TEN_TO_NINETY if len(widths) >= _LEAST_EDGES else None


def _inkiest(flat: Pixels, small: Pixels) -> list[Pixels]:
    """The tiles of a page with most edges, by those of its small copy; at least one."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    rough = cv2.convertScaleAbs(cv2.Sobel(grey, cv2.CV_16S, 1, 0, ksize=1))
    columns, rows = max(flat.shape[1] // _TILE, 1), max(flat.shape[0] // _TILE, 1)
    busy = cv2.resize(rough, (columns, rows), interpolation=cv2.INTER_AREA)
    places = [divmod(int(place), columns) for place in np.argsort(-busy.astype(np.int16), axis=None)[:_TILES]]
    high, wide = flat.shape[0] // rows, flat.shape[1] // columns
    return [np.ascontiguousarray(flat[y * high : y * high + _TILE, x * wide : x * wide + _TILE]) for y, x in places]


def _widths(tile: Grey) -> NDArray[np.float64]:
    """The widths of the clear edges of a tile: step over slope at each local maximum of the slope."""
    window = np.ones((_NEAR, _NEAR), np.uint8)
    step = cv2.subtract(cv2.dilate(tile, window), cv2.erode(tile, window)).astype(np.float32)
    slope = cv2.magnitude(
        cv2.Scharr(tile, cv2.CV_32F, 1, 0, scale=1 / 32), cv2.Scharr(tile, cv2.CV_32F, 0, 1, scale=1 / 32)
    )
    usual = max(_CONTRAST * float(np.percentile(step, 90)), _LEAST_CONTRAST)
    crest = (slope >= cv2.dilate(slope, np.ones((3, 3), np.uint8))) & (step >= usual) & (slope > step / (2 * _NEAR))
    widths: NDArray[np.float64] = (step[crest] / slope[crest]).astype(np.float64)
    return widths


def light(small: Pixels, held: Grey) -> tuple[float, float]:
    """How bright the paper is (0 to 1), and by what share its darker tenth is darker than its brightest twentieth.

    ``held`` is 1 where the copy shows the scan. Places much darker than most are pictures or desk.
    """
    grey = cv2.dilate(cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 3), np.ones((_CELL + 1, _CELL + 1)))
    middles = slice(_CELL // 2, None, _CELL)
    paper = grey[middles, middles][held[middles, middles] > 0].astype(np.float64)
    if not paper.size:
        return 1.0, 0.0
    paper = paper[paper >= _SHADOW * np.percentile(paper, 80)]
    low, usual, high = np.percentile(paper, (10, 50, 95))
    return float(usual) / 255, float((high - low) / max(high, 1.0))


def glare(small: Pixels, held: Grey) -> list[tuple[PixelBox, float]]:
    """Blown-out spots: their boxes in pixels of the copy, and the share of the sheet that each covers.

    ``held`` is 1 where the copy shows the scan. A spot is brighter than the paper round it; where the paper itself is
    nearly white, as on every good scan, nothing tells glare from paper.
    """
    darkest = cv2.blur(cv2.min(cv2.min(small[:, :, 0], small[:, :, 1]), small[:, :, 2]), (3, 3))
    if float(np.percentile(cv2.cvtColor(small[::4, ::4], cv2.COLOR_RGB2GRAY), 60)) > _PAPER:
        return []
    darkest[held == 0] = 0
    blown = cv2.morphologyEx((darkest >= _BLOWN).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(blown)
    spots = []
    for label in range(1, count):
        x, y, width, height, area = (int(number) for number in stats[label])
        box, share = PixelBox(x, y, width, height), area / darkest.size
        compact = area >= _FILLED * width * height and not _touches_end(box, held)
        if share >= _SPOT and compact and _stands_out(darkest, labels == label, box):
            spots.append((box, share))
    return spots


def _touches_end(box: PixelBox, held: Grey) -> bool:
    """Whether a box reaches where the scan or the sheet ends: a white margin round tinted paper does."""
    around = held[max(box.y - 2, 0) : box.bottom + 2, max(box.x - 2, 0) : box.right + 2]
    return around.shape != (box.height + 4, box.width + 4) or not around.all()


def _stands_out(darkest: Grey, spot: NDArray[np.bool_], box: PixelBox) -> bool:
    """Whether what lies a little round a spot is clearly darker: a gentle slope of light is no glare."""
    reach = max(int(_ROUND * max(darkest.shape)), 3)
    rows = slice(max(box.y - reach, 0), box.bottom + reach)
    columns = slice(max(box.x - reach, 0), box.right + reach)
    inside = spot[rows, columns].astype(np.uint8)
    around = cv2.dilate(inside, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) - inside
    ring = darkest[rows, columns][(around > 0) & (darkest[rows, columns] > 0)]
    return bool(ring.size) and float(np.percentile(ring, 60)) <= _PAPER


def cut_sides(scan: Pixels, height: float) -> tuple[Side, ...]:
    """The edges of a picture that cut letters; ``height`` of print in pixels of the scan.

    A cut letter is dark on light paper, of a letter's size, and touches the picture's outermost pixels.
    """
    rim = max(round(_RIM * height), 8)
    bands: dict[Side, Pixels] = {
        "top": scan[:rim],
        "right": np.rot90(scan[:, -rim:]),
        "bottom": scan[-rim:][::-1],
        "left": np.rot90(scan[:, :rim], -1),
    }
    return tuple(side for side, band in bands.items() if _cut_letters(np.ascontiguousarray(band), height) >= _CUT)


def _cut_letters(band: Pixels, height: float) -> int:
    """How many letters the first row of a band cuts."""
    grey = cv2.cvtColor(band, cv2.COLOR_RGB2GRAY)
    paper = int(np.percentile(grey[::2, ::4], 75))
    dark = (grey < paper - 60).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    like = (wide >= 0.3 * height) & (wide <= 1.5 * height) & (high >= 0.3 * height) & (high <= 1.3 * height)
    filled = stats[1:, cv2.CC_STAT_AREA] < 0.7 * wide * high
    return int((like & filled & (stats[1:, cv2.CC_STAT_TOP] == 0)).sum())


def _held(geometry: FlatGeometry, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """1 where the small copy, of ``shape`` (height, width, …), shows the scan and not the white beyond it."""
    scan = [(0, 0), (geometry.scan_width, 0), (geometry.scan_width, geometry.scan_height), (0, geometry.scan_height)]
    way = np.linalg.inv(np.array(geometry.to_scan).reshape(3, 3)).ravel()
    corners = np.array(apply(tuple(map(float, way)), scan)) * (shape[1] / geometry.width, shape[0] / geometry.height)
    held = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(held, np.round(corners).astype(np.int32), 1)
    return np.asarray(cv2.erode(held, np.ones((_SEAM, _SEAM), np.uint8)), np.uint8)


def _missing(shown: Shown, options: ImagingOptions) -> float:
    """The share of the sheet, without the margin kept round it, that lies beyond the scan."""
    if _is_whole(shown):
        return 0.0
    inset = options.card_margin if shown.sheet.width < shown.scan.shape[1] else options.sheet_margin
    share = inset + (1 - 2 * inset) * (np.arange(_GRID) + 0.5) / _GRID
    points = [(float(x) * shown.sheet.width, float(y) * shown.sheet.height) for y in share for x in share]
    return 1.0 - float(_on_scan(apply(shown.sheet.to_scan, points), shown.geometry).mean())


def _is_whole(shown: Shown) -> bool:
    return shown.sheet.to_scan == IDENTITY


def _on_scan(points: list[tuple[float, float]], geometry: FlatGeometry) -> NDArray[np.bool_]:
    x, y = np.array(points).T
    inside: NDArray[np.bool_] = (x >= 0) & (y >= 0) & (x <= geometry.scan_width) & (y <= geometry.scan_height)
    return inside


def _lean(small: Pixels, options: ImagingOptions) -> float:
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    return round(skew(grey, replace(options, skew_side=_SIDE, skew_range=_LEVEL)), 2)


def _region(geometry: FlatGeometry, box: PixelBox, grown: float) -> Region:
    left, top, right, bottom = (round(edge * grown) for edge in (box.x, box.y, box.right, box.bottom))
    return region(geometry, PixelBox(left, top, right - left, bottom - top))
