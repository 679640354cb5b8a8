"""What somebody would try who means harm: strangers, colleagues who are curious, and whoever finds a cookie."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from sqlalchemy import func, select
from werkzeug.test import create_environ, run_wsgi_app

from intake.settings import Settings
from models import accounts
from models.audit import AuditRow
from models.cases import Case
from models.upload_rows import Upload, UploadFile
from models.uploads import IncomingFile, receive
from tests import made_up
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of
from web import auth, security

PASSWORD = "a long enough word"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}%(x)s</textarea>"


class Elements(HTMLParser):
    """The elements of a page that a hostile text would bring in, and all its text and attributes."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.strange: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        names = dict(attrs)
        self.text += " ".join(value or "" for value in names.values())
        if (
            (tag == "script" and "src" not in names)
            or names.get("src") == "x"
            or any(name.startswith("on") for name in names)
        ):
            self.strange.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def _looked_at(browser: Browser, path: str) -> Elements:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    found = Elements()
    found.feed(answer.get_data(as_text=True))
    return found


def _cookie(browser: Browser) -> str:
    found = browser.client.get_cookie("intake_session")
    assert found is not None
    return found.value


# ---- sessions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail", ["/\t/evil.example", "/\n/evil.example", "/\r\nX: y", "/ /evil.example", "/a\\b", "\t/x"]
)
def test_no_trick_with_blanks_leads_to_another_site(portal: Portal, tail: str) -> None:
    """Browsers drop tabs and line breaks from addresses; an address that holds any is not followed, and no error."""
    with portal.database.unit() as unit:
        accounts.add_user(unit, "lin", ["clerk"], password=PASSWORD)
    answer = portal.stranger().post("/sign-in", {"name": "lin", "password": PASSWORD, "next": tail})
    assert (answer.status_code, answer.location) == (302, "/")


def test_a_copied_cookie_opens_nothing_after_its_owner_signed_out(portal: Portal) -> None:
    """The cookie is signed and so would be good for hours: signing out makes every copy of it worthless."""
    clerk, thief = portal.browser("clerk"), portal.stranger()
    thief.client.set_cookie("intake_session", _cookie(clerk))
    assert thief.get("/").status_code == 200
    clerk.post("/sign-out")
    assert thief.get("/").status_code == 302
    with portal.database.read() as rows:
        assert rows.scalar(select(func.count()).where(AuditRow.action == "account.signed_out")) == 1


def test_a_planted_cookie_does_not_become_the_victims_session(portal: Portal) -> None:
    """Signing in begins a session anew; whoever knows the cookie from before has nothing."""
    planted = portal.stranger()
    planted.get("/sign-in")
    before = _cookie(planted)
    with portal.database.unit() as unit:
        accounts.add_user(unit, "lin", ["clerk"], password=PASSWORD)
    assert planted.post("/sign-in", {"name": "lin", "password": PASSWORD}).status_code == 302
    attacker = portal.stranger()
    attacker.client.set_cookie("intake_session", before)
    assert attacker.get("/").status_code == 302


def test_the_throttle_counts_without_keeping_what_was_typed(portal: Portal) -> None:
    """Its counters lie in Redis, and among the names that people type are passwords in the wrong field."""

    def counter(name: str) -> str:
        with portal.app.test_request_context("/sign-in", method="POST", data={"name": name}):
            return auth._per_name_and_address()

    assert "林晓舟" not in counter("林晓舟")
    assert counter("林晓舟") != counter("secret")
    assert counter(" Lin ") == counter("lin")


def test_a_forged_forwarding_header_does_not_help_past_the_throttle(portal: Portal) -> None:
    """Without a proxy that is trusted, the address is the connection's."""
    stranger = portal.stranger()
    for number in range(4):
        last = stranger.post("/sign-in", {"name": "x", "password": "wrong"}, **{"X-Forwarded-For": f"9.9.9.{number}"})
    assert last.status_code == 429


# ---- bodies ----------------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A body that says how much of it was read."""

    def __init__(self, head: bytes, size: int) -> None:
        """Begin with ``head`` and go on with letters up to ``size`` bytes."""
        super().__init__()
        self.head, self.left, self.taken = head, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]  # any buffer
        """Give the next bytes."""
        count = min(len(target), self.left)
        part = (self.head + b"a" * count)[:count]
        self.head = self.head[count:]
        target[:count] = part
        self.left -= count
        self.taken += count
        return count


