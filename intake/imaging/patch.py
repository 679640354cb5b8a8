"""Kodak's Patch T on a page: the bars by which scanners part one paper from the next.

Four bars of 0.08 or 0.20 inch with spaces of 0.08 inch between them, 0.80 inch in all, 2.5 inches long (2 at least),
with white around: narrow, wide, narrow, wide from the leading edge on (Kodak A-61599 "Patch Code Information for Kodak
Scanners", as the BWIPP wiki "Kodak Patch Codes" gives it; widths and tolerances also in Hyland "Patch Code
Requirements"; the order 0101 in Accusoft BarcodeXpress "Patch Code"). Upside down the same bars are Patch 3, which no
page of an archive bears either: both count.

The bars are looked for along lines across the page and down it: on each such line seven runs of dark and white in a row
must have the right widths, with white before and behind, and lines beside each other must find them beside each other,
for the length that bars have. So streaks, specks and a tear cost some lines, never the pattern, and a slant moves it
from line to line. Widths are compared with each other, so the resolution need not be known.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.archive_options import ArchiveOptions

Grey = NDArray[np.uint8]

WIDTHS = np.array([1.0, 1.0, 2.5, 1.0, 1.0, 1.0, 2.5])
"""Bars and spaces of Patch T in turn, in units of a narrow one."""

_RUNS = len(WIDTHS)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where lines across the bars found the pattern: number of the line, middle and length of the pattern on it."""

    line: NDArray[np.float64]
    middle: NDArray[np.float64]
    length: NDArray[np.float64]


def is_patch_t(pixels: NDArray[np.uint8], options: ArchiveOptions | None = None) -> bool:
    """Whether a page bears Patch T, whichever way it lies; ``pixels`` RGB or grey, ``uint8``, of any resolution.

    About 5 ms. A page where nothing is surely seen is none.
    """
    chosen = options or ArchiveOptions()
    dark = _dark(_small(pixels, chosen.patch_side), chosen)
    return any(_bars(np.ascontiguousarray(lines), chosen) for lines in (dark, dark.T))


def _small(pixels: NDArray[np.uint8], side: int) -> Grey:
    """A grey copy with a longer side of at most ``side`` pixels."""
    grey = pixels if pixels.ndim == 2 else cv2.extractChannel(pixels, 1)  # noqa: PLR2004 - two axes are a grey picture
    scale = side / max(grey.shape)
    if scale >= 1:
        return np.ascontiguousarray(grey)
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _dark(grey: Grey, options: ArchiveOptions) -> NDArray[np.bool_]:
    """Which pixels are clearly darker than their neighbourhood, which is wider than the whole pattern."""
    block = round(options.patch_neighbourhood * max(grey.shape)) | 1
    smooth = cv2.medianBlur(grey, 3)
    around = cv2.blur(smooth, (block, block))
    return np.asarray(smooth.astype(np.int16) < around.astype(np.int16) - options.patch_contrast)


def _bars(dark: NDArray[np.bool_], options: ArchiveOptions) -> bool:
    """Whether rows of a picture run across the pattern: its bars stand upright in it."""
    hits = _hits(dark[:: options.patch_stride], max(dark.shape), options)
    if len(hits.line) < options.patch_lines:
        return False
    return any(_stretch(hits, slope, options) for slope in np.tan(np.radians(np.arange(-14.0, 14.1, 2.0))))


def _hits(rows: NDArray[np.bool_], side: int, options: ArchiveOptions) -> _Hits:
    """Every place where seven runs of a row have the widths of the pattern, either way round, between white."""
    count, width = rows.shape
    padded = np.zeros((count, width + 2), np.int8)
    padded[:, 1:-1] = rows
    steps = np.diff(padded, axis=1).ravel()
    edges = np.flatnonzero(steps)  # dark begins, white begins, …, in every row an even number of times
    if len(edges) <= _RUNS + 2:
        return _Hits(*(np.zeros(0) for _ in range(3)))
    starts = np.flatnonzero(steps[edges] > 0)
    starts = starts[starts + _RUNS < len(edges)]
    first, last = edges[starts], edges[starts + _RUNS]
    line, place = np.divmod(first, width + 1)
    length = (last - first).astype(np.float64)
    runs = np.diff(edges)[starts[:, None] + np.arange(_RUNS)]
    unit = length / WIDTHS.sum()
    before = np.where(starts > 0, first - edges[np.maximum(starts - 1, 0)], side)
    behind = np.where(
        starts + _RUNS + 1 < len(edges), edges[np.minimum(starts + _RUNS + 1, len(edges) - 1)] - last, side
    )
    off = np.minimum(*(np.abs(runs - unit[:, None] * way).max(axis=1) for way in (WIDTHS, WIDTHS[::-1])))
    fits = (
        (last // (width + 1) == line)
        & (length >= options.patch_least * side)
        & (length <= options.patch_most * side)
        & (off <= np.maximum(options.patch_tolerance * unit, 1.2))
        & (np.minimum(before, behind) >= options.patch_white * unit)
    )
    return _Hits(line[fits].astype(np.float64), (place + length / 2)[fits], length[fits])


def _stretch(hits: _Hits, slope: float, options: ArchiveOptions) -> bool:
    """Whether enough lines beside each other find the pattern where bars of one slope would lead it."""
    usual = float(np.median(hits.length))
    shifted = hits.middle - slope * hits.line * options.patch_stride
    order = np.argsort(shifted)
    reach = np.searchsorted(shifted[order], shifted[order] + options.patch_drift * usual)
    for start in np.flatnonzero(reach - np.arange(len(order)) >= options.patch_lines):
        lines = np.unique(hits.line[order[start : reach[start]]])
        if _runs_on(lines, options.patch_stride / usual, options):
            return True
    return False


def _runs_on(lines: NDArray[np.float64], step: float, options: ArchiveOptions) -> bool:
    """Whether lines with the pattern, ``step`` pattern depths apart, are as many and reach as far as bars are long."""
    window = options.patch_long / step
    last = np.searchsorted(lines, lines + window, side="right")
    many = last - np.arange(len(lines)) >= max(options.patch_share * window, options.patch_lines)
    far = (lines[last - 1] - lines) * step >= options.patch_reach
    return bool((many & far).any())
