"""Steps 6 to 9: understanding."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.types.labels import Label, Severity
from intake.types.pages import PixelBox, Region
from intake.types.words import PageText


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
