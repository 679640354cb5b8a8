"""Taking a word back that waits for another person, shortly after it, while nobody goes on with it.

The draft waits for the same person again and is held by him. His word stays as history (``withdrawn_at``); where it was
a second one that differed from the first, a third person decides all the same (:func:`models.rounds.disputed`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from intake.errors import UndoOverError, WordPassedOnError
from intake.types import Decision
from intake.verification import SECOND
from models import audit, efforts, rounds
from models.answers import Answer
from models.database import Unit
from models.draft_rows import Draft
from models.rounds import Round

UNDO_SECONDS = 30
"""How long after it a confirmation, or a word for another person, can be taken back, as the pages tell it."""

_GRACE_SECONDS = 5
"""Of the way to the page and back: who presses in the last second is still in time."""


def is_over(since: datetime, at: datetime) -> bool:
    """Whether it is too late at ``at`` to take back what was handed in at ``since``."""
    return at - since > timedelta(seconds=UNDO_SECONDS + _GRACE_SECONDS)


def unkey(unit: Unit, draft: Draft, user_id: str, minutes: int, *, at: datetime) -> tuple[Decision, ...]:
    """Take the last word on an open draft back, which the caller has locked; gives the words as they were keyed.

    Only whose word it is may do so, within :data:`UNDO_SECONDS`, and only while no other person holds the draft or has
    answered anything on it. Raises UndoOverError where the last word is not his, WordPassedOnError otherwise.
    """
    row = next(reversed(rounds.of(unit.session, draft.id, draft.version)), None)
    if row is None or row.user_id != user_id:
        raise UndoOverError
    if is_over(row.at, at) or _goes_on(unit.session, draft, row, at):
        raise WordPassedOnError
    rounds.withdraw(unit.session, draft, user_id, at)
    efforts.withdraw(unit.session, draft.id, user_id, row.at)
    draft.round, draft.updated_at = row.number, at
    draft.claimed_by, draft.claimed_until = user_id, at + timedelta(minutes=minutes)
    unit.session.flush()
    audit.append(
        unit,
        actor=user_id,
        action="draft.unkeyed",
        subject_kind="draft",
        subject_id=draft.id,
        details={"version": draft.version, "round": draft.round},
    )
    return as_keyed(row)


def _goes_on(session: Session, draft: Draft, row: Round, at: datetime) -> bool:
    """Whether somebody has built on a word: he holds the draft, or has keyed or answered something behind it."""
    if draft.claimed_until is not None and draft.claimed_until >= at:
        return True
    later = exists().where(Round.draft_id == draft.id, Round.version == draft.version, Round.number > row.number)
    answered = exists().where(Answer.draft_id == draft.id, Answer.version == draft.version, Answer.round > row.number)
    return bool(session.scalar(select(or_(later, answered))))


def as_keyed(row: Round) -> tuple[Decision, ...]:
    """The words of a round as they were keyed: who keyed a fact blind never saw that it was what had been read."""
    values, blind = row.values, set(row.blind if row.number == SECOND else ())
    return tuple(
        Decision(fact, "correct", values[fact]) if fact in blind and word.action == "accept" else word
        for fact, word in row.decisions.items()
    )
