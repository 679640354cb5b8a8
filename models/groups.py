"""Group verification: the doubtful readings of open drafts by kind, leased to one reviewer at a time.

A row per doubtful reading is written with each version of a draft and goes when the draft is settled. A lease of a few
minutes keeps two reviewers from the same crops; an answer is an ordinary one (:mod:`models.answers`), by way of a
group. Drafts that somebody else holds, that wait for a second person, and facts that are keyed blind are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import grouping, wire
from intake.errors import AlreadyClaimedError, AlreadySettledError, NotClaimedError
from intake.papers import base
from intake.types import Decision, DraftCustomerFile, DraftFact
from models import answers, policies
from models.base import Base, identifier, now
from models.database import Unit
from models.draft_rows import Draft

AT_ONCE = 50
"""Crops in one column."""

LEASE_MINUTES = 10
"""How long the crops of a column are one reviewer's: as long as fifty take at twelve seconds each."""


class Doubt(Base):
    """存疑识读: a doubtful reading of an open draft; ``fact`` with its number, ``base`` without, ``kind`` its group."""

    __tablename__ = "doubts"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    fact: Mapped[str] = mapped_column(String(64))
    base: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    answered_at: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    leased_until: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("draft_id", "fact"), Index("ix_doubts_kind_id", "kind", "id"))


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One reading to look at: the proposed fact, the draft that it is of, and the number of an existing customer."""

    id: str
    draft_id: str
    title: str
    number: str | None
    fact: DraftFact


def write(session: Session, draft: Draft) -> None:
    """Write the doubtful readings of a draft anew, as its present version has them; who leased them keeps them not."""
    forget(session, draft)
    held = answers.holding(session, draft)
    for fact in wire.load(DraftCustomerFile, draft.body).facts:
        kind = grouping.group(fact)
        if kind is not None:
            told = held[fact.fact].at if fact.fact in held else None
            session.add(Doubt(draft_id=draft.id, fact=fact.fact, base=base(fact.fact), kind=kind, answered_at=told))
    session.flush()


def forget(session: Session, draft: Draft) -> None:
    """Take the readings of a draft out: it is settled, or they are written anew."""
    session.execute(delete(Doubt).where(Doubt.draft_id == draft.id))


def answered(session: Session, draft: Draft, facts: Sequence[str], at: datetime | None) -> None:
    """Note that facts have an answer since ``at``, or (``None``) that they have none any more."""
    session.execute(update(Doubt).where(Doubt.draft_id == draft.id, Doubt.fact.in_(facts)).values(answered_at=at))


def counts(session: Session, user_id: str, at: datetime | None = None) -> Mapping[str, int]:
    """How many readings of each group wait for this reviewer."""
    query = select(Doubt.kind, func.count()).join(Draft, Draft.id == Doubt.draft_id)
    rows = session.execute(query.where(*_free(session, user_id, at or now())).group_by(Doubt.kind))
    return {kind: count for kind, count in rows}  # noqa: C416  # rows are no pairs to a type checker


def take(unit: Unit, kind: str, user_id: str, *, limit: int = AT_ONCE, at: datetime | None = None) -> list[GroupItem]:
    """Lease up to ``limit`` readings of a group to a reviewer, the oldest drafts first; those he has already count."""
    at, session = at or now(), unit.session
    query = select(Doubt.id).join(Draft, Draft.id == Doubt.draft_id).where(Doubt.kind == kind)
    free = query.where(*_free(session, user_id, at)).order_by(Doubt.draft_id, Doubt.id).limit(limit)
    ids = session.scalars(free.with_for_update(of=Doubt, skip_locked=True)).all()
    until = at + timedelta(minutes=LEASE_MINUTES)
    session.execute(update(Doubt).where(Doubt.id.in_(ids)).values(leased_by=user_id, leased_until=until))
    return _items(session, ids)


def _free(session: Session, user_id: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Readings without an answer, in open drafts of the first round that nobody else holds, leased by nobody else."""
    blind = policies.read(session).rule.blind
    return (
        Draft.state == "open",
        Draft.round == 1,
        or_(Draft.claimed_by.is_(None), Draft.claimed_by == user_id, Draft.claimed_until < at),
        Doubt.answered_at.is_(None),
        Doubt.base.not_in(sorted(blind)),
        or_(Doubt.leased_by.is_(None), Doubt.leased_by == user_id, Doubt.leased_until < at),
    )


def _items(session: Session, ids: Sequence[str]) -> list[GroupItem]:
    query = select(Doubt, Draft).join(Draft, Draft.id == Doubt.draft_id).where(Doubt.id.in_(ids))
    files: dict[str, DraftCustomerFile] = {}
    found = []
    for doubt, draft in session.execute(query.order_by(Doubt.draft_id, Doubt.id)):
        file = files.setdefault(draft.id, wire.load(DraftCustomerFile, draft.body))
        fact = next(fact for fact in file.facts if fact.fact == doubt.fact)
        found.append(GroupItem(doubt.id, draft.id, file.title, draft.customer_number, fact))
    return found


def item(session: Session, doubt_id: str) -> GroupItem | None:
    """One reading, or ``None`` where there is none of this identifier (any more)."""
    return next(iter(_items(session, [doubt_id])), None)


def answer(unit: Unit, doubt_id: str, user_id: str, word: Decision, *, at: datetime | None = None) -> None:
    """Keep a reviewer's answer on a reading that he leased.

    Raises LookupError where it is gone, AlreadySettledError, AlreadyClaimedError where somebody else works on the draft
    by now, NotClaimedError where another has the lease, and what keeping answers raises.
    """
    at = at or now()
    doubt, draft = _leased(unit.session, doubt_id, user_id, at)
    answers.keep(unit, draft, [word], user_id=user_id, via="group", at=at)
    answered(unit.session, draft, [doubt.fact], at)


def undo(unit: Unit, doubt_id: str, user_id: str, *, at: datetime | None = None) -> None:
    """Take an answer back, and the lease with it up again; raises as answering."""
    at = at or now()
    doubt, draft = _leased(unit.session, doubt_id, user_id, at)
    answers.take_back(unit, draft, [doubt.fact], user_id=user_id, at=at)
    answered(unit.session, draft, [doubt.fact], None)


def _leased(session: Session, doubt_id: str, user_id: str, at: datetime) -> tuple[Doubt, Draft]:
    doubt = session.get(Doubt, doubt_id)
    if doubt is None:
        raise LookupError(doubt_id)
    draft = session.get_one(Draft, doubt.draft_id, with_for_update=True, populate_existing=True)
    doubt = session.get(Doubt, doubt_id, populate_existing=True)
    if doubt is None:
        raise LookupError(doubt_id)
    if draft.state != "open" or draft.round != 1:
        raise AlreadySettledError
    if draft.claimed_by not in {None, user_id} and draft.claimed_until is not None and draft.claimed_until >= at:
        raise AlreadyClaimedError
    if doubt.leased_by != user_id:
        raise NotClaimedError
    doubt.leased_until = at + timedelta(minutes=LEASE_MINUTES)
    return doubt, draft
