"""One change of a draft: its own unit, and what has to follow where it is refused."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import abort

from intake.errors import StaleVersionError
from models import drafts
from models.database import Unit
from web import context

Result = TypeVar("Result")


def change(draft_id: str, act: Callable[[Unit], Result]) -> Result:
    """Run one change of a draft in its own unit; a draft that does not exist is answered 404.

    Where it is refused because the customer file is another by now, the draft is made anew, so that who loads it again
    sees what it would change today.
    """
    database = context.current().database
    try:
        with database.unit() as unit:
            return act(unit)
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except StaleVersionError:
        with database.unit() as unit:
            drafts.catch_up(unit, draft_id)
        raise
