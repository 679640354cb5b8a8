"""A second person: another than the first, blind where the office wants it, and enforced by the database itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intake.errors import SamePersonError, UndecidedFactsError
from intake.types import Decision
from models import customers, drafts, policies, round_views, rounds
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.draft_rows import Draft
from models.drafts import DraftView, QueueFilter
from models.rounds import Round
from tests import made_up
from tests.made_up import enter_draft, license_reading

_SECOND_WORD = """
    INSERT INTO rounds (id, draft_id, version, number, user_id, words, acknowledged, blind, at)
    SELECT 'x', draft_id, version, 2, user_id, words, acknowledged, blind, at FROM rounds
"""
_BORN_CONFIRMED = """
    INSERT INTO drafts (id, case_id, state, version, body, types, doubtful, errors, created_at, updated_at, changes,
      round, people)
    SELECT 'x', case_id, 'confirmed', 1, body, types, 0, 0, created_at, updated_at, changes, 2, 2 FROM drafts
"""


@dataclass
class Office:
    """A draft of a license, and people who decide on it one after the other."""

    database: Database
    people: dict[str, str]
    draft_id: str

    def view(self, who: str) -> DraftView:
        """The draft as a reviewer sees it."""
        with self.database.read() as session:
            found = drafts.load(session, self.draft_id)
            assert found is not None
            return round_views.seen_by(session, found, self.people[who], decides=True)

    def claim(self, who: str) -> None:
        """Let a reviewer hold it."""
        with self.database.unit() as unit:
            drafts.claim(unit, self.draft_id, self.people[who], 15)

    def decide(self, who: str, **corrections: str) -> str | None:
        """Claim and confirm as this reviewer sees the draft: accept what is seen, correct what is named."""
        self.claim(who)
        words = made_up.accept_all(self.view(who), **corrections)
        keys = frozenset(finding.key for finding in self.view(who).findings)
        with self.database.unit() as unit:
            return drafts.confirm(
                unit, self.draft_id, self.people[who], self.view(who).version, words, acknowledged=keys
            )

    def queue(self, who: str) -> list[tuple[str, int]]:
        """The drafts that this reviewer may be given, each with its round."""
        with self.database.read() as session:
            page = drafts.queue(session, QueueFilter(reviewer=self.people[who]))
        return [(item.id, item.round) for item in page.items]


def _office(database: Database, **policy: dict[str, list[str]]) -> Office:
    people = made_up.people(database, "clerk", "administrator")
    with database.unit() as unit:
        for name in ("one", "two", "three"):
            people[name] = made_up.add_user(unit, name, ["reviewer"]).id
        for name, value in policy.items():
            policies.change(unit, name, value, user_id=people["administrator"])
    return Office(database, people, enter_draft(database, people["clerk"], [license_reading()]))


@pytest.fixture
def two_eyes_more(any_database: Database) -> Office:
    """Licenses need a second person, on SQLite and on PostgreSQL."""
    return _office(any_database, second_person={"types": ["business_license"], "facts": []})


@pytest.fixture
def blind(any_database: Database) -> Office:
    """The credit code and the capital are keyed blind."""
    return _office(any_database, blind={"facts": ["credit_code", "registered_capital"]})


def test_the_first_person_does_not_confirm_alone(two_eyes_more: Office) -> None:
    """What the first decided is kept; the draft waits for another, for whom alone it stands in the queue."""
    office = two_eyes_more
    assert office.decide("one", company_name="杭州云岫一号有限公司") is None
    view = office.view("two")
    assert (view.state, view.round, view.people, view.claimed_by) == ("open", 2, 2, None)
    assert office.queue("one") == []
    assert office.queue("two") == [(office.draft_id, 2)]
    decided = {fact.fact: fact.decision for fact in view.facts}
    assert decided["company_name"] == Decision("company_name", "correct", "杭州云岫一号有限公司")
    assert decided["credit_code"] == Decision("credit_code", "accept")
    with pytest.raises(SamePersonError):
        office.claim("one")


def test_the_second_persons_word_counts_and_both_are_kept(two_eyes_more: Office) -> None:
    """Where the two differ the second's word is the customer file's; the rounds tell what each said."""
    office = two_eyes_more
    office.decide("one", company_name="杭州云岫一号有限公司")
    number = office.decide("two", company_name="杭州云岫二号有限公司")
    assert number is not None
    with office.database.read() as session:
        file = customers.load(session, number)
        kept = rounds.of(session, office.draft_id, 1)
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert file is not None
    assert file.name == "杭州云岫二号有限公司"
    assert [(row.number, row.user_id, row.values["company_name"]) for row in kept] == [
        (1, office.people["one"], "杭州云岫一号有限公司"),
        (2, office.people["two"], "杭州云岫二号有限公司"),
    ]
    assert [action for action in actions if action.startswith("draft.")][-3:] == [
        "draft.keyed",
        "draft.claimed",
        "draft.confirmed",
    ]


def test_the_second_person_looks_at_a_rare_name_himself(two_eyes_more: Office) -> None:
    """It is never filled in as decided: what the first accepted is open again, what he corrected is offered beside."""
    office = two_eyes_more
    values = {"name": "杭州云岫测试有限公司", "uscc": made_up.CODES[1], "legal_representative": "林堃"}
    for corrections, offered in (({}, []), ({"legal_representative": "林坤"}, [("林坤", "first")])):
        paper = made_up.reading("business_license", values)
        office.draft_id = enter_draft(office.database, office.people["clerk"], [paper])
        assert office.decide("one", **corrections) is None
        seen = {fact.fact: fact for fact in office.view("two").facts}
        assert seen["company_name"].decision == Decision("company_name", "accept")
        name = seen["legal_representative"]
        assert (name.value, name.decision, name.doubtful) == ("林堃", None, True)
        assert [(one.value, one.reason) for one in name.alternatives] == offered


def test_one_person_is_enough_where_nothing_else_is_set(any_database: Database) -> None:
    """Without a policy no round is kept at all."""
    office = _office(any_database)
    assert office.decide("one") == "C00000001"
    with any_database.read() as session:
        assert rounds.of(session, office.draft_id, 1) == []


def test_a_rule_that_is_set_after_a_draft_was_made_counts_for_it(any_database: Database) -> None:
    """An open draft follows what is set today; once it needs two, taking the rule back does not make it need one."""
    office = _office(any_database)
    for types, number in ((["business_license"], 2), ([], 2)):
        with any_database.unit() as unit:
            value = {"types": types, "facts": []}
            policies.change(unit, "second_person", value, user_id=office.people["administrator"])
        office.claim("one")
        assert office.view("one").people == number
    assert office.decide("one") is None


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE drafts SET state = 'confirmed'",
        "UPDATE drafts SET people = 1",
        "UPDATE drafts SET people = 1, state = 'confirmed'",
        "UPDATE rounds SET user_id = (SELECT id FROM users WHERE name = 'two')",
        "UPDATE rounds SET number = 2",
        "DELETE FROM rounds",
        _SECOND_WORD,
        _BORN_CONFIRMED,
    ],
)
def test_the_database_refuses_one_person_twice_whatever_the_code_does(two_eyes_more: Office, attempt: str) -> None:
    """By raw SQL: no confirmed draft with one person's word, no second word of the same person, no changed history."""
    two_eyes_more.decide("one")
    with pytest.raises(IntegrityError), two_eyes_more.database.unit() as unit:
        unit.session.execute(text(attempt))


