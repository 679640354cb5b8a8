"""Whose papers a case holds, where a person says so: one of the customers that there are, or a new one.

Without a pick the papers' own numbers tell, or the customer who was named at the upload. A pick makes the draft anew
against the file that was picked, so that what would change in it is seen; where it goes against a number by which the
papers tell another customer, the draft has an error that has to be corrected or acknowledged
(``customer.identity_changed``, ``customer.known_elsewhere``). Nothing is decided by it: the next pick takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from intake.customers import resembling
from intake.customers.resembling import Facts, MatchingOptions, Reason
from intake.errors import UnknownCustomerError
from intake.types import DraftCustomerFile
from models import audit, cases, customer_marks, customers, draft_writing
from models.cases import Case
from models.customer_rows import Customer
from models.customers import NEW
from models.database import Unit
from models.draft_rows import Draft

UPLOAD = "upload"
"""A reason that is no fact: the customer was named when the papers were handed in."""


@dataclass(frozen=True, slots=True)
class Match:
    """A customer file that the papers may be about, with what they have in common; ``chosen``: the draft is its."""

    number: str
    name: str
    version: int
    reasons: tuple[Reason, ...]
    weight: float
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """The files that a draft may be about, the likest first, and what was picked, if anything.

    ``by_itself`` is the number that stands where nobody picks; ``None`` means a new customer there, too.
    """

    items: tuple[Match, ...]
    choice: str | None
    by_itself: str | None


def choose(unit: Unit, draft: Draft, choice: str | None, *, user_id: str, at: datetime) -> None:
    """Keep a pick for the case of a draft that the caller has found to be open and his, and make the draft anew.

    ``choice`` is a customer's number, :data:`NEW`, or ``None``: what the case itself tells. Raises
    UnknownCustomerError where there is no such customer, or one of another kind than the papers speak of.
    """
    session = unit.session
    case = session.get_one(Case, draft.case_id)
    if choice == case.customer_choice:
        return
    if choice not in {None, NEW}:
        picked = session.get(Customer, choice)
        if picked is None or picked.kind != draft.body["kind"]:
            raise UnknownCustomerError
    case.customer_choice = choice
    session.flush()
    draft_writing.redraft(unit, draft, at)
    details = {"customer": choice or "by_itself", "draft": draft.id, "version": draft.version}
    audit.append(
        unit, actor=user_id, action="case.customer_chosen", subject_kind="case", subject_id=case.id, details=details
    )


def settle(session: Session, case_id: str, number: str) -> None:
    """Let a case that a person gave a new customer be that customer's from now on: he has a file."""
    case = session.get_one(Case, case_id)
    if case.customer_choice is not None:
        case.customer_choice = number


def matches(
    session: Session, case_id: str, file: DraftCustomerFile, given: Facts, options: MatchingOptions | None = None
) -> Matches:
    """The customer files that resemble a draft; ``given`` are its facts as they stand, corrections among them."""
    options = options or MatchingOptions()
    documents = cases.documents(session, case_id)
    alone = customers.by_itself(session, case_id, documents)
    named = customers.named_at_upload(session, case_id)
    own = [file.customer_number, None if alone is None else alone.number, named]
    numbers = [one for one in own if one is not None]
    numbers += [number for _, number in customers.holders(session, resembling.numbers(file.kind, given))]
    numbers += customer_marks.near(session, resembling.marks(file.kind, given), options)
    compared = [
        _named(one) if one.number == named else one
        for one in _compared(session, list(dict.fromkeys(numbers)), file, given, options)
    ]
    kept = {one for one in own if one is not None}
    ranked = sorted(compared, key=lambda one: (one.number not in kept, -one.weight, one.number))
    case = session.get_one(Case, case_id)
    return Matches(tuple(ranked[: options.most]), case.customer_choice, None if alone is None else alone.number)


def _compared(
    session: Session, numbers: Sequence[str], file: DraftCustomerFile, given: Facts, options: MatchingOptions
) -> list[Match]:
    """Those of the customers that resemble the draft, and the one that it is made against in any case."""
    known = customer_marks.facts(session, numbers)
    found = []
    for row in customer_marks.rows(session, numbers):
        if row.kind != file.kind:
            continue
        like = resembling.compare(file.kind, given, known.get(row.number, {}), options)
        chosen = row.number == file.customer_number
        if like is not None:
            found.append(Match(row.number, row.name, row.version, like.reasons, like.weight, chosen))
        elif chosen:
            found.append(Match(row.number, row.name, row.version, (), 0.0, chosen))
    return found


def _named(match: Match) -> Match:
    return replace(match, reasons=(Reason(UPLOAD), *match.reasons))
