"""Page pictures: the re-encoded scan of a document's page, for those who may see its case."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, abort

from models import overviews, views
from web import access, context
from web.access import requires, user

blueprint = APIBlueprint("documents", __name__, enable_openapi=False)


@blueprint.get("/documents/<document_id>/pages/<int:number>/picture")
@requires("clerk", "reviewer", "archivist", "auditor")
def picture(document_id: str, number: int) -> Response:
    """The picture of page ``number`` (from 1, in its file) of a document."""
    here = context.current()
    with here.database.read() as rows:
        case = overviews.case_of_document(rows, document_id)
        document = views.load_document(rows, document_id)
    if case is None or document is None or not access.may_see_document(user(), case):
        abort(HTTPStatus.NOT_FOUND)
    key = next((page.picture for page in document.pages if page.number == number), None)
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(here.store.picture(key), mimetype="image/jpeg")
