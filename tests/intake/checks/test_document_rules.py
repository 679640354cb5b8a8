"""What the fields of one paper say of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake import checks
from intake.types import Classification, DocumentReading
from tests.intake.casebook import CARD_BACK, CARD_FRONT, CONTRACT, LICENSE, reading

TODAY = date(2026, 11, 22)
Values = dict[str, str | None]


def told(name: str, values: Values, today: date = TODAY) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, severity and fields of every finding."""
    return [(one.code, one.severity, one.fields) for one in checks.document(reading(name, values), today)]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("business_license", LICENSE),
        ("id_card_front", CARD_FRONT),
        ("id_card_back", CARD_BACK),
        ("contract", CONTRACT),
        ("bank_account_permit", {}),
        ("id_card_back", CARD_BACK | {"valid_to": "long-term"}),
        ("business_license", LICENSE | {"valid_to": "long-term"}),
        ("business_license", LICENSE | {"registration_number": "330105000000014"}),
    ],
)
def test_papers_in_order_have_no_findings(name: str, values: Values) -> None:
    """Right numbers, days in order, terms that run: nothing to say."""
    assert told(name, values) == []


@pytest.mark.parametrize(
    ("name", "values", "finding"),
    [
        ("business_license", {"uscc": "91330106MA2AB12C3M"}, ("uscc.check_digit", "error", ("uscc",))),
        ("business_license", {"name": None}, ("field.unreadable", "warning", ("name",))),
        (
            "business_license",
            LICENSE | {"registration_number": "110105000000012"},
            ("uscc.region_mismatch", "warning", ("uscc", "registration_number")),
        ),
        (
            "business_license",
            LICENSE | {"valid_from": "2037-01-01"},
            ("date.order", "error", ("valid_from", "valid_to")),
        ),
        (
            "business_license",
            {"established_on": "2016-03-08", "issued_on": "2016-03-07"},
            ("date.order", "error", ("established_on", "issued_on")),
        ),
        ("business_license", {"valid_to": "2026-11-21"}, ("license.expired", "warning", ("valid_to",))),
        ("business_license", {"established_on": "2026-11-23"}, ("date.future", "error", ("established_on",))),
        (
            "id_card_front",
            CARD_FRONT | {"birth_date": "1990-03-17"},
            ("id_number.birth_mismatch", "error", ("id_number", "birth_date")),
        ),
        ("id_card_front", CARD_FRONT | {"sex": "女"}, ("id_number.sex_mismatch", "error", ("id_number", "sex"))),
        (
            "id_card_back",
            CARD_BACK | {"valid_from": "2006-11-21", "valid_to": "2026-11-21"},
            ("id_card.expired", "error", ("valid_to",)),
        ),
        (
            "id_card_back",
            CARD_BACK | {"valid_to": "2034-05-20"},
            ("id_term.years", "warning", ("valid_from", "valid_to")),
        ),
        (
            "contract",
            CONTRACT | {"effective_from": "2021-01-01", "effective_to": "2020-12-31"},
            ("date.order", "error", ("effective_from", "effective_to")),
        ),
        ("contract", {"signed_on": "2027-01-01"}, ("date.future", "error", ("signed_on",))),
    ],
)
def test_each_contradiction_is_found_alone(
    name: str, values: Values, finding: tuple[str, str, tuple[str, ...]]
) -> None:
    """One thing is wrong, and exactly that is told, on the fields that it concerns."""
    assert told(name, values) == [finding]


def test_the_last_day_of_a_term_still_counts() -> None:
    """An ID card is valid through its last day."""
    values = CARD_BACK | {"valid_from": "2016-11-22", "valid_to": "2026-11-22"}
    assert told("id_card_back", values) == []
    assert told("id_card_back", values, date(2026, 11, 23)) == [("id_card.expired", "error", ("valid_to",))]


@pytest.mark.parametrize("last", ["2036-02-28", "2036-02-29", "2036-03-01"])
def test_a_term_from_a_leap_day_may_end_beside_it(last: str) -> None:
    """Twenty years after 29 February may be written as either neighbour."""
    assert told("id_card_back", {"valid_from": "2016-02-29", "valid_to": last}) == []


def test_the_text_tells_more_than_the_value() -> None:
    """Two amounts that differ are seen in the text, though the value alone is in order."""
    document = reading("contract", {"amount": "100000.00"})
    field = replace(document.fields[0], text="人民币壹拾万元整（¥110,000.00）")
    (finding,) = checks.document(replace(document, fields=(field,)), TODAY)
    assert (finding.code, finding.fields) == ("money.disagree", ("amount",))


def test_a_value_that_is_not_the_texts_is_checked_itself() -> None:
    """A candidate that holds is not blamed for the text it stands in for."""
    document = reading("business_license", {"uscc": "91330106MA2AB12C3N"})
    field = replace(document.fields[0], text="91330106MA2A812C3N")
    assert checks.document(replace(document, fields=(field,)), TODAY) == ()


def test_what_the_reading_holds_already_is_not_said_again() -> None:
    """Rules may be asked again on another day; findings do not pile up."""
    document = reading("business_license", {"uscc": "91330106MA2AB12C3M"})
    first = checks.document(document, TODAY)
    assert [finding.code for finding in first] == ["uscc.check_digit"]
    assert checks.document(replace(document, findings=first), TODAY) == ()


def test_nothing_is_said_of_paper_of_no_known_type() -> None:
    """No rules without a type."""
    assert checks.document(DocumentReading(Classification(None, 0.1), (0,), (), ()), TODAY) == ()


def test_messages_are_in_both_languages_and_hold_no_value() -> None:
    """Findings go to places where values must not."""
    values = {"uscc": "91330106MA2AB12C3M", "established_on": "2030-01-01", "valid_to": "2020-01-01"}
    found = checks.document(reading("business_license", values), TODAY)
    assert {name for finding in found for name in finding.fields} == set(values)
    for finding in found:
        assert finding.message.zh
        assert finding.message.en
        assert not any(value in finding.message.zh + finding.message.en for value in values.values())
