"""What is shown of drafts: the queue, line by line, and one draft with everything that a decision needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake import wire
from intake.types import Action, Alternative, CustomerKind, DraftCustomerFile, DraftFact, Finding, Label
from intake.types import Decision as Word
from models import answers, rounds
from models.cases import Case
from models.draft_rows import Decision, Draft
from models.views import DocumentView, SourceView, case_documents, findings_of, names_of, source_view


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a reviewer looks for.

    ``reviewer``: whose own word is out already, where a draft waits for another person, does not see it.
    ``doubt``: ``errors`` (with findings of that severity), ``doubtful`` (something has to be looked at), ``none``.
    """

    state: str = "open"
    type: str | None = None
    doubt: Literal["errors", "doubtful", "none"] | None = None
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of the queue."""

    id: str
    case_id: str
    state: str
    version: int
    title: str
    kind: CustomerKind
    customer_number: str | None
    types: tuple[str, ...]
    facts: int
    doubtful: int
    errors: int
    round: int
    people: int
    created_at: datetime
    updated_at: datetime
    claimed_by: str | None
    claimed_by_name: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some lines of the queue, and the cursor of the next ones (``None``: these were the last)."""

    items: tuple[QueueItem, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One proposed fact with everything that a reviewer needs to decide on it."""

    fact: str
    label: Label
    kind: str
    value: str | None
    confidence: float
    present: str | None
    doubtful: bool
    sources: tuple[SourceView, ...]
    alternatives: tuple[Alternative, ...]
    findings: tuple[Finding, ...]
    decision: Word | None
    """What was decided; of an open draft, the answer that is kept so far."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with its facts, its papers and where it stands. ``created_by`` is the clerk who handed in the case."""

    id: str
    case_id: str
    created_by: str
    created_by_name: str
    state: str
    version: int
    kind: CustomerKind
    title: str
    customer_number: str | None
    facts: tuple[FactView, ...]
    findings: tuple[Finding, ...]
    documents: tuple[DocumentView, ...]
    created_at: datetime
    updated_at: datetime
    claimed_by: str | None
    claimed_by_name: str | None
    claimed_until: datetime | None
    settled_by: str | None
    settled_by_name: str | None
    settled_at: datetime | None
    reason_code: str | None
    reason_note: str | None
    round: int
    people: int
    file: DraftCustomerFile


def queue(session: Session, filters: QueueFilter, cursor: str | None = None, limit: int = 50) -> QueuePage:
    """The drafts of a state, oldest first, from behind ``cursor`` (the last identifier of the page before)."""
    query = select(Draft).where(Draft.state == filters.state).order_by(Draft.id).limit(limit + 1)
    if cursor:
        query = query.where(Draft.id > cursor)
    if filters.reviewer:
        query = query.where(or_(Draft.round == 1, ~rounds.decided_by(filters.reviewer)))
    if filters.type:
        query = query.where(Draft.types.contains(f",{filters.type},", autoescape=True))
    if filters.doubt == "errors":
        query = query.where(Draft.errors > 0)
    elif filters.doubt == "doubtful":
        query = query.where(or_(Draft.doubtful > 0, Draft.errors > 0))
    elif filters.doubt == "none":
        query = query.where(Draft.doubtful == 0, Draft.errors == 0)
    rows = session.scalars(query).all()
    names = names_of(session, (row.claimed_by for row in rows))
    items = tuple(_item(row, names) for row in rows[:limit])
    return QueuePage(items, items[-1].id if len(rows) > limit else None)


def _item(row: Draft, names: dict[str, str]) -> QueueItem:
    return QueueItem(
        id=row.id,
        case_id=row.case_id,
        state=row.state,
        version=row.version,
        title=row.body["title"],
        kind=row.body["kind"],
        customer_number=row.customer_number,
        types=tuple(row.types.strip(",").split(",")) if row.types else (),
        facts=len(row.body["facts"]),
        doubtful=row.doubtful,
        errors=row.errors,
        round=row.round,
        people=row.people,
        created_at=row.created_at,
        updated_at=row.updated_at,
        claimed_by=row.claimed_by,
        claimed_by_name=names.get(row.claimed_by or ""),
        claimed_until=row.claimed_until,
    )


def load(session: Session, draft_id: str) -> DraftView | None:
    """One draft with its facts, papers and decisions, or ``None`` where there is none of this identifier."""
    row = session.get(Draft, draft_id)
    return None if row is None else _view(session, row)


def _view(session: Session, row: Draft) -> DraftView:
    file = wire.load(DraftCustomerFile, row.body)
    case = session.get_one(Case, row.case_id)
    names = names_of(session, (case.created_by, row.claimed_by, row.settled_by))
    return DraftView(
        id=row.id,
        case_id=row.case_id,
        created_by=case.created_by,
        created_by_name=names.get(case.created_by, ""),
        state=row.state,
        version=row.version,
        kind=file.kind,
        title=file.title,
        customer_number=row.customer_number,
        facts=_facts(file, _words(session, row)),
        findings=file.findings,
        documents=case_documents(session, row.case_id, row.settled_at),
        created_at=row.created_at,
        updated_at=row.updated_at,
        claimed_by=row.claimed_by,
        claimed_by_name=names.get(row.claimed_by or ""),
        claimed_until=row.claimed_until,
        settled_by=row.settled_by,
        settled_by_name=names.get(row.settled_by or ""),
        settled_at=row.settled_at,
        reason_code=row.reason_code,
        reason_note=row.reason_note,
        round=row.round,
        people=row.people,
        file=file,
    )


def _words(session: Session, row: Draft) -> tuple[Word, ...]:
    if row.state != "open":
        return decisions(session, row.id)
    return tuple(kept.word for kept in answers.holding(session, row).values())


def decisions(session: Session, draft_id: str) -> tuple[Word, ...]:
    """What was decided on a draft, fact by fact; empty until it is confirmed."""
    rows: Sequence[Decision] = session.scalars(select(Decision).where(Decision.draft_id == draft_id)).all()
    return tuple(Word(row.fact, cast("Action", row.action), row.value) for row in rows)


def _facts(file: DraftCustomerFile, decided: tuple[Word, ...]) -> tuple[FactView, ...]:
    words = {word.fact: word for word in decided}
    return tuple(_fact(fact, file.findings, words.get(fact.fact)) for fact in file.facts)


def _fact(fact: DraftFact, findings: tuple[Finding, ...], word: Word | None) -> FactView:
    return FactView(
        fact=fact.fact,
        label=fact.label,
        kind=fact.kind,
        value=fact.value,
        confidence=fact.confidence,
        present=fact.present,
        doubtful=fact.doubtful,
        sources=tuple(source_view(source) for source in fact.sources),
        alternatives=fact.alternatives,
        findings=findings_of(findings, fact.fact),
        decision=word,
    )
