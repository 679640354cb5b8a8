"""What a reviewer sees of a draft that others have decided on before: their words, or, blind, not even the reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from intake import verification
from intake.types import Alternative, Decision, DraftFact
from intake.verification import FIRST, SECOND, THIRD
from models import rounds
from models.draft_rows import Draft
from models.draft_views import DraftView, FactView
from models.rounds import Round
from models.views import DocumentView, names_of, source_view

_TURNS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class RoundView:
    """One person's round: its number, who, when, and the words with the canonical values that they give."""

    number: int
    user_id: str
    user_name: str
    at: datetime
    values: Mapping[str, str | None]
    blind: tuple[str, ...]


def seen_by(session: Session, view: DraftView, user_id: str, *, decides: bool) -> DraftView:
    """The draft as an account may see it. ``decides``: the account is a reviewer, who may be the next to decide.

    Who waits for his turn finds the words of the person before as decided; of blind facts, in the second round, only
    the place on the scan, and of rare names what the first gave beside the reading, not as decided; in the third,
    between whose forerunners facts differ, both values are offered for these. Of an earlier draft of the case, which
    tells of the same papers, who may be the next to key blind sees no value at all.
    """
    if view.state != "open":
        return _untold(view) if keys_blind(session, view.case_id, user_id, decides=decides) else view
    if view.round == FIRST:
        return view
    before = rounds.of(session, view.id, view.version)
    if not before or not decides or any(row.user_id == user_id for row in before):
        return view
    kept = rounds.waiting_for(session, session.get_one(Draft, view.id), before)
    if view.round == SECOND:
        return _blinded(_offered(_with(view, kept), before, _given_anew(view, before[0])), before[0].blind)
    keyed = rounds.keyed(session, view.id, view.version)
    return _offered(_with(view, kept), keyed, rounds.disputed(keyed))


def of_draft(session: Session, view: DraftView, user_id: str, *, decides: bool) -> tuple[RoundView, ...]:
    """The rounds of a draft's version with their people; without words where these are blind for the account."""
    before = rounds.of(session, view.id, view.version)
    names = names_of(session, (row.user_id for row in before))
    waits = view.state == "open" and decides and all(row.user_id != user_id for row in before)
    hidden = set(before[0].blind) if before and waits and view.round == SECOND else set[str]()
    return tuple(_round_view(row, names, hidden) for row in before)


def _round_view(row: Round, names: Mapping[str, str], hidden: Collection[str]) -> RoundView:
    values = {fact: value for fact, value in row.values.items() if fact not in hidden}
    return RoundView(row.number, row.user_id, names.get(row.user_id, ""), row.at, values, tuple(row.blind))


def _with(view: DraftView, kept: Mapping[str, Decision]) -> DraftView:
    """Own answers go before the words of the person before."""
    facts = tuple(replace(fact, decision=fact.decision or kept.get(fact.fact)) for fact in view.facts)
    return replace(view, facts=facts)


def _given_anew(view: DraftView, first: Round) -> set[str]:
    """The names that the second decides on anew and that the first gave otherwise than they were read."""
    anew = verification.looked_at_anew(view.file, first.values)
    return {fact.fact for fact in view.facts if fact.fact in anew and first.values.get(fact.fact) != fact.value}


def _blinded(view: DraftView, blind: Collection[str]) -> DraftView:
    file = verification.blinded(view.file, blind)
    bare = {fact.fact: fact for fact in file.facts if fact.fact in blind}
    facts = tuple(_hidden(fact, bare[fact.fact]) if fact.fact in bare else _less(fact, blind) for fact in view.facts)
    return replace(view, title=file.title, facts=facts, findings=file.findings, file=file)


def _untold(view: DraftView) -> DraftView:
    """A settled draft with nothing of what was read, found or decided."""
    bare = _blinded(view, [fact.fact for fact in view.facts])
    facts = tuple(replace(fact, decision=None) for fact in bare.facts)
    return replace(bare, title="", facts=facts, findings=(), file=replace(bare.file, title="", findings=()))


def _less(fact: FactView, blind: Collection[str]) -> FactView:
    return replace(fact, findings=tuple(one for one in fact.findings if not set(one.fields) & set(blind)))


def _hidden(fact: FactView, bare: DraftFact) -> FactView:
    """A fact with no more than the draft tells of it to who keys it, and his own word."""
    own = fact.decision if fact.decision is not None and fact.decision.action != "accept" else None
    return replace(
        fact,
        value=bare.value,
        confidence=bare.confidence,
        present=bare.present,
        doubtful=bare.doubtful,
        sources=tuple(source_view(source) for source in bare.sources),
        alternatives=bare.alternatives,
        findings=(),
        decision=own,
    )


def _offered(view: DraftView, before: Sequence[Round], differing: Collection[str]) -> DraftView:
    """What those before keyed, offered first for these facts."""
    said = [(_TURNS[row.number - 1], row.values) for row in before if row.number < THIRD]

    def offer(fact: FactView) -> FactView:
        if fact.fact not in differing:
            return fact
        keyed = verification.keyed([(turn, values.get(fact.fact)) for turn, values in said])
        others: dict[str, Alternative] = {}
        for one in (*keyed, *fact.alternatives):
            others.setdefault(one.value, one)
        return replace(fact, doubtful=True, alternatives=tuple(others.values()))

    return replace(view, facts=tuple(offer(fact) for fact in view.facts))


def keys_blind(session: Session, case_id: str, user_id: str, *, decides: bool) -> bool:
    """Whether an account may be the next to key something of a case blind: then nothing that was read is for it."""
    return case_id in blind_cases(session, [case_id], user_id, decides=decides)


def blind_cases(session: Session, case_ids: Collection[str], user_id: str, *, decides: bool) -> frozenset[str]:
    """Those of some cases of which an account may be the next to key something blind."""
    if not decides or not case_ids:
        return frozenset()
    first = aliased(Round)
    rows = session.execute(
        select(Draft.case_id, first.blind)
        .join(first, and_(first.draft_id == Draft.id, first.version == Draft.version))
        .where(Draft.case_id.in_(case_ids), Draft.state == "open", Draft.round == SECOND)
        .where(first.number == FIRST, first.withdrawn_at.is_(None), ~rounds.decided_by(user_id))
    )
    return frozenset(case_id for case_id, blind in rows if blind)


class Titled(Protocol):
    """A line that names a case by the customer's name."""

    @property
    def case_id(self) -> str:
        """The case's identifier."""

    @property
    def title(self) -> str:
        """What was read of the name."""


Line = TypeVar("Line", bound=Titled)


def untitled(session: Session, lines: Iterable[Line], user_id: str, *, decides: bool) -> tuple[Line, ...]:
    """Lines without the name where that account may be the next to key something of the case blind."""
    listed = tuple(lines)
    hidden = blind_cases(session, {line.case_id for line in listed}, user_id, decides=decides)
    return tuple(_untitled(line) if line.case_id in hidden else line for line in listed)


def _untitled(line: Line) -> Line:
    bare: Line = replace(line, title="")  # type: ignore[type-var]  # every line is a dataclass
    return bare


def unread(document: DocumentView) -> DocumentView:
    """A document without what was read of it: its type and its pages alone."""
    return replace(document, reading=replace(document.reading, fields=(), findings=()))
