"""What the decoder's process is asked and what its decoders give: below all of them, so that none imports another.

It needs no library: the parent loads no decoder with it, and the child loads only the one that its file needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Request:
    """What to decode and within which limits (``max_pixels``, ``max_side`` per page; memory in bytes).

    ``as_coded``: pages whose pictures a PDF can take over are given as they are coded, the others as pixels. ``only``:
    the indexes of the pages that are wanted, all where it is empty.
    """

    path: str
    media_type: str
    max_pages: int
    max_pixels: int
    max_side: int
    dpi: int
    seconds: float
    memory: int
    as_coded: bool = False
    only: Sequence[int] = ()

    def wants(self, index: int) -> bool:
        """Whether the page of an index is wanted."""
        return not self.only or index in self.only


class RefusalError(Exception):
    """The file cannot be read; ``code`` names the class in :mod:`intake.errors`."""

    def __init__(self, code: str, **details: float) -> None:
        """Keep the code and the plain facts of the message."""
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded page: an image of mode RGB, dots per inch where the file tells, and those of the scan it shows.

    ``size``: width and height of the page in points (1/72 inch), where the file tells. ``coded``: the bytes that its
    picture takes in the file, where it is one picture.
    """

    image: Image.Image
    dpi: float | None
    scan_dpi: float | None = None
    size: tuple[float, float] | None = None
    coded: int | None = None


Coding = Literal["DCTDecode", "FlateDecode", "CCITTFaxDecode"]
"""Codings of pictures by the names that PDF gives them (ISO 32000-1, 7.4)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The picture of a page as a file holds it, ``width`` × ``height`` pixels as they are stored.

    ``bands`` is 1 (grey, or black and white where ``coding`` is ``CCITTFaxDecode``) or 3 (RGB by way of YCbCr).
    ``profile`` is the ICC profile of its colours, empty where they are taken for sRGB.
    ``orientation`` (1 to 8, EXIF 2.3, tag 0x0112) says how the eye holds it; ``black_is_1`` is a parameter of CCITT.
    ``size`` are width and height of the *upright* page in points (1/72 inch), ``None`` where the file does not tell.
    """

    coding: Coding
    data: bytes
    width: int
    height: int
    bands: int
    orientation: int = 1
    black_is_1: bool = False
    size: tuple[float, float] | None = None
    profile: bytes = b""

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as the eye holds it."""
        return (self.height, self.width) if self.orientation > 4 else (self.width, self.height)  # noqa: PLR2004 - EXIF


def damaged() -> RefusalError:
    """The bytes do not hold what their kind promises."""
    return RefusalError("file.damaged")


def too_many_pixels(request: Request) -> RefusalError:
    """A page is larger than allowed."""
    return RefusalError("file.too_many_pixels", limit_megapixels=round(request.max_pixels / 1e6))


def too_many_pages(request: Request) -> RefusalError:
    """There are more pages than allowed."""
    return RefusalError("file.too_many_pages", limit=request.max_pages)
