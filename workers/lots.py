"""What a worker does with a lot: looks a batch through for drafts that fit, confirms an accepted, empties a refused.

An acceptance has every original hashed anew and the whole batch held to the rules. Each draft is its own transaction:
broken off anywhere, the job goes on where it was.
"""

from __future__ import annotations

from intake import log
from intake.errors import ReviewError, StoreDamagedError, StoreUnavailableError
from models import acceptance, acceptance_lines, batch_light, batch_lots, jobs
from models.acceptance_rows import Acceptance
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


def check(context: Context, claim: jobs.Claim) -> list[str]:
    """Carry out a ``check_batch`` job: every original is hashed anew, then all of the batch is held to the rules."""
    with context.database.read() as session:
        batch_id = session.get_one(Acceptance, claim.subject_id).batch_id
        sums = acceptance_lines.sums(session, batch_id)
    known = {sha256: _whole(context, sha256) for sha256 in sums}
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        acceptance.check(unit, claim.subject_id, lambda sha256: known.get(sha256, False))
    logger.info("batch.checked", job=claim.job_id, originals=len(known))
    return []


def _whole(context: Context, sha256: str) -> bool:
    """Whether the store holds the bytes that hash so; a store that does not answer is another matter."""
    try:
        context.store.open(sha256).close()
    except StoreDamagedError:
        return False
    except StoreUnavailableError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise
        return False
    return True


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
