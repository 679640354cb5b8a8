"""What is shown of one draft: everything that a decision needs. The queue stands in :mod:`models.queue`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wire
from intake.types import Action, Alternative, CustomerKind, DraftCustomerFile, DraftFact, Finding, Label
from intake.types import Decision as Word
from models import answers, turning
from models.cases import Case
from models.draft_rows import Decision, Draft
from models.views import DocumentView, SourceView, case_documents, findings_of, names_of, source_view


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
    case_number: str | None
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


@dataclass(frozen=True, slots=True)
class Pulse:
    """What an open page of a draft asks for again and again: its version, and whether a page is being read anew."""

    version: int
    reading: bool


def pulse(session: Session, draft_id: str) -> Pulse:
    """The pulse of a draft that is there."""
    row = session.get_one(Draft, draft_id)
    return Pulse(row.version, bool(turning.being_read(session, row.case_id)))


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
        case_number=case.slip_number,
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
