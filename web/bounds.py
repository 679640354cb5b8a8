"""What forms and programs may send at most, said once for the desk, the column of crops and the API."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import abort, request
from flask.json.provider import DefaultJSONProvider

LONGEST_VALUE = 10_000
"""Characters of a typed value: longer than any paper's, and rules look at each many times."""

LONGEST_SEARCH = 200
"""Characters of a text that customers are searched by: longer than any name; SQLite refuses patterns without end."""

FILES_BY_LINK = 12
"""Files that a customer sends at once by a link: both sides of some cards and a contract, not an archive."""

_VERSION = re.compile(r"[0-9]{1,9}")
"""A draft's version: more digits are none of ours, and Python refuses to read thousands of them."""


class Json(DefaultJSONProvider):
    """JSON as it comes: what is nested without end is none, like all that cannot be read."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON; raises ValueError."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def body() -> Any:
    """The JSON of a page's request; 400 for none, and for text that no database keeps: NUL, half a character."""
    found = request.get_json()
    try:
        plain = json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        abort(HTTPStatus.BAD_REQUEST)
    if rb"\u0000" in plain:
        abort(HTTPStatus.BAD_REQUEST)
    return found


def value(form: Mapping[str, str], name: str) -> str:
    """A typed value out of a form; 422 where it is longer than any value is."""
    typed = form.get(name, "")
    if len(typed) > LONGEST_VALUE:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return typed


def version(text: str | None) -> int:
    """A draft's version as a page sends it back; 400 for what is none."""
    if not is_version(text or ""):
        abort(HTTPStatus.BAD_REQUEST)
    return int(text or "")


def is_version(text: str) -> bool:
    """Whether a text is a version's number."""
    return _VERSION.fullmatch(text) is not None
