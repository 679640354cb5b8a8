"""Which papers are there, missing, expired or not legible."""

from __future__ import annotations

from datetime import date

import pytest

from intake.customers.completeness import USUAL, Item, Paper, check, kind_of, known, under_way
from intake.types import DocumentReading
from tests import made_up

TODAY = date(2026, 11, 22)


def _paper(kind: str, **values: str | None) -> Paper:
    return Paper(f"{kind}-1", made_up.reading(kind, values or {"name": "林晓舟"}))


def _states(*papers: Paper) -> dict[str, str]:
    return {item.types[0]: item.state for item in check(papers, USUAL["company"], TODAY)}


def test_what_is_asked_for_and_not_there_is_missing() -> None:
    """Without papers everything required is missing; what is asked for only if present is no fault."""
    items = check((), USUAL["company"], TODAY)
    assert {item.types[0] for item in items if item.fault} == {
        "business_license", "id_card_front", "id_card_back", "bank_account_permit"
    }  # fmt: skip
    assert {item.state for item in items if not item.fault} == {"absent"}


def test_one_of_a_group_is_enough() -> None:
    """A society's certificate stands in for a license."""
    items = check([_paper("social_organization")], USUAL["company"], TODAY)
    assert items[0] == Item(
        ("business_license", "social_organization"), "one_of_a", "there", None, ("social_organization-1",)
    )


@pytest.mark.parametrize(
    ("until", "state"),
    [("2026-11-21", "expired"), ("2026-11-22", "there"), ("long-term", "there"), ("2030-01-01", "there")],
)
def test_a_paper_holds_to_the_end_of_its_last_day(until: str, state: str) -> None:
    """The day after it, another must be brought; a long-term paper never ends."""
    assert _states(_paper("id_card_back", valid_to=until))["id_card_back"] == state


def test_a_paper_of_which_half_cannot_be_read_is_not_legible() -> None:
    """Another scan is quicker than typing; a single gap is no reason."""
    assert _states(_paper("id_card_front", name=None, sex="女"))["id_card_front"] == "illegible"
    assert _states(_paper("id_card_front", name=None, sex="女", ethnicity="汉"))["id_card_front"] == "there"


def test_of_two_papers_of_a_type_the_fit_one_counts() -> None:
    """An old card beside the new one is no fault, in whichever order they came."""
    old, new = _paper("id_card_back", valid_to="2020-01-01"), _paper("id_card_back", valid_to="2040-01-01")
    assert _states(old, new)["id_card_back"] == _states(new, old)["id_card_back"] == "there"


def test_an_optional_paper_that_is_there_must_be_fit() -> None:
    """A contract that is over is told, though nobody asked for one."""
    assert _states(_paper("contract", effective_to="2020-01-01"))["contract"] == "expired"


def test_a_company_is_told_by_its_own_papers() -> None:
    """An ID card beside a license is the representative's; alone it is a person's; a contract tells nothing."""
    kinds = {"business_license": "company", "id_card_front": "person"}
    license_, card, contract = _paper("business_license"), _paper("id_card_front"), _paper("contract")
    assert kind_of([card, license_], kinds) == "company"  # type: ignore[arg-type]  # Literals
    assert kind_of([card, contract], kinds) == "person"  # type: ignore[arg-type]
    assert kind_of([contract], kinds) is None  # type: ignore[arg-type]


def test_a_kept_checklist_is_read_with_care() -> None:
    """Unknown types and needs are not asked for; a kind that nobody has set is as usual."""
    types = list(USUAL["company"])
    kept = {"person": {"id_card_front": "required", "id_card_back": "sometimes", "passport": "required"}}
    assert known(kept, types)["person"] == {"id_card_front": "required"}
    for nonsense in (kept, None, [], {"company": "x"}):
        assert known(nonsense, types)["company"] == USUAL["company"]


def test_a_paper_without_a_single_field_is_not_legible() -> None:
    """Its type was told and nothing else could be."""
    bare = Paper("x", DocumentReading(made_up.reading("contract", {}).classification, (0,), (), ()))
    assert check([bare], {"contract": "required"}, TODAY)[0].state == "illegible"


def test_while_papers_are_read_nothing_is_called_missing() -> None:
    """What a first look saw is being read, the rest is awaited; a paper that was read stands as it is."""
    expired = _paper("id_card_back", valid_to="2026-11-21")
    items = under_way(check([expired], USUAL["company"], TODAY), {"business_license", "id_card_back"})
    assert {item.types[0]: item.state for item in items} == {
        "business_license": "seen",
        "id_card_front": "awaited",
        "id_card_back": "expired",
        "bank_account_permit": "awaited",
        "contract": "absent",
        "tax_registration": "absent",
    }


def test_a_first_look_tells_whose_papers_they_are() -> None:
    """Before anything is read, a license that was seen asks for a company's papers."""
    kinds = {"business_license": "company", "id_card_front": "person"}
    assert kind_of((), kinds, seen={"business_license", "id_card_front"}) == "company"
