"""The scan of a PDF's page as it is, to the byte, where the page is nothing else; runs in the decoder's child only.

PDFium says what a page shows, pikepdf how its picture is coded. Every other page is drawn as for reading, and coded
afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pikepdf
import pypdfium2
from pikepdf import Name

from intake.imaging import decode_image, decode_pdf
from intake.imaging.decode_jpeg import jpeg, profile
from intake.imaging.frames import Frame, Request, Scan

_BY_ROTATION = {0: 1, 90: 6, 180: 3, 270: 8}  # a page's /Rotate as the EXIF orientation of its scan
_SILENT = frozenset({"/Type", "/Subtype", "/Length", "/Name", "/Interpolate", "/Intent", "/Metadata"})
_TELLING = frozenset({"/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/DecodeParms"})
_HARMLESS = frozenset({"q", "Q", "cm", "Do", "g", "G", "rg", "RG", "k", "K", "w", "ri", "i"})
_BANDS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}
_FAX_COLUMNS = 1728  # where a picture does not tell (ISO 32000-1, 7.4.6)


def scans(request: Request) -> Iterator[Scan | Frame]:
    """For each page its scan as it is, or its frame as it is drawn for reading; raises RefusalError as for that."""
    with ExitStack() as stack:
        try:
            source = stack.enter_context(pikepdf.open(request.path))
        except (pikepdf.PdfError, *decode_image.DAMAGE):
            yield from decode_pdf.frames(request)
        else:
            yield from decode_pdf.taken(request, lambda page, number: _of_page(source, page, number))


def _of_page(source: pikepdf.Pdf, page: pypdfium2.PdfPage, number: int) -> Scan | None:
    """The scan that is all a page shows, or ``None``."""
    if decode_pdf.lone_picture(page) is None:
        return None
    try:
        scan = _taken(_shown(source.pages[number]))
    except (pikepdf.PdfError, *decode_image.DAMAGE):
        return None
    if scan is None:
        return None
    return replace(scan, orientation=_BY_ROTATION[page.get_rotation()], size=page.get_size())


def _shown(page: pikepdf.Page) -> pikepdf.Object | None:
    """The one picture that a page shows, where its operators do nothing else that could be seen."""
    steps = pikepdf.parse_content_stream(page)
    names = [step.operands[0] for step in steps if str(step.operator) == "Do"]
    if len(names) != 1 or {str(step.operator) for step in steps} - _HARMLESS:
        return None
    image = page.resources.XObject[str(names[0])]
    return image if image.get("/Subtype") == Name.Image else None


def _taken(image: pikepdf.Object | None) -> Scan | None:
    """A PDF's picture, where nothing about it says more than what a scan keeps."""
    if image is None or set(image.keys()) - _SILENT - _TELLING:
        return None
    coding = image.get("/Filter")
    coding = coding[0] if isinstance(coding, pikepdf.Array) and len(coding) == 1 else coding
    if coding == Name.DCTDecode:
        return _coded_jpeg(image)
    return _coded_fax(image) if coding == Name.CCITTFaxDecode else None


def _coded_jpeg(image: pikepdf.Object) -> Scan | None:
    scan = jpeg(image.read_raw_bytes()) if "/DecodeParms" not in image else None
    if scan is None or (scan.width, scan.height) != (int(image.Width), int(image.Height)):
        return None
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and space[0] == Name.ICCBased and int(space[1].N) == scan.bands:
        return replace(scan, profile=profile(space[1].read_bytes(), scan.bands))
    is_known = isinstance(space, Name) and _BANDS.get(str(space)) == scan.bands
    return replace(scan, profile=b"") if is_known else None


def _coded_fax(image: pikepdf.Object) -> Scan | None:
    how = image.get("/DecodeParms", pikepdf.Dictionary())
    told = (how[0] if isinstance(how, pikepdf.Array) else how).as_dict()
    width, height = int(image.Width), int(image.Height)
    is_plain = (
        int(told.get("/K", 0)) < 0
        and int(told.get("/Columns", _FAX_COLUMNS)) == width
        and not told.get("/EncodedByteAlign", False)
        and image.get("/ColorSpace") == Name.DeviceGray
    )
    black = bool(told.get("/BlackIs1", False))
    return Scan("CCITTFaxDecode", image.read_raw_bytes(), width, height, 1, black_is_1=black) if is_plain else None
