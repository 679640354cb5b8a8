"""Which papers of a case belong together, and how their facts are told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake import checks
from intake.papers import laid_out, papers
from intake.types import CaseDocument, Classification, Region
from tests.intake.casebook import CARD_BACK, CARD_FRONT, CONTRACT, LICENSE, paper

OTHER_FRONT = CARD_FRONT | {
    "name": "顾若溪",
    "id_number": "110101198512120027",
    "address": "北京市东城区某胡同3号",
}
OTHER_BACK = CARD_BACK | {"issuing_authority": "北京市公安局东城分局", "valid_from": "2018-01-01"}


def numbers(*documents: CaseDocument) -> dict[str, int]:
    """The number of each paper by its identity."""
    return {one.document.id: one.number for one in papers(documents)}


def test_both_sides_of_one_card_belong_together() -> None:
    """One person's portrait and emblem side have no number, in either order."""
    front, back = paper("f", "id_card_front", CARD_FRONT), paper("b", "id_card_back", CARD_BACK)
    assert numbers(front, back) == numbers(back, front) == {"f": 1, "b": 1}


def test_a_second_person_gets_number_two_with_the_own_emblem_side() -> None:
    """Sides that follow each other belong together where no place tells more."""
    plain = {"valid_from": "2015-05-20", "valid_to": "2035-05-20"}
    documents = (
        paper("f1", "id_card_front", CARD_FRONT),
        paper("b1", "id_card_back", plain),
        paper("f2", "id_card_front", OTHER_FRONT),
        paper("b2", "id_card_back", plain | {"valid_from": "2018-01-01"}),
    )
    assert numbers(*documents) == {"f1": 1, "b1": 1, "f2": 2, "b2": 2}


def test_the_place_of_the_police_tells_sides_apart_better_than_nearness() -> None:
    """Two portraits and then two emblem sides in the other order."""
    documents = (
        paper("f1", "id_card_front", CARD_FRONT),
        paper("f2", "id_card_front", OTHER_FRONT),
        paper("b2", "id_card_back", OTHER_BACK),
        paper("b1", "id_card_back", CARD_BACK),
    )
    assert numbers(*documents) == {"f1": 1, "b1": 1, "f2": 2, "b2": 2}


def test_a_copy_of_a_card_is_no_second_person() -> None:
    """The same ID number, and the same emblem side, are the same card."""
    documents = (
        paper("f1", "id_card_front", CARD_FRONT),
        paper("b1", "id_card_back", CARD_BACK),
        paper("f2", "id_card_front", CARD_FRONT),
        paper("b2", "id_card_back", CARD_BACK),
    )
    assert set(numbers(*documents).values()) == {1}


def test_an_emblem_side_without_a_portrait_is_a_person_of_its_own() -> None:
    """Nothing says whose it is, so it is joined to nobody."""
    documents = (
        paper("f1", "id_card_front", CARD_FRONT),
        paper("b1", "id_card_back", CARD_BACK),
        paper("b2", "id_card_back", OTHER_BACK),
    )
    assert numbers(*documents) == {"f1": 1, "b1": 1, "b2": 2}
    assert numbers(documents[1]) == {"b1": 1}


def test_the_legal_representative_is_the_first_person() -> None:
    """Wherever the card lies in the stack."""
    documents = (
        paper("f2", "id_card_front", OTHER_FRONT),
        paper("f1", "id_card_front", CARD_FRONT),
        paper("l", "business_license", LICENSE),
    )
    assert numbers(*documents) == {"f1": 1, "f2": 2, "l": 1}


def test_contracts_are_told_apart_by_number_or_else_by_parties_and_day() -> None:
    """A second contract gets ``#2``; a copy of the first does not; one without anything known is another."""
    unnumbered = {name: value for name, value in CONTRACT.items() if name != "contract_number"}
    documents = (
        paper("c1", "contract", CONTRACT),
        paper("copy", "contract", CONTRACT | {"title": "采购合同书"}),
        paper("c2", "contract", CONTRACT | {"contract_number": "QH-2020-002"}),
        paper("c3", "contract", unnumbered),
        paper("c3copy", "contract", unnumbered),
        paper("c4", "contract", {"title": "合同"}),
        paper("c5", "contract", {"title": "合同"}),
    )
    assert numbers(*documents) == {"c1": 1, "copy": 1, "c2": 2, "c3": 3, "c3copy": 3, "c4": 4, "c5": 5}


def test_papers_of_no_known_type_say_nothing() -> None:
    """They stay in the case, and no fact comes from them."""
    document = paper("x", "contract", {})
    unknown = replace(document, reading=replace(document.reading, classification=Classification(None, 0.2)))
    assert papers([unknown]) == ()


