"""From the papers of a case to a draft customer file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.doctypes import get
from intake.drafting import draft
from intake.extraction.validate import validate
from intake.options import DraftingOptions
from intake.review import confirm
from intake.types import (
    Alternative,
    CaseDocument,
    CustomerFile,
    Decision,
    DraftCustomerFile,
    DraftFact,
    Finding,
    Label,
)
from tests.intake.casebook import CARD_BACK, CARD_FRONT, CONTRACT, LICENSE, found, paper

TODAY = date(2026, 11, 22)
OPTIONS = DraftingOptions()
NOTE = Label("请核对", "Compare")


def drafted(*documents: CaseDocument, present: CustomerFile | None = None) -> DraftCustomerFile:
    """The draft of these papers today."""
    return draft(documents, present, today=TODAY, options=OPTIONS)


def fact(made: DraftCustomerFile, name: str) -> DraftFact:
    """One fact of a draft."""
    return next(one for one in made.facts if one.fact == name)


def kept(*documents: CaseDocument) -> CustomerFile:
    """The customer file that accepting everything gives."""
    made = drafted(*documents)
    decisions = [Decision(one.fact, "accept") for one in made.facts]
    file = confirm(made, decisions, by="r", at=datetime(2026, 1, 1, tzinfo=UTC))
    return replace(file, number="C000001")


@pytest.fixture
def license_() -> CaseDocument:
    """The company's license, read well."""
    return paper("license", "business_license", LICENSE)


def test_a_license_makes_a_company(license_: CaseDocument) -> None:
    """Kind, title and facts come from the license, in the order of its type; nothing is doubtful."""
    made = drafted(license_)
    assert (made.kind, made.title, made.customer_number) == ("company", "杭州青禾文具有限公司", None)
    assert [one.fact for one in made.facts] == [
        "company_name",
        "credit_code",
        "company_type",
        "legal_representative",
        "registered_capital",
        "established_on",
        "license_valid_from",
        "license_valid_to",
        "registered_address",
        "business_scope",
    ]
    assert not any(one.doubtful for one in made.facts)
    assert made.findings == ()


def test_a_whole_case_has_the_companys_papers_first(license_: CaseDocument) -> None:
    """License, then contract, then the card of the representative, whose two sides stand together."""
    made = drafted(
        paper("back", "id_card_back", CARD_BACK),
        paper("contract", "contract", CONTRACT),
        license_,
        paper("front", "id_card_front", CARD_FRONT),
    )
    names = [one.fact for one in made.facts]
    firsts = [names.index(name) for name in ("company_name", "contract_number", "person_name", "id_authority")]
    assert firsts == sorted(firsts)
    assert not any("#" in name for name in names)
    assert made.findings == ()


def test_cards_alone_make_a_person() -> None:
    """Also with a contract: a contract does not say whether its parties are companies."""
    front = paper("front", "id_card_front", CARD_FRONT)
    assert (drafted(front).kind, drafted(front).title) == ("person", "沈亦安")
    assert drafted(front, paper("c", "contract", CONTRACT | {"party_b": "沈亦安"})).kind == "person"


def test_contracts_alone_make_a_company_called_by_the_contract() -> None:
    """Nobody knows yet which party is the customer."""
    made = drafted(paper("c", "contract", CONTRACT))
    assert (made.kind, made.title) == ("company", "采购合同")


def test_no_papers_make_an_empty_draft() -> None:
    """A case of unknown papers still gives a draft to look at."""
    assert drafted() == DraftCustomerFile("company", "未命名客户", (), ())


def test_papers_that_repeat_get_numbers() -> None:
    """The second contract and the second person have facts and labels of their own."""
    second = CONTRACT | {"contract_number": "QH-2020-002", "amount": "70000.00"}
    made = drafted(paper("c1", "contract", CONTRACT), paper("c2", "contract", second))
    assert fact(made, "contract_amount").value == "50000.00"
    assert fact(made, "contract_amount#2").value == "70000.00"
    assert fact(made, "contract_amount#2").label == Label(
        "合同金额（2）", f"{fact(made, 'contract_amount').label.en} (2)"
    )


def test_two_papers_of_one_fact_are_two_sources_the_best_first(license_: CaseDocument) -> None:
    """The surer reading is proposed; both stay; there is no alternative where they agree."""
    bank = paper("bank", "bank_account_permit", {"account_name": LICENSE["name"]}, confidence=0.999)
    name = fact(drafted(license_, bank), "company_name")
    assert [one.document_id for one in name.sources] == ["bank", "license"]
    assert (name.value, name.confidence, name.alternatives, name.doubtful) == (LICENSE["name"], 0.999, (), False)


