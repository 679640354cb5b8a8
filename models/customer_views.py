"""What is shown of customer files: the list, one file with where each fact came from, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from intake import wire
from intake.customers import masking
from intake.types import Action, CustomerKind, FactSource, Label
from models import audit
from models.cases import Document
from models.customer_rows import Customer, CustomerFact
from models.database import Unit
from models.upload_rows import UploadFile
from models.views import DocumentView, SourceView, document_views, laid_out, names_of, source_view

IDENTIFIERS = ("credit_code", "registration_number", "id_number", "taxpayer_number", "account_number")
"""Facts that name one customer among all. A search finds them; lists show them, of a person or an account masked."""


@dataclass(frozen=True, slots=True)
class CustomerItem:
    """One line of the customer list; ``identifiers`` are (fact, value as lists show it) pairs."""

    number: str
    kind: CustomerKind
    name: str
    version: int
    updated_at: datetime
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """Some lines of the list, and the cursor of the next ones (``None``: these were the last)."""

    items: tuple[CustomerItem, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class CustomerFactView:
    """One confirmed fact with its provenance. ``masked`` is ``value`` as lists show it."""

    fact: str
    label: Label
    kind: str
    value: str
    masked: str
    action: Action
    version: int
    draft_id: str
    document_id: str | None
    source: SourceView | None
    read_value: str | None
    read_confidence: float
    decided_by: str
    decided_by_name: str
    decided_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One fact that a version set; ``before`` is what it replaced (``None``: it was not there)."""

    fact: str
    label: Label
    kind: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One version of the file: who confirmed it, when, out of which draft, and what it changed."""

    version: int
    draft_id: str
    decided_by: str
    decided_by_name: str
    decided_at: datetime
    changes: tuple[HistoryChange, ...]


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer file as it stands, the papers behind it and its history, the latest version first."""

    number: str
    kind: CustomerKind
    name: str
    version: int
    created_at: datetime
    updated_at: datetime
    facts: tuple[CustomerFactView, ...]
    documents: tuple[DocumentView, ...]
    history: tuple[HistoryEntry, ...]


def search(session: Session, q: str = "", cursor: str | None = None, limit: int = 50) -> CustomerPage:
    """Customers by number, part of the name, or an identifier (whole, or masked: ``3301**********1234``), by number."""
    query = select(Customer).order_by(Customer.number).limit(limit + 1)
    if q.strip():
        query = query.where(_matches(q.strip()))
    if cursor:
        query = query.where(Customer.number > cursor)
    rows = session.scalars(query).all()
    masked = _identifiers(session, [row.number for row in rows[:limit]])
    items = tuple(
        CustomerItem(row.number, _kind(row), row.name, row.version, row.updated_at, masked.get(row.number, ()))
        for row in rows[:limit]
    )
    return CustomerPage(items, items[-1].number if len(rows) > limit else None)


def _matches(q: str) -> ColumnElement[bool]:
    """The condition for a search text; a text with asterisks can only be a masked identifier."""
    current = and_(CustomerFact.superseded_at.is_(None), CustomerFact.fact.in_(IDENTIFIERS))
    code = q.upper()
    if "*" not in code:
        holders = select(CustomerFact.customer_number).where(current, CustomerFact.value == code)
        return or_(Customer.number == code, Customer.name.icontains(q, autoescape=True), Customer.number.in_(holders))
    head, tail = code[: code.index("*")], code[code.rindex("*") + 1 :]
    ends = and_(
        CustomerFact.value.startswith(head, autoescape=True), CustomerFact.value.endswith(tail, autoescape=True)
    )
    return Customer.number.in_(select(CustomerFact.customer_number).where(current, ends))


def _identifiers(session: Session, numbers: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = session.scalars(
        select(CustomerFact)
        .where(
            CustomerFact.customer_number.in_(numbers),
            CustomerFact.superseded_at.is_(None),
            CustomerFact.fact.in_(IDENTIFIERS),
        )
        .order_by(CustomerFact.customer_number, CustomerFact.id)
    ).all()
    return {
        number: tuple((row.fact, masking.masked(row.kind, row.value)) for row in group)
        for number, group in groupby(rows, key=lambda row: row.customer_number)
    }


def note_view(unit: Unit, number: str, user_id: str, **details: str | int) -> None:
    """Write into the audit that a person sees what a customer file holds, wherever it is shown."""
    audit.append(
        unit, actor=user_id, action="customer.viewed", subject_kind="customer", subject_id=number, details=details
    )


def load(session: Session, number: str) -> CustomerView | None:
    """One customer file with provenance, papers and history, or ``None`` where there is none of this number."""
    row = session.get(Customer, number)
    if row is None:
        return None
    facts = _facts(session, number)
    return CustomerView(
        number=row.number,
        kind=_kind(row),
        name=row.name,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        facts=tuple(fact for fact in facts if fact.superseded_at is None),
        documents=_documents(session, facts),
        history=_history(facts),
    )


def _facts(session: Session, number: str) -> tuple[CustomerFactView, ...]:
    """All facts that the file holds or ever held, in the order in which they came."""
    rows = session.scalars(
        select(CustomerFact).where(CustomerFact.customer_number == number).order_by(CustomerFact.id)
    ).all()
    names = names_of(session, {row.decided_by for row in rows})
    return tuple(_fact(row, names.get(row.decided_by, "")) for row in rows)


def _fact(row: CustomerFact, decided_by_name: str) -> CustomerFactView:
    source = None if row.source is None else source_view(wire.load(FactSource, row.source))
    return CustomerFactView(
        fact=row.fact,
        label=Label(**row.label),
        kind=row.kind,
        value=row.value,
        masked=masking.masked(row.kind, row.value),
        action=cast("Action", row.action),
        version=row.version,
        draft_id=row.draft_id,
        document_id=row.document_id,
        source=source,
        read_value=row.read_value,
        read_confidence=row.read_confidence,
        decided_by=row.decided_by,
        decided_by_name=decided_by_name,
        decided_at=row.decided_at,
        superseded_at=row.superseded_at,
    )


def _documents(session: Session, facts: Sequence[CustomerFactView]) -> tuple[DocumentView, ...]:
    """The papers that facts came from, those of the latest case first."""
    wanted = {fact.document_id for fact in facts if fact.document_id is not None}
    latest = (
        select(Document)
        .join(UploadFile, UploadFile.id == Document.upload_file_id)
        .where(Document.id.in_(wanted))
        .order_by(Document.case_id.desc(), UploadFile.upload_id, UploadFile.position, Document.position)
    )
    views = document_views(session, session.scalars(latest).all())
    return tuple(view for _, case in groupby(views, key=lambda view: view.case_id) for view in laid_out(case))


def _history(facts: Sequence[CustomerFactView]) -> tuple[HistoryEntry, ...]:
    entries: list[HistoryEntry] = []
    held: dict[str, str] = {}
    for version, group in groupby(sorted(facts, key=lambda fact: fact.version), key=lambda fact: fact.version):
        of_version = tuple(group)
        changes = tuple(
            HistoryChange(fact.fact, fact.label, fact.kind, held.get(fact.fact), fact.value) for fact in of_version
        )
        first = of_version[0]
        entries.append(
            HistoryEntry(version, first.draft_id, first.decided_by, first.decided_by_name, first.decided_at, changes)
        )
        held |= {fact.fact: fact.value for fact in of_version}
    return tuple(reversed(entries))


def _kind(row: Customer) -> CustomerKind:
    return cast("CustomerKind", row.kind)
