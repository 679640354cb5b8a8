"""A look at a photo before it is handed in, so that whoever took it can take a better one."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, render_template

from intake.errors import PartIncompleteError
from models import looks
from models.partials import Part
from web import context, visible
from web.access import requires
from workers.queue import ring_look

blueprint = APIBlueprint("looks", __name__, enable_openapi=False)


@blueprint.post("/uploads/parts/<part_id>/look")
@requires("clerk", "archivist")
def ask(part_id: str) -> Response:
    """Ask for a look at a file that is wholly here; raises PartIncompleteError for one that is not."""
    part, here = _mine(part_id), context.current()
    if not part.whole or part.upload_id is not None:
        raise PartIncompleteError
    with here.database.read() as rows:
        anew = looks.wanted(rows, part.id)
    if anew:
        ring_look(here.celery, part.id)
    return Response(status=HTTPStatus.ACCEPTED)


@blueprint.get("/uploads/parts/<part_id>/look")
@requires("clerk", "archivist")
def show(part_id: str) -> str:
    """What was seen so far, as a part of a page."""
    part = _mine(part_id)
    with context.current().database.read() as rows:
        return render_template("_look.html", file=looks.of_part(rows, part.id))


def _mine(part_id: str) -> Part:
    with context.current().database.read() as rows:
        return visible.part(rows, part_id)
