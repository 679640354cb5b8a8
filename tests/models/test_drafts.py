"""Drafts: two reviewers never meet, nobody decides on what is no longer there, and a confirmation is one unit."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake.errors import (
    AlreadyClaimedError,
    AlreadySettledError,
    IntakeError,
    InvalidValueError,
    MissingReasonError,
    NotClaimedError,
    StaleVersionError,
    UndecidedFactsError,
)
from intake.types import DraftCustomerFile
from models import audit, cases, customers, drafts
from models.audit import AuditRow
from models.base import now
from models.cases import Case
from models.database import Database
from models.drafts import Decision, Draft
from tests import made_up
from tests.made_up import CODES, card_reading, enter_draft, license_reading, reading


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk, a reviewer and, called auditor, a second pair of eyes."""
    return made_up.people(database, "clerk", "reviewer", "auditor")


@pytest.fixture
def draft_id(database: Database, people: dict[str, str]) -> str:
    """The open draft of a case with a license and an ID card."""
    return enter_draft(database, people["clerk"], [license_reading(), card_reading()])


def _load(database: Database, draft_id: str) -> drafts.DraftView:
    with database.read() as session:
        found = drafts.load(session, draft_id)
    assert found is not None
    return found


def _claim(database: Database, draft_id: str, user_id: str) -> None:
    with database.unit() as unit:
        drafts.claim(unit, draft_id, user_id, 15)


def _counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        tables = (Decision, customers.Customer, customers.CustomerFact)
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_a_draft_shows_all_that_a_decision_needs(database: Database, people: dict[str, str], draft_id: str) -> None:
    """Facts with their sources on the scan, papers with their pages, who brought them in; nobody holds it yet."""
    view = _load(database, draft_id)
    facts = {fact.fact: fact for fact in view.facts}
    source = facts["credit_code"].sources[0]
    assert (view.state, view.version, view.created_by, view.claimed_by) == ("open", 1, people["clerk"], None)
    assert (facts["credit_code"].value, source.field, source.page) == (CODES[0], "uscc", 1)
    assert source.document_id == view.documents[0].id
    assert [document.type for document in view.documents] == ["business_license", "id_card_front"]
    assert [(page.number, page.width, page.height) for page in view.documents[0].pages] == [(1, 1000, 500)]
    assert view.title == "杭州云岫测试有限公司"


