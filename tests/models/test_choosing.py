"""Whose papers a case holds: who is offered and why, and what follows from a pick, on both databases."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import delete, select, update

from intake.customers.resembling import MatchingOptions
from intake.errors import NotClaimedError, StaleVersionError, UnknownCustomerError, UnresolvedFindingsError
from intake.types import DocumentReading
from models import cases, choosing, customer_marks, customers, derived, drafts
from models.audit import AuditRow
from models.cases import Case
from models.choosing import Matches
from models.customer_marks import CustomerMark
from models.customer_rows import Customer, CustomerFact
from models.customers import NEW
from models.database import Database
from models.derived import Derived, Filling
from models.draft_rows import Draft
from models.groups import Doubt
from tests import made_up
from tests.made_up import CODES, accept_all, confirmed, enter_draft, license_reading, reading

SISTER = "杭州云岫软件测试有限公司"
KNOWN = "customer.known_elsewhere:credit_code"
PERMIT = {"account_name": SISTER, "account_number": "1202024109000123456", "legal_representative": "林晓舟"}


@dataclass(frozen=True)
class Office:
    """A database with one customer file and a reviewer."""

    database: Database
    people: dict[str, str]
    number: str

    def enter(self, *readings: DocumentReading, claimed: bool = True) -> str:
        """An open draft of these papers, held by the reviewer."""
        draft_id = enter_draft(self.database, self.people["clerk"], readings)
        if claimed:
            with self.database.unit() as unit:
                drafts.claim(unit, draft_id, self.people["reviewer"], 15)
        return draft_id

    def view(self, draft_id: str) -> drafts.DraftView:
        """The draft as it stands."""
        with self.database.read() as session:
            found = drafts.load(session, draft_id)
        assert found is not None
        return found

    def offered(self, draft_id: str) -> Matches:
        """Who is offered for it."""
        view = self.view(draft_id)
        with self.database.read() as session:
            given = {fact.fact: fact.value for fact in view.facts}
            return choosing.matches(session, view.case_id, view.file, given)

    def title(self, draft_id: str) -> str:
        """What its case is called."""
        with self.database.read() as session:
            return session.get_one(Case, self.view(draft_id).case_id).title

    def choose(self, draft_id: str, choice: str | None, version: int | None = None) -> int:
        """Pick; gives the draft's version then."""
        with self.database.unit() as unit:
            wanted = version or self.view(draft_id).version
            return drafts.choose_customer(unit, draft_id, self.people["reviewer"], wanted, choice)

    def confirm(self, draft_id: str, *acknowledged: str, **corrections: str) -> str | None:
        """Accept all but what is named; gives the customer's number."""
        view = self.view(draft_id)
        words = accept_all(view, **corrections)
        with self.database.unit() as unit:
            ticked = frozenset(acknowledged)
            return drafts.confirm(unit, draft_id, self.people["reviewer"], view.version, words, acknowledged=ticked)


@pytest.fixture
def office(any_database: Database) -> Office:
    """On SQLite and on PostgreSQL."""
    return _office(any_database)


@pytest.fixture
def beside(postgres_database: Database) -> Office:
    """Where units run beside each other; those of SQLite are alone."""
    return _office(postgres_database)


def _office(database: Database) -> Office:
    people = made_up.people(database, "clerk", "reviewer")
    first = enter_draft(database, people["clerk"], [license_reading()])
    return Office(database, people, confirmed(database, first, people["reviewer"]))


def test_a_customer_without_a_number_in_common_is_offered_by_name_and_head(office: Office) -> None:
    """A permit bears no credit code: nothing is chosen, but the like file is offered with its reasons."""
    draft = office.enter(reading("bank_account_permit", PERMIT))
    assert office.view(draft).customer_number is None
    found = office.offered(draft)
    assert (found.choice, found.by_itself) == (None, None)
    (match,) = found.items
    assert (match.number, match.chosen) == (office.number, False)
    assert [reason.fact for reason in match.reasons] == ["company_name", "legal_representative"]


