"""Jobs that could not be done by themselves: their reason, and the button that tries again."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import NotQuarantinedError, ReviewError
from models import jobs, operations
from web import context, errors
from web.access import requires, user
from workers.queue import ring

blueprint = APIBlueprint("jobs", __name__, enable_openapi=False)
STATES = ("quarantined", "queued", "running", "failed", "done")


@blueprint.get("/jobs")
@requires("administrator", "archivist")
def index() -> str:
    """The jobs of a state, the quarantined ones first of all."""
    asked = request.args.get("state", "")
    state = asked if asked in STATES else STATES[0]
    with context.current().database.read() as rows:
        page = operations.jobs(rows, state, request.args.get("cursor"))
        counts = operations.job_counts(rows)
    return render_template("jobs.html", page=page, state_code=state, states=STATES, counts=counts)


@blueprint.post("/jobs/<job_id>/retry")
@requires("administrator", "archivist")
def retry(job_id: str) -> Response:
    """Try a quarantined job again."""
    here = context.current()
    try:
        with here.database.unit() as unit:
            if not jobs.retry(unit, job_id, user().id):
                raise NotQuarantinedError
            unit.on_commit(lambda: ring(here.celery, [job_id]))
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(_("The job is queued again."), "done")
    return redirect(url_for("jobs.index"))
