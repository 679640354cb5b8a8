"""Quality checks: a share of what was confirmed, looked at once more by another reviewer."""

from __future__ import annotations

from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.errors import IntakeError, ReviewError
from intake.types import Decision
from models import batch_lots, draft_views, drafts, round_views, samples
from models.draft_rows import Draft
from models.draft_views import DraftView
from models.sample_rows import Sample
from models.samples import Suspect
from web import access, bounds, context, crops, errors, pages, words
from web.access import requires, user
from web.languages import shown

blueprint = APIBlueprint("samples", __name__, enable_openapi=False)


@blueprint.get("/reviews/samples")
@requires("reviewer", "auditor")
def index() -> str:
    """The confirmed drafts that wait for this reviewer's check, and what all checks found so far."""
    with context.current().database.read() as rows:
        waiting = samples.waiting(rows, user().id)
        cases, decides = {one.case_id for one in waiting}, access.may_review(user())
        blind = round_views.blind_cases(rows, cases, user().id, decides=decides)
        found = samples.tally(rows)
        lots = batch_lots.waiting(rows, user().id)
    waiting = [one for one in waiting if one.case_id not in blind]
    return render_template("samples.html", waiting=waiting, tally=found, lots=lots)


@blueprint.get("/reviews/samples/<sample_id>")
@requires("reviewer", "auditor")
def show(sample_id: str) -> str:
    """One sample: to check for who had no word in it; afterwards what was found, with what may share its cause."""
    return _page(sample_id)


@blueprint.post("/reviews/samples/<sample_id>")
@requires("reviewer")
def check(sample_id: str) -> Response | tuple[str, int]:
    """Compare what was typed with what was confirmed; an error reopens the customer file."""
    typed = {
        name.removeprefix("value."): bounds.value(request.form, name)
        for name in request.form
        if name.startswith("value.")
    }
    try:
        with context.current().database.unit() as unit:
            wrong = samples.check(unit, sample_id, user().id, typed)
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _page(sample_id, error=error, typed=typed), errors.status_of(type(error))
    if wrong:  # the page says so itself
        return pages.lead(url_for("samples.show", sample_id=sample_id))
    flash(_("Checked: everything agrees."), "done")
    return pages.lead(url_for("samples.index"))


def _page(sample_id: str, *, error: IntakeError | None = None, typed: dict[str, str] | None = None) -> str:
    """The page; 404 for who may be the next to key a value of the case blind, for all that was read stands on it."""
    with context.current().database.read() as rows:
        sample = rows.get(Sample, sample_id)
        draft = None if sample is None else draft_views.load(rows, sample.draft_id)
        decides = access.may_review(user())
        if sample is None or draft is None or round_views.keys_blind(rows, draft.case_id, user().id, decides=decides):
            abort(HTTPStatus.NOT_FOUND)
        mine = sample.state == "waiting" and decides and _may(rows.get_one(Draft, draft.id))
        found: list[Suspect] = samples.suspects(rows, sample) if sample.state == "reopened" else []
    drafts.note_view(context.current().database, draft, user().id, "sampling")
    labels = {fact.fact: shown(fact.label) for fact in draft.facts}
    named = error.details.get("facts", []) if error is not None else []
    return render_template(
        "sample.html",
        sample=sample,
        draft=draft,
        mine=mine,
        values=_values(draft) | (typed or {}),
        right={one["fact"]: one["value"] for one in sample.wrong},
        suspects=found,
        labels=labels,
        error=error,
        named=named,
        told={"facts": [labels.get(fact, fact) for fact in named]},
        crops=crops,
    )


def _may(draft: Draft) -> bool:
    with context.current().database.read() as rows:
        try:
            samples.may_check(rows, draft, user().id)
        except ReviewError:
            return False
    return True


def _values(draft: DraftView) -> dict[str, str]:
    """What was confirmed of each fact, as a person types it; empty where it was left out."""
    return {fact.fact: words.typed(fact.kind, _confirmed(fact.decision)) for fact in draft.facts}


def _confirmed(word: Decision | None) -> str | None:
    return None if word is None else word.value
