"""Who may knock where: every route, method and role, and things that belong to others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from models.accounts import ROLES, UserView
from models.audit import AuditRow
from models.cases import Case, Document
from models.upload_rows import Upload
from tests import made_up
from tests.web.conftest import Browser, Portal
from web import access


@dataclass(frozen=True)
class Things:
    """Identifiers of one of each, all brought by the first clerk."""

    values: dict[str, object]


NOTHING = {
    **dict.fromkeys(("reading_id", "kind", "sample_id", "page_id", "view_id"), "none"),
    **dict.fromkeys(("batch_id", "folder_id", "exception_id", "ledger_page_id"), "none"),
    **dict.fromkeys(("acceptance_id", "lot_id", "package_id"), "none"),
    "size": "small",
}
"""What no page knows: to be refused for want of a role, or not found."""


@pytest.fixture
def things(portal: Portal) -> Things:
    """A confirmed customer, an open draft, and what hangs on them."""
    settled = portal.draft(code=made_up.CODES[1])
    number = made_up.confirmed(portal.database, settled, portal.accounts["reviewer"])
    values: dict[str, object] = {"draft_id": portal.draft(), "number": number, "token": "0", "filename": "seal.svg"}
    with portal.database.read() as rows:
        values["upload_id"] = rows.scalars(select(Upload.id)).first()
        values["case_id"] = rows.scalars(select(Case.id)).first()
        values["document_id"] = rows.scalars(select(Document.id)).first()
    return Things(
        values
        | {"user_id": portal.accounts["other clerk"], "job_id": "none", "part_id": "none", "link_id": "none", **NOTHING}
    )


def _address(portal: Portal, rule: Rule, things: Things) -> str:
    values = {name: things.values[name] for name in rule.arguments if name in things.values}
    if "document_id" in rule.arguments or "api_documents" in rule.endpoint:
        values["number"] = 1
    with portal.app.test_request_context():
        return str(portal.app.url_for(rule.endpoint, **values))


def _routes(portal: Portal, *, api: bool = False) -> Iterator[tuple[Rule, str]]:
    """Every route of the pages, or of the API, with each of its methods."""
    for rule in portal.app.url_map.iter_rules():
        if rule.rule.startswith("/api/") == api:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def _visit(browser: Browser, method: str, path: str) -> TestResponse:
    """A request as a page makes it."""
    return browser.get(path) if method == "GET" else browser.post(path, method=method)


def _call(portal: Portal, method: str, path: str, token: str | None = None) -> TestResponse:
    """A request as a program sends it: with a bearer token and an empty body, without cookies."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return portal.app.test_client().open(path, method=method, headers=headers, json={} if method != "GET" else None)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_enters_exactly_the_routes_that_declare_it(portal: Portal, things: Things, role: str) -> None:
    """For every route and method: 403 for a role that is not declared; for a declared one neither 401, 403 nor 5xx."""
    walked = 0
    for rule, method in _routes(portal):
        roles = access.declared(portal.app, rule.endpoint)
        assert roles is not None
        browser = portal.browser(role)
        path = _address(portal, rule, things)
        answer = _visit(browser, method, path)
        walked += 1
        if roles and role not in roles:
            assert answer.status_code == 403, (method, path)
        elif path != "/readyz" and not path.startswith("/sign-in"):
            assert answer.status_code < 500, (method, path)
            assert answer.status_code not in {401, 403}, (method, path)
        answer.close()
    assert walked > 30


def test_a_stranger_is_asked_to_sign_in(portal: Portal, things: Things) -> None:
    """Without a session, a page leads to the sign-in and a change is refused with 401; public routes answer."""
    for rule, method in _routes(portal):
        path = _address(portal, rule, things)
        stranger = portal.stranger()
        answer = _visit(stranger, method, path)
        if access.declared(portal.app, rule.endpoint) == access.PUBLIC:
            assert answer.status_code != 403, (method, path)
        elif method == "GET":
            assert answer.status_code == 302, (method, path)
            assert answer.location.startswith("/sign-in?next="), (method, path)
        else:
            assert answer.status_code == 401, (method, path)
        answer.close()


