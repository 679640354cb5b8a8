"""The queue: drafts of a state, oldest first, as lines; filtered, a page at a time, and which one comes next.

Any number of drafts may wait. Lines are found inside the index ``ix_drafts_queue`` alone, whatever they are filtered
by, and only those of one page are looked up; the next free draft is the first of an index, however many are held or
assigned to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import Session
from ulid import ULID

from intake.types import CustomerKind
from models import rounds
from models.base import now
from models.cases import numbers_of
from models.draft_rows import Draft
from models.views import names_of

Doubt = Literal["errors", "doubtful", "none"]
Assigned = Literal["me", "nobody", "somebody"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a reviewer looks for.

    ``reviewer``: whose own word is out already, where a draft waits for another person, does not see it.
    ``doubt``: ``errors`` (with findings of that severity), ``doubtful`` (something has to be looked at), ``none``.
    ``hours``: made at least so long ago. ``assigned``: to ``reviewer`` (``me``), to ``nobody`` or to ``somebody``.
    """

    state: str = "open"
    type: str | None = None
    doubt: Doubt | None = None
    reviewer: str | None = None
    hours: int | None = None
    assigned: Assigned | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of the queue."""

    id: str
    case_id: str
    state: str
    version: int
    title: str
    kind: CustomerKind
    customer_number: str | None
    types: tuple[str, ...]
    facts: int
    doubtful: int
    errors: int
    round: int
    people: int
    created_at: datetime
    updated_at: datetime
    claimed_by: str | None
    claimed_by_name: str | None
    claimed_until: datetime | None
    assigned_to: str | None
    assigned_to_name: str | None
    case_number: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many drafts fit a filter; ``more``: so many are of its state that not all were looked at."""

    number: int
    more: bool


MOST_COUNTED = 100_000
"""Drafts of a state among which is counted for all views at once: twenty views take a fifth of a second."""