@pytest.fixture
def flood() -> Iterator[Endless]:
    """A form with one file of 50 MB."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    body = Endless(head, 50_000_000)
    yield body
    body.close()


@pytest.mark.parametrize("path", ["/sign-in", "/language", "/sign-in/link/x", "/uploads", "/api/v1/uploads"])
def test_a_stranger_cannot_fill_the_disk(portal: Portal, flood: Endless, path: str) -> None:
    """Before anybody is known, a large body is refused unread."""
    environ = create_environ(path, method="POST", content_type="multipart/form-data; boundary=x")
    answer = run_wsgi_app(portal.app, environ | {"wsgi.input": flood, "CONTENT_LENGTH": str(flood.left)})
    assert answer[1][:3] in {"401", "413"}
    assert flood.taken < 1_000_000


def test_only_where_papers_are_received_a_body_may_be_large(portal: Portal) -> None:
    """A form of many megabytes or pieces is refused everywhere but at the upload; there pieces are bounded too."""
    clerk = portal.browser("clerk")
    large = (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"a" * security.FORM_BYTES), "a.png")
    assert clerk.post("/me/password", {"files": large}).status_code == 413
    pieces = {"note": ["a"] * security.PARTS, "files": (io.BytesIO(b"%PDF-"), "a.pdf")}
    assert clerk.post("/uploads", pieces).status_code == 413
    several = {"files": [(io.BytesIO(b"%PDF-" + b"a" * 400_000), f"{number}.pdf") for number in range(12)]}
    assert clerk.post("/uploads", several).status_code == 302


@pytest.mark.parametrize("value", ["9" * 5000, "9" * 30, "²", "-1", "1e3"])
def test_numbers_that_are_none_are_the_senders_mistake(portal: Portal, value: str) -> None:
    """Digits by the thousand, more than a database keeps, digits that are none: 4xx or an empty answer, never 5xx."""
    draft = portal.draft()
    reviewer, auditor = portal.browser("reviewer"), portal.browser("auditor")
    reviewer.post(f"/reviews/{draft}/claim")
    assert reviewer.post(f"/reviews/{draft}/confirm", {"version": value}).status_code == 400
    assert auditor.get(f"/audit?cursor={value}").status_code == 200
    assert reviewer.get(f"/documents/x/pages/{value}/picture").status_code == 404
    answer = reviewer.post(f"/api/v1/drafts/{draft}/claim", **{"If-Match": f'"{value}"', "X-CSRFToken": reviewer.token})
    assert answer.status_code == 409


@pytest.mark.parametrize("settings", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_nul_in_what_is_typed_is_refused(portal: Portal) -> None:
    """PostgreSQL keeps no NUL: a form or an address that holds one is answered 400."""
    reviewer = portal.browser("reviewer")
    assert reviewer.post("/customers", {"q": "a\0b"}).status_code == 400
    assert reviewer.get("/customers?cursor=a%00b").status_code == 400
    assert reviewer.get("/reviews?type=a%00b").status_code == 400
    assert portal.stranger().post("/sign-in", {"name": "a\0b", "password": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("clerk", "/uploads/known"),
        ("clerk", "/uploads/parts/finish"),
        ("reviewer", "/reviews/{draft}/answers"),
        ("reviewer", "/api/v1/drafts/{draft}/return"),
    ],
)
def test_json_without_end_is_none(portal: Portal, role: str, path: str) -> None:
    """What is nested so deeply that nobody can read it is answered like what is no JSON at all."""
    draft, browser = portal.draft(), portal.browser(role)
    headers = {"X-CSRFToken": browser.token, "If-Match": '"1"', "Content-Type": "application/json"}
    for body in ("[" * 50_000, '{"a":' * 50_000, "{"):
        assert browser.client.post(path.format(draft=draft), data=body, headers=headers).status_code == 400


@pytest.mark.parametrize("settings", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("text", ["a\\u0000b", "a\\ud800b"])
def test_characters_that_no_database_keeps_are_refused_in_json_too(portal: Portal, text: str) -> None:
    """A NUL, half a character: 400, as in a form."""
    draft = portal.draft()
    clerk, reviewer = portal.browser("clerk"), portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    undone = f'{{"version": 1, "answers": [], "undone": ["{text}"]}}'
    sent = (
        (clerk, "/uploads/parts/finish", f'{{"parts": ["{text}"]}}'),
        (reviewer, f"/reviews/{draft}/answers", undone),
    )
    for browser, path, body in sent:
        headers = {"X-CSRFToken": browser.token, "Content-Type": "application/json"}
        assert browser.client.post(path, data=body, headers=headers).status_code == 400


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """The embedded database, or PostgreSQL where a test asks for it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return settings
    return settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})


