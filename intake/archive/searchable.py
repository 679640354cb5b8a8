"""Searchable PDF/A-2b (ISO 19005-2): the pictures as they were scanned, with the words under them.

The same pages, words and information give the same bytes. Colours without a profile of their own are taken for sRGB,
which the output intent says (6.2.4.3); there is no transparency, no script, no encryption and nothing outside the file.
"""

from __future__ import annotations

import hashlib
import io
import struct
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from intake.archive import invisible, placing
from intake.archive.glyphless import Alphabet
from intake.imaging.frames import Scan
from intake.types import PageText

PROGRAM = "Intake"

_A4_HEIGHT = 841.89  # points: the longer side of a page whose file does not tell its size
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""The matrices that set a picture of an EXIF orientation upright, in a square of 1 × 1 from its lower left."""

_TURNED = (1, 8, 3, 6)  # orientations whose pictures want 0 to 3 quarter turns counter-clockwise
_PROFILE_BORN = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
_NAMESPACE = uuid.UUID("5f0c1a52-6a56-5a0a-9d56-0c9ce2a0e6b1")  # of the names of documents; any will do for ever


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its picture and the words of its sheets, their places in fractions of the upright picture.

    ``turns``: quarter turns counter-clockwise after which the print is upright. The page is drawn so, not merely shown
    so (``/Rotate``): only where print runs to the right do all reading programs tell its lines.
    """

    scan: Scan
    texts: Sequence[PageText] = ()
    turns: int = 0


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What the file says of itself: a title (the number under which it is kept, 档号; nobody's name) and its time."""

    title: str
    created: datetime


def pdfa(pages: Iterable[PdfPage], info: PdfInfo) -> bytes:
    """The pages, at least one, as one PDF/A-2b. Raises ValueError for no page, or a time without its zone."""
    kept = list(pages)
    if not kept or info.created.tzinfo is None:
        raise ValueError("a PDF/A has a page, and a time with its zone")
    with pikepdf.new() as pdf:
        alphabet = Alphabet(character for page in kept for character in invisible.characters(page.texts))
        font = alphabet.font(pdf) if any(page.texts for page in kept) else None
        colours = _Colours(pdf)
        for page in kept:
            _add(pdf, page, colours, alphabet, font)
        _describe(pdf, info, _identity(kept, info))
        body = io.BytesIO()
        pdf.save(
            body,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
            preserve_pdfa=True,
            fix_metadata_version=False,
        )
    return body.getvalue()


def turns_of(texts: Iterable[PageText]) -> int:
    """The quarter turns counter-clockwise that the print of a page wants; none where its sheets do not agree."""
    found = {text.geometry.quarter_turns % 4 for text in texts}
    return found.pop() if len(found) == 1 else 0


def page_size(page: PdfPage) -> tuple[float, float]:
    """Width and height of a page in points: as its file tells, else so that the longer side is that of A4."""
    width, height = page.scan.size or page.scan.upright
    if not page.scan.size:
        scale = _A4_HEIGHT / max(width, height)
        width, height = width * scale, height * scale
    return (height, width) if page.turns % 2 else (width, height)


def _add(pdf: pikepdf.Pdf, page: PdfPage, colours: _Colours, alphabet: Alphabet, font: pikepdf.Object | None) -> None:
    width, height = page_size(page)
    placed = placing.lines(page.texts, (width, height), page.turns)
    matrix = " ".join(f"{value:.3f}" for value in _drawn(page, width, height))
    content = f"q {matrix} cm /Im Do Q\n".encode("ascii") + invisible.operators(placed, alphabet, "F")
    resources = Dictionary(XObject=Dictionary(Im=_picture(pdf, page.scan, colours)))
    if font is not None and placed:
        resources.Font = Dictionary(F=font)
    body = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=resources,
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(body)))


def _picture(pdf: pikepdf.Pdf, scan: Scan, colours: _Colours) -> pikepdf.Object:
    """The picture as an image of the PDF, its bytes as they are."""
    is_bilevel = scan.coding == "CCITTFaxDecode"
    image = pikepdf.Stream(pdf, scan.data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = scan.width, scan.height
    image.ColorSpace = colours(scan.profile, scan.bands)
    image.BitsPerComponent = 1 if is_bilevel else 8
    image.Filter = Name(f"/{scan.coding}")
    if scan.coding == "FlateDecode":
        image.DecodeParms = Dictionary(Predictor=15, Colors=scan.bands, Columns=scan.width)
    if is_bilevel:
        image.DecodeParms = Dictionary(K=-1, Columns=scan.width, Rows=scan.height, BlackIs1=scan.black_is_1)
    return image


class _Colours:
    """The colour spaces of a document; a profile that several pictures share is kept once (6.2.4.2)."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[bytes, pikepdf.Object] = {}

    def __call__(self, profile: bytes, bands: int) -> pikepdf.Object:
        if not profile:
            return Name.DeviceRGB if bands > 1 else Name.DeviceGray
        if profile not in self._known:
            stream = self._pdf.make_stream(profile, N=bands)
            self._known[profile] = self._pdf.make_indirect(Array([Name.ICCBased, stream]))
        return self._known[profile]


def _drawn(page: PdfPage, width: float, height: float) -> tuple[float, ...]:
    """The matrix that draws a stored picture upright on a page: by its EXIF orientation first, then by the turns."""
    a, b, c, d, e, f = _UPRIGHT[page.scan.orientation]
    g, h, i, j, k, m = _UPRIGHT[_TURNED[page.turns % 4]]
    return (
        (a * g + b * i) * width,
        (a * h + b * j) * height,
        (c * g + d * i) * width,
        (c * h + d * j) * height,
        (e * g + f * i + k) * width,
        (e * h + f * j + m) * height,
    )


def _describe(pdf: pikepdf.Pdf, info: PdfInfo, identity: uuid.UUID) -> None:
    """What the file is, twice and alike (6.6.3), its part and level of PDF/A (6.6.4), and what its colours are."""
    at = info.created.replace(microsecond=0).isoformat()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as about:
        about["dc:title"] = info.title
        about["pdf:Producer"], about["xmp:CreateDate"] = PROGRAM, at
        about["xmpMM:DocumentID"] = f"uuid:{identity}"
        about["pdfaid:part"], about["pdfaid:conformance"] = "2", "B"
    profile = pdf.make_stream(_srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = "zh-CN"
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


@cache
def _srgb() -> bytes:
    """The profile of sRGB, the time of its making (ICC.1, 7.2.8) set to one and the same."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + _PROFILE_BORN + made[36:]


def _identity(pages: Sequence[PdfPage], info: PdfInfo) -> uuid.UUID:
    """A name of the document that follows from its title and its pictures."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(hashlib.sha256(page.scan.data).digest())
    return uuid.uuid5(_NAMESPACE, f"{info.title}/{digest.hexdigest()}")
