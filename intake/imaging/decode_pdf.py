"""PDF pages to RGB: poppler through pdf2image, held against pdfium. Runs in the decoder's child process only.

Poppler's exit status is not to be trusted: a page of 14,400 × 14,400 points makes ``pdftoppm`` write a 1 × 1 picture
and end with 0. So pdfium tells the size of the page beforehand, and draws it where poppler fails or gives another size.
A page that is nothing but one scan of that size is not drawn: the scan is taken out, a quarter of a second sooner.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from intake.imaging.frames import Frame, RefusalError, Request, damaged, too_many_pages, too_many_pixels

_POINTS_PER_INCH = 72.0
_ENCRYPTED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})
_SIZE_TOLERANCE = 0.02  # poppler rounds up and to whole pixels
_SIZE_SLACK = 3  # pixels, for small pages
_MASKS = (b"/SMask", b"/Mask", b"/OC")  # stencils, transparency, layers that may be switched off
_PICTURES = 40  # looked at on a page, for one that fills it
_FILLS = 0.5  # of the page, that a scan covers
_PLACED = 0.75  # points by which a scan may miss the page's edges: three pixels
_COLOURS = {
    raw.FPDF_COLORSPACE_DEVICEGRAY: 8,
    raw.FPDF_COLORSPACE_DEVICERGB: 24,
}
"""Bits of a pixel in the colours that a scanner writes and that need no translation."""

Taken = TypeVar("Taken")


def frames(request: Request) -> Iterator[Frame]:
    """The pages of a PDF at ``request.dpi``, or at as many dots per inch as ``max_pixels`` allow.

    Raises RefusalError for damage, a password or too many pages.
    """
    yield from taken(request, lambda _page, _number: None)


def taken(request: Request, take: Callable[[pypdfium2.PdfPage, int], Taken | None]) -> Iterator[Taken | Frame]:
    """For each page what ``take`` makes of it and its index, else its frame; raises as :func:`frames`."""
    with _open(request) as document:
        count = len(document)
        if count > request.max_pages:
            raise too_many_pages(request)
        if count == 0:
            raise damaged()
        masked = _may_be_masked(request)
        for number in filter(request.wants, range(count)):
            page = _loaded(document, number)
            kept = take(page, number)
            yield kept if kept is not None else _drawn(page, number, request, masked=masked)


def _may_be_masked(request: Request) -> bool:
    """Whether any picture may be seen in part only: what says so stands uncompressed in the picture's own words."""
    data = Path(request.path).read_bytes()
    return any(word in data for word in _MASKS)


def _open(request: Request) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(request.path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise RefusalError("file.encrypted") from error
        raise damaged() from error


def _loaded(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        page = document[number]
        width, height = page.get_size()
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    if width <= 0 or height <= 0:
        raise damaged()
    return page


def _drawn(page: pypdfium2.PdfPage, number: int, request: Request, *, masked: bool) -> Frame:
    width, height = page.get_size()
    dpi = _affordable_dpi(width, height, request)
    expected = (width * dpi / _POINTS_PER_INCH, height * dpi / _POINTS_PER_INCH)
    image = (None if masked else _lone_scan(page, expected)) or _by_poppler(request, number, dpi)
    if image is None or not _fits(image, expected):
        image = _by_pdfium(page, dpi)
        if not _fits(image, expected):
            raise damaged()
    return Frame(image, float(dpi), _scan_dpi(page), (width, height))


def _affordable_dpi(width: float, height: float, request: Request) -> int:
    """The wanted dots per inch, or as many as keep the page (in points) below the limit of pixels."""
    square_inches = width * height / _POINTS_PER_INCH**2
    longest = max(width, height) / _POINTS_PER_INCH
    most = math.floor(min(math.sqrt(request.max_pixels / square_inches), request.max_side / longest))
    if most < 1:
        raise too_many_pixels(request)
    return min(request.dpi, most)


def lone_picture(page: pypdfium2.PdfPage) -> pypdfium2.PdfImage | None:
    """The one picture that is all a page shows, filling it, neither cut nor written upon; ``None`` if there is more."""
    first, *others = [*islice(page.get_objects(max_depth=1), 2), None]
    return first if isinstance(first, pypdfium2.PdfImage) and others == [None] and _is_bare(page, first) else None


def _lone_scan(page: pypdfium2.PdfPage, expected: tuple[float, float]) -> Image.Image | None:
    """The one picture that fills the page upright and has the wanted size, or ``None`` where there is more to draw."""
    picture = lone_picture(page)
    if picture is None or page.get_rotation() or not _is_plain(picture):
        return None
    try:
        wide, high = picture.get_px_size()
        if max(abs(wide - expected[0]), abs(high - expected[1])) > _SIZE_SLACK:
            return None
        image: Image.Image = picture.get_bitmap().to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        return None
    return image


def _scan_dpi(page: pypdfium2.PdfPage) -> float | None:
    """Dots per inch of the coarsest picture that fills most of a page; ``None`` where it is drawn, not scanned."""
    width, height = page.get_size()
    found = []
    for picture in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), _PICTURES):
        try:
            wide, high = picture.get_px_size()
            left, bottom, right, top = picture.get_bounds()
        except (pypdfium2.PdfiumError, AttributeError):
            continue
        across, down = abs(right - left), abs(top - bottom)
        if across * down >= _FILLS * width * height:
            longer, shorter = max(wide, high), min(wide, high)
            found.append(min(longer / max(across, down), shorter / min(across, down)) * _POINTS_PER_INCH)
    return round(min(found), 1) if found else None


def _is_bare(page: pypdfium2.PdfPage, picture: pypdfium2.PdfImage) -> bool:
    """Whether a picture fills a page as it is turned, neither cut nor written upon."""
    left, bottom, right, top = page.get_bbox()
    wanted = (right - left, 0.0, 0.0, top - bottom, left, bottom)
    placed = all(abs(got - at) <= _PLACED for got, at in zip(picture.get_matrix().get(), wanted, strict=True))
    return (
        placed
        and not raw.FPDFPage_GetAnnotCount(page)
        and not raw.FPDFPageObj_HasTransparency(picture)
        and raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(picture)) <= 0
    )


def _is_plain(picture: pypdfium2.PdfImage) -> bool:
    """Whether a picture is kept in colours that need no translation."""
    about = picture.get_metadata()
    return bool(_COLOURS.get(about.colorspace) == about.bits_per_pixel)


def _by_poppler(request: Request, number: int, dpi: int) -> Image.Image | None:
    """The page as poppler draws it, or ``None`` where it does not."""
    from pdf2image import convert_from_path  # noqa: PLC0415 - scans need it not, and wait for no import
    from pdf2image.exceptions import (  # noqa: PLC0415 - as above
        PDFPageCountError,
        PDFPopplerTimeoutError,
        PDFSyntaxError,
    )

    try:
        images = convert_from_path(
            request.path,
            dpi=dpi,
            first_page=number + 1,
            last_page=number + 1,
            use_cropbox=True,
            timeout=max(1, math.ceil(request.seconds)),
        )
    except (PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError, OSError, ValueError, IndexError):
        return None
    return images[0].convert("RGB") if images else None


def _by_pdfium(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    try:
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    image: Image.Image = bitmap.to_pil()
    return image.convert("RGB")


def _fits(image: Image.Image, expected: tuple[float, float]) -> bool:
    pairs = ((image.width, expected[0]), (image.height, expected[1]))
    return all(abs(got - wanted) <= max(_SIZE_SLACK, wanted * _SIZE_TOLERANCE) for got, wanted in pairs)
