"""Drafts on their way: kept, claimed by one reviewer at a time, settled once.

A draft is held by its reviewer for some minutes after the last touch (a lease), so that two never meet; a change names
the version that it was made on, so that nobody decides on what is no longer there. Every change of state writes its
row of the audit in the same transaction. The rows stand in :mod:`models.draft_rows`, how they are written in
:mod:`models.draft_writing`, what is shown in :mod:`models.draft_views`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from intake import review, wire
from intake.drafting import KNOWN_ELSEWHERE
from intake.errors import (
    AlreadyClaimedError,
    AlreadySettledError,
    MissingReasonError,
    NotClaimedError,
    SamePersonError,
    StaleVersionError,
)
from intake.types import CustomerFile, DraftCustomerFile
from intake.types import Decision as Word
from models import answers, audit, batch_light, choosing, customers, efforts, groups, rounds, samples, viewings
from models.base import now
from models.cases import Case, hold
from models.database import Database, Unit
from models.decided import rows as decided_rows
from models.draft_rows import Decision, Draft
from models.draft_views import DraftView, FactView, decisions, load
from models.draft_writing import catch_up, changed_since, must_fit, renew, save_draft
from models.efforts import Spent
from models.queue import QueueFilter, QueueItem, QueuePage, queue
from models.unconfirming import UNDO_SECONDS, unconfirm

__all__ = [
    "UNDO_SECONDS",
    "Decision",
    "Draft",
    "DraftView",
    "FactView",
    "QueueFilter",
    "QueueItem",
    "QueuePage",
    "answer",
    "catch_up",
    "choose_customer",
    "claim",
    "confirm",
    "decisions",
    "discard",
    "load",
    "note_view",
    "queue",
    "release",
    "renew",
    "return_to_clerk",
    "save_draft",
    "touch",
    "unconfirm",
]

_NOTE = 500


@dataclass(frozen=True, slots=True)
class _Act:
    """Who settles which version of which draft, when."""

    draft_id: str
    user_id: str
    version: int
    at: datetime
    spent: Spent | None = None
    lot_id: str | None = None


def claim(
    unit: Unit, draft_id: str, user_id: str, minutes: int, *, version: int | None = None, at: datetime | None = None
) -> datetime:
    """Let a reviewer hold an open draft until the returned time; who holds it already holds it longer.

    One conditional statement decides, so of any number who ask at once one gets it. Where the customer file has
    changed since the draft was made, the draft is made anew and has its next version. Raises AlreadyClaimedError,
    AlreadySettledError, InLotError, SamePersonError (it waits for another person), LookupError, StaleVersionError where
    ``version``, the one that was read, is another; who comes too late is told that before anything of versions. After
    an error the unit has to end without a commit.
    """
    at = at or now()
    until = at + timedelta(minutes=minutes)
    free = or_(Draft.claimed_by.is_(None), Draft.claimed_by == user_id, Draft.claimed_until < at)
    held = update(Draft).where(Draft.id == draft_id, Draft.state == "open", free, ~rounds.decided_by(user_id))
    held = held.where(Draft.lot_id.is_(None))
    if not _changes(unit.session, held.values(claimed_by=user_id, claimed_until=until)):
        _must_be_open(row := _row(unit.session, draft_id))
        batch_light.must_be_free(row)
        if unit.session.scalar(select(Draft.id).where(Draft.id == draft_id, rounds.decided_by(user_id))):
            raise SamePersonError
        raise AlreadyClaimedError
    draft = _row(unit.session, draft_id)
    _must_be_of(draft, version)
    renew(unit, draft, at)
    rounds.need(unit.session, draft)
    _note(unit, user_id, "draft.claimed", draft_id)
    return until


def touch(unit: Unit, draft_id: str, user_id: str, minutes: int, *, at: datetime | None = None) -> datetime:
    """Hold a draft longer, while its page is open; where the customer file has changed, it is made anew as in claiming.

    Raises NotClaimedError where the caller's claim has run out.
    """
    at = at or now()
    until = at + timedelta(minutes=minutes)
    mine = (Draft.id == draft_id, Draft.state == "open", Draft.claimed_by == user_id, Draft.claimed_until >= at)
    if not _changes(unit.session, update(Draft).where(*mine).values(claimed_until=until)):
        _must_be_open(_row(unit.session, draft_id))
        raise NotClaimedError
    renew(unit, _row(unit.session, draft_id), at)
    return until


def release(unit: Unit, draft_id: str, user_id: str, *, version: int | None = None) -> None:
    """Give a claim back; raises NotClaimedError where the caller does not hold the draft, else as claiming."""
    mine = (Draft.id == draft_id, Draft.state == "open", Draft.claimed_by == user_id)
    if not _changes(unit.session, update(Draft).where(*mine).values(claimed_by=None, claimed_until=None)):
        _must_be_open(_row(unit.session, draft_id))
        raise NotClaimedError
    _must_be_of(_row(unit.session, draft_id), version)
    _note(unit, user_id, "draft.released", draft_id)


def answer(
    unit: Unit,
    draft_id: str,
    user_id: str,
    words: Sequence[Word],
    *,
    undone: Sequence[str] = (),
    version: int | None = None,
    at: datetime | None = None,
) -> list[str]:
    """Keep what the reviewer who holds a draft decides on single facts, and take back ``undone``; gives the facts kept.

    Raises LookupError and the ReviewErrors; then the caller's unit has to end without a commit.
    """
    at = at or now()
    draft = _held(unit.session, draft_id, user_id, version, at)
    answers.take_back(unit, draft, undone, user_id=user_id, at=at)
    kept = answers.keep(unit, draft, words, user_id=user_id, at=at) if words else []
    groups.answered(unit.session, draft, undone, None)
    groups.answered(unit.session, draft, kept, at)
    return kept


def note_view(database: Database, draft: DraftView, user_id: str, via: str = "desk") -> None:
    """Write into the audit that a person sees a draft with its papers, and the customer file beside it, if there is."""
    viewings.note(database, user_id, via, [viewings.case(draft.case_id)])
    if draft.customer_number is not None:
        with database.unit() as unit:
            customers.note_view(unit, draft.customer_number, user_id, via="draft", draft=draft.id)


def confirm(
    unit: Unit,
    draft_id: str,
    user_id: str,
    version: int,
    decided: Sequence[Word],
    *,
    acknowledged: frozenset[str] = frozenset(),
    at: datetime | None = None,
    spent: Spent | None = None,
) -> str | None:
    """Make a draft's decided facts part of the customer file; gives the customer's number.

    ``None`` where the draft needs another person: then what was decided is kept as this person's round, and the draft
    waits for the next (:mod:`models.rounds`). ``spent`` is what it took, as the desk told. All in the caller's unit:
    decisions, customer, facts, states and audit stand together or not at all. Raises LookupError and the ReviewErrors,
    among them StaleVersionError where the customer file is another than the draft was made against; then the caller's
    unit has to end without a commit.
    """
    act = _Act(draft_id, user_id, version, at or now(), spent)
    draft = _held(unit.session, act.draft_id, act.user_id, act.version, act.at)
    must_fit(unit.session, draft, act.at)
    proposed = wire.load(DraftCustomerFile, draft.body)
    said = rounds.taken(unit.session, draft, proposed, decided, acknowledged)
    file = review.confirm(proposed, said.words, by=user_id, at=act.at, acknowledged=said.acknowledged)
    waits = rounds.enter(unit, draft, proposed, said, user_id=user_id, at=act.at) is not None
    change = efforts.change(proposed, said.words)
    efforts.note(unit.session, draft, "keyed" if waits else "confirmed", user_id, act.at, change=change, spent=spent)
    if waits:
        return None
    return _keep(unit, draft, file, said, act)


def confirm_in_lot(unit: Unit, draft_id: str, user_id: str, version: int, *, lot_id: str, at: datetime) -> str:
    """Confirm a draft of an accepted lot as its judge's decision: every fact as read; gives the customer's number.

    Nobody holds it, nothing is acknowledged; whether the lot is his and accepted the database asks itself. Raises
    LookupError and the ReviewErrors; then the caller's unit has to end without a commit.
    """
    act = _Act(draft_id, user_id, version, at, lot_id=lot_id)
    hold(unit.session, _row(unit.session, draft_id).case_id)
    draft = _row(unit.session, draft_id, lock=True)
    _must_be_open(draft)
    _must_be_of(draft, version)
    must_fit(unit.session, draft, at)
    proposed = wire.load(DraftCustomerFile, draft.body)
    said = rounds.Taken(tuple(Word(fact.fact, "accept") for fact in proposed.facts), frozenset())
    file = review.confirm(proposed, said.words, by=user_id, at=at)
    return _keep(unit, draft, file, said, act)


def _keep(unit: Unit, draft: Draft, file: CustomerFile, said: rounds.Taken, act: _Act) -> str:
    """Write what a person decided into the customer file and settle the draft."""
    proposed = wire.load(DraftCustomerFile, draft.body)
    rows = decided_rows(proposed, file, said.words, said.acknowledged, today=act.at.date())
    for row in rows:
        row.draft_id, row.user_id, row.decided_at, row.lot_id = draft.id, act.user_id, act.at, act.lot_id
    unit.session.add_all(rows)
    number = customers.keep(
        unit,
        file,
        draft_id=draft.id,
        user_id=act.user_id,
        at=act.at,
        version=draft.version,
        beside=_beside(proposed, said.acknowledged),
    )
    draft.customer_number = number
    choosing.settle(unit.session, draft.case_id, number)
    _settle(unit, draft, "confirmed", act)
    samples.draw(unit, draft, act.at)
    via = {"via": "lot", "lot": act.lot_id} if act.lot_id else {}
    details: dict[str, str | float] = {"version": act.version, "customer": number, "facts": len(file.facts), **via}
    _note(unit, act.user_id, "draft.confirmed", draft.id, **details)
    return number


def _beside(proposed: DraftCustomerFile, acknowledged: frozenset[str]) -> set[str]:
    """The facts that another customer's file holds too, which a person has seen and lets stand."""
    seen = [one for one in proposed.findings if one.code == KNOWN_ELSEWHERE and one.key in acknowledged]
    return {fact for finding in seen for fact in finding.fields}


