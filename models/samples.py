"""Samples: confirmed drafts that come back to another reviewer; an error found there reopens the customer file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from intake import fields, sampling
from intake.errors import AlreadySettledError, InvalidValueError, SamePersonError, UndecidedFactsError
from intake.sampling import Judged
from intake.types import Action
from models import audit, cases, customers, policies, rounds
from models.base import now
from models.cases import Case, Document
from models.database import Unit
from models.draft_rows import Decision, Draft
from models.draft_writing import draft_papers
from models.sample_rows import Sample

_LOOKED_THROUGH = 5000
"""Confirmed fields, the latest first, among which those of the same cause are looked for."""
_TITLE = Draft.body["title"].as_string()  # the whole of a draft is a hundred times as much


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One line of the samples that wait."""

    id: str
    draft_id: str
    case_id: str
    title: str
    types: tuple[str, ...]
    customer_number: str | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What the checks found so far: drafts and facts looked at, and those of them that were wrong."""

    drafts: int
    facts: int
    reopened: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """A confirmed field that shares the cause of an error: of which draft and customer, and for which wrong fact."""

    draft_id: str
    customer_number: str | None
    title: str
    fact: str
    error: str


def draw(unit: Unit, draft: Draft, at: datetime) -> None:
    """Put a draft that was just confirmed into the sample, where the seed draws it."""
    rule = policies.read(unit.session).sampling
    if not sampling.drawn(draft.id, rule.seed, rule.share):
        return
    unit.session.execute(delete(Sample).where(Sample.draft_id == draft.id))
    unit.session.add(Sample(draft_id=draft.id, drawn_at=at))
    unit.session.flush()
    audit.append(
        unit,
        actor="system",
        action="draft.sampled",
        subject_kind="draft",
        subject_id=draft.id,
        details={"seed": rule.seed, "share": rule.share},
    )


def forget(session: Session, draft: Draft) -> None:
    """Take a draft whose confirmation is taken back out of the samples that wait."""
    session.execute(delete(Sample).where(Sample.draft_id == draft.id, Sample.state == "waiting"))


def waiting(session: Session, user_id: str, limit: int = 50) -> list[SampleItem]:
    """The samples that this reviewer may check, the oldest first: none that he had a word in."""
    query = select(Sample.id, Draft).join(Draft, Draft.id == Sample.draft_id)
    free = query.where(Sample.state == "waiting", Draft.settled_by != user_id, ~rounds.decided_by(user_id))
    return [
        SampleItem(
            id=sample_id,
            draft_id=draft.id,
            case_id=draft.case_id,
            title=draft.body["title"],
            types=tuple(name for name in draft.types.split(",") if name),
            customer_number=draft.customer_number,
            confirmed_at=draft.settled_at,
        )
        for sample_id, draft in session.execute(free.order_by(Sample.id).limit(limit))
    ]


def tally(session: Session) -> Tally:
    """What all checks found."""
    wrong = func.json_array_length(Sample.wrong)
    reopened = func.count(case((wrong > 0, 1)))
    sums = (func.count(), func.coalesce(func.sum(Sample.facts), 0), reopened, func.coalesce(func.sum(wrong), 0))
    return Tally(*session.execute(select(*sums).where(Sample.state != "waiting")).one())


def check(
    unit: Unit, sample_id: str, user_id: str, typed: Mapping[str, str], *, at: datetime | None = None
) -> tuple[str, ...]:
    """Compare what another reviewer reads (``typed``, by fact; empty: not on the paper) with what was confirmed.

    Gives the facts that are wrong. None: the agreement is kept. Else the case has a new open draft in which they are
    doubtful, with the checker's values as alternatives. Raises LookupError, SamePersonError, AlreadySettledError, and
    InvalidValueError with the facts that were not typed in the form of their kind, UndecidedFactsError with those that
    nobody looked at.
    """
    at, session = at or now(), unit.session
    sample, draft = _held(session, sample_id)
    may_check(session, draft, user_id)
    if sample.state != "waiting":
        raise AlreadySettledError
    confirmed = {row.fact: row for row in session.scalars(select(Decision).where(Decision.draft_id == draft.id))}
    right = _canonical(draft, typed)
    passed_over = [fact for fact in confirmed if fact not in right]
    if passed_over:
        raise UndecidedFactsError(facts=passed_over)
    wrong = {fact: value for fact, value in right.items() if fact in confirmed and confirmed[fact].value != value}
    sample.state, sample.checked_by, sample.checked_at = "reopened" if wrong else "agreed", user_id, at
    sample.facts, sample.wrong = len(right), [{"fact": fact, "value": value} for fact, value in wrong.items()]
    session.flush()
    if wrong:
        sample.reopened_as = _reopen(unit, draft, at).id
        session.flush()
    audit.append(
        unit,
        actor=user_id,
        action=f"sample.{sample.state}",
        subject_kind="draft",
        subject_id=draft.id,
        details={"facts": list(wrong) or len(right)},
    )
    return tuple(wrong)


def _held(session: Session, sample_id: str) -> tuple[Sample, Draft]:
    """A sample and its draft, locked behind their case, as taking the confirmation back locks them."""
    found = session.get(Sample, sample_id)
    if found is None:
        raise LookupError(sample_id)
    draft = session.get_one(Draft, found.draft_id)
    cases.hold(session, draft.case_id)
    locked = select(Sample).where(Sample.id == sample_id).with_for_update().execution_options(populate_existing=True)
    sample = session.scalar(locked)
    if sample is None:
        raise LookupError(sample_id)
    return sample, draft


def may_check(session: Session, draft: Draft, user_id: str) -> None:
    """Raise SamePersonError where this person had a word in the confirmation."""
    own = session.scalar(select(Draft.id).where(Draft.id == draft.id, rounds.decided_by(user_id)))
    if draft.settled_by == user_id or own is not None:
        raise SamePersonError


def _canonical(draft: Draft, typed: Mapping[str, str]) -> dict[str, str | None]:
    kinds = {fact["fact"]: fact["kind"] for fact in draft.body["facts"]}
    given = {fact: text.strip() for fact, text in typed.items() if fact in kinds}
    values = {fact: fields.check(kinds[fact], text).value if text else None for fact, text in given.items()}
    invalid = [fact for fact, text in given.items() if text and values[fact] is None]
    if invalid:
        raise InvalidValueError(facts=invalid)
    return values


def _reopen(unit: Unit, draft: Draft, at: datetime) -> Draft:
    """A new open draft of the case, against the customer file as it is; what was found stands against it."""
    session = unit.session
    documents = cases.documents(session, draft.case_id)
    present = customers.of_case(session, draft.case_id, documents)
    if present is None or present.number != draft.customer_number:  # a person knew him by more than the papers tell
        session.get_one(Case, draft.case_id).customer_choice = draft.customer_number
    return draft_papers(unit, draft.case_id, documents, today=at.date(), at=at)


def suspects(session: Session, sample: Sample) -> list[Suspect]:
    """The confirmed fields that may be wrong for the same cause, as :func:`intake.sampling.shares_cause` has it."""
    right = {one["fact"]: one["value"] for one in sample.wrong}
    query = select(Decision, Document.type).join(Document, Document.id == Decision.document_id)
    errors = session.execute(query.where(Decision.draft_id == sample.draft_id, Decision.fact.in_(right))).all()
    found: list[Suspect] = []
    for error, kind in errors:
        found += _alike(session, error, kind, right[error.fact])
    return found


def _alike(session: Session, error: Decision, kind: str | None, right: str | None) -> list[Suspect]:
    judged = _judged(error, kind)
    query = (
        select(Decision, Draft.customer_number, _TITLE)
        .join(Document, Document.id == Decision.document_id)
        .join(Draft, Draft.id == Decision.draft_id)
        .where(Decision.field == error.field, Decision.reader == error.reader, Document.type == kind)
        .where(Decision.draft_id != error.draft_id, Draft.state == "confirmed")
    )
    rows = session.execute(query.order_by(Decision.id.desc()).limit(_LOOKED_THROUGH)).all()
    return [
        Suspect(other.draft_id, number, title, other.fact, error.fact)
        for other, number, title in rows
        if sampling.shares_cause(judged, right, _judged(other, kind))
    ]


def _judged(row: Decision, kind: str | None) -> Judged:
    action = cast("Action", row.action)
    return Judged(kind, row.field, row.reader, row.read_value, row.value, action, row.user_id)
