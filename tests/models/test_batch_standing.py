"""Whether a batch may be handed over, by what people have said of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Update, select, update

from intake.errors import BatchOpenError, BatchUnacceptedError, ItemsUnconfirmedError
from intake.types import Classification, DocumentReading
from models import acceptance, acceptance_checks, batch_export, batch_standing
from models.acceptance_rows import AcceptancePage
from models.batch_rows import BatchFile, LedgerPage
from models.database import Database
from models.draft_rows import Draft
from tests.made_up import license_reading
from tests.models.batch_office import Office, code, opened


@pytest.fixture
def office(database: Database) -> Office:
    """A batch of two licenses in a lot that gathers."""
    found = opened(database)
    found.set()
    for number in range(2):
        found.item(license_reading(code(number)))
    return found


def confirm(office: Office) -> None:
    """Accept the lot: its sample is right, its drafts are confirmed."""
    for draft in office.draw():
        office.judge(draft)
    assert office.settle() == "accepted"
    office.work()


def accept(office: Office) -> None:
    """Sign an acceptance whose sample is good, letting stand what machines find in made-up pages."""
    with office.database.unit() as unit:
        person = office.people["archivist"]
        row, _ = acceptance.begin(unit, office.batch, person, aql="6.5", share=5.0, seed="s")
        acceptance_checks.check(unit, row.id)
        row.checks = []
        for page in unit.session.scalars(select(AcceptancePage)):
            acceptance.judge(unit, row.id, page.id, person, matched=True)
        assert acceptance.sign(unit, row.id, person)


def leave(office: Office, *, unaccepted: bool = False) -> bool:
    """Take the batch out; gives whether as accepted."""
    with office.database.read() as session:
        return batch_export.of(session, office.batch, unaccepted=unaccepted).standing.accepted


def test_a_batch_leaves_as_accepted_when_its_lot_and_its_acceptance_are(office: Office) -> None:
    """Signed, closed, and every draft of it confirmed with its lot."""
    confirm(office)
    office.close()
    accept(office)
    assert leave(office)


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ((confirm,), BatchOpenError),
        ((confirm, Office.close), BatchUnacceptedError),
        ((Office.close, accept), ItemsUnconfirmedError),
    ],
)
def test_what_lacks_one_of_the_three_is_refused(
    office: Office, steps: tuple[Callable[[Office], None], ...], error: type[Exception]
) -> None:
    """Each with its own reason; where it is closed, it leaves as unaccepted if that is asked for."""
    for step in steps:
        step(office)
    with pytest.raises(error):
        leave(office)
    if error is BatchOpenError:
        with pytest.raises(error):
            leave(office, unaccepted=True)
    else:
        assert not leave(office, unaccepted=True)


def test_a_lot_that_was_refused_leaves_its_items_to_be_decided(office: Office) -> None:
    """They went back to the queue; what was confirmed or discarded there is decided, what was returned is not."""
    for draft in office.draw():
        office.judge(draft, "company_name")
    assert office.settle() == "refused"
    office.work()
    office.close()
    accept(office)

    def count(*states: str) -> int:
        with office.database.unit() as unit:
            for draft, state in zip(unit.session.scalars(select(Draft).order_by(Draft.id)), states, strict=True):
                draft.state = state
        with office.database.read() as session:
            return batch_standing.standing(session, office.batch).undecided

    assert [count("open", "open"), count("discarded", "open"), count("discarded", "returned")] == [2, 1, 1]
    assert count("discarded", "discarded") == 0


def test_a_paper_of_no_known_type_holds_nothing_to_decide(database: Database) -> None:
    """Letters and minutes of an archive leave without a reviewer's word on values that they have not."""
    office = opened(database)
    draft = office.item(DocumentReading(Classification(None, 0.9), (0,), (), ()))
    with database.unit() as unit:
        unit.session.get_one(Draft, draft).types = ""
    office.close()
    accept(office)
    assert leave(office)


@pytest.mark.parametrize(
    "change",
    [
        update(BatchFile).values(sha256="0" * 64),
        update(LedgerPage).where(LedgerPage.number == 1).values(state="rejected", reason="useless", item_id=None),
    ],
)
def test_what_changed_since_it_was_accepted_is_accepted_no_more(office: Office, change: Update) -> None:
    """An acceptance is of certain files, and of pages as they stood."""
    confirm(office)
    office.close()
    accept(office)
    with office.database.unit() as unit:
        unit.session.execute(change)
    with pytest.raises(BatchUnacceptedError):
        leave(office)
