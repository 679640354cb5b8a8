"""Arranging the pages of a case over plain forms: who may, what follows, what is told when it cannot be done."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from models import jobs
from models.audit import AuditRow
from models.cases import Case as CaseRow
from models.cases import Page, documents
from models.draft_rows import Draft
from models.job_rows import Job
from tests import made_up
from tests.confirmed_papers import LICENSE, Archive
from tests.web.conftest import PICTURE, Browser, Portal

STACK = "08-farm-stack.everything"
TYPES = ["business_license", "id_card_front", "id_card_back", "bank_account_permit", "contract"]


class Case:
    """A case of the clerk's on the portal."""

    def __init__(self, portal: Portal, *names: str) -> None:
        """Hand the samples in and read them."""
        self.portal = portal
        self.draft_id = Archive(portal.database, portal.context.store, portal.accounts).draft(*names)
        with portal.database.unit() as unit:
            self.id = unit.session.get_one(Draft, self.draft_id).case_id
            for page in unit.session.scalars(select(Page)):
                page.picture = portal.context.store.put_picture(f"p/{page.id}.jpg", PICTURE)

    @property
    def path(self) -> str:
        """Where its pages are arranged."""
        return f"/cases/{self.id}/pages"

    def types(self) -> list[str | None]:
        """What its documents are."""
        with self.portal.database.read() as rows:
            return [one.reading.type for one in documents(rows, self.id)]

    def tile(self, document: int, number: int = 0) -> str:
        """The name of a page on the form."""
        with self.portal.database.read() as rows:
            return f"{documents(rows, self.id)[document].id}.{number}"

    def pages(self) -> list[Page]:
        """The pages of its files."""
        with self.portal.database.read() as rows:
            return list(rows.scalars(select(Page).order_by(Page.upload_file_id, Page.page_index)))

    def do(self, browser: Browser, act: str, *tiles: str, **more: str) -> TestResponse:
        """Send the form."""
        return browser.post(self.path, {"do": act, "tile": list(tiles), **more})


@pytest.fixture
def case(portal: Portal) -> Case:
    """A stack of five pages, drafted."""
    return Case(portal, STACK)


def test_every_act_is_a_button_of_one_form(case: Case) -> None:
    """Without any script: boxes to choose pages, buttons for what to do, a picture of each page."""
    text = case.portal.browser("reviewer").get(case.path).get_data(as_text=True)
    acts = set(re.findall(r'name="do" value="([a-z]+)"', text))
    assert acts == {"split", "join", "earlier", "later", "turn", "blank", "useless", "use", "undo", "type", "move"}
    assert text.count('name="tile"') == 6
    assert text.count("/thumbnail") == 6


@pytest.mark.parametrize(
    ("act", "tile", "more", "after"),
    [
        ("type", (3, 0), {"type": "tax_registration"}, [*TYPES[:3], "tax_registration", "contract"]),
        ("type", (3, 0), {"type": "none"}, [*TYPES[:3], None, "contract"]),
        ("join", (4, 0), {}, TYPES[:4]),
        ("blank", (3, 0), {}, [*TYPES[:3], "contract"]),
        ("later", (3, 0), {}, [*TYPES[:3], "contract"]),
    ],
)
def test_an_act_is_done_told_and_undone(
    case: Case, act: str, tile: tuple[int, int], more: dict[str, str], after: list[str | None]
) -> None:
    """The page says what happened; undoing brings the papers back."""
    reviewer = case.portal.browser("reviewer")
    answer = case.do(reviewer, act, case.tile(*tile), **more)
    assert (answer.status_code, answer.location) == (303, case.path)
    assert case.types() == after
    assert "tone-good" in reviewer.get(case.path).get_data(as_text=True)
    case.do(reviewer, "undo")
    assert case.types() == TYPES


def test_pages_are_placed_before_and_behind_others(case: Case) -> None:
    """What dragging sends: the page, where, on which side."""
    reviewer = case.portal.browser("reviewer")
    case.do(reviewer, "place", case.tile(4, 0), at=case.tile(4, 1), side="behind")
    with case.portal.database.read() as rows:
        assert documents(rows, case.id)[4].reading.type == "contract"
    text = reviewer.get(case.path).get_data(as_text=True)
    order = re.findall(r'data-page="(\w+)"', text)[-2:]
    pages = case.pages()
    assert order == [pages[4].id, pages[3].id]


