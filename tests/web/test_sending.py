"""Links for customers: what comes by them, who may make, revoke and accept, and what a stranger learns (nothing)."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from intake import wire
from models import edits, links
from models.accounts import digest
from models.audit import AuditRow
from models.base import now
from models.cases import Case, Document, Page
from models.draft_rows import Draft
from models.links import Link
from models.regrouping import Editor
from models.upload_rows import Upload, UploadFile
from models.uploads import Received
from tests import made_up
from tests.web.conftest import Browser, Portal
from web import receiving

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def _case(portal: Portal) -> str:
    portal.draft()
    with portal.database.read() as rows:
        return str(rows.scalars(select(Case.id)).first())


def _link(portal: Portal, case: str, role: str = "clerk") -> str:
    """Make a link; gives its path."""
    browser = portal.browser(role)
    browser.get(f"/cases/{case}")
    page = browser.post(f"/cases/{case}/links", {"hours": "24"})
    assert page.status_code == 200
    assert "<svg" in page.get_data(as_text=True)
    assert "style=" not in page.get_data(as_text=True).split("<main")[1]
    found = re.search(r'value="http://[^/]+(/send/[^"]+)"', page.get_data(as_text=True))
    assert found
    return found.group(1)


def _send(customer: Browser, path: str, *bodies: bytes, **headers: str) -> TestResponse:
    customer.get(path)
    files: dict[str, Any] = {"files": [(BytesIO(body), f"{number}.png") for number, body in enumerate(bodies)]}
    return customer.post(path, files, **headers)


def test_what_a_customer_sends_lands_in_the_right_case_unverified(portal: Portal) -> None:
    """Without an account; the papers are in the case, marked for clerk and reviewer until somebody accepts them.

    Accepted at a desk, one is at that desk again; else with the case.
    """
    case = _case(portal)
    answer = _send(portal.stranger(), _link(portal, case), PNG)
    assert "1 file has arrived safely" in answer.get_data(as_text=True)
    with portal.database.read() as rows:
        upload = rows.scalars(select(Upload).where(Upload.via == "link")).one()
        assert (upload.case_id, upload.created_by) == (case, portal.accounts["clerk"])
    for role in ("clerk", "reviewer"):
        assert 'data-unverified="1"' in portal.browser(role).get(f"/cases/{case}").get_data(as_text=True)
    reviewer = portal.browser("reviewer")
    with portal.database.read() as rows:
        draft = rows.scalars(select(Draft.id).where(Draft.case_id == case)).one()
    assert 'data-unverified="1"' in reviewer.get(f"/reviews/{draft}").get_data(as_text=True)
    assert reviewer.post(f"/cases/{case}/sendings/accept", {"draft": draft}).location == f"/reviews/{draft}"
    for other in ("", "/reviews", "x" * 26):
        assert reviewer.post(f"/cases/{case}/sendings/accept", {"draft": other}).location == f"/cases/{case}"
    assert "data-unverified" not in portal.browser("clerk").get(f"/cases/{case}").get_data(as_text=True)
    with portal.database.read() as rows:
        told = rows.execute(select(AuditRow.action, AuditRow.actor)).all()
    assert ("link.used", "customer") in told
    assert ("sending.accepted", portal.accounts["reviewer"]) in told


def test_a_paper_that_is_moved_to_another_case_stays_unverified_there(portal: Portal) -> None:
    """Nobody has seen who sent it, wherever it lies; accepted there, it is so in its own case too."""
    case, found = _case(portal), made_up.license_reading(made_up.CODES[1])
    _send(portal.stranger(), _link(portal, case), PNG)
    with portal.database.unit() as unit:
        (file,) = unit.session.scalars(select(Upload).where(Upload.via == "link")).one().files
        unit.session.add(Page(upload_file_id=file.id, page_index=0, width=1000, height=500, state="filed"))
        sent = Document(case_id=case, upload_file_id=file.id, position=0, reading=wire.dump(found))
        sent.type, sent.type_confidence = found.type, 1.0
        unit.session.add(sent)
        unit.session.flush()
        other = made_up.enter_case(unit, portal.accounts["clerk"], [made_up.card_reading()])
    with portal.database.unit() as unit:
        edits.move(unit, case, Editor(portal.accounts["clerk"], now().date(), now()), [sent.id], other)
    clerk = portal.browser("clerk")
    assert 'data-unverified="1"' in clerk.get(f"/cases/{other}").get_data(as_text=True)
    clerk.post(f"/cases/{other}/sendings/accept")
    for one in (case, other):
        assert "data-unverified" not in clerk.get(f"/cases/{one}").get_data(as_text=True)


def test_the_page_behind_a_link_tells_nothing_of_the_case(portal: Portal) -> None:
    """No name, no list, no address of the case; nothing is told to other sites or kept by caches."""
    case = _case(portal)
    path = _link(portal, case)
    for answer in (portal.stranger().get(path), _send(portal.stranger(), path, PNG)):
        page = answer.get_data(as_text=True)
        assert "云岫" not in page
        assert case not in page
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("how", ["expired", "revoked", "discarded", "used up", "unknown"])
def test_a_link_that_is_closed_does_not_exist(portal: Portal, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """404 to look and to send, whatever closed it, with what to do; and nothing is kept."""
    case = _case(portal)
    path = _link(portal, case)
    customer = portal.stranger()
    customer.get(path)
    with portal.database.unit() as unit:
        link = unit.session.scalars(select(Link)).one()
        if how == "expired":
            link.expires_at = now() - timedelta(seconds=1)
        elif how == "discarded":
            unit.session.execute(update(Case).values(state="discarded"))
    if how == "revoked":
        clerk = portal.browser("clerk")
        clerk.get(f"/cases/{case}")
        assert clerk.post(f"/cases/{case}/links/{link.id}/revoke").status_code == 302
    if how == "used up":
        monkeypatch.setattr("models.links.MOST_SENDINGS", 0)
    path = "/send/nonsense" if how == "unknown" else path
    page = customer.get(path)
    assert page.status_code == 404
    assert "Ask the office" in page.get_data(as_text=True)
    assert customer.post(path, {"files": [(BytesIO(PNG), "a.png")]}).status_code == 404
    with portal.database.read() as rows:
        assert rows.scalars(select(Upload.id).where(Upload.via == "link")).all() == []


def test_the_token_is_kept_as_its_hash_and_stands_in_no_log(portal: Portal, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither the database nor what is logged on the way holds it."""
    path = _link(portal, _case(portal))
    token = path.rsplit("/", 1)[-1]
    assert _send(portal.stranger(), path, PNG).status_code == 200
    assert _send(portal.stranger(), path, b"no picture").status_code == 200
    with portal.database.read() as rows:
        assert rows.scalars(select(Link.token_hash)).all() == [digest(token)]
        assert rows.scalar(select(func.count()).where(AuditRow.action == "link.used")) == 2
        assert not [row for row in rows.scalars(select(AuditRow)) if token in str(row.details)]
    written = capfd.readouterr()
    assert token not in written.out + written.err


