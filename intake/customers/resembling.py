"""Which customer files a draft may be about, and why: the same numbers, a like name, a like address.

Numbers tell by themselves (:mod:`intake.customers.matching`). A name tells where it is very like and no number tells
the two apart (of a person: nor day of birth or address); where it is merely like, or they are told apart, a second
reason has to stand beside it. By *marks* the few files worth comparing are found among all: short keys of which a
misread character spoils only some.
Nothing is decided here: the reasons are shown to a person, who picks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from intake.customers import likeness
from intake.customers.matching import both_forms
from intake.customers.titles import name_fact
from intake.types import CustomerKind

Facts = Mapping[str, str | None]
"""Facts (without number) and their values."""

NUMBERS: Mapping[CustomerKind, tuple[str, ...]] = {
    "company": ("credit_code", "registration_number", "taxpayer_number", "account_number"),
    "person": ("id_number", "account_number"),
}
"""The facts by which one file is told from all others, the surest first."""

ADDRESS: Mapping[CustomerKind, str] = {"company": "registered_address", "person": "person_address"}
SECOND: Mapping[CustomerKind, str] = {"company": "legal_representative", "person": "birth_date"}
"""What stands beside a name that is merely like another."""

_MARK = 48  # characters of a mark, at most
_NUMBER_WORTH, _ADDRESS_WORTH, _SECOND_WORTH = 2.0, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """When a file resembles a draft enough to be shown; likenesses are 0 to 1 (:mod:`intake.customers.likeness`)."""

    name: float = 0.75
    """Of a company's name alone: one character misread in four of its own; with two of its own, 0.72, others begin."""
    name_of_two: float = 0.6
    """Of a name beside another reason: address, representative, day of birth."""
    address: float = 0.8
    """Of addresses: another spelling of the floor, a missing province. The next house number has 0.5 to 0.7."""
    most: int = 6
    """Files shown, the likest first: more are a search, not a choice."""
    looked_at: int = 60
    """Files whose facts are compared, those with most marks in common first."""
    frequent: int = 1500
    """Files that share a mark, above which it says nothing by itself: a tower's address, the name 张伟."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in common: the fact, and how like the two values are (1: the same)."""

    fact: str
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Why a file may be the one, and how much that weighs among others (numbers first)."""

    reasons: tuple[Reason, ...]
    weight: float


def facts(kind: CustomerKind) -> tuple[str, ...]:
    """The facts of a customer of this kind that are compared.

    >>> facts("person")
    ('person_name', 'person_address', 'birth_date', 'id_number', 'account_number')
    """
    return (name_fact(kind), ADDRESS[kind], SECOND[kind], *NUMBERS[kind])


def compare(kind: CustomerKind, mine: Facts, theirs: Facts, options: MatchingOptions) -> Resemblance | None:
    """What a draft and a customer file of one kind have in common; ``None`` where that is too little to be shown."""
    same = tuple(Reason(fact) for fact in NUMBERS[kind] if _same_number(fact, mine, theirs))
    name = likeness.names(mine.get(name_fact(kind)) or "", theirs.get(name_fact(kind)) or "", kind)
    address = likeness.addresses(mine.get(ADDRESS[kind]) or "", theirs.get(ADDRESS[kind]) or "")
    second = bool(mine.get(SECOND[kind])) and mine.get(SECOND[kind]) == theirs.get(SECOND[kind])
    beside = address >= options.address or second
    alone = name >= options.name and not _told_apart(kind, mine, theirs)
    if not same and not alone and not (name >= options.name_of_two and beside):
        return None
    reasons = list(same)
    if name >= options.name_of_two:
        reasons.append(Reason(name_fact(kind), name))
    if address >= options.address:
        reasons.append(Reason(ADDRESS[kind], address))
    if second:
        reasons.append(Reason(SECOND[kind]))
    weight = _NUMBER_WORTH * len(same) + name + _ADDRESS_WORTH * address + _SECOND_WORTH * second
    return Resemblance(tuple(reasons), round(weight, 4))


def numbers(kind: CustomerKind, given: Facts) -> tuple[tuple[str, str], ...]:
    """The pairs of fact and value that a file would hold which has a number in common with these facts.

    >>> numbers("company", {"taxpayer_number": "91330106MA2AB12C3N"})
    (('taxpayer_number', '91330106MA2AB12C3N'), ('credit_code', '91330106MA2AB12C3N'))
    """
    found = [(fact, form) for fact in NUMBERS[kind] if (value := given.get(fact)) for form in _forms(fact, value)]
    if kind == "company" and (tax := given.get("taxpayer_number")):
        found.append(("credit_code", tax))
    return tuple(dict.fromkeys(found))


def _forms(fact: str, value: str) -> tuple[str, ...]:
    return both_forms(value) if fact == "id_number" else (value,)


def _same_number(fact: str, mine: Facts, theirs: Facts) -> bool:
    """Whether the numbers are one; an ID number in either form, a credit code also where it is a taxpayer number."""
    held = theirs.get(fact)
    if held is None:
        return False
    if fact == "credit_code":
        return held in {mine.get("credit_code"), mine.get("taxpayer_number")}
    given = mine.get(fact)
    return given is not None and held in _forms(fact, given)


def _told_apart(kind: CustomerKind, mine: Facts, theirs: Facts) -> bool:
    """Whether both tell something that is another for another customer of that name: a number; of people, more."""
    more = () if kind == "company" else (SECOND[kind], ADDRESS[kind])
    return any(mine.get(fact) and theirs.get(fact) for fact in (*NUMBERS[kind][:2], *more))


def marks(kind: CustomerKind, known: Facts) -> frozenset[str]:
    """The keys under which a customer of these facts is looked for; two who resemble each other share one.

    Of a company's name every two characters that stand together, or with one between them, are one, but for those
    within a word of trade and for region and form; of a person the whole name and the day of birth; of both the house.

    >>> sorted(marks("company", {"company_name": "杭州云岫测试有限公司"}))
    ['c:云岫', 'c:云测', 'c:岫测', 'c:岫试']
    >>> sorted(marks("person", {"person_name": "林晓舟", "birth_date": "1990-03-07", "person_address": "云岫路8号"}))
    ['a:云岫路8', 'b:1990-03-07', 'p:林晓舟']
    """
    name, address = known.get(name_fact(kind)) or "", likeness.local(known.get(ADDRESS[kind]) or "")
    found = _of_name(name) if kind == "company" else {f"p:{likeness.plain(name)}"} if likeness.plain(name) else set()
    if address:
        found.add(f"a:{likeness.house(address)}")
    if kind == "person" and known.get("birth_date"):
        found.add(f"b:{known['birth_date']}")
    return frozenset(mark[:_MARK] for mark in found)


def _of_name(name: str) -> set[str]:
    told = [(letter, weight) for letter, weight in likeness.weighed(likeness.company(name)) if weight >= likeness.TRADE]
    pairs = [*pairwise(told), *zip(told, told[2:], strict=False)]
    own = {f"c:{one[0]}{other[0]}" for one, other in pairs if likeness.OWN in {one[1], other[1]}}
    return own or {f"c:{one[0]}{other[0]}" for one, other in pairs}
