"""Lots judged: a sample drawn by a seed, each draft of it held against its scan, and what follows for all of them.

One named person judges a lot. Accepted, every draft of it is confirmed as that person's decision, but for those found
wrong; refused, every draft goes back to the queue. Confirming is done by a worker, draft by draft, each whole or not at
all, so that a lot of any size can be broken off and gone on with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from intake.archive import light, sampling
from intake.archive.light import LightPolicy
from intake.errors import (
    LotStateError,
    LotTakenError,
    ReviewError,
    SampleUnfinishedError,
    UndecidedFactsError,
    UnknownFactError,
)
from models import audit, batch_light, draft_writing, drafts, rounds
from models.accounts import User
from models.base import now
from models.batch_rows import BatchItem
from models.database import Unit
from models.draft_rows import Draft
from models.job_rows import SETTLE_LOT, enqueue
from models.lot_rows import Lot, LotDraft
from models.views import names_of


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot of a batch with its counts: drafts in it now, drawn, judged, wrong, confirmed, returned."""

    lot: Lot
    drafts: int
    judged: int
    wrong: int
    confirmed: int
    returned: int
    judge: str | None
    judge_account: str | None

    @property
    def left(self) -> int:
        """How many of the sample still have to be judged."""
        return self.lot.drawn - self.judged


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One draft of a sample, in the order in which it was drawn."""

    draft_id: str
    position: int
    title: str
    verdict: str | None
    wrong: tuple[str, ...]
    outcome: str | None


def of_batch(session: Session, batch_id: str) -> list[LotLine]:
    """The lots of a batch, the latest first."""
    lots = session.scalars(select(Lot).where(Lot.batch_id == batch_id).order_by(Lot.id.desc())).all()
    return [_line(session, lot) for lot in lots]


def waiting(session: Session, user_id: str) -> list[LotLine]:
    """The lots whose sample this person may judge, the oldest first: nobody's so far, or his own."""
    free = select(Lot).where(Lot.state == "drawn", or_(Lot.judge_id.is_(None), Lot.judge_id == user_id))
    return [_line(session, lot) for lot in session.scalars(free.order_by(Lot.id))]


def line(session: Session, lot_id: str) -> LotLine:
    """One lot; raises LookupError."""
    lot = session.get(Lot, lot_id)
    if lot is None:
        raise LookupError(lot_id)
    return _line(session, lot)


def sample(session: Session, lot_id: str) -> list[SampleLine]:
    """The drafts of a lot's sample, in the order in which they were drawn."""
    query = select(LotDraft, Draft.body["title"].as_string()).join(Draft, Draft.id == LotDraft.draft_id)
    drawn = query.where(LotDraft.lot_id == lot_id, LotDraft.position.is_not(None)).order_by(LotDraft.position)
    return [
        SampleLine(row.draft_id, row.position or 0, title, row.verdict, tuple(row.wrong), row.outcome)
        for row, title in session.execute(drawn)
    ]


def draw(unit: Unit, lot_id: str, user_id: str, *, at: datetime | None = None) -> int:
    """Close a lot that gathers and draw its sample by its seed; gives how many were drawn. Raises LotStateError."""
    session = unit.session
    lot = _locked(session, lot_id, "gathering")
    members = _members(session, lot_id)
    if not members:
        raise LotStateError
    chosen = LightPolicy(True, lot.threshold, lot.aql, lot.share, lot.seed)  # noqa: FBT003 - it is on
    plan, count = light.sample_size(len(members), chosen)
    by_draft = {row.draft_id: row for row in members}
    for position, draft_id in enumerate(sampling.draw(by_draft, count, lot.seed), start=1):
        by_draft[draft_id].position = position
    lot.state, lot.size, lot.drawn, lot.drawn_by, lot.drawn_at = "drawn", len(members), count, user_id, at or now()
    lot.letter, lot.sample, lot.accept = plan.letter, plan.size, plan.accept
    session.flush()
    details = {"lot": lot.id, "size": lot.size, "drawn": count, "plan": plan.letter, "n": plan.size}
    details |= {"accept": plan.accept, "aql": lot.aql, "share": lot.share, "threshold": lot.threshold, "seed": lot.seed}
    _note(unit, user_id, "lot.drawn", lot, details)
    return count


