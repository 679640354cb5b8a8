"""Group verification: all doubtful readings of one kind over many papers, as crops in a column."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake import grouping
from intake.errors import IntakeError
from intake.types import Decision
from models import customers, groups, viewings
from models.groups import AT_ONCE, GroupItem
from web import bounds, context, crops, errors, words
from web.access import requires, user

blueprint = APIBlueprint("groups", __name__, enable_openapi=False)


@blueprint.get("/reviews/groups")
@requires("reviewer")
def index() -> str:
    """The kinds of doubtful readings that wait, with their numbers."""
    with context.current().database.read() as rows:
        waiting = groups.counts(rows, user().id)
    return render_template("groups.html", groups=grouping.groups(), waiting=waiting)


@blueprint.get("/reviews/groups/<kind>")
@requires("reviewer")
def show(kind: str) -> str | Response:
    """A column of crops of one kind, leased to this reviewer for some minutes."""
    titles = grouping.groups()
    if kind not in titles:
        abort(HTTPStatus.NOT_FOUND)
    with context.current().database.unit() as unit:
        items = groups.take(unit, kind, user().id)
        waiting = groups.counts(unit.session, user().id).get(kind, 0)
        for number in sorted({item.number for item in items if item.number is not None}):
            customers.note_view(unit, number, user().id, via="group")
    papers = {source.document_id for item in items for source in item.fact.sources[:1]}
    viewings.note(context.current().database, user().id, "group", [viewings.document(one) for one in papers])
    return render_template(
        "group.html", kind=kind, title=titles[kind], items=items, left=waiting - len(items), most=AT_ONCE, crops=crops
    )


@blueprint.post("/reviews/groups/<kind>/answers")
@requires("reviewer")
def answer(kind: str) -> Response | tuple[str, int]:
    """Keep one answer of the column, or take it back (``action=undo``).

    ``take`` accepts the proposed value where the field still holds it and corrects it where it holds another; ``omit``
    leaves the fact out. 404 where the reading is gone, 409 where the draft or the lease is somebody else's by now.
    """
    try:
        _keep(request.form.get("doubt", ""), request.form.get("action", ""), request.form.get("value", ""))
    except IntakeError as error:
        if errors.wants_problem():
            raise
        errors.tell(error)
    if errors.wants_problem():
        return jsonify({"kept": request.form.get("doubt", "")})
    return redirect(url_for("groups.show", kind=kind))


@blueprint.get("/reviews/groups/<kind>/answers")
@requires("reviewer")
def answered(kind: str) -> Response:
    """The address of a refused form, asked for anew: the column."""
    return redirect(url_for("groups.show", kind=kind))


def _keep(doubt_id: str, action: str, value: str) -> None:
    if len(value) > bounds.LONGEST_VALUE or action not in {"take", "omit", "undo"}:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with context.current().database.unit() as unit:
            found = groups.item(unit.session, doubt_id)
            if found is None:
                abort(HTTPStatus.NOT_FOUND)
            if action == "undo":
                groups.undo(unit, doubt_id, user().id)
            else:
                groups.answer(unit, doubt_id, user().id, _word(found, action, value.strip()))
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)


def _word(found: GroupItem, action: str, value: str) -> Decision:
    fact = found.fact
    if action == "omit":
        return Decision(fact.fact, "omit")
    if value == words.typed(fact.kind, fact.value):
        return Decision(fact.fact, "accept")
    return Decision(fact.fact, "correct", value)
