"""Whether a batch may be handed over: closed in any case, and as accepted only where people have said so.

As accepted a batch leaves where a named person signed its acceptance 验收 and its sources and pages are as they were
accepted, and where no item holds a value on which nobody decided: each was confirmed, by itself or with its lot, or put
aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.errors import BatchOpenError, BatchUnacceptedError, ItemsUnconfirmedError

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have said of a batch.

    ``verdict``: the state of its latest acceptance, ``None`` where nobody began one; ``number`` and ``signed_at`` are
    that acceptance's. ``unchanged``: its sources and pages are as they were accepted. ``undecided``: items whose draft
    holds values and is neither confirmed nor discarded.
    """

    closed: bool
    verdict: str | None = None
    number: int = 0
    signed_at: datetime | None = None
    unchanged: bool = True
    undecided: int = 0

    @property
    def accepted(self) -> bool:
        """Whether it may leave as accepted.

        >>> Standing(True, "accepted", 1).accepted, Standing(True, "accepted", 1, undecided=1).accepted
        (True, False)
        """
        return self.closed and self.verdict == ACCEPTED and self.unchanged and not self.undecided


def require(standing: Standing, *, unaccepted: bool = False) -> None:
    """Raise why a batch may not be handed over; ``unaccepted`` admits one that is closed and not accepted.

    Raises BatchOpenError, ItemsUnconfirmedError, BatchUnacceptedError.
    """
    if not standing.closed:
        raise BatchOpenError
    if unaccepted or standing.accepted:
        return
    if standing.undecided:
        raise ItemsUnconfirmedError(count=standing.undecided)
    raise BatchUnacceptedError
