"""Page pictures: the re-encoded scan of a document's page, for those who may see its case."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, abort, jsonify

from models import overviews, page_words, round_views, viewings
from models.views import PageView
from web import access, context, visible
from web.access import requires, user

blueprint = APIBlueprint("documents", __name__, enable_openapi=False)


@blueprint.get("/documents/<document_id>/pages/<int:number>/picture")
@requires("clerk", "reviewer", "archivist", "auditor")
def picture(document_id: str, number: int) -> Response:
    """The picture of page ``number`` (from 1, in its file) of a document."""
    return _sent(seen_page(document_id, number).picture)


@blueprint.get("/documents/<document_id>/pages/<int:number>/thumbnail")
@requires("clerk", "reviewer", "archivist", "auditor")
def thumbnail(document_id: str, number: int) -> Response:
    """The small picture of the same page, for lists; the large one where no small one was kept."""
    return _sent(seen_page(document_id, number).thumbnail)


@blueprint.get("/documents/<document_id>/pages/<int:number>/full")
@requires("clerk", "reviewer", "archivist", "auditor")
def full(document_id: str, number: int) -> Response:
    """The picture with every pixel of the scan, for who looks closely; 404 where the usual one has them all."""
    return _sent(seen_page(document_id, number).full)


@blueprint.get("/documents/<document_id>/pages/<int:number>/words")
@requires("clerk", "reviewer", "archivist", "auditor")
def words(document_id: str, number: int) -> Response:
    """The words of the same page with their corners (fractions of the scan) and lines: what can be pointed at.

    None for who keys a value of the case blind.
    """
    page = seen_page(document_id, number)
    with context.current().database.read() as rows:
        found = () if keys_blind(document_id) else page_words.load(rows, page.id)
    listed = [{"text": word.text, "region": word.region.corners, "line": word.line} for word in found]
    return jsonify({"words": listed})


def keys_blind(document_id: str) -> bool:
    """Whether the caller may be the next to key a value of the document's case blind."""
    with context.current().database.read() as rows:
        case = overviews.case_of_document(rows, document_id)
        decides = access.may_review(user())
        return case is not None and round_views.keys_blind(rows, case.id, user().id, decides=decides)


def seen_page(document_id: str, number: int) -> PageView:
    """The page, if it is there and the caller may see its case; otherwise 404. That it was given is in the audit."""
    here = context.current()
    with here.database.read() as rows:
        paper, found = visible.page(rows, document_id, number)
    shown = viewings.document(document_id)
    viewings.note_picture(here.database, user().id, shown, within=viewings.case(paper.case_id))
    return found


def _sent(key: str | None) -> Response:
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(context.current().store.picture(key), mimetype="image/jpeg")
