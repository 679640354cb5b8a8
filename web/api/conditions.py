"""ETag and If-Match (RFC 9110, sections 8.8.3 and 13.1.1): a change names the version that it was made on."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import PreconditionRequired

from web import bounds

UNREADABLE = 0
"""No version is 0: an ETag that is none of ours is older than everything."""


def required_version() -> int:
    """The version that the caller read; answers 428 where the header is missing or is ``*``, which names no version."""
    tags = request.if_match
    if "If-Match" not in request.headers or tags.star_tag:
        raise PreconditionRequired
    ours = (tag for tag in tags.as_set() if bounds.is_version(tag))
    return max((int(tag) for tag in ours), default=UNREADABLE)


def tagged(response: Response, version: int) -> Response:
    """The response with its version as ETag."""
    response.set_etag(str(version))
    return response