def return_to_clerk(
    unit: Unit,
    draft_id: str,
    user_id: str,
    version: int,
    reason: str,
    *,
    note: str = "",
    at: datetime | None = None,
    spent: Spent | None = None,
) -> None:
    """Give the case back to who handed it in; ``reason`` is a key of ``intake.review.RETURN_REASONS``.

    ``note`` is for people (at most 500 characters). Raises MissingReasonError where the reason is no such key,
    LookupError and the other ReviewErrors.
    """
    act = _Act(draft_id, user_id, version, at or now(), spent)
    _reject(unit, act, "returned", reason if reason in review.RETURN_REASONS else None, note)


def discard(
    unit: Unit,
    draft_id: str,
    user_id: str,
    version: int,
    reason: str,
    *,
    note: str = "",
    at: datetime | None = None,
    spent: Spent | None = None,
) -> None:
    """Put a draft aside for good; ``reason`` is a key of ``intake.review.DISCARD_REASONS``; else as returning."""
    act = _Act(draft_id, user_id, version, at or now(), spent)
    _reject(unit, act, "discarded", reason if reason in review.DISCARD_REASONS else None, note)


def _reject(unit: Unit, act: _Act, state: Literal["returned", "discarded"], reason: str | None, note: str) -> None:
    """Settle a draft with a reason."""
    draft = _held(unit.session, act.draft_id, act.user_id, act.version, act.at)
    if reason is None:
        raise MissingReasonError
    draft.reason_code, draft.reason_note = reason, note.strip()[:_NOTE] or None
    _settle(unit, draft, state, act)
    change = efforts.change(wire.load(DraftCustomerFile, draft.body))
    efforts.note(unit.session, draft, state, act.user_id, act.at, change=change, spent=act.spent)
    _note(unit, act.user_id, f"draft.{state}", draft.id, version=act.version, reason=reason)


