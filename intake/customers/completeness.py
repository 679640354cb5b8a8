"""Which papers a customer of a kind must bring, and which of them are there, missing, expired or not legible.

A checklist gives each type of paper its need: ``required``; ``one_of_a`` and ``one_of_b`` (one of the types of that
group is enough); ``if_present`` (its absence is no fault, but what is there must be fit). A type that a checklist does
not name is not asked for. Nothing here knows where papers are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from intake.types import CustomerKind, DocumentReading

Need = Literal["required", "one_of_a", "one_of_b", "if_present"]
State = Literal["there", "missing", "expired", "illegible", "absent", "seen", "awaited"]
Checklist = Mapping[str, Need]

NEEDS: tuple[Need, ...] = ("required", "one_of_a", "one_of_b", "if_present")

USUAL: Mapping[CustomerKind, Checklist] = {
    "company": {
        "business_license": "one_of_a",
        "social_organization": "one_of_a",
        "id_card_front": "required",
        "id_card_back": "required",
        "bank_account_permit": "required",
        "contract": "if_present",
        "tax_registration": "if_present",
    },
    "person": {"id_card_front": "required", "id_card_back": "required", "contract": "if_present"},
}
"""What banks and offices usually ask for; an office sets its own."""

UNTIL = ("valid_to", "effective_to")
"""The fields that say until when a paper holds."""

ILLEGIBLE = 0.5
"""Of a paper's fields so many or more without a value: another scan is quicker than typing them."""

_RANK: tuple[State, ...] = ("there", "expired", "illegible", "missing", "absent")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: the types of which one is asked for, their need, and how it stands.

    While files are still being read, a line may be ``seen`` (by a first look) or ``awaited`` instead of missing.
    ``until`` is the last day of the paper that counts, if it has one; ``documents`` are the identifiers of those found.
    """

    types: tuple[str, ...]
    need: Need
    state: State
    until: date | None = None
    documents: tuple[str, ...] = ()

    @property
    def fault(self) -> bool:
        """Whether something has to be brought."""
        return self.state in {"missing", "expired", "illegible"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the customer, under its identifier."""

    id: str
    reading: DocumentReading


def check(papers: Sequence[Paper], checklist: Checklist, today: date) -> tuple[Item, ...]:
    """How each line of the checklist stands, in the checklist's order; a group stands where its first type does."""
    groups: dict[str, list[str]] = {}
    for name, need in checklist.items():
        groups.setdefault(need if need.startswith("one_of") else name, []).append(name)
    return tuple(_item(tuple(names), checklist[names[0]], papers, today) for names in groups.values())


def kind_of(
    papers: Sequence[Paper], kinds: Mapping[str, CustomerKind], seen: Collection[str] = ()
) -> CustomerKind | None:
    """The kind of customer that these papers speak of: a company where one is a company's; ``None`` without papers.

    ``kinds`` tells of each type whose it is. A contract may be anybody's, so it alone says nothing. ``seen`` are types
    of papers that are not read yet.
    """
    types = (*(paper.reading.type for paper in papers), *seen)
    found = [kinds[name] for name in types if name is not None and name in kinds]
    if "company" in found:
        return "company"
    return "person" if found else None


def _item(names: tuple[str, ...], need: Need, papers: Sequence[Paper], today: date) -> Item:
    mine = [paper for paper in papers if paper.reading.type in names]
    if not mine:
        return Item(names, need, "absent" if need == "if_present" else "missing")
    best = min(mine, key=lambda paper: _RANK.index(state_of(paper.reading, today)))
    documents = tuple(paper.id for paper in mine)
    return Item(names, need, state_of(best.reading, today), valid_until(best.reading), documents)


def under_way(items: Sequence[Item], seen: Collection[str]) -> tuple[Item, ...]:
    """The lines while papers are still being read: what is not found so far is not missing yet.

    ``seen`` are the types that a first look at the papers told.
    """
    return tuple(replace(item, state=_so_far(item, seen)) for item in items)


def _so_far(item: Item, seen: Collection[str]) -> State:
    if item.documents:
        return item.state
    if any(name in seen for name in item.types):
        return "seen"
    return "awaited" if item.state == "missing" else item.state


def brought(items: Sequence[Item]) -> tuple[Item, ...]:
    """The lines as who may see nothing that was read sees them: which papers were brought, not until when they hold."""
    return tuple(replace(item, state="there" if item.documents else item.state, until=None) for item in items)


def state_of(reading: DocumentReading, today: date) -> State:
    """How one paper stands: legible and in force, expired, or not to be read."""
    values = [field.value for field in reading.fields]
    if not values or values.count(None) >= ILLEGIBLE * len(values):
        return "illegible"
    until = valid_until(reading)
    return "expired" if until is not None and until < today else "there"


def valid_until(reading: DocumentReading) -> date | None:
    """The last day on which a paper holds; ``None`` for one without end or whose end was not read."""
    for name in UNTIL:
        value = reading.value(name)
        if value is not None:
            try:
                return date.fromisoformat(value)
            except ValueError:
                return None
    return None


def known(value: object, types: Sequence[str]) -> dict[CustomerKind, Checklist]:
    """The checklists out of a kept policy; what it does not name, or names wrongly, is as usual or not asked for."""
    kept = value if isinstance(value, Mapping) else {}
    found: dict[CustomerKind, Checklist] = {}
    for kind, usual in USUAL.items():
        own = kept.get(kind)
        lines = own if isinstance(own, Mapping) else usual
        found[kind] = {name: need for name in types if (need := lines.get(name)) in NEEDS}
    return found
