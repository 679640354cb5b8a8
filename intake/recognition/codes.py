"""QR and other two-dimensional codes on a page: a witness that is independent of every character reader."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

FORMATS = zxingcpp.barcode_formats_from_str("QRCode,DataMatrix,PDF417,Aztec")
"""What papers of Chinese offices bear; bar codes of goods are left out, since they are misread out of stripes."""


MARKS = zxingcpp.barcode_formats_from_str("QRCode")
MARK_SIDE = 1400
"""Pixels of the longer side at which marks are looked for: about 120 dpi of an A4 page."""


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


def read_marks(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The payloads of the large QR codes on a page, in any orientation: some milliseconds, so every page is asked.

    ``pixels`` as :func:`read_codes`; the page is looked at so small that only codes from about 20 mm on are found.
    """
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]  # noqa: PLR2004 - two axes are a grey picture; else its green
    scale = MARK_SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    found = zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=MARKS, try_rotate=False, try_invert=False)
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
