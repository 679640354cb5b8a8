"""Image files to RGB, with Pillow: header first, then one frame at a time. Runs in the decoder's child process only."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from intake.imaging.frames import Frame, Request, damaged, too_many_pages, too_many_pixels

_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
_DEPTHS = (10, 12, 14, 16)  # bits that scanners and cameras put into grey of 16 bits
_SUBFILE_TYPE = 254  # TIFF 6.0: bit 0 marks a thumbnail of another page
_BYTE_COUNTS = (279, 325)  # TIFF 6.0: of strips, of tiles
_SENSIBLE_DPI = (50.0, 1300.0)  # phones write 72 or 96 (and 1) without meaning it; no office scanner writes more
_POINTS_PER_INCH = 72.0
_MEANINGLESS_DPI = frozenset({72, 96})

DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow and its codecs raise for bytes that are not what they promise."""


def frames(request: Request) -> Iterator[Frame]:
    """The pages of an image file. Raises RefusalError for damage, too many pages or too many pixels.

    All headers are looked at before the first pixel is decoded. Only TIFF holds pages: what else can hold several
    images (MPO, animations, bursts of a phone) shows the first, which is the picture that its maker meant.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit is compared below, before any pixel is decoded
    warnings.simplefilter("ignore")  # damaged metadata is no reason to refuse a picture that decodes
    try:
        with _open(request) as image:
            wanted = [number for at, number in enumerate(_page_numbers(image, request)) if request.wants(at)]
            for number in wanted:
                image.seek(number)
                upright = _upright_rgb(image)
                turned = upright.size != image.size
                yield Frame(upright, _dpi(image), None, size(image, turned=turned), _coded(image, request))
    except DAMAGE as error:
        raise damaged() from error


def _open(request: Request) -> Image.Image:
    name = _FORMATS[request.media_type]
    if name == "HEIF":
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - loaded for HEIC only

        register_heif_opener(thumbnails=False)
    try:
        return Image.open(request.path, formats=[name])
    except UnidentifiedImageError as error:
        raise damaged() from error


def _page_numbers(image: Image.Image, request: Request) -> list[int]:
    """The numbers of the frames that are pages, after every header has been held against the limits."""
    numbers: list[int] = []
    for number in range(request.max_pages + 1 if image.format == "TIFF" else 1):
        try:
            image.seek(number)
        except EOFError:
            break
        if image.width * image.height > request.max_pixels or max(image.size) > request.max_side:
            raise too_many_pixels(request)
        if not _is_thumbnail(image):
            numbers.append(number)
    if len(numbers) > request.max_pages:
        raise too_many_pages(request)
    if not numbers:
        raise damaged()
    return numbers


def _is_thumbnail(image: Image.Image) -> bool:
    tags = getattr(image, "tag_v2", {})
    return bool(tags.get(_SUBFILE_TYPE, 0) & 1)


def _coded(image: Image.Image, request: Request) -> int:
    """The bytes of one of several pages by the TIFF's own counts, else of the file."""
    tags = getattr(image, "tag_v2", {})
    counted = next((tags[tag] for tag in _BYTE_COUNTS if tag in tags), None)
    return sum(counted) if counted else Path(request.path).stat().st_size


def _upright_rgb(image: Image.Image) -> Image.Image:
    image.load()
    return _rgb(ImageOps.exif_transpose(image))


def _rgb(image: Image.Image) -> Image.Image:
    """Any mode as RGB of 8 bits, transparency laid over white."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image).convert("RGB")
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits by its own scale, of 32 bits or fractions spread over what is used, as 8 bits.

    Grey of 12 bits comes in 16 without being stretched, so white would be nearly black: a picture's own scale is the
    smallest usual depth that holds its lightest pixel.
    """
    wide = image.convert("F")
    low, high = (float(value) for value in wide.getextrema())  # type: ignore[arg-type] # one band gives two numbers
    depth = next((bits for bits in _DEPTHS if high < 2**bits), None)
    if image.mode != "F" and low >= 0 and depth is not None:
        low, high = 0.0, 2.0**depth - 1
    scale = 255.0 / ((high - low) or 1.0)
    return wide.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def size(image: Image.Image, *, turned: bool) -> tuple[float, float] | None:
    """Width and height in points, where the file tells; ``turned``: of the upright page, which lies on its side."""
    meant = _resolution(image)
    if meant is None:
        return None
    width, height = (pixels * _POINTS_PER_INCH / dots for pixels, dots in zip(image.size, meant, strict=True))
    return (height, width) if turned else (width, height)


def _dpi(image: Image.Image) -> float | None:
    """Dots per inch where the file tells it and a scanner may have meant it, the larger one of a fax's two."""
    meant = _resolution(image)
    return round(max(meant), 2) if meant else None


def _resolution(image: Image.Image) -> tuple[float, float] | None:
    """Dots per inch across and down; phones write 1, 72 or 96 for anything."""
    told = image.info.get("dpi")
    if not told:
        return None
    across, down = (float(value) for value in told)
    value = max(across, down)
    meant = _SENSIBLE_DPI[0] <= value <= _SENSIBLE_DPI[1] and round(value) not in _MEANINGLESS_DPI
    if not meant:
        return None
    return (across, down) if min(across, down) >= _SENSIBLE_DPI[0] else (value, value)
