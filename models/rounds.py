"""Rounds: each person's words on a draft that needs more than one, kept for ever, and what the next one may see.

While a draft waits for its second or third person it is open, its ``round`` tells for whom; ``people`` tells how many
it needs, and never becomes less. That nobody decides twice on a version, that a draft is confirmed only when as many
different people as it needs have decided on it, and never without a third person's word where two keyed a blind fact
differently, the database itself enforces (the triggers of migrations 0005 and 0020).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CheckConstraint, Exists, ForeignKey, Index, exists, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import review, verification, wire
from intake.errors import SamePersonError, UndecidedFactsError
from intake.types import Action, Decision, DraftCustomerFile
from intake.verification import FIRST, SECOND, THIRD
from models import audit, policies
from models.base import Base, identifier, now
from models.database import Unit
from models.draft_rows import Draft

_STANDS = text("withdrawn_at IS NULL")


class Round(Base):
    """轮次: what one person decided on one version of a draft; ``blind`` names the facts that the second keys blind.

    ``words`` hold for each fact its action and the canonical value that it gives (null: left out). Rows are never
    changed nor deleted; one whose confirmation was taken back is ``withdrawn_at`` a time and counts no more.
    """

    __tablename__ = "rounds"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    version: Mapped[int]
    number: Mapped[int]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    words: Mapped[list[dict[str, Any]]]
    acknowledged: Mapped[list[str]]
    blind: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("number BETWEEN 1 AND 3", name="number"),
        Index(
            "uq_rounds_one_per_number",
            "draft_id",
            "version",
            "number",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(
            "uq_rounds_one_per_person",
            "draft_id",
            "version",
            "user_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    @property
    def values(self) -> dict[str, str | None]:
        """The canonical value that the round gives each fact."""
        return {word["fact"]: word["value"] for word in self.words}

    @property
    def decisions(self) -> dict[str, Decision]:
        """The round's words, by fact."""
        return {
            word["fact"]: Decision(
                word["fact"], cast("Action", word["action"]), word["value"] if word["action"] == "correct" else None
            )
            for word in self.words
        }


@dataclass(frozen=True, slots=True)
class Taken:
    """What one round says when it is handed in: the words as they count, and the findings that are let stand."""

    words: tuple[Decision, ...]
    acknowledged: frozenset[str]


def need(session: Session, draft: Draft) -> None:
    """Make sure that the draft asks for as many people as the office has set today; it never asks for fewer."""
    rule = policies.read(session).rule
    types = [name for name in draft.types.split(",") if name]
    draft.people = max(
        draft.people or 1, verification.people([fact["fact"] for fact in draft.body["facts"]], types, rule)
    )


def decided_by(user_id: str) -> Exists:
    """Whether a person has a word already on the version of a draft that is asked for."""
    return exists().where(
        Round.draft_id == Draft.id,
        Round.version == Draft.version,
        Round.user_id == user_id,
        Round.withdrawn_at.is_(None),
    )


def of(session: Session, draft_id: str, version: int) -> list[Round]:
    """The rounds that stand on a version of a draft, the first first."""
    rows = select(Round).where(Round.draft_id == draft_id, Round.version == version, Round.withdrawn_at.is_(None))
    return list(session.scalars(rows.order_by(Round.number)))


def keyed(session: Session, draft_id: str, version: int) -> list[Round]:
    """The words between which a third person decides: the first's, then every second one, a standing one before others.

    Words that were taken back are among them: who could try until nobody tells him of a difference would not be blind.
    """
    rows = select(Round).where(Round.draft_id == draft_id, Round.version == version)
    said = session.scalars(rows.where(Round.number <= SECOND).order_by(Round.number, Round.at.desc())).all()
    standing = [row for row in said if row.withdrawn_at is None]
    return [*standing, *(row for row in said if row.number == SECOND and row.withdrawn_at is not None)]


def disputed(said: Sequence[Round]) -> tuple[str, ...]:
    """The blind facts that a second person ever keyed otherwise than the first, of the words of :func:`keyed`."""
    first = said[0]
    found = (verification.differing(first.values, row.values, first.blind) for row in said[1:])
    return tuple(dict.fromkeys(fact for facts in found for fact in facts))


