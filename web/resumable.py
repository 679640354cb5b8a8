"""Uploads that go on where a broken connection left them: tus 1.0.0 (https://tus.io/protocols/resumable-upload).

Core protocol with the extensions creation, termination, checksum and expiration; the files of one batch are handed in
together at the end (``finish``). A file is its sender's alone: to all others it does not exist. Bytes are acknowledged
only when they are on the disk (:mod:`models.partials`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, abort, jsonify, make_response, request, url_for
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from intake.errors import FileTooLargeError, OffsetMismatchError, PartIncompleteError
from models import looks, partials, uploads
from models.partials import CounterOptions, Folder, Part
from models.uploads import IncomingFile, Received
from web import bounds, context, receiving, visible
from web.access import requires, user
from web.context import Context
from web.security import takes_files

blueprint = APIBlueprint("resumable", __name__, enable_openapi=False)

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum,expiration"
PIECES = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
"""The status that the checksum extension names; no registry of HTTP has it."""
CHECKED_BYTES = 4_000_000
"""The largest piece with a checksum: it waits in memory until it is proven."""

_ALGORITHMS = ("sha1", "sha256")
_NUMBER = re.compile(r"[0-9]{1,15}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MB = 1_000_000


@blueprint.route("/uploads/parts", methods=["OPTIONS"])
@requires("clerk", "archivist")
def abilities() -> Response:
    """What this server can do, as a client may ask first."""
    return _answer(
        HTTPStatus.NO_CONTENT,
        **{"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS},
        **{"Tus-Max-Size": str(_limit()), "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS)},
    )


@blueprint.post("/uploads/parts")
@requires("clerk", "archivist")
def create() -> Response:
    """Begin a file: its length and, in the metadata, its name and the SHA-256 that the whole will have."""
    _check_version()
    size, said = _number("Upload-Length"), _metadata(request.headers.get("Upload-Metadata", ""))
    if size > _limit():
        raise FileTooLargeError(limit_mb=context.current().settings.max_file_mb)
    name, sha256 = receiving.shown_name(said.get("filename", "")), said.get("sha256") or None
    if sha256 is not None and not _HASH.fullmatch(sha256):
        abort(HTTPStatus.BAD_REQUEST)
    here = context.current()
    with here.database.unit() as unit:
        if partials.open_parts(unit.session, user().id) == (0, 0):
            unit.on_commit(lambda: folder(here).clear(_options()))
        part = partials.begin(unit, user().id, name, size, sha256=sha256, options=_options())
    return _answer(HTTPStatus.CREATED, part, Location=url_for("resumable.resume", part_id=part.id))


@blueprint.route("/uploads/parts/<part_id>", methods=["HEAD"], provide_automatic_options=False)
@requires("clerk", "archivist")
def resume(part_id: str) -> Response:
    """How many bytes are here: where to go on."""
    _check_version()
    part = _mine(part_id)
    return _answer(HTTPStatus.OK, part, **{"Upload-Length": str(part.size), "Cache-Control": "no-store"})


@blueprint.patch("/uploads/parts/<part_id>")
@requires("clerk", "archivist")
@takes_files
def append(part_id: str) -> Response:
    """Take the bytes from an offset on; what came before the connection broke is kept."""
    _check_version()
    if request.mimetype != PIECES:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    part = _mine(part_id)
    if _number("Upload-Offset") != part.offset or part.upload_id is not None:
        raise OffsetMismatchError(offset=part.offset)
    if (request.content_length or 0) > part.size - part.offset:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    checksum = request.headers.get("Upload-Checksum")
    if not (_take(part) if checksum is None else _take_checked(part, checksum)):
        return _answer(CHECKSUM_MISMATCH)
    part = _mine(part_id)
    if part.whole and not _as_sent(part):
        return _answer(CHECKSUM_MISMATCH)
    return _answer(HTTPStatus.NO_CONTENT, part)


@blueprint.delete("/uploads/parts/<part_id>")
@requires("clerk", "archivist")
def terminate(part_id: str) -> Response:
    """Forget a file that its sender no longer wants to hand in."""
    _check_version()
    here, part = context.current(), _mine(part_id)
    with here.database.unit() as unit:
        partials.remove(unit, part.id)
        unit.on_commit(lambda: folder(here).remove(part.id))
    return _answer(HTTPStatus.NO_CONTENT)


@blueprint.post("/uploads/parts/finish")
@requires("clerk", "archivist")
def finish() -> Response:
    """Hand the whole files in as one upload; the same again gives the same upload."""
    received = _hand_in(_asked(), receiving.case_named(_case_number(), user()))
    address = url_for("uploads.show", upload_id=received.upload.id)
    response = make_response(jsonify({"id": received.upload.id, "address": address}), HTTPStatus.ACCEPTED)
    response.headers["Location"] = address
    return response


def folder(here: Context) -> Folder:
    """Where the bytes lie that are on their way."""
    return partials.folder(here.settings.data_dir)


def _asked() -> list[str]:
    body = bounds.body()
    asked = body.get("parts") if isinstance(body, dict) else None
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        abort(HTTPStatus.BAD_REQUEST)
    if not 0 < len(asked) <= _options().parts:
        raise PartIncompleteError
    return asked


def _case_number() -> str:
    """The number of the case that the files belong to, as it was typed; empty where none was."""
    number = bounds.body().get("case", "")
    return number if isinstance(number, str) else ""


def _hand_in(asked: list[str], joins: str | None) -> Received:
    """Keep the bytes first, then write the rows; whoever comes second with the same parts gets what the first made."""
    here, account = context.current(), user()
    with here.database.read() as rows:
        parts = partials.several(rows, asked, account.id, _options())
    incoming = None if all(part.upload_id for part in parts) else _kept(here, parts, asked)
    with here.database.unit() as unit:
        again = partials.several(unit.session, asked, account.id, _options())
        made = {part.upload_id for part in again}
        if made != {None}:
            return _made_before(unit, made)
        if incoming is None:
            raise PartIncompleteError
        received = uploads.receive(unit, user_id=account.id, files=incoming, via="portal", joins=joins)
        partials.settle(unit, asked, received.upload.id)
        looks.hand_on(unit, parts, received.upload.id)
        unit.on_commit(lambda: receiving.call(here, received))
        unit.on_commit(lambda: [folder(here).remove(part.id) for part in parts])
    return received


def _made_before(unit: partials.Unit, made: set[str | None]) -> Received:
    upload = unit.session.get(uploads.Upload, made.pop()) if len(made) == 1 else None
    if upload is None:
        raise PartIncompleteError
    return Received(upload, (), replayed=True)


def _kept(here: Context, parts: tuple[Part, ...], asked: list[str]) -> list[IncomingFile] | None:
    """The parts as files in the store; ``None`` where another request has handed them on meanwhile."""
    if len(parts) != len(asked) or not all(part.whole and part.upload_id is None for part in parts):
        raise PartIncompleteError
    try:
        return [_keep(here, part) for part in parts]
    except FileNotFoundError:
        return None


def _keep(here: Context, part: Part) -> IncomingFile:
    if not part.size:
        folder(here).write(part.id, 0, b"")
    with folder(here).open(part.id) as stream:
        return receiving.keep(here, part.name, stream)


def _take(part: Part) -> bool:
    """Keep the body piece by piece, as far as it comes."""
    offset = part.offset
    while offset < part.size:
        piece, broken = _read(min(_options().piece, part.size - offset))
        if piece:
            _keep_piece(part.id, offset, piece)
            offset += len(piece)
        if broken or not piece:
            break
    return True


def _take_checked(part: Part, checksum: str) -> bool:
    """Keep the whole body if it is what the checksum says; ``False``, and nothing is kept, where it is not."""
    algorithm, _, encoded = checksum.partition(" ")
    if algorithm not in _ALGORITHMS:
        abort(HTTPStatus.BAD_REQUEST)
    if (request.content_length or 0) > CHECKED_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body, _broken = _read(min(CHECKED_BYTES, part.size - part.offset))
    if base64.b64encode(hashlib.new(algorithm, body, usedforsecurity=False).digest()).decode() != encoded.strip():
        return False
    if body:
        _keep_piece(part.id, part.offset, body)
    return True


def _read(size: int) -> tuple[bytes, bool]:
    """Up to ``size`` bytes of the body, and whether the connection broke behind them."""
    pieces, left = list[bytes](), size
    try:
        while left and (piece := request.stream.read(left)):
            pieces.append(piece)
            left -= len(piece)
    except ClientDisconnected:
        return b"".join(pieces), True
    return b"".join(pieces), False


def _keep_piece(part_id: str, offset: int, piece: bytes) -> None:
    """Write a piece and say so; raises OffsetMismatchError where another writer was quicker."""
    here = context.current()
    with folder(here).hold(part_id):
        present = _mine(part_id)
        if present.offset != offset:
            raise OffsetMismatchError(offset=present.offset)
        folder(here).write(part_id, offset, piece)
        with here.database.unit() as unit:
            if not partials.advance(unit, part_id, offset, offset + len(piece)):
                raise OffsetMismatchError(offset=present.offset)


def _as_sent(part: Part) -> bool:
    """Whether the whole is what its sender said; otherwise it begins anew."""
    if part.sha256 is None or part.upload_id is not None:
        return True
    here = context.current()
    with folder(here).open(part.id) as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() == part.sha256:
            return True
    with here.database.unit() as unit:
        partials.restart(unit, part.id)
    return False


def _mine(part_id: str) -> Part:
    """The part, if it is the caller's and its bytes are here; otherwise 404, and the client begins anew."""
    here = context.current()
    with here.database.read() as rows:
        found = visible.part(rows, part_id, _options())
    if found.upload_id is None and not folder(here).holds(found):
        abort(HTTPStatus.NOT_FOUND)
    return found


def _check_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        abort(_answer(HTTPStatus.PRECONDITION_FAILED, **{"Tus-Version": VERSION}))


def _number(header: str) -> int:
    """A header that must be a number from 0 on; 400 where it is none."""
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        abort(HTTPStatus.BAD_REQUEST)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """The pairs of ``Upload-Metadata``: a key, a space, the value in base64; 400 where it is none."""
    found = {}
    for pair in filter(None, (one.strip() for one in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            abort(HTTPStatus.BAD_REQUEST)
    return found


def _answer(status: int, part: Part | None = None, **headers: str) -> Response:
    told: dict[str, Any] = {"Tus-Resumable": VERSION} | headers
    if part is not None:
        told |= {"Upload-Offset": str(part.offset), "Upload-Expires": http_date(part.expires_at)}
    return Response(status=int(status), headers=told)


def _options() -> CounterOptions:
    return CounterOptions()


def _limit() -> int:
    return context.current().settings.max_file_mb * _MB
