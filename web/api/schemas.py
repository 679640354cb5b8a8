"""What the API answers, as pydantic models. The OpenAPI document is made of them and of :mod:`web.api.requests`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from web.api.requests import DecisionIn

Corner = tuple[float, float]


class Problem(BaseModel):
    """RFC 9457: what went wrong, by our code, and what to do next."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    next_step: str
    details: dict[str, Any] | None = None


class ErrorOut(BaseModel):
    """Why a file was refused or could not be read."""

    code: str
    message: str


class GlanceOut(BaseModel):
    """What a first look at a page told, before it was read: the type it seems to be, its faults."""

    page: int
    type: str | None
    complaints: list[ErrorOut]


class FileOut(BaseModel):
    """One file of an upload: `queued`, `reading`, `read`, `failed`, `quarantined`, `linked` or `rejected`."""

    id: str
    name: str
    size: int
    state: str
    pages: int | None
    documents: int
    settled: bool
    error: ErrorOut | None
    glances: list[GlanceOut]


class UploadOut(BaseModel):
    """An upload and how far it is. `settled` is true when nothing more will happen by itself.

    `case_number` is the number by which people speak of the case. It, `case` and `draft` are null for a reader who may
    not see the case: a paper that came before may lie in another's.
    """

    id: str
    case: str | None
    case_number: str | None
    case_state: str
    draft: str | None
    settled: bool
    created_at: datetime
    files: list[FileOut]


class AlternativeOut(BaseModel):
    """Another value that may be meant."""

    value: str
    text: str
    confidence: float
    reader: str
    reason: str


class FieldOut(BaseModel):
    """One field as read: `text` is what the engine read, `value` its canonical form, `how` why this is the value.

    `how`: it stands beside its `caption` or one that may `stand_in`, in a `pattern` of running text, at its `place`, in
    its `column`, by its `shape`, on a `crop` read again, or in a `code`; it is a `second_thought` of a reader, or
    `reckoned` from a span. Empty on what was read before reasons were kept.

    `box` is x, y, width and height in pixels of the page as stored, as in the lines of `intake extract`.
    """

    value: str | None
    text: str
    confidence: float
    page: int
    box: tuple[int, int, int, int] | None
    region: list[Corner]
    reader: str
    how: str
    alternatives: list[AlternativeOut]


class FindingOut(BaseModel):
    """Something wrong or doubtful, and what it concerns."""

    key: str
    code: str
    severity: Literal["error", "warning", "info"]
    fields: list[str]
    message: str


class PageOut(BaseModel):
    """One page; `image` is the address of its picture."""

    number: int
    width: int
    height: int
    image: str | None


class DocumentBrief(BaseModel):
    """A document, without what was read of it."""

    id: str
    case: str
    type: str | None
    type_confidence: float
    pages: list[PageOut]


class DocumentOut(DocumentBrief):
    """A document with all that was read of it."""

    fields: dict[str, FieldOut]
    findings: list[FindingOut]


class SourceOut(BaseModel):
    """Where a value comes from and what was read there; `how` as in a document's fields."""

    document: str
    document_type: str
    field: str
    page: int
    region: list[Corner]
    text: str
    value: str | None
    confidence: float
    reader: str
    how: str


class FactOut(BaseModel):
    """A proposed fact; `present` is what the customer file holds today."""

    fact: str
    label: str
    kind: str
    value: str | None
    confidence: float
    present: str | None
    doubtful: bool
    sources: list[SourceOut]
    alternatives: list[AlternativeOut]
    findings: list[str]
    decision: DecisionIn | None


class ClaimOut(BaseModel):
    """Who holds the draft, until when."""

    by: str
    until: datetime
    mine: bool


class SettlementOut(BaseModel):
    """Who settled the draft, when and why."""

    by: str
    at: datetime
    reason: str | None
    note: str | None


class DraftHead(BaseModel):
    """What every look at a draft tells. `case_number` is the number by which people speak of its case."""

    id: str
    case: str
    case_number: str | None
    state: str
    version: int
    kind: Literal["company", "person"]
    title: str
    customer: str | None
    created_at: datetime
    updated_at: datetime
    claim: ClaimOut | None


class DraftItem(DraftHead):
    """One line of the queue."""

    types: list[str]
    facts: int
    doubtful: int
    errors: int


class DraftPage(BaseModel):
    """Some lines of the queue, oldest first."""

    items: list[DraftItem]
    next: str | None


class DraftOut(DraftHead):
    """A draft with its facts, findings and papers; its ETag is its `version`."""

    facts: list[FactOut]
    findings: list[FindingOut]
    documents: list[DocumentBrief]
    settlement: SettlementOut | None


class ReasonOut(BaseModel):
    """What a customer file and a draft have in common; `upload`: he was named at the upload. 1 is the very same."""

    fact: str
    likeness: float
    text: str


class MatchOut(BaseModel):
    """A customer file that a draft may be about; `chosen`: the draft is made against it."""

    number: str
    name: str
    version: int
    reasons: list[ReasonOut]
    chosen: bool


class MatchList(BaseModel):
    """The customer files that a draft may be about, the likest first.

    `choice` is what a person picked (a number, or `new`), null where nobody did; `by_itself` is the number that the
    papers tell then, null for a new customer.
    """

    items: list[MatchOut]
    next: None
    choice: str | None
    by_itself: str | None


class CustomerItem(BaseModel):
    """One line of the list of customers; identifiers are masked."""

    number: str
    kind: Literal["company", "person"]
    name: str
    version: int
    updated_at: datetime
    identifiers: dict[str, str]


class CustomerPage(BaseModel):
    """Some customers, by number."""

    items: list[CustomerItem]
    next: str | None


class CustomerFactOut(BaseModel):
    """A confirmed fact with its provenance: what was read, where, and who decided what, when."""

    fact: str
    label: str
    kind: str
    value: str
    action: Literal["accept", "correct", "omit"]
    version: int
    draft: str
    source: SourceOut | None
    read_value: str | None
    read_confidence: float
    decided_by: str
    decided_at: datetime


class ChangeOut(BaseModel):
    """What one version did to one fact."""

    fact: str
    label: str
    before: str | None
    after: str


class HistoryOut(BaseModel):
    """One version of the file."""

    version: int
    draft: str
    decided_by: str
    decided_at: datetime
    changes: list[ChangeOut]


class CustomerOut(BaseModel):
    """A customer file with provenance, papers and history (the latest version first)."""

    number: str
    kind: Literal["company", "person"]
    name: str
    version: int
    created_at: datetime
    updated_at: datetime
    facts: list[CustomerFactOut]
    documents: list[DocumentBrief]
    history: list[HistoryOut]
