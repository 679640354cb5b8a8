"""The structure of a case changed by people: each edit stands whole, drafts follow, and each can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Barrier

import pytest
from sqlalchemy import select

from intake.errors import EditFinalError, NothingToUndoError, StructureChangedError, StructureUnfitError
from intake.restructuring import UNKNOWN
from intake.types import Decision, PageText
from models import answers, drafts, edits, jobs, reviewed, turning, undoing
from models.audit import AuditRow
from models.base import now
from models.cases import Document, Page, copy_reading, documents
from models.database import Database, Unit
from models.draft_rows import Draft
from models.edit_rows import Edit
from models.edits import Tile
from models.regrouping import Editor
from models.store import FileStore
from models.upload_rows import Upload, UploadFile
from tests import made_up
from tests.confirmed_papers import LICENSE, PERMIT, Archive, words
from tests.made_up import TODAY

STACK = "08-farm-stack.everything"
TYPES = ["business_license", "id_card_front", "id_card_back", "bank_account_permit", "contract"]


@dataclass
class Desk:
    """A case and the person who rearranges it."""

    archive: Archive
    draft_id: str
    case_id: str

    @property
    def database(self) -> Database:
        """Where it is kept."""
        return self.archive.database

    def editor(self) -> Editor:
        """The reviewer, now."""
        return Editor(self.archive.people["reviewer"], TODAY, now())

    def do(self, act: object, *arguments: object, **named: object) -> Edit:
        """One edit in a unit of its own."""
        with self.database.unit() as unit:
            return act(unit, self.case_id, self.editor(), *arguments, **named)  # type: ignore[operator, no-any-return]

    def undo(self) -> Edit:
        """Take the latest edit back."""
        return self.do(undoing.undo)

    def types(self, case_id: str | None = None) -> list[str | None]:
        """The types of the living documents, in order."""
        with self.database.read() as session:
            return [one.reading.type for one in documents(session, case_id or self.case_id)]

    def ids(self) -> list[str]:
        """Their identifiers."""
        with self.database.read() as session:
            return [one.id for one in documents(session, self.case_id)]

    def pages(self) -> list[Page]:
        """The pages of the case's file."""
        with self.database.read() as session:
            return list(session.scalars(select(Page).order_by(Page.upload_file_id, Page.page_index)))

    def states(self) -> list[str]:
        """Their states in the ledger."""
        return [page.state for page in self.pages()]

    def draft(self) -> Draft:
        """The draft that the case was made with."""
        with self.database.read() as session:
            return session.get_one(Draft, self.draft_id)

    def facts(self) -> dict[str, str | None]:
        """What it proposes."""
        return {fact["fact"]: fact["value"] for fact in self.draft().body["facts"]}


def _desk(archive: Archive, *names: str) -> Desk:
    draft_id = archive.draft(*names)
    with archive.database.read() as session:
        return Desk(archive, draft_id, session.get_one(Draft, draft_id).case_id)


@pytest.fixture
def archive(database: Database, store: FileStore) -> Archive:
    """An office."""
    return Archive(database, store, made_up.people(database, "clerk", "reviewer"))


@pytest.fixture
def desk(archive: Archive) -> Desk:
    """A stack of five pages: license, both sides of a card on one page, permit, contract of two pages."""
    return _desk(archive, STACK)


@pytest.fixture
def everywhere(any_database: Database, store: FileStore) -> Archive:
    """An office on both databases."""
    return Archive(any_database, store, made_up.people(any_database, "clerk", "reviewer"))


def test_a_documents_type_is_changed_and_the_draft_follows_at_once(desk: Desk) -> None:
    """The permit read as a tax registration has none of the permit's facts; the draft has its next version."""
    permit = desk.ids()[3]
    assert desk.facts()["account_number"]
    edit = desk.do(edits.retype, [permit], "tax_registration")
    assert desk.types() == [*TYPES[:3], "tax_registration", "contract"]
    assert "account_number" not in desk.facts()
    assert (desk.draft().version, edit.retired) == (2, [permit])