def test_papers_are_laid_out_as_people_lay_them_out() -> None:
    """The license, then each person's card with both sides together, then the rest as it came."""
    unknown = paper("x", "contract", {})
    documents = (
        paper("c1", "contract", CONTRACT),
        replace(unknown, reading=replace(unknown.reading, classification=Classification(None, 0.2))),
        paper("b2", "id_card_back", OTHER_BACK),
        paper("b1", "id_card_back", CARD_BACK),
        paper("permit", "bank_account_permit", {}),
        paper("f1", "id_card_front", CARD_FRONT),
        paper("f2", "id_card_front", OTHER_FRONT),
        paper("license", "business_license", LICENSE),
    )
    found = [document.id for document in laid_out(documents)]
    assert found == ["license", "f1", "b1", "f2", "b2", "c1", "x", "permit"]


def test_facts_and_labels_of_a_second_paper_bear_its_number() -> None:
    """``#2`` in the fact's name, (2) in the label."""
    _, second = papers(
        [
            paper("c1", "contract", CONTRACT),
            paper("c2", "contract", CONTRACT | {"contract_number": "QH-2020-002"}),
        ]
    )
    assert second.fact("amount") == "contract_amount#2"
    assert second.label(second.type.field("amount")).zh.endswith("（2）")
    assert second.value("contract_number") == "QH-2020-002"


POLICE = "杭州市公安局西湖分局"
YOUNG = OTHER_FRONT | {"birth_date": "1999-05-01", "address": CARD_FRONT["address"]}


def stack(*cards: tuple[str, str, dict[str, str | None]]) -> tuple[CaseDocument, ...]:
    """Cards in the order of the stack."""
    return tuple(paper(name, kind, values) for name, kind, values in cards)


def back(first: str, last: str) -> dict[str, str | None]:
    """An emblem side of one police office."""
    return {"issuing_authority": POLICE, "valid_from": first, "valid_to": last}


def test_equal_runs_of_both_sides_pair_in_order_and_say_that_they_are_unsure() -> None:
    """Two portraits and then two emblem sides of one police, whose terms tell nothing: first with first."""
    documents = stack(
        ("f1", "id_card_front", CARD_FRONT),
        ("f2", "id_card_front", OTHER_FRONT | {"address": CARD_FRONT["address"]}),
        ("b1", "id_card_back", back("2016-05-20", "2036-05-20")),
        ("b2", "id_card_back", back("2018-05-20", "2038-05-20")),
    )
    assert numbers(*documents) == {"f1": 1, "b1": 1, "f2": 2, "b2": 2}
    (finding,) = checks.case(documents, date(2026, 1, 1))
    assert (finding.code, finding.severity) == ("id_card.pairing", "warning")
    assert {"id_valid_to", "id_valid_to#2"} <= set(finding.fields)
    assert "1、2" in finding.message.zh
    assert "1 and 2" in finding.message.en


def test_the_lawful_term_tells_whose_emblem_side_it_is() -> None:
    """At 28 a card is valid for 20 years and at 17 for 10, in whatever order they lie."""
    documents = stack(
        ("f1", "id_card_front", CARD_FRONT),
        ("f2", "id_card_front", YOUNG),
        ("young", "id_card_back", back("2016-05-20", "2026-05-20")),
        ("old", "id_card_back", back("2018-05-20", "2038-05-20")),
    )
    assert numbers(*documents) == {"f1": 1, "old": 1, "f2": 2, "young": 2}
    assert [one for one in papers(documents) if one.unsure] == []


def test_sides_on_one_page_belong_together_before_all_else() -> None:
    """Two sheets, each with both sides of a card: the files tell, however the documents are ordered."""
    documents = stack(
        ("f1", "id_card_front", CARD_FRONT),
        ("f2", "id_card_front", OTHER_FRONT),
        ("b2", "id_card_back", back("2018-05-20", "2038-05-20")),
        ("b1", "id_card_back", back("2016-05-20", "2036-05-20")),
    )
    lain = tuple(replace(one, file=one.id[1:]) for one in documents)
    assert numbers(*lain) == {"f1": 1, "b1": 1, "f2": 2, "b2": 2}
    assert [one for one in papers(lain) if one.unsure] == []


def test_of_four_sides_on_one_page_the_nearer_ones_belong_together() -> None:
    """Two cards side by side, each with its emblem side right below it."""
    places = {"f1": (0.05, 0.1), "f2": (0.9, 0.1), "b2": (0.9, 0.2), "b1": (0.05, 0.2)}
    documents = stack(
        ("f1", "id_card_front", CARD_FRONT),
        ("f2", "id_card_front", OTHER_FRONT | {"address": CARD_FRONT["address"]}),
        ("b2", "id_card_back", back("2018-05-20", "2038-05-20")),
        ("b1", "id_card_back", back("2016-05-20", "2036-05-20")),
    )
    lain = tuple(replace(at(one, *places[one.id]), file="one") for one in documents)
    assert numbers(*lain) == {"f1": 1, "b1": 1, "f2": 2, "b2": 2}
    assert [one for one in papers(lain) if one.unsure] == []


def at(document: CaseDocument, across: float, down: float) -> CaseDocument:
    """The document with all its fields at one place of its page."""
    place = Region(((across, down), (across + 0.05, down), (across + 0.05, down + 0.02), (across, down + 0.02)))
    fields = tuple(replace(one, region=place) for one in document.reading.fields)
    return replace(document, reading=replace(document.reading, fields=fields))
