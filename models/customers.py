"""Customer files: found again by their keys, and changed by confirmations only.

A confirmation makes a new customer or the next version of one. A fact that changes supersedes the row before it; a
fact that stays keeps its row and so its first provenance. The rows stand in :mod:`models.customer_rows`, what is shown
in :mod:`models.customer_views`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake import wire
from intake.customers import matching
from intake.errors import StaleVersionError
from intake.types import Action, CaseDocument, CustomerFile, CustomerKind, FactSource, Label
from intake.types import CustomerFact as Fact
from models import audit, customer_marks
from models.cases import Case
from models.customer_rows import NAME, Counter, Customer, CustomerFact, next_number
from models.customer_views import (
    CustomerFactView,
    CustomerItem,
    CustomerPage,
    CustomerView,
    HistoryChange,
    HistoryEntry,
    load,
    note_view,
    search,
)
from models.database import Unit
from models.upload_rows import Upload

__all__ = [
    "Counter",
    "Customer",
    "CustomerFact",
    "CustomerFactView",
    "CustomerItem",
    "CustomerPage",
    "CustomerView",
    "HistoryChange",
    "HistoryEntry",
    "by_itself",
    "elsewhere",
    "file_of",
    "hold",
    "holders",
    "keep",
    "load",
    "named_at_upload",
    "note_view",
    "of_case",
    "present_file",
    "search",
]

_FEW = 20  # of customers who hold one number: there should be one

NEW = "new"
"""A person's pick for a case (``Case.customer_choice``): a customer whom no file is about yet."""


def present_file(session: Session, keys: Sequence[tuple[str, str]]) -> CustomerFile | None:
    """The file of the customer that holds one of these pairs today; the first known pair counts.

    The pairs are a fact of ``matching.IDENTITY`` and its value, as :func:`intake.customers.matching.keys` gives them.
    """
    held = holders(session, keys)
    return file_of(session, held[0][1]) if held else None


