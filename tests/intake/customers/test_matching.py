"""By which numbers a customer file is recognised, and how lists show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.customers.masking import masked
from intake.customers.matching import both_forms, keys
from intake.customers.titles import UNNAMED, title
from tests.intake.casebook import CARD_FRONT, CONTRACT, LICENSE, paper

CODE = "91330106MA2AB12C3N"


def test_a_company_is_recognised_by_its_own_numbers_alone() -> None:
    """The representative's ID number must not draw in that person's own file."""
    documents = (
        paper("front", "id_card_front", CARD_FRONT),
        paper("license", "business_license", LICENSE | {"registration_number": "330106000012340"}),
    )
    assert keys(documents) == (("credit_code", CODE), ("registration_number", "330106000012340"))


def test_a_tax_number_that_is_a_credit_code_counts_as_one() -> None:
    """Since 2015 the two are the same number; each pair is given once."""
    tax = paper("tax", "tax_registration", {"taxpayer_number": CODE})
    assert keys([tax]) == (("credit_code", CODE),)
    assert keys([tax, paper("license", "business_license", LICENSE)]) == (("credit_code", CODE),)
    assert keys([paper("tax", "tax_registration", {"taxpayer_number": "330106MA2AB12C3"})]) == ()


def test_a_person_is_recognised_by_both_forms_of_the_number() -> None:
    """An old card of fifteen digits and a new one belong to one person."""
    assert keys([paper("front", "id_card_front", CARD_FRONT), paper("c", "contract", CONTRACT)]) == (
        ("id_number", "330106199003078219"),
        ("id_number", "330106900307821"),
    )


def test_only_the_first_person_names_the_customer() -> None:
    """A guarantor's card must not draw in the guarantor's file."""
    other = CARD_FRONT | {"name": "顾若溪", "id_number": "110101198512120027"}
    documents = (paper("f1", "id_card_front", CARD_FRONT), paper("f2", "id_card_front", other))
    assert ("id_number", "110101198512120027") not in keys(documents)


def test_a_misread_number_recognises_nobody() -> None:
    """A wrong check digit, or no value, draws in no customer."""
    bad = LICENSE | {"uscc": "91330106MA2AB12C3M", "registration_number": None}
    assert keys([paper("license", "business_license", bad)]) == ()
    assert keys([]) == ()


def test_a_number_of_this_century_has_one_form() -> None:
    """Fifteen digits always mean the 1900s."""
    assert both_forms("33010620040307821X") == ("33010620040307821X",)


@given(st.text("0123456789X", min_size=1, max_size=20))
def test_masked_identifiers_keep_their_length_and_hide_their_middle(value: str) -> None:
    """At most three leading and four trailing characters of an ID number can be seen."""
    shown = masked("id_number", value)
    assert len(shown) == len(value)
    assert sum(character != "*" for character in shown) <= 7
    assert len(value) > 7 or set(shown) == {"*"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("330106900307821", "330********7821"),
        ("33010690030782101", "330**********2101"),
        ("330106199003078219", "330***********8219"),
        ("330106199003078211", "330***********8211"),
        ("33010619900307821901", "330*************1901"),
    ],
)
def test_a_taxpayer_number_that_holds_an_id_number_is_masked_like_one(number: str, shown: str) -> None:
    """Sole traders' numbers of 15, 17, 18 and 20 characters tell who they are, also with a misread check character."""
    assert masked("taxpayer_number", number) == shown


@pytest.mark.parametrize("number", [CODE, "330106723456784", "33010672345678X", "3301067234567890A"])
def test_a_companys_taxpayer_number_is_public(number: str) -> None:
    """Credit codes, and region with organization code, stand on every invoice."""
    assert masked("taxpayer_number", number) == number


def test_company_numbers_are_public() -> None:
    """The credit code stands on every invoice."""
    assert masked("uscc", CODE) == CODE


def test_a_file_is_called_by_its_kind() -> None:
    """The company before its representative, the person before the company, and nobody by nothing."""
    values = {"company_name": "杭州青禾文具有限公司", "person_name": "沈亦安"}
    assert (title("company", values), title("person", values)) == ("杭州青禾文具有限公司", "沈亦安")
    assert title("company", {"contract_title": "采购合同"}) == "采购合同"
    assert title("company", {}) == UNNAMED
