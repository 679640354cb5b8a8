"""Acceptance of batches in the portal: begun, judged page by page, signed, and its report."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from io import BytesIO

from apiflask import APIBlueprint
from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.archive import sampling
from intake.archive.light import LEAST_SHARE
from intake.archive.rules import REASONS, RULES
from intake.archive.verdicts import FAULTS
from intake.errors import IntakeError, ReviewError
from models import acceptance, acceptance_checks, acceptance_report, viewings
from models.acceptance_rows import Acceptance, AcceptancePage
from models.base import now
from models.batch_rows import Batch, LedgerPage
from web import acceptance_documents, archive_words, context, errors, report_parts
from web.access import requires, user
from web.languages import LANGUAGES, language_of_request
from web.pages import asset
from workers import queue

blueprint = APIBlueprint("acceptances", __name__, enable_openapi=False)

_SEED_BYTES = 6


@blueprint.get("/archive/<batch_id>/acceptance")
@requires("archivist", "auditor", "administrator")
def index(batch_id: str) -> str:
    """The latest acceptance of a batch: what machines found, how far the sample is, the verdict."""
    return _page(batch_id)


@blueprint.post("/archive/<batch_id>/acceptance")
@requires("archivist")
def begin(batch_id: str) -> Response | tuple[str, int]:
    """Begin the next acceptance."""
    aql, share = request.form.get("aql", ""), _number(request.form.get("share", ""))
    seed = request.form.get("seed", "").strip() or secrets.token_hex(_SEED_BYTES)
    try:
        with context.current().database.unit() as unit:
            _row, jobs = acceptance.begin(unit, batch_id, user().id, aql=aql, share=share, seed=seed)
            unit.on_commit(lambda: queue.ring(context.current().celery, jobs))
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _page(batch_id, error=error), errors.status_of(type(error))
    flash(_("The machines look at every page now; then the sample is yours."), "done")
    return redirect(url_for("acceptances.index", batch_id=batch_id))


@blueprint.post("/archive/acceptances/<acceptance_id>/checks")
@requires("archivist")
def check_again(acceptance_id: str) -> Response | tuple[str, int]:
    """Let checks go on that nobody goes on with by himself."""
    batch_id = _batch_of(acceptance_id)
    try:
        with context.current().database.unit() as unit:
            jobs = acceptance_checks.try_again(unit, acceptance_id, user().id)
            unit.on_commit(lambda: queue.ring(context.current().celery, jobs))
    except ReviewError as error:
        return _page(batch_id, error=error), errors.status_of(type(error))
    return redirect(url_for("acceptances.index", batch_id=batch_id))


@blueprint.get("/archive/acceptances/<acceptance_id>/sample")
@requires("archivist", "auditor")
def sample(acceptance_id: str) -> str:
    """The next page of the sample that waits, or the one asked for, beside what the index says of it."""
    with context.current().database.read() as rows:
        row = rows.get(Acceptance, acceptance_id)
        pages = [] if row is None else acceptance.sample(rows, acceptance_id)
        batch = None if row is None else rows.get_one(Batch, row.batch_id)
    if row is None or not pages:
        abort(HTTPStatus.NOT_FOUND)
    wanted = request.args.get("position", type=int)
    waiting = next((page for page in pages if page.judged_at is None), pages[-1])
    shown = next((page for page in pages if page.position == wanted), waiting)
    viewings.note(context.current().database, user().id, "acceptance", [_folder(shown.id)])
    return render_template(
        "acceptance_sample.html",
        row=row,
        batch=batch,
        pages=pages,
        page=shown,
        faults=FAULTS,
        left=sum(page.judged_at is None for page in pages),
        mine=row.state == "sampled" and user().has("archivist"),
    )


@blueprint.post("/archive/acceptances/<acceptance_id>/sample")
@requires("archivist")
def judge(acceptance_id: str) -> Response | tuple[str, int]:
    """Keep the word on one page and go to the next."""
    said = request.form.get("verdict", "")
    fault = said if said in FAULTS else None
    if said not in {"good", "mismatch"} and fault is None:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        with context.current().database.unit() as unit:
            page, matched = request.form.get("page", ""), said != "mismatch"
            acceptance.judge(unit, acceptance_id, page, user().id, matched=matched, fault=fault)
            left = acceptance.left(unit.session, acceptance_id)
            batch_id = unit.session.get_one(Acceptance, acceptance_id).batch_id
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    if not left:
        flash(_("The whole sample is judged. Sign below."), "done")
        return redirect(url_for("acceptances.index", batch_id=batch_id) + "#sign")
    return redirect(url_for("acceptances.sample", acceptance_id=acceptance_id))


@blueprint.get("/archive/acceptances/<acceptance_id>/pages/<page_id>")
@requires("archivist", "auditor")
def picture(acceptance_id: str, page_id: str) -> Response:
    """The picture of a page of the sample."""
    with context.current().database.read() as rows:
        found = next(iter(acceptance.sample(rows, acceptance_id, page_id)), None)
    if found is None or found.picture is None:
        abort(HTTPStatus.NOT_FOUND)
    viewings.note_picture(context.current().database, user().id, _folder(page_id))
    return Response(context.current().store.picture(found.picture), mimetype="image/jpeg")


@blueprint.post("/archive/acceptances/<acceptance_id>/stand")
@requires("archivist")
def stand(acceptance_id: str) -> Response | tuple[str, int]:
    """Let what fails a rule stand, or no more."""
    batch_id = _batch_of(acceptance_id)
    try:
        with context.current().database.unit() as unit:
            acceptance.let_stand(
                unit, acceptance_id, request.form.get("rule", ""), request.form.get("reason", ""), user().id
            )
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    except ReviewError as error:
        return _page(batch_id, error=error), errors.status_of(type(error))
    return redirect(url_for("acceptances.index", batch_id=batch_id) + "#checks")


@blueprint.post("/archive/acceptances/<acceptance_id>/sign")
@requires("archivist")
def sign(acceptance_id: str) -> Response | tuple[str, int]:
    """Conclude the acceptance in one's own name."""
    batch_id = _batch_of(acceptance_id)
    try:
        with context.current().database.unit() as unit:
            accepted = acceptance.sign(unit, acceptance_id, user().id)
    except ReviewError as error:
        return _page(batch_id, error=error), errors.status_of(type(error))
    flash(_("Signed: the batch is accepted.") if accepted else _("Signed: the batch is not accepted."), "done")
    return redirect(url_for("acceptances.index", batch_id=batch_id))


