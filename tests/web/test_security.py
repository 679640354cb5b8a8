"""What protects a session: the token of forms, the content policy, cookies, the throttle, the key."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.errors import InvalidSettingError
from intake.settings import Settings
from models import signing
from models.accounts import ROLES
from models.tokens import make_token
from models.upload_rows import Upload
from tests import made_up
from tests.web.conftest import Browser, Portal
from web import access, security
from web.app import create_app


class Inline(HTMLParser):
    """Collects whatever the content policy would forbid."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        names = dict(attrs)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {value}" for value in names.values() if value and value.startswith("javascript:")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        addresses = (names.get("src") or "", names.get("href") or "" if tag in {"link", "use"} else "")
        self.found += [f"{tag} {address}" for address in addresses if "//" in address]


def _pages(portal: Portal, role: str) -> list[tuple[str, Browser]]:
    """Every page that a role can open, with things on it."""
    draft = portal.draft()
    number = made_up.confirmed(portal.database, portal.draft(code=made_up.CODES[1]), portal.accounts["reviewer"])
    with portal.database.read() as rows:
        upload = rows.scalars(select(Upload)).first()
    assert upload is not None
    paths = ["/", "/me", "/nothing", f"/uploads/{upload.id}", f"/uploads/{upload.id}/progress"]
    paths += [f"/cases/{upload.case_id}", f"/reviews/{draft}", f"/customers/{number}"]
    plain = (rule.rule for rule in portal.app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    paths += [path for path in plain if "<" not in path and not path.startswith("/api/") and path not in paths]
    browser = portal.browser(role)
    if role == "reviewer":
        browser.post(f"/reviews/{draft}/claim")
    return [(path, browser) for path in paths]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_holds_what_the_policy_forbids_and_every_answer_names_the_policy(portal: Portal, role: str) -> None:
    """No inline script, style or handler, nothing from other sites; the strict policy on every answer."""
    seen = 0
    for path, browser in _pages(portal, role):
        answer = browser.get(path)
        for name, value in security.HEADERS.items():
            assert answer.headers[name] == value, (path, name)
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"], path
        if answer.mimetype == "text/html":
            seen += 1
            page = Inline()
            page.feed(answer.get_data(as_text=True))
            assert page.found == [], path
    assert seen > 8


def test_every_change_by_a_session_needs_the_forms_token(portal: Portal) -> None:
    """A POST without the token is refused with 400 on every route, the sign-in included, and nothing is changed."""
    for rule in portal.app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.rule.startswith("/api/"):
            continue
        roles = access.declared(portal.app, rule.endpoint) or {"clerk"}
        browser = portal.browser(min(roles))
        with portal.app.test_request_context():
            path = portal.app.url_for(rule.endpoint, **dict.fromkeys(rule.arguments, "x"))
        assert browser.client.post(path, data={"name": "x"}).status_code == 400, path


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(portal: Portal) -> None:
    """HttpOnly and SameSite=Lax always; Secure where browsers come by https."""
    cookie = portal.stranger().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    settings = portal.context.settings.model_copy(update={"public_url": "https://intake.example"})
    safe = create_app(settings)
    answer = safe.test_client().get("/sign-in", base_url="https://intake.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    safe.extensions["intake"].database.close()


def test_failed_sign_ins_are_throttled_by_name_and_address(portal: Portal) -> None:
    """After the allowed number of failures a name is refused with 429, right password or not; another name is not."""
    stranger = portal.stranger()
    for _ in range(3):
        assert stranger.post("/sign-in", {"name": "x", "password": "wrong"}).status_code == 401
    assert stranger.post("/sign-in", {"name": "x", "password": "wrong"}).status_code == 429
    assert stranger.post("/sign-in", {"name": "y", "password": "wrong"}).status_code == 401


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """Without a setting, the key lies in the data folder, readable by its owner; the next start finds the same."""
    settings = Settings(data_dir=tmp_path, secret_key="")
    made = signing.secret_key(settings)
    assert len(made) == 64
    assert signing.secret_key(settings) == made
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_key_that_another_process_made_first_is_used(tmp_path: Path) -> None:
    """Of processes that start together the first one's key stands."""
    (tmp_path / "secret.key").write_text("first")
    signing.make_key(tmp_path / "secret.key")
    assert signing.secret_key(Settings(data_dir=tmp_path, secret_key="")) == "first"


def test_nothing_is_signed_with_an_empty_key(tmp_path: Path) -> None:
    """A file that a full disk or a power cut left empty stops the start: such a key everybody could guess."""
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(InvalidSettingError):
        signing.secret_key(Settings(data_dir=tmp_path, secret_key=""))


def test_a_bearer_token_opens_the_api_alone(portal: Portal) -> None:
    """A token does not sign in to pages, and a wrong one is not helped by a session."""
    with portal.database.unit() as unit:
        token = make_token(unit, portal.accounts["clerk"])
    page = portal.app.test_client().get("/", headers={"Authorization": f"Bearer {token}"})
    assert page.status_code == 302
    browser = portal.browser("clerk")
    answer = browser.get("/api/v1/uploads/x", Authorization="Bearer wrong")
    assert answer.status_code == 401


def test_browsers_keep_files_whose_address_names_their_time_and_ask_for_all_others(portal: Portal) -> None:
    """A style sheet of a page is fetched once; a module that another imports is asked for again; pages are not kept."""
    clerk = portal.browser("clerk")
    address = re.search(r'href="(/static/css/portal.css[?]v=\d+)"', clerk.get("/").get_data(as_text=True))
    assert address
    for path, kept in ((address[1], "immutable"), ("/static/js/keys.js", "no-cache"), ("/", "no-store")):
        with clerk.get(path) as answer:
            assert kept in answer.headers["Cache-Control"], path