def test_a_pick_makes_the_draft_anew_against_that_file_and_is_audited(office: Office) -> None:
    """The next version is the customer's change, old values stand beside new ones, and confirming changes his file."""
    draft = office.enter(reading("bank_account_permit", PERMIT))
    assert office.choose(draft, office.number) == 2
    view = office.view(draft)
    assert view.customer_number == office.number
    assert {fact.fact: fact.present for fact in view.facts}["company_name"] == "杭州云岫测试有限公司"
    assert [match.chosen for match in office.offered(draft).items] == [True]
    with office.database.read() as session:
        told = session.scalars(select(AuditRow).where(AuditRow.action == "case.customer_chosen")).one()
    assert told.details == {"customer": office.number, "draft": draft, "version": 2}
    assert office.confirm(draft) == office.number
    with office.database.read() as session:
        file = customers.load(session, office.number)
    assert file is not None
    assert (file.name, file.version) == (SISTER, 2)


def test_the_number_on_the_papers_stays_the_default_and_can_be_gone_back_to(office: Office) -> None:
    """A license of a known credit code is that customer's; after a pick of another, nothing picked is that again."""
    draft = office.enter(license_reading(name=SISTER))
    assert office.view(draft).customer_number == office.number
    assert office.offered(draft).by_itself == office.number
    office.choose(draft, NEW)
    assert (office.view(draft).customer_number, office.offered(draft).choice) == (None, NEW)
    office.choose(draft, None)
    assert (office.view(draft).customer_number, office.offered(draft).choice) == (office.number, None)


def test_a_new_customer_with_a_known_number_has_to_be_acknowledged(office: Office) -> None:
    """The draft has an error that names the other file; seen and let stand, or corrected, it passes."""
    draft = office.enter(license_reading(name=SISTER))
    office.choose(draft, NEW)
    (error,) = [one for one in office.view(draft).findings if one.severity == "error"]
    assert error.key == "customer.known_elsewhere:credit_code"
    assert office.number in error.message.en
    with pytest.raises(UnresolvedFindingsError):
        office.confirm(draft)
    number = office.confirm(draft, error.key)
    assert number not in {None, office.number}
    with office.database.read() as session:
        case = session.get_one(Case, office.view(draft).case_id)
    assert case.customer_choice == number


def test_a_new_customer_whose_misread_number_is_corrected_needs_no_acknowledgement(office: Office) -> None:
    """With the right number nobody else is meant."""
    draft = office.enter(license_reading(name=SISTER))
    office.choose(draft, NEW)
    assert office.confirm(draft, credit_code=CODES[1]) not in {None, office.number}


def test_a_pick_against_a_number_is_an_error_of_the_draft(office: Office) -> None:
    """The papers' code is the first customer's, the picked one has another: both errors ask for a person."""
    other = office.enter(license_reading(CODES[1], SISTER))
    second = office.confirm(other)
    draft = office.enter(license_reading(name=SISTER))
    office.choose(draft, second)
    keys = {one.key for one in office.view(draft).findings if one.severity == "error"}
    assert keys == {"customer.identity_changed:credit_code", "customer.known_elsewhere:credit_code"}


def test_a_pick_needs_the_claim_the_version_and_a_customer_of_that_kind(office: Office) -> None:
    """As every change of a draft; a number that nobody has, and a person for a company's papers, are refused."""
    person = office.confirm(office.enter(made_up.card_reading()))
    draft = office.enter(reading("bank_account_permit", PERMIT))
    for wrong in ("C99999999", person):
        with pytest.raises(UnknownCustomerError):
            office.choose(draft, wrong)
    office.choose(draft, office.number)
    with pytest.raises(StaleVersionError):
        office.choose(draft, NEW, version=1)
    free = office.enter(reading("bank_account_permit", PERMIT), claimed=False)
    with pytest.raises(NotClaimedError):
        office.choose(free, office.number)