def test_one_reviewer_holds_a_draft_until_it_is_released(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """A second reviewer is refused while the first holds it; the first may claim again; after release it is free."""
    first, second = people["reviewer"], people["auditor"]
    _claim(database, draft_id, first)
    _claim(database, draft_id, first)
    with pytest.raises(AlreadyClaimedError):
        _claim(database, draft_id, second)
    with pytest.raises(NotClaimedError), database.unit() as unit:
        drafts.release(unit, draft_id, second)
    with database.unit() as unit:
        drafts.release(unit, draft_id, first)
    _claim(database, draft_id, second)
    assert _load(database, draft_id).claimed_by == second


def test_a_claim_runs_out_unless_it_is_touched(database: Database, people: dict[str, str], draft_id: str) -> None:
    """After its minutes a claim is anybody's; touching it in time moves its end."""
    first, second, start = people["reviewer"], people["auditor"], now()
    with database.unit() as unit:
        drafts.claim(unit, draft_id, first, 15, at=start)
        until = drafts.touch(unit, draft_id, first, 15, at=start + timedelta(minutes=10))
    assert until == start + timedelta(minutes=25)
    with pytest.raises(AlreadyClaimedError), database.unit() as unit:
        drafts.claim(unit, draft_id, second, 15, at=start + timedelta(minutes=20))
    with database.unit() as unit:
        drafts.claim(unit, draft_id, second, 15, at=start + timedelta(minutes=26))
    with pytest.raises(NotClaimedError), database.unit() as unit:
        drafts.touch(unit, draft_id, first, 15, at=start + timedelta(minutes=27))


def _race(database: Database, draft_id: str, user_ids: list[str]) -> list[str]:
    """Let all claim at once; gives who got it."""
    barrier = threading.Barrier(len(user_ids))

    def try_to_claim(user_id: str) -> str | None:
        barrier.wait()
        try:
            _claim(database, draft_id, user_id)
        except AlreadyClaimedError:
            return None
        return user_id

    with ThreadPoolExecutor(len(user_ids)) as pool:
        return [user_id for user_id in pool.map(try_to_claim, user_ids) if user_id is not None]


def test_of_twenty_who_claim_at_once_one_gets_the_draft(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """Twenty threads meet at a barrier and claim; exactly one holds the draft afterwards, and the audit is whole."""
    del people
    with database.unit() as unit:
        users = [made_up.add_user(unit, f"r{n}", ["reviewer"]).id for n in range(20)]
    winners = _race(database, draft_id, users)
    assert len(winners) == 1
    assert _load(database, draft_id).claimed_by == winners[0]
    with database.read() as session:
        assert audit.verify(session).whole


def test_a_confirmation_makes_the_customer_file_in_one_unit(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """Decisions, customer, facts with provenance, states and the audit stand together."""
    number = made_up.confirmed(database, draft_id, people["reviewer"], company_name="杭州云岫测试股份有限公司")
    view = _load(database, draft_id)
    with database.read() as session:
        customer = customers.load(session, number)
        rows = session.scalars(select(Decision).where(Decision.draft_id == draft_id)).all()
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
        case = session.get_one(Case, view.case_id)
    assert (number, view.state, view.customer_number, case.state) == ("C00000001", "confirmed", number, "confirmed")
    assert customer is not None
    assert (customer.name, customer.version, customer.kind) == ("杭州云岫测试股份有限公司", 1, "company")
    by_fact = {fact.fact: fact for fact in customer.facts}
    assert by_fact["company_name"].action == "correct"
    assert by_fact["company_name"].read_value == "杭州云岫测试有限公司"
    assert by_fact["credit_code"].source is not None
    assert by_fact["credit_code"].source.region == made_up.REGION
    assert {row.fact for row in rows} == {fact.fact for fact in view.facts}
    assert {row.fact: row.read_text for row in rows}["credit_code"] == CODES[0]
    assert actions[-2:] == ["customer.created", "draft.confirmed"]


def test_a_refused_confirmation_leaves_no_trace(database: Database, people: dict[str, str], draft_id: str) -> None:
    """Undecided facts, malformed corrections and a missing claim are refused; the draft stays open, nothing is kept."""
    view, reviewer = _load(database, draft_id), people["reviewer"]
    every = made_up.accept_all(view)
    with pytest.raises(NotClaimedError), database.unit() as unit:
        drafts.confirm(unit, draft_id, reviewer, 1, every)
    _claim(database, draft_id, reviewer)
    wrong = made_up.accept_all(view, registered_capital="ten bags of rice")
    for decided, refusal in ((every[:-1], UndecidedFactsError), (wrong, InvalidValueError)):
        with pytest.raises(refusal), database.unit() as unit:
            drafts.confirm(unit, draft_id, reviewer, 1, decided)
    assert _counts(database) == {"decisions": 0, "customers": 0, "customer_facts": 0}
    assert _load(database, draft_id).state == "open"


def test_a_stale_version_names_what_changed(database: Database, people: dict[str, str], draft_id: str) -> None:
    """A draft that was written anew after it was read refuses the decision and tells which facts are others now."""
    _claim(database, draft_id, people["reviewer"])
    view = _load(database, draft_id)
    facts = tuple(replace(fact, value="李四") if fact.fact == "person_name" else fact for fact in view.file.facts)
    with database.unit() as unit:
        drafts.save_draft(unit, view.case_id, replace(view.file, facts=facts), ["business_license"])
    with pytest.raises(StaleVersionError) as caught, database.unit() as unit:
        drafts.confirm(unit, draft_id, people["reviewer"], view.version, made_up.accept_all(view))
    assert caught.value.details == {"version": 2, "changed": ["person_name"]}
    assert _load(database, draft_id).claimed_by == people["reviewer"]


def test_the_same_draft_again_is_no_new_version(database: Database, draft_id: str) -> None:
    """A job that runs twice writes the same file twice; nobody's decision goes stale by it."""
    view = _load(database, draft_id)
    with database.unit() as unit:
        again = drafts.save_draft(unit, view.case_id, view.file, ["business_license", "id_card_front"])
    assert (again.id, again.version) == (draft_id, 1)


def test_a_draft_is_settled_once(database: Database, people: dict[str, str], draft_id: str) -> None:
    """What is returned can be neither confirmed nor claimed; the case may get another draft."""
    reviewer = people["reviewer"]
    _claim(database, draft_id, reviewer)
    with database.unit() as unit:
        drafts.return_to_clerk(unit, draft_id, reviewer, 1, "cut_off", note=" page two ")
    view = _load(database, draft_id)
    assert (view.state, view.reason_code, view.reason_note) == ("returned", "cut_off", "page two")
    for act in (
        lambda unit: drafts.claim(unit, draft_id, reviewer, 15),
        lambda unit: drafts.release(unit, draft_id, reviewer),
        lambda unit: drafts.touch(unit, draft_id, reviewer, 15),
        lambda unit: drafts.confirm(unit, draft_id, reviewer, 1, []),
    ):
        with pytest.raises(AlreadySettledError), database.unit() as unit:
            act(unit)
    with database.unit() as unit:
        assert drafts.save_draft(unit, view.case_id, view.file, []).id != draft_id


def test_a_reason_is_one_of_those_that_exist(database: Database, people: dict[str, str], draft_id: str) -> None:
    """Returning and discarding need a code of the core; discarding closes the case as discarded."""
    reviewer = people["reviewer"]
    _claim(database, draft_id, reviewer)
    for act in (drafts.return_to_clerk, drafts.discard):
        with pytest.raises(MissingReasonError), database.unit() as unit:
            act(unit, draft_id, reviewer, 1, "because")
    with database.unit() as unit:
        drafts.discard(unit, draft_id, reviewer, 1, "duplicate")
    assert _load(database, draft_id).state == "discarded"


def test_an_unknown_draft_is_no_draft(database: Database, people: dict[str, str]) -> None:
    """Loading gives nothing; changing raises LookupError."""
    with database.read() as session:
        assert drafts.load(session, "nothing") is None
    with pytest.raises(LookupError), database.unit() as unit:
        drafts.claim(unit, "nothing", people["reviewer"], 15)


def test_a_second_case_of_the_customer_is_drafted_anew_when_it_is_claimed(
    database: Database, people: dict[str, str], draft_id: str
) -> None:
    """Two drafts for one new company: after the first is confirmed, the second becomes a change of that customer."""
    second = enter_draft(database, people["clerk"], [license_reading(name="杭州云岫更名有限公司")])
    _claim(database, second, people["auditor"])
    number = made_up.confirmed(database, draft_id, people["reviewer"])
    view = _load(database, second)
    with pytest.raises(StaleVersionError), database.unit() as unit:
        drafts.confirm(unit, second, people["auditor"], view.version, made_up.accept_all(view))
    _claim(database, second, people["auditor"])
    renewed = _load(database, second)
    assert (renewed.customer_number, renewed.version) == (number, 2)
    assert {fact.fact: fact.present for fact in renewed.facts}["company_name"] == "杭州云岫测试有限公司"
    assert made_up.confirmed(database, second, people["auditor"]) == number
    with database.read() as session:
        file = customers.load(session, number)
    assert file is not None
    assert [entry.version for entry in file.history] == [2, 1]


def test_two_confirmations_of_one_new_customer_at_once_make_one(database: Database, people: dict[str, str]) -> None:
    """Whoever comes second is told that the customer stands by now; a company never has two files."""
    pairs = [
        (enter_draft(database, people["clerk"], [license_reading()]), people[role]) for role in ("reviewer", "auditor")
    ]
    for draft_id, user_id in pairs:
        _claim(database, draft_id, user_id)
    barrier = threading.Barrier(2)

    def confirm(draft_id: str, user_id: str) -> str:
        decided = made_up.accept_all(_load(database, draft_id))
        barrier.wait()
        try:
            with database.unit() as unit:
                return drafts.confirm(unit, draft_id, user_id, 1, decided)
        except StaleVersionError as error:
            return str(error.details["changed"])

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(lambda pair: confirm(*pair), pairs))
    assert outcomes[0] == "C00000001"
    assert "customer_number" in outcomes[1]
    assert _counts(database)["customers"] == 1


def test_only_what_is_true_of_a_draft_is_kept_of_its_types(database: Database, people: dict[str, str]) -> None:
    """More types than the column holds are left out whole; none is cut in half."""
    with database.unit() as unit:
        case_id = made_up.enter_case(unit, people["clerk"], [reading("contract", {"title": "合同"})])
        file = made_up.drafted(cases.documents(unit.session, case_id))
        assert isinstance(file, DraftCustomerFile)
        row = drafts.save_draft(unit, case_id, file, [f"type_{n:03}_{'x' * 20}" for n in range(20)])
    with database.read() as session:
        kept = session.get_one(Draft, row.id).types
    assert len(kept) <= 255
    assert all(len(name) == 29 for name in kept.strip(",").split(","))
    assert issubclass(StaleVersionError, IntakeError)
