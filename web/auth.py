"""Signing in and out, and what a person sets for himself: password and language."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from intake.errors import IntakeError, LinkSpentError, PasswordsDifferError, PresentPasswordError, WrongPasswordError
from models import accounts
from models.accounts import UserView
from models.base import now
from web import context, errors
from web.access import SignedIn, anyone, public, requires, user
from web.languages import LANGUAGES
from web.security import SIGN_IN_WINDOW, limiter

blueprint = APIBlueprint("auth", __name__, enable_openapi=False)
_LINKED = "linked_at"
"""In a session that began by a sign-in link: when, in seconds."""
_LINK_SECONDS = 900
"""How long such a sign-in stands for the password."""
_OWN_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
"""A path of this site. Browsers drop tabs and line breaks and read ``\\`` as ``/``: ``/<tab>/x`` would lead away."""


def _per_name_and_address() -> str:
    """The counter's name; hashed, because it lies in Redis and people type passwords into the wrong field."""
    name = request.form.get("name", "").strip().lower()
    return f"{request.remote_addr}|{hashlib.sha256(name.encode()).hexdigest()}"


def _allowed() -> str:
    return f"{context.current().settings.sign_in_attempts} per {SIGN_IN_WINDOW}"


def _allowed_per_address() -> str:
    return f"{context.current().settings.sign_in_attempts * 10} per {SIGN_IN_WINDOW}"


def _failed(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNAUTHORIZED


@blueprint.get("/sign-in")
@public
def sign_in() -> str:
    """The page that asks for name and password."""
    return render_template("sign_in.html", next=request.args.get("next", ""), name="")


@blueprint.post("/sign-in")
@public
@limiter.limit(_allowed, key_func=_per_name_and_address, deduct_when=_failed)
@limiter.limit(_allowed_per_address, deduct_when=_failed)
def sign_in_with_password() -> Response | tuple[str, int]:
    """Sign in, or say that name and password do not fit (never which of the two)."""
    name = request.form.get("name", "").strip()
    with context.current().database.read() as rows:
        found = accounts.check_password(rows, name, request.form.get("password", ""))
    if found is None:
        wrong = WrongPasswordError()
        page = render_template("sign_in.html", next=request.form.get("next", ""), name=name, wrong=wrong)
        return page, HTTPStatus.UNAUTHORIZED
    _enter(found, "password")
    return redirect(_own_path(request.form.get("next", "")))


@blueprint.get("/sign-in/link/<token>")
@public
def sign_in_link(token: str) -> str:
    """Ask to go on: a link that is only previewed by a mail or chat program must not be used up."""
    return render_template("sign_in_link.html", token=token)


@blueprint.post("/sign-in/link/<token>")
@public
@limiter.limit(_allowed_per_address, deduct_when=_failed)
def use_sign_in_link(token: str) -> Response | tuple[str, int]:
    """Use the link up and sign its account in."""
    with context.current().database.unit() as unit:
        found = accounts.use_sign_in_link(unit, token)
    if found is None:
        return render_template("sign_in.html", next="", name="", wrong=LinkSpentError()), HTTPStatus.UNAUTHORIZED
    _enter(found, "link")
    return redirect(url_for("home.home"))


def _enter(account: UserView, by: str) -> None:
    """Begin a fresh session for the account."""
    chosen = account.language or session.get("language")
    session.clear()
    session.permanent = True
    if chosen:
        session["language"] = chosen
    if by == "link":
        session[_LINKED] = now().timestamp()
    login_user(SignedIn(account))
    with context.current().database.unit() as unit:
        accounts.note_sign_in(unit, account.id, by=by)


def _own_path(asked: str) -> str:
    """A path of this site, never an address of another one."""
    return asked if _OWN_PATH.fullmatch(asked) else url_for("home.home")


@blueprint.post("/sign-out")
@requires()
def sign_out() -> Response:
    """End the account's sessions, here and elsewhere: a copied cookie must open nothing once its owner has left."""
    language = session.get("language")
    account = user()
    with context.current().database.unit() as unit:
        accounts.end_sessions(unit, account.id)
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    return redirect(url_for("auth.sign_in"))


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Keep the chosen language in the session, and with the account where there is one."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    session["language"] = chosen
    session.permanent = True
    _keep_language(chosen)
    return redirect(_own_path(request.form.get("next", "")))


def _keep_language(chosen: str) -> None:
    account = anyone()
    if account is not None:
        with context.current().database.unit() as unit:
            accounts.set_language(unit, account.id, chosen)


@blueprint.get("/me")
@requires()
def me() -> str:
    """What a person may set for himself."""
    return _me()


def _me(*, wrong: IntakeError | None = None) -> str:
    with context.current().database.read() as rows:
        asks = accounts.has_password(rows, user().id) and not _came_by_link()
    return render_template("me.html", least=accounts.LEAST_PASSWORD, asks=asks, wrong=wrong)


def _came_by_link() -> bool:
    """Whether this session began by a link a moment ago: that is the way in for who has forgotten the password."""
    return now().timestamp() - float(session.get(_LINKED, 0)) < _LINK_SECONDS


def _per_account() -> str:
    account = anyone()
    return request.remote_addr or "" if account is None else account.id


def _refused(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/me/password")
@requires()
@limiter.limit(_allowed, key_func=_per_account, deduct_when=_refused)
def set_password() -> Response | tuple[str, int]:
    """Set a new password, for who knows the present one where there is one: a desk is left unlocked now and then.

    Other sessions of the account end, this one goes on.
    """
    account = user()
    if request.form.get("password", "") != request.form.get("again", ""):
        errors.tell(PasswordsDifferError())
        return redirect(url_for("auth.me"))
    with context.current().database.read() as rows:
        known = _came_by_link() or accounts.knows_password(rows, account.id, request.form.get("present", ""))
    if not known:
        return _me(wrong=PresentPasswordError()), HTTPStatus.UNPROCESSABLE_ENTITY
    with context.current().database.unit() as unit:
        accounts.set_password(unit, account.id, request.form.get("password", ""), actor=account.id)
        renewed = accounts.find(unit.session, account.id)
    if renewed is not None:
        login_user(SignedIn(renewed))
    flash(_("The password is set."), "done")
    return redirect(url_for("auth.me"))