def test_a_draft_that_is_made_anew_is_called_like_its_customer_and_its_case_is_not(office: Office) -> None:
    """Its papers tell no name; by now there is a customer of their number, whose name is not for who brought them."""
    nameless = office.enter(reading("business_license", {"name": None, "uscc": CODES[1]}), claimed=False)
    before = office.title(nameless)
    office.confirm(office.enter(license_reading(CODES[1], SISTER)))
    with office.database.unit() as unit:
        drafts.claim(unit, nameless, office.people["reviewer"], 15)
    view = office.view(nameless)
    assert (view.version, view.title, office.title(nameless)) == (2, SISTER, before)


@pytest.mark.postgres
def test_whoever_claims_a_draft_does_not_wait_for_who_holds_its_case(beside: Office) -> None:
    """The other one waits for the draft: both would wait for ever. The title that he writes is the one that stands."""
    nameless = beside.enter(reading("business_license", {"name": None, "uscc": CODES[1]}), claimed=False)
    beside.confirm(beside.enter(license_reading(CODES[1], SISTER)))
    before = beside.title(nameless)
    with beside.database.unit() as holding:
        cases.hold(holding.session, beside.view(nameless).case_id)
        with beside.database.unit() as unit:
            drafts.claim(unit, nameless, beside.people["reviewer"], 15)
    assert (beside.view(nameless).version, beside.title(nameless)) == (2, before)


def test_a_draft_names_the_customer_who_holds_its_number_by_now(office: Office) -> None:
    """Where another one holds it than when the draft was made, the draft is made anew and says so."""
    second = office.confirm(office.enter(license_reading(CODES[1], SISTER)))
    assert second is not None
    draft = office.enter(license_reading(name=SISTER))
    office.choose(draft, NEW)
    told = [one.message.en for one in office.view(draft).findings if one.key == KNOWN]
    assert [office.number in one for one in told] == [True]
    with office.database.unit() as unit:
        for number, code in ((office.number, CODES[2]), (second, CODES[0])):
            mine = update(CustomerFact).where(CustomerFact.customer_number == number)
            unit.session.execute(mine.where(CustomerFact.fact == "credit_code").values(value=code))
    version = office.view(draft).version
    with office.database.unit() as unit:
        drafts.claim(unit, draft, office.people["reviewer"], 15)
    view = office.view(draft)
    assert view.version == version + 1
    assert [second in one.message.en for one in view.findings if one.key == KNOWN] == [True]
    with office.database.unit() as unit:
        drafts.claim(unit, draft, office.people["reviewer"], 15)
    assert office.view(draft).version == version + 1


@pytest.mark.postgres
def test_a_draft_is_written_again_as_it_is_now(beside: Office) -> None:
    """Whoever claimed it since the writer looked at it keeps it; the writer's own look was of an earlier moment."""
    draft = beside.enter(license_reading(CODES[1], SISTER), claimed=False)
    with beside.database.unit() as unit:
        seen = unit.session.get_one(Draft, draft)
        with beside.database.unit() as other:
            drafts.claim(other, draft, beside.people["reviewer"], 15)
        file = beside.view(draft).file
        written = drafts.save_draft(unit, seen.case_id, file, ["business_license"])
        assert (written.id, written.claimed_by) == (draft, beside.people["reviewer"])


def test_taking_back_the_confirmation_of_a_new_customer_leaves_the_pick(office: Office) -> None:
    """The case was given a new customer, whose file is gone again, marks and all."""
    draft = office.enter(license_reading(name=SISTER))
    office.choose(draft, NEW)
    number = office.confirm(draft, "customer.known_elsewhere:credit_code")
    with office.database.unit() as unit:
        drafts.unconfirm(unit, draft, office.people["reviewer"], 15)
    with office.database.read() as session:
        assert session.get_one(Case, office.view(draft).case_id).customer_choice == NEW
        assert session.get(Customer, number) is None
        assert session.scalar(select(CustomerMark.mark).where(CustomerMark.customer_number == number)) is None