def test_an_undone_edit_leaves_the_documents_as_they_were(desk: Desk) -> None:
    """The same rows live again, with the same draft; every step stands in the audit."""
    before, facts = desk.ids(), desk.facts()
    desk.do(edits.retype, [before[3]], UNKNOWN)
    desk.undo()
    assert (desk.ids(), desk.facts()) == (before, facts)
    with desk.database.read() as session:
        trail = session.scalars(select(AuditRow).where(AuditRow.subject_kind == "case")).all()
    assert [row.action for row in trail] == ["case.regrouped", "case.regrouping_undone"]
    assert trail[0].details == {"edit": "type", "documents": 1, "pages": 0}


def test_any_number_of_edits_is_taken_back_one_by_one(everywhere: Archive) -> None:
    """Split, join, place, aside; then back to the beginning, and there nothing is left to undo."""
    desk = _desk(everywhere, STACK)
    before = desk.ids()
    desk.do(edits.split, [Tile(before[4], 1)])
    assert len(desk.types()) == 6
    desk.do(edits.join, [desk.ids()[5]])
    assert desk.types() == TYPES
    desk.do(edits.place, [Tile(desk.ids()[4], 1)], document_id=desk.ids()[4], number=0)
    desk.do(edits.put_aside, [Tile(desk.ids()[0], 0)], "rejected")
    assert desk.states() == ["rejected", "filed", "filed", "filed", "filed"]
    for _ in range(4):
        desk.undo()
    assert (desk.ids(), desk.states()) == (before, ["filed"] * 5)
    with pytest.raises(NothingToUndoError):
        desk.undo()


def test_split_and_joined_again_reads_the_same(desk: Desk) -> None:
    """Nothing is lost on the way: the facts of the joined contract are those of the machine's."""
    before = desk.facts()
    desk.do(edits.split, [Tile(desk.ids()[4], 1)])
    desk.do(edits.join, desk.ids()[4:6])
    assert desk.facts() == before


def test_pages_of_two_files_become_one_document(archive: Archive) -> None:
    """Joined across files; the document is shown with its pages numbered along it, each with its own picture."""
    desk = _desk(archive, LICENSE, PERMIT)
    desk.do(edits.join, desk.ids())
    with desk.database.read() as session:
        view = drafts.load(session, desk.draft_id)
    assert view is not None
    (document,) = view.documents
    assert [page.number for page in document.pages] == [1, 2]
    assert len({page.id for page in document.pages}) == 2
    assert desk.types() == ["business_license"]


def test_pages_step_along_their_document_and_into_the_next(desk: Desk) -> None:
    """Past the end a page goes to the neighbour's beginning; a document without pages is gone."""
    contract = desk.ids()[4]
    desk.do(edits.step, [Tile(contract, 1)], -1)
    assert desk.types() == TYPES
    with pytest.raises(StructureUnfitError):
        desk.do(edits.step, [Tile(desk.ids()[4], 0), Tile(desk.ids()[4], 1)], 1)
    desk.do(edits.step, [Tile(desk.ids()[3], 0)], 1)
    assert desk.types() == [*TYPES[:3], "contract"]
    with desk.database.read() as session:
        rows = [session.get_one(Document, one) for one in desk.ids()]
    assert [part["index"] for part in rows[3].parts or ()] == [2, 4, 3]


def test_one_of_two_papers_on_a_page_is_put_aside(desk: Desk) -> None:
    """The page stays filed while the other lies on it, and is blank when both are gone."""
    front, back = desk.ids()[1:3]
    desk.do(edits.put_aside, [Tile(front, 0)], "blank")
    assert (desk.types(), desk.states()[1]) == ([TYPES[0], *TYPES[2:]], "filed")
    desk.do(edits.put_aside, [Tile(back, 0)], "blank")
    assert desk.states()[1] == "blank"
    desk.do(edits.take_up, [desk.pages()[1].id])
    assert (desk.types(), desk.states()) == (TYPES, ["filed"] * 5)


