"""Taking a confirmation back, shortly after it: the customer file as it was before, the draft open again.

A word that only passed the draft on to the next person is taken back alike (:mod:`models.unkeying`).

A slip of the finger is noticed at once, on the next paper already. What was confirmed is undone as if it had not been,
but for the audit, which keeps both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Exists, delete, exists, select
from sqlalchemy.orm import Session

from intake import wire
from intake.customers.titles import title
from intake.errors import UndoOverError
from intake.types import CustomerKind, DraftCustomerFile
from intake.types import Decision as Word
from models import audit, customer_marks, customers, efforts, groups, rounds, samples, unkeying
from models.base import now
from models.cases import Case, hold
from models.customer_rows import NAME, Customer, CustomerFact
from models.database import Unit
from models.draft_rows import Decision, Draft
from models.draft_views import decisions
from models.unkeying import UNDO_SECONDS
from models.upload_rows import Upload

__all__ = ["UNDO_SECONDS", "unconfirm"]


def unconfirm(unit: Unit, draft_id: str, user_id: str, minutes: int, *, at: datetime | None = None) -> tuple[Word, ...]:
    """Undo a confirmation; the draft is open again and held by ``user_id`` for ``minutes``; gives what was decided.

    Only who confirmed may do so, within :data:`UNDO_SECONDS`, and only while nothing else came to rest on it: no other
    confirmation for that customer, no draft and no upload for one who would be gone, no newer draft of the case. Raises
    UndoOverError otherwise, LookupError, and of an open draft what :func:`models.unkeying.unkey` raises; then the
    caller's unit has to end without a commit.
    """
    at = at or now()
    draft = _locked(unit.session, draft_id)
    if draft.state == "open":
        return unkeying.unkey(unit, draft, user_id, minutes, at=at)
    _must_be_undoable(unit.session, draft, user_id, at)
    words = _said(unit.session, draft)
    gone = _restore(unit.session, draft)
    unit.session.execute(delete(Decision).where(Decision.draft_id == draft_id))
    number, draft.customer_number = draft.customer_number, wire.load(DraftCustomerFile, draft.body).customer_number
    draft.state, draft.settled_by, draft.settled_at, draft.updated_at = "open", None, None, at
    draft.lot_id = None
    draft.claimed_by, draft.claimed_until = user_id, at + timedelta(minutes=minutes)
    unit.session.get_one(Case, draft.case_id).state = "drafted"
    unit.session.flush()
    rounds.withdraw(unit.session, draft, user_id, at)
    groups.write(unit.session, draft)
    samples.forget(unit.session, draft)
    efforts.withdraw(unit.session, draft_id, user_id)
    _witness(unit, draft, number or "", user_id, gone=gone)
    return words


def _said(session: Session, draft: Draft) -> tuple[Word, ...]:
    """What was decided, as it was keyed: where several decided on the draft, the last one's word."""
    last = next(reversed(rounds.of(session, draft.id, draft.version)), None)
    return decisions(session, draft.id) if last is None else unkeying.as_keyed(last)


def _witness(unit: Unit, draft: Draft, number: str, user_id: str, *, gone: bool) -> None:
    """What was done to the draft, and what to the customer: his own trail tells it too."""
    audit.append(
        unit,
        actor=user_id,
        action="draft.unconfirmed",
        subject_kind="draft",
        subject_id=draft.id,
        details={"version": draft.version, "customer": number},
    )
    audit.append(
        unit,
        actor=user_id,
        action="customer.removed" if gone else "customer.restored",
        subject_kind="customer",
        subject_id=number,
        details={"draft": draft.id},
    )


def _locked(session: Session, draft_id: str) -> Draft:
    """The row, locked after its case."""
    found = session.get(Draft, draft_id)
    if found is None:
        raise LookupError(draft_id)
    hold(session, found.case_id)
    return session.get_one(Draft, draft_id, with_for_update=True, populate_existing=True)


def _must_be_undoable(session: Session, draft: Draft, user_id: str, at: datetime) -> None:
    mine = draft.state == "confirmed" and draft.settled_by == user_id and draft.settled_at is not None
    newer = exists().where(Draft.case_id == draft.case_id, Draft.id > draft.id)
    if not mine or unkeying.is_over(draft.settled_at or at, at) or session.scalar(select(newer)):
        raise UndoOverError


def _restore(session: Session, draft: Draft) -> bool:
    """The customer's facts and name as they were before ``draft``; gives whether it made him, and he is gone again."""
    number = draft.customer_number or ""
    customer = session.get_one(Customer, number, with_for_update=True, populate_existing=True)
    own = _facts(session, number, draft.id)
    if session.scalar(select(_rests_on(number, draft))):
        raise UndoOverError
    for row in own:
        session.delete(row)
    session.flush()  # the database lets only one fact of a name be current: the new ones go first
    before = session.scalars(
        select(CustomerFact).where(
            CustomerFact.customer_number == number,
            CustomerFact.superseded_at == draft.settled_at,
            CustomerFact.fact.in_([row.fact for row in own]),
        )
    )
    for row in before:
        row.superseded_at = None
    return _step_back(session, customer, draft, changed=bool(own))


def _facts(session: Session, number: str, draft_id: str) -> Sequence[CustomerFact]:
    return session.scalars(
        select(CustomerFact).where(CustomerFact.customer_number == number, CustomerFact.draft_id == draft_id)
    ).all()


def _rests_on(number: str, draft: Draft) -> Exists:
    """Whether another confirmation for the customer came later."""
    return exists().where(
        Draft.customer_number == number,
        Draft.state == "confirmed",
        Draft.id != draft.id,
        Draft.settled_at >= draft.settled_at,
    )


def _step_back(session: Session, customer: Customer, draft: Draft, *, changed: bool) -> bool:
    """The customer's version and name as they were; gives whether he is gone."""
    left = session.scalars(
        select(CustomerFact).where(
            CustomerFact.customer_number == customer.number, CustomerFact.superseded_at.is_(None)
        )
    ).all()
    made = wire.load(DraftCustomerFile, draft.body).customer_number is None
    if made:
        _forget(session, customer, draft)
        return True
    if changed and customer.version > 1:
        customer.version -= 1
    customer.updated_at = max((row.decided_at for row in left), default=customer.created_at)
    customer.name = title(cast("CustomerKind", customer.kind), {row.fact: row.value for row in left})[:NAME]
    customer_marks.write(session, [customer])
    return False


def _forget(session: Session, customer: Customer, draft: Draft) -> None:
    """Take away a customer that this confirmation made, unless somebody works on that file by now."""
    drafts = exists().where(Draft.customer_number == customer.number, Draft.id != draft.id)
    uploads = exists().where(Upload.customer_number == customer.number)
    if session.scalar(select(drafts)) or session.scalar(select(uploads)):
        raise UndoOverError
    case = session.get_one(Case, draft.case_id)
    if case.customer_choice == customer.number:
        case.customer_choice = customers.NEW
    customer_marks.forget(session, [customer.number])
    session.delete(customer)
    session.flush()
