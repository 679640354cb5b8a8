"""Light confirmation in the portal: the archivist's policy for a batch, its lots, and the judging of their samples.

Who judges confirms: it is a reviewer's work, and the archivist alone says whether there are lots at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from intake.archive import sampling
from intake.archive.light import LightPolicy
from intake.errors import IntakeError, ReviewError
from models import batch_light, batch_lots, draft_views, drafts, round_views
from models.batch_rows import Batch
from models.database import Unit
from models.draft_views import DraftView
from models.lot_rows import Lot
from web import access, archive_words, context, crops, errors
from web.access import requires, user
from workers import queue

blueprint = APIBlueprint("batch_lots", __name__, enable_openapi=False)

_SEED_BYTES = 6
_LONGEST = 12
_LONGEST_SEED = 64


@blueprint.get("/archive/<batch_id>/lots")
@requires("archivist", "reviewer", "auditor", "administrator")
def index(batch_id: str) -> str:
    """The policy of a batch and its lots."""
    return _page(batch_id)


@blueprint.post("/archive/<batch_id>/lots")
@requires("archivist")
def change(batch_id: str) -> Response | tuple[str, int]:
    """Set the policy of a batch."""
    form = request.form
    chosen = LightPolicy(
        on="on" in form,
        threshold=_percent(form.get("threshold", "")) / 100,
        aql=form.get("aql", "")[:_LONGEST],
        share=_percent(form.get("share", "")),
        seed=form.get("seed", "").strip()[: _LONGEST_SEED + 1] or secrets.token_hex(_SEED_BYTES),
    )
    try:
        with context.current().database.unit() as unit:
            jobs = batch_light.set_policy(unit, batch_id, chosen, user_id=user().id)
            unit.on_commit(lambda: queue.ring(context.current().celery, jobs))
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _page(batch_id, error=error, chosen=chosen), errors.status_of(type(error))
    flash(_("Kept. It counts from now on."), "done")
    return redirect(url_for("batch_lots.index", batch_id=batch_id))


@blueprint.post("/archive/lots/<lot_id>/draw")
@requires("archivist")
def draw(lot_id: str) -> Response | tuple[str, int]:
    """Close a lot and draw its sample."""
    return _done(lot_id, lambda unit: batch_lots.draw(unit, lot_id, user().id))


@blueprint.get("/archive/lots/<lot_id>")
@requires("archivist", "reviewer", "auditor", "administrator")
def show(lot_id: str) -> str:
    """A lot: its plan, how far its sample is, its verdict."""
    return _lot(lot_id)


@blueprint.get("/archive/lots/<lot_id>/sample/<draft_id>")
@requires("reviewer", "auditor")
def sample(lot_id: str, draft_id: str) -> str:
    """One draft of a sample, field by field beside its scan."""
    return _sample(lot_id, draft_id)


@blueprint.post("/archive/lots/<lot_id>/sample/<draft_id>")
@requires("reviewer")
def judge(lot_id: str, draft_id: str) -> Response | tuple[str, int]:
    """Keep the judge's word on each field and go to the next draft of the sample."""
    words = {
        name.removeprefix("fact."): value == "right"
        for name, value in request.form.items()
        if name.startswith("fact.") and value in {"right", "wrong"}
    }
    try:
        with context.current().database.unit() as unit:
            batch_lots.judge(unit, lot_id, draft_id, user().id, words)
            waiting = [
                line for line in batch_lots.sample(unit.session, lot_id) if not line.verdict and not line.outcome
            ]
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _sample(lot_id, draft_id, error=error, said=words), errors.status_of(type(error))
    if waiting:
        return redirect(url_for("batch_lots.sample", lot_id=lot_id, draft_id=waiting[0].draft_id))
    flash(_("The whole sample is judged. Conclude below."), "done")
    return redirect(url_for("batch_lots.show", lot_id=lot_id) + "#conclude")


@blueprint.post("/archive/lots/<lot_id>/settle")
@requires("reviewer")
def settle(lot_id: str) -> Response | tuple[str, int]:
    """Conclude a lot in one's own name: its drafts are confirmed, or go to the queue."""

    def conclude(unit: Unit) -> None:
        jobs = batch_lots.settle(unit, lot_id, user().id)
        unit.on_commit(lambda: queue.ring(context.current().celery, jobs))

    return _done(lot_id, conclude)


def _done(lot_id: str, act: Callable[[Unit], object]) -> Response | tuple[str, int]:
    try:
        with context.current().database.unit() as unit:
            act(unit)
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _lot(lot_id, error=error), errors.status_of(type(error))
    return redirect(url_for("batch_lots.show", lot_id=lot_id))


def _page(batch_id: str, *, error: IntakeError | None = None, chosen: LightPolicy | None = None) -> str:
    with context.current().database.read() as rows:
        batch = rows.get(Batch, batch_id)
        if batch is None:
            abort(HTTPStatus.NOT_FOUND)
        policy = chosen or batch_light.policy(rows, batch_id)
        least = batch_light.calibrated(rows)
        lines = batch_lots.of_batch(rows, batch_id)
    return render_template(
        "lots.html",
        batch=batch,
        policy=policy,
        least=least,
        lines=lines,
        signs=archive_words,
        aqls=[str(aql) for aql in sampling.AQLS],
        mine=user().has("archivist"),
        error=error,
        wrong=error.details.get("fields", []) if error is not None else [],
    )


def _lot(lot_id: str, *, error: IntakeError | None = None) -> str:
    with context.current().database.read() as rows:
        try:
            line = batch_lots.line(rows, lot_id)
        except LookupError:
            abort(HTTPStatus.NOT_FOUND)
        batch = rows.get_one(Batch, line.lot.batch_id)
        drawn = batch_lots.sample(rows, lot_id)
    return render_template(
        "lot.html",
        batch=batch,
        line=line,
        lot=line.lot,
        drawn=drawn,
        signs=archive_words,
        waiting=next((one for one in drawn if not one.verdict and not one.outcome), None),
        judges=user().has("reviewer") and line.lot.judge_id in {None, user().id},
        archivist=user().has("archivist"),
        error=error,
    )


def _sample(
    lot_id: str, draft_id: str, *, error: IntakeError | None = None, said: dict[str, bool] | None = None
) -> str:
    with context.current().database.read() as rows:
        lot = rows.get(Lot, lot_id)
        drawn = batch_lots.sample(rows, lot_id)
        member = next((one for one in drawn if one.draft_id == draft_id), None)
        draft = draft_views.load(rows, draft_id)
        if lot is None or member is None or draft is None or _keys_blind(rows, draft):
            abort(HTTPStatus.NOT_FOUND)
        batch = rows.get_one(Batch, lot.batch_id)
    drafts.note_view(context.current().database, draft, user().id, "lot")
    judged = {fact.fact: fact.fact not in member.wrong for fact in draft.facts} if member.verdict else {}
    return render_template(
        "lot_sample.html",
        batch=batch,
        lot=lot,
        draft=draft,
        member=member,
        count=len(drawn),
        said=judged | (said or {}),
        mine=lot.state == "drawn" and user().has("reviewer") and lot.judge_id in {None, user().id},
        error=error,
        named=error.details.get("facts", []) if error is not None else [],
        crops=crops,
    )


def _keys_blind(rows: Session, draft: DraftView) -> bool:
    """Whether the caller may be the next to key a value of it blind: it went back to the queue and was decided once."""
    return round_views.keys_blind(rows, draft.case_id, user().id, decides=access.may_review(user()))


def _percent(text: str) -> float:
    try:
        return float(text.strip().removesuffix("%")[:_LONGEST])
    except ValueError:
        return 0.0
