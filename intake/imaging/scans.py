"""Pixels coded for an archive's PDF/A, where the page's own picture could not be taken over as it is.

A page of two colours is coded by ITU-T T.6 (CCITT group 4), which loses nothing. Anything else is coded once, and
without loss where that takes no more room.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from intake.imaging.frames import Coding, Scan
from intake.types import Pixels

_QUALITIES = (90, 82, 74, 66)
"""Of a JPEG made here: nobody tells the first from the scan, and the last is for pictures that were coded no better."""

_PNG_SIGNATURE, _PNG_CHUNK = 8, 12  # bytes before the first chunk, and around each one's data (ISO/IEC 15948, 5)
_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTE_COUNTS = 273, 278, 279  # TIFF 6.0, section 8


def drawn(pixels: Pixels, size: tuple[float, float] | None = None, room: int | None = None) -> Scan:
    """Pixels coded: black and white as CCITT group 4, others without loss where that is shorter, else as JPEG.

    ``room``: the bytes that the picture took where it came from; it is not made larger as long as its quality bears it.
    """
    height, width = pixels.shape[:2]
    is_grey = bool((pixels == pixels[:, :, :1]).all())
    if is_grey and np.isin(pixels[:, :, 0], (0, 255)).all():
        return Scan("CCITTFaxDecode", _group4(pixels), width, height, 1, size=size)
    image = Image.fromarray(pixels[:, :, 0] if is_grey else pixels)
    coding, data = _coded(image, room)
    return Scan(coding, data, width, height, 1 if is_grey else 3, size=size)


def _coded(image: Image.Image, room: int | None) -> tuple[Coding, bytes]:
    lossless, best = _deflated(image), _jpeg(image, _QUALITIES[0])
    if len(lossless) <= min(len(best), room or len(best)):
        return "FlateDecode", lossless
    for quality in _QUALITIES[1:]:
        if room is None or len(best) <= room:
            break
        best = _jpeg(image, quality)
    return "DCTDecode", best


def _jpeg(image: Image.Image, quality: int) -> bytes:
    body = io.BytesIO()
    image.save(body, "JPEG", quality=quality)
    return body.getvalue()


def _deflated(image: Image.Image) -> bytes:
    """The data chunks of a PNG, which are what PDF calls Flate with PNG's predictors (ISO 32000-1, 7.4.4.4)."""
    body = io.BytesIO()
    image.save(body, "PNG")
    png, parts, at = body.getvalue(), [], _PNG_SIGNATURE
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += length + _PNG_CHUNK
    return b"".join(parts)


def _group4(pixels: Pixels) -> bytes:
    """The one strip of a TIFF, which is bare CCITT group 4.

    The codec calls the ones black, so black is made one: PDF takes it so by itself, and the code is shorter.
    """
    body = io.BytesIO()
    image = Image.fromarray(255 - pixels[:, :, 0]).convert("1", dither=Image.Dither.NONE)
    image.save(body, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: image.height})
    with Image.open(body, formats=["TIFF"]) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined] # a TIFF has it
        (begin,), (length,) = tags[_STRIP_OFFSETS], tags[_STRIP_BYTE_COUNTS]
    return body.getvalue()[begin : begin + length]