def judge(
    unit: Unit, lot_id: str, draft_id: str, user_id: str, words: Mapping[str, bool], *, at: datetime | None = None
) -> tuple[str, ...]:
    """Keep what the judge says of each fact of a draft of the sample; gives those that are wrong.

    ``words``: by fact, whether it is what the scan shows. The first who judges one is the lot's judge. Raises
    LookupError, LotStateError, LotTakenError, and UndecidedFactsError or UnknownFactError where not exactly the
    draft's facts are judged.
    """
    session = unit.session
    lot = _locked(session, lot_id, "drawn")
    if lot.judge_id not in {None, user_id}:
        raise LotTakenError
    member = session.scalar(select(LotDraft).where(LotDraft.lot_id == lot_id, LotDraft.draft_id == draft_id))
    if member is None or member.position is None:
        raise LookupError(draft_id)
    facts = [fact["fact"] for fact in session.get_one(Draft, draft_id).body["facts"]]
    if missing := [fact for fact in facts if fact not in words]:
        raise UndecidedFactsError(facts=missing)
    if unknown := sorted(set(words) - set(facts)):
        raise UnknownFactError(facts=unknown)
    wrong = tuple(fact for fact in facts if not words[fact])
    lot.judge_id = user_id
    member.verdict, member.wrong = "wrong" if wrong else "right", list(wrong)
    member.judged_by, member.judged_at = user_id, at or now()
    session.flush()
    details = {"draft": draft_id, "facts": list(wrong) or len(facts), "wrong": len(wrong)}
    _note(unit, user_id, "lot.judged", lot, details)
    return wrong


def settle(unit: Unit, lot_id: str, user_id: str, *, at: datetime | None = None) -> list[str]:
    """Conclude a lot whose sample its judge has judged whole; gives the jobs to ring.

    Accepted where ISO 2859-1 and DA/T 31-2017 both say so. Raises LotStateError, LotTakenError, SampleUnfinishedError.
    """
    session, at = unit.session, at or now()
    lot = _locked(session, lot_id, "drawn")
    if lot.judge_id not in {None, user_id}:
        raise LotTakenError
    drawn = [row for row in _members(session, lot_id, every=True) if row.position is not None]
    # What left the sample since it was drawn was never seen as it is now: it counts against the lot.
    left = [row for row in drawn if row.verdict is None and row.outcome is None]
    if left or not drawn:
        raise SampleUnfinishedError(left=len(left))
    wrong = [row for row in drawn if row.verdict != "right"]
    first = [row for row in wrong if (row.position or 0) <= lot.sample]
    plan = sampling.plan(lot.size, Decimal(lot.aql))
    verdict = sampling.judged(plan, sample=len(first), inspected=len(drawn), nonconforming=len(wrong))
    lot.judge_id, lot.judged_at = user_id, at
    lot.state = "accepted" if verdict.accepted else "refused"
    session.flush()
    details = {"lot": lot.id, "drawn": len(drawn), "wrong": len(wrong), "accept": lot.accept}
    _note(unit, user_id, f"lot.{lot.state}", lot, details)
    job = enqueue(session, SETTLE_LOT, lot.id)
    session.flush()
    return [job.id]


def give_back(unit: Unit, lot: Lot) -> int:
    """Give all drafts of a refused lot back to the queue; gives how many."""
    session = unit.session
    waiting = session.execute(select(func.count()).select_from(Draft).where(Draft.lot_id == lot.id)).scalar_one()
    session.execute(update(Draft).where(Draft.lot_id == lot.id, Draft.state == "open").values(lot_id=None))
    rest = update(LotDraft).where(LotDraft.lot_id == lot.id, LotDraft.outcome.is_(None))
    session.execute(rest.values(outcome="returned", reason="refused"))
    session.flush()
    return waiting


def next_of(session: Session, lot: Lot, limit: int = 50) -> list[str]:
    """The drafts of an accepted lot that nothing was done with yet, in order."""
    query = select(LotDraft.draft_id).where(LotDraft.lot_id == lot.id, LotDraft.outcome.is_(None))
    return list(session.scalars(query.order_by(LotDraft.id).limit(limit)))