def test_marks_follow_the_customer_file(office: Office) -> None:
    """They are those of the name and address of today, also after a confirmation is taken back."""

    def marks() -> set[str]:
        with office.database.read() as session:
            mine = select(CustomerMark.mark).where(CustomerMark.customer_number == office.number)
            return set(session.scalars(mine))

    before = marks()
    assert "c:云岫" in before
    draft = office.enter(license_reading(name="杭州溪桥测试有限公司"))
    office.confirm(draft)
    assert "c:云岫" not in marks()
    assert "c:溪桥" in marks()
    with office.database.unit() as unit:
        drafts.unconfirm(unit, draft, office.people["reviewer"], 15)
    assert marks() == before


def test_a_mark_that_very_many_share_is_passed_over(office: Office) -> None:
    """A tower's address alone draws nobody in; the rarest mark counts however many have it."""
    few = MatchingOptions(frequent=1)
    for code in CODES[1:]:
        office.confirm(office.enter(license_reading(code, "杭州溪桥测试有限公司")))
    with office.database.read() as session:
        assert customer_marks.near(session, {"a:云岫路8", "c:云岫"}, few) == [office.number]
        assert len(customer_marks.near(session, {"a:云岫路8"}, few)) == 2
        assert customer_marks.near(session, set(), few) == []


def test_what_is_worked_out_is_filled_for_what_was_there_before(office: Office) -> None:
    """Marks of customer files and doubtful readings of open drafts; once for each rule, twice without harm."""
    draft = office.enter(license_reading(CODES[1], SISTER, confidence=0.5), claimed=False)
    with office.database.unit() as unit:
        wanted = sorted(unit.session.scalars(select(Doubt.fact).where(Doubt.draft_id == draft)))
        kept = sorted(unit.session.scalars(select(CustomerMark.mark)))
        for table in (Doubt, CustomerMark, Derived):
            unit.session.execute(delete(table))
    assert wanted
    assert derived.fill(office.database) == ["customer_marks", "doubts"]
    assert derived.fill(office.database) == []
    with office.database.unit() as unit:
        assert sorted(unit.session.scalars(select(Doubt.fact).where(Doubt.draft_id == draft))) == wanted
        assert sorted(unit.session.scalars(select(CustomerMark.mark))) == kept
        unit.session.execute(update(Derived).values(rule=0))
    assert derived.fill(office.database) == ["customer_marks", "doubts"]
    with office.database.read() as session:
        assert sorted(session.scalars(select(CustomerMark.mark))) == kept


def test_filling_goes_on_where_it_was_broken_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done stays done; how far it is is told, row by row here, and counted from there the next time."""
    for code in CODES[1:3]:
        office.confirm(office.enter(license_reading(code, SISTER)))
    with office.database.unit() as unit:
        kept = sorted(unit.session.scalars(select(CustomerMark.mark)))
        for table in (CustomerMark, Derived):
            unit.session.execute(delete(table))
    monkeypatch.setattr(derived, "_PART", 1)
    told: list[Filling] = []

    def break_off(filling: Filling) -> None:
        told.append(filling)
        if filling.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        derived.fill(office.database, break_off)
    assert told == [Filling("customer_marks", done, 3) for done in range(3)]
    told.clear()
    assert derived.fill(office.database, told.append) == ["customer_marks", "doubts"]
    assert [one for one in told if one.total] == [Filling("customer_marks", done, 1) for done in range(2)]
    with office.database.read() as session:
        assert sorted(session.scalars(select(CustomerMark.mark))) == kept
    assert derived.fill(office.database) == []


def test_settled_drafts_get_no_doubtful_readings_again(office: Office) -> None:
    """Only open ones wait for anybody."""
    draft = office.enter(license_reading(CODES[1], SISTER, confidence=0.5))
    office.confirm(draft)
    with office.database.unit() as unit:
        unit.session.execute(delete(Derived))
    derived.fill(office.database)
    with office.database.read() as session:
        assert session.get_one(Draft, draft).state == "confirmed"
        assert session.scalar(select(Doubt.id).where(Doubt.draft_id == draft)) is None
