"""What forms and programs may send at most, said once for the desk, the column of crops and the API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from flask import abort

LONGEST_VALUE = 10_000
"""Characters of a typed value: longer than any paper's, and rules look at each many times."""

FILES_BY_LINK = 12
"""Files that a customer sends at once by a link: both sides of some cards and a contract, not an archive."""

_VERSION = re.compile(r"[0-9]{1,9}")
"""A draft's version: more digits are none of ours, and Python refuses to read thousands of them."""


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
