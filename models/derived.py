"""What is worked out of other rows and kept beside them, filled where it is missing or where its rule has changed.

Each kind has a rule's number; the database keeps by which it was filled last. What was there before the table was made,
or was written by an older rule, is written at the next upgrade, a part at a time: breaking off and running twice are
harmless, and people may work meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import String, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from models import customer_marks, groups
from models.base import Base
from models.customer_rows import Customer
from models.database import Database, Unit
from models.draft_rows import Draft
from models.groups import Doubt

_PART = 500
"""Rows of one unit."""

Part = Callable[[Unit, str], str | None]
"""Fill a part behind an identifier; gives the last one, ``None`` where nothing is left."""


class Derived(Base):
    """衍生数据: by which rule something that is worked out was filled last."""

    __tablename__ = "derived"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[int]


def fill(database: Database) -> list[str]:
    """Fill what was not filled by the present rule; gives the names of what was."""
    with database.read() as session:
        known = {row.name: row.rule for row in session.scalars(select(Derived))}
    due = [name for name, (rule, _) in _KINDS.items() if known.get(name) != rule]
    for name in due:
        rule, part = _KINDS[name]
        last: str | None = ""
        while last is not None:
            with database.unit() as unit:
                last = part(unit, last)
        with database.unit() as unit:
            unit.session.merge(Derived(name=name, rule=rule))
    return due


def _marks(unit: Unit, after: str) -> str | None:
    query = select(Customer).where(Customer.number > after).order_by(Customer.number).limit(_PART)
    rows = unit.session.scalars(query.with_for_update()).all()
    customer_marks.write(unit.session, rows)
    return rows[-1].number if rows else None


def _doubts(unit: Unit, after: str) -> str | None:
    """The doubtful readings of open drafts that have none written: those that are older than group verification."""
    bare = ~exists().where(Doubt.draft_id == Draft.id)
    query = select(Draft).where(Draft.state == "open", Draft.id > after, Draft.doubtful > 0, bare)
    rows = unit.session.scalars(query.order_by(Draft.id).limit(_PART).with_for_update(of=Draft)).all()
    for row in rows:
        groups.write(unit.session, row)
    return rows[-1].id if rows else None


_KINDS: dict[str, tuple[int, Part]] = {"customer_marks": (1, _marks), "doubts": (1, _doubts)}
"""Each kind with the number of its rule, which grows when the rule changes, and how a part of it is filled."""