# ---- what others may see ---------------------------------------------------------------------------------------------


def test_handing_in_the_same_paper_tells_nothing_of_the_others_case(portal: Portal) -> None:
    """A paper that another clerk handed in before joins his case; its title, a customer's name, stays his."""
    portal.draft()
    with portal.database.unit() as unit:
        case = unit.session.scalars(select(Case)).one()
        case.title = "杭州云岫测试有限公司"
        sha256 = made_up.CODES[0]
        again = unit.session.scalars(select(UploadFile)).one()
        sha256 = str(again.sha256)
        received = receive(
            unit,
            user_id=portal.accounts["other clerk"],
            files=[IncomingFile("mine.png", 1, sha256, "image/png")],
            via="portal",
        )
        upload_id = received.upload.id
    other = portal.browser("other clerk")
    for path in ("/uploads", "/", f"/uploads/{upload_id}", f"/uploads/{upload_id}/progress"):
        page = other.get(path).get_data(as_text=True)
        assert case.title not in page, path
        assert f"/cases/{case.id}" not in page, path
    assert case.title in portal.browser("clerk").get("/uploads").get_data(as_text=True)


def test_a_number_tells_a_clerk_nobodys_name(portal: Portal) -> None:
    """A paper with a known number and no name is drafted against the customer's file; its name reviewers alone see."""
    made_up.confirmed(portal.database, portal.draft("other clerk"), portal.accounts["reviewer"])
    paper = made_up.reading("business_license", {"name": None, "uscc": made_up.CODES[0]})
    draft = draft_of(portal, made_up.enter_draft(portal.database, portal.accounts["clerk"], [paper]))
    assert (draft.customer_number, draft.title) == ("C00000001", "杭州云岫测试有限公司")
    clerk = portal.browser("clerk")
    for page in ("/", "/uploads", f"/cases/{draft.case_id}", f"/cases/{draft.case_id}/pages"):
        assert draft.title not in clerk.get(page).get_data(as_text=True), page
    assert draft.title in portal.browser("reviewer").get("/reviews").get_data(as_text=True)


def test_nobody_acts_on_what_another_holds(portal: Portal) -> None:
    """What one reviewer claimed, the other can neither touch, release, confirm, return nor discard."""
    draft = portal.draft()
    portal.browser("reviewer").post(f"/reviews/{draft}/claim")
    other = portal.browser("other reviewer")
    form = {"version": "1", "reason": "illegible"}
    for action in ("claim", "touch", "release", "confirm", "return", "discard"):
        assert other.post(f"/reviews/{draft}/{action}", form).status_code == 409, action


# ---- hostile texts ---------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(portal: Portal) -> dict[str, str]:
    """Papers, people and notes whose every text tries to become a script; gives addresses by role."""
    found = made_up.license_reading(made_up.CODES[2], name=HOSTILE)
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [found])
    other = made_up.license_reading(made_up.CODES[1], name=HOSTILE)
    settled = made_up.enter_draft(portal.database, portal.accounts["clerk"], [other])
    number = made_up.confirmed(portal.database, settled, portal.accounts["reviewer"])
    with portal.database.unit() as unit:
        for account in unit.session.scalars(select(accounts.User)):
            account.display_name = HOSTILE
        for file in unit.session.scalars(select(UploadFile)):
            file.name = HOSTILE
        for case in unit.session.scalars(select(Case)):
            case.title = HOSTILE
        upload = unit.session.scalars(select(Upload)).first()
        assert upload is not None
    return {"draft": draft, "number": number, "upload": upload.id, "case": upload.case_id}


