"""Drafts over the API: the queue, one draft, and the review of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apiflask import APIBlueprint
from flask import Response, abort, jsonify
from werkzeug.datastructures import MultiDict

from intake import review
from intake.errors import MissingReasonError
from intake.types import Decision, Label
from models import choosing, drafts, round_views
from models.database import Unit
from models.draft_views import DraftView
from web import access, changing, context, matches
from web.api import answers, conditions, description, requests, schemas

blueprint = APIBlueprint("api_drafts", __name__, url_prefix=f"{description.PREFIX}/drafts", tag="Drafts")


@blueprint.get("")
@blueprint.input(requests.DraftQuery, location="query")
@blueprint.output(schemas.DraftPage)
@description.describes("The queue: drafts of a state, oldest first", 422)
@access.requires("reviewer", "auditor")
def list_drafts(query_data: requests.DraftQuery) -> schemas.DraftPage:
    """Drafts by state, type and doubt; without a title where the caller may be the next to key a value blind."""
    filters = drafts.QueueFilter(query_data.state, query_data.type, query_data.doubt)
    me = access.user()
    with context.current().database.read() as session:
        page = drafts.queue(session, filters, query_data.cursor, query_data.limit)
        items = round_views.untitled(session, page.items, me.id, decides=access.may_review(me))
    return schemas.DraftPage(items=[answers.draft_item(item, me.id) for item in items], next=page.next)


@blueprint.get("/<draft_id>")
@blueprint.output(schemas.DraftOut)
@description.describes("One draft with its facts, findings and papers", 404)
@access.requires("reviewer", "auditor")
def get_draft(draft_id: str) -> Response:
    """The draft; its ETag is needed for every change."""
    return _answer(draft_id)


@blueprint.post("/<draft_id>/claim")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.output(schemas.DraftOut)
@description.describes("Hold a draft, so that nobody else works on it", 400, 404, 409, 428)
@access.requires("reviewer")
def claim(draft_id: str, headers_data: requests.ChangeHeaders) -> Response:
    """Claiming what one holds already holds it longer.

    Where the customer file has changed since the draft was made, the answer is the draft's next version.
    """
    del headers_data
    version, minutes = conditions.required_version(), context.current().settings.claim_minutes
    return _change(draft_id, lambda unit: drafts.claim(unit, draft_id, access.user().id, minutes, version=version))


@blueprint.post("/<draft_id>/release")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.output(schemas.DraftOut)
@description.describes("Give a claim back", 400, 404, 409, 428)
@access.requires("reviewer")
def release(draft_id: str, headers_data: requests.ChangeHeaders) -> Response:
    """The draft is free for others at once."""
    del headers_data
    version = conditions.required_version()
    return _change(draft_id, lambda unit: drafts.release(unit, draft_id, access.user().id, version=version))


@blueprint.post("/<draft_id>/confirm")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.input(requests.ConfirmIn)
@blueprint.output(schemas.DraftOut)
@description.describes("Decide on every fact and make the customer file", 400, 404, 409, 422, 428)
@access.requires("reviewer")
def confirm(draft_id: str, headers_data: requests.ChangeHeaders, json_data: requests.ConfirmIn) -> Response:
    """Every fact needs a decision; every error is corrected, left out or acknowledged.

    In the answer `customer` is the number of the customer file.
    """
    del headers_data
    version = conditions.required_version()
    decided = [Decision(word.fact, word.action, word.value) for word in json_data.decisions]
    acknowledged = frozenset(json_data.acknowledged)
    return _change(
        draft_id,
        lambda unit: drafts.confirm(unit, draft_id, access.user().id, version, decided, acknowledged=acknowledged),
    )


@blueprint.post("/<draft_id>/return")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.input(requests.RejectIn)
@blueprint.output(schemas.DraftOut)
@description.describes("Give the case back to the clerk, with a reason", 400, 404, 409, 422, 428)
@access.requires("reviewer")
def return_to_clerk(draft_id: str, headers_data: requests.ChangeHeaders, json_data: requests.RejectIn) -> Response:
    """The reason is a code; a wrong one is answered with those that exist."""
    del headers_data
    return _put_aside(draft_id, drafts.return_to_clerk, review.RETURN_REASONS, json_data)


@blueprint.post("/<draft_id>/discard")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.input(requests.RejectIn)
@blueprint.output(schemas.DraftOut)
@description.describes("Put a draft aside for good, with a reason", 400, 404, 409, 422, 428)
@access.requires("reviewer")
def discard(draft_id: str, headers_data: requests.ChangeHeaders, json_data: requests.RejectIn) -> Response:
    """The reason is a code; a wrong one is answered with those that exist."""
    del headers_data
    return _put_aside(draft_id, drafts.discard, review.DISCARD_REASONS, json_data)


@blueprint.get("/<draft_id>/matches")
@blueprint.output(schemas.MatchList)
@description.describes("The customer files that an open draft may be about, with reasons", 404)
@access.requires("reviewer", "auditor")
def list_matches(draft_id: str) -> schemas.MatchList:
    """By numbers, name, address and head; a handful, the likest first, as the desk lists them.

    Nothing is listed of a draft that is no longer open, nor for who may be the next to key a value of it blind.
    """
    found = _seen(draft_id)
    drafts.note_view(context.current().database, found, access.user().id, "api")
    return answers.matches(matches.of_draft(found, MultiDict()) or choosing.Matches((), None, None))


@blueprint.post("/<draft_id>/customer")
@blueprint.input(requests.ChangeHeaders, location="headers")
@blueprint.input(requests.ChoiceIn)
@blueprint.output(schemas.DraftOut)
@description.describes("Say whose papers they are", 400, 404, 409, 422, 428)
@access.requires("reviewer")
def choose_customer(draft_id: str, headers_data: requests.ChangeHeaders, json_data: requests.ChoiceIn) -> Response:
    """The draft is made anew against the file that was picked; the next pick takes its place.

    A number of no customer, or of one of another kind than the papers speak of, is answered with 422.
    """
    del headers_data
    version, choice = conditions.required_version(), json_data.customer
    return _change(draft_id, lambda unit: drafts.choose_customer(unit, draft_id, access.user().id, version, choice))


def _put_aside(
    draft_id: str, act: Callable[..., None], reasons: Mapping[str, Label], word: requests.RejectIn
) -> Response:
    version = conditions.required_version()
    if word.reason not in reasons:
        raise MissingReasonError(known=list(reasons))
    return _change(draft_id, lambda unit: act(unit, draft_id, access.user().id, version, word.reason, note=word.note))


def _change(draft_id: str, act: Callable[[Unit], object]) -> Response:
    """Do ``act`` in one unit and answer with the draft as it then is."""
    changing.change(draft_id, act)
    return _answer(draft_id)


def _seen(draft_id: str) -> DraftView:
    """The draft as the caller may see it; 404 where there is none."""
    with context.current().database.read() as session:
        found = drafts.load(session, draft_id)
        if found is None:
            abort(404)
        return round_views.seen_by(session, found, access.user().id, decides=access.may_review(access.user()))


def _answer(draft_id: str) -> Response:
    found = _seen(draft_id)
    drafts.note_view(context.current().database, found, access.user().id, "api")
    body = answers.draft(found, access.user().id)
    return conditions.tagged(jsonify(body.model_dump(mode="json")), found.version)
