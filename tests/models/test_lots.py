"""Lots: what the archivist's policy lets in, judged by a sample, confirmed by its judge's word alone or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from intake import wire
from intake.archive.light import LightPolicy
from intake.errors import (
    InLotError,
    InvalidLightPolicyError,
    LotStateError,
    LotTakenError,
    SampleUnfinishedError,
    UndecidedFactsError,
)
from intake.pictures import PageMeasures
from intake.types import DocumentReading, DraftCustomerFile
from models import batch_light, batch_lots, cases, customers, drafts, policies, queue
from models.audit import AuditRow
from models.base import new_id, now
from models.batch_rows import Batch, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Database, Unit
from models.draft_rows import Decision, Draft
from models.drafts import QueueFilter
from models.lot_rows import Lot, LotDraft
from models.upload_rows import Upload, UploadFile
from tests import made_up
from tests.made_up import license_reading

ON = LightPolicy(on=True, threshold=0.98, aql="6.5", share=5.0, seed="s")
MEASURES = PageMeasures(2480, 3508, 300.0, 300.0, "colour", red=True, ring=False, look="0" * 16)


def code(number: int) -> str:
    """A credit code that holds, of a company that does not exist."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    organization = f"MA{number:06d}"
    digits = [int(letter, 36) for letter in organization]
    left = -sum(digit * weight for digit, weight in zip(digits, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = f"91330106{organization}{'X' if left == 10 else left}"
    total = sum(alphabet.index(letter) * 3**place % 31 for place, letter in enumerate(body))
    return body + alphabet[-total % 31]


@dataclass
class Office:
    """A batch with its people."""

    database: Database
    people: dict[str, str]
    batch: str

    def set(self, chosen: LightPolicy = ON) -> list[str]:
        """Set the policy as the archivist."""
        with self.database.unit() as unit:
            return batch_light.set_policy(unit, self.batch, chosen, user_id=self.people["archivist"])

    def item(
        self, reading: DocumentReading, measures: PageMeasures | None = MEASURES, *, suggested: bool = False
    ) -> str:
        """A draft of an item of the batch; gives its identifier."""
        with self.database.unit() as unit:
            session = unit.session
            case = made_up.enter_case(unit, self.people["clerk"], [reading])
            page = session.scalars(select(Page).join(UploadFile).join(Upload).where(Upload.case_id == case)).one()
            page.measures = None if measures is None else wire.dump(measures)
            folder = session.scalars(select(BatchFolder)).one()
            number = len(session.scalars(select(BatchItem.id)).all()) + 1
            file = BatchFile(batch_id=self.batch, folder_id=folder.id, path=f"{number}.tif", position=number, size=1)
            item = BatchItem(batch_id=self.batch, folder_id=folder.id, number=number, case_id=case, suggested=suggested)
            session.add_all([file, item])
            session.flush()
            line = LedgerPage(batch_id=self.batch, folder_id=folder.id, file_id=file.id, page_index=0)
            line.page_id, line.item_id, line.state, line.number = page.id, item.id, "filed", number
            session.add(line)
            session.flush()
            return drafts.save_draft(unit, case, proposed(unit, case), [reading.type or ""]).id

    def draft(self, draft_id: str) -> Draft:
        """A draft's row."""
        with self.database.read() as session:
            return session.get_one(Draft, draft_id)

    def lot(self) -> Lot:
        """The latest lot."""
        with self.database.read() as session:
            return session.scalars(select(Lot).order_by(Lot.id.desc())).first() or Lot()

    def draw(self) -> list[str]:
        """Draw the sample; gives its drafts."""
        with self.database.unit() as unit:
            batch_lots.draw(unit, self.lot().id, self.people["archivist"])
        with self.database.read() as session:
            return [line.draft_id for line in batch_lots.sample(session, self.lot().id)]

    def judge(self, draft_id: str, *wrong: str, by: str = "reviewer") -> None:
        """Judge every fact of a draft; those named are wrong."""
        facts = [fact["fact"] for fact in self.draft(draft_id).body["facts"]]
        with self.database.unit() as unit:
            words = {fact: fact not in wrong for fact in facts}
            batch_lots.judge(unit, self.lot().id, draft_id, self.people[by], words)

    def settle(self, by: str = "reviewer") -> str:
        """Conclude the lot; gives its state."""
        with self.database.unit() as unit:
            batch_lots.settle(unit, self.lot().id, self.people[by])
        return self.lot().state

    def work(self) -> None:
        """What the worker does with the lot."""
        lot = self.lot()
        if lot.state == "refused":
            with self.database.unit() as unit:
                batch_lots.give_back(unit, lot)
            return
        while True:
            with self.database.read() as session:
                waiting = batch_lots.next_of(session, lot)
            for draft_id in waiting:
                with self.database.unit() as unit:
                    batch_lots.confirm(unit, lot, draft_id)
            if not waiting:
                return

    def queued(self) -> list[str]:
        """The drafts that are in the queue."""
        with self.database.read() as session:
            return [item.id for item in queue.queue(session, QueueFilter()).items]


def proposed(unit: Unit, case: str) -> DraftCustomerFile:
    """What the core drafts of a case."""
    documents = cases.documents(unit.session, case)
    return made_up.drafted(documents, customers.of_case(unit.session, case, documents))


@pytest.fixture
def office(any_database: Database) -> Office:
    """An archivist's batch of one folder, on SQLite and on PostgreSQL."""
    people = made_up.people(any_database, "clerk", "archivist", "reviewer", "reviewer", "administrator")
    with any_database.unit() as unit:
        batch = Batch(id=new_id(), name="B", root="b", created_by=people["archivist"], policy={"watched": True})
        unit.session.add(batch)
        unit.session.flush()
        unit.session.add(BatchFolder(batch_id=batch.id, box="1", name="1/A", position=1))
    return Office(any_database, people, batch.id)


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
    """A draft with a new version is looked at by itself; of the sample it counts against the lot."""
    office.set()
    made = [office.item(license_reading(code(number))) for number in range(4)]
    sample = office.draw()
    case = office.draft(sample[0]).case_id
    with office.database.unit() as unit:
        drafts.save_draft(unit, case, replace(proposed(unit, case), title="另"), ["business_license"])
    assert office.queued() == [sample[0]]
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