def test_a_large_body_is_refused_before_it_is_read_where_no_link_is_open(portal: Portal) -> None:
    """A stranger without a link may send no more than a form's bytes."""
    stranger = portal.stranger()
    stranger.get("/sign-in")
    assert stranger.post("/send/nonsense", {"files": [(BytesIO(b"x" * 100_000), "a.png")]}).status_code == 413


def test_files_are_looked_at_as_at_the_counter(portal: Portal) -> None:
    """Unknown and too large ones are told with what to do; too many at once are refused."""
    path = _link(portal, _case(portal))
    page = _send(portal.stranger(), path, b"hello", PNG + b"\0" * 1_000_001, PNG).get_data(as_text=True)
    assert "1 file has arrived" in page
    assert "This kind of file is not known." in page
    many = _send(portal.stranger(), path, *[PNG] * 13)
    assert many.status_code == 413
    assert f'href="{path}"' in many.get_data(as_text=True)
    assert 'href="/"' not in many.get_data(as_text=True).split("<main")[1]
    assert _send(portal.stranger(), path).status_code == 400


def test_another_sites_form_can_send_nothing(portal: Portal) -> None:
    """The page's token is needed, over TLS too, where no referrer comes along."""
    path = _link(portal, _case(portal))
    stranger = portal.stranger()
    assert stranger.client.post(path, data={"files": (BytesIO(PNG), "a.png")}).status_code == 400
    with portal.database.read() as rows:
        assert rows.scalars(select(Upload.id).where(Upload.via == "link")).all() == []


