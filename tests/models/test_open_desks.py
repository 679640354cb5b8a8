"""Desks that stay open while others confirm: nothing that came to stand meanwhile is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, update

from intake.errors import StaleVersionError
from intake.types import Decision, DocumentReading
from models import customers, draft_writing, drafts, groups, policies, round_views
from models.base import now
from models.database import Database
from models.draft_rows import Draft
from models.drafts import DraftView
from models.groups import Doubt
from tests import made_up
from tests.made_up import CODES, accept_all, license_reading

HERE, THERE = "浙江省杭州市西湖区云岫路8号", "浙江省杭州市滨江区听松路99号"


def _license(address: str = HERE, code: str = CODES[0], confidence: float = 0.99) -> DocumentReading:
    paper = license_reading(code, confidence=confidence)
    fields = [replace(one, value=address, text=address) if one.field == "address" else one for one in paper.fields]
    return replace(paper, fields=tuple(fields))


@dataclass(frozen=True)
class Office:
    """One customer file, made by a colleague, who goes on confirming while a reviewer's desk is open."""

    database: Database
    people: dict[str, str]
    number: str

    def draft(self, *papers: DocumentReading) -> str:
        """An open draft of these papers."""
        return made_up.enter_draft(self.database, self.people["clerk"], papers)

    def view(self, draft_id: str, who: str = "reviewer") -> DraftView:
        """The draft as that person's page has it."""
        with self.database.read() as session:
            found = drafts.load(session, draft_id)
            assert found is not None
            return round_views.seen_by(session, found, self.people[who], decides=True)

    def open(self, draft_id: str, who: str = "reviewer") -> DraftView:
        """Claim the draft and show it."""
        with self.database.unit() as unit:
            drafts.claim(unit, draft_id, self.people[who], 15)
        return self.view(draft_id, who)

    def confirm(self, desk: DraftView, who: str = "reviewer", **corrections: str) -> str | None:
        """Confirm what stands on an open desk, however old it is."""
        keys = frozenset(finding.key for finding in desk.findings)
        words = accept_all(desk, **corrections)
        with self.database.unit() as unit:
            return drafts.confirm(unit, desk.id, self.people[who], desk.version, words, acknowledged=keys)

    def meanwhile(self, address: str = THERE) -> None:
        """Let the colleague confirm another paper of the same customer."""
        made_up.confirmed(self.database, self.draft(_license(address)), self.people["colleague"])

    def on_file(self, number: str | None = None) -> str | None:
        """The address in the customer file."""
        with self.database.read() as session:
            file = customers.file_of(session, number or self.number)
        assert file is not None
        return {fact.fact: fact.value for fact in file.facts}["registered_address"]


@pytest.fixture
def office(any_database: Database) -> Office:
    """On SQLite and on PostgreSQL."""
    people = made_up.people(any_database, "clerk", "reviewer", "administrator")
    with any_database.unit() as unit:
        people["colleague"] = made_up.add_user(unit, "colleague", ["reviewer"]).id
    first = made_up.enter_draft(any_database, people["clerk"], [_license()])
    return Office(any_database, people, made_up.confirmed(any_database, first, people["colleague"]))


def test_an_open_desk_does_not_overwrite_a_newer_file(office: Office) -> None:
    """It is refused by the names of what changed, and nothing is kept; made anew, the draft shows both values."""
    desk = office.open(office.draft(_license()))
    office.meanwhile()
    with pytest.raises(StaleVersionError) as caught:
        office.confirm(desk)
    assert caught.value.details["changed"] == ["registered_address", "findings"]
    assert office.on_file() == THERE
    with office.database.unit() as unit:
        drafts.catch_up(unit, desk.id)
    renewed = office.view(desk.id)
    fact = next(one for one in renewed.facts if one.fact == "registered_address")
    assert (renewed.version, renewed.claimed_by) == (2, office.people["reviewer"])
    assert (fact.value, fact.present, fact.doubtful) == (HERE, THERE, True)
    assert office.confirm(renewed) == office.number
    assert office.on_file() == HERE


def test_an_open_desk_does_not_overwrite_what_came_back_to_stand(office: Office) -> None:
    """A confirmation that is taken back brings the old value back: that too nobody has seen beside the draft."""
    other = office.draft(_license(THERE))
    made_up.confirmed(office.database, other, office.people["colleague"])
    desk = office.open(office.draft(_license(THERE)))
    with office.database.unit() as unit:
        drafts.unconfirm(unit, other, office.people["colleague"], 15)
    with pytest.raises(StaleVersionError):
        office.confirm(desk)
    assert office.on_file() == HERE


def test_a_number_that_another_customer_holds_by_now_is_seen_first(office: Office) -> None:
    """Papers of the first customer's file bear a code that a second one holds since the desk was opened."""
    papers = office.draft(_license(code=CODES[1]))
    desk = office.open(papers)
    with office.database.unit() as unit:
        drafts.choose_customer(unit, papers, office.people["reviewer"], desk.version, office.number)
    desk = office.view(papers)
    second = office.draft(_license(code=CODES[1]))
    made_up.confirmed(office.database, second, office.people["colleague"])
    with pytest.raises(StaleVersionError) as caught:
        office.confirm(desk)
    assert caught.value.details["changed"] == ["credit_code", "findings"]