def taken(
    session: Session, draft: Draft, file: DraftCustomerFile, words: Sequence[Decision], acknowledged: frozenset[str]
) -> Taken:
    """The words of the present round as they count.

    What is keyed blind and is what had been read counts as accepted; findings of blind facts, which who keys them does
    not see, are let stand where the person before let them. Raises UndecidedFactsError for blind facts that were
    accepted unseen, and what :func:`intake.review.values` raises.
    """
    before = of(session, draft.id, draft.version)
    if draft.round != SECOND or not before or not before[0].blind:
        return Taken(tuple(words), acknowledged)
    blind = set(before[0].blind)
    unseen = [word.fact for word in words if word.fact in blind and word.action == "accept"]
    if unseen:
        raise UndecidedFactsError(facts=unseen)
    said = verification.as_read(words, review.values(file, words), file)
    hidden = {finding.key for finding in file.findings if blind & set(finding.fields)}
    return Taken(tuple(said), acknowledged | (frozenset(before[0].acknowledged) & hidden))


def enter(
    unit: Unit, draft: Draft, file: DraftCustomerFile, said: Taken, *, user_id: str, at: datetime
) -> tuple[str, ...] | None:
    """Keep a round that could be confirmed; gives ``None`` where nothing more is needed, else what the next decides.

    The draft then waits, unclaimed, for another person: an empty tuple means for the second one, names of facts mean
    for the third, between whose forerunners these differ. Raises SamePersonError.
    """
    session = unit.session
    need(session, draft)
    if draft.people == FIRST:
        return None
    before = of(session, draft.id, draft.version)
    if any(row.user_id == user_id for row in before):
        raise SamePersonError
    blind = verification.blind_facts(review.values(file, said.words), policies.read(session).rule)
    row = _row(draft, file, said, sorted(blind) if draft.round == FIRST else before[0].blind)
    row.user_id, row.at = user_id, at
    session.add(row)
    session.flush()  # the triggers count rounds when the draft is confirmed
    if draft.round == THIRD:
        return None
    left = () if draft.round == FIRST else disputed(keyed(session, draft.id, draft.version))
    if draft.round == SECOND and not left:
        return None
    _pass_on(unit, draft, user_id, at)
    return left


def _row(draft: Draft, file: DraftCustomerFile, said: Taken, blind: list[str]) -> Round:
    values = review.values(file, said.words)
    return Round(
        draft_id=draft.id,
        version=draft.version,
        number=draft.round,
        words=[{"fact": word.fact, "action": word.action, "value": values[word.fact]} for word in said.words],
        acknowledged=sorted(said.acknowledged),
        blind=blind,
    )


def _pass_on(unit: Unit, draft: Draft, user_id: str, at: datetime) -> None:
    """Let the draft wait for the next person."""
    audit.append(
        unit,
        actor=user_id,
        action="draft.keyed",
        subject_kind="draft",
        subject_id=draft.id,
        details={"version": draft.version, "round": draft.round},
    )
    draft.round += 1
    draft.people = max(draft.people, draft.round)
    draft.claimed_by = draft.claimed_until = None
    draft.updated_at = at
    unit.session.flush()


def withdraw(session: Session, draft: Draft, user_id: str, at: datetime) -> None:
    """Let a person's round on a draft that is open again count no more, so that he can decide anew."""
    for row in of(session, draft.id, draft.version):
        if row.user_id == user_id:
            row.withdrawn_at = at
    session.flush()


def waiting_for(session: Session, draft: Draft, rounds: Sequence[Round]) -> Mapping[str, Decision]:
    """The words that the next person finds as decided already: of the round before, but what is blind or disputed.

    Nor does the second person find a rare name so: no such name is accepted before he has looked at it himself.
    """
    if not rounds or draft.state != "open" or draft.round == FIRST:
        return {}
    if draft.round == THIRD:
        hidden = set(disputed(keyed(session, draft.id, draft.version)))
    else:
        file = wire.load(DraftCustomerFile, draft.body)
        hidden = {*rounds[0].blind, *verification.looked_at_anew(file, rounds[0].values)}
    return {fact: word for fact, word in rounds[-1].decisions.items() if fact not in hidden}
