"""What a file is, by its bytes."""

from __future__ import annotations

import pytest

from intake.errors import EmptyFileError, UnsupportedFileError
from intake.media import MEDIA_TYPES, identify

HEADS = {
    "image/jpeg": [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xe1"],
    "image/png": [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"],
    "image/tiff": [b"II*\x00\x08\x00\x00\x00", b"MM\x00*\x00\x00\x00\x08", b"II+\x00\x08\x00", b"MM\x00+\x00\x08"],
    "image/bmp": [b"BM" + bytes(12) + b"\x28\x00\x00\x00", b"BM" + bytes(12) + b"\x7c\x00\x00\x00"],
    "image/webp": [b"RIFF\x10\x00\x00\x00WEBPVP8 "],
    "image/heic": [
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic",
    ],
    "image/heif": [b"\x00\x00\x00\x14ftypmif1\x00\x00\x00\x00mif1"],
    "image/avif": [b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"],
    "application/pdf": [b"%PDF-1.7\n", b"\xef\xbb\xbf\r\n%PDF-1.4", bytes(1000) + b"%PDF-2.0"],
}


@pytest.mark.parametrize(("name", "head"), [(name, head) for name, heads in HEADS.items() for head in heads])
def test_each_kind_is_told_by_its_first_bytes(name: str, head: bytes) -> None:
    """The magic number of every kind that is read leads to its IANA name."""
    assert identify(head).name == name


def test_every_known_kind_is_tested_here() -> None:
    """A kind that is added to the list gets its magic number into this test."""
    assert {kind.name for kind in MEDIA_TYPES} == set(HEADS)


def test_a_file_without_bytes_is_empty() -> None:
    """No bytes at all are told apart from unknown bytes."""
    with pytest.raises(EmptyFileError):
        identify(b"")


@pytest.mark.parametrize(
    "head",
    [
        b"PK\x03\x04",
        b"GIF89a",
        b"plain text that mentions a bitmap: BM",
        b"BMW is a make of cars and no bitmap",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  ",
        bytes(1024) + b"%PDF-1.7",
        b"\xff",
    ],
)
def test_what_is_of_no_known_kind_is_refused(head: bytes) -> None:
    """Archives, films, texts and cars are not guessed into pictures."""
    with pytest.raises(UnsupportedFileError):
        identify(head)
