"""QR and other two-dimensional codes on a page: a witness that is independent of every character reader."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

FORMATS = zxingcpp.barcode_formats_from_str("QRCode,DataMatrix,PDF417,Aztec")
"""What papers of Chinese offices bear; bar codes of goods are left out, since they are misread out of stripes."""


MARKS = zxingcpp.barcode_formats_from_str("QRCode,Code128,Code39")
"""What slips and separator sheets bear, ours and others' (PATCHT is also printed as Code 39). Bars are misread out of
stripes now and then; of what is read here only the words of such sheets count."""
MARK_SIDE = 1400
"""Pixels of the longer side from which marks are looked for on a smaller copy: about 120 dpi of an A4 page."""


def read_codes(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The payload of every code on a page, top to bottom, each once; empty where there is none.

    ``pixels`` are ``uint8``, ``(height, width, 3)`` RGB or ``(height, width)`` grey, dark on light and upright (QR in
    any orientation): negative and turned copies would be searched in three times the time. Payloads are
    UTF-8 or, as many older Chinese generators wrote without saying so, GB 18030; bytes that are neither are dropped.
    """
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]  # noqa: PLR2004 - two axes are a grey picture; else its green
    found = zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=FORMATS, try_rotate=False, try_invert=False)
    found.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    texts = (payload(bytes(code.bytes)) for code in found)
    return tuple(dict.fromkeys(text for text in texts if text))


def mark_copy(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The grey copy of a page on which marks are looked for: smaller by a whole number, no shorter than MARK_SIDE.

    A whole number is quick: 5 ms for an A4 page at 300 dpi, where any other size takes 11.
    """
    grey = pixels if pixels.ndim == 2 else cv2.extractChannel(pixels, 1)  # noqa: PLR2004 - two axes are a grey picture
    times = max(grey.shape) // MARK_SIDE
    if times > 1:
        size = max(grey.shape[1] // times, 1), max(grey.shape[0] // times, 1)
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(grey, dtype=np.uint8)


def read_marks(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The payloads of the large codes on a page, in any orientation: some milliseconds, so every page is asked.

    ``pixels`` as :func:`read_codes`; the page is looked at so small that only codes from about 20 mm on are found.
    """
    return _payloads(mark_copy(pixels))


def read_worn_marks(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The same at full size and in several ways: for a sheet that says little else, whose codes may be torn or pale.

    Up to half a second. As scanned; without specks; smoothed and small; with the paper's shade taken out, the strokes
    of thin print and of worn toner joined.
    """
    grey = pixels if pixels.ndim == 2 else cv2.extractChannel(pixels, 1)  # noqa: PLR2004 - two axes are a grey picture
    found: dict[str, None] = {}
    for picture in _ways(np.ascontiguousarray(grey, dtype=np.uint8)):
        found |= dict.fromkeys(_payloads(picture, inverted=True))
    return tuple(found)


def _ways(grey: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    unit = max(round(max(grey.shape) / MARK_SIDE), 1)
    even = cv2.divide(grey, cv2.blur(grey, (max(grey.shape) // 30 * 2 + 1,) * 2), scale=200.0)
    yield grey
    for size in (3, 2 * unit + 1, 2 * unit + 3):
        yield cv2.medianBlur(grey, size).astype(np.uint8, copy=False)
    for picture in (grey, even):
        for reach in (0.7, 1.4):
            soft = cv2.GaussianBlur(picture, (0, 0), reach * unit)
            yield mark_copy(soft.astype(np.uint8, copy=False))
            yield cv2.normalize(soft, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8, copy=False)


def _payloads(grey: NDArray[np.uint8], *, inverted: bool = False) -> tuple[str, ...]:
    found = zxingcpp.read_barcodes(grey, formats=MARKS, try_rotate=True, try_invert=inverted)
    return tuple(dict.fromkeys(text for code in found if (text := payload(bytes(code.bytes)))))


def payload(data: bytes) -> str:
    """Bytes of a code as text, without surrounding white space; ``""`` where they are neither UTF-8 nor GB 18030.

    >>> payload("统一社会信用代码".encode("gb18030")), payload("名称".encode())
    ('统一社会信用代码', '名称')
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).strip()
        except UnicodeDecodeError:
            continue
    return ""
