"""Documents over the API: what was read of a paper, and the pictures of its pages."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, abort, jsonify

from models import round_views, viewings
from web import access, context, visible
from web.api import answers, description, schemas

blueprint = APIBlueprint("api_documents", __name__, url_prefix=f"{description.PREFIX}/documents", tag="Documents")

_KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@blueprint.get("/<document_id>")
@blueprint.output(schemas.DocumentOut)
@description.describes("One document: its type, fields and findings", 404)
@access.requires("clerk", "reviewer", "archivist", "auditor")
def get_document(document_id: str) -> Response:
    """Fields by their names; boxes are in pixels of the page as stored, regions in fractions of it."""
    with context.current().database.read() as session:
        found = visible.document(session, document_id)
        me = access.user()
        if round_views.keys_blind(session, found.case_id, me.id, decides=access.may_review(me)):
            found = round_views.unread(found)
    _note(document_id)
    return jsonify(answers.document(found).model_dump(mode="json"))


@blueprint.get("/<document_id>/pages/<int:number>/image")
@description.describes("The picture of a page", 404, 503, body="image/jpeg")
@access.requires("clerk", "reviewer", "archivist", "auditor")
def page_image(document_id: str, number: int) -> Response:
    """``number`` is the page's number in its file, from 1, as in the document's `pages`."""
    here = context.current()
    with here.database.read() as session:
        key = visible.page(session, document_id, number)[1].picture
    if key is None:
        abort(404)
    _note(document_id)
    return Response(here.store.picture(key), mimetype=_KINDS[key.rsplit(".", 1)[-1]])


def _note(document_id: str) -> None:
    """Write into the audit that the caller is given the document, or a picture of it."""
    viewings.note(context.current().database, access.user().id, "api", [viewings.document(document_id)])
