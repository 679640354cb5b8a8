"""Taking drafts out of the queue: the next one for a reviewer, claimed in the unit that chose it."""

from __future__ import annotations

from datetime import datetime

from models import drafts, queue
from models.base import now
from models.database import Unit


def claim_next(unit: Unit, user_id: str, minutes: int, *, at: datetime | None = None) -> str | None:
    """Claim the draft that this reviewer is given next and give its identifier; ``None`` where none is free.

    It is locked as it is chosen, and what another unit has locked is passed over: nobody waits, nobody asks twice.
    """
    at = at or now()
    found = queue.following(unit.session, user_id, at, hold=True)
    if found is not None:
        drafts.claim(unit, found, user_id, minutes, at=at)
    return found
