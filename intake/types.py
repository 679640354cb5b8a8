"""The nouns, in the order of the way from a sheet of paper to a confirmed customer file.

Conventions, for the whole project:

* Pixels are ``uint8`` arrays of shape ``(height, width, 3)``, RGB, origin at the top left.
* A :class:`PixelBox` is in whole pixels of the *flat* page (after rectification); a :class:`Region` is four corners in
  fractions (0 to 1) of the *scan* (the page as stored: upright EXIF orientation applied, PDF at 300 dpi).
* Confidences are 0 to 1, angles degrees counter-clockwise, pages from 0 inside (``page_index``), 1 outside (``page``).
* Times are UTC and aware. Money is a decimal string in yuan with two places (``"5000000.00"``; a foreign currency as
  ``"USD 100000.00"``); dates are ``YYYY-MM-DD`` or ``long-term``; codes have no spaces and upper-case letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]

Severity = Literal["error", "warning", "info"]
Action = Literal["accept", "correct", "omit"]
CustomerKind = Literal["company", "person"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages of the house."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The text for a language tag; every tag that does not begin with ``zh`` gives English.

        >>> Label("姓名", "Name").text("zh-CN"), Label("姓名", "Name").text("en")
        ('姓名', 'Name')
        """
        return self.zh if language.lower().startswith("zh") else self.en


# ---- 1, 2: the file -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MediaType:
    """What the bytes are, told by the bytes alone: IANA name (``image/jpeg``) and the customary extension (``jpg``)."""

    name: str
    extension: str


# ---- 3, 4: pixels ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PixelBox:
    """An upright rectangle in pixels of the flat page."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below the box."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Region:
    """Four corners (top left, top right, bottom right, bottom left *of the text*) as (x, y) fractions of the scan."""

    corners: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One image out of a stored file, upright by its EXIF, RGB; ``scan_dpi``: of the scan that a PDF page shows."""

    index: int
    pixels: Pixels
    dpi: float | None = None
    scan_dpi: float | None = None


@dataclass(frozen=True, slots=True)
class FlatGeometry:
    """Where a flat page lies on its scan.

    ``to_scan``: nine numbers row by row, the homography from pixels of the flat page, moved by the ``bend`` (as in
    :mod:`intake.geometry`), to the scan's. ``quarter_turns`` counter-clockwise and ``skew`` (degrees) are taken out.
    """

    page_index: int
    sheet: int
    width: int
    height: int
    scan_width: int
    scan_height: int
    to_scan: tuple[float, ...]
    quarter_turns: int = 0
    skew: float = 0.0
    bend: tuple[tuple[tuple[float, float], ...], ...] = ()


Side = Literal["top", "right", "bottom", "left"]


@dataclass(frozen=True, slots=True)
class PictureQuality:
    """How well a sheet was pictured, whatever stands on it; :mod:`intake.imaging.quality` measures it.

    In pixels of the scan: ``print_height`` of a Chinese glyph, ``edge_width`` from ink to paper (``None``: too little
    print), ``edges`` the one over the other (0.06 sharp, 0.2 hard to read). 0 to 1: the paper's ``lightness`` and
    ``unevenness``, the sheet's share under ``glare`` or ``missing``. ``skew`` (degrees) is what straightening left.
    """

    print_height: float | None
    edge_width: float | None
    edges: float | None
    lightness: float
    unevenness: float
    glare: float
    glare_places: tuple[Region, ...]
    cut_sides: tuple[Side, ...]
    missing: float
    skew: float


@dataclass(frozen=True, slots=True, eq=False)
class RectifiedPage:
    """One sheet or card, flat, upright and evenly lit, with the way back to the scan.

    ``pixels`` keep their colours, red seals lightened (for codes, crops and the second reader); ``ink`` is
    ``uint8 (height, width)``, paper near 255 and ink dark, red seals taken out: what Tesseract reads.
    """

    geometry: FlatGeometry
    pixels: Pixels
    ink: NDArray[np.uint8]
    quality: PictureQuality | None = None


