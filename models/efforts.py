"""What reviewing takes: one row for each person's word on a draft, with what it changed and what it cost.

Counts alone, and whose they are: nothing of the papers. Time, keys and pointer are what the desk in the browser told;
a word that came by other ways (over the API, without scripts) has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.types import Decision, DraftCustomerFile
from models.base import Base, identifier, now
from models.draft_rows import Draft

Outcome = Literal["confirmed", "keyed", "returned", "discarded"]
"""``keyed``: what was decided waits for the next person."""


class Effort(Base):
    """工作量. ``facts`` are those of which something was read or kept; ``untouched`` of them stayed as they were read.

    ``papers`` are those that gave a fact, ``papers_untouched`` those of which every fact stayed. ``seconds`` from
    opening to deciding, while somebody sat before the page; ``pointer_moves``: how often the pointer was reached for.
    """

    __tablename__ = "efforts"

    id: Mapped[str] = identifier()
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(default=now)
    papers: Mapped[int]
    papers_untouched: Mapped[int]
    facts: Mapped[int]
    untouched: Mapped[int]
    seconds: Mapped[int | None]
    keystrokes: Mapped[int | None]
    pointer_moves: Mapped[int | None]

    __table_args__ = (Index("ix_efforts_at", "at"), Index("ix_efforts_draft_id", "draft_id"))


@dataclass(frozen=True, slots=True)
class Spent:
    """What the desk told of one draft: whole seconds, keys pressed, reaches for the pointer; ``None``: not told."""

    seconds: int | None = None
    keystrokes: int | None = None
    pointer_moves: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """How much of what was read people let stand, in counts."""

    papers: int
    papers_untouched: int
    facts: int
    untouched: int


def note(
    session: Session,
    draft: Draft,
    outcome: Outcome,
    user_id: str,
    at: datetime,
    *,
    change: Change,
    spent: Spent | None = None,
) -> None:
    """Keep one person's word on a draft."""
    told = spent or Spent()
    session.add(
        Effort(
            draft_id=draft.id,
            user_id=user_id,
            outcome=outcome,
            at=at,
            papers=change.papers,
            papers_untouched=change.papers_untouched,
            facts=change.facts,
            untouched=change.untouched,
            seconds=told.seconds,
            keystrokes=told.keystrokes,
            pointer_moves=told.pointer_moves,
        )
    )


def withdraw(session: Session, draft_id: str, user_id: str, at: datetime | None = None) -> None:
    """Forget what a person's word took, because it was taken back; the desk goes on counting.

    It is his confirmation, or with ``at`` the word that he handed in at that moment for another person.
    """
    mine = [Effort.draft_id == draft_id, Effort.user_id == user_id]
    which = [Effort.outcome == "confirmed"] if at is None else [Effort.outcome == "keyed", Effort.at == at]
    session.execute(delete(Effort).where(*mine, *which))


def change(file: DraftCustomerFile, words: Iterable[Decision] = ()) -> Change:
    """What these words change in a draft; without words (it was put aside) only the papers are counted."""
    sources = {fact.fact: {source.document_id for source in fact.sources} for fact in file.facts}
    papers = set[str]().union(*sources.values())
    read = {fact.fact for fact in file.facts if fact.value is not None}
    counted = [word for word in words if word.fact in read or word.action != "omit"]
    stayed = [word for word in counted if word.action == "accept"]
    touched = set[str]().union(*(sources.get(word.fact, set()) for word in counted if word.action != "accept"))
    whole = set[str]().union(*(sources.get(word.fact, set()) for word in stayed)) - touched
    return Change(len(papers), len(whole), len(counted), len(stayed))