def test_the_database_keeps_the_rounds_of_a_confirmed_draft_as_they_are(two_eyes_more: Office) -> None:
    """After the confirmation no round can be withdrawn either."""
    two_eyes_more.decide("one")
    two_eyes_more.decide("two")
    with pytest.raises(IntegrityError), two_eyes_more.database.unit() as unit:
        unit.session.execute(text("UPDATE rounds SET withdrawn_at = at"))


def test_a_confirmation_taken_back_lets_the_second_person_decide_again(two_eyes_more: Office) -> None:
    """The draft waits for a second person again; the first's round stands, the withdrawn one is still there."""
    office = two_eyes_more
    office.decide("one")
    office.decide("two")
    with office.database.unit() as unit:
        drafts.unconfirm(unit, office.draft_id, office.people["two"], 15)
    assert (office.view("two").state, office.view("two").round) == ("open", 2)
    assert office.decide("two", company_name="杭州云岫二号有限公司") is not None
    with office.database.read() as session:
        rows = session.scalars(select(Round).order_by(Round.number, Round.at)).all()
    assert [(row.number, row.withdrawn_at is None) for row in rows] == [(1, True), (2, False), (2, True)]


def test_new_papers_begin_the_rounds_anew(two_eyes_more: Office) -> None:
    """What the first decided was of another version: the draft needs two people again, and the first may be one."""
    office = two_eyes_more
    office.decide("one")
    with office.database.unit() as unit:
        view = drafts.load(unit.session, office.draft_id)
        assert view is not None
        changed = made_up.drafted(
            (made_up.CaseDocument(view.documents[0].id, license_reading(name="杭州云岫新名有限公司")),)
        )
        drafts.save_draft(unit, view.case_id, changed, ["business_license"])
    assert (office.view("one").round, office.view("one").people, office.view("one").version) == (1, 2, 2)
    assert office.decide("one") is None
    assert office.decide("two") is not None


