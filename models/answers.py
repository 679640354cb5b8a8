"""Answers: what a reviewer decides on single facts while the draft is open, kept at once.

An answer is a word on a fact as it was proposed at that moment. It holds while the draft proposes the same value in the
same round of keying and nothing new stands against it; where that changed since, it stays as history and counts no
more. A later answer on a fact takes the place of the earlier one, which stays as well. Confirming removes nothing: its
form decides, the answers tell how it came about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import ForeignKey, Index, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import review, wire
from intake.types import Action, Decision, DraftCustomerFile
from models import audit
from models.base import Base, identifier, now
from models.database import Unit
from models.draft_rows import Draft

Way = Literal["desk", "group"]
"""Where an answer was given: at the desk, on one draft; or in a group, on one kind of reading over many drafts."""

_HOLDS = text("superseded_at IS NULL")


class Answer(Base):
    """作答: a person's word on one fact of an open draft; ``proposed`` is the value that the draft proposed then.

    ``value`` is canonical and given with ``correct`` only. Of a fact one answer per round has ``superseded_at`` null:
    the database lets there be one.
    """

    __tablename__ = "answers"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    round: Mapped[int] = mapped_column(default=1)
    version: Mapped[int]
    fact: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(16))
    value: Mapped[str | None]
    proposed: Mapped[str | None]
    via: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_answers_one_holds",
            "draft_id",
            "fact",
            "round",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that holds: the word, who gave it, where."""

    word: Decision
    user_id: str
    via: Way
    at: datetime


def keep(
    unit: Unit, draft: Draft, words: Sequence[Decision], *, user_id: str, via: Way = "desk", at: datetime | None = None
) -> list[str]:
    """Keep answers on facts of a draft that the caller has found to be open and his to answer; gives the facts.

    Of several words on one fact the last counts. Raises UnknownFactError and InvalidValueError with the names of the
    facts; then nothing is kept.
    """
    at = at or now()
    file = wire.load(DraftCustomerFile, draft.body)
    values = review.values(file, words)
    proposed = {fact.fact: fact.value for fact in file.facts}
    _supersede(unit.session, draft, list(values), at)
    for word in {word.fact: word for word in words}.values():
        unit.session.add(
            Answer(
                draft_id=draft.id,
                round=draft.round,
                version=draft.version,
                fact=word.fact,
                action=word.action,
                value=values[word.fact] if word.action == "correct" else None,
                proposed=proposed[word.fact],
                via=via,
                user_id=user_id,
                at=at,
            )
        )
    unit.session.flush()
    _note(unit, draft, "draft.answered", user_id, via=via, facts=list(values))
    return list(values)


def take_back(unit: Unit, draft: Draft, facts: Sequence[str], *, user_id: str, at: datetime | None = None) -> list[str]:
    """Let the answers on these facts hold no more; gives the facts that had one."""
    held = [name for name in holding(unit.session, draft) if name in set(facts)]
    if held:
        _supersede(unit.session, draft, held, at or now())
        _note(unit, draft, "draft.answers_taken_back", user_id, facts=held)
    return held


def outdate(session: Session, draft: Draft, facts: Collection[str], at: datetime) -> None:
    """Let the answers on these facts, of all rounds, hold no more: what was answered is not all that is to be seen."""
    held = update(Answer).where(Answer.draft_id == draft.id, Answer.superseded_at.is_(None), Answer.fact.in_(facts))
    session.execute(held.values(superseded_at=at))


def holding(session: Session, draft: Draft) -> Mapping[str, Kept]:
    """The answers that hold for a draft as it stands, by fact."""
    proposed = {fact["fact"]: fact["value"] for fact in draft.body["facts"]}
    rows = session.scalars(
        select(Answer)
        .where(Answer.draft_id == draft.id, Answer.round == draft.round, Answer.superseded_at.is_(None))
        .order_by(Answer.id)
    )
    return {
        row.fact: Kept(
            Decision(row.fact, cast("Action", row.action), row.value), row.user_id, cast("Way", row.via), row.at
        )
        for row in rows
        if row.fact in proposed and proposed[row.fact] == row.proposed
    }


def _supersede(session: Session, draft: Draft, facts: Sequence[str], at: datetime) -> None:
    session.execute(
        update(Answer)
        .where(
            Answer.draft_id == draft.id,
            Answer.round == draft.round,
            Answer.superseded_at.is_(None),
            Answer.fact.in_(facts),
        )
        .values(superseded_at=at)
    )


def _note(unit: Unit, draft: Draft, action: str, user_id: str, **details: object) -> None:
    audit.append(unit, actor=user_id, action=action, subject_kind="draft", subject_id=draft.id, details=details)
