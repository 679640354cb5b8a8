"""How the API describes itself (OpenAPI 3.1) and how a request that does not fit is refused.

The document is made from the views and :mod:`web.api.schemas`; this module adds what they cannot say: the ways to sign
in, the problem documents, and that the portal's pages are no part of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from apiflask import APIFlask, HTTPError
from flask import Response, abort, request
from flask.sansio.blueprints import BlueprintSetupState

from web import errors
from web.api.schemas import Problem
from web.languages import shown

View = TypeVar("View", bound=Callable[..., Any])

PREFIX = "/api/v1"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "event": {"enum": ["state", "done"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
        "retry": {"type": "integer"},
    },
}
_ABOUT = (
    "Papers in, confirmed customer files out. Errors are problem documents (RFC 9457) with a stable `code`; lists are "
    "`{items, next}`, and `next` is the `cursor` of the following page. A change names the version that it was made "
    "on: send the ETag that was read as `If-Match`; a version that is no longer the present one is answered with 409 "
    "and what changed."
)


def configure(state: BlueprintSetupState) -> None:
    """Set the application up when the API becomes part of it."""
    app = state.app
    if not isinstance(app, APIFlask):
        raise TypeError("the API needs an APIFlask application")
    app.config.update(
        DESCRIPTION=_ABOUT,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_SERVERS=False,
        SECURITY_SCHEMES={
            "token": {"type": "http", "scheme": "bearer", "description": "A token of `intake token create`"},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "intake_session",
                "description": "The portal's sign-in; a change then needs the header `X-CSRFToken`",
            },
        },
    )
    app.before_request(_refuse_nul)
    app.error_processor(_refuse)
    app.spec_processor(_complete)


def describes(summary: str, *statuses: int, body: str | None = None) -> Callable[[View], View]:
    """Say what a view does and with which statuses it refuses; 401 and 403 go without saying.

    ``body`` is the media type of an answer that is no JSON.
    """
    responses: dict[str, Any] = {
        str(status): {"description": HTTPStatus(status).phrase, "content": _PROBLEM}
        for status in sorted({401, 403, *statuses})
    }
    if body is not None:
        schema = _EVENT if body == "text/event-stream" else {"type": "string", "format": "binary"}
        responses["200"] = {"description": "OK", "content": {body: {"schema": schema}}}

    def declare(view: View) -> View:
        spec = getattr(view, "_spec", {})
        text = " ".join((inspect.getdoc(view) or "").split())
        spec.update(summary=summary, description=text, responses=responses, security=["token", "session"])
        view._spec = spec  # type: ignore[attr-defined]  # noqa: SLF001  # where APIFlask's own doc() writes it
        return view

    return declare


def _complete(spec: Any) -> Any:
    """Leave the pages out, write headers as RFC 9110 does, add the form of a problem."""
    spec["paths"] = {path: item for path, item in spec["paths"].items() if path.startswith(PREFIX)}
    for operation in (found for item in spec["paths"].values() for found in item.values()):
        for parameter in operation["parameters"]:
            if parameter["in"] == "header":
                parameter["name"] = parameter["name"].title()
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    return spec


def _refuse_nul() -> None:
    """No thing has a NUL in its name; PostgreSQL would refuse to look for it."""
    if "\0" in request.path:
        abort(404)


def _refuse(error: HTTPError) -> Response:
    """Answer a request that does not fit its schema: names of places and what is wrong there, never what was sent."""
    cause, step = errors.texts_of(error.status_code)
    details = error.detail if isinstance(error.detail, dict) else {}
    return errors.answer(error.status_code, f"http.{error.status_code}", shown(cause), shown(step), details)