def test_papers_that_differ_are_a_conflict(license_: CaseDocument) -> None:
    """The surer value is proposed, the other is an alternative, and a person must decide."""
    bank = paper("bank", "bank_account_permit", {"account_name": "杭州青木文具有限公司"}, confidence=0.97)
    made = drafted(license_, bank)
    name = fact(made, "company_name")
    assert (name.value, name.doubtful) == (LICENSE["name"], True)
    assert [(one.value, one.reason) for one in name.alternatives] == [("杭州青木文具有限公司", "other_paper")]
    assert [finding.key for finding in made.findings] == ["case.conflict:company_name"]


def test_a_readable_value_is_better_than_a_sure_nothing(license_: CaseDocument) -> None:
    """An unreadable name on one paper is filled by another paper, and its finding does not stand."""
    unread = paper("unread", "business_license", LICENSE | {"name": None}, confidence=0.999)
    made = drafted(unread, license_)
    name = fact(made, "company_name")
    assert (name.value, name.sources[0].document_id, name.doubtful) == (LICENSE["name"], "license", False)
    assert made.findings == ()


def test_a_value_without_an_error_is_better_than_a_surer_one_with(license_: CaseDocument) -> None:
    """The code whose check character holds is proposed; the other is offered; the conflict is told."""
    wrong = paper("wrong", "business_license", {"uscc": "91330106MA2AB12C3M"}, confidence=0.999)
    made = drafted(wrong, license_)
    code = fact(made, "credit_code")
    assert (code.value, code.doubtful) == (LICENSE["uscc"], True)
    assert [one.value for one in code.alternatives] == ["91330106MA2AB12C3M"]
    assert [finding.key for finding in made.findings] == ["case.conflict:credit_code"]


def test_an_unreadable_fact_is_proposed_empty_and_doubtful() -> None:
    """It stays in the draft with its place on the scan, for a person to fill in."""
    made = drafted(paper("license", "business_license", LICENSE | {"uscc": None}))
    code = fact(made, "credit_code")
    assert (code.value, code.confidence, code.doubtful, len(code.sources)) == (None, 0.0, True, 1)


def test_an_expected_field_that_was_not_read_can_be_filled_in_or_left_out() -> None:
    """Each is a fact of its own without value and source, each finding names its fact, and a person decides on it."""
    values = {name: value for name, value in LICENSE.items() if name not in ("uscc", "address", "business_scope")}
    bare = paper("license", "business_license", values)
    made = drafted(found(bare, *validate(bare.reading.fields, get("business_license"))))
    assert fact(made, "registered_address") == DraftFact(
        "registered_address", get("business_license").field("address").label, "address", None, 0.0, (), doubtful=True
    )
    assert [(one.key, one.severity) for one in made.findings] == [
        ("field.missing:registered_address", "warning"),
        ("field.missing:business_scope", "warning"),
    ]
    decisions = [Decision(one.fact, "accept") for one in made.facts if one.value is not None]
    decisions += [Decision("registered_address", "correct", "杭州市青禾路12号"), Decision("business_scope", "omit")]
    file = confirm(made, decisions, by="r", at=datetime(2026, 1, 1, tzinfo=UTC))
    typed = next(one for one in file.facts if one.fact == "registered_address")
    assert (typed.value, typed.source, typed.read_value, typed.read_confidence) == ("杭州市青禾路12号", None, None, 0.0)
    assert "business_scope" not in {one.fact for one in file.facts}


def test_what_one_paper_lacks_another_paper_gives(license_: CaseDocument) -> None:
    """The address of the other paper is proposed with its source; that the first lacks it is no finding then."""
    values = {name: value for name, value in LICENSE.items() if name != "address"}
    bare = paper("bare", "business_license", values)
    made = drafted(found(bare, *validate(bare.reading.fields, get("business_license"))), license_)
    assert [one.document_id for one in fact(made, "registered_address").sources] == ["license"]
    assert made.findings == ()


def test_what_the_papers_lack_the_present_file_offers(license_: CaseDocument) -> None:
    """The customer file's value is an alternative to take, never proposed as if it had been read."""
    values = {name: value for name, value in LICENSE.items() if name != "address"}
    address = fact(drafted(paper("new", "business_license", values), present=kept(license_)), "registered_address")
    assert (address.value, address.present, address.sources) == (None, LICENSE["address"], ())
    assert [(one.value, one.reader) for one in address.alternatives] == [(LICENSE["address"], "customer_file")]


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.94, True), (0.95, False), (1.0, False)])
def test_low_confidence_is_doubtful(confidence: float, doubtful: bool) -> None:  # noqa: FBT001 - a table of cases
    """The line is the option's."""
    made = drafted(paper("license", "business_license", {"legal_representative": "沈亦安"}, confidence=confidence))
    assert fact(made, "legal_representative").doubtful is doubtful


