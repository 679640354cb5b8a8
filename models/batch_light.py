"""Light confirmation, the way in: the archivist's policy for a batch, and which drafts it puts into a lot.

A draft is sorted whenever it is written. In a lot it is not in the queue, in no group and given to nobody as his next;
one that changes is sorted anew.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import wire
from intake.archive import checks, light
from intake.archive.checks import PageLine
from intake.archive.light import LightPolicy
from intake.errors import InLotError
from intake.options import DraftingOptions
from intake.pictures import PageMeasures
from intake.types import DraftCustomerFile
from models import audit, policies
from models.base import now
from models.batch_rows import Batch, BatchItem, LedgerPage
from models.cases import Page
from models.database import Unit
from models.draft_rows import Draft
from models.job_rows import SETTLE_LOT, enqueue
from models.lot_rows import Lot, LotDraft

LIGHT = "light"
"""Key of :attr:`Batch.policy`."""


def policy(session: Session, batch_id: str) -> LightPolicy:
    """What the archivist settled on for a batch; off where nothing is."""
    return light.policy(session.get_one(Batch, batch_id).policy.get(LIGHT))


def calibrated(session: Session) -> float:
    """The office's own line: the lowest threshold that a policy may have."""
    set_here = policies.read(session).drafting(DraftingOptions())
    return set_here.doubtful_below


def set_policy(unit: Unit, batch_id: str, chosen: LightPolicy, *, user_id: str) -> list[str]:
    """Keep the archivist's policy; gives the jobs to ring. Raises InvalidLightPolicyError and LookupError.

    Switched off, or changed, it empties the lot that gathers; switched on, it gathers the open drafts that fit.
    """
    session = unit.session
    batch = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch is None:
        raise LookupError(batch_id)
    before = light.policy(batch.policy.get(LIGHT))
    if chosen.on:
        light.require(chosen, calibrated(session))
    if chosen == before:
        return []
    batch.policy = {**batch.policy, LIGHT: asdict(chosen)}
    _disband(session, batch_id)
    session.flush()
    details = {"policy": LIGHT, "value": asdict(chosen)}
    audit.append(unit, actor=user_id, action="batch.policy", subject_kind="batch", subject_id=batch_id, details=details)
    return _gather_later(unit, batch_id, chosen)


def _gather_later(unit: Unit, batch_id: str, chosen: LightPolicy) -> list[str]:
    if not chosen.on:
        return []
    job = enqueue(unit.session, SETTLE_LOT, _gathering(unit, batch_id, chosen).id)
    unit.session.flush()
    return [job.id]


def sort(unit: Unit, draft: Draft, at: datetime | None = None) -> None:
    """Put a draft that was just written into its batch's lot, or take it out, as the policy has it."""
    session = unit.session
    item = session.scalar(select(BatchItem).where(BatchItem.case_id == draft.case_id))
    if item is None and draft.lot_id is None:
        return
    chosen = LightPolicy() if item is None else policy(session, item.batch_id)
    reason = "policy" if item is None or not chosen.on else unfit(session, draft, item, chosen)
    if draft.lot_id is not None:
        _resort(unit, draft, reason)
    elif item is not None and reason is None and draft.claimed_by is None:
        _enter(unit, draft, item.batch_id, chosen, at or now())


def unfit(session: Session, draft: Draft, item: BatchItem, chosen: LightPolicy) -> str | None:
    """Why a draft cannot go to a lot, as a code; ``None`` where it can."""
    if draft.people > 1 or draft.round > 1:
        return "people"
    if item.suggested:
        return "boundaries"
    line = policies.read(session).drafting(DraftingOptions()).line
    found = light.unfit(wire.load(DraftCustomerFile, draft.body), chosen, line)
    return found or ("pages" if _failing(session, item.id) else None)


def must_be_free(draft: Draft) -> None:
    """Raise InLotError for a draft that waits in a lot."""
    if draft.lot_id is not None:
        raise InLotError


def release(unit: Unit, draft: Draft, reason: str) -> None:
    """Give a draft of a lot back to the queue, and keep why."""
    session, lot_id = unit.session, str(draft.lot_id)
    member = session.scalar(select(LotDraft).where(LotDraft.lot_id == lot_id, LotDraft.draft_id == draft.id))
    if member is not None:
        member.outcome, member.reason = "returned", reason
    draft.lot_id = None
    session.flush()
    _note(unit, "draft.out_of_lot", draft, lot_id)


def _enter(unit: Unit, draft: Draft, batch_id: str, chosen: LightPolicy, at: datetime) -> None:
    session = unit.session
    lot = _gathering(unit, batch_id, chosen)
    member = session.scalar(select(LotDraft).where(LotDraft.lot_id == lot.id, LotDraft.draft_id == draft.id))
    if member is None:
        member = LotDraft(lot_id=lot.id, draft_id=draft.id)
        session.add(member)
    member.version, member.outcome, member.reason = draft.version, None, None
    draft.lot_id, draft.updated_at = lot.id, at
    session.flush()
    _note(unit, "draft.in_lot", draft, lot.id)


def _note(unit: Unit, action: str, draft: Draft, lot_id: str) -> None:
    details = {"lot": lot_id, "version": draft.version}
    audit.append(unit, actor="system", action=action, subject_kind="draft", subject_id=draft.id, details=details)


def _resort(unit: Unit, draft: Draft, reason: str | None) -> None:
    """A draft of a lot was written again: what is gathered takes its new version, what is drawn lets it go."""
    session = unit.session
    lot = session.get_one(Lot, draft.lot_id)
    member = session.scalar(select(LotDraft).where(LotDraft.lot_id == lot.id, LotDraft.draft_id == draft.id))
    if lot.state == "gathering" and reason is None and member is not None:
        member.version = draft.version
    elif member is None or member.version != draft.version or reason is not None:
        release(unit, draft, reason or "changed")


def _gathering(unit: Unit, batch_id: str, chosen: LightPolicy) -> Lot:
    """The lot of a batch that drafts come into, a new one where there is none."""
    session = unit.session
    session.get_one(Batch, batch_id, with_for_update=True)
    lot = session.scalar(select(Lot).where(Lot.batch_id == batch_id, Lot.state == "gathering"))
    if lot is None:
        lot = Lot(batch_id=batch_id, created_at=now(), state="gathering")
        lot.threshold, lot.aql, lot.share, lot.seed = chosen.threshold, chosen.aql, chosen.share, chosen.seed
        session.add(lot)
        session.flush()
    return lot


def _disband(session: Session, batch_id: str) -> None:
    """Give the drafts of the lot that gathers back to the queue; the lot goes, nobody had a word in it."""
    lot = session.scalar(select(Lot).where(Lot.batch_id == batch_id, Lot.state == "gathering"))
    if lot is None:
        return
    session.execute(update(Draft).where(Draft.lot_id == lot.id).values(lot_id=None))
    lot.state, lot.judged_at = "refused", now()
    gone = update(LotDraft).where(LotDraft.lot_id == lot.id, LotDraft.outcome.is_(None))
    session.execute(gone.values(outcome="returned", reason="policy"))
    session.flush()


def _failing(session: Session, item_id: str) -> bool:
    """Whether a page of an item fails what machines check of single pages; one that was never measured does."""
    query = select(LedgerPage, Page.measures).join(Page, Page.id == LedgerPage.page_id)
    for page, kept in session.execute(query.where(LedgerPage.item_id == item_id)):
        measures = None if kept is None else wire.load(PageMeasures, kept)
        line = PageLine(page.id, page.folder_id, page.number, "filed", None, page.file_id, measures)
        if checks.failures(line):
            return True
    return False