def test_who_keys_blind_sees_neither_the_reading_nor_the_first_word(blind: Office) -> None:
    """Of a blind fact the second sees its place alone; the other facts are as the first decided them."""
    office = blind
    office.decide("one")
    seen = {fact.fact: fact for fact in office.view("two").facts}
    hidden = seen["credit_code"]
    assert (hidden.value, hidden.alternatives, hidden.present, hidden.decision, hidden.findings) == (
        None,
        (),
        None,
        None,
        (),
    )
    assert [(place.text, place.value, place.region) for place in hidden.sources] == [("", None, made_up.REGION)]
    assert [(place.reader, place.how, place.unsure) for place in hidden.sources] == [("", "", ())]
    assert made_up.CODES[0] not in repr(office.view("two").facts) + repr(office.view("two").file)
    assert seen["company_name"].decision == Decision("company_name", "accept")
    assert {fact.fact: fact.value for fact in office.view("one").facts}["credit_code"] == made_up.CODES[0]


def test_two_who_key_the_same_are_done(blind: Office) -> None:
    """Equal in the canonical form of the kind, however it was typed; what had been read counts as accepted."""
    office = blind
    office.decide("one")
    number = office.decide("two", credit_code=made_up.CODES[0].lower(), registered_capital="500万元")
    assert number is not None
    with office.database.read() as session:
        file = customers.load(session, number)
    assert file is not None
    facts = {fact.fact: fact for fact in file.facts}
    assert (facts["credit_code"].value, facts["credit_code"].action) == (made_up.CODES[0], "accept")
    assert facts["registered_capital"].value == "5000000.00"


def test_accepting_what_is_not_seen_is_no_decision(blind: Office) -> None:
    """The second must key a blind fact or leave it out."""
    office = blind
    office.decide("one")
    office.claim("two")
    words = [
        Decision(fact.fact, "accept" if fact.value is not None or fact.fact == "credit_code" else "omit")
        for fact in office.view("two").facts
    ]
    with pytest.raises(UndecidedFactsError) as caught, office.database.unit() as unit:
        drafts.confirm(unit, office.draft_id, office.people["two"], 1, words)
    assert caught.value.details == {"facts": ["credit_code"]}


def test_where_two_differ_a_third_decides_and_sees_both(blind: Office) -> None:
    """Only the differing fact is open again; neither of the two can be the third."""
    office = blind
    office.decide("one")
    assert office.decide("two", credit_code=made_up.CODES[0], registered_capital="600万元") is None
    view = office.view("three")
    assert (view.round, view.people) == (3, 3)
    assert office.queue("one") == office.queue("two") == []
    facts = {fact.fact: fact for fact in view.facts}
    capital = facts["registered_capital"]
    assert capital.decision is None
    assert [(one.value, one.reason) for one in capital.alternatives[:2]] == [
        ("5000000.00", "first"),
        ("6000000.00", "second"),
    ]
    assert facts["credit_code"].decision == Decision("credit_code", "accept")
    for name in ("one", "two"):
        with pytest.raises(SamePersonError):
            office.claim(name)
    number = office.decide("three", registered_capital="6000000.00")
    assert number is not None
    with office.database.read() as session:
        file = customers.load(session, number)
    assert file is not None
    assert {fact.fact: fact.value for fact in file.facts}["registered_capital"] == "6000000.00"


