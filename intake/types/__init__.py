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

from intake.types.decisions import (
    CaseDocument,
    CustomerFact,
    CustomerFile,
    Decision,
    DraftCustomerFile,
    DraftFact,
    FactSource,
)
from intake.types.labels import Action, CustomerKind, Label, Severity
from intake.types.pages import (
    FlatGeometry,
    MediaType,
    Page,
    PictureQuality,
    PixelBox,
    Pixels,
    RectifiedPage,
    Region,
    Side,
)
from intake.types.understanding import (
    ELSEWHERE,
    Alternative,
    Classification,
    DocumentReading,
    Evidence,
    FieldReading,
    FileReading,
    Finding,
    PageSize,
)
from intake.types.words import Line, PageText, Rival, Word

__all__ = [
    "ELSEWHERE",
    "Action",
    "Alternative",
    "CaseDocument",
    "Classification",
    "CustomerFact",
    "CustomerFile",
    "CustomerKind",
    "Decision",
    "DocumentReading",
    "DraftCustomerFile",
    "DraftFact",
    "Evidence",
    "FactSource",
    "FieldReading",
    "FileReading",
    "Finding",
    "FlatGeometry",
    "Label",
    "Line",
    "MediaType",
    "Page",
    "PageSize",
    "PageText",
    "PictureQuality",
    "PixelBox",
    "Pixels",
    "RectifiedPage",
    "Region",
    "Rival",
    "Severity",
    "Side",
    "Word",
]
