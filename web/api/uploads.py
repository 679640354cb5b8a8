"""Uploads over the API: papers in, and where they stand, once or as a stream of events."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from apiflask import APIBlueprint
from apiflask import abort as refuse
from flask import Response, g, jsonify

from models import accounts, customers, uploads
from models.accounts import UserView
from web import access, context, languages, receiving, security, visible
from web.api import answers, description, events, requests, schemas

blueprint = APIBlueprint("api_uploads", __name__, url_prefix=f"{description.PREFIX}/uploads", tag="Uploads")
blueprint.record_once(description.configure)

GUESSES = "30 per hour"
"""Numbers of no customer that an account may name: clerks, who may not see customer files, cannot list them so."""


def _is_guess(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and "guessed" in g


@blueprint.post("")
@blueprint.input(requests.UploadHeaders, location="headers")
@blueprint.input(requests.UploadIn, location="files")
@blueprint.output(schemas.UploadOut, status_code=202)
@description.describes("Hand in one or more files", 400, 413, 422, 429, 503)
@access.requires("clerk", "archivist")
@security.takes_files
@security.limiter.limit(lambda: GUESSES, key_func=lambda: access.user().id, deduct_when=_is_guess)
def create_upload(headers_data: requests.UploadHeaders, files_data: requests.UploadIn) -> Response:
    """Answered when every file is on the disk and every row is committed.

    A refused file stops none of its neighbours. Numbers of no customer are counted by account: who names too many is
    answered 429 for a while.
    """
    customer = files_data.customer
    with context.current().database.read() as session:
        if customer is not None and session.get(customers.Customer, customer) is None:
            g.guessed = True
            refuse(422, detail={"files": {"customer": ["There is no customer of this number."]}})
    received = receiving.receive(
        files_data.files,
        user=access.user(),
        via="api",
        customer=customer,
        joins=receiving.case_named(files_data.case, access.user()),
        idempotency_key=headers_data.idempotency_key,
    )
    with context.current().database.read() as session:
        body = _body(visible.upload(session, received.upload.id))
    response = jsonify(body.model_dump(mode="json"))
    response.status_code = HTTPStatus.ACCEPTED
    response.headers["Location"] = f"{description.PREFIX}/uploads/{body.id}"
    return response


@blueprint.get("/<upload_id>")
@blueprint.output(schemas.UploadOut)
@description.describes("Where an upload stands", 404)
@access.requires("clerk", "archivist", "administrator")
def get_upload(upload_id: str) -> Response:
    """A state per file, the case, and the draft once it is there."""
    with context.current().database.read() as session:
        found = visible.upload(session, upload_id)
    return jsonify(_body(found).model_dump(mode="json"))


@blueprint.get("/<upload_id>/events")
@blueprint.input(requests.EventHeaders, location="headers")
@description.describes("An upload's states as they change (server-sent events)", 404, body="text/event-stream")
@access.requires("clerk", "archivist", "administrator")
def upload_events(upload_id: str, headers_data: requests.EventHeaders) -> Response:
    """First the present state, then each change as `state`, at the end `done`; the data are those of the upload itself.

    The stream ends by itself after some minutes; a browser's EventSource then comes back with `Last-Event-ID`.
    """
    here, language, reader = context.current(), languages.language_of_request(), access.user().id
    with here.database.read() as session:
        visible.upload(session, upload_id)

    def look() -> events.Look:
        with here.database.read() as session:
            found = uploads.status(session, upload_id)
            account = accounts.find(session, reader)
        if found is None or not _still_open_to(account, found):
            return events.Look("", "{}", last=True)
        with_case = account is not None and access.may_see_case_of(account, found)
        data = answers.upload(found, language, with_case=with_case).model_dump_json()
        return events.Look(hashlib.sha256(data.encode()).hexdigest()[:16], data, last=found.settled)

    return events.answer(look, headers_data.last_event_id, here.settings.web_threads)


def _still_open_to(account: UserView | None, found: uploads.UploadStatus) -> bool:
    """A stream outlives its request, so it looks again whether its reader's account is open and may see the upload."""
    if account is None or not account.active or not account.has("clerk", "archivist", "administrator"):
        return False
    return access.may_see_upload(account, found)


def _body(found: uploads.UploadStatus) -> schemas.UploadOut:
    with_case = access.may_see_case_of(access.user(), found)
    return answers.upload(found, languages.language_of_request(), with_case=with_case)
