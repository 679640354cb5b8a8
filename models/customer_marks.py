"""The marks of customer files: short keys by which those that resemble a draft are found, fast among any number.

Marks are worked out of a file's name, address and day of birth (:func:`intake.customers.resembling.marks`) and written
whenever these change. A mark that very many files share says nothing by itself and is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import sqrt
from typing import cast

from sqlalchemy import ForeignKey, String, delete, func, insert, literal, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.customers import resembling
from intake.customers.resembling import MatchingOptions
from intake.types import CustomerKind
from models.base import Base
from models.customer_rows import Customer, CustomerFact

Known = dict[str, dict[str, str]]
"""The facts that are compared, by customer number."""


class CustomerMark(Base):
    """检索键: that a customer file has a mark."""

    __tablename__ = "customer_marks"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_number: Mapped[str] = mapped_column(ForeignKey("customers.number"), primary_key=True, index=True)


def write(session: Session, customers: Iterable[Customer]) -> None:
    """Write the marks of some customer files anew, as their facts are now."""
    found = list(customers)
    session.flush()
    forget(session, [row.number for row in found])
    known = facts(session, [row.number for row in found])
    made = [
        {"mark": mark, "customer_number": row.number}
        for row in found
        for mark in sorted(resembling.marks(cast("CustomerKind", row.kind), known.get(row.number, {})))
    ]
    if made:
        session.execute(insert(CustomerMark), made)


def forget(session: Session, numbers: Sequence[str]) -> None:
    """Take the marks of some customer files out."""
    session.execute(delete(CustomerMark).where(CustomerMark.customer_number.in_(numbers)))


def facts(session: Session, numbers: Collection[str]) -> Known:
    """The facts of some customer files that are compared, as they are now."""
    wanted = {*resembling.facts("company"), *resembling.facts("person")}
    kept = session.execute(
        select(CustomerFact.customer_number, CustomerFact.fact, CustomerFact.value).where(
            CustomerFact.customer_number.in_(numbers),
            CustomerFact.fact.in_(sorted(wanted)),
            CustomerFact.superseded_at.is_(None),
        )
    )
    found: Known = defaultdict(dict)
    for number, fact, value in kept:
        found[number][fact] = value
    return found


def rows(session: Session, numbers: Collection[str]) -> Sequence[Customer]:
    """Some customers."""
    return session.scalars(select(Customer).where(Customer.number.in_(numbers))).all()


def near(session: Session, marks: Collection[str], options: MatchingOptions) -> list[str]:
    """The numbers of the customer files that share the most, and the rarest, of these marks."""
    counts = _counts(session, sorted(marks), options.frequent)
    chosen = _telling(counts, options.frequent)
    if not chosen:
        return []
    having = session.execute(
        select(CustomerMark.mark, CustomerMark.customer_number)
        .where(CustomerMark.mark.in_(chosen))
        .limit(2 * options.frequent)
    )
    worth: dict[str, float] = defaultdict(float)
    for mark, number in having:
        worth[number] += 1 / sqrt(counts[mark])
    ranked = sorted(worth.items(), key=lambda one: (-one[1], one[0]))
    return [number for number, _ in ranked[: options.looked_at]]


def _counts(session: Session, marks: Sequence[str], most: int) -> dict[str, int]:
    """How many files have each mark, counted as far as one more than ``most``; those that none has are left out."""
    if not marks:
        return {}
    each = []
    for mark in marks:
        some = select(CustomerMark.customer_number).where(CustomerMark.mark == mark).limit(most + 1).subquery()
        each.append(select(literal(mark), func.count()).select_from(some))
    return {mark: count for mark, count in session.execute(union_all(*each)) if count}


def _telling(counts: dict[str, int], most: int) -> list[str]:
    """The rarest marks, until they name enough files; the rarest of all however many have it."""
    chosen, named = list[str](), 0
    for mark, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        if chosen and (count > most or named + count > 2 * most):
            break
        chosen.append(mark)
        named += count
    return chosen
