"""The papers of a case under the names of the customer file's facts.

A document's fields speak of facts (:class:`intake.doctypes.FieldSpec`). Where papers of a type repeat in a case
(contracts, ID cards of several people), the facts of the second and further ones are told apart by ``#2``, ``#3`` …:

* contracts are the same paper where their numbers are equal, or, without numbers, title, parties and day;
* ID cards are of the same person where the numbers are equal; the emblem side names nobody and goes with the nearest
  portrait side that has none yet, first with one whose address begins like the place of the issuing police;
* the person who is the legal representative of the company in the case is the first, the others follow in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake import doctypes
from intake.doctypes import DocumentType, FieldSpec
from intake.types import CaseDocument, FieldReading, Label


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of known type; ``number`` counts from 1 and stands in its facts' names from 2 on."""

    document: CaseDocument
    type: DocumentType
    number: int = 1

    def fact(self, field: str) -> str:
        """The name of the fact that a field speaks of; raises ``KeyError`` for a field that the type does not have."""
        return self.numbered(self.type.field(field).fact)

    def numbered(self, fact: str) -> str:
        """A fact of this paper's type with the paper's number, where it is not the first."""
        return f"{fact}#{self.number}" if self.number > 1 else fact

    def label(self, spec: FieldSpec) -> Label:
        """The field's label, with the number of a repeated paper."""
        if self.number == 1:
            return spec.label
        return Label(f"{spec.label.zh}（{self.number}）", f"{spec.label.en} ({self.number})")

    def readings(self) -> tuple[tuple[FieldSpec, FieldReading], ...]:
        """The fields that were read, in the order of the type; of a field read twice the first counts."""
        return tuple(
            (spec, reading)
            for spec in self.type.fields
            for reading in [next((one for one in self.document.reading.fields if one.field == spec.name), None)]
            if reading is not None
        )

    def value(self, fact: str) -> str | None:
        """The value of a fact (without number), or ``None`` where the paper has none."""
        return next((reading.value for spec, reading in self.readings() if spec.fact == fact), None)


def papers(documents: Sequence[CaseDocument]) -> tuple[Paper, ...]:
    """The documents of known type in their order, numbered where they repeat."""
    known = [Paper(document, doctypes.get(document.reading.type)) for document in documents if document.reading.type]
    numbers: dict[str, int] = {}
    _number_contracts(known, numbers)
    _number_cards(known, numbers)
    return tuple(Paper(paper.document, paper.type, numbers.get(paper.document.id, 1)) for paper in known)


def laid_out(documents: Sequence[CaseDocument]) -> tuple[CaseDocument, ...]:
    """The documents as people lay them out: by the ranks of their types, both sides of a person's card together.

    What has no rank keeps its order, behind the others.
    """
    numbered = {paper.document.id: paper for paper in papers(documents)}
    return tuple(sorted(documents, key=lambda document: _place(numbered.get(document.id))))


def _place(paper: Paper | None) -> tuple[bool, int, int, int]:
    if paper is None or paper.type.rank is None:
        return True, 0, 0, 0
    place, inside = paper.type.rank
    return False, place, paper.number, inside


def base(fact: str) -> str:
    """The name of a fact without its number.

    >>> base("person_name#2")
    'person_name'
    """
    return fact.partition("#")[0]


def number(fact: str) -> int:
    """The number of the paper that a fact stands on.

    >>> number("person_name#2"), number("company_name")
    (2, 1)
    """
    return int(fact.partition("#")[2] or 1)


def _number_contracts(known: Sequence[Paper], numbers: dict[str, int]) -> None:
    groups: dict[tuple[str | None, ...], int] = {}
    for paper in known:
        if paper.type.repeats and paper.type.customer == "company":
            numbers[paper.document.id] = groups.setdefault(_identity(paper), len(groups) + 1)


def _identity(paper: Paper) -> tuple[str | None, ...]:
    number = paper.value("contract_number")
    if number is not None:
        return (number,)
    facts = ("contract_title", "contract_party_a", "contract_party_b", "contract_signed_on")
    values = tuple(paper.value(fact) for fact in facts)
    return values if all(values) else (None, paper.document.id)


def _number_cards(known: Sequence[Paper], numbers: dict[str, int]) -> None:
    cards = [paper for paper in known if paper.type.repeats and paper.type.customer == "person"]
    people = _people([paper for paper in cards if _names_somebody(paper)])
    _put_first(people, {paper.value("legal_representative") for paper in known} - {None})
    backs: list[list[Paper]] = [[] for _ in people]
    for paper in cards:
        if not _names_somebody(paper):
            _place_back(paper, cards, people, backs)
    for number, (fronts, own) in enumerate(zip(people, backs, strict=True), start=1):
        numbers.update({paper.document.id: number for paper in (*fronts, *own)})


def _names_somebody(paper: Paper) -> bool:
    return any(spec.fact in ("id_number", "person_name") for spec in paper.type.fields)


def _people(fronts: Sequence[Paper]) -> list[list[Paper]]:
    """Portrait sides of one person together, in the order in which the people appear."""
    groups: dict[str, list[Paper]] = {}
    for paper in fronts:
        groups.setdefault(paper.value("id_number") or paper.document.id, []).append(paper)
    return list(groups.values())


def _put_first(people: list[list[Paper]], names: set[str | None]) -> None:
    people.sort(key=lambda fronts: not any(paper.value("person_name") in names for paper in fronts))


def _place_back(paper: Paper, cards: Sequence[Paper], people: list[list[Paper]], backs: list[list[Paper]]) -> None:
    """Give an emblem side to a person: a copy to its twin, else by place and nearness, else to a person of its own."""
    for own in backs:
        if any(_same_back(paper, other) for other in own):
            own.append(paper)
            return
    free = [index for index, own in enumerate(backs) if len(own) < len(people[index])]
    if not free:
        people.append([])
        backs.append([paper])
        return
    here = cards.index(paper)
    best = min(free, key=lambda index: _distance(paper, people[index], cards, here))
    backs[best].append(paper)


def _same_back(one: Paper, other: Paper) -> bool:
    facts = ("id_authority", "id_valid_from", "id_valid_to")
    values = [one.value(fact) for fact in facts]
    return all(values) and values == [other.value(fact) for fact in facts]


def _distance(back: Paper, fronts: Sequence[Paper], cards: Sequence[Paper], here: int) -> tuple[bool, int]:
    place = (back.value("id_authority") or "").partition("公安")[0].rstrip("市县区")
    addresses = "".join(front.value("person_address") or "" for front in fronts)
    away = min(abs(cards.index(front) - here) * 2 - (cards.index(front) < here) for front in fronts)
    return not (place and place in addresses), away
