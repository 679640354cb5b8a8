"""Characters that one cannot type: found for the desk by pinyin, by parts, or by their likes."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, abort, jsonify, request

from intake.writing import spelling
from web.access import requires

blueprint = APIBlueprint("characters", __name__, enable_openapi=False)
_LONGEST = 12
"""Letters of a pinyin, or parts of a character: none has more."""


@blueprint.post("/characters")
@requires("reviewer")
def find() -> Response:
    """What a pinyin or some parts may mean, or what looks like a character: ``q``, or ``like``, in the body."""
    query, like = request.form.get("q", ""), request.form.get("like", "")
    if max(len(query), len(like)) > _LONGEST:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    found = spelling.alike(like) if like else spelling.find(query)
    return jsonify({"characters": found})
