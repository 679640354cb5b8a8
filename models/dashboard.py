"""What the dashboard counts: work done and what it took, the age of the queue, what became of readings, agreement.

Sums out of the database, never single papers: no value of a paper is looked at. Which day a piece of work belongs to
the caller says by the edges of the days, because days begin elsewhere in another time zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from intake.evaluation.figures import Bin
from intake.statistics import Share
from intake.verification import FIRST, SECOND
from models.base import UtcDateTime
from models.draft_rows import Decision, Draft
from models.efforts import Effort
from models.queue import first_id
from models.rounds import Round
from models.sample_rows import Sample

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Where the bins of confidence begin: narrow where most readings are."""

PAIRS = 5000
"""Pairs of rounds, the latest first, of which the words are compared."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one person did in one span: drafts by outcome, and their sums; ``timed_papers`` took ``seconds``."""

    span: int
    user_id: str
    outcome: str
    drafts: int
    drafts_untouched: int
    papers: int
    papers_untouched: int
    facts: int
    facts_untouched: int
    seconds: int
    timed_papers: int


@dataclass(frozen=True, slots=True)
class Ages:
    """The queue just now: how many open drafts have waited at least so many hours, and since when the oldest does."""

    waiting: int
    since: dict[int, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What people made of the values that were read: right ones per fact, and per bin of confidence."""

    facts: dict[str, Share]
    bins: tuple[Bin, ...]
    shares: tuple[Share, ...]
    """Of each of the ``bins``, with its interval."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree: two who keyed blind, a second who saw the first's words, who checked a sample.

    ``said`` counts the blind facts by what the first and the second did (accept, correct, omit).
    """

    blind: Share
    said: dict[tuple[str, str], int]
    second: Share
    sampled: Share


def work(session: Session, edges: Sequence[datetime]) -> list[Work]:
    """What was done in each span between two ``edges`` (ascending), by person and outcome."""
    spans = union_all(
        *(
            select(
                literal(number).label("number"),
                literal(begin, UtcDateTime()).label("begin"),
                literal(end, UtcDateTime()).label("end"),
            )
            for number, (begin, end) in enumerate(pairwise(edges))
        )
    ).cte("spans")
    untouched = and_(Effort.facts > 0, Effort.untouched == Effort.facts)
    found = (
        select(
            spans.c.number,
            Effort.user_id,
            Effort.outcome,
            func.count(),
            _sum(case((untouched, 1), else_=0)),
            *(_sum(one) for one in (Effort.papers, Effort.papers_untouched, Effort.facts, Effort.untouched)),
            _sum(func.coalesce(Effort.seconds, 0)),
            _sum(case((Effort.seconds.is_not(None), Effort.papers), else_=0)),
        )
        .join(Effort, and_(Effort.at >= spans.c.begin, Effort.at < spans.c.end))
        .group_by(spans.c.number, Effort.user_id, Effort.outcome)
    )
    return [Work(*row) for row in session.execute(found)]


def _sum(what: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(what), 0)


def costs(session: Session, what: InstrumentedAttribute[int | None], since: datetime) -> Counter[float]:
    """How often a paper took how much of ``what`` (a column of :class:`Effort`): its draft's, shared by its papers."""
    found = (
        select(what, Effort.papers, func.count())
        .where(Effort.at >= since, Effort.outcome == "confirmed", Effort.papers > 0, what.is_not(None))
        .group_by(what, Effort.papers)
    )
    counts = Counter[float]()
    for spent, papers, drafts in session.execute(found):
        counts[(spent or 0) / papers] += drafts * papers
    return counts


def ages(session: Session, hours: Sequence[int], at: datetime) -> Ages:
    """How long open drafts have waited, counted inside the queue's index."""
    older = [_sum(case((Draft.id < first_id(at - timedelta(hours=age)), 1), else_=0)) for age in hours]
    opened = Draft.state == literal("open", literal_execute=True)
    row = session.execute(select(func.count(), *older).select_from(Draft).where(opened, Draft.lot_id.is_(None))).one()
    first = (
        select(Draft.id).where(opened, Draft.lot_id.is_(None)).order_by(Draft.id).limit(1).scalar_subquery()
    )  # out of the index alone
    oldest = session.scalar(select(Draft.created_at).where(Draft.id == first))
    return Ages(row[0], dict(zip(hours, row[1:], strict=True)), oldest)


def judged(session: Session, since: datetime) -> Judged:
    """What people made of readings since a time: accepted as read counts as right, corrected or left out as wrong."""
    facts, right, sums, counts = Counter[str](), Counter[str](), Counter[int](), Counter[tuple[int, bool]]()
    for fact, index, action, count, total in session.execute(_judged(since)):
        name, accepted = fact.split("#", 1)[0], action == "accept"
        facts[name] += count
        right[name] += count if accepted else 0
        counts[index, accepted] += count
        sums[index] += total
    shares = {index: Share(counts[index, True], counts[index, True] + counts[index, False]) for index in sorted(sums)}
    bins = (Bin(EDGES[index], share.whole, sums[index] / share.whole, share.value) for index, share in shares.items())
    return Judged({name: Share(right[name], facts[name]) for name in facts}, tuple(bins), tuple(shares.values()))


def _judged(since: datetime) -> Select[Any]:
    """Grouped by fact, bin and action, out of ``ix_decisions_judged`` alone."""
    steps = [(Decision.read_confidence < edge, index) for index, edge in enumerate(EDGES[1:])]
    place = case(*steps, else_=len(EDGES) - 1).label("place")
    # Of what was accepted with its lot nobody looked at each.
    wanted = (Decision.decided_at >= since, Decision.read_value.is_not(None), Decision.lot_id.is_(None))
    # The expression has parameters: only by its name do databases see that it is the same one.
    inner = select(Decision.fact, place, Decision.action, Decision.read_confidence).where(*wanted).subquery()
    sums = (func.count(), func.sum(inner.c.read_confidence))
    return select(inner.c.fact, inner.c.place, inner.c.action, *sums).group_by(
        inner.c.fact, inner.c.place, inner.c.action
    )


def agreement(session: Session, since: datetime) -> Agreement:
    """How far people agreed since a time; of the rounds the latest :data:`PAIRS` are compared."""
    first, second = aliased(Round), aliased(Round)
    same = and_(
        first.draft_id == second.draft_id,
        first.version == second.version,
        first.number == FIRST,
        first.withdrawn_at.is_(None),
    )
    found = (
        select(first.words, second.words, first.blind)
        .select_from(second)
        .join(first, same)
        .where(second.number == SECOND, second.withdrawn_at.is_(None), second.id >= first_id(since))
        .order_by(second.id.desc())
        .limit(PAIRS)
    )
    counted: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    said = Counter[tuple[str, str]]()
    for one, other, blind in session.execute(found):
        _compare({word["fact"]: word for word in one}, other, set(blind), counted, said)
    return Agreement(_share(counted[True]), dict(said), _share(counted[False]), _sampled(session, since))


def _compare(
    first: dict[str, dict[str, Any]],
    second: list[dict[str, Any]],
    blind: set[str],
    counted: dict[bool, Counter[bool]],
    said: Counter[tuple[str, str]],
) -> None:
    for word in second:
        earlier = first.get(word["fact"])
        if earlier is None:
            continue
        unseen = word["fact"] in blind
        counted[unseen][earlier["value"] == word["value"]] += 1
        if unseen:
            said[earlier["action"], word["action"]] += 1


def _share(counts: Counter[bool]) -> Share:
    return Share(counts[True], counts[True] + counts[False])


def _sampled(session: Session, since: datetime) -> Share:
    sums = (_sum(Sample.facts), _sum(func.json_array_length(Sample.wrong)))
    facts, wrong = session.execute(select(*sums).where(Sample.state != "waiting", Sample.checked_at >= since)).one()
    return Share(facts - wrong, facts)
