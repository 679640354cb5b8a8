"""Customer files: finding one, and one with the origin of every fact."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, render_template, request

from models import customer_views
from web import context
from web.access import requires, user

blueprint = APIBlueprint("customers", __name__, enable_openapi=False)


@blueprint.get("/customers")
@requires("reviewer", "archivist", "auditor")
def index() -> str:
    """The list, by number."""
    return _list("", request.args.get("cursor"))


@blueprint.post("/customers")
@requires("reviewer", "archivist", "auditor")
def search() -> str:
    """The list for a search text, which travels in the body: names of persons do not belong in addresses."""
    return _list(request.form.get("q", "").strip(), request.form.get("cursor"))


def _list(q: str, cursor: str | None) -> str:
    with context.current().database.read() as rows:
        page = customer_views.search(rows, q, cursor)
    template = "_customers.html" if "HX-Request" in request.headers else "customers.html"
    return render_template(template, page=page, q=q)


@blueprint.get("/customers/<number>")
@requires("reviewer", "archivist", "auditor")
def show(number: str) -> str:
    """One customer file; every look at it is audited."""
    with context.current().database.unit() as unit:
        found = customer_views.load(unit.session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        customer_views.note_view(unit, number, user().id, version=found.version)
    return render_template("customer.html", customer=found)
