"""Papers at the door, for the portal and the API alike: know each file by its bytes, keep it, write its rows, ring."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage

from intake import media
from intake.errors import InputError, UnknownCaseNumberError, UploadEmptyError
from models import slips, uploads
from models.accounts import UserView
from models.database import Unit
from models.uploads import Idempotency, IncomingFile, Received
from web import context
from web.context import Context
from workers.queue import ring, ring_glances

LOOKED_AT = 20
"""Files of one upload that get a first look: one customer's papers; nobody stands and waits for an archive's stack."""
_MB = 1_000_000
_NAME = 255


def receive(
    files: Sequence[FileStorage],
    *,
    user: UserView,
    via: str,
    customer: str | None = None,
    joins: str | None = None,
    idempotency_key: str | None = None,
    into: str | None = None,
    also: Callable[[Unit, Received], None] | None = None,
) -> Received:
    """Take in what was sent at once; when it returns, every kept file is on the disk and every row is committed.

    ``into`` is a case that the papers join; ``also`` writes what belongs into the same unit.

    A file that is refused (unknown, empty, too large) becomes a row with its error and stops none of its neighbours.
    ``joins`` is the case that the papers belong to, as :func:`case_named` gives it.
    Raises UploadEmptyError, IdempotencyMismatchError, StoreUnavailableError.
    """
    sent = [file for file in files if file.filename]
    if not sent:
        raise UploadEmptyError
    here = context.current()
    incoming = [keep(here, file.filename or "", cast("BinaryIO", file.stream)) for file in sent]
    key = None if idempotency_key is None else Idempotency(idempotency_key, _body_hash(incoming, customer, joins))
    with here.database.unit() as unit:
        received = uploads.receive(
            unit,
            user_id=user.id,
            files=incoming,
            via=via,
            customer_number=customer,
            joins=joins,
            idempotency=key,
            into=into,
        )
        if also is not None:
            also(unit, received)
        unit.on_commit(lambda: call(here, received))
    return received


def case_named(number: str, user: UserView) -> str | None:
    """The identifier of the case whose number a person typed; ``None`` where nothing was typed.

    Raises UnknownCaseNumberError where there is no such case, or none that this account may add papers to.
    """
    if not number.strip():
        return None
    with context.current().database.read() as rows:
        case = slips.by_number(rows, number)
        if case is None or not slips.may_join(user, case.created_by):
            raise UnknownCaseNumberError
        return case.id


def call(here: Context, received: Received) -> None:
    """Ring for what was received, after the commit: for a first look at each file, then for its reading."""
    if not received.replayed:
        ring_glances(here.celery, [file.id for file in received.upload.files if file.state == "queued"][:LOOKED_AT])
        ring(here.celery, received.job_ids)


def keep(here: Context, name: str, stream: BinaryIO) -> IncomingFile:
    """Put a file into the store, or say why it is refused; raises StoreUnavailableError."""
    shown = shown_name(name)
    try:
        kind = media.identify(stream.read(media.HEAD))
        stream.seek(0)
        kept = here.store.put(stream, here.settings.max_file_mb * _MB)
    except InputError as error:
        return IncomingFile(shown, stream.seek(0, 2), None, None, error.code, dict(error.details))
    return IncomingFile(shown, kept.size, kept.sha256, kind.name, None, None)


def shown_name(name: str) -> str:
    """The name without the folders that some browsers send along and what cannot be shown, cut to its column."""
    shown = "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable())
    return shown[-_NAME:] or "?"


def _body_hash(files: Sequence[IncomingFile], customer: str | None, joins: str | None) -> str:
    """What makes two bodies the same: the files' contents and names in their order, the customer and the case."""
    digest = hashlib.sha256((customer or "").encode())
    if joins is not None:
        digest.update(f"\0\0{joins}".encode())
    for file in files:
        digest.update(f"\0{file.name}\0{file.sha256 or file.error_code}\0{file.size}".encode())
    return digest.hexdigest()
