"""How each person likes the queue: saved filters under a name, and which columns stand in which order."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import preferences, queue, queue_views
from models.preferences import QUEUE_COLUMNS
from web import access, context, filtering, queue_columns
from web.access import requires, user

blueprint = APIBlueprint("queue_views", __name__, enable_openapi=False)


@blueprint.post("/reviews/views")
@requires("reviewer", "auditor", "administrator")
def save() -> Response:
    """Keep the address's filter under the form's name; for everybody only where an administrator says so."""
    asked = filtering.address(filtering.wanted(request.args))
    name = " ".join(request.form.get("name", "").split())
    if not name or len(name) > queue_views.LONGEST_NAME:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    shared = access.runs_office(user()) and request.form.get("shared") == "yes"
    with context.current().database.unit() as unit:
        queue_views.save(unit, user().id, name, asked, shared=shared)
    flash(_("The view is kept."), "done")
    return redirect(url_for("reviews.index", **asked))


@blueprint.post("/reviews/views/<view_id>/remove")
@requires("reviewer", "auditor", "administrator")
def remove(view_id: str) -> Response:
    """Take a view away and show the same part of the queue again."""
    try:
        with context.current().database.unit() as unit:
            queue_views.remove(unit, view_id, user().id, runs_office=access.runs_office(user()))
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    flash(_("The view is gone."), "done")
    return redirect(url_for("reviews.index", **filtering.address(filtering.wanted(request.args))))


@blueprint.get("/reviews/views/counts")
@requires("reviewer", "auditor", "administrator")
def counts() -> Response:
    """How many drafts each view holds just now, for its link; the page asks while somebody looks at it."""
    with context.current().database.read() as rows:
        views = queue_views.seen_by(rows, user().id)
        found = queue.counts(rows, [filtering.wanted(view.filters) for view in views])
    told = zip(views, found, strict=True)
    return jsonify({view.id: format_decimal(one.number) + ("+" if one.more else "") for view, one in told})


@blueprint.get("/reviews/columns")
@requires("reviewer", "auditor", "administrator")
def columns() -> str:
    """The columns to choose among and to order."""
    with context.current().database.read() as rows:
        shown = queue_columns.chosen(preferences.read(rows, user().id, QUEUE_COLUMNS))
    return render_template(
        "columns.html",
        lines=queue_columns.offered(shown),
        columns=queue_columns.COLUMNS,
        asked=filtering.address(filtering.wanted(request.args)),
    )


@blueprint.post("/reviews/columns")
@requires("reviewer", "auditor", "administrator")
def choose() -> Response:
    """Keep the choice; a button that moves a column shows the same page again, with the focus where it was."""
    form = request.form
    wanted = list(queue_columns.USUAL) if "usual" in form else queue_columns.told(form)
    with context.current().database.unit() as unit:
        preferences.keep(unit, user().id, QUEUE_COLUMNS, wanted)
    asked = filtering.address(filtering.wanted(request.args))
    if "keep" in form:
        return redirect(url_for("reviews.index", **asked))
    moved = form.get("up") or form.get("down")
    return redirect(url_for("queue_views.columns", **asked, _anchor=f"column-{moved}" if moved else None))
