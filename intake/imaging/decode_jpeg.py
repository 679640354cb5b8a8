"""JPEG as it is, to the byte, where PDF/A can take it over; runs in the decoder's child only.

Every other picture is decoded as for reading, and coded afterwards.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image

from intake.imaging import decode_image
from intake.imaging.frames import Frame, Request, Scan

_ORIENTATION = 0x0112  # EXIF 2.3
_ORIENTATIONS = range(1, 9)
_BANDS = {"L": 1, "RGB": 3}
_HUFFMAN = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive (ITU-T T.81, table B.1)
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BITS = 8
_MARKER = 0xFF  # before each marker, and any number of times
_PLAIN_RGB = (ord("R"), ord("G"), ord("B"))
_SPACES = {1: b"GRAY", 3: b"RGB "}
_CLASSES = frozenset({b"mntr", b"prtr", b"scnr", b"spac"})
_NEWEST_PROFILE = 4
_PROFILE_HEADER = 128  # bytes (ICC.1, 7.2)


def scans(request: Request) -> Iterator[Scan | Frame]:
    """For each page of an image file its scan as it is, or its frame; raises RefusalError for damage."""
    kept = _of_file(Path(request.path).read_bytes()) if request.media_type == "image/jpeg" else None
    if kept:
        yield kept
    else:
        yield from decode_image.frames(request)


def jpeg(data: bytes) -> Scan | None:
    """A JPEG as a scan; ``None`` where PDF/A does not take it over as it is.

    That is CMYK, more than 8 bits, arithmetic or lossless coding, and RGB that is not kept as YCbCr.
    """
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        bands = _BANDS.get(image.mode)
        layers = tuple(layer[0] for layer in getattr(image, "layer", ()))
        if bands is None or layers == _PLAIN_RGB or _frame(data) is None:
            return None
        noted = int(image.getexif().get(_ORIENTATION, 1))
        orientation = noted if noted in _ORIENTATIONS else 1
        colours = profile(image.info.get("icc_profile"), bands)
        scan = Scan("DCTDecode", data, *image.size, bands, orientation, profile=colours)
        return replace(scan, size=decode_image.size(image, turned=scan.upright != image.size))


def _of_file(data: bytes) -> Scan | None:
    try:
        return jpeg(data)
    except decode_image.DAMAGE:
        return None


def _frame(data: bytes) -> int | None:
    """The kind of a JPEG's frame where it is coded by Huffman's codes and of 8 bits."""
    at = 2
    while at + 4 < len(data) and data[at] == _MARKER:
        kind = data[at + 1]
        if kind in _FRAMES:
            return kind if kind in _HUFFMAN and data[at + 4] == _BITS else None
        at += 1 if kind == _MARKER else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def profile(data: object, bands: int) -> bytes:
    """A colour profile that PDF/A takes (ISO 19005-2, 6.2.4.2) and that fits; empty where it does not."""
    if not isinstance(data, bytes) or len(data) < _PROFILE_HEADER or data[36:40] != b"acsp":
        return b""
    is_whole = int.from_bytes(data[:4], "big") == len(data)
    is_known = data[8] <= _NEWEST_PROFILE and data[12:16] in _CLASSES and data[16:20] == _SPACES[bands]
    return data if is_whole and is_known else b""
