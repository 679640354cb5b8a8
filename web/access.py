"""Who may do what: roles declared at each route, and the rules about single things as pure functions.

Every view carries :func:`requires` or :func:`public`; :func:`guard` refuses to start with one that carries neither, so
that nobody can forget. A route's roles say who may knock; whether a certain upload, case or draft may be seen is told
by the ``may_…`` functions here, and a thing that may not be seen is answered like one that does not exist (404).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Request, Response

from models import accounts, slips, tokens
from models.accounts import ROLES, UserView
from web import context

View = TypeVar("View", bound=Callable[..., Any])

_DECLARED = "intake_roles"
PUBLIC: frozenset[str] = frozenset()
"""The declaration of a route that needs no account."""


class Owned(Protocol):
    """Anything that knows the account that brought it in."""

    @property
    def created_by(self) -> str:
        """The identifier of the account."""


class Joined(Protocol):
    """An upload that knows who brought in the case that it lies in."""

    @property
    def case_created_by(self) -> str:
        """The identifier of the account."""


def requires(*roles: str) -> Callable[[View], View]:
    """Declare that a view is for accounts with one of ``roles``; without names, for every account."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"no such roles: {sorted(unknown)}")
    return lambda view: _declare(view, frozenset(roles or ROLES))


def public(view: View) -> View:
    """Declare that a view needs no account."""
    return _declare(view, PUBLIC)


def _declare(view: View, roles: frozenset[str]) -> View:
    setattr(view, _DECLARED, roles)
    return view


def declared(app: Flask, endpoint: str) -> frozenset[str] | None:
    """The roles that an endpoint declares: empty for a public one, ``None`` where it declares nothing."""
    roles: frozenset[str] | None = getattr(app.view_functions[endpoint], _DECLARED, None)
    return roles


def is_public(view: object) -> bool:
    """Whether a view needs no account."""
    return getattr(view, _DECLARED, None) == PUBLIC


class SignedIn:
    """The form in which Flask-Login carries an account; its sessions are named by the account's uniquifier."""

    is_authenticated = True
    is_anonymous = False
    is_active = True

    def __init__(self, view: UserView) -> None:
        """Wrap an account."""
        self.view = view

    def get_id(self) -> str:
        """What the session keeps."""
        return self.view.uniquifier


def user() -> UserView:
    """The account of the present request, by its session or its bearer token; answers 401 where there is none."""
    found = anyone()
    if found is None:
        raise Unauthorized
    return found


def anyone() -> UserView | None:
    """The account of the present request, or ``None``."""
    return current_user.view if current_user.is_authenticated else None


def bearer() -> str | None:
    """The token of an ``Authorization: Bearer`` header, if the request has one."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def guard(app: Flask) -> None:
    """Make ``app`` let in whom its views declare; raises RuntimeError for views that declare nothing."""
    undeclared = sorted(endpoint for endpoint in app.view_functions if declared(app, endpoint) is None)
    if undeclared:
        raise RuntimeError(f"these endpoints declare no roles: {undeclared}")
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(_by_session)
    manager.request_loader(_by_token)
    app.before_request(_let_in)


def _by_session(uniquifier: str) -> SignedIn | None:
    if bearer() is not None:
        return None
    with context.current().database.read() as session:
        found = accounts.find_by_uniquifier(session, uniquifier)
    return None if found is None else SignedIn(found)


def _by_token(_: Request) -> SignedIn | None:
    token = bearer()
    if token is None or not is_api():
        return None
    found = tokens.use_token(context.current().database, token)
    return None if found is None else SignedIn(found)


def is_api() -> bool:
    """Whether the present request is for the API (a bearer token counts there only)."""
    return request.path.startswith("/api/")


def _let_in() -> Response | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    roles: frozenset[str] = getattr(view, _DECLARED)
    if roles == PUBLIC:
        return None
    found = anyone()
    if found is None:
        return _ask_to_sign_in()
    if not found.has(*roles):
        abort(403)
    return None


def _ask_to_sign_in() -> Response:
    """A person's browser is shown the way; a program, and a script that asks for data, is told 401."""
    asks_for_data = bool(request.accept_mimetypes) and not request.accept_mimetypes.accept_html
    if is_api() or request.method not in {"GET", "HEAD"} or asks_for_data or "HX-Request" in request.headers:
        raise Unauthorized
    asked = request.full_path if request.query_string else request.path  # a bookmark of the queue has its filter there
    return redirect(url_for("auth.sign_in", next=asked))


# ---- rules about single things --------------------------------------------------------------------------------------


