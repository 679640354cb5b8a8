"""Uploads: handing papers in, and watching them on their way."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake.customers import slips
from intake.customers.completeness import Item
from intake.errors import UnknownCaseNumberError
from models import overviews, round_views, upload_views, views
from models.uploads import UploadStatus
from web import access, bounds, checklists, context, errors, receiving, visible
from web import progress as progresses
from web.access import requires, user
from web.security import takes_files

blueprint = APIBlueprint("uploads", __name__, enable_openapi=False)
MOST_HASHES = 500
_HASH = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/uploads/new")
@requires("clerk", "archivist")
def new() -> str:
    """The page on which files are dropped; ``case`` is the number of the case that they are added to."""
    return render_template("upload_new.html", joins=_joined())


@blueprint.get("/uploads/camera")
@requires("clerk", "archivist")
def camera() -> str:
    """The page on which a phone's camera is the scanner."""
    return render_template("camera.html")


@blueprint.post("/uploads")
@requires("clerk", "archivist")
@takes_files
def create() -> Response:
    """Take files in; a script is told where the upload stands, a plain form is led there."""
    joins = receiving.case_named(request.form.get("case", ""), user())
    received = receiving.receive(request.files.getlist("files"), user=user(), via="portal", joins=joins)
    address = url_for("uploads.show", upload_id=received.upload.id)
    if errors.wants_problem():
        response = make_response(jsonify({"id": received.upload.id, "address": address}), HTTPStatus.ACCEPTED)
        response.headers["Location"] = address
        return response
    return redirect(address)


@blueprint.post("/uploads/known")
@requires("clerk", "archivist")
def known() -> Response:
    """Which of these contents (SHA-256) the caller may see as handed in before; about others nothing is said."""
    body = bounds.body()
    asked = body.get("hashes") if isinstance(body, dict) else None
    if not isinstance(asked, list) or len(asked) > MOST_HASHES or not all(isinstance(one, str) for one in asked):
        abort(HTTPStatus.BAD_REQUEST)
    account = user()
    owner = None if account.has("archivist", "administrator") else account.id
    with context.current().database.read() as rows:
        found = upload_views.known(rows, [one for one in asked if _HASH.fullmatch(one)], owner)
    at = {one.sha256: url_for("uploads.show", upload_id=one.upload_id) for one in found}
    return jsonify(at)


@blueprint.get("/uploads")
@requires("clerk", "archivist", "administrator")
def index() -> str:
    """My uploads, or all of them for who looks after all."""
    account = user()
    owner = None if account.has("archivist", "administrator") else account.id
    with context.current().database.read() as rows:
        page = overviews.uploads(rows, owner, request.args.get("cursor"))
        items = round_views.untitled(rows, page.items, account.id, decides=access.may_review(account))
    return render_template("uploads.html", page=replace(page, items=items), all=owner is None)


@blueprint.get("/uploads/<upload_id>")
@requires("clerk", "archivist", "administrator")
def show(upload_id: str) -> str:
    """One upload, file by file; the page keeps itself up to date."""
    upload = _visible(upload_id)
    return _page("upload.html", upload, progresses.whole(upload))


@blueprint.route("/uploads/<upload_id>/progress", methods=["GET", "POST"])
@requires("clerk", "archivist", "administrator")
def progress(upload_id: str) -> str:
    """The part of the page that changes: of the rows those that the browser's ``marks`` say it does not have."""
    upload = _visible(upload_id)
    known = _marks() if request.method == "POST" else []
    return _page("_progress.html", upload, progresses.changed(upload, known))


def _page(template: str, upload: UploadStatus, rows: progresses.Rows) -> str:
    return render_template(
        template,
        upload=upload,
        rows=rows,
        looked_at=receiving.LOOKED_AT,
        completeness=_completeness(upload),
    )


def _completeness(upload: UploadStatus) -> tuple[Item, ...] | None:
    """How the papers of the upload's case stand; ``None`` for who may not see it, and for an archive's stack."""
    account = user()
    if len(upload.files) > receiving.LOOKED_AT or not access.may_see_case_of(account, upload):
        return None
    with context.current().database.read() as rows:
        blind = round_views.keys_blind(rows, upload.case_id, account.id, decides=access.may_review(account))
        documents = views.case_documents(rows, upload.case_id)
        return checklists.of_case(rows, documents, upload.case_state, [upload], blind=blind)


def _joined() -> str | None:
    """The number in the address, where it is that of a case that the account may add papers to."""
    try:
        named = receiving.case_named(request.args.get("case", ""), user())
    except UnknownCaseNumberError:  # it stands in the form and is refused there, with what to do
        return None
    return None if named is None else slips.typed(request.args["case"])


def _marks() -> list[str]:
    body = bounds.body()
    marks = body.get("marks") if isinstance(body, dict) else None
    if not isinstance(marks, list) or not all(isinstance(one, str) for one in marks):
        abort(HTTPStatus.BAD_REQUEST)
    return marks


def _visible(upload_id: str) -> UploadStatus:
    with context.current().database.read() as rows:
        return visible.upload(rows, upload_id)