def test_the_rounds_of_a_draft_are_told_without_what_is_blind(blind: Office) -> None:
    """Who waits for his turn is not told the first's word; who has decided, and everybody afterwards, is."""
    office = blind
    office.decide("one")

    def told(who: str) -> dict[str, str | None]:
        with office.database.read() as session:
            view = drafts.load(session, office.draft_id)
            assert view is not None
            return dict(round_views.of_draft(session, view, office.people[who], decides=True)[0].values)

    assert "credit_code" not in told("two")
    assert told("one")["credit_code"] == made_up.CODES[0]
    assert told("two")["company_name"] == "杭州云岫测试有限公司"


def test_a_claim_is_left_behind_when_the_round_is_handed_in(two_eyes_more: Office) -> None:
    """The second can claim at once, and the case still waits."""
    office = two_eyes_more
    office.decide("one")
    office.claim("two")
    with office.database.read() as session:
        row = session.get_one(Draft, office.draft_id)
        assert row.claimed_by == office.people["two"]
        assert row.claimed_until is not None
        assert row.claimed_until > now() + timedelta(minutes=10)


_FURTHER = """
    INSERT INTO rounds (id, draft_id, version, number, user_id, words, acknowledged, blind, at)
    SELECT 'of {who}', draft_id, version, {number}, (SELECT id FROM users WHERE name = '{who}'),
      {words}, acknowledged, blind, at FROM rounds WHERE number = 1
"""


def _key_by_sql(office: Office, who: str, number: int, capital: str) -> None:
    """Keep a further round as nobody's code would: the first's words but for the capital; it asks for no third."""
    sqlite = office.database.engine.dialect.name == "sqlite"
    words = "replace({}, '5000000.00', '{}'){}".format(
        *(("words", capital, "") if sqlite else ("words::text", capital, "::json"))
    )
    with office.database.unit() as unit:
        unit.session.execute(text(_FURTHER.format(who=who, number=number, words=words)))


def _by_sql(office: Office, statement: str) -> None:
    with office.database.unit() as unit:
        unit.session.execute(text(statement))


def test_the_database_demands_a_third_word_where_two_keyed_a_value_differently(blind: Office) -> None:
    """By raw SQL: two words are enough people, yet not where a blind fact differs; with a third person's they are."""
    blind.decide("one")
    _key_by_sql(blind, "two", 2, "6000000.00")
    with pytest.raises(IntegrityError, match="drafts_third_word"):
        _by_sql(blind, "UPDATE drafts SET state = 'confirmed'")
    _key_by_sql(blind, "three", 3, "6000000.00")
    _by_sql(blind, "UPDATE drafts SET state = 'confirmed'")


def test_the_database_demands_it_also_where_the_second_took_the_differing_word_back(blind: Office) -> None:
    """Another second word that agrees does not undo what was different once."""
    blind.decide("one")
    _key_by_sql(blind, "two", 2, "6000000.00")
    _by_sql(blind, "UPDATE rounds SET withdrawn_at = at WHERE number = 2")
    _key_by_sql(blind, "three", 2, "5000000.00")
    with pytest.raises(IntegrityError, match="drafts_third_word"):
        _by_sql(blind, "UPDATE drafts SET state = 'confirmed'")


def test_the_database_asks_for_no_third_word_where_no_blind_value_differs(two_eyes_more: Office) -> None:
    """What the second saw and changed is his to change."""
    two_eyes_more.decide("one")
    _key_by_sql(two_eyes_more, "two", 2, "6000000.00")
    _by_sql(two_eyes_more, "UPDATE drafts SET state = 'confirmed'")
