"""What people have said of a batch: how far it may be handed over (:mod:`intake.archive.leaving`)."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from intake.archive.leaving import ACCEPTED, Standing
from models import acceptance
from models.batch_rows import Batch, BatchItem, LedgerPage
from models.draft_rows import Draft

_DECIDED = ("confirmed", "discarded")


def standing(session: Session, batch_id: str) -> Standing:
    """Where a batch stands; raises LookupError."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise LookupError(batch_id)
    row = acceptance.latest(session, batch_id)
    if row is None:
        return Standing(batch.state == "closed", undecided=_undecided(session, batch_id))
    accepted = row.state == ACCEPTED
    return Standing(
        closed=batch.state == "closed",
        verdict=row.state,
        number=row.number,
        signed_at=row.signed_at,
        unchanged=not accepted or acceptance.holds(session, row),
        undecided=_undecided(session, batch_id),
    )


def _undecided(session: Session, batch_id: str) -> int:
    """Items with pages whose latest draft speaks of papers and is open or returned, or that have no draft at all.

    A paper of no known type holds no value: there is nothing to decide on it.
    """
    of_batch = select(BatchItem.case_id).where(BatchItem.batch_id == batch_id)
    drafts = select(Draft.case_id, func.max(Draft.id).label("id")).where(Draft.case_id.in_(of_batch))
    newest = drafts.group_by(Draft.case_id).subquery()
    query = (
        select(func.count())
        .select_from(BatchItem)
        .outerjoin(newest, newest.c.case_id == BatchItem.case_id)
        .outerjoin(Draft, Draft.id == newest.c.id)
        .where(BatchItem.batch_id == batch_id)
        .where(select(LedgerPage.id).where(LedgerPage.item_id == BatchItem.id).exists())
        .where(or_(Draft.id.is_(None), Draft.state.not_in(_DECIDED) & (Draft.types != "")))
    )
    return session.scalar(query) or 0
