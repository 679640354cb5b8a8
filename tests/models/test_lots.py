"""Lots: what the archivist's policy lets in, judged by a sample, confirmed by its judge's word alone or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from intake.archive.light import LightPolicy
from intake.errors import (
    InLotError,
    InvalidLightPolicyError,
    LotStateError,
    LotTakenError,
    SampleUnfinishedError,
    UndecidedFactsError,
)
from models import batch_light, batch_lots, drafts, policies, queue
from models.audit import AuditRow
from models.base import now
from models.batch_rows import Batch
from models.database import Database
from models.draft_rows import Decision, Draft
from models.lot_rows import Lot, LotDraft
from tests.made_up import license_reading
from tests.models.batch_office import MEASURES, ON, Office, code, opened, proposed


@pytest.fixture
def office(any_database: Database) -> Office:
    """On SQLite and on PostgreSQL."""
    return opened(any_database)


def test_without_a_policy_every_draft_is_looked_at_by_itself(office: Office) -> None:
    """And what is set is audited, and leaves the batch's other settings alone."""
    draft = office.item(license_reading(code(1)))
    assert office.queued() == [draft]
    office.set()
    with office.database.read() as session:
        assert session.get_one(Batch, office.batch).policy["watched"] is True
        row = session.scalars(select(AuditRow).where(AuditRow.action == "batch.policy")).one()
    assert (row.actor, row.details["value"]["threshold"]) == (office.people["archivist"], 0.98)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"threshold": 0.9}, "threshold"), ({"share": 4.9}, "share"), ({"aql": "3"}, "aql"), ({"seed": ""}, "seed")],
)
def test_a_policy_below_the_offices_line_or_the_standard_is_refused(
    office: Office, changes: dict[str, object], field: str
) -> None:
    """The threshold is no lower than the calibrated one, the sample no smaller than five per cent."""
    with pytest.raises(InvalidLightPolicyError) as error:
        office.set(replace(ON, **changes))  # type: ignore[arg-type]
    assert error.value.details["fields"] == [field]


def test_only_what_asks_for_no_look_goes_to_the_lot(office: Office) -> None:
    """Not what is below the policy's line, has a finding, a page that fails, or boundaries nobody confirmed."""
    office.set()
    fit = office.item(license_reading(code(1)))
    others = [
        office.item(license_reading(code(2), confidence=0.97)),
        office.item(license_reading("91330106MA2AB12C30")),
        office.item(license_reading(code(3)), replace(MEASURES, scan_dpi=150.0)),
        office.item(license_reading(code(4)), None),
        office.item(license_reading(code(5)), suggested=True),
        office.item(license_reading(code(6), name="杭州云㛃测试有限公司")),
    ]
    assert office.queued() == others
    assert office.draft(fit).lot_id == office.lot().id
    with office.database.unit() as unit, pytest.raises(InLotError):
        drafts.claim(unit, fit, office.people["reviewer"], 15)
    with office.database.read() as session:
        assert queue.following(session, office.people["reviewer"], now()) == others[0]


def test_a_second_person_outranks_every_policy(office: Office) -> None:
    """A draft that needs two people goes to no lot; one that needs them by now leaves it unconfirmed."""
    office.set()
    draft = office.item(license_reading(code(1)))
    with office.database.unit() as unit:
        rule = {"types": ["business_license"], "facts": []}
        policies.change(unit, "second_person", rule, user_id=office.people["administrator"])
    assert office.queued() == []
    second = office.item(license_reading(code(2)))
    office.judge(*office.draw())
    assert office.settle() == "accepted"
    office.work()
    assert (office.draft(draft).state, office.draft(draft).people, office.queued()) == ("open", 2, [draft, second])


def test_too_many_errors_in_the_sample_refuse_the_lot_and_everything_goes_to_the_queue(office: Office) -> None:
    """Of eight one may be wrong by ISO 2859-1, but seven of eight are less than the 95 % of DA/T 31-2017."""
    office.set()
    made = [office.item(license_reading(code(number))) for number in range(20)]
    sample = office.draw()
    lot = office.lot()
    assert (lot.size, lot.letter, lot.sample, lot.accept, lot.drawn) == (20, "D", 8, 1, 8)
    assert office.queued() == []
    office.judge(sample[0], "company_name")
    with pytest.raises(SampleUnfinishedError):
        office.settle()
    for draft_id in sample[1:]:
        office.judge(draft_id)
    with pytest.raises(LotTakenError):
        office.judge(sample[0], by="other reviewer")
    assert office.settle() == "refused"
    office.work()
    assert office.queued() == made


def test_what_is_wrong_in_an_accepted_lot_is_looked_at_by_itself(office: Office) -> None:
    """One of twenty is wrong: the others are confirmed, that one never."""
    office.set(replace(ON, share=100.0))
    made = [office.item(license_reading(code(number))) for number in range(20)]
    sample = office.draw()
    assert sorted(sample) == made
    for draft_id in sample[1:]:
        office.judge(draft_id)
    office.judge(sample[0], "company_name")
    assert office.settle() == "accepted"
    office.work()
    assert office.queued() == [sample[0]]
    assert {office.draft(draft_id).state for draft_id in sample[1:]} == {"confirmed"}


