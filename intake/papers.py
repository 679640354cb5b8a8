"""The papers of a case under the names of the customer file's facts.

A document's fields speak of facts (:class:`intake.doctypes.FieldSpec`). Where papers of a type repeat in a case
(contracts, ID cards of several people), the facts of the second and further ones are told apart by ``#2``, ``#3`` …:

* contracts are the same paper where their numbers are equal, or, without numbers, title, parties and day;
* ID cards are of the same person where the numbers are equal; the emblem side names nobody and goes with a portrait
  side that has none yet, by page, term, issuing police and order (:mod:`intake.cards`);
* the person who is the legal representative of the company in the case is the first, the others follow in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake import doctypes
from intake.cards import Side, paired
from intake.doctypes import DocumentType, FieldSpec
from intake.types import CaseDocument, FieldReading, Label


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of known type; ``number`` counts from 1 and stands in its facts' names from 2 on.

    ``unsure``: a side of a card whose other side may be another person's.
    """

    document: CaseDocument
    type: DocumentType
    number: int = 1
    unsure: bool = False

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
    unsure = _number_cards(known, numbers)
    return tuple(_numbered(paper, numbers.get(paper.document.id, 1), unsure) for paper in known)


def _numbered(paper: Paper, number: int, unsure: frozenset[int]) -> Paper:
    card = paper.type.repeats and paper.type.customer == "person"
    return replace(paper, number=number, unsure=card and number in unsure)


def speak_of_company(known: Iterable[Paper]) -> bool:
    """Whether a paper of a company is among these; contracts alone do not tell companies from people."""
    return any(paper.type.customer == "company" and not paper.type.repeats for paper in known)


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


def _number_cards(known: Sequence[Paper], numbers: dict[str, int]) -> frozenset[int]:
    """Number the cards by their people; gives the people of whom it is unsure which emblem side is theirs."""
    cards = [paper for paper in known if paper.type.repeats and paper.type.customer == "person"]
    people = _people([paper for paper in cards if _names_somebody(paper)])
    _put_first(people, {paper.value("legal_representative") for paper in known} - {None})
    backs: list[list[Paper]] = [[] for _ in people]
    left = _copies([paper for paper in cards if not _names_somebody(paper)])
    free, unsure = list(range(len(people))), set[int]()
    while left and free:
        found = paired(
            [[_side(paper, cards) for paper in people[index]] for index in free],
            [_side(group[0], cards) for group in left],
        )
        unsure |= {free[index] + 1 for index in found.unsure}
        for group, index in zip(left, found.people, strict=True):
            if index is not None:
                backs[free[index]] += group
        left = [group for group, index in zip(left, found.people, strict=True) if index is None]
        free = [index for index, own in enumerate(backs) if len(own) < len(people[index])]  # a copy read differently
    for number, own in enumerate([[*one, *two] for one, two in zip(people, backs, strict=True)] + left, start=1):
        numbers.update({paper.document.id: number for paper in own})
    return frozenset(unsure)


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


def _copies(backs: Sequence[Paper]) -> list[list[Paper]]:
    """Emblem sides with copies of the same beside them."""
    groups: list[list[Paper]] = []
    for back in backs:
        same = next((group for group in groups if any(_same_back(back, other) for other in group)), None)
        if same is None:
            groups.append([back])
        else:
            same.append(back)
    return groups


def _same_back(one: Paper, other: Paper) -> bool:
    facts = ("id_authority", "id_valid_from", "id_valid_to")
    values = [one.value(fact) for fact in facts]
    return all(values) and values == [other.value(fact) for fact in facts]


def _side(paper: Paper, cards: Sequence[Paper]) -> Side:
    reading = paper.document.reading
    corners = [corner for field in reading.fields for corner in field.region.corners] or [(0.5, 0.5)]
    across, down = zip(*corners, strict=True)
    return Side(
        order=cards.index(paper),
        file=paper.document.file,
        pages=reading.page_indexes,
        centre=((min(across) + max(across)) / 2, (min(down) + max(down)) / 2),
        birth=paper.value("birth_date"),
        address=paper.value("person_address"),
        authority=paper.value("id_authority"),
        valid_from=paper.value("id_valid_from"),
        valid_to=paper.value("id_valid_to"),
    )
