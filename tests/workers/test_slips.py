"""A new scan with a slip in it, from the upload to its case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from intake import pipeline
from intake.customers import slips
from intake.errors import NothingToUndoError
from intake.types import FileReading, FlatGeometry, PageSize, PageText
from models import accounts, drafts, edits, jobs, links, structure, undoing
from models.audit import AuditRow
from models.base import now
from models.cases import Case, Document
from models.cases import Page as PageRow
from models.draft_rows import Draft
from models.regrouping import Editor
from models.signing import secret_key
from models.slips import by_number
from models.upload_rows import Upload
from models.uploads import Received
from tests import made_up
from workers import tasks
from workers.context import Context

Scan = Callable[..., str]


@pytest.fixture
def returned(context: Context) -> str:
    """The case that a reviewer returned to the first clerk."""
    draft_id = made_up.enter_draft(context.database, "clerk-1", [made_up.license_reading()])
    with context.database.unit() as unit:
        reviewer = accounts.add_user(unit, "reviewer", ["reviewer"]).id
        drafts.claim(unit, draft_id, reviewer, 15)
        drafts.return_to_clerk(unit, draft_id, reviewer, 1, "side_missing")
        return unit.session.get_one(Draft, draft_id).case_id


@pytest.fixture
def scan(context: Context, hand_in: Callable[..., Received], monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Hand in and read a card behind slips with these codes, in the portal or another way; gives the upload."""

    def take(codes: tuple[str, ...], via: str = "portal") -> str:
        texts = tuple(
            PageText(FlatGeometry(index, 0, 9, 9, 9, 9, (1, 0, 0, 0, 1, 0, 0, 0, 1)), (), "tesseract", (code,))
            for index, code in enumerate(codes, start=1)
        )
        sizes = (PageSize(9, 9),) * (len(codes) + 1)
        monkeypatch.setattr(
            pipeline, "read_file", lambda *_, **__: FileReading(sizes, texts, (made_up.card_reading(),))
        )
        received = hand_in(" ".join(codes).encode())
        with context.database.unit() as unit:
            unit.session.get_one(Upload, received.upload.id).via = via
        tasks.run_job(context, received.job_ids[0])
        return received.upload.id

    return take


def _case_of(context: Context, upload_id: str) -> Case:
    with context.database.read() as rows:
        return rows.get_one(Case, rows.get_one(Upload, upload_id).case_id)


def _joining(context: Context, upload_id: str) -> str | None:
    with context.database.read() as rows:
        return rows.get_one(Upload, upload_id).joining


def test_a_scan_with_its_slip_joins_the_returned_case_which_is_drafted_anew(
    context: Context, returned: str, scan: Scan
) -> None:
    """Its papers lie with the old ones, the slip's page is in the ledger and in no document, the audit tells it."""
    upload_id = scan((slips.payload(secret_key(context.settings), returned),))
    case = _case_of(context, upload_id)
    assert (case.id, case.state, _joining(context, upload_id)) == (returned, "drafted", "slip")
    with context.database.read() as rows:
        kinds = rows.scalars(select(Document.type).where(Document.case_id == returned)).all()
        states = rows.scalars(select(Draft.state).where(Draft.case_id == returned).order_by(Draft.id)).all()
        left = rows.scalars(select(Case.state).where(Case.id != returned)).all()
        ledger = rows.scalars(select(PageRow.state).where(PageRow.page_index == 1)).all()
        told = rows.scalars(select(AuditRow.subject_id).where(AuditRow.action == "case.joined")).all()
        assert structure.targets(rows, returned) == (), "nobody moves papers to the case that was left"
    assert sorted(map(str, kinds)) == ["business_license", "id_card_front"]
    assert (states, left, ledger, told) == (["returned", "open"], ["joined"], ["separator"], [returned])


def test_another_clerks_slip_moves_nothing_and_the_audit_tells_it(context: Context, returned: str, scan: Scan) -> None:
    """Who may not see a case cannot add papers to it by holding its slip; the papers get a draft of their own."""
    with context.database.unit() as unit:
        other = accounts.add_user(unit, "other", ["clerk"]).id
        unit.session.get_one(Case, returned).created_by = other
    upload_id = scan((slips.payload(secret_key(context.settings), returned),))
    case = _case_of(context, upload_id)
    assert (case.id != returned, case.state, _joining(context, upload_id)) == (True, "drafted", "not_theirs")
    with context.database.read() as rows:
        (row,) = rows.scalars(select(AuditRow).where(AuditRow.action == "slip.refused")).all()
    assert (row.subject_id, row.details["reason"]) == (upload_id, "not_theirs")


def test_a_slip_that_a_customer_sends_by_a_link_moves_nothing(context: Context, returned: str, scan: Scan) -> None:
    """The link says which case his papers are for; a slip that he holds takes nobody's papers elsewhere."""
    upload_id = scan((slips.payload(secret_key(context.settings), returned),), via="link")
    case = _case_of(context, upload_id)
    assert (case.id != returned, case.state, _joining(context, upload_id)) == (True, "drafted", None)