@blueprint.get("/archive/acceptances/<acceptance_id>/report")
@requires("archivist", "auditor", "administrator")
def report(acceptance_id: str) -> str:
    """The report as a page of its own."""
    told = _report(acceptance_id)
    zone = context.current().settings.timezone
    styles = (asset("css/acceptance.css"), asset("css/acceptance-screen.css"))
    return acceptance_documents.html(told, _language(), zone, stylesheets=styles, icon=asset("seal.svg"))


@blueprint.get("/archive/acceptances/<acceptance_id>/report.pdf")
@requires("archivist", "auditor", "administrator")
def report_pdf(acceptance_id: str) -> Response:
    """The report as PDF."""
    told = _report(acceptance_id)
    body = acceptance_documents.pdf(told, _language(), context.current().settings.timezone)
    name = f"{acceptance_documents.number(told)}-{_language()}.pdf"
    return send_file(BytesIO(body), mimetype="application/pdf", download_name=name, as_attachment=True)


def _folder(page_id: str) -> viewings.Shown:
    """The folder that a page of a sample lies in."""
    with context.current().database.read() as rows:
        ledger_page_id = rows.get_one(AcceptancePage, page_id).ledger_page_id
        return viewings.folder(rows.get_one(LedgerPage, ledger_page_id).folder_id)


def _report(acceptance_id: str) -> acceptance_report.Report:
    with context.current().database.read() as rows:
        try:
            return acceptance_report.report(rows, acceptance_id, now())
        except LookupError:
            abort(HTTPStatus.NOT_FOUND)


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else language_of_request()


def _batch_of(acceptance_id: str) -> str:
    with context.current().database.read() as rows:
        row = rows.get(Acceptance, acceptance_id)
    if row is None:
        abort(HTTPStatus.NOT_FOUND)
    return row.batch_id


def _number(text: str) -> float:
    try:
        return float(text.strip().removesuffix("%"))
    except ValueError:
        return 0.0


def _page(batch_id: str, *, error: IntakeError | None = None) -> str:
    with context.current().database.read() as rows:
        batch = rows.get(Batch, batch_id)
        if batch is None:
            abort(HTTPStatus.NOT_FOUND)
        row = acceptance.latest(rows, batch_id)
        told = None if row is None else acceptance_report.report(rows, row.id, now())
        left = 0 if row is None else acceptance.left(rows, row.id)
        checking = acceptance_checks.progress(rows, row) if row is not None and row.state == "checking" else None
    return render_template(
        "acceptance.html",
        batch=batch,
        row=row,
        report=told,
        left=left,
        checking=checking,
        seed=None if row is None or row.signed_at is None else row.seed,
        signs=archive_words,
        rules=RULES,
        never=acceptance.NEVER,
        reasons=REASONS,
        parts=report_parts,
        aqls=[str(aql) for aql in sampling.AQLS],
        least=LEAST_SHARE,
        mine=user().has("archivist"),
        error=error,
    )
