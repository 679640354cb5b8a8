"""The clerk's side of a returned case: why, what to do, the slip, and handing in by its number."""

from __future__ import annotations

import re
from io import BytesIO

from sqlalchemy import select

from models import drafts
from models.cases import Case
from models.draft_rows import Draft
from models.upload_rows import Upload
from tests.web.conftest import Portal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def _returned(portal: Portal) -> tuple[str, str]:
    """A clerk's case that came back: its identifier and its number."""
    draft_id, reviewer = portal.draft(), portal.accounts["reviewer"]
    with portal.database.unit() as unit:
        drafts.claim(unit, draft_id, reviewer, 15)
        drafts.return_to_clerk(unit, draft_id, reviewer, 1, "wrong_side", note="Front side, please")
        case = unit.session.get_one(Case, unit.session.get_one(Draft, draft_id).case_id)
        return case.id, str(case.slip_number)


def test_the_clerk_reads_why_it_came_back_what_to_do_and_prints_the_slip(portal: Portal) -> None:
    """Reason, next step and note on the case; the slip holds the number and a code, and no name."""
    case_id, number = _returned(portal)
    clerk = portal.browser("clerk")
    page = clerk.get(f"/cases/{case_id}").get_data(as_text=True)
    for text in ("The wrong side was scanned", "Turn it over", "Front side, please", f"/cases/{case_id}/slip"):
        assert text in page
    answer = clerk.get(f"/cases/{case_id}/slip")
    slip = answer.get_data(as_text=True)
    assert f"{number[:3]} {number[3:]}" in slip
    assert "<svg" in slip
    assert "style=" not in slip
    assert "杭州云岫" not in slip
    assert "Front side, please" not in slip


def test_a_slip_is_for_who_may_see_the_case_and_for_returned_cases_only(portal: Portal) -> None:
    """To others it does not exist, nor does one of a case that nobody returned."""
    case_id, _ = _returned(portal)
    assert portal.browser("other clerk").get(f"/cases/{case_id}/slip").status_code == 404
    assert portal.browser("auditor").get(f"/cases/{case_id}/slip").status_code == 403
    with portal.database.unit() as unit:
        draft = unit.session.scalars(select(Draft).where(Draft.case_id == case_id)).one()
        draft.state = "discarded"
    assert portal.browser("clerk").get(f"/cases/{case_id}/slip").status_code == 404


def test_papers_are_handed_in_by_the_number_and_a_wrong_or_foreign_one_is_refused(portal: Portal) -> None:
    """The upload names the case; a number that is not known or not the sender's is told with what to do."""
    case_id, number = _returned(portal)
    clerk = portal.browser("clerk")
    form = clerk.get(f"/uploads/new?case={number}").get_data(as_text=True)
    assert re.search(rf'name="case"[^>]*value="{number}"', form)
    files = {"files": [(BytesIO(PNG), "card.png")], "case": f" {number[:3]} {number[3:]}"}
    assert clerk.post("/uploads", files).status_code == 302
    with portal.database.read() as rows:
        assert rows.scalars(select(Upload.joins).order_by(Upload.id.desc())).first() == case_id
    for role, typed in (("clerk", "1234567"), ("other clerk", number)):
        sender = portal.browser(role)
        refused = sender.post("/uploads", {"files": [(BytesIO(PNG), "card.png")], "case": typed})
        assert refused.status_code == 422
        assert "Check the number on the case" in refused.get_data(as_text=True)


def test_the_camera_keeps_the_number_of_the_returned_case(portal: Portal) -> None:
    """From the form by its link to the page, shown there, and back; without a number neither has one."""
    _, number = _returned(portal)
    clerk = portal.browser("clerk")
    assert f'href="/uploads/camera?case={number}"' in clerk.get(f"/uploads/new?case={number}").get_data(as_text=True)
    page = clerk.get(f"/uploads/camera?case={number}").get_data(as_text=True)
    assert f'data-case="{number}"' in page
    assert f'href="/uploads/new?case={number}"' in page
    assert 'href="/uploads/camera"' in clerk.get("/uploads/new").get_data(as_text=True)
    assert 'data-case=""' in clerk.get("/uploads/camera").get_data(as_text=True)


def test_more_papers_are_added_to_the_same_case_or_make_a_new_one_and_the_page_says_which(portal: Portal) -> None:
    """The upload's page has the case's number and both ways on; the form names the case; then the upload tells it."""
    clerk = portal.browser("clerk")
    clerk.get("/uploads/new")
    first = clerk.post("/uploads", {"files": [(BytesIO(PNG), "license.png")]}).location
    with portal.database.read() as rows:
        number = str(rows.scalars(select(Case.slip_number)).one())
    spaced = f"{number[:3]} {number[3:]}"
    page = clerk.get(first).get_data(as_text=True)
    assert spaced in page
    assert f'href="/uploads/new?case={number}"' in page
    assert 'href="/uploads/new"' in page
    form = clerk.get(f"/uploads/new?case={number}").get_data(as_text=True)
    assert f"added to the case {spaced}" in form
    assert "A new case instead" in form
    more = clerk.post("/uploads", {"files": [(BytesIO(PNG + b"1"), "card.png")], "case": number}).location
    told = clerk.get(more).get_data(as_text=True)
    assert spaced in told
    assert "these papers are added to it as soon as they are read" in told
    other = portal.browser("other clerk").get(f"/uploads/new?case={number}").get_data(as_text=True)
    assert "added to the case" not in other


def test_a_case_is_named_by_its_number_wherever_it_is_named(portal: Portal) -> None:
    """On its page, in the list of uploads, at the desk and where its papers are arranged."""
    draft_id = portal.draft()
    with portal.database.read() as rows:
        case = rows.get_one(Case, rows.get_one(Draft, draft_id).case_id)
    spaced = f"{str(case.slip_number)[:3]} {str(case.slip_number)[3:]}"
    for role, path in (
        ("clerk", f"/cases/{case.id}"),
        ("clerk", "/uploads"),
        ("clerk", f"/cases/{case.id}/pages"),
        ("reviewer", f"/reviews/{draft_id}"),
    ):
        assert spaced in portal.browser(role).get(path).get_data(as_text=True), path