def choose_customer(
    unit: Unit, draft_id: str, user_id: str, version: int, choice: str | None, *, at: datetime | None = None
) -> int:
    """Say whose papers a draft's case holds (:mod:`models.choosing`); gives the draft's version as it then is.

    Raises UnknownCustomerError, LookupError and the ReviewErrors; then the caller's unit has to end without a commit.
    """
    at = at or now()
    draft = _held(unit.session, draft_id, user_id, version, at)
    choosing.choose(unit, draft, choice, user_id=user_id, at=at)
    return draft.version


def _held(session: Session, draft_id: str, user_id: str, version: int | None, at: datetime) -> Draft:
    """The row when it is open, of this version and held by this reviewer; locked after its case, as workers do."""
    hold(session, _row(session, draft_id).case_id)
    draft = _row(session, draft_id, lock=True)
    _must_be_open(draft)
    _must_be_of(draft, version)
    if draft.claimed_by != user_id or draft.claimed_until is None or draft.claimed_until < at:
        raise NotClaimedError
    return draft


def _row(session: Session, draft_id: str, *, lock: bool = False) -> Draft:
    query = select(Draft).where(Draft.id == draft_id).execution_options(populate_existing=True)
    draft = session.scalar(query.with_for_update() if lock else query)
    if draft is None:
        raise LookupError(draft_id)
    return draft


def _must_be_open(draft: Draft) -> None:
    if draft.state != "open":
        raise AlreadySettledError


def _must_be_of(draft: Draft, version: int | None) -> None:
    if version is not None and draft.version != version:
        raise StaleVersionError(version=draft.version, changed=changed_since(draft, version))


def _settle(unit: Unit, draft: Draft, state: str, act: _Act) -> None:
    draft.state, draft.settled_by, draft.settled_at, draft.updated_at = state, act.user_id, act.at, act.at
    draft.claimed_by = draft.claimed_until = None
    unit.session.get_one(Case, draft.case_id).state = state
    groups.forget(unit.session, draft)
    unit.session.flush()


def _changes(session: Session, statement: Any) -> bool:
    """Whether an UPDATE found its row."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _note(unit: Unit, user_id: str, action: str, draft_id: str, **details: str | float) -> None:
    audit.append(unit, actor=user_id, action=action, subject_kind="draft", subject_id=draft_id, details=details)