def holders(session: Session, keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Which customers hold these pairs today, as (fact, number), in the order of the pairs; of each the first few."""
    return [(fact, number) for fact, value in keys for number in session.scalars(_holding(fact, value).limit(_FEW))]


def _holding(fact: str, value: str) -> Select[str]:
    held = (
        select(CustomerFact.customer_number)
        .join(Customer, Customer.number == CustomerFact.customer_number)
        .where(CustomerFact.fact == fact, CustomerFact.value == value, CustomerFact.superseded_at.is_(None))
        .order_by(CustomerFact.customer_number)
    )
    return held.where(Customer.kind == matching.IDENTITY[fact]) if fact in matching.IDENTITY else held


def of_case(session: Session, case_id: str, documents: Sequence[CaseDocument]) -> CustomerFile | None:
    """The customer file that a case belongs to: the one that a person picked, or what the case itself tells."""
    choice = session.scalar(select(Case.customer_choice).where(Case.id == case_id))
    if choice == NEW:
        return None
    picked = None if choice is None else file_of(session, choice)
    return by_itself(session, case_id, documents) if picked is None else picked


def by_itself(session: Session, case_id: str, documents: Sequence[CaseDocument]) -> CustomerFile | None:
    """The customer file that a case tells: the one named at the upload, or the one that its papers' numbers tell."""
    named = named_at_upload(session, case_id)
    found = None if named is None else file_of(session, named)
    return present_file(session, matching.keys(documents)) if found is None else found


def named_at_upload(session: Session, case_id: str) -> str | None:
    """The number of the customer that the latest upload of a case named."""
    named = select(Upload.customer_number).where(Upload.case_id == case_id, Upload.customer_number.is_not(None))
    return session.scalar(named.order_by(Upload.id.desc()).limit(1))


def elsewhere(
    session: Session, documents: Sequence[CaseDocument], present: CustomerFile | None
) -> dict[str, tuple[str, ...]]:
    """The numbers of other customers than ``present`` who hold what these papers tell a customer by, by fact."""
    own = None if present is None else present.number
    found: dict[str, tuple[str, ...]] = {}
    for fact, number in holders(session, matching.keys(documents)):
        if number != own and number not in found.get(fact, ()):
            found[fact] = (*found.get(fact, ()), number)
    return found


def file_of(session: Session, number: str) -> CustomerFile | None:
    """The customer file of a number as the core knows it, or ``None`` where there is none."""
    customer = session.get(Customer, number)
    if customer is None:
        return None
    facts = tuple(_fact(row) for row in _current(session, number).values())
    return CustomerFile(cast("CustomerKind", customer.kind), customer.name, facts, number)


def _fact(row: CustomerFact) -> Fact:
    return Fact(
        fact=row.fact,
        label=Label(**row.label),
        kind=row.kind,
        value=row.value,
        action=cast("Action", row.action),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        source=None if row.source is None else wire.load(FactSource, row.source),
        read_value=row.read_value,
        read_confidence=row.read_confidence,
    )


def _current(session: Session, number: str) -> dict[str, CustomerFact]:
    rows = session.scalars(
        select(CustomerFact)
        .where(CustomerFact.customer_number == number, CustomerFact.superseded_at.is_(None))
        .order_by(CustomerFact.id)
    )
    return {row.fact: row for row in rows}


def keep(
    unit: Unit,
    file: CustomerFile,
    *,
    draft_id: str,
    user_id: str,
    at: datetime,
    version: int,
    beside: Collection[str] = (),
) -> str:
    """Write a confirmed file as a new customer or the next version of ``file.number``; gives the number.

    ``beside`` names facts of which a person has seen that another customer holds the value too, and lets it stand.
    That a draft still fits the file of ``file.number`` the caller has seen (:func:`models.draft_writing.must_fit`).
    Raises StaleVersionError (naming ``version``, the draft's) where the file was drafted for a new customer and one
    with its identity has come to stand meanwhile.
    """
    session = unit.session
    customer = _made(session, file, at, version, beside) if file.number is None else hold(session, file.number)
    present = _current(session, customer.number)
    changed = [fact for fact in file.facts if fact.fact not in present or present[fact.fact].value != fact.value]
    if changed and present:
        customer.version += 1
    for fact in changed:
        if fact.fact in present:
            present[fact.fact].superseded_at = at
    session.flush()  # the database lets only one fact of a name be current: the old ones go first
    session.add_all(_row(fact, customer, draft_id) for fact in changed)
    customer.name, customer.updated_at = file.title[:NAME], at
    customer_marks.write(session, [customer])
    audit.append(
        unit,
        actor=user_id,
        action="customer.changed" if present else "customer.created",
        subject_kind="customer",
        subject_id=customer.number,
        details={"version": customer.version, "draft": draft_id, "facts": [fact.fact for fact in changed]},
    )
    return customer.number


def _made(session: Session, file: CustomerFile, at: datetime, version: int, beside: Collection[str]) -> Customer:
    """A new customer.

    Taking its number locks the counter, so that of two confirmations of one identity the second sees the first.
    """
    value = next_number(session, "customer")
    own = [fact for fact in file.facts if matching.IDENTITY.get(fact.fact) == file.kind]
    keys = [(fact.fact, fact.value) for fact in own if fact.fact not in beside or fact.action != "accept"]
    if present_file(session, keys) is not None:
        raise StaleVersionError(version=version, changed=["customer_number"])
    customer = Customer(number=f"C{value:08d}", kind=file.kind, name=file.title[:NAME], created_at=at, version=1)
    session.add(customer)
    session.flush()
    return customer


def hold(session: Session, number: str) -> Customer:
    """The customer, locked until the transaction ends: of two confirmations for him the second sees the first."""
    query = select(Customer).where(Customer.number == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _row(fact: Fact, customer: Customer, draft_id: str) -> CustomerFact:
    return CustomerFact(
        customer_number=customer.number,
        fact=fact.fact,
        kind=fact.kind,
        label={"zh": fact.label.zh, "en": fact.label.en},
        value=fact.value,
        action=fact.action,
        version=customer.version,
        draft_id=draft_id,
        document_id=None if fact.source is None else fact.source.document_id,
        source=None if fact.source is None else wire.dump(fact.source),
        read_value=fact.read_value,
        read_confidence=fact.read_confidence,
        decided_by=fact.decided_by,
        decided_at=fact.decided_at,
    )
