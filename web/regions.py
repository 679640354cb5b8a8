"""Reading a place of a page again: a reviewer draws a box, a worker's reader reads it, the desk offers the text."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, abort, jsonify, request, url_for

from intake import fields
from intake.errors import KeyedBlindError
from intake.types import Region
from models import region_readings
from models.region_readings import RegionReading
from web import context, documents, words
from web.access import requires, user
from workers.queue import GLANCES, ring

blueprint = APIBlueprint("regions", __name__, enable_openapi=False)
_CORNERS = 4
_LONGEST = 500
"""Characters of a region as it is sent: four corners of two numbers each."""


@blueprint.post("/regions")
@requires("reviewer")
def ask() -> tuple[Response, int]:
    """Have a region of a document's page read as a kind of value; the answer says where to ask for the text."""
    number, kind = request.form.get("page", ""), request.form.get("kind", "")
    if kind not in fields.kinds() or not number.isdecimal() or len(number) > len("1000"):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    place = _region(request.form.get("region", ""))
    document = request.form.get("document", "")
    page = documents.seen_page(document, int(number))
    if page.picture is None:
        abort(HTTPStatus.NOT_FOUND)
    if documents.keys_blind(document):
        raise KeyedBlindError
    here = context.current()
    with here.database.unit() as unit:
        reading_id, job_id = region_readings.ask(
            unit, page.id, place, kind, user().id, document_id=document, number=int(number)
        )
        unit.on_commit(lambda: ring(here.celery, [job_id], GLANCES))
    address = url_for("regions.show", reading_id=reading_id)
    return jsonify({"state": "waiting", "address": address}), HTTPStatus.ACCEPTED


@blueprint.get("/regions/<reading_id>")
@requires("reviewer")
def show(reading_id: str) -> Response:
    """What was read there, for who asked: as read, and as people type and read its value where it has one."""
    with context.current().database.read() as rows:
        found = region_readings.load(rows, reading_id, user().id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return jsonify({"state": "waiting", "address": request.path} if found.text is None else _told(found, found.text))


def _told(found: RegionReading, text: str) -> dict[str, Any]:
    value = fields.check(found.kind, text).value if text else None
    return {
        "state": "read",
        "text": text,
        "typed": text if value is None else words.typed(found.kind, value),
        "shown": text if value is None else words.displayed(found.kind, value),
        "confidence": found.confidence,
    }


def _region(text: str) -> Region:
    """Four corners as JSON, fractions of the page; 422 for anything else."""
    try:
        given = json.loads(text) if len(text) <= _LONGEST else None
    except (json.JSONDecodeError, RecursionError):
        given = None
    corners = given if isinstance(given, list) and len(given) == _CORNERS else []
    points = [tuple(one) for one in corners if isinstance(one, list) and len(one) == len("xy")]
    numbers = [one for point in points for one in point]
    fine = all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1 for one in numbers)
    if len(points) != _CORNERS or not fine:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return Region((a, b, c, d))
