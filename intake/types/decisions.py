"""Steps 10 to 12: the draft, and what a person makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.types.labels import Action, CustomerKind, Label
from intake.types.understanding import Alternative, DocumentReading, FieldReading, Finding

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