def test_documents_are_moved_to_another_case_and_both_drafts_follow(everywhere: Archive) -> None:
    """With their readings; what is taken back is back in both."""
    desk, other = _desk(everywhere, STACK), _desk(everywhere, LICENSE)
    number = desk.facts()["account_number"]
    desk.do(edits.move, [desk.ids()[3]], other.case_id)
    assert desk.types() == [*TYPES[:3], "contract"]
    assert "bank_account_permit" in other.types()
    assert (other.facts()["account_number"], desk.facts().get("account_number")) == (number, None)
    other.undo()
    assert (desk.types(), other.types()) == (TYPES, ["business_license"])
    assert desk.facts()["account_number"] == number


def test_a_case_without_papers_has_its_draft_discarded_until_they_are_back(archive: Archive) -> None:
    """Everything moved away: nothing is left to decide; undone, the case is drafted anew."""
    desk, other = _desk(archive, LICENSE), _desk(archive, PERMIT)
    desk.do(edits.move, desk.ids(), other.case_id)
    assert (desk.draft().state, desk.draft().reason_code) == ("discarded", "papers_moved")
    desk.undo()
    with desk.database.read() as session:
        states = session.scalars(select(Draft.state).where(Draft.case_id == desk.case_id).order_by(Draft.id)).all()
    assert states == ["discarded", "open"]


def test_a_move_whose_documents_were_regrouped_there_is_not_undone(archive: Archive) -> None:
    """First the later edit, then the earlier one."""
    desk, other = _desk(archive, STACK), _desk(archive, LICENSE)
    desk.do(edits.move, [desk.ids()[3]], other.case_id)
    moved = [one for one, kind in zip(other.ids(), other.types(), strict=True) if kind == "bank_account_permit"]
    other.do(edits.retype, moved, "tax_registration")
    with pytest.raises(StructureChangedError):
        desk.undo()
    other.undo()
    other.undo()
    assert desk.types() == TYPES


def test_moves_to_and_fro_and_their_undoing_never_wait_for_each_other_in_a_circle(everywhere: Archive) -> None:
    """Whoever comes second waits or is told that the papers changed; no paper is lost or doubled on the way."""
    desk, other = _desk(everywhere, STACK), _desk(everywhere, LICENSE)
    before = sorted(map(str, [*desk.types(), *other.types()]))
    begin = Barrier(2)

    def restless(mine: Desk, theirs: Desk) -> None:
        begin.wait()
        for _ in range(4):
            with suppress(StructureChangedError, NothingToUndoError):
                mine.do(edits.move, mine.ids()[:1], theirs.case_id)
            with suppress(StructureChangedError, NothingToUndoError):
                theirs.undo()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(restless, desk, other), pool.submit(restless, other, desk)]:
            done.result()
    assert sorted(map(str, [*desk.types(), *other.types()])) == before


def test_a_claim_and_the_answers_on_unchanged_facts_stay(desk: Desk) -> None:
    """Who holds the draft goes on; what was decided of the license is kept when the permit is read otherwise."""
    reviewer = desk.archive.people["reviewer"]
    with desk.database.unit() as unit:
        drafts.claim(unit, desk.draft_id, reviewer, 15)
        said = [Decision("company_name", "accept"), Decision("account_number", "omit")]
        drafts.answer(unit, desk.draft_id, reviewer, said, version=1)
    desk.do(edits.retype, [desk.ids()[3]], "tax_registration")
    with desk.database.read() as session:
        draft = session.get_one(Draft, desk.draft_id)
        assert (draft.claimed_by, draft.version) == (reviewer, 2)
        assert list(answers.holding(session, draft)) == ["company_name"]