_COLUMNS = (
    Draft.id,
    Draft.case_id,
    Draft.state,
    Draft.version,
    Draft.body["title"].as_string().label("title"),
    Draft.body["kind"].as_string().label("kind"),
    func.json_array_length(Draft.body["facts"]).label("facts"),
    Draft.customer_number,
    Draft.types,
    Draft.doubtful,
    Draft.errors,
    Draft.round,
    Draft.people,
    Draft.created_at,
    Draft.updated_at,
    Draft.claimed_by,
    Draft.claimed_until,
    Draft.assigned_to,
)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some lines of the queue, and the cursor of the next ones (``None``: these were the last)."""

    items: tuple[QueueItem, ...]
    next: str | None


def queue(
    session: Session, filters: QueueFilter, cursor: str | None = None, limit: int = 50, *, at: datetime | None = None
) -> QueuePage:
    """The drafts of a state, oldest first, from behind ``cursor`` (the last identifier of the page before)."""
    rows = session.execute(lines(filters, cursor, limit + 1, at or now())).all()
    names = names_of(session, (account for row in rows for account in (row.claimed_by, row.assigned_to)))
    numbers = numbers_of(session, (row.case_id for row in rows))
    items = tuple(_item(row, names, numbers) for row in rows[:limit])
    return QueuePage(items, items[-1].id if len(rows) > limit else None)


def count(session: Session, filters: QueueFilter, *, at: datetime | None = None) -> int:
    """How many drafts fit a filter, counted inside the index."""
    found = select(func.count()).select_from(Draft).where(*conditions(filters, at or now()))
    return session.scalar(found) or 0


def counts(session: Session, wanted: Sequence[QueueFilter], *, at: datetime | None = None) -> list[Counted]:
    """How many drafts fit each of some filters, in their order; all filters are one reviewer's, or nobody's.

    However many filters there are, each state is gone through once, inside the index and no further than
    :data:`MOST_COUNTED` drafts.
    """
    found: dict[QueueFilter, Counted] = {}
    for state in dict.fromkeys(one.state for one in wanted):
        alike = list(dict.fromkeys(one for one in wanted if one.state == state))
        seen, *numbers = session.execute(_tally(alike, at or now())).one()
        found |= {one: Counted(number or 0, seen >= MOST_COUNTED) for one, number in zip(alike, numbers, strict=True)}
    return [found[one] for one in wanted]


def _tally(alike: Sequence[QueueFilter], at: datetime) -> Select[Any]:
    """The statement that counts for filters of one state: a column of ones and noughts for each, summed."""
    fits = [case((and_(true(), *_narrowed(one, at)), 1), else_=0).label(f"n{place}") for place, one in enumerate(alike)]
    rows = select(*fits).where(*_reach(alike[0])).order_by(Draft.id).limit(MOST_COUNTED).subquery()
    sums: list[ColumnElement[Any]] = [func.sum(column) for column in rows.c]
    return select(func.count(), *sums)


def lines(filters: QueueFilter, cursor: str | None, limit: int, at: datetime) -> Select[Any]:
    """The statement of a page: identifiers out of the index first, then the rows of these alone."""
    found = select(Draft.id).where(*conditions(filters, at)).order_by(Draft.id).limit(limit)
    if cursor:
        found = found.where(Draft.id > cursor)
    wanted = found.subquery()
    return select(*_COLUMNS).join(wanted, wanted.c.id == Draft.id).order_by(Draft.id)


def conditions(filters: QueueFilter, at: datetime) -> list[ColumnElement[bool]]:
    """What a draft has to be, said of the columns of ``ix_drafts_queue`` alone."""
    return _reach(filters) + _narrowed(filters, at)


def _reach(filters: QueueFilter) -> list[ColumnElement[bool]]:
    """The drafts of a state, but those whose next person has to be another."""
    found: list[ColumnElement[bool]] = [Draft.state == literal(filters.state, literal_execute=True)]
    if filters.state == "open":
        found.append(Draft.lot_id.is_(None))  # those of a lot are judged by its sample
    if filters.reviewer:
        found.append(or_(Draft.round == 1, ~rounds.decided_by(filters.reviewer)))
    return found


def _narrowed(filters: QueueFilter, at: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.type:
        found.append(Draft.types.contains(f",{filters.type},", autoescape=True))
    if filters.hours:
        found.append(Draft.id < first_id(at - timedelta(hours=filters.hours)))
    return found + _DOUBTS.get(filters.doubt or "", []) + _assigned(filters)


_DOUBTS: dict[str, list[ColumnElement[bool]]] = {
    "errors": [Draft.errors > 0],
    "doubtful": [or_(Draft.doubtful > 0, Draft.errors > 0)],
    "none": [Draft.doubtful == 0, Draft.errors == 0],
}


def _assigned(filters: QueueFilter) -> list[ColumnElement[bool]]:
    if filters.assigned is None:
        return []
    if filters.assigned == "me":
        return [Draft.assigned_to == filters.reviewer]
    return [Draft.assigned_to.is_(None) if filters.assigned == "nobody" else Draft.assigned_to.is_not(None)]


def first_id(at: datetime) -> str:
    """The smallest identifier that could be made at a time: identifiers begin with the time that they were made.

    >>> from datetime import UTC
    >>> first_id(datetime(2026, 11, 22, tzinfo=UTC))
    '01KAME5C000000000000000000'
    """
    return str(ULID.from_bytes(int(at.timestamp() * 1000).to_bytes(6, "big") + bytes(10)))


def following(
    session: Session, user_id: str, at: datetime, *, beside: str | None = None, hold: bool = False
) -> str | None:
    """The draft that a reviewer is given next: the oldest of those assigned to him, held by him, or free for anyone.

    What is assigned to him goes before what is nobody's. ``hold`` locks it until the unit ends and passes over what
    another unit has locked, so that any number who ask at once are each given another one.
    """
    held, mine, nobodys = (_first(condition, user_id, beside, hold=hold) for condition in _free(user_id, at))
    own = session.scalar(mine)
    found = (session.scalar(held), session.scalar(nobodys) if own is None else own)
    return min((one for one in found if one is not None), default=None)


def _first(where: list[ColumnElement[bool]], user_id: str, beside: str | None, *, hold: bool) -> Select[str]:
    query = select(Draft.id).where(_open(), *where, or_(Draft.round == 1, ~rounds.decided_by(user_id)))
    if beside is not None:
        query = query.where(Draft.id != beside)
    query = query.order_by(Draft.id).limit(1)
    return query.with_for_update(skip_locked=True) if hold else query


def _free(user_id: str, at: datetime) -> tuple[list[ColumnElement[bool]], ...]:
    """Where the next draft may lie: each is the beginning of an index, or holds no more than are held just now."""
    mine_or_nobodys = or_(Draft.assigned_to.is_(None), Draft.assigned_to == user_id)
    lapsed = (Draft.claimed_until < at) & mine_or_nobodys
    return (
        [Draft.claimed_by.is_not(None), or_(Draft.claimed_by == user_id, lapsed)],
        [Draft.claimed_by.is_(None), Draft.lot_id.is_(None), Draft.assigned_to == user_id],
        [Draft.claimed_by.is_(None), Draft.lot_id.is_(None), Draft.assigned_to.is_(None)],
    )


def _open() -> ColumnElement[bool]:
    """Said in the statement itself: a plan that is made for any state cannot use an index of the open ones."""
    return Draft.state == literal("open", literal_execute=True)


def _item(row: Row[Any], names: dict[str, str], numbers: dict[str, str | None]) -> QueueItem:
    shown: dict[str, Any] = {**row._mapping}  # noqa: SLF001  # the public way to a row's columns by name
    shown["types"] = tuple(name for name in row.types.split(",") if name)
    for name in ("claimed_by", "assigned_to"):
        shown[f"{name}_name"] = names.get(shown[name] or "")
    shown["case_number"] = numbers.get(row.case_id)
    return QueueItem(**shown)
