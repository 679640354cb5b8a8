"""Policies: what nobody set has its default, a change is audited, and thresholds decide what is doubtful."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from intake.options import DraftingOptions
from intake.verification import Rule
from models import drafts, policies
from models.audit import AuditRow
from models.database import Database
from models.draft_rows import Draft
from models.policies import Policies, Sampling
from tests import made_up


@pytest.fixture
def administrator(any_database: Database) -> str:
    """Who sets policies."""
    return made_up.people(any_database, "administrator")["administrator"]


def test_what_nobody_set_has_its_default(any_database: Database) -> None:
    """One person, no blind facts, no sample, one threshold."""
    with any_database.read() as session:
        assert policies.read(session) == Policies()
        assert policies.value(session, "second_person") is None


def test_a_change_is_kept_and_audited_and_the_same_again_is_no_change(
    any_database: Database, administrator: str
) -> None:
    """The audit holds the policy's name and what stands from now on."""
    new = {"types": ["contract"], "facts": ["credit_code"]}
    for changed in (True, False):
        with any_database.unit() as unit:
            assert policies.change(unit, "second_person", new, user_id=administrator) is changed
    with any_database.unit() as unit:
        policies.change(unit, "sampling", {"share": 12.5, "seed": "s"}, user_id=administrator)
    with any_database.read() as session:
        found = policies.read(session)
        audited = session.scalars(select(AuditRow).where(AuditRow.action == "policy.changed").order_by(AuditRow.id))
        assert [row.details["policy"] for row in audited] == ["second_person", "sampling"]
        assert policies.rows(session)["second_person"].changed_by == administrator
    assert found.rule == Rule(frozenset({"contract"}), frozenset({"credit_code"}))
    assert found.sampling == Sampling(12.5, "s")


def test_a_threshold_of_a_fact_goes_before_that_of_its_kind(any_database: Database, administrator: str) -> None:
    """A draft that is made anew marks as doubtful what lies below the line that the office set."""
    with any_database.unit() as unit:
        set_to = {"kinds": {"company_name": 0.9}, "facts": {"credit_code": 0.999}}
        policies.change(unit, "thresholds", set_to, user_id=administrator)
        options = policies.read(unit.session).drafting(DraftingOptions())
    assert options.line("credit_code", "uscc") == 0.999
    assert options.line("company_name", "company_name") == 0.9
    assert options.line("registered_address", "address") == DraftingOptions().doubtful_below


def test_a_draft_that_is_made_anew_follows_the_thresholds(any_database: Database, administrator: str) -> None:
    """After another case of the customer was confirmed, the renewed draft doubts what the office wants doubted."""
    people = made_up.people(any_database, "clerk", "reviewer")
    one, two = (made_up.enter_draft(any_database, people["clerk"], [made_up.license_reading()]) for _ in range(2))
    made_up.confirmed(any_database, one, people["reviewer"])
    with any_database.unit() as unit:
        policies.change(unit, "thresholds", {"facts": {"credit_code": 0.999}}, user_id=administrator)
        assert unit.session.get_one(Draft, two).doubtful == 0
    with any_database.unit() as unit:
        drafts.claim(unit, two, people["reviewer"], 15)
    with any_database.read() as session:
        view = drafts.load(session, two)
    assert view is not None
    assert [fact.fact for fact in view.facts if fact.doubtful] == ["credit_code"]