def test_after_a_confirmation_edits_open_a_new_draft_and_those_before_are_final(archive: Archive) -> None:
    """What a person confirmed stands on the documents as they were; the settled draft goes on showing them."""
    desk = _desk(archive, STACK)
    desk.do(edits.retype, [desk.ids()[4]], UNKNOWN)
    made_up.confirmed(desk.database, desk.draft_id, archive.people["reviewer"])
    with pytest.raises(EditFinalError):
        desk.undo()
    settled = desk.ids()
    desk.do(edits.retype, [desk.ids()[4]], None)
    with desk.database.read() as session:
        latest = session.scalars(select(Draft).where(Draft.case_id == desk.case_id).order_by(Draft.id.desc())).first()
        view = drafts.load(session, desk.draft_id)
    assert latest is not None
    assert latest.state == "open"
    assert view is not None
    assert {document.id for document in view.documents} == set(settled)
    desk.undo()
    assert desk.ids() == settled


def test_confirmed_papers_come_out_with_their_files_own_page_numbers(archive: Archive) -> None:
    """A document that people regrouped inside a file is measured on that file; one of several files is left out."""
    desk = _desk(archive, STACK)
    desk.do(edits.place, [Tile(desk.ids()[4], 1)], document_id=desk.ids()[4], number=0)
    made_up.confirmed(desk.database, desk.draft_id, archive.people["reviewer"])
    with desk.database.read() as session:
        (found,) = reviewed.confirmed(session)
    contract = next(paper for paper in found.file.papers if paper.reading.type == "contract")
    assert contract.reading.page_indexes == (3, 4)
    assert {field.page_index for field in contract.reading.fields} <= {3, 4}


def test_an_edit_on_documents_that_are_gone_changes_nothing(desk: Desk) -> None:
    """Two people rearranged at once: the second is told to look again."""
    old = desk.ids()[3]
    desk.do(edits.retype, [old], "tax_registration")
    for act, more in ((edits.retype, (UNKNOWN,)), (edits.join, ()), (edits.move, (desk.case_id + "x",))):
        with pytest.raises((StructureChangedError, LookupError)):
            desk.do(act, [old], *more)
    with pytest.raises(StructureChangedError):
        desk.do(edits.split, [Tile(desk.ids()[0], 7)])
    assert len(desk.ids()) == 5


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.do(edits.retype, [desk.ids()[0]], "no_such_type"),
        lambda desk: desk.do(edits.split, [Tile(desk.ids()[0], 0)]),
        lambda desk: desk.do(edits.join, [desk.ids()[0]]),
        lambda desk: desk.do(edits.step, [Tile(desk.ids()[0], 0)], -1),
        lambda desk: desk.do(edits.move, [desk.ids()[0]], desk.case_id),
        lambda desk: desk.do(edits.put_aside, [Tile(desk.ids()[0], 0)], "filed"),
    ],
)
def test_what_would_change_nothing_is_refused(desk: Desk, act: object) -> None:
    """No row is written for it."""
    with pytest.raises(StructureUnfitError):
        act(desk)  # type: ignore[operator]
    with desk.database.read() as session:
        assert session.scalars(select(Edit)).all() == []


def test_the_same_paper_in_another_case_is_as_the_machine_read_it(archive: Archive) -> None:
    """Who hands the same file in again gets its reading, not what was regrouped in the first case."""
    desk = _desk(archive, STACK)
    desk.do(edits.join, desk.ids()[3:])
    desk.do(edits.put_aside, [Tile(desk.ids()[0], 0)], "blank")
    with archive.database.read() as session:
        page = session.scalars(select(Page).order_by(Page.page_index)).first()
        assert page is not None
        file_id = page.upload_file_id
    other = _desk(archive, LICENSE)
    with archive.database.unit() as unit:
        copy_reading(unit.session, file_id, _another_file(unit, other.case_id), other.case_id)
    assert other.types() == ["business_license", *TYPES]