def test_a_page_put_aside_is_shown_and_can_be_used_again(case: Case) -> None:
    """It stands under its own heading with its picture; a type can be given to it at once."""
    reviewer = case.portal.browser("reviewer")
    case.do(reviewer, "useless", case.tile(3))
    page = case.pages()[2]
    assert page.state == "rejected"
    assert reviewer.get(f"{case.path}/{page.id}/thumbnail").data == PICTURE
    assert f"page.{page.id}" in reviewer.get(case.path).get_data(as_text=True)
    assert case.do(reviewer, "type", f"page.{page.id}", type="none of ours").status_code == 303
    assert "This cannot be done with the chosen pages." in reviewer.get(case.path).get_data(as_text=True)
    case.do(reviewer, "type", f"page.{page.id}", type="contract")
    assert case.types() == [*TYPES[:3], "contract", "contract"]
    assert case.pages()[2].state == "filed"


def test_a_turned_page_is_queued_to_be_read_again(case: Case) -> None:
    """Shown turned at once; the job names the edit, nothing of the paper."""
    reviewer = case.portal.browser("reviewer")
    case.do(reviewer, "turn", case.tile(0))
    assert "turned-3" in reviewer.get(case.path).get_data(as_text=True)
    assert 'data-busy="yes"' in reviewer.get(case.path).get_data(as_text=True)
    with case.portal.database.read() as rows:
        assert rows.scalars(select(Job.state).where(Job.kind == jobs.REREAD_PAGES)).all() == ["queued"]
    case.do(reviewer, "turn-back", case.tile(0))
    assert case.pages()[0].turned == 0


def test_papers_are_moved_to_another_case(portal: Portal) -> None:
    """A reviewer chooses among the latest cases; both are audited under their own names."""
    case, other = Case(portal, STACK), Case(portal, LICENSE)
    reviewer = portal.browser("reviewer")
    assert f'value="{other.id}"' in reviewer.get(case.path).get_data(as_text=True)
    case.do(reviewer, "move", case.tile(3), target=other.id)
    assert (len(case.types()), other.types()) == (4, ["bank_account_permit", "business_license"])
    with portal.database.read() as rows:
        row = rows.scalars(select(AuditRow).where(AuditRow.action == "case.regrouped")).one()
    assert (row.actor, row.subject_id, row.details["target"]) == (portal.accounts["reviewer"], case.id, other.id)


def test_a_refusal_is_told_with_cause_and_next_step(case: Case) -> None:
    """Nothing chosen, papers that are gone, nothing to undo, another case that is not there: no step is written."""
    reviewer, old = case.portal.browser("reviewer"), case.tile(3)
    for act, tiles, more in (
        ("split", (), {}),
        ("undo", (), {}),
        ("join", (case.tile(0),), {}),
        ("place", (old,), {}),
        ("use", (old,), {}),
        ("type", ("gone.0",), {"type": "contract"}),
    ):
        assert case.do(reviewer, act, *tiles, **more).status_code == 303
        assert "tone-bad" in reviewer.get(case.path).get_data(as_text=True), act
    assert case.types() == TYPES
    assert case.do(reviewer, "split", "no number").status_code == 422
    assert case.do(reviewer, "dance", old).status_code == 422


@pytest.mark.parametrize("shown", ["slip", "identifier", "customer file"])
def test_papers_are_moved_to_a_case_by_its_number(portal: Portal, shown: str) -> None:
    """As its page shows it, also where it is none of the latest: of its slip, its own, or of the customer file."""
    case, other = Case(portal, STACK), Case(portal, LICENSE)
    reviewer = portal.browser("reviewer")
    typed = other.id.lower()
    if shown == "customer file":
        typed = f" {made_up.confirmed(portal.database, other.draft_id, portal.accounts['reviewer'])} "
    if shown == "slip":
        with portal.database.unit() as unit:
            typed = str(unit.session.get_one(CaseRow, other.id).slip_number)
        typed = f"{typed[:3]} {typed[3:]}"
    page = reviewer.get(other.path).get_data(as_text=True)
    assert shown == "customer file" or typed.strip() in page.lower()
    assert case.do(reviewer, "move", case.tile(3), number=typed, target="nowhere").status_code == 303
    assert (len(case.types()), other.types()) == (4, ["bank_account_permit", "business_license"])