@pytest.mark.parametrize("role", ROLES)
def test_a_token_opens_exactly_the_calls_that_declare_its_role(portal: Portal, things: Things, role: str) -> None:
    """For every call and method of the API: 403 for a role that is not declared, else neither 401, 403 nor 5xx."""
    token, walked = made_up.tokens(portal.database, portal.accounts)[role], 0
    for rule, method in _routes(portal, api=True):
        roles = access.declared(portal.app, rule.endpoint)
        assert roles is not None
        answer = _call(portal, method, _address(portal, rule, things), token)
        walked += 1
        if roles and role not in roles:
            assert answer.status_code == 403, (method, rule.rule)
        else:
            assert answer.status_code < 500, (method, rule.rule)
            assert answer.status_code not in {401, 403, 404, 405}, (method, rule.rule)
        answer.close()
    assert walked > 14


@pytest.mark.parametrize("token", [None, "nonsense"])
def test_a_program_without_a_token_is_told_401(portal: Portal, things: Things, token: str | None) -> None:
    """Every call of the API but its description, whatever the method; a wrong token is no better than none."""
    for rule, method in _routes(portal, api=True):
        answer = _call(portal, method, _address(portal, rule, things), token)
        public = access.declared(portal.app, rule.endpoint) == access.PUBLIC
        assert answer.status_code == (200 if public else 401), (method, rule.rule)
        answer.close()


THING = {"upload_id", "case_id", "document_id", "draft_id"}
"""The parts of an address that name something which somebody brought in."""


@pytest.mark.parametrize("api", [False, True])
def test_no_route_opens_to_the_name_of_another_clerks_thing(portal: Portal, things: Things, *, api: bool) -> None:
    """Whatever route is added: by another's upload, case, page or draft a clerk finds what does not exist.

    Where clerks may knock at all it is 404, elsewhere 403, for every method; most of these open to the owner.
    """
    tokens = made_up.tokens(portal.database, portal.accounts)
    answers: dict[str, list[int]] = {}
    for who in ("other clerk", "clerk"):
        browser = portal.browser(who)
        for rule, method in _routes(portal, api=api):
            if THING.isdisjoint(rule.arguments):
                continue
            path = _address(portal, rule, things) + ("?at=0,0,1,0,1,1,0,1" if rule.rule.endswith("/crop") else "")
            with _call(portal, method, path, tokens[who]) if api else _visit(browser, method, path) as answer:
                answers.setdefault(f"{method} {rule.rule} {rule.endpoint}", []).append(answer.status_code)
    for call, (foreign, _own) in answers.items():
        roles = access.declared(portal.app, call.rsplit(" ", 1)[-1]) or set()
        assert foreign == (404 if "clerk" in roles else 403), call
    assert sum(own < 400 for _foreign, own in answers.values()) >= (4 if api else 8)


def test_another_clerks_things_are_hidden_by_the_api_too(portal: Portal, things: Things) -> None:
    """A foreign upload, its events, document and page picture are 404; its draft is for no clerk, not even its own."""
    found, tokens = things.values, made_up.tokens(portal.database, portal.accounts)
    paths = {
        f"/uploads/{found['upload_id']}": 404,
        f"/uploads/{found['upload_id']}/events": 404,
        f"/documents/{found['document_id']}": 404,
        f"/documents/{found['document_id']}/pages/1/image": 404,
        f"/drafts/{found['draft_id']}": 403,
    }
    for path, refused in paths.items():
        with _call(portal, "GET", f"/api/v1{path}", tokens["other clerk"]) as foreign:
            assert foreign.status_code == refused, path
        with _call(portal, "GET", f"/api/v1{path}", tokens["clerk"]) as own:
            assert own.status_code == (200 if refused == 404 else 403), path
    for action in ("claim", "release", "confirm", "return", "discard"):
        path = f"/api/v1/drafts/{found['draft_id']}/{action}"
        assert _call(portal, "POST", path, tokens["other clerk"]).status_code == 403, action


def test_another_clerks_things_are_answered_as_if_they_did_not_exist(portal: Portal, things: Things) -> None:
    """A foreign upload, its progress, its case and its page pictures are 404, as an unknown identifier is."""
    other = portal.browser("other clerk")
    found = things.values
    paths = (
        f"/uploads/{found['upload_id']}",
        f"/uploads/{found['upload_id']}/progress",
        f"/cases/{found['case_id']}",
        f"/documents/{found['document_id']}/pages/1/picture",
        f"/documents/{found['document_id']}/pages/1/thumbnail",
        f"/documents/{found['document_id']}/pages/1/words",
    )
    for path in paths:
        assert other.get(path).status_code == 404, path
        assert portal.browser("clerk").get(path).status_code == 200, path
    for path in ("/uploads/x", "/cases/x", "/documents/x/pages/1/picture", "/documents/x/pages/1/words"):
        assert other.get(path).status_code == 404, path


