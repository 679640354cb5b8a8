"""A batch of a legacy archive with its people, as workers leave it, for tests of lots and of acceptance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intake import wire
from intake.archive.light import LightPolicy
from intake.pictures import PageMeasures
from intake.types import DocumentReading, DraftCustomerFile
from models import batch_light, batch_lots, cases, customers, drafts, queue
from models.base import new_id, now
from models.batch_rows import Batch, BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Database, Unit
from models.draft_rows import Draft
from models.drafts import QueueFilter
from models.lot_rows import Lot
from models.upload_rows import Upload, UploadFile
from tests import made_up

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
            file.upload_file_id = page.upload_file_id
            session.add_all([file, item])
            session.flush()
            line = LedgerPage(batch_id=self.batch, folder_id=folder.id, file_id=file.id, page_index=0)
            line.page_id, line.item_id, line.state, line.number = page.id, item.id, "filed", number
            session.add(line)
            session.flush()
            return drafts.save_draft(unit, case, proposed(unit, case), [reading.type or ""]).id

    def close(self, state: str = "closed") -> None:
        """Close the batch, whatever stands in its ledger, or let it stand in another state."""
        with self.database.unit() as unit:
            batch = unit.session.get_one(Batch, self.batch)
            batch.state, batch.closed_at = state, now() if state == "closed" else None

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


def opened(database: Database, people: dict[str, str] | None = None) -> Office:
    """An archivist's batch of one folder."""
    people = people or made_up.people(database, "clerk", "archivist", "reviewer", "reviewer", "administrator")
    with database.unit() as unit:
        batch = Batch(id=new_id(), name="B", root="b", created_by=people["archivist"], policy={"watched": True})
        unit.session.add(batch)
        unit.session.flush()
        folder = BatchFolder(batch_id=batch.id, box="1", name="1/A", position=1, archival_number="J001-2020-D10-0001")
        unit.session.add(folder)
    return Office(database, people, batch.id)


def proposed(unit: Unit, case: str) -> DraftCustomerFile:
    """What the core drafts of a case."""
    documents = cases.documents(unit.session, case)
    return made_up.drafted(documents, customers.of_case(unit.session, case, documents))
