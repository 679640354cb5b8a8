"""Customer files over the API: the list, and one file with where each fact came from."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, abort, jsonify

from models import customers
from web import access, context
from web.api import answers, conditions, description, requests, schemas

blueprint = APIBlueprint("api_customers", __name__, url_prefix=f"{description.PREFIX}/customers", tag="Customers")


@blueprint.get("")
@blueprint.input(requests.CustomerQuery, location="query")
@blueprint.output(schemas.CustomerPage)
@description.describes("Customers by number, name or identifier", 422)
@access.requires("reviewer", "archivist", "auditor")
def list_customers(query_data: requests.CustomerQuery) -> schemas.CustomerPage:
    """Identifiers are masked here; the file itself shows them."""
    with context.current().database.read() as session:
        page = customers.search(session, query_data.q, query_data.cursor, query_data.limit)
    return schemas.CustomerPage(items=[answers.customer_item(item) for item in page.items], next=page.next)


@blueprint.get("/<number>")
@blueprint.output(schemas.CustomerOut)
@description.describes("One customer file with provenance and history", 404)
@access.requires("reviewer", "archivist", "auditor")
def get_customer(number: str) -> Response:
    """Looking at a customer file is written into the audit."""
    with context.current().database.unit() as unit:
        found = customers.load(unit.session, number)
        if found is None:
            abort(404)
        customers.note_view(unit, found.number, access.user().id, version=found.version, via="api")
    return conditions.tagged(jsonify(answers.customer(found).model_dump(mode="json")), found.version)
