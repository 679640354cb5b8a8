"""Customer files: numbers, versions, provenance, search and history."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from models import customers
from models.database import Database
from tests import made_up
from tests.made_up import CODES, ID_NUMBER, card_reading, enter_draft, license_reading


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk and a reviewer."""
    return made_up.people(database, "clerk", "reviewer")


def _customer(database: Database, people: dict[str, str], *readings: made_up.DocumentReading) -> str:
    """A confirmed customer out of these documents."""
    draft_id = enter_draft(database, people["clerk"], readings)
    return made_up.confirmed(database, draft_id, people["reviewer"])


def _found(database: Database, q: str) -> list[str]:
    with database.read() as session:
        return [item.number for item in customers.search(session, q).items]


def test_numbers_run_on_without_gap_or_repetition(database: Database, people: dict[str, str]) -> None:
    """Four drafts confirmed at once by four threads give four numbers, one after the other."""
    made = [enter_draft(database, people["clerk"], [license_reading(code)]) for code in CODES]
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda draft_id: made_up.confirmed(database, draft_id, people["reviewer"]), made))
    assert sorted(numbers) == ["C00000001", "C00000002", "C00000003", "C00000004"]


def test_a_change_keeps_what_was_true_before(database: Database, people: dict[str, str]) -> None:
    """A new name supersedes the old one; facts that stay keep their first row; history tells both versions."""
    number = _customer(database, people, license_reading())
    again = _customer(database, people, license_reading(name="杭州云岫更名有限公司"))
    with database.read() as session:
        view = customers.load(session, number)
    assert again == number
    assert view is not None
    facts = {fact.fact: fact for fact in view.facts}
    assert (view.version, view.name) == (2, "杭州云岫更名有限公司")
    assert (facts["company_name"].version, facts["credit_code"].version) == (2, 1)
    latest, first = view.history
    assert [(change.fact, change.before, change.after) for change in latest.changes] == [
        ("company_name", "杭州云岫测试有限公司", "杭州云岫更名有限公司")
    ]
    assert {change.before for change in first.changes} == {None}
    assert len(view.documents) == 2


def test_the_same_papers_again_change_nothing(database: Database, people: dict[str, str]) -> None:
    """A confirmation that brings no new value leaves the version as it is."""
    number = _customer(database, people, license_reading())
    _customer(database, people, license_reading())
    with database.read() as session:
        view = customers.load(session, number)
    assert view is not None
    assert (view.version, len(view.history)) == (1, 1)


def test_customers_are_found_by_number_name_and_identifier(database: Database, people: dict[str, str]) -> None:
    """A part of the name, the number in any case, the whole identifier, and a masked one by its ends."""
    company = _customer(database, people, license_reading(CODES[0], "杭州云岫测试有限公司"))
    person = _customer(database, people, card_reading())
    assert _found(database, "") == [company, person]
    assert _found(database, "云岫") == [company]
    assert _found(database, company.lower()) == [company]
    assert _found(database, CODES[0].lower()) == [company]
    assert _found(database, ID_NUMBER) == [person]
    assert _found(database, "330***********8219") == [person]
    assert _found(database, "*8219") == [person]
    assert _found(database, "*8218") == []
    assert _found(database, "%") == []


def test_the_list_masks_identifiers_and_goes_page_by_page(database: Database, people: dict[str, str]) -> None:
    """No whole ID number stands in a list; the cursor is the last number."""
    _customer(database, people, license_reading(CODES[0]))
    person = _customer(database, people, card_reading())
    with database.read() as session:
        first = customers.search(session, limit=1)
        second = customers.search(session, cursor=first.next, limit=1)
    assert first.next == "C00000001"
    assert (second.items[0].number, second.next) == (person, None)
    assert dict(second.items[0].identifiers) == {"id_number": "330***********8219"}


def test_the_present_file_is_found_by_its_keys(database: Database, people: dict[str, str]) -> None:
    """A company by its code; a person by the ID number, but not the company that the person heads."""
    number = _customer(database, people, license_reading(), card_reading())
    with database.read() as session:
        file = customers.present_file(session, [("registration_number", "1"), ("credit_code", CODES[0])])
        stranger = customers.present_file(session, [("id_number", ID_NUMBER)])
        nobody = customers.present_file(session, [("credit_code", CODES[1])])
    assert file is not None
    assert (file.number, file.kind) == (number, "company")
    assert {fact.fact: fact.value for fact in file.facts}["credit_code"] == CODES[0]
    assert (stranger, nobody) == (None, None)


def test_the_head_of_a_company_may_be_a_customer_too(database: Database, people: dict[str, str]) -> None:
    """A person whose card lies in a company's file can have a file of his own."""
    company = _customer(database, people, license_reading(), card_reading())
    person = _customer(database, people, card_reading())
    assert company != person


def test_a_customer_named_at_the_upload_counts(database: Database, people: dict[str, str]) -> None:
    """Papers that tell nothing belong to the customer that the clerk named."""
    number = _customer(database, people, license_reading())
    with database.unit() as unit:
        case_id = made_up.enter_case(unit, people["clerk"], [])
        upload = unit.session.query(customers.Upload).filter_by(case_id=case_id).one()
        upload.customer_number = number
    with database.read() as session:
        file = customers.of_case(session, case_id, ())
    assert file is not None
    assert file.number == number


def test_an_unknown_number_is_no_customer(database: Database) -> None:
    """Nothing is loaded."""
    with database.read() as session:
        assert customers.load(session, "C99999999") is None
        assert customers.file_of(session, "C99999999") is None
