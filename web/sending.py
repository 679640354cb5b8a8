"""Links for customers: a clerk makes one for a case, a customer sends papers by it from a phone, without an account.

The page behind a link tells nothing of the case; its address is in no log and goes to no other site (no referrer). An
unknown, expired, revoked or used-up link is answered like an address that does not exist.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any

import segno
from apiflask import APIBlueprint
from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from intake.errors import TooManyAtOnceError, UploadEmptyError
from models import accounts, links, round_views
from models.accounts import UserView
from models.database import Unit
from models.links import LinkView
from models.overviews import CaseView
from models.uploads import Received
from web import access, context, desk, receiving, visible
from web.access import public, requires, user
from web.bounds import FILES_BY_LINK
from web.security import limiter, takes_files_by

blueprint = APIBlueprint("sending", __name__, enable_openapi=False)

HOURS = (24, 72, 168)
_PER_ADDRESS = "60 per hour"


def _room(arguments: dict[str, Any]) -> int:
    """The bytes that may come by this address: none beyond a form's where no link is open."""
    if _link(str(arguments.get("token", ""))) is None:
        return 0
    return context.current().settings.max_file_mb * 1_000_000 * FILES_BY_LINK


@blueprint.post("/cases/<case_id>/links")
@requires("clerk", "archivist")
def make(case_id: str) -> Response:
    """Make a link and show it, once, with its QR code."""
    case = _mine(case_id)
    hours = request.form.get("hours", type=int)
    if hours not in HOURS:
        abort(HTTPStatus.BAD_REQUEST)
    context.origin()  # before a link is made that could not be shown
    with context.current().database.unit() as unit:
        token = links.make(unit, case.id, user().id, hours)
    address = context.address(url_for("sending.show", token=token))
    picture = Markup(  # noqa: S704 - made by segno from our own address
        segno.make(address, error="m").svg_inline(scale=6, border=4, dark="#000", light="#fff")
    )
    with context.current().database.read() as rows:
        hidden = round_views.keys_blind(rows, case.id, user().id, decides=access.may_review(user()))
    title = "" if hidden else case.title
    page = make_response(
        render_template("link.html", case=case, title=title, address=address, picture=picture, hours=hours)
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


@blueprint.post("/cases/<case_id>/links/<link_id>/revoke")
@requires("clerk", "archivist")
def revoke(case_id: str, link_id: str) -> Response:
    """Let nothing more come by a link."""
    case = _mine(case_id)
    with context.current().database.unit() as unit:
        found = links.load(unit.session, link_id)
        if found is None or found.case_id != case.id:
            abort(HTTPStatus.NOT_FOUND)
        links.revoke(unit, link_id, user().id)
    flash(_("The link is revoked."), "done")
    return redirect(url_for("cases.show", case_id=case_id))


@blueprint.post("/cases/<case_id>/sendings/accept")
@requires("clerk", "archivist", "reviewer")
def accept(case_id: str) -> Response:
    """Vouch for what customers sent for a case, and back to the desk or to the case, wherever the button stood."""
    case = _visible(case_id)
    with context.current().database.unit() as unit:
        count = links.accept(unit, case.id, user().id)
    if count:
        flash(_("Accepted. The papers are no longer marked."), "done")
    return redirect(desk.address_of(case.id) or url_for("cases.show", case_id=case.id))


@blueprint.get("/send/<token>")
@public
@limiter.limit(_PER_ADDRESS)
def show(token: str) -> Response:
    """The page on which a customer chooses or takes photos."""
    return _page(_open(token))


@blueprint.post("/send/<token>")
@public
@takes_files_by(_room)
@limiter.limit(_PER_ADDRESS)
def receive(token: str) -> Response:
    """Take the customer's papers into the link's case, unverified; nothing is told of the case."""
    link, here = _open(token), context.current()
    sent = [file for file in request.files.getlist("files") if file.filename][: FILES_BY_LINK + 1]
    if not sent:
        raise UploadEmptyError
    if len(sent) > FILES_BY_LINK:
        raise TooManyAtOnceError(most=FILES_BY_LINK)
    with here.database.read() as rows:
        owner = accounts.find(rows, link.created_by)
    if owner is None:
        abort(HTTPStatus.NOT_FOUND)
    received = _received(sent, owner, token)
    refused = [file for file in received.upload.files if file.state == "rejected"]
    return _page(link, good=len(received.upload.files) - len(refused), refused=refused)


def _received(sent: list[FileStorage], owner: UserView, token: str) -> Received:
    """Take the papers in; 404 where the link was closed meanwhile.

    Its case's papers may just have moved to another one: the link leads there by now, and is followed.
    """
    link = _open(token)
    while True:
        for file in sent:
            file.stream.seek(0)
        try:
            return receiving.receive(sent, user=owner, via="link", into=link.case_id, also=partial(_note, link))
        except LookupError:
            before, link = link.case_id, _open(token)
            if link.case_id == before:
                abort(HTTPStatus.NOT_FOUND)


def _note(link: LinkView, unit: Unit, made: Received) -> None:
    links.note(unit, link, made.upload)


def _page(link: LinkView, **also: object) -> Response:
    limit = context.current().settings.max_file_mb
    page = make_response(
        render_template("send.html", link=link, most=FILES_BY_LINK, limit_mb=limit, ngettext=ngettext, **also)
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


def _open(token: str) -> LinkView:
    found = _link(token)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _link(token: str) -> LinkView | None:
    with context.current().database.read() as rows:
        return links.find(rows, token)


def _visible(case_id: str) -> CaseView:
    with context.current().database.read() as rows:
        return visible.case(rows, case_id)


def _mine(case_id: str) -> CaseView:
    """A case for which the caller may let strangers send papers: his own, or any for an archivist."""
    found = _visible(case_id)
    if found.state in links.CLOSED or not access.may_let_send(user(), found):
        abort(HTTPStatus.NOT_FOUND)
    return found
