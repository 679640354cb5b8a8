"""What the papers of a case say of each other."""

from __future__ import annotations

from datetime import date

import pytest

from intake import checks
from intake.types import CaseDocument
from tests.intake.casebook import CARD_BACK, CARD_FRONT, CONTRACT, LICENSE, paper

TODAY = date(2026, 11, 22)
BANK: dict[str, str | None] = {
    "account_name": "杭州青禾文具有限公司",
    "account_number": "33010401600012345",
    "legal_representative": "沈亦安",
}


def told(*documents: CaseDocument) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, severity and facts of every finding."""
    return [(one.code, one.severity, one.fields) for one in checks.case(documents, TODAY)]


def company(**changes: str | None) -> CaseDocument:
    """The company's license with some values changed."""
    return paper("license", "business_license", LICENSE | changes)


def test_papers_that_agree_have_no_findings() -> None:
    """License, both card sides, contract, bank permit and tax certificate of one company."""
    tax = {"taxpayer_name": "杭州青禾文具有限公司", "taxpayer_number": "330106MA2AB12C3"}
    documents = (
        company(),
        paper("front", "id_card_front", CARD_FRONT),
        paper("back", "id_card_back", CARD_BACK),
        paper("contract", "contract", CONTRACT),
        paper("bank", "bank_account_permit", BANK),
        paper("tax", "tax_registration", tax),
    )
    assert told(*documents) == []
    assert told() == []


@pytest.mark.parametrize(
    ("name", "values", "findings"),
    [
        (
            "bank_account_permit",
            BANK | {"account_name": "杭州青木文具有限公司"},
            [("case.conflict", "error", ("company_name",))],
        ),
        (
            "bank_account_permit",
            BANK | {"legal_representative": "沈亦女"},
            [("case.conflict", "error", ("legal_representative",))],
        ),
        ("tax_registration", {"address": "杭州市某路1号"}, [("case.conflict", "warning", ("registered_address",))]),
        (
            "id_card_front",
            CARD_FRONT | {"name": "沈亦女"},
            [("representative.nearly", "error", ("legal_representative", "person_name"))],
        ),
        (
            "id_card_front",
            CARD_FRONT | {"name": "顾若溪"},
            [("representative.other", "warning", ("legal_representative", "person_name"))],
        ),
        (
            "contract",
            CONTRACT | {"party_a": "杭州青木文具有限公司"},
            [("contract.party_nearly", "error", ("company_name", "contract_party_a"))],
        ),
        (
            "contract",
            CONTRACT | {"party_a": "广州云山茶业有限公司"},
            [("contract.party_other", "warning", ("contract_party_a", "contract_party_b"))],
        ),
        ("contract", {"title": "采购合同"}, []),
        (
            "contract",
            CONTRACT | {"signed_on": "2016-03-07"},
            [
                ("signing.before_term", "warning", ("contract_signed_on", "license_valid_from")),
                ("signing.before_term", "warning", ("contract_signed_on", "established_on")),
            ],
        ),
        (
            "id_card_back",
            CARD_BACK | {"valid_from": "2010-01-01", "valid_to": "2020-01-01"},
            [],
        ),
        ("tax_registration", {"taxpayer_number": "330106199003078219"}, []),
        (
            "tax_registration",
            {"taxpayer_number": "91330106MA2AB12C3M"},
            [("taxpayer.not_credit_code", "error", ("taxpayer_number", "credit_code"))],
        ),
        (
            "tax_registration",
            {"taxpayer_number": "330106723456784"},
            [("taxpayer.organization_code", "warning", ("taxpayer_number", "credit_code"))],
        ),
        ("tax_registration", {"taxpayer_number": "33010690030782101"}, []),
    ],
)
def test_a_second_paper_is_held_against_the_license(
    name: str, values: dict[str, str | None], findings: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    """One thing differs, and exactly that is told, by the facts that it concerns."""
    assert told(company(), paper("other", name, values)) == findings


def test_punctuation_and_width_are_no_difference() -> None:
    """The same name with half-width brackets is the same name."""
    bank = paper("bank", "bank_account_permit", {"account_name": "青禾(杭州)有限公司"})
    assert told(company(name="青禾（杭州）有限公司"), bank) == []


def test_addresses_that_differ_are_a_warning() -> None:
    """Offices word addresses differently."""
    license_ = company(address="浙江省杭州市西湖区青禾路12号")
    tax = paper("tax", "tax_registration", {"address": "杭州市西湖区青禾路12号"})
    assert told(license_, tax) == [("case.conflict", "warning", ("registered_address",))]


def test_a_contract_signed_after_the_card_expired_is_doubtful() -> None:
    """The day of signing counts, not today."""
    back = paper("back", "id_card_back", CARD_BACK | {"valid_from": "2010-01-01", "valid_to": "2020-01-01"})
    assert told(paper("c", "contract", CONTRACT), back) == [
        ("signing.after_term", "warning", ("contract_signed_on", "id_valid_to"))
    ]


def test_without_a_company_the_holder_of_the_card_must_be_a_party() -> None:
    """People make contracts too."""
    front = paper("front", "id_card_front", CARD_FRONT)
    own = paper("c", "contract", CONTRACT | {"party_b": "沈亦安"})
    assert told(front, own) == []
    assert told(front, paper("c", "contract", CONTRACT))[0][0] == "contract.party_other"


def test_findings_on_second_papers_name_their_facts() -> None:
    """The second contract's parties are ``#2``."""
    second = CONTRACT | {"contract_number": "QH-2020-002", "party_a": "广州云山茶业有限公司"}
    assert told(company(), paper("c1", "contract", CONTRACT), paper("c2", "contract", second)) == [
        ("contract.party_other", "warning", ("contract_party_a#2", "contract_party_b#2"))
    ]
