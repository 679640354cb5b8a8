"""The audit trail for those who check: who did what to which thing, when."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import render_template, request

from models import accounts, operations
from web import audit_words, context
from web.access import requires

blueprint = APIBlueprint("audit", __name__, enable_openapi=False)
_DIGITS = 18
"""Of a row's number, which has 64 bits."""


@blueprint.get("/audit")
@requires("auditor", "security")
def index() -> str:
    """The latest rows, filtered by actor, action and subject."""
    wanted = {name: request.args.get(name) or None for name in ("actor", "action", "subject")}
    cursor = request.args.get("cursor", "")
    with context.current().database.read() as rows:
        page = operations.audit_rows(
            rows,
            actor=wanted["actor"],
            action=wanted["action"],
            subject=wanted["subject"],
            cursor=int(cursor) if cursor.isdecimal() and len(cursor) <= _DIGITS else None,
        )
        people = accounts.people(rows)
    return render_template(
        "audit.html",
        page=page,
        wanted=wanted,
        actions=sorted(audit_words.ACTIONS),
        people=people,
        audit_words=audit_words,
    )
