"""Answers: what the desk keeps of a reviewer's decisions, fact by fact, while a draft is open.

``POST /reviews/<draft_id>/answers`` takes a form (``action.<fact>`` is ``accept``, ``correct``, ``omit`` or ``undo``,
``value.<fact>`` the typed value, ``version`` the draft's) or the same as JSON: ``{"version": 1, "answers": [{"fact":
"company_name", "action": "correct", "value": "…"}], "undone": ["credit_code"]}`` with the token of the page in the
header ``X-CSRFToken``. It answers ``{"kept": [facts], "undone": [facts]}``, or leads a form without script back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from apiflask import APIBlueprint
from flask import abort, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from intake.types import Action, Decision
from models import drafts
from web import bounds, context, errors
from web.access import requires, user

blueprint = APIBlueprint("answers", __name__, enable_openapi=False)
ACTIONS = ("accept", "correct", "omit")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: the version that it was made on, the words, and the facts whose answer is taken back."""

    version: int
    words: tuple[Decision, ...]
    undone: tuple[str, ...]


@blueprint.post("/reviews/<draft_id>/answers")
@requires("reviewer")
def keep(draft_id: str) -> Response:
    """Keep answers on a draft that the caller holds; 409 where he does not, 422 for facts or values that are none."""
    sent = _from_json(bounds.body()) if request.is_json else _from_form()
    with context.current().database.unit() as unit:
        if unit.session.get(drafts.Draft, draft_id) is None:
            abort(HTTPStatus.NOT_FOUND)
        kept = drafts.answer(unit, draft_id, user().id, sent.words, undone=sent.undone, version=sent.version)
    if request.is_json or errors.wants_problem():
        return jsonify({"kept": kept, "undone": list(sent.undone)})
    return redirect(url_for("reviews.show", draft_id=draft_id))


@blueprint.get("/reviews/<draft_id>/answers")
@requires("reviewer", "auditor")
def kept(draft_id: str) -> Response:
    """The address that stays in the browser after a refusal: the draft as it now stands."""
    return redirect(url_for("reviews.show", draft_id=draft_id))


def _from_form() -> Sent:
    actions = {name.partition(".")[2]: one for name, one in request.form.items() if name.startswith("action.")}
    given = [(fact, action, request.form.get(f"value.{fact}")) for fact, action in actions.items() if action != "undo"]
    undone = tuple(fact for fact, action in actions.items() if action == "undo")
    return Sent(bounds.version(request.form.get("version")), tuple(_words(given)), undone)


def _from_json(body: Any) -> Sent:
    """The same out of JSON; anything of another shape is answered 422."""
    if not isinstance(body, dict):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    said, undone = body.get("answers", []), body.get("undone", [])
    if not isinstance(said, list) or not isinstance(undone, list):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    if not all(isinstance(one, dict) for one in said) or not all(isinstance(one, str) for one in undone):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    given = [(one.get("fact"), one.get("action"), one.get("value")) for one in said]
    return Sent(bounds.version(str(body.get("version", ""))), tuple(_words(given)), tuple(undone))


def _words(given: Iterable[tuple[Any, Any, Any]]) -> Iterator[Decision]:
    for fact, action, value in given:
        if not isinstance(fact, str) or action not in ACTIONS:
            abort(HTTPStatus.UNPROCESSABLE_ENTITY)
        if action == "correct" and (not isinstance(value, str) or len(value) > bounds.LONGEST_VALUE):
            abort(HTTPStatus.UNPROCESSABLE_ENTITY)
        yield Decision(fact, cast("Action", action), value.strip() if action == "correct" else None)