def test_every_draft_of_an_accepted_lot_has_its_judge_and_its_lot(office: Office) -> None:
    """The facts are in the customer files, each decision names the judge and the lot."""
    office.set()
    made = [office.item(license_reading(code(number))) for number in range(3)]
    for draft_id in office.draw():
        office.judge(draft_id)
    assert office.settle() == "accepted"
    assert {office.draft(draft_id).state for draft_id in made} == {"open"}
    office.work()
    office.work()
    assert {(row.state, row.settled_by) for row in map(office.draft, made)} == {
        ("confirmed", office.people["reviewer"])
    }
    with office.database.read() as session:
        said = session.scalars(select(Decision)).all()
        audited = session.scalars(select(AuditRow).where(AuditRow.action == "draft.confirmed")).all()
        members = session.scalars(select(LotDraft)).all()
    assert {(row.lot_id, row.user_id, row.action) for row in said} == {
        (office.lot().id, office.people["reviewer"], "accept")
    }
    assert {row.details["via"] for row in audited} == {"lot"}
    assert {row.outcome for row in members} == {"confirmed"}
    assert len(audited) == 3


def test_what_changed_since_it_was_drawn_leaves_the_lot(office: Office) -> None:
    """A draft with a new version is looked at by itself, and audited; of the sample it counts against the lot."""
    office.set()
    made = [office.item(license_reading(code(number))) for number in range(4)]
    sample = office.draw()
    case = office.draft(sample[0]).case_id
    with office.database.unit() as unit:
        drafts.save_draft(unit, case, replace(proposed(unit, case), title="另"), ["business_license"])
    assert office.queued() == [sample[0]]
    with office.database.read() as session:
        left = session.scalars(select(AuditRow).where(AuditRow.action == "draft.out_of_lot")).one()
    assert (left.subject_id, left.details) == (sample[0], {"lot": office.lot().id, "version": 2})
    for draft_id in sample[1:]:
        office.judge(draft_id)
    assert office.settle() == "refused"
    office.work()
    assert office.queued() == made


def test_a_judgement_is_of_every_fact_and_only_while_the_lot_is_drawn(office: Office) -> None:
    """Neither fewer facts nor later words."""
    office.set()
    office.item(license_reading(code(1)))
    (draft,) = office.draw()
    with office.database.unit() as unit, pytest.raises(UndecidedFactsError):
        batch_lots.judge(unit, office.lot().id, draft, office.people["reviewer"], {"company_name": True})
    office.judge(draft)
    office.settle()
    with pytest.raises(LotStateError):
        office.judge(draft)


def test_switching_the_policy_off_gives_everything_back(office: Office) -> None:
    """And on again a new lot gathers what fits, by the worker's looking through the batch."""
    office.set()
    draft = office.item(license_reading(code(1)))
    office.set(LightPolicy())
    assert office.queued() == [draft]
    assert len(office.set(replace(ON, seed="t"))) == 1
    with office.database.unit() as unit:
        (found,) = batch_lots.unsorted(unit.session, office.lot(), "")
        batch_light.sort(unit, unit.session.get_one(Draft, found))
    assert office.queued() == []
    assert office.draft(draft).lot_id == office.lot().id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE drafts SET state = 'confirmed', settled_by = '{reviewer}' WHERE id = '{draft}'",
        "UPDATE batch_lots SET state = 'accepted', judge_id = '{reviewer}'",
        "UPDATE batch_lots SET state = 'accepted', judge_id = NULL",
        "DELETE FROM batch_lot_drafts",
        "DELETE FROM batch_lots",
    ],
)
def test_the_database_itself_lets_nothing_past_the_sample(office: Office, statement: str) -> None:
    """Neither a draft confirmed out of a lot that is not accepted nor a lot accepted that was not judged."""
    office.set()
    draft = office.item(license_reading(code(1)))
    office.draw()
    said = statement.format(reviewer=office.people["reviewer"], draft=draft)
    with pytest.raises(DBAPIError), office.database.unit() as unit:
        unit.session.execute(text(said))


def test_another_person_cannot_confirm_what_the_judge_accepted(office: Office) -> None:
    """Nor can a settled lot, or a word of its sample, be changed."""
    office.set()
    draft = office.item(license_reading(code(1)))
    office.judge(*office.draw())
    office.settle()
    for said in (
        update(Draft).where(Draft.id == draft).values(state="confirmed", settled_by=office.people["other reviewer"]),
        update(Lot).values(state="refused"),
        update(LotDraft).values(verdict="wrong"),
    ):
        with pytest.raises(DBAPIError), office.database.unit() as unit:
            unit.session.execute(said)
