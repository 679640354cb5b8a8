"""Whether nothing is printed or written on a page: the backs of sheets, of which an archive is full.

A page is blank only where that is sure: what is taken for blank leaves its paper, what is not only makes a paper longer
by an empty page. So grain, dust, the print of the other side shining through, punch holes, shadows at the rim and lines
of a feeder's dirt are nothing; a page number, a stamp, a signature, a note in pencil are something.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.archive_options import ArchiveOptions

Grey = NDArray[np.uint8]

_SHRUNK = 4  # times smaller is the copy on which the paper's shade is told
_DEVIATIONS = 1.4826 / 3  # of the usual distance from the middle to standard deviations, smoothed as the page is
_MUCH = 0.02  # of a page that is dark: no dirt is that much
_DISK = 0.6  # of its box that a hole fills; a disk has 0.79, rings and letters less


def is_blank(pixels: NDArray[np.uint8], options: ArchiveOptions | None = None) -> bool:
    """Whether a page bears nothing; ``pixels`` RGB or grey, ``uint8``. About 10 ms."""
    chosen = options or ArchiveOptions()
    small = _small(pixels, chosen.blank_side)
    rim = round(chosen.blank_rim * max(small.shape))
    inner = small[rim : small.shape[0] - rim, rim : small.shape[1] - rim]
    if min(inner.shape, default=0) <= _SHRUNK:
        return False
    paper = _paper(inner, chosen)
    shade = int(np.median(paper))
    plain = np.abs(paper.astype(np.int16) - shade) <= chosen.blank_shade
    if shade < chosen.blank_light or plain.mean() < chosen.blank_plain:
        return False
    return _ink(inner, paper, chosen) < chosen.blank_ink * inner.size


def _paper(page: Grey, options: ArchiveOptions) -> Grey:
    """The shade of the paper, on a smaller copy: the usual one of each neighbourhood, in which strokes are lost."""
    size = page.shape[1] // _SHRUNK, page.shape[0] // _SHRUNK
    block = round(options.blank_neighbourhood * max(size)) | 1
    return np.asarray(cv2.medianBlur(cv2.resize(page, size, interpolation=cv2.INTER_AREA), block), np.uint8)


def _small(pixels: NDArray[np.uint8], side: int) -> Grey:
    """The green of a page, smaller by a whole number (which is quick) and no shorter than ``side``.

    Red, blue and black ink are dark in it.
    """
    green = pixels if pixels.ndim == 2 else cv2.extractChannel(pixels, 1)  # noqa: PLR2004 - two axes are a grey picture
    times = max(green.shape) // side
    if times > 1:
        size = green.shape[1] // times, green.shape[0] // times
        green = cv2.resize(np.ascontiguousarray(green), size, interpolation=cv2.INTER_AREA)
    return np.asarray(green, np.uint8)


def _ink(page: Grey, paper: Grey, options: ArchiveOptions) -> int:
    """Pixels of a page that are ink: clearly darker than the paper around, and no hole, line or speck of the scan."""
    shade = cv2.resize(paper, page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    contrast = cv2.subtract(shade, cv2.GaussianBlur(page, (0, 0), 1.0))  # 0 where the page is lighter
    grain = float(np.median(np.abs(shade[::5, ::5].astype(np.int16) - page[::5, ::5]))) * _DEVIATIONS
    dark = (contrast > max(options.blank_contrast, options.blank_grain * grain)).astype(np.uint8)
    if dark.mean() > _MUCH:
        return int(dark.sum())
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    speck = options.blank_speck * (max(page.shape) / options.blank_side) ** 2
    pieces = stats[1:][stats[1:, cv2.CC_STAT_AREA] >= speck]
    return int(sum(row[cv2.CC_STAT_AREA] for row in pieces if _is_ink(row, page.shape, options)))


def _is_ink(piece: NDArray[np.int32], shape: tuple[int, ...], options: ArchiveOptions) -> bool:
    """Whether a dark piece is ink: no line from end to end, no round hole near the rim."""
    x, y, width, height, area = (int(number) for number in piece)
    side = max(shape)
    if max(width / shape[1], height / shape[0]) > options.blank_line and min(width, height) < options.blank_thin * side:
        return False
    near = min(x, y, shape[1] - x - width, shape[0] - y - height) < options.blank_edge * side
    low, high = (share * side for share in options.blank_hole)
    round_shape = low <= min(width, height) and max(width, height) <= high and area >= _DISK * width * height
    return not (near and round_shape)
