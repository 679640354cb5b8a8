"""The first page: what waits for the person who signed in, by role."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import render_template

from models import operations, overviews, round_views
from web import access, context
from web.access import requires, user

blueprint = APIBlueprint("home", __name__, enable_openapi=False)
_LATEST = 5


@blueprint.get("/")
@requires()
def home() -> str:
    """Show what this account can do and what waits."""
    account = user()
    with context.current().database.read() as rows:
        latest = overviews.uploads(rows, account.id, limit=_LATEST).items if access.may_upload(account) else ()
        latest = round_views.untitled(rows, latest, account.id, decides=access.may_review(account))
        waiting = operations.drafts_waiting(rows) if access.may_see_drafts(account) else 0
        jobs = operations.job_counts(rows) if access.may_see_jobs(account) else {}
    return render_template("home.html", latest=latest, waiting=waiting, jobs=jobs)