# ---- 5: words (the hinge: plain data from here on) ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rival:
    """Another character that an engine all but read at a ``place`` of a word (from 0), with its probability."""

    place: int
    character: str
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters as an engine read it, with its confidence and its place on the flat page.

    ``confidences`` are those of its characters one by one, as many as ``text`` has, where the engine tells them;
    ``rivals`` are kept where it was not sure of a character, those of one place likeliest first.
    """

    text: str
    confidence: float
    box: PixelBox
    confidences: tuple[float, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with nothing between them: Chinese is written without spaces."""
        return "".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything one reader read on one flat page, top to bottom; and the payload of its QR codes, if any.

    ``quality`` of the picture stands with a sheet's first reading; words kept before it was measured have none.
    """

    geometry: FlatGeometry
    lines: tuple[Line, ...]
    reader: str
    codes: tuple[str, ...] = ()
    quality: PictureQuality | None = None


# ---- 6 to 9: understanding ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a classification: the phrase that was found and the weight that it carries."""

    phrase: str
    weight: float
    box: PixelBox | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """The type of a document (``None``: paper of no known type), how sure, and why."""

    type: str | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()


ELSEWHERE = "elsewhere"  # the reason of an alternative that the paper prints at another place


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value that the field may have, with who says so and why."""

    value: str
    text: str
    confidence: float
    reader: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field as read. ``text`` is what the engine read; ``value`` its canonical form, ``None`` where unreadable.

    ``reader`` names who read it (``tesseract``, ``rapidocr``, ``qr``, both with ``+``), ``how`` why this is the value
    (:data:`intake.extraction.found.WHY`), ``unsure`` the places (from 0) in ``value`` that its reader doubted.
    """

    field: str
    text: str
    value: str | None
    confidence: float
    page_index: int
    region: Region
    reader: str
    alternatives: tuple[Alternative, ...] = ()
    how: str = ""
    unsure: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or doubtful. Inside a document ``fields`` are field names; inside a draft they are fact names."""

    code: str
    severity: Severity
    fields: tuple[str, ...]
    message: Label

    @property
    def key(self) -> str:
        """What a decision names this finding by: the code and the fields it concerns."""
        return f"{self.code}:{'+'.join(self.fields)}"


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """All that was read of one document: its type, the pages it lies on, its fields and the findings about them."""

    classification: Classification
    page_indexes: tuple[int, ...]
    fields: tuple[FieldReading, ...]
    findings: tuple[Finding, ...]

    @property
    def type(self) -> str | None:
        """The name of the document type, or ``None``."""
        return self.classification.type

    def value(self, name: str) -> str | None:
        """The canonical value of a field, or ``None`` where it is absent or unreadable."""
        return next((reading.value for reading in self.fields if reading.field == name), None)


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a scan in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FileReading:
    """What the pipeline made of one stored file; ``seconds`` is the time each stage took."""

    pages: tuple[PageSize, ...]
    texts: tuple[PageText, ...]
    documents: tuple[DocumentReading, ...]
    seconds: dict[str, float] = field(default_factory=dict)


# ---- 10: the draft --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document of a case under the identity that the database gave it; ``file`` tells those of one file."""

    id: str
    reading: DocumentReading
    file: str = ""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a proposed value comes from: one field of one document, with what was read there."""

    document_id: str
    document_type: str
    reading: FieldReading


@dataclass(frozen=True, slots=True)
class DraftFact:
    """One proposed fact. ``fact`` is the name of the fact, with ``#2`` … where papers of a kind repeat in a case.

    ``kind`` names the field type that checks and shows the value; ``present`` is the value that the customer file
    holds today; ``doubtful`` says that a person has to look (low confidence, a finding, a conflict, no value).
    """

    fact: str
    label: Label
    kind: str
    value: str | None
    confidence: float
    sources: tuple[FactSource, ...]
    alternatives: tuple[Alternative, ...] = ()
    present: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class DraftCustomerFile:
    """The proposed new or changed customer file of a case. ``customer_number`` is ``None`` for a new customer."""

    kind: CustomerKind
    title: str
    facts: tuple[DraftFact, ...]
    findings: tuple[Finding, ...]
    customer_number: str | None = None


# ---- 11, 12: a person decides ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one fact; ``value`` is given with ``correct`` only."""

    fact: str
    action: Action
    value: str | None = None


@dataclass(frozen=True, slots=True)
class CustomerFact:
    """A confirmed fact with its provenance: what the engine had read, where, and who decided what, when."""

    fact: str
    label: Label
    kind: str
    value: str
    action: Action
    decided_by: str
    decided_at: datetime
    source: FactSource | None
    read_value: str | None
    read_confidence: float


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """The confirmed customer file (客户档案) as one confirmation leaves it."""

    kind: CustomerKind
    title: str
    facts: tuple[CustomerFact, ...]
    number: str | None = None