def test_texts_of_papers_and_people_stay_texts(portal: Portal, hostile: dict[str, str]) -> None:
    """Names of files, customers, accounts and cases that are written as scripts are shown as they are written."""
    pages = {
        "clerk": ["/", "/uploads", f"/uploads/{hostile['upload']}", f"/cases/{hostile['case']}", "/me"],
        "reviewer": ["/reviews", f"/reviews/{hostile['draft']}", "/customers", f"/customers/{hostile['number']}"],
        "administrator": ["/accounts", "/uploads"],
        "auditor": ["/audit", f"/reviews/{hostile['draft']}"],
    }
    for role, paths in pages.items():
        browser = portal.browser(role)
        if role == "reviewer":
            browser.post(f"/reviews/{hostile['draft']}/claim")
        for path in paths:
            found = _looked_at(browser, path)
            assert found.strange == [], path
            assert "<script>alert(1)</script>" in found.text, path
            assert "{{7*7}}" in found.text, path


def test_a_wrong_sign_in_name_is_shown_as_a_text(portal: Portal) -> None:
    """What a stranger typed comes back as text, also the address to go on to."""
    page = portal.stranger().post("/sign-in", {"name": HOSTILE, "password": "x", "next": HOSTILE})
    found = Elements()
    found.feed(page.get_data(as_text=True))
    assert found.strange == []
    assert found.text.count("<script>alert(1)</script>") == 2


@pytest.mark.parametrize("q", ["%", "_", "' OR 1=1 --", "\\", "*", "**", "a*b*c", "%' ESCAPE '"])
def test_a_search_text_is_never_a_pattern_or_a_command(portal: Portal, q: str) -> None:
    """Wildcards and quotes of the database are letters like others; an asterisk stands for masked letters only."""
    made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    answer = portal.browser("reviewer").post("/customers", {"q": q})
    assert answer.status_code == 200
    if "*" not in q:
        assert "云岫" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("q", ["字" * 60_000, "%" * 30_000, "a" * 60_000 + "*"])
def test_a_search_text_without_end_is_refused(portal: Portal, q: str) -> None:
    """SQLite takes no pattern of more than 50,000 bytes; nobody is called so."""
    made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    assert portal.browser("reviewer").post("/customers", {"q": q}).status_code == 422


def test_pages_and_pictures_of_persons_are_kept_by_no_browser(portal: Portal) -> None:
    """On a shared machine the next person finds nothing in the browser's store: no picture, page or answer."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    document = reviewer.get(f"/api/v1/drafts/{draft}").get_json()["documents"][0]["id"]
    paths = (
        f"/reviews/{draft}",
        f"/documents/{document}/pages/1/picture",
        f"/documents/{document}/pages/1/thumbnail",
        f"/api/v1/documents/{document}/pages/1/image",
    )
    for path in paths:
        answer = reviewer.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path


def test_the_api_takes_no_change_by_a_session_without_its_token(portal: Portal) -> None:
    """Another site could send the cookie: without the token each change is refused, with a made-up bearer too."""
    draft = portal.draft()
    reviewer, clerk = portal.browser("reviewer"), portal.browser("clerk")
    for action in ("claim", "release", "confirm", "return", "discard"):
        path = f"/api/v1/drafts/{draft}/{action}"
        assert reviewer.client.post(path, json={}, headers={"If-Match": '"1"'}).status_code == 400, action
        assert reviewer.client.post(path, json={}, headers={"Authorization": "Bearer x"}).status_code == 401, action
    files = {"files": (io.BytesIO(b"%PDF-"), "a.pdf")}
    assert clerk.client.post("/api/v1/uploads", data=files).status_code == 400


def test_no_rule_is_given_a_text_without_end(portal: Portal) -> None:
    """A typed value longer than any paper's is refused before a rule ponders over it."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    assert reviewer.post("/reviews/check", {"kind": "date", "value": "1" * 400_000}).status_code == 422
    form = {"version": "1", "action.company_name": "correct", "value.company_name": "1" * 400_000}
    assert reviewer.post(f"/reviews/{draft}/confirm", form).status_code == 422