def test_the_page_of_a_change_is_an_audited_view_of_the_customer_file(portal: Portal) -> None:
    """It shows what the file holds beside what was read; the draft of a new customer shows nobody's."""
    number = made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    change, new = portal.draft(), portal.draft(code=made_up.CODES[1])
    for draft_id in (change, new):
        assert portal.browser("auditor").get(f"/reviews/{draft_id}").status_code == 200
    with portal.database.read() as rows:
        views = rows.scalars(select(AuditRow).where(AuditRow.action == "customer.viewed")).all()
    assert [(view.actor, view.subject_id, view.details) for view in views] == [
        (portal.accounts["auditor"], number, {"via": "draft", "draft": change})
    ]


def test_the_button_on_the_accounts_page_revokes_tokens(portal: Portal) -> None:
    """Who has tokens has the button; after it the token opens nothing, and the button is gone."""
    token = made_up.tokens(portal.database, {"clerk": portal.accounts["clerk"]})["clerk"]
    path, button = f"/accounts/{portal.accounts['clerk']}/revoke", "Revoke tokens"
    security = portal.browser("security")
    assert _call(portal, "GET", "/api/v1/uploads/x", token).status_code == 404
    assert security.get("/accounts").get_data(as_text=True).count(button) == 1
    assert security.post(path).status_code == 302
    assert _call(portal, "GET", "/api/v1/uploads/x", token).status_code == 401
    assert button not in security.get("/accounts").get_data(as_text=True)


def test_unknown_things_are_404_for_those_who_may_see_all(portal: Portal) -> None:
    """A draft, a customer, an account that does not exist is 404, whatever is asked of it."""
    reviewer = portal.browser("reviewer")
    for path in ("/reviews/x", "/customers/C99999999"):
        assert reviewer.get(path).status_code == 404, path
    for action in ("claim", "touch", "release", "confirm", "return", "discard"):
        assert reviewer.post(f"/reviews/x/{action}", {"version": "1"}).status_code == 404, action
    administrator = portal.browser("administrator")
    for action in ("link", "close", "open", "revoke"):
        assert administrator.post(f"/accounts/x/{action}").status_code == 404, action


def test_an_application_with_an_undeclared_view_does_not_start() -> None:
    """A view that declares no roles stops the start and is named."""
    app = Flask("undeclared", static_folder=None)
    app.add_url_rule("/", "forgotten", lambda: "")
    with pytest.raises(RuntimeError, match="forgotten"):
        access.guard(app)


def test_a_role_that_does_not_exist_cannot_be_declared() -> None:
    """A misspelt role is an error when the module is loaded, not an open door."""
    with pytest.raises(ValueError, match="boss"):
        access.requires("boss")


def _account(*roles: str) -> UserView:
    return UserView("me", "me", "", frozenset(roles))


@pytest.mark.parametrize(
    ("rule", "own", "foreign"),
    [
        (access.may_see_upload, {"archivist", "administrator"}, {"archivist", "administrator"}),
        (access.may_see_case, {"clerk", "reviewer", "archivist", "auditor"}, {"reviewer", "archivist", "auditor"}),
        (access.may_see_document, {"clerk", "reviewer", "archivist", "auditor"}, {"reviewer", "archivist", "auditor"}),
    ],
)
def test_the_rules_about_things_look_at_role_and_owner(rule: object, own: set[str], foreign: set[str]) -> None:
    """Whoever brought a thing sees it; of foreign ones each role sees what its work needs."""
    assert callable(rule)
    for role in ROLES:
        assert rule(_account(role), SimpleNamespace(created_by="other")) == (role in foreign), role
        if role in own:
            assert rule(_account(role), SimpleNamespace(created_by="me")), role


def test_administrators_see_no_values() -> None:
    """An administrator looks after states of uploads, not after what stands on the papers or in customer files."""
    administrator = _account("administrator")
    assert not access.may_see_case(administrator, SimpleNamespace(created_by="other"))
    assert not access.may_see_customers(administrator)
    assert not access.may_see_drafts(administrator)