def test_links_are_made_and_revoked_for_ones_own_cases_only(portal: Portal) -> None:
    """Another clerk's case does not exist; an archivist may; a reviewer may not; odd hours are refused."""
    case = _case(portal)
    _link(portal, case, "archivist")
    with portal.database.read() as rows:
        link = rows.scalars(select(Link.id)).one()
    other = portal.browser("other clerk")
    other.get("/uploads")
    assert other.post(f"/cases/{case}/links", {"hours": "24"}).status_code == 404
    assert other.post(f"/cases/{case}/links/{link}/revoke").status_code == 404
    assert other.post(f"/cases/{case}/sendings/accept").status_code == 404
    reviewer = portal.browser("reviewer")
    reviewer.get(f"/cases/{case}")
    assert reviewer.post(f"/cases/{case}/links", {"hours": "24"}).status_code == 403
    clerk = portal.browser("clerk")
    clerk.get(f"/cases/{case}")
    for hours in ("0", "-1", "100000", "x", ""):
        assert clerk.post(f"/cases/{case}/links", {"hours": hours}).status_code == 400


def test_papers_that_came_before_join_the_links_case_too(portal: Portal) -> None:
    """The same bytes as in another case are linked, in the link's case, not sent away to the other one."""
    case = _case(portal)
    clerk = portal.browser("clerk")
    clerk.get("/uploads/new")
    clerk.post("/uploads", {"files": [(BytesIO(PNG), "a.png")]})
    _send(portal.stranger(), _link(portal, case), PNG)
    with portal.database.read() as rows:
        upload = rows.scalars(select(Upload).where(Upload.via == "link")).one()
        assert upload.case_id == case
        assert rows.scalars(select(UploadFile.state).where(UploadFile.upload_id == upload.id)).all() == ["linked"]


def test_papers_follow_a_link_whose_case_has_just_moved(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its case's papers joined another one while the photos were on their way: that is where they lie now."""
    case, other = (
        _case(portal),
        made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.license_reading(made_up.CODES[1])]),
    )
    path = _link(portal, case)
    with portal.database.read() as rows:
        target = rows.get_one(Draft, other).case_id
    receive = receiving.receive

    def moved(*given: Any, **also: Any) -> Received:
        with portal.database.unit() as unit:
            unit.session.execute(update(Case).where(Case.id == case).values(state="joined"))
            links.follow(unit.session, case, target)
        return receive(*given, **also)

    monkeypatch.setattr(receiving, "receive", moved)
    assert "1 file has arrived safely" in _send(portal.stranger(), path, PNG).get_data(as_text=True)
    with portal.database.read() as rows:
        upload = rows.scalars(select(Upload).where(Upload.via == "link")).one()
        assert (upload.case_id, upload.files[0].state) == (target, "queued")


def test_a_link_that_is_used_up_under_way_does_not_exist(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else sent the last of what it takes at the same moment: 404, and nothing is kept."""
    path = _link(portal, _case(portal))
    receive = receiving.receive

    def late(*given: Any, **also: Any) -> Received:
        monkeypatch.setattr(links, "MOST_SENDINGS", 0)
        return receive(*given, **also)

    monkeypatch.setattr(receiving, "receive", late)
    assert _send(portal.stranger(), path, PNG).status_code == 404
    with portal.database.read() as rows:
        assert rows.scalars(select(Upload.id).where(Upload.via == "link")).all() == []