def may_upload(account: UserView) -> bool:
    """Clerks and archivists bring papers in; whether a reviewer is also one of them, the office decides."""
    return account.has("clerk", "archivist")


def may_add(account: UserView, owner: str) -> bool:
    """Hand in papers for a case that is there already: who brought it in, and archivists for any."""
    return may_upload(account) and slips.may_join(account, owner)


def may_see_upload(account: UserView, upload: Owned) -> bool:
    """Its states: whoever brought it, archivists and administrators."""
    return upload.created_by == account.id or account.has("archivist", "administrator")


def may_see_case(account: UserView, case: Owned) -> bool:
    """Its papers and values: whoever brought them, and those who work on or check all cases."""
    return _sees_case(account, case.created_by)


def _sees_case(account: UserView, created_by: str) -> bool:
    own = may_upload(account) and created_by == account.id
    return own or account.has("reviewer", "archivist", "auditor")


def sees_all_cases(account: UserView) -> bool:
    """Those who work on or check all cases."""
    return account.has("reviewer", "archivist", "auditor")


def may_rearrange(account: UserView, case: Owned, *, confirmed: bool) -> bool:
    """Split, join and move its papers: reviewers and archivists; who brought it in until a draft was confirmed."""
    own = may_upload(account) and case.created_by == account.id and not confirmed
    return own or account.has("reviewer", "archivist")


def may_see_case_of(account: UserView, upload: Joined) -> bool:
    """The case that an upload lies in may be another clerk's, where both handed in the same paper."""
    return _sees_case(account, upload.case_created_by)


def may_print_slip(account: UserView, case: Owned) -> bool:
    """The slip of a returned case is for those who see to it that its papers come back."""
    return may_see_case(account, case) and account.has("clerk", "reviewer", "archivist")


def may_see_document(account: UserView, case: Owned) -> bool:
    """A document, its pages and its fields follow the case that they are in."""
    return may_see_case(account, case)


def may_let_send(account: UserView, case: Owned) -> bool:
    """Let a customer send papers for a case by a link: whoever brought it in, and archivists."""
    return upload_owner(account, case) or account.has("archivist")


def may_accept(account: UserView) -> bool:
    """Vouch for what a customer sent by a link: all who may see the case and do more than read it."""
    return account.has("clerk", "archivist", "reviewer")


def upload_owner(account: UserView, thing: Owned) -> bool:
    """Whether a clerk or archivist looks at what he brought in himself."""
    return may_upload(account) and thing.created_by == account.id


def may_see_drafts(account: UserView) -> bool:
    """Reviewers work on drafts, auditors read them."""
    return account.has("reviewer", "auditor")


def may_see_queue(account: UserView) -> bool:
    """Administrators share the work out; of a draft they see its papers' types, its age and whose it is."""
    return may_see_drafts(account) or runs_office(account)


def may_assign(account: UserView) -> bool:
    """Colleagues share the queue out among themselves, and administrators do so for them."""
    return account.has("reviewer", "administrator")


def runs_office(account: UserView) -> bool:
    """What is set for everybody is set by administrators."""
    return account.has("administrator")


def may_review(account: UserView) -> bool:
    """Claim, confirm, return, discard: reviewers alone."""
    return account.has("reviewer")


def may_see_customers(account: UserView) -> bool:
    """Customer files are for those who make, keep or check them."""
    return account.has("reviewer", "archivist", "auditor")


def may_see_archives(account: UserView) -> bool:
    """Batches of legacy archives are run by archivists and read by auditors."""
    return account.has("archivist", "auditor")


def may_see_jobs(account: UserView) -> bool:
    """Work that got stuck is looked after by administrators and archivists."""
    return account.has("administrator", "archivist")


def may_see_accounts(account: UserView) -> bool:
    """Who may sign in is decided by administrators and the security officer."""
    return account.has("administrator", "security")


def may_see_policies(account: UserView) -> bool:
    """What the office has set is read by who sets it and by those who check."""
    return account.has("administrator", "auditor", "security")


def may_change_policies(account: UserView) -> bool:
    """Setting it is the administrators' alone."""
    return account.has("administrator")


def may_see_dashboard(account: UserView) -> bool:
    """How reviewing goes is for those who do it, run it and check it; nothing of a paper stands there."""
    return account.has("administrator", "auditor", "reviewer")


def may_see_work_by_name(account: UserView) -> bool:
    """How much each colleague did is for those who run and check the office, not for colleagues."""
    return account.has("administrator", "auditor")


def may_see_audit(account: UserView) -> bool:
    """The audit is read by those who check."""
    return account.has("auditor", "security")
