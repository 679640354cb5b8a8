"""Batches of archives: every page of every source has one place, and people are asked about all that is in doubt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy import func, select

from intake.archive.manifest import Entry
from intake.errors import (
    AnswerUnfitError,
    BatchClosedError,
    ExceptionsOpenError,
    FolderBusyError,
    FolderFixedError,
    StripUnfitError,
)
from models import (
    audit,
    batch_feeding,
    batch_items,
    batch_ledger,
    batch_manifest,
    batches,
    edits,
    jobs,
    structure,
    uploads,
)
from models.batch_rows import BatchFile, BatchFolder, BatchItem, LedgerPage
from models.cases import Case, Document, document_rows
from models.database import Database
from models.jobs import Job
from models.regrouping import Editor
from tests.models.archive_office import AT, DAMAGED, Archive, through


@pytest.fixture
def archive(any_database: Database, people: object) -> Archive:
    """An archivist with nothing on his table."""
    del people
    return Archive(any_database)


def _balance(archive: Archive) -> dict[str, int]:
    with archive.database.read() as session:
        return asdict(batch_ledger.balance_of(session, archive.batch_id))


def _confirm(archive: Archive, name: str) -> None:
    folder = archive.folder(name)
    with archive.database.unit() as unit:
        batch_items.confirm(unit, folder, "clerk-1", AT)
    archive.work()


def _close(archive: Archive) -> None:
    with archive.database.unit() as unit:
        batch_ledger.close(unit, archive.batch_id, "clerk-1")


def _items(archive: Archive, name: str) -> list[tuple[int | None, list[int]]]:
    """The mark and the numbers of the pages of each item."""
    folder = archive.folder(name)
    with archive.database.read() as session:
        found = batch_items.strip(session, folder)
    assert found is not None
    return [(item.mark, [page.number for page in found.pages if page.item == item.number]) for item in found.items]


def test_a_folder_with_its_separators_is_filed_without_a_question(archive: Archive) -> None:
    """Items, blanks and separators are told apart, every item gets a case with its documents and a draft to come."""
    through(archive, {"1/a/1.pdf": ["#1", "p1", "p2", "_", "#2", "q1"]})
    assert (archive.codes(), archive.folders()) == ([], {"1/a": "assembled"})
    assert _items(archive, "1/a") == [(1, [2, 3]), (2, [6])]
    assert _balance(archive) == {
        "received": 6, "waiting": 0, "filed": 3, "blank": 1, "separator": 2, "rejected": 0
    }  # fmt: skip
    with archive.database.read() as session:
        cases = session.scalars(select(BatchItem.case_id).order_by(BatchItem.number)).all()
        found = [[row.reading["page_indexes"] for row in document_rows(session, str(case))] for case in cases]
        drafts = session.scalar(select(func.count()).where(Job.kind == "draft_case"))
        collecting = session.scalars(select(Case.state).where(Case.id.not_in(cases))).all()
    assert (found, drafts, collecting) == ([[[1], [2]], [[5]]], 2, ["joined"])
    with archive.database.unit() as unit:
        assert batches.rest(unit, archive.batch_id)
    _close(archive)
    with archive.database.read() as session:
        view = batches.view(session, archive.batch_id)
        whole = audit.verify(session).whole
    assert view is not None
    assert (view.line.state, view.pages, whole) == ("closed", {"blank": 1, "filed": 3, "separator": 2}, True)


def test_papers_that_came_page_by_page_are_understood_as_one(archive: Archive) -> None:
    """A contract of two files is one document of its item, not two; what was read of each page stays, retired."""
    first = "借款合同/甲方 样例甲公司/乙方 样例乙公司/第一条 金额"
    through(archive, {"1/1.png": ["#1"], "1/2.png": [first], "1/3.png": ["第二条 期限/第三条 违约/甲方盖章 乙方盖章"]})
    with archive.database.read() as session:
        case_id = session.scalars(select(BatchItem.case_id)).one()
        made = document_rows(session, str(case_id))
        retired = session.scalar(select(func.count()).where(Document.retired_by.is_not(None)))
    pages = {part["page"] for row in made for part in row.parts or ()}
    assert (len(pages), retired) == (2, 2)


def test_boundaries_found_by_content_wait_for_a_person(archive: Archive) -> None:
    """Nothing becomes a case before that; people part, join, put aside and restore, and each takes the other back."""
    through(archive, {"1/a/1.pdf": ["某某通知", "第一条 内容", "_", "某某报告"]})
    assert (archive.codes(), archive.folders()) == (["boundaries"], {"1/a": "asks"})
    folder, before = archive.folder("1/a"), _items(archive, "1/a")
    with archive.database.unit() as unit:
        batch_items.part(unit, folder, "clerk-1", number=2)
    assert len(_items(archive, "1/a")) == len(before) + 1
    with archive.database.unit() as unit:
        batch_items.join(unit, folder, "clerk-1", item=2)
    assert _items(archive, "1/a") == before
    for step in (batch_items.set_blank, batch_items.restore):
        with archive.database.unit() as unit:
            step(unit, folder, "clerk-1", number=2)
    assert _items(archive, "1/a") == before
    with archive.database.unit() as unit:
        batch_items.reject(unit, folder, "clerk-1", number=4, reason="useless")
    with archive.database.unit() as unit, pytest.raises(StripUnfitError):
        batch_items.part(unit, folder, "clerk-1", number=4)
    _confirm(archive, "1/a")
    assert archive.folders() == {"1/a": "assembled"}
    with archive.database.unit() as unit, pytest.raises(FolderFixedError):
        batch_items.part(unit, folder, "clerk-1", number=2)
    assert (archive.codes(), _balance(archive)["rejected"]) == ([], 1)
    _close(archive)


def test_a_missing_cover_sheet_is_asked_about_and_never_merged_in_silence(archive: Archive) -> None:
    """The folder waits; the answer alone lets it be confirmed, after the person parted what had run together."""
    through(archive, {"1/a/1.pdf": ["#1", "p1", "p2", "#3", "r1"]})
    assert (archive.codes(), archive.folders()) == (["separator_missing"], {"1/a": "asks"})
    assert archive.asked()[0].details == {"number": 2, "pages": [2, 3]}
    with archive.database.unit() as unit, pytest.raises(ExceptionsOpenError):
        batch_items.confirm(unit, archive.folder("1/a"), "clerk-1", AT)
    with archive.database.unit() as unit:
        batch_items.part(unit, archive.folder("1/a"), "clerk-1", number=3)
    archive.answer("separator_missing", "checked")
    _confirm(archive, "1/a")
    assert _items(archive, "1/a") == [(1, [2]), (None, [3]), (3, [5])]
    _close(archive)


def test_a_damaged_source_waits_for_a_reason_and_the_ledger_with_it(archive: Archive) -> None:
    """One page stands for it, in its place; the batch does not close before a person rejects it."""
    through(archive, {"1/1.pdf": ["#1", "p1"], "1/2.pdf": DAMAGED, "1/3.pdf": ["p3"]})
    (asked,) = archive.asked()
    assert (asked.code, asked.path, asked.number, asked.details) == (
        "unreadable", "1/2.pdf", 3, {"code": "file.damaged"}
    )  # fmt: skip
    with archive.database.unit() as unit, pytest.raises(ExceptionsOpenError):
        batch_ledger.close(unit, archive.batch_id, "clerk-1")
    with archive.database.unit() as unit, pytest.raises(AnswerUnfitError):
        batch_items.reject(unit, archive.folder("1"), "clerk-1", number=3, reason="")
    archive.answer("unreadable", "reject")
    with archive.database.unit() as unit, pytest.raises(FolderBusyError):
        batch_ledger.close(unit, archive.batch_id, "clerk-1")
    _confirm(archive, "1")
    assert _balance(archive) == {
        "received": 4, "waiting": 0, "filed": 2, "blank": 0, "separator": 1, "rejected": 1
    }  # fmt: skip
    with archive.database.read() as session:
        reason = session.scalars(select(LedgerPage.reason).where(LedgerPage.reason.is_not(None))).one()
        found = batch_ledger.where(session, archive.batch_id, "1", 4)
        beyond = batch_ledger.where(session, archive.batch_id, "1", 5)
    assert (reason, beyond) == ("damaged", None)
    assert found is not None
    assert (found.path, found.file_page, found.state, found.item, found.is_final) == ("1/3.pdf", 1, "filed", 1, True)
    _close(archive)
    with archive.database.unit() as unit, pytest.raises(BatchClosedError):
        batches.resume(unit, archive.batch_id, "clerk-1")


def test_a_source_that_was_mended_is_taken_in_anew(archive: Archive) -> None:
    """The page that stood for it is gone, its own pages come, and the question is settled."""
    through(archive, {"1/1.pdf": ["#1", "p1"], "1/2.pdf": DAMAGED})
    archive.answer("unreadable", "retry")
    archive.holds["1/2.pdf"] = ("p2", "p3")
    archive.feed()
    archive.work()
    assert (archive.codes(), archive.folders()) == ([], {"1": "assembled"})
    assert _items(archive, "1") == [(1, [2, 3, 4])]
    _close(archive)


def test_a_duplicate_is_told_and_kept_or_rejected_by_a_person(archive: Archive) -> None:
    """The same bytes are read once, yet both sources have their pages; rejecting takes those of the second out."""
    through(archive, {"1/1.pdf": ["#1", "p1"], "1/2.pdf": ["same", "two"], "1/3.pdf": ["same", "two"]})
    (asked,) = archive.asked()
    assert (asked.code, asked.path, asked.details["path"]) == ("duplicate", "1/3.pdf", "1/2.pdf")
    assert _items(archive, "1") == [(1, [2, 3, 4, 5, 6])]
    archive.answer("duplicate", "reject")
    _confirm(archive, "1")
    assert _items(archive, "1") == [(1, [2, 3, 4])]
    assert _balance(archive)["rejected"] == 2
    _close(archive)


def test_a_missing_cover_sheet_is_told_with_the_page_before_which_it_most_likely_lay(archive: Archive) -> None:
    """Where the content of the pages tells it: the third one begins with a heading."""
    through(archive, {"1/a/1.pdf": ["#1", "某某通知", "第一条 内容", "某某合同/甲方：某某", "#3", "r1"]})
    assert archive.asked()[0].details == {"number": 2, "pages": [2, 3, 4], "likely": 4}


def test_the_same_bytes_at_the_counter_get_a_case_of_their_own(archive: Archive) -> None:
    """Handed in while the archive's file is on its way or after that: never a place among its folder's papers."""
    archive.holds = {"1/1.pdf": ("p1",), "1/2.pdf": ("p2",)}
    archive.begin("files")
    archive.feed()
    cases = []
    for _ in range(2):
        with archive.database.unit() as unit:
            received = uploads.receive(unit, user_id="clerk-2", files=[archive.incoming("1/1.pdf")], via="portal")
        cases.append(received.upload.case_id)
        archive.work()
    with archive.database.read() as session:
        folder = session.get_one(BatchFolder, archive.folder("1"))
        held = [len(document_rows(session, case)) for case in cases]
    assert len({*cases, folder.case_id}) == 3
    assert held == [1, 1]


def test_fronts_and_backs_are_interleaved_and_a_missing_back_is_asked_about(archive: Archive) -> None:
    """The backs lie reversed; with one missing nothing is dropped, and the place is shown."""
    odd = ["#1", "第1页 共6页/甲", "第3页 共6页/丙", "第5页 共6页/戊"]
    even = ["第6页 共6页/己", "第4页 共6页/丁", "第2页 共6页/乙", "_"]
    through(archive, {"1/odd.pdf": odd, "1/even.pdf": even, "2/odd.pdf": odd[1:], "2/even.pdf": even[1:3]})
    assert archive.folders() == {"1": "assembled", "2": "asks"}
    assert _items(archive, "1") == [(1, [3, 4, 5, 6, 7, 8])]
    assert archive.codes() == ["boundaries", "duplex_gap"]
    with archive.database.read() as session:
        pages = session.scalar(select(func.count()).where(LedgerPage.folder_id == archive.folder("2")))
    assert pages == 5


@pytest.mark.parametrize("early", [False, True], ids=["after_the_others", "before_the_others_are_read"])
def test_nothing_is_asked_of_a_folder_while_one_of_its_files_is_quarantined(archive: Archive, *, early: bool) -> None:
    """The missing backs lie in the stack that could not be taken in: only that is asked, until it is rejected."""
    archive.holds = {"a/正面.tif": ("1", "3"), "a/反面.tif": ("4", "2")}
    archive.begin()
    with archive.database.read() as session:
        backs = next(one for one in batch_feeding.following(session, archive.batch_id, 9) if "反面" in one.path)
    for _ in range(3):
        with archive.database.unit() as unit:
            batch_feeding.fail(unit, backs.id, "archive.source_unreadable")
    archive.feed()
    if early:
        archive.answer("quarantined", "reject", "damaged")
        with archive.database.read() as session:
            assert session.scalars(select(Job.kind).where(Job.state == "queued")).all() == [jobs.READ_FILE]
    archive.work()
    assert early or archive.codes() == ["quarantined"]
    archive.answer("quarantined", "reject", "damaged")
    archive.work()
    assert (archive.codes(), archive.folders()) == (["boundaries", "duplex_gap", "duplex_gap"], {"a": "asks"})


def test_a_manifest_is_held_against_the_folders_both_ways(archive: Archive) -> None:
    """Numbers and titles go in; what is missing, beyond it, or of another number of pages is asked about."""
    archive.holds = {"1/A-1/1.pdf": ("#1", "p1", "_"), "1/A-2/1.pdf": ("#2", "p1"), "1/A-9/1.pdf": ("#3", "p9")}
    archive.begin()
    entries = [Entry(2, "A-1", "甲", 1), Entry(3, "A-2", "乙", 7), Entry(4, "A-3", "丙", 1)]
    with archive.database.unit() as unit:
        assert batch_manifest.apply(unit, archive.batch_id, entries, "clerk-1") == 2
    archive.feed()
    archive.work()
    assert archive.folders() == {"1/A-1": "assembled", "1/A-2": "asks", "1/A-9": "assembled"}
    assert archive.codes() == ["manifest_extra", "manifest_missing", "manifest_pages"]
    told = {one.code: one.details for one in archive.asked()}
    assert told["manifest_pages"] == {"expected": 7, "found": 1, "blank": 0}
    assert told["manifest_missing"] == {"row": 4, "archival_number": "A-3"}
    for code in told:
        archive.answer(code, "checked")
    with archive.database.unit() as unit:
        batch_manifest.apply(unit, archive.batch_id, entries, "clerk-1")
    assert archive.codes() == [], "what somebody looked at is not asked again"


def test_an_item_s_pages_are_rearranged_in_its_case_as_any_other(archive: Archive) -> None:
    """What is put aside there is shown as lying in no paper, and can be used again; the ledger keeps it in its item."""
    through(archive, {"1/1.pdf": ["#1", "p1", "p2"]})
    with archive.database.read() as session:
        case_id = str(session.scalars(select(BatchItem.case_id)).one())
        first, _ = document_rows(session, case_id)
    editor = Editor("clerk-1", date(2026, 11, 22), AT)
    with archive.database.unit() as unit:
        edits.put_aside(unit, case_id, editor, [edits.Tile(first.id, 0)], "rejected")
    with archive.database.read() as session:
        found = structure.load(session, case_id)
    assert found is not None
    assert (len(found.papers), len(found.loose)) == (1, 1)
    with archive.database.unit() as unit:
        edits.take_up(unit, case_id, editor, [found.loose[0].page_id])
    with archive.database.read() as session:
        found = structure.load(session, case_id)
    assert found is not None
    assert (len(found.papers), len(found.loose), _balance(archive)["filed"]) == (2, 0, 2)


def test_files_of_one_folder_are_settled_side_by_side(archive: Archive) -> None:
    """Eight workers end at the same moments, some with damaged files: nobody waits for ever, and one job follows."""
    archive.holds = {f"1/{n}.pdf": (f"p{n}",) if n % 3 else DAMAGED for n in range(24)}
    archive.begin("files")
    due = archive.feed()
    with archive.database.unit() as unit:
        claims = [jobs.claim(unit, job_id, 60) for job_id in due]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(archive.carry_out, [claim for claim in claims if claim is not None]))
    with archive.database.read() as session:
        follow = session.scalars(select(Job.kind).where(Job.state == "queued")).all()
    assert (follow, archive.codes()) == (["assemble_folder"], ["unreadable"] * 8)


def test_twenty_like_failures_in_a_row_pause_the_batch(archive: Archive) -> None:
    """The cause lies outside the files by then; after a person went on, the count begins anew."""
    through(archive, {f"1/{number}.pdf": DAMAGED for number in range(21)})
    with archive.database.read() as session:
        found = batches.view(session, archive.batch_id)
    assert found is not None
    assert (found.line.state, found.line.reason_code) == ("paused", "like_failures")
    with archive.database.unit() as unit:
        assert batches.resume(unit, archive.batch_id, "clerk-1")
    archive.answer("unreadable", "reject")


def test_what_a_later_walk_finds_is_added_and_nothing_twice(archive: Archive) -> None:
    """A folder that is not put together takes it; to one that is, it is a delivery of its own."""
    archive.holds = {"1/1.pdf": ("#1", "p1")}
    archive.begin()
    archive.holds["1/2.pdf"] = ("p2",)
    with archive.database.unit() as unit:
        assert batches.fill(unit, archive.batch_id, archive.tree()).files == 1
        assert batches.fill(unit, archive.batch_id, archive.tree()).files == 0
    archive.feed()
    archive.work()
    archive.holds |= {"1/3.pdf": ("#2", "p3"), "2/1.pdf": ("#3", "x")}
    for added in (2, 0):
        with archive.database.unit() as unit:
            assert batches.fill(unit, archive.batch_id, archive.tree()).files == added
    archive.feed()
    archive.work()
    assert archive.folders() == {"1": "assembled", "1 (2)": "assembled", "2": "assembled"}
    with archive.database.read() as session:
        assert session.scalar(select(func.count()).select_from(BatchFile)) == 4
        assert [batch_ledger.where(session, archive.batch_id, "1", n).path for n in (3, 5)] == [  # type: ignore[union-attr]
            "1/2.pdf", "1/3.pdf"
        ]  # fmt: skip
    _close(archive)
