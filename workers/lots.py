"""What a worker does with a lot: looks a batch through for drafts that fit, confirms an accepted, empties a refused.

An acceptance has every original hashed anew and the whole batch held to the rules. Each draft is its own transaction:
broken off anywhere, the job goes on where it was.
"""

from __future__ import annotations

from intake import log
from intake.errors import ReviewError, StoreDamagedError, StoreUnavailableError
from models import acceptance_checks, batch_light, batch_lots, jobs
from models.draft_rows import Draft
from models.lot_rows import Lot
from workers import turns
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
    """Carry out a ``check_batch`` job: hash originals for a turn, and after the last hold the batch to the rules.

    A further job goes on with what is left, for which the sweeper rings: what waits already comes first.
    """
    with context.database.read() as session:
        left = acceptance_checks.unhashed(session, claim.subject_id)
    over, damaged, hashed = turns.over(context), list[str](), 0
    for sha256 in left:
        if hashed and over():
            break
        damaged += [] if _whole(context, sha256) else [sha256]
        hashed += 1
    done = hashed == len(left)
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        if hashed:
            acceptance_checks.keep_hashed(unit, claim.subject_id, left[hashed - 1], damaged)
        if done:
            acceptance_checks.check(unit, claim.subject_id)
        else:
            acceptance_checks.again(unit, claim.subject_id)
    logger.info("batch.checked" if done else "batch.hashed", job=claim.job_id, originals=hashed)
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
