"""Accounts: who may sign in, for administrators and the security officer."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake.errors import NameTakenError, OwnAccountError, UnknownRoleError
from models import accounts, tokens
from models.accounts import UserView
from models.database import Unit
from web import context, errors
from web.access import requires, user

blueprint = APIBlueprint("accounts", __name__, enable_openapi=False)
LINK_HOURS = 24


@blueprint.get("/accounts")
@requires("administrator", "security")
def index() -> str:
    """All accounts, and the form that adds one."""
    return _page()


@blueprint.post("/accounts")
@requires("administrator", "security")
def add() -> str | tuple[str, int]:
    """Add an account and show the link with which its person signs in for the first time."""
    context.origin()  # before anything is made that could not be shown
    try:
        with context.current().database.unit() as unit:
            added = _added(unit)
            token = accounts.make_sign_in_link(unit, added.id, LINK_HOURS, actor=user().id)
    except (NameTakenError, UnknownRoleError) as error:
        return _page(error=error, form=request.form), errors.status_of(type(error))
    return _page(link=_address(token), link_of=added)


def _added(unit: Unit) -> UserView:
    form = request.form
    name, shown = form.get("name", "").strip(), form.get("display_name", "").strip()
    if not name or max(len(name), len(shown)) > accounts.LONGEST_NAME:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return accounts.add_user(unit, name, form.getlist("roles"), display_name=shown, actor=user().id)


@blueprint.post("/accounts/<user_id>/link")
@requires("administrator", "security")
def make_link(user_id: str) -> str:
    """Make a one-time link; it is shown this once."""
    context.origin()  # as above
    with context.current().database.unit() as unit:
        found = _existing(unit, user_id)
        token = accounts.make_sign_in_link(unit, found.id, LINK_HOURS, actor=user().id)
    return _page(link=_address(token), link_of=found)


@blueprint.post("/accounts/<user_id>/close")
@requires("administrator", "security")
def close(user_id: str) -> Response:
    """Close an account and end its sessions; nobody closes his own, so that one who can open it again remains."""
    if user_id == user().id:
        errors.tell(OwnAccountError())
        return redirect(url_for("accounts.index"))
    return _set_active(user_id, active=False)


@blueprint.post("/accounts/<user_id>/open")
@requires("administrator", "security")
def reopen(user_id: str) -> Response:
    """Open a closed account again."""
    return _set_active(user_id, active=True)


@blueprint.post("/accounts/<user_id>/revoke")
@requires("administrator", "security")
def revoke(user_id: str) -> Response:
    """Revoke the API tokens of an account."""
    with context.current().database.unit() as unit:
        tokens.revoke_tokens(unit, _existing(unit, user_id).id, actor=user().id)
    return redirect(url_for("accounts.index"))


def _set_active(user_id: str, *, active: bool) -> Response:
    with context.current().database.unit() as unit:
        found = _existing(unit, user_id)
        accounts.set_active(unit, found.id, active=active, actor=user().id)
    return redirect(url_for("accounts.index"))


def _existing(unit: Unit, user_id: str) -> UserView:
    found = accounts.find(unit.session, user_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _page(**also: object) -> str:
    with context.current().database.read() as rows:
        people, holders = accounts.people(rows), tokens.in_force(rows)
    return render_template(
        "accounts.html", people=people, tokens=holders, roles=accounts.ROLES, hours=LINK_HOURS, **also
    )


def _address(token: str) -> str:
    return context.address(url_for("auth.sign_in_link", token=token))