def test_two_desks_of_a_new_customer_make_one_file(office: Office) -> None:
    """The one that confirms later is told that there is a file by now."""
    first, second = (office.draft(_license(code=CODES[2])) for _ in range(2))
    desks = office.open(first), office.open(second, "colleague")
    number = office.confirm(desks[0])
    with pytest.raises(StaleVersionError) as caught:
        office.confirm(desks[1], "colleague", registered_address=THERE)
    assert "customer_number" in str(caught.value.details["changed"])
    assert office.on_file(number) == HERE


def test_a_desk_hears_within_a_minute_that_the_file_is_another(office: Office) -> None:
    """Holding the draft longer makes it anew, and only then."""
    desk = office.open(office.draft(_license()))
    for change, version in ((lambda: None, 1), (office.meanwhile, 2), (lambda: None, 2)):
        change()
        with office.database.unit() as unit:
            drafts.touch(unit, desk.id, office.people["reviewer"], 15)
        assert office.view(desk.id).version == version


def test_a_second_person_decides_on_the_file_as_it_is(office: Office) -> None:
    """The first's word was of another file: both decide anew."""
    with office.database.unit() as unit:
        rule = {"types": ["business_license"], "facts": []}
        policies.change(unit, "second_person", rule, user_id=office.people["administrator"])
    office.confirm(office.open(made := office.draft(_license())))
    desk = office.open(made, "colleague")
    assert desk.round == 2
    with office.database.unit() as unit:
        row = customers.hold(unit.session, office.number)
        values = update(customers.CustomerFact).where(customers.CustomerFact.fact == "registered_address")
        unit.session.execute(values.where(customers.CustomerFact.customer_number == row.number).values(value=THERE))
    with pytest.raises(StaleVersionError):
        office.confirm(desk, "colleague")
    with office.database.unit() as unit:
        drafts.catch_up(unit, made)
    assert (office.view(made).round, office.view(made).version, office.on_file()) == (1, 2, THERE)


def test_a_lot_does_not_overwrite_a_newer_file(office: Office) -> None:
    """Also where the file changed behind the last look at the draft: confirming by a judge's word looks itself."""
    made = office.draft(_license())
    office.meanwhile()
    with pytest.raises(StaleVersionError), office.database.unit() as unit:
        drafts.confirm_in_lot(unit, made, office.people["reviewer"], 1, lot_id="l", at=now())
    assert office.on_file() == THERE


def _by_group(office: Office, draft_id: str) -> None:
    with office.database.unit() as unit:
        kind = unit.session.scalars(
            select(Doubt.kind).where(Doubt.draft_id == draft_id, Doubt.fact == "registered_address")
        ).one()
        taken = groups.take(unit, kind, office.people["reviewer"])
        doubt = next(one for one in taken if one.fact.fact == "registered_address")
        groups.answer(unit, doubt.id, office.people["reviewer"], Decision("registered_address", "accept"))


def _by_desk(office: Office, draft_id: str) -> None:
    desk = office.open(draft_id)
    with office.database.unit() as unit:
        words = [Decision("registered_address", "accept"), Decision("company_name", "accept")]
        drafts.answer(unit, draft_id, office.people["reviewer"], words, version=desk.version)


@pytest.mark.parametrize("answer", [_by_group, _by_desk])
def test_an_answer_does_not_hold_against_what_the_file_says_by_now(
    office: Office, answer: Callable[[Office, str], None]
) -> None:
    """It was given beside another file: the value is undecided again and asks again in its group."""
    made = office.draft(_license(confidence=0.6))
    answer(office, made)
    office.meanwhile()
    decided = {fact.fact for fact in office.open(made).facts if fact.decision is not None}
    assert decided == ({"company_name"} if answer is _by_desk else set())
    with office.database.read() as session:
        doubt = session.scalars(select(Doubt).where(Doubt.draft_id == made, Doubt.fact == "registered_address")).one()
    assert doubt.answered_at is None


def test_an_answer_outlasts_a_file_that_says_the_same(office: Office) -> None:
    """A new customer's second paper, answered before the first made his file: nothing stands against it."""
    first, second = (office.draft(_license(code=CODES[3])) for _ in range(2))
    _by_desk(office, second)
    made_up.confirmed(office.database, first, office.people["colleague"])
    renewed = office.open(second)
    assert renewed.version == 2
    assert {one.fact for one in renewed.facts if one.decision is not None} == {"registered_address", "company_name"}


def test_a_settled_draft_is_not_made_anew(office: Office) -> None:
    """What was confirmed stays as it was decided on."""
    made = office.draft(_license())
    made_up.confirmed(office.database, made, office.people["reviewer"])
    office.meanwhile()
    with office.database.unit() as unit:
        draft_writing.catch_up(unit, made)
    with office.database.read() as session:
        assert session.get_one(Draft, made).version == 1
