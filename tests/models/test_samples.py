"""Samples: who had no word in it checks, agreement is kept, an error reopens the file and names its kin."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import select

from intake.errors import AlreadySettledError, InvalidValueError, SamePersonError, UndoOverError
from intake.sampling import QUALITY_ERROR
from models import cases, customers, draft_writing, drafts, edits, policies, sample_rows, samples, undoing
from models.audit import AuditRow
from models.base import now
from models.database import Database
from models.draft_rows import Draft
from models.drafts import DraftView
from models.regrouping import Editor
from models.sample_rows import Sample
from tests import made_up
from tests.made_up import CODES, confirmed, enter_draft, license_reading


@pytest.fixture
def database(any_database: Database) -> Database:
    """Every test here runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A clerk, two reviewers; everything that is confirmed is drawn."""
    found = made_up.people(database, "clerk", "reviewer", "reviewer", "administrator")
    with database.unit() as unit:
        policies.change(unit, "sampling", {"share": 100, "seed": "s"}, user_id=found["administrator"])
    return found


def _confirmed(database: Database, people: dict[str, str], code: str = CODES[0]) -> str:
    """A draft that the first reviewer confirmed; gives its identifier."""
    draft = enter_draft(database, people["clerk"], [license_reading(code)])
    confirmed(database, draft, people["reviewer"])
    return draft


def _sample(database: Database, draft_id: str) -> Sample:
    with database.read() as session:
        return session.scalars(select(Sample).where(Sample.draft_id == draft_id)).one()


def _view(database: Database, draft_id: str) -> DraftView:
    with database.read() as session:
        found = drafts.load(session, draft_id)
    assert found is not None
    return found


def _typed(database: Database, draft_id: str, **others: str) -> dict[str, str]:
    view = _view(database, draft_id)
    said = {fact.fact: fact.decision.value or "" for fact in view.facts if fact.decision is not None}
    return said | others


def test_a_confirmed_draft_is_drawn_and_the_audit_tells_by_what(database: Database, people: dict[str, str]) -> None:
    """The seed and the share stand in the audit; without a share nothing is drawn."""
    draft = _confirmed(database, people)
    with database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "draft.sampled")).one()
    assert (row.subject_id, row.details) == (draft, {"seed": "s", "share": 100.0})
    with database.unit() as unit:
        policies.change(unit, "sampling", {"share": 0, "seed": "s"}, user_id=people["administrator"])
    _confirmed(database, people, CODES[1])
    with database.read() as session:
        assert len(session.scalars(select(Sample)).all()) == 1


def test_who_confirmed_does_not_check(database: Database, people: dict[str, str]) -> None:
    """It waits for others only, and his own check is refused."""
    draft = _confirmed(database, people)
    sample = _sample(database, draft)
    with database.read() as session:
        assert samples.waiting(session, people["reviewer"]) == []
        assert [item.draft_id for item in samples.waiting(session, people["other reviewer"])] == [draft]
    with pytest.raises(SamePersonError), database.unit() as unit:
        samples.check(unit, sample.id, people["reviewer"], _typed(database, draft))


def test_agreement_is_kept(database: Database, people: dict[str, str]) -> None:
    """Values typed in another form are the same; the check counts, and cannot be done twice."""
    draft = _confirmed(database, people)
    sample, other = _sample(database, draft), people["other reviewer"]
    typed = _typed(database, draft, registered_capital="500万元")
    with database.unit() as unit:
        assert samples.check(unit, sample.id, other, typed) == ()
    done = _sample(database, draft)
    assert (done.state, done.checked_by, done.facts, done.wrong) == ("agreed", other, len(typed), [])
    with database.read() as session:
        assert samples.tally(session) == samples.Tally(1, len(typed), 0, 0)
    with pytest.raises(AlreadySettledError), database.unit() as unit:
        samples.check(unit, sample.id, other, typed)


def test_an_error_reopens_the_file_with_the_fact_doubtful(database: Database, people: dict[str, str]) -> None:
    """A new open draft of the case, against the customer's file; the checker's value is offered first."""
    draft = _confirmed(database, people)
    typed = _typed(database, draft, company_name="杭州云岫测式有限公司")
    with database.unit() as unit:
        wrong = samples.check(unit, _sample(database, draft).id, people["other reviewer"], typed)
    assert wrong == ("company_name",)
    done = _sample(database, draft)
    assert done.state == "reopened"
    assert done.reopened_as is not None
    view = _view(database, done.reopened_as)
    fact = next(fact for fact in view.facts if fact.fact == "company_name")
    assert (view.state, view.customer_number) == ("open", _view(database, draft).customer_number)
    assert fact.doubtful
    assert [one.code for one in fact.findings] == [QUALITY_ERROR]
    assert fact.alternatives[0].value == "杭州云岫测式有限公司"
    number = confirmed(database, view.id, people["reviewer"], company_name="杭州云岫测式有限公司")
    assert number == view.customer_number


def _reopened(database: Database, people: dict[str, str], draft: str, **typed: str) -> str:
    """The draft that a check reopens."""
    with database.unit() as unit:
        sample = _sample(database, draft).id
        samples.check(unit, sample, people["other reviewer"], _typed(database, draft, **typed))
    again = _sample(database, draft).reopened_as
    assert again is not None
    return again


def _told(database: Database, draft_id: str) -> tuple[list[str], bool, str | None]:
    """Of the name: what was found, whether it asks for a look, what is offered first."""
    fact = next(fact for fact in _view(database, draft_id).facts if fact.fact == "company_name")
    return [one.code for one in fact.findings], fact.doubtful, next((one.value for one in fact.alternatives), None)


RIGHT = "杭州云岫测式有限公司"
STANDS = ([QUALITY_ERROR], True, RIGHT)


def _another_paper_is_confirmed(database: Database, people: dict[str, str], _case_id: str) -> None:
    other = enter_draft(database, people["clerk"], [license_reading()])
    confirmed(database, other, people["reviewer"], registered_address="浙江省杭州市滨江区听松路99号")


def _a_paper_is_retyped_and_back(database: Database, people: dict[str, str], case_id: str) -> None:
    editor = Editor(people["reviewer"], made_up.TODAY, now())
    with database.unit() as unit:
        papers = [row.id for row in cases.document_rows(unit.session, case_id)]
        edits.retype(unit, case_id, editor, papers, "contract")
    with database.unit() as unit:
        undoing.undo(unit, case_id, editor)


def _its_draft_is_discarded(database: Database, people: dict[str, str], case_id: str) -> None:
    with database.unit() as unit:
        draft = unit.session.scalars(select(Draft).where(Draft.case_id == case_id, Draft.state == "open")).one()
        drafts.claim(unit, draft.id, people["reviewer"], 15)
        drafts.discard(unit, draft.id, people["reviewer"], draft.version, "other")
    with database.unit() as unit:
        documents = cases.documents(unit.session, case_id)
        draft_writing.draft_papers(unit, case_id, documents, today=made_up.TODAY)


@pytest.mark.parametrize("change", [_another_paper_is_confirmed, _a_paper_is_retyped_and_back, _its_draft_is_discarded])
def test_an_error_stands_however_often_the_draft_is_made_anew(
    database: Database, people: dict[str, str], change: Callable[[Database, dict[str, str], str], None]
) -> None:
    """Until a person has decided on it; taken back, his confirmation leaves it standing again."""
    draft = _confirmed(database, people)
    case_id = _view(database, draft).case_id
    assert _told(database, _reopened(database, people, draft, company_name=RIGHT)) == STANDS
    change(database, people, case_id)
    with database.read() as session:
        again = session.scalars(select(Draft.id).where(Draft.case_id == case_id, Draft.state == "open")).one()
    with database.unit() as unit:
        drafts.claim(unit, again, people["reviewer"], 15)
    assert _told(database, again) == STANDS
    confirmed(database, again, people["reviewer"], company_name=RIGHT)
    with database.read() as session:
        assert sample_rows.wrong(session, case_id) == {}
    with database.unit() as unit:
        drafts.unconfirm(unit, again, people["reviewer"], 15)
    with database.read() as session:
        assert sample_rows.wrong(session, case_id) == {"company_name": RIGHT}


def test_a_reopened_draft_is_of_the_customer_who_was_confirmed(database: Database, people: dict[str, str]) -> None:
    """Also where his number was corrected, so that the papers alone tell nobody; claiming it changes nothing."""
    draft = enter_draft(database, people["clerk"], [license_reading()])
    number = confirmed(database, draft, people["reviewer"], credit_code=CODES[1])
    again = _reopened(database, people, draft, company_name=RIGHT)
    with database.unit() as unit:
        drafts.claim(unit, again, people["reviewer"], 15)
    view = _view(database, again)
    assert (view.customer_number, view.version) == (number, 1)
    assert _told(database, again) == STANDS


def test_a_reopened_draft_tells_who_else_holds_its_number(database: Database, people: dict[str, str]) -> None:
    """As every other draft does; claiming it changes nothing."""
    _confirmed(database, people)
    second = enter_draft(database, people["clerk"], [license_reading()])
    with database.unit() as unit:
        drafts.claim(unit, second, people["reviewer"], 15)
        drafts.choose_customer(unit, second, people["reviewer"], 1, customers.NEW)
    confirmed(database, second, people["reviewer"])
    again = _reopened(database, people, second, company_name=RIGHT)
    with database.unit() as unit:
        drafts.claim(unit, again, people["reviewer"], 15)
    view = _view(database, again)
    assert ("customer.known_elsewhere" in [one.code for one in view.findings], view.version) == (True, 1)


def test_the_files_that_share_the_cause_are_listed(database: Database, people: dict[str, str]) -> None:
    """What the same person accepted untouched at the same place; not what another person accepted."""
    draft, same = _confirmed(database, people), _confirmed(database, people, CODES[1])
    other = enter_draft(database, people["clerk"], [license_reading(CODES[2])])
    confirmed(database, other, people["other reviewer"])
    typed = _typed(database, draft, company_name="杭州云岫测式有限公司")
    with database.unit() as unit:
        samples.check(unit, _sample(database, draft).id, people["other reviewer"], typed)
    with database.read() as session:
        found = samples.suspects(session, session.get_one(Sample, _sample(database, draft).id))
    assert [(one.draft_id, one.fact, one.title) for one in found] == [(same, "company_name", "杭州云岫测试有限公司")]


def test_the_checks_are_summed_up(database: Database, people: dict[str, str]) -> None:
    """Drafts and values that were looked at, and what of them was wrong; what waits does not count."""
    agreed, wrong, _waiting = (_confirmed(database, people, code) for code in CODES[:3])
    with database.read() as session:
        assert samples.tally(session) == samples.Tally(0, 0, 0, 0)
    changed = _typed(database, wrong, company_name="杭州云岫测式有限公司", registered_address="杭州市")
    for draft, typed in ((agreed, _typed(database, agreed)), (wrong, changed)):
        with database.unit() as unit:
            samples.check(unit, _sample(database, draft).id, people["other reviewer"], typed)
    values = len(_typed(database, agreed)) + len(_typed(database, wrong))
    with database.read() as session:
        assert samples.tally(session) == samples.Tally(2, values, 1, 2)


def test_a_malformed_value_is_no_check(database: Database, people: dict[str, str]) -> None:
    """It is named, and the sample waits on."""
    draft = _confirmed(database, people)
    typed = _typed(database, draft, registered_capital="many")
    with pytest.raises(InvalidValueError), database.unit() as unit:
        samples.check(unit, _sample(database, draft).id, people["other reviewer"], typed)
    assert _sample(database, draft).state == "waiting"


def test_a_confirmation_taken_back_is_not_checked(database: Database, people: dict[str, str]) -> None:
    """The sample goes with it; the next confirmation may be drawn anew."""
    draft = _confirmed(database, people)
    with database.unit() as unit:
        drafts.unconfirm(unit, draft, people["reviewer"], 15)
    with database.read() as session:
        assert session.scalars(select(Sample)).all() == []
        assert session.get_one(Draft, draft).state == "open"


def test_checking_and_taking_back_at_once_never_wait_for_each_other(database: Database, people: dict[str, str]) -> None:
    """Either the check reopens the file, and nothing can be taken back; or the sample is gone before it is checked."""
    for code in CODES:
        draft = _confirmed(database, people, code)
        sample, typed = _sample(database, draft).id, _typed(database, draft, company_name="杭州云岫测式有限公司")
        begin = Barrier(2)

        def check(sample: str = sample, typed: dict[str, str] = typed, begin: Barrier = begin) -> bool:
            begin.wait()
            with suppress(LookupError), database.unit() as unit:
                return bool(samples.check(unit, sample, people["other reviewer"], typed))
            return False

        def take_back(draft: str = draft, begin: Barrier = begin) -> bool:
            begin.wait()
            with suppress(UndoOverError), database.unit() as unit:
                return bool(drafts.unconfirm(unit, draft, people["reviewer"], 15))
            return False

        with ThreadPoolExecutor(2) as pool:
            checked, taken_back = pool.submit(check), pool.submit(take_back)
            assert checked.result() != taken_back.result()
