"""Customer files: finding one, and one with the origin of every fact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from http import HTTPStatus
from itertools import groupby

from apiflask import APIBlueprint
from flask import abort, render_template, request

from intake import doctypes, papers
from models import customer_views, renewals, viewings
from models.customer_views import CustomerFactView
from web import bounds, checklists, context, crops
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
    """The list for a search text, which travels in the body: names of persons do not belong in addresses.

    422 for one that is longer than any name.
    """
    q = request.form.get("q", "").strip()
    if len(q) > bounds.LONGEST_SEARCH:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return _list(q, request.form.get("cursor"))


def _list(q: str, cursor: str | None) -> str:
    with context.current().database.read() as rows:
        page = customer_views.search(rows, q, cursor)
    template = "_customers.html" if "HX-Request" in request.headers else "customers.html"
    return render_template(template, page=page, q=q)


@blueprint.get("/customers/<number>")
@requires("reviewer", "archivist", "auditor")
def show(number: str) -> str:
    """One customer file; every look at it is audited, and at its papers."""
    with context.current().database.unit() as unit:
        found = customer_views.load(unit.session, number)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        customer_views.note_view(unit, number, user().id, version=found.version)
        papers_again = renewals.of_customer(unit.session, number)
        standing = checklists.of_papers(unit.session, found.documents, found.kind)
    papers = [viewings.document(document.id) for document in found.documents]
    viewings.note(context.current().database, user().id, "customer", papers)
    return render_template(
        "customer.html",
        customer=found,
        crops=crops,
        groups=_groups(found.facts),
        renewals=papers_again,
        completeness=standing,
    )


def _groups(facts: Sequence[CustomerFactView]) -> list[tuple[str | None, list[CustomerFactView]]]:
    """The facts under the type of paper that is theirs: a name is the company's or the person's."""
    order = {kind.name: place for place, kind in enumerate(doctypes.laid_out())}
    there = {fact.source.document_type for fact in facts if fact.source}
    homes = {fact.fact: _home(fact, there) for fact in facts}
    ordered = sorted(facts, key=lambda fact: (order.get(homes[fact.fact] or "", len(order)), papers.number(fact.fact)))
    return [(home, list(group)) for home, group in groupby(ordered, key=lambda fact: homes[fact.fact])]


def _home(fact: CustomerFactView, there: Collection[str]) -> str | None:
    """The type whose fact it is first of all; where no paper of that is there, the type of the paper it stands on."""
    home = doctypes.home(papers.base(fact.fact))
    return home if fact.source is None or home in there else fact.source.document_type