def _another_file(unit: Unit, case_id: str) -> str:
    upload = unit.session.scalars(select(Upload).where(Upload.case_id == case_id)).one()
    file = UploadFile(upload_id=upload.id, position=1, name="b.pdf", size=1, state="linked")
    unit.session.add(file)
    unit.session.flush()
    return file.id


# ---- turning --------------------------------------------------------------------------------------------------------


def _reread(desk: Desk, edit: Edit, texts: dict[str, list[PageText]]) -> None:
    """Do the worker's part: read what is wanted again and keep it."""
    with desk.database.read() as session:
        job_id = turning.job_of(session, edit)
    assert job_id is not None
    with desk.database.unit() as unit:
        claim = jobs.claim(unit, job_id, 30)
    assert claim is not None
    with desk.database.read() as session:
        wanted = turning.wanted(session, claim)
    with desk.database.unit() as unit:
        turning.keep(unit, claim, {one: texts[one.page_id] for one in wanted}, today=TODAY)


def _texts(page: Page, turned: int) -> list[PageText]:
    """The permit's words as another page's, read after a turn."""
    return [
        replace(text, geometry=replace(text.geometry, page_index=page.page_index, quarter_turns=turned))
        for text in words(PERMIT)
    ]


def test_a_turned_page_is_shown_so_at_once_and_understood_anew_when_it_was_read(everywhere: Archive) -> None:
    """The old words stay; the document is made of the new ones; one undo takes back both."""
    desk = _desk(everywhere, STACK)
    page, before = desk.pages()[0], desk.ids()
    edit = desk.do(turning.turn, [page.id], 3)
    assert (desk.pages()[0].turned, desk.ids()) == (3, before)
    with desk.database.read() as session:
        assert turning.being_read(session, desk.case_id) == {page.id}
    _reread(desk, edit, {page.id: _texts(page, 3)})
    assert desk.types()[0] == "bank_account_permit"
    with desk.database.read() as session:
        assert turning.being_read(session, desk.case_id) == set()
    desk.undo()
    assert (desk.pages()[0].turned, desk.ids()) == (0, before)


def test_a_page_that_was_read_upright_is_not_read_again(desk: Desk) -> None:
    """The reader had set it upright itself: turning it changes how it is shown, and nothing else."""
    page = desk.pages()[2]
    before = desk.ids()
    edit = desk.do(turning.turn, [page.id], 3)
    with desk.database.read() as session:
        assert turning.job_of(session, edit) is None
    assert (desk.ids(), desk.pages()[2].turned) == (before, 3)


def test_a_turn_that_was_read_before_costs_nothing(desk: Desk) -> None:
    """Turned, read, turned back, turned again: the words of that turn are there."""
    page = desk.pages()[0]
    _reread(desk, desk.do(turning.turn, [page.id], 3), {page.id: _texts(page, 3)})
    desk.do(turning.turn, [page.id], 1)
    assert desk.types()[0] == "business_license"
    edit = desk.do(turning.turn, [page.id], 3)
    assert desk.types()[0] == "bank_account_permit"
    with desk.database.read() as session:
        assert turning.job_of(session, edit) is None


def test_a_page_turned_on_meanwhile_is_left_to_the_later_job(desk: Desk) -> None:
    """What was read for the earlier turn changes no document."""
    page, before = desk.pages()[0], desk.ids()
    first = desk.do(turning.turn, [page.id], 3)
    second = desk.do(turning.turn, [page.id], 3)
    _reread(desk, first, {})
    assert desk.ids() == before
    _reread(desk, second, {page.id: _texts(page, 2)})
    assert desk.types()[0] == "bank_account_permit"


def test_an_undone_turn_is_not_read(desk: Desk) -> None:
    """The job finds nothing to do."""
    page, before = desk.pages()[0], desk.ids()
    edit = desk.do(turning.turn, [page.id], 1)
    desk.undo()
    _reread(desk, edit, {})
    assert (desk.ids(), desk.pages()[0].turned) == (before, 0)
