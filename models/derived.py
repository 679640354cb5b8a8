"""What is worked out of other rows and kept beside them, filled where it is missing or where its rule has changed.

Each kind has a rule's number; the database keeps by which it was filled last. What was there before the table was made,
or was written by an older rule, is written at the next upgrade, a part at a time: who breaks off goes on there the next
time, running twice is harmless, and people may work meanwhile. It may take minutes, so it is said and logged how far
it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake import log
from models import customer_marks, groups
from models.base import Base
from models.customer_rows import Customer
from models.database import Database, Unit
from models.draft_rows import Draft
from models.groups import Doubt

_PART = 500
"""Rows of one unit."""

_SECONDS = 10.0
"""Between two words in the log on how far it is."""

logger = log.get(__name__)


class Derived(Base):
    """衍生数据: by which rule something that is worked out was filled last.

    ``reached``: it is being filled, and all up to that identifier is; ``None`` once it is filled.
    """

    __tablename__ = "derived"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[int]
    reached: Mapped[str | None] = mapped_column(String(32))


@dataclass(frozen=True, slots=True)
class Filling:
    """How far a kind is: ``done`` rows of ``total`` that were to be looked at this time."""

    name: str
    done: int
    total: int


Tell = Callable[[Filling], None]


def quiet(_: Filling) -> None:
    """Tell nobody; the log has it."""


def fill(database: Database, tell: Tell = quiet) -> list[str]:
    """Fill what was not filled by the present rule; gives the names of what was. ``tell`` hears how far it is."""
    with database.read() as session:
        known = {row.name: row for row in session.scalars(select(Derived))}
    due = [name for name, kind in _KINDS.items() if not _filled(known.get(name), kind)]
    for name in due:
        row = known.get(name)
        reached = row.reached if row is not None and row.rule == _KINDS[name].rule else None
        _fill(database, name, reached or "", tell)
    return due


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind is filled: the number of its rule, which grows when it changes; what is to be looked at; a part.

    ``left`` counts the rows behind an identifier, ``part`` fills the next some of them and gives their identifiers.
    """

    rule: int
    left: Callable[[Session, str], int]
    part: Callable[[Unit, str], list[str]]


def _filled(row: Derived | None, kind: _Kind) -> bool:
    return row is not None and row.rule == kind.rule and row.reached is None


def _fill(database: Database, name: str, after: str, tell: Tell) -> None:
    kind, done, begun = _KINDS[name], 0, time.monotonic()
    with database.read() as session:
        total = kind.left(session, after)
    if total:
        logger.info("derived.filling", kind=name, rows=total, goes_on=bool(after))
    said = begun
    while True:
        tell(Filling(name, done, total))
        with database.unit() as unit:
            rows = kind.part(unit, after)
            reached = rows[-1] if rows else None
            unit.session.merge(Derived(name=name, rule=kind.rule, reached=reached))
        if reached is None:
            break
        done, after = done + len(rows), reached
        if time.monotonic() - said >= _SECONDS:
            said = time.monotonic()
            logger.info("derived.going_on", kind=name, done=done, rows=total)
    if total:
        logger.info("derived.filled", kind=name, rows=done, seconds=round(time.monotonic() - begun, 1))


def _marks_left(session: Session, after: str) -> int:
    return session.scalar(select(func.count()).select_from(Customer).where(Customer.number > after)) or 0


def _marks(unit: Unit, after: str) -> list[str]:
    query = select(Customer).where(Customer.number > after).order_by(Customer.number).limit(_PART)
    rows = unit.session.scalars(query.with_for_update()).all()
    customer_marks.write(unit.session, rows)
    return [row.number for row in rows]


def _bare(after: str) -> tuple[ColumnElement[bool], ...]:
    """Open drafts behind an identifier with doubtful readings of which none is written."""
    return Draft.state == "open", Draft.id > after, Draft.doubtful > 0, ~exists().where(Doubt.draft_id == Draft.id)


def _doubts_left(session: Session, after: str) -> int:
    return session.scalar(select(func.count()).select_from(Draft).where(*_bare(after))) or 0


def _doubts(unit: Unit, after: str) -> list[str]:
    """The doubtful readings of open drafts that have none written: those that are older than group verification."""
    query = select(Draft).where(*_bare(after)).order_by(Draft.id).limit(_PART)
    rows = unit.session.scalars(query.with_for_update(of=Draft)).all()
    for row in rows:
        groups.write(unit.session, row)
    return [row.id for row in rows]


_KINDS: dict[str, _Kind] = {"customer_marks": _Kind(1, _marks_left, _marks), "doubts": _Kind(1, _doubts_left, _doubts)}
"""Each kind by its name."""
