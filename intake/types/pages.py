"""Steps 1 to 4: the file and its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]


# ---- 1, 2: the file -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MediaType:
    """What the bytes are, told by the bytes alone: IANA name (``image/jpeg``) and the customary extension (``jpg``)."""

    name: str
    extension: str


# ---- 3, 4: pixels ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PixelBox:
    """An upright rectangle in pixels of the flat page."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Region:
    """Four corners (top left, top right, bottom right, bottom left *of the text*) as (x, y) fractions of the scan."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One image out of a stored file, upright by its EXIF, RGB; ``scan_dpi``: of the scan that a PDF page shows."""

    index: int
    pixels: Pixels
    dpi: float | None = None
    scan_dpi: float | None = None


@dataclass(frozen=True, slots=True)
class FlatGeometry:
    """Where a flat page lies on its scan.

    ``to_scan``: nine numbers row by row, the homography from pixels of the flat page, moved by the ``bend`` (as in
    :mod:`intake.geometry`), to the scan's. ``quarter_turns`` counter-clockwise and ``skew`` (degrees) are taken out.
    """

    page_index: int
    sheet: int
    width: int
    height: int
    scan_width: int
    scan_height: int
    to_scan: tuple[float, ...]
    quarter_turns: int = 0
    skew: float = 0.0
    bend: tuple[tuple[tuple[float, float], ...], ...] = ()


Side = Literal["top", "right", "bottom", "left"]


@dataclass(frozen=True, slots=True)
class PictureQuality:
    """How well a sheet was pictured, whatever stands on it; :mod:`intake.imaging.quality` measures it.

    In pixels of the scan: ``print_height`` of a Chinese glyph, ``edge_width`` from ink to paper (``None``: too little
    print), ``edges`` the one over the other (0.06 sharp, 0.2 hard to read). 0 to 1: the paper's ``lightness`` and
    ``unevenness``, the sheet's share under ``glare`` or ``missing``. ``skew`` (degrees) is what straightening left.
    """

    print_height: float | None
    edge_width: float | None
    edges: float | None
    lightness: float
    unevenness: float
    glare: float
    glare_places: tuple[Region, ...]
    cut_sides: tuple[Side, ...]
    missing: float
    skew: float


@dataclass(frozen=True, slots=True, eq=False)
class RectifiedPage:
    """One sheet or card, flat, upright and evenly lit, with the way back to the scan.

    ``pixels`` keep their colours, red seals lightened (for codes, crops and the second reader); ``ink`` is
    ``uint8 (height, width)``, paper near 255 and ink dark, red seals taken out: what Tesseract reads.
    """

    geometry: FlatGeometry
    pixels: Pixels
    ink: NDArray[np.uint8]
    quality: PictureQuality | None = None
