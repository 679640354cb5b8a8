"""The document types as a whole: what others rely on of their names, and what every module must keep to."""

from __future__ import annotations

import re

import pytest

from intake import doctypes, fields
from intake.doctypes import DocumentType

PROMISED = {
    "business_license": "name uscc registration_number company_type legal_representative registered_capital "
    "established_on valid_from valid_to address business_scope issuing_authority issued_on",
    "id_card_front": "name sex ethnicity birth_date address id_number",
    "id_card_back": "issuing_authority valid_from valid_to",
    "contract": "contract_number title party_a party_b amount signed_on effective_from effective_to",
    "bank_account_permit": "account_name account_number bank_name legal_representative permit_number issued_on",
    "tax_registration": "taxpayer_name taxpayer_number legal_representative address registration_type issued_on",
}


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_type_has_the_fields_that_others_rely_on(name: str) -> None:
    """Names and order are those of the contract with the world."""
    assert [spec.name for spec in doctypes.get(name).fields] == PROMISED[name].split()


@pytest.mark.parametrize("kind", doctypes.types(), ids=lambda kind: kind.name)
def test_every_field_has_a_known_kind_and_both_labels(kind: DocumentType) -> None:
    """A label in each language, a kind that exists, a fact, and a name that no other field of the type has."""
    names = [spec.name for spec in kind.fields]
    assert len(set(names)) == len(names)
    for spec in kind.fields:
        assert spec.kind in fields.kinds()
        assert spec.label.zh
        assert spec.label.en
        assert spec.fact


@pytest.mark.parametrize("kind", doctypes.types(), ids=lambda kind: kind.name)
def test_every_field_can_be_found_somehow(kind: DocumentType) -> None:
    """By a caption, a phrase, a place or a shape; and the regular expressions compile with the group they promise."""
    for spec in kind.fields:
        assert spec.captions or spec.patterns or spec.place or spec.shape
        assert all(re.compile(pattern).groups for pattern in spec.patterns)
        re.compile(spec.shape)


@pytest.mark.parametrize("kind", doctypes.types(), ids=lambda kind: kind.name)
def test_captions_are_written_without_white_space(kind: DocumentType) -> None:
    """Rows are compared without white space, so a caption with some would never be found."""
    phrases = [phrase for spec in kind.fields for phrase in spec.captions]
    assert all(not re.search(r"\s", phrase) for phrase in (*phrases, *kind.stops))


def test_one_fact_means_one_kind_over_all_papers() -> None:
    """Papers can be compared because a fact is checked and shown the same way wherever it stands."""
    kinds: dict[str, set[str]] = {}
    for kind in doctypes.types():
        for spec in kind.fields:
            kinds.setdefault(spec.fact, set()).add(spec.kind)
    assert {fact: found for fact, found in kinds.items() if len(found) > 1} == {}


def test_an_unknown_name_is_no_type() -> None:
    """Whoever asks for a type that does not exist is told by a KeyError, not given another."""
    with pytest.raises(KeyError):
        doctypes.get("passport")


def test_a_type_has_no_field_of_another_name() -> None:
    """Asking for a field that the paper does not have is a KeyError too."""
    with pytest.raises(KeyError):
        doctypes.get("id_card_back").field("id_number")