def test_findings_of_documents_name_facts_and_cast_doubt(license_: CaseDocument) -> None:
    """A field's finding becomes its fact's; a note (info) casts no doubt."""
    noted = found(
        license_,
        Finding("quality.blurred", "warning", ("uscc",), NOTE),
        Finding("quality.note", "info", ("name",), NOTE),
        Finding("quality.page", "warning", (), NOTE),
    )
    made = drafted(noted)
    assert [finding.key for finding in made.findings] == [
        "quality.blurred:credit_code",
        "quality.note:company_name",
        "quality.page:",
    ]
    assert [one.fact for one in made.facts if one.doubtful] == ["credit_code"]


def test_a_term_that_ended_since_the_reading_is_told() -> None:
    """The rules are asked again on the day of the draft."""
    back = paper("back", "id_card_back", CARD_BACK)
    assert drafted(back).findings == ()
    later = draft([back], None, today=date(2036, 1, 1), options=OPTIONS)
    assert [finding.key for finding in later.findings] == ["id_card.expired:id_valid_to"]


def test_the_readers_alternatives_are_offered_once(license_: CaseDocument) -> None:
    """What another reader saw and what candidates hold stay with the fact, without the proposed value."""
    other = Alternative("91330106MA2A812C3N", "91330106MA2A812C3N", 0.3, "rapidocr")
    same = Alternative(str(LICENSE["uscc"]), "…", 0.9, "qr")
    fields = tuple(
        replace(one, alternatives=(other, same, other)) if one.field == "uscc" else one
        for one in license_.reading.fields
    )
    made = drafted(replace(license_, reading=replace(license_.reading, fields=fields)))
    assert fact(made, "credit_code").alternatives == (other,)


def test_a_present_file_that_agrees_changes_nothing(license_: CaseDocument) -> None:
    """The same papers again: every fact shows what the file holds, and nothing is doubtful."""
    made = drafted(license_, present=kept(license_))
    assert made.customer_number == "C000001"
    assert all(one.present == one.value and not one.doubtful for one in made.facts)
    assert made.findings == ()


def test_a_change_against_the_present_file_is_shown(license_: CaseDocument) -> None:
    """The new value is proposed, the present one offered, and a person looks."""
    changed = paper("new", "business_license", LICENSE | {"registered_capital": "2000000.00"})
    made = drafted(changed, present=kept(license_))
    capital = fact(made, "registered_capital")
    assert (capital.value, capital.present, capital.doubtful) == ("2000000.00", "1000000.00", True)
    assert [(one.value, one.reader) for one in capital.alternatives] == [("1000000.00", "customer_file")]
    assert [(finding.key, finding.severity) for finding in made.findings] == [
        ("customer.changed:registered_capital", "info")
    ]


def test_another_identity_than_the_files_is_an_error(license_: CaseDocument) -> None:
    """A company does not change its credit code: this may be another customer."""
    other = paper("new", "business_license", {"uscc": "91330106MA2AB12D17"})
    made = drafted(other, present=kept(license_))
    assert "customer.identity_changed:credit_code" in [one.key for one in made.findings if one.severity == "error"]


def test_another_head_of_a_company_is_no_other_company(license_: CaseDocument) -> None:
    """The ID number in its file is a person's, who may be followed by another; a person's own tells who he is."""
    card = paper("front", "id_card_front", CARD_FRONT)
    old = kept(license_, card)
    number = next(one for one in old.facts if one.fact == "id_number")
    others = tuple(one for one in old.facts if one is not number)
    file = replace(old, facts=(*others, replace(number, value="330106198505053237")))
    found = {one.key: one.severity for one in drafted(license_, card, present=file).findings}
    assert found["customer.changed:id_number"] == "info"
    found = {one.key: one.severity for one in drafted(card, present=replace(file, kind="person")).findings}
    assert found["customer.identity_changed:id_number"] == "error"


def test_a_present_file_keeps_its_name_where_the_papers_name_nobody(license_: CaseDocument) -> None:
    """A contract that comes later does not rename the customer."""
    made = drafted(paper("c", "contract", CONTRACT), present=kept(license_))
    assert (made.kind, made.title) == ("company", "杭州青禾文具有限公司")


@given(st.permutations(range(5)))
def test_the_order_of_upload_does_not_change_values(order: list[int]) -> None:
    """Whatever lies on top of the stack, the same values are proposed for the same facts."""
    documents = (
        paper("license", "business_license", LICENSE),
        paper("front", "id_card_front", CARD_FRONT),
        paper("back", "id_card_back", CARD_BACK),
        paper("contract", "contract", CONTRACT),
        paper("bank", "bank_account_permit", {"account_name": LICENSE["name"], "account_number": "33010401600012"}),
    )
    made = drafted(*(documents[index] for index in order))
    assert {one.fact: one.value for one in made.facts} == {one.fact: one.value for one in drafted(*documents).facts}
    assert [one.fact for one in made.facts] == [one.fact for one in drafted(*documents).facts]
