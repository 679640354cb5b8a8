"""What a worker does with a lot: looks a batch through for drafts that fit, confirms an accepted, empties a refused.

Each draft is its own transaction: broken off anywhere, the job goes on where it was.
"""

from __future__ import annotations

from intake import log
from intake.errors import ReviewError
from models import batch_light, batch_lots, jobs
from models.draft_rows import Draft
from models.lot_rows import Lot
from workers.context import Context

logger = log.get(__name__)


def settle(context: Context, claim: jobs.Claim) -> list[str]:
    """Carry out a ``settle_lot`` job."""
    with context.database.read() as session:
        lot = session.get_one(Lot, claim.subject_id)
    done = {"gathering": _gather, "accepted": _confirm, "refused": _give_back}.get(lot.state, _nothing)(context, lot)
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
    logger.info("lot.settled", job=claim.job_id, state=lot.state, drafts=done)
    return []


def _gather(context: Context, lot: Lot) -> int:
    """Sort the open drafts of a batch whose policy was just set."""
    looked, after = 0, ""
    while True:
        with context.database.unit() as unit:
            found = batch_lots.unsorted(unit.session, lot, after)
            for draft_id in found:
                batch_light.sort(unit, unit.session.get_one(Draft, draft_id))
        if not found:
            return looked
        looked, after = looked + len(found), found[-1]


def _confirm(context: Context, lot: Lot) -> int:
    confirmed = 0
    while True:
        with context.database.read() as session:
            waiting = batch_lots.next_of(session, lot)
        if not waiting:
            return confirmed
        for draft_id in waiting:
            confirmed += _confirm_one(context, lot, draft_id)


def _confirm_one(context: Context, lot: Lot, draft_id: str) -> bool:
    try:
        with context.database.unit() as unit:
            return batch_lots.confirm(unit, lot, draft_id)
    except ReviewError as error:
        reason = batch_lots.returned_by(error)
    with context.database.unit() as unit:
        batch_lots.put_back(unit, lot, draft_id, reason)
    return False


def _give_back(context: Context, lot: Lot) -> int:
    with context.database.unit() as unit:
        return batch_lots.give_back(unit, lot)


def _nothing(_context: Context, _lot: Lot) -> int:
    return 0