def test_a_number_that_leads_to_no_case_of_ones_own_is_told_beside_its_field(portal: Portal) -> None:
    """Unknown, the case itself, and for a clerk another's: the same words, and the typed number stays to be mended."""
    case, other = Case(portal, STACK), Case(portal, LICENSE)
    with portal.database.unit() as unit:
        unit.session.get_one(CaseRow, other.id).created_by = portal.accounts["other clerk"]
    clerk = portal.browser("clerk")
    for typed in ("1000071", "no such case", case.id, other.id, "C00000007"):
        answer = case.do(clerk, "move", case.tile(3), number=typed)
        assert answer.status_code == 422
        text = answer.get_data(as_text=True)
        assert re.search(rf'name="number"[^>]*value="{typed}"[^>]*aria-describedby="number-wrong"', text)
        assert "data-code>structure.unknown_case<" in text
    assert case.do(clerk, "move", case.tile(3), target="nowhere").status_code == 422
    assert case.do(clerk, "move", case.tile(3), number="1" * 40).status_code == 422
    assert (case.types(), other.types()) == (TYPES, ["business_license"])


def test_a_clerk_arranges_own_cases_until_a_draft_is_confirmed(portal: Portal) -> None:
    """Not another's, which is not even there for him; and nobody's once it was confirmed."""
    case = Case(portal, STACK)
    clerk, other = portal.browser("clerk"), portal.browser("other clerk")
    assert case.do(clerk, "type", case.tile(3), type="none").status_code == 303
    assert case.do(other, "undo").status_code == 404
    assert other.get(case.path).status_code == 404
    case.do(clerk, "undo")
    made_up.confirmed(portal.database, case.draft_id, portal.accounts["reviewer"])
    assert case.do(clerk, "type", case.tile(3), type="none").status_code == 403
    assert 'name="do"' not in clerk.get(case.path).get_data(as_text=True)
    assert case.do(portal.browser("archivist"), "type", case.tile(3), type="none").status_code == 303


def test_a_clerk_moves_papers_to_own_cases_only(portal: Portal) -> None:
    """Other people's are neither offered nor taken."""
    case = Case(portal, STACK)
    foreign = portal.draft(owner="other clerk", code=made_up.CODES[2])
    with portal.database.read() as rows:
        target = rows.get_one(Draft, foreign).case_id
    clerk = portal.browser("clerk")
    assert target not in clerk.get(case.path).get_data(as_text=True)
    case.do(clerk, "move", case.tile(3), target=target)
    assert case.types() == TYPES


def test_a_clerk_takes_no_move_back_that_concerns_anothers_case(portal: Portal) -> None:
    """What a reviewer moved between two clerks' cases neither of them pulls out of the other's."""
    case = Case(portal, STACK)
    foreign = portal.draft(owner="other clerk", code=made_up.CODES[2])
    with portal.database.read() as rows:
        target = rows.get_one(Draft, foreign).case_id
    reviewer = portal.browser("reviewer")
    case.do(reviewer, "move", case.tile(3), target=target)
    left = case.types()
    assert len(left) == len(TYPES) - 1
    case.do(portal.browser("clerk"), "undo")
    portal.browser("other clerk").post(f"/cases/{target}/pages", {"do": "undo"})
    assert case.types() == left
    case.do(reviewer, "undo")
    assert case.types() == TYPES


def test_auditors_look_and_change_nothing(case: Case) -> None:
    """They see the pages without any button."""
    auditor = case.portal.browser("auditor")
    assert 'name="do"' not in auditor.get(case.path).get_data(as_text=True)
    assert case.do(auditor, "undo").status_code == 403


def test_a_type_is_changed_at_the_desk_and_leads_back_to_it(case: Case) -> None:
    """The desk offers it for each paper; the draft then has its next version."""
    reviewer = case.portal.browser("reviewer")
    reviewer.post(f"/reviews/{case.draft_id}/claim")
    assert "data-retype" in reviewer.get(f"/reviews/{case.draft_id}").get_data(as_text=True)
    answer = case.do(reviewer, "type", case.tile(3), type="tax_registration", draft=case.draft_id)
    assert answer.location == f"/reviews/{case.draft_id}"
    answer = case.do(reviewer, "undo", draft="another")
    assert answer.location == case.path
    page = reviewer.get(f"/cases/{case.id}").get_data(as_text=True)
    assert page.count("data-retype") == 5
