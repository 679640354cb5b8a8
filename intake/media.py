"""What a file is, told by its bytes alone: names, extensions and claims of the sender count for nothing.

Magic numbers: JPEG ITU-T T.81 B.1.1.3; PNG ISO/IEC 15948 5.2; TIFF 6.0 section 2 and the BigTIFF proposal; BMP
"BITMAPFILEHEADER"; WebP container specification; HEIF ISO/IEC 23008-12 (brands in the ``ftyp`` box of ISO/IEC
14496-12); PDF ISO 32000-1 annex H (readers look for ``%PDF-`` within the first 1,024 bytes).
"""

from __future__ import annotations

from intake.errors import EmptyFileError, UnsupportedFileError
from intake.types import MediaType

JPEG = MediaType("image/jpeg", "jpg")
PNG = MediaType("image/png", "png")
TIFF = MediaType("image/tiff", "tif")
BMP = MediaType("image/bmp", "bmp")
WEBP = MediaType("image/webp", "webp")
HEIC = MediaType("image/heic", "heic")
HEIF = MediaType("image/heif", "heif")
AVIF = MediaType("image/avif", "avif")
PDF = MediaType("application/pdf", "pdf")

MEDIA_TYPES: tuple[MediaType, ...] = (JPEG, PNG, TIFF, BMP, WEBP, HEIC, HEIF, AVIF, PDF)
"""Every kind of file that is read."""

HEAD = 65536
"""So many bytes from a file's beginning tell what it is."""

_PREFIXES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"mif1", b"mif2", b"msf1"})
_PDF_WINDOW = 1024
_BMP_HEADER_SIZES = frozenset({12, 40, 52, 56, 64, 108, 124})


def identify(head: bytes) -> MediaType:
    """The kind of a file by its first bytes (1,024 are enough, up to 64 KiB are sensible).

    Raises EmptyFileError where there are no bytes, UnsupportedFileError where they are of no kind that we read.

    >>> identify(bytes.fromhex("ffd8ffe0")).name
    'image/jpeg'
    """
    if not head:
        raise EmptyFileError
    found = _by_prefix(head) or _riff(head) or _bitmap(head) or _iso_media(head) or _portable_document(head)
    if found is None:
        raise UnsupportedFileError
    return found


def _by_prefix(head: bytes) -> MediaType | None:
    return next((kind for prefix, kind in _PREFIXES if head.startswith(prefix)), None)


def _riff(head: bytes) -> MediaType | None:
    return WEBP if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _bitmap(head: bytes) -> MediaType | None:
    """BMP begins with two letters only, so the size of its second header has to be one of those that exist."""
    size = int.from_bytes(head[14:18], "little")
    return BMP if head[:2] == b"BM" and size in _BMP_HEADER_SIZES else None


def _iso_media(head: bytes) -> MediaType | None:
    if head[4:8] != b"ftyp":
        return None
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)), 4))]
    for known, kind in ((_AVIF_BRANDS, AVIF), (_HEIC_BRANDS, HEIC), (_HEIF_BRANDS, HEIF)):
        if known.intersection(brands):
            return kind
    return None


def _portable_document(head: bytes) -> MediaType | None:
    return PDF if b"%PDF-" in head[:_PDF_WINDOW] else None