def confirm(unit: Unit, lot: Lot, draft_id: str, *, at: datetime | None = None) -> bool:
    """Confirm one draft of an accepted lot as its judge's decision; ``False``: it goes back to the queue, with why.

    So goes one that was found wrong, that changed since it was drawn, that needs another person by now, or whose
    values the rules no longer let stand.
    """
    session, at = unit.session, at or now()
    draft = draft_writing.locked(session, draft_id)
    member = session.scalar(select(LotDraft).where(LotDraft.lot_id == lot.id, LotDraft.draft_id == draft_id))
    if member is None or member.outcome is not None:
        return False
    if draft.lot_id != lot.id or draft.state != "open":
        member.outcome, member.reason = "returned", "changed"
        return False
    reason = "wrong" if member.verdict == "wrong" else _stale(unit, draft, member, at)
    if reason is None:
        drafts.confirm_in_lot(unit, draft_id, lot.judge_id or "", member.version, lot_id=lot.id, at=at)
        member.outcome = "confirmed"
        session.flush()
        return True
    if draft.lot_id is not None:
        batch_light.release(unit, draft, reason)
    return False


def put_back(unit: Unit, lot: Lot, draft_id: str, reason: str) -> None:
    """Give one draft of a lot back to the queue, with why."""
    draft = draft_writing.locked(unit.session, draft_id)
    if draft.lot_id == lot.id:
        batch_light.release(unit, draft, reason)


def returned_by(error: ReviewError) -> str:
    """The reason of a draft that could not be confirmed, out of what was raised."""
    return error.code.partition(".")[2][:32]


def unsorted(session: Session, lot: Lot, after: str, limit: int = 50) -> list[str]:
    """Open drafts of the lot's batch that are in no lot, behind ``after``, in order: those to be looked through."""
    query = select(Draft.id).join(BatchItem, BatchItem.case_id == Draft.case_id)
    free = query.where(BatchItem.batch_id == lot.batch_id, Draft.state == "open", Draft.lot_id.is_(None))
    return list(session.scalars(free.where(Draft.id > after).order_by(Draft.id).limit(limit)))


def _stale(unit: Unit, draft: Draft, member: LotDraft, at: datetime) -> str | None:
    draft_writing.renew(unit, draft, at)
    if draft.version != member.version or draft.lot_id is None:
        return "changed"
    item = unit.session.scalar(select(BatchItem).where(BatchItem.case_id == draft.case_id))
    if item is None:
        return "changed"
    rounds.need(unit.session, draft)
    return "people" if draft.people > 1 else None


def _line(session: Session, lot: Lot) -> LotLine:
    rows = session.execute(
        select(LotDraft.verdict, LotDraft.outcome, LotDraft.reason, LotDraft.position.is_not(None), func.count())
        .where(LotDraft.lot_id == lot.id)
        .group_by(LotDraft.verdict, LotDraft.outcome, LotDraft.reason, LotDraft.position.is_not(None))
    ).all()
    told = [(verdict, outcome, bool(drawn), count) for verdict, outcome, _reason, drawn, count in rows]
    names = names_of(session, [lot.judge_id])
    return LotLine(
        lot=lot,
        drafts=sum(count for _, outcome, _, count in told if outcome != "returned" or lot.state != "gathering"),
        judged=sum(count for verdict, outcome, drawn, count in told if drawn and (verdict or outcome == "returned")),
        wrong=sum(count for verdict, outcome, drawn, count in told if drawn and _is_wrong(verdict, outcome)),
        confirmed=sum(count for _, outcome, _, count in told if outcome == "confirmed"),
        returned=sum(count for _, outcome, _, count in told if outcome == "returned"),
        judge=names.get(lot.judge_id or ""),
        judge_account=session.scalar(select(User.name).where(User.id == lot.judge_id)),
    )


def _is_wrong(verdict: str | None, outcome: str | None) -> bool:
    return verdict == "wrong" or (verdict is None and outcome == "returned")


def _members(session: Session, lot_id: str, *, every: bool = False) -> Sequence[LotDraft]:
    query = select(LotDraft).where(LotDraft.lot_id == lot_id).order_by(LotDraft.id)
    return session.scalars(query if every else query.where(LotDraft.outcome.is_(None))).all()


def _locked(session: Session, lot_id: str, state: str) -> Lot:
    lot = session.get(Lot, lot_id, with_for_update=True, populate_existing=True)
    if lot is None:
        raise LookupError(lot_id)
    if lot.state != state:
        raise LotStateError
    return lot


def _note(unit: Unit, user_id: str, action: str, lot: Lot, details: Mapping[str, object]) -> None:
    audit.append(
        unit, actor=user_id, action=action, subject_kind="batch", subject_id=lot.batch_id, details=dict(details)
    )