def test_a_forged_slip_and_slips_of_two_cases_move_nothing(context: Context, returned: str, scan: Scan) -> None:
    """Only a slip that this installation signed counts, and only where it is clear which case is meant."""
    own = slips.payload(secret_key(context.settings), returned)
    assert _joining(context, scan((slips.payload("forged", returned),))) == "unknown"
    assert _joining(context, scan((own, slips.payload(secret_key(context.settings), "01ANOTHER")))) == "several"


def test_a_returned_case_is_found_by_the_number_on_its_slip(context: Context, returned: str) -> None:
    """However it is spaced; another number finds none."""
    with context.database.read() as rows:
        number = str(rows.get_one(Case, returned).slip_number)
        found = by_number(rows, f"{number[:3]} {number[3:]}")
        assert found is not None
        assert found.id == returned
        assert by_number(rows, slips.number(77)) is None


def test_papers_join_their_case_when_all_of_them_are_read(
    context: Context, hand_in: Callable[..., Received], returned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one that was put aside is read once more nothing moves, and a customer's link moves with the papers."""
    received = hand_in(b"the slip", b"a card")
    readings = [
        FileReading((PageSize(9, 9),), (_slip(context, returned),), ()),
        FileReading((PageSize(9, 9),), (), (made_up.card_reading(),)),
    ]
    monkeypatch.setattr(pipeline, "read_file", lambda *_, **__: readings.pop(0))
    with context.database.unit() as unit:
        token = links.make(unit, received.upload.case_id, "clerk-1", 24)
        held = jobs.claim(unit, received.job_ids[1], 30)
        assert held is not None
        jobs.quarantine(unit, held, jobs.LOST)
    with monkeypatch.context() as meanwhile:
        meanwhile.setitem(tasks._WORK, jobs.DRAFT_CASE, partial(_retried, job_id=received.job_ids[1]))
        tasks.run_job(context, received.job_ids[0])
    assert (_case_of(context, received.upload.id).state, _joining(context, received.upload.id)) == ("reading", None)
    tasks.run_job(context, received.job_ids[1])
    assert (_case_of(context, received.upload.id).id, _joining(context, received.upload.id)) == (returned, "slip")
    with context.database.read() as rows:
        kinds = rows.scalars(select(Document.type).where(Document.case_id == returned)).all()
        link = links.find(rows, token)
    assert sorted(map(str, kinds)) == ["business_license", "id_card_front"]
    assert (link or pytest.fail("gone")).case_id == returned


def test_what_was_rearranged_before_is_undone_where_the_papers_lie_now(
    context: Context, hand_in: Callable[..., Received], returned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their case follows at once; nothing is left to undo in the one that they have left."""
    received = hand_in(b"a card", b"the slip")
    readings = [
        FileReading((PageSize(9, 9),), (), (made_up.card_reading(),)),
        FileReading((PageSize(9, 9),), (_slip(context, returned),), ()),
    ]
    monkeypatch.setattr(pipeline, "read_file", lambda *_, **__: readings.pop(0))
    tasks.run_job(context, received.job_ids[0])
    left, editor = received.upload.case_id, Editor("clerk-1", made_up.TODAY, now())
    with context.database.unit() as unit:
        (card,) = unit.session.scalars(select(Document.id).where(Document.case_id == left))
        edits.retype(unit, left, editor, [card], "contract")
    tasks.run_job(context, received.job_ids[1])
    assert _types(context, returned) == ["business_license", "contract"]
    with pytest.raises(NothingToUndoError), context.database.unit() as unit:
        undoing.undo(unit, left, editor)
    with context.database.unit() as unit:
        undoing.undo(unit, returned, editor)
    assert _types(context, returned) == ["business_license", "id_card_front"]


def _types(context: Context, case_id: str) -> list[str]:
    """The papers of a case, as its open draft knows them."""
    with context.database.read() as rows:
        found = rows.scalars(select(Draft.types).where(Draft.case_id == case_id, Draft.state == "open")).one()
    return [name for name in found.split(",") if name]


def _slip(context: Context, case_id: str) -> PageText:
    """A page on which nothing stands but the slip of a case."""
    code = slips.payload(secret_key(context.settings), case_id)
    return PageText(FlatGeometry(0, 0, 9, 9, 9, 9, (1, 0, 0, 0, 1, 0, 0, 0, 1)), (), "tesseract", (code,))


_draft_case = tasks._draft_case


def _retried(context: Context, claim: jobs.Claim, job_id: str) -> list[str]:
    """Draft a case when somebody has just pressed the button to read another of its files once more."""
    with context.database.unit() as unit:
        assert jobs.retry(unit, job_id, "administrator-1")
    return _draft_case(context, claim)
