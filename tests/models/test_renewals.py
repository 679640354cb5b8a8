"""A renewed license is a new version of its customer's, with its dates, what changed, and the older ones kept."""

from __future__ import annotations

from models import customers, drafts, renewals
from models.database import Database
from models.renewals import Renewals
from tests import made_up
from tests.made_up import CODES, enter_draft, reading

FIRST = {
    "name": "杭州云岫测试有限公司",
    "uscc": CODES[0],
    "legal_representative": "林晓舟",
    "valid_from": "2010-01-05",
    "valid_to": "2030-01-04",
    "issued_on": "2016-03-08",
}
RENEWED = FIRST | {"valid_to": "long-term", "issued_on": "2025-06-01", "legal_representative": "王屿川"}


def _confirm(database: Database, people: dict[str, str], *papers: dict[str, str | None], **corrections: str) -> str:
    draft = enter_draft(database, people["clerk"], [reading("business_license", one) for one in papers])
    return made_up.confirmed(database, draft, people["reviewer"], **corrections)


def _licenses(database: Database, number: str) -> Renewals:
    with database.read() as session:
        (found,) = renewals.of_customer(session, number)
    return found


def test_a_renewal_is_a_new_version_of_the_same_customer(any_database: Database) -> None:
    """No new customer; each version tells its dates, the second what it changed, and both papers are there."""
    people = made_up.people(any_database, "clerk", "reviewer")
    number = _confirm(any_database, people, FIRST)
    assert _confirm(any_database, people, RENEWED) == number
    found = _licenses(any_database, number)
    second, first = found.versions
    assert (found.type, second.number, first.number) == ("business_license", 2, 1)
    assert first.dates == {"issued_on": "2016-03-08", "valid_from": "2010-01-05", "valid_to": "2030-01-04"}
    assert second.dates == {"issued_on": "2025-06-01", "valid_from": "2010-01-05", "valid_to": "long-term"}
    assert first.changes == ()
    assert {(one.field.name, one.before, one.after) for one in second.changes} == {
        ("legal_representative", "林晓舟", "王屿川"),
        ("valid_to", "2030-01-04", "long-term"),
        ("issued_on", "2016-03-08", "2025-06-01"),
    }
    assert {paper.document_id for version in found.versions for paper in version.papers} == set(found.documents)
    assert len(found.documents) == 2


def test_a_version_is_what_people_confirmed_not_what_was_read(any_database: Database) -> None:
    """A misread day that was corrected makes no version of its own; the value that was left out is in none."""
    people = made_up.people(any_database, "clerk", "reviewer")
    number = _confirm(any_database, people, FIRST | {"issued_on": "2016-03-03"}, license_issued_on="2016-03-08")
    (only,) = _licenses(any_database, number).versions
    assert only.dates["issued_on"] == "2016-03-08"


def test_the_same_license_handed_in_again_is_no_new_version(any_database: Database) -> None:
    """A copy says nothing else: one version, confirmed from both papers where anything of the draft was new."""
    people = made_up.people(any_database, "clerk", "reviewer")
    number = _confirm(any_database, people, FIRST)
    again = enter_draft(
        any_database,
        people["clerk"],
        [reading("business_license", FIRST), reading("bank_account_permit", {"account_number": "1202024109000123456"})],
    )
    assert made_up.confirmed(any_database, again, people["reviewer"]) == number
    licenses = next(found for found in _all(any_database, number) if found.type == "business_license")
    (only,) = licenses.versions
    assert len(only.papers) == 2


def _all(database: Database, number: str) -> tuple[Renewals, ...]:
    with database.read() as session:
        return renewals.of_customer(session, number)


def test_a_confirmation_that_was_taken_back_left_no_version(any_database: Database) -> None:
    """As if it had not been."""
    people = made_up.people(any_database, "clerk", "reviewer")
    number = _confirm(any_database, people, FIRST)
    draft = enter_draft(any_database, people["clerk"], [reading("business_license", RENEWED)])
    made_up.confirmed(any_database, draft, people["reviewer"])
    with any_database.unit() as unit:
        drafts.unconfirm(unit, draft, people["reviewer"], 15)
    assert [version.number for version in _licenses(any_database, number).versions] == [1]


def test_papers_without_days_have_no_versions(any_database: Database) -> None:
    """A contract is signed, not renewed: its customer's page tells none."""
    people = made_up.people(any_database, "clerk", "reviewer")
    paper = reading("contract", {"title": "买卖合同", "signed_on": "2026-01-02", "party_a": "杭州云岫测试有限公司"})
    draft = enter_draft(any_database, people["clerk"], [paper])
    number = made_up.confirmed(any_database, draft, people["reviewer"])
    assert _all(any_database, number) == ()
    with any_database.read() as session:
        assert customers.load(session, number) is not None
