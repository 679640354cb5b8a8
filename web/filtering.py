"""The queue's filter in the address: codes and numbers alone, so that it may be kept, shared and logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from intake import doctypes
from models.queue import Assigned, Doubt, QueueFilter
from web import access
from web.access import user

STATES = ("open", "confirmed", "returned", "discarded")
AGES = (1, 4, 24, 72, 168)
"""Hours that a draft may have waited for."""


def wanted(asked: Mapping[str, str]) -> QueueFilter:
    """What an address asks for; what it says in other words is left out."""
    state, hours = asked.get("state", ""), asked.get("hours", "")
    doubt, assigned = asked.get("doubt"), asked.get("assigned")
    reviews = access.may_review(user())
    return QueueFilter(
        state=state if state in STATES else STATES[0],
        type=next((kind.name for kind in doctypes.types() if kind.name == asked.get("type")), None),
        doubt=cast("Doubt", doubt) if doubt in get_args(Doubt) else None,
        reviewer=user().id if reviews else None,
        hours=next((age for age in AGES if hours == str(age)), None),
        assigned=cast("Assigned", assigned)
        if assigned in get_args(Assigned) and (reviews or assigned != "me")
        else None,
    )


def address(filters: QueueFilter) -> dict[str, str]:
    """The arguments of an address that asks for the same; whose filter it is they do not tell."""
    said = {
        "state": filters.state if filters.state != STATES[0] else None,
        "type": filters.type,
        "doubt": filters.doubt,
        "hours": str(filters.hours) if filters.hours else None,
        "assigned": filters.assigned,
    }
    return {name: value for name, value in said.items() if value}
