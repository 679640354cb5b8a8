"""Crops: the place of one value on a page's picture, upright and small, for columns of many of them."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from apiflask import APIBlueprint
from flask import Response, abort, request, url_for

from intake.types import Region
from models.store import Store
from web import context, documents
from web.access import requires

if TYPE_CHECKING:
    from PIL.Image import Image

blueprint = APIBlueprint("crops", __name__, enable_openapi=False)
_CORNERS = 8
_LONGEST_NUMBER = 12
_MARGIN = 0.35
"""Of the height of the place, shown around it: a stroke that stands out tells letters apart."""
_LEAST_MARGIN, _MOST_MARGIN = 6.0, 24.0
"""Pixels of the picture."""
_MOST_WIDTH, _MOST_HEIGHT = 1100, 260
"""Pixels of a crop: a line of print at twice its size; a block of several lines is made smaller."""
_QUALITY = 85
_KEPT = 600
"""Crops that a process remembers: the columns of some reviewers, 10 to 20 KB each."""


def address(document_id: str, page: int, region: Region) -> str:
    """Where the crop of a place (page from 1) is served."""
    at = ",".join(f"{number:.4f}" for corner in region.corners for number in corner)
    return url_for("crops.crop", document_id=document_id, number=page, at=at)


@blueprint.get("/documents/<document_id>/pages/<int:number>/crop")
@requires("clerk", "reviewer", "archivist", "auditor")
def crop(document_id: str, number: int) -> Response:
    """The place ``at`` (eight fractions of the page: four corners in the order of the text) as a small JPEG.

    404 for a page that is not there or not the caller's to see; 422 for a place that is none.
    """
    corners = _corners(request.args.get("at", ""))
    key = documents.seen_page(document_id, number).picture
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(_cut(context.current().store, key, corners), mimetype="image/jpeg")


def _corners(text: str) -> tuple[float, ...]:
    parts = text.split(",")
    if len(parts) != _CORNERS or not all(_is_fraction(part) for part in parts):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return tuple(float(part) for part in parts)


def _is_fraction(part: str) -> bool:
    digits = part.removeprefix("-").replace(".", "", 1)
    return part.isascii() and digits.isdecimal() and len(part) <= _LONGEST_NUMBER and -1 <= float(part) <= 2  # noqa: PLR2004  # a place may stick out of its page


@lru_cache(maxsize=_KEPT)
def _cut(store: Store, key: str, corners: tuple[float, ...]) -> bytes:
    """The place upright with its margin; 404 where the picture cannot be opened.

    Only pictures that our own workers encoded come here, never what was uploaded.
    """
    from PIL import Image  # noqa: PLC0415  # the portal starts without any picture library

    body = io.BytesIO(store.picture(key))
    try:
        with Image.open(body) as picture:
            cut = _upright(picture.convert("RGB"), corners)
    except (OSError, SyntaxError):  # Pillow's words for a damaged picture, as for one of no kind
        abort(HTTPStatus.NOT_FOUND)
    small = io.BytesIO()
    cut.save(small, "JPEG", quality=_QUALITY)
    return small.getvalue()


def _upright(picture: Image, corners: tuple[float, ...]) -> Image:
    """The quadrilateral as a rectangle whose top is the top of the text."""
    from PIL.Image import Resampling, Transform  # noqa: PLC0415  # as above

    a, b, c, d = (
        (corners[place] * picture.width, corners[place + 1] * picture.height) for place in range(0, _CORNERS, 2)
    )
    across, down = max(math.dist(a, b), math.dist(d, c), 1.0), max(math.dist(a, d), math.dist(b, c), 1.0)
    margin = min(max(down * _MARGIN, _LEAST_MARGIN), _MOST_MARGIN)
    right = ((b[0] - a[0]) / across * margin, (b[1] - a[1]) / across * margin)
    below = ((d[0] - a[0]) / down * margin, (d[1] - a[1]) / down * margin)
    # Pillow's order: upper left, lower left, lower right, upper right
    quad = (
        *(a[0] - right[0] - below[0], a[1] - right[1] - below[1]),
        *(d[0] - right[0] + below[0], d[1] - right[1] + below[1]),
        *(c[0] + right[0] + below[0], c[1] + right[1] + below[1]),
        *(b[0] + right[0] - below[0], b[1] + right[1] - below[1]),
    )
    width, height = across + 2 * margin, down + 2 * margin
    scale = min(2.0, _MOST_WIDTH / width, _MOST_HEIGHT / height)
    size = (max(int(width * scale), 1), max(int(height * scale), 1))
    return picture.transform(size, Transform.QUAD, quad, Resampling.BICUBIC, fillcolor="white")
