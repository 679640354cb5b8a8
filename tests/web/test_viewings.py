"""Every way to the papers of a case leaves a row of the audit: who, which, from where, and nothing of what they say."""

from __future__ import annotations

import json

from sqlalchemy import select

from models.audit import AuditRow
from models.cases import Document
from tests import made_up
from tests.models.archive_office import Archive, through
from tests.web.conftest import PICTURE, Browser, Portal
from tests.web.desk_forms import draft_of

AT = "0.1,0.1,0.4,0.1,0.4,0.2,0.1,0.2"


def _views(portal: Portal) -> list[tuple[str, str, str, object]]:
    """Who, what, which, from where, in order; and nothing else stands in the details."""
    with portal.database.read() as rows:
        found = rows.scalars(select(AuditRow).where(AuditRow.action.like("%.viewed")).order_by(AuditRow.id)).all()
    names = {account: role for role, account in portal.accounts.items()}
    kept = [row for row in found if row.action != "customer.viewed"]
    assert all(set(row.details) == {"via"} for row in kept)
    return [(names[row.actor], row.action, row.subject_id, row.details["via"]) for row in kept]


def _paper(portal: Portal) -> tuple[str, str, str]:
    """A draft of an ID card and its scan: the draft, its case and its document."""
    key = portal.context.store.put_picture("pages/card.jpg", PICTURE)
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.card_reading()], key)
    case = draft_of(portal, draft).case_id
    with portal.database.read() as rows:
        document = rows.scalars(select(Document.id).where(Document.case_id == case)).one()
    return draft, case, document


def _opened(browser: Browser, *paths: str) -> None:
    for path in paths:
        with browser.get(path) as answer:
            assert answer.status_code == 200, path


def test_the_pages_of_a_case_are_views_of_it(portal: Portal) -> None:
    """The case's own page, the arranging of its pages, the desk and the API; each once, the pictures with them."""
    draft, case, document = _paper(portal)
    pictures = [f"/documents/{document}/pages/1/{one}" for one in ("picture", "thumbnail", "words")]
    clerk, reviewer = portal.browser("clerk"), portal.browser("reviewer")
    _opened(clerk, f"/cases/{case}", *pictures, f"/cases/{case}", f"/cases/{case}/pages", *pictures)
    _opened(reviewer, f"/reviews/{draft}", *pictures, f"/reviews/{draft}", f"/api/v1/drafts/{draft}")
    assert _views(portal) == [
        ("clerk", "case.viewed", case, "case"),
        ("clerk", "case.viewed", case, "pages"),
        ("reviewer", "case.viewed", case, "desk"),
        ("reviewer", "case.viewed", case, "api"),
    ]


def test_a_picture_by_itself_is_a_view_of_its_document(portal: Portal) -> None:
    """Whatever size or part of it is asked for by its address, without any page."""
    _draft, _case, document = _paper(portal)
    page = f"/documents/{document}/pages/1"
    for role, path in (("clerk", f"{page}/picture"), ("auditor", f"{page}/words"), ("archivist", f"{page}/thumbnail")):
        _opened(portal.browser(role), path, path)
    portal.browser("reviewer").get(f"{page}/crop?at={AT}").close()
    assert _views(portal) == [
        (role, "document.viewed", document, "picture") for role in ("clerk", "auditor", "archivist", "reviewer")
    ]


def test_the_api_notes_the_document_and_its_picture(portal: Portal) -> None:
    """Each call by itself, also for who saw the paper at the desk just before; both together once."""
    draft, case, document = _paper(portal)
    calls = (f"/api/v1/documents/{document}", f"/api/v1/documents/{document}/pages/1/image")
    _opened(portal.browser("clerk"), calls[1], calls[0])
    _opened(portal.browser("reviewer"), f"/reviews/{draft}", *calls)
    assert _views(portal) == [
        ("clerk", "document.viewed", document, "api"),
        ("reviewer", "case.viewed", case, "desk"),
        ("reviewer", "document.viewed", document, "api"),
    ]


def test_the_papers_of_a_customer_file_are_viewed_with_it(portal: Portal) -> None:
    """The file shows them; and so does a column of group verification what is doubtful on them."""
    draft, _case, document = _paper(portal)
    number = made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    _opened(portal.browser("auditor"), f"/customers/{number}", f"/documents/{document}/pages/1/thumbnail")
    portal.draft(confidence=0.5)
    reviewer = portal.browser("reviewer")
    _opened(reviewer, "/reviews/groups/amounts")
    first, second = _views(portal)
    assert first == ("auditor", "document.viewed", document, "customer")
    assert (second[0], second[1], second[3]) == ("reviewer", "document.viewed", "group")


def test_what_is_fetched_before_it_is_opened_is_noted_as_that(portal: Portal) -> None:
    """The desk asks for the next draft's pictures ahead: one row for its case, and none for each picture."""
    draft, case, document = _paper(portal)
    reviewer = portal.browser("reviewer")
    _opened(reviewer, "/reviews/upcoming", f"/documents/{document}/pages/1/picture", f"/reviews/{draft}")
    assert _views(portal) == [("reviewer", "case.viewed", case, via) for via in ("ahead", "desk")]


def test_the_pages_of_an_archives_folder_are_viewed_by_folders(portal: Portal) -> None:
    """The strip with its pictures is one view; a picture by itself is one of its folder."""
    office = Archive(portal.database, person=portal.accounts["archivist"])
    through(office, {"盒1/b/1.pdf": ["某某通知", "第一条 内容"]})
    folder = office.folder("盒1/b")
    _opened(portal.browser("archivist"), f"/archive/{office.batch_id}/folders/{folder}")
    assert _views(portal) == [("archivist", "folder.viewed", folder, "archive")]


def test_what_may_not_be_seen_leaves_no_view(portal: Portal) -> None:
    """A stranger to the case is told that there is none, and the audit does not say that he saw it."""
    _draft, case, document = _paper(portal)
    other = portal.browser("other clerk")
    for path in (f"/cases/{case}", f"/documents/{document}/pages/1/picture", f"/api/v1/documents/{document}"):
        assert other.get(path).status_code == 404
    assert _views(portal) == []


def test_the_audit_tells_views_in_words_and_nothing_of_the_paper(portal: Portal) -> None:
    """The page names who, which and from where in both languages; neither name nor number of the card is in a row."""
    draft, case, _document = _paper(portal)
    _opened(portal.browser("reviewer"), f"/reviews/{draft}", f"/cases/{case}")
    for language, said in (("en", ("Case viewed", "desk", "case page")), ("zh-CN", ("查看案卷", "审核台", "案卷页"))):
        page = portal.browser("auditor", language).get(f"/audit?subject={case}").get_data(as_text=True)
        assert all(one in page for one in said)
    with portal.database.read() as rows:
        kept = json.dumps([row.details for row in rows.scalars(select(AuditRow))], ensure_ascii=False)
    assert made_up.ID_NUMBER not in kept
    assert "林晓舟" not in kept
