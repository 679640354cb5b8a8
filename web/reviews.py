"""Reviewing: the queue, and one draft beside its scans, where a person decides on every value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import fields
from intake.errors import AlreadyClaimedError, AlreadySettledError, ReviewError, SamePersonError
from models import (
    accounts,
    assigning,
    draft_views,
    drafts,
    preferences,
    queue,
    queue_views,
    round_views,
    taking,
    viewings,
)
from models.base import now
from models.draft_views import DraftView
from web import access, bounds, context, desk, efforts, errors, filtering, matches, pages, queue_columns, words
from web.access import requires, user
from web.changing import change
from web.languages import shown

blueprint = APIBlueprint("reviews", __name__, enable_openapi=False)
_AT_ONCE = 200
"""Drafts that are assigned in one go."""
_LONGEST_NUMBER = 32
"""Characters of a customer's number."""


@blueprint.get("/reviews")
@requires("reviewer", "auditor", "administrator")
def index() -> str:
    """The queue, oldest first; the filter stands in the address. Administrators see it without names and numbers."""
    wanted = filtering.wanted(request.args)
    me = user()
    with context.current().database.read() as rows:
        page = queue.queue(rows, wanted, request.args.get("cursor"))
        items = round_views.untitled(rows, page.items, me.id, decides=access.may_review(me))
        colleagues = accounts.reviewers(rows) if access.may_assign(me) else ()
        views = queue_views.seen_by(rows, me.id)
        columns = queue_columns.chosen(preferences.read(rows, me.id, preferences.QUEUE_COLUMNS))
    if not access.may_see_drafts(me):
        items = tuple(replace(item, title="", customer_number=None) for item in items)
    return render_template(
        "reviews.html",
        page=replace(page, items=items),
        wanted=wanted,
        asked=filtering.address(wanted),
        states=filtering.STATES,
        ages=filtering.AGES,
        colleagues=colleagues,
        views=views,
        columns=columns,
        column_words=queue_columns.COLUMNS,
        now=now(),
    )


@blueprint.get("/reviews/count")
@requires("reviewer", "auditor", "administrator")
def count() -> Response:
    """How many drafts fit the address's filter just now; the page asks for it while somebody looks at it."""
    with context.current().database.read() as rows:
        found = queue.count(rows, filtering.wanted(request.args))
    return jsonify({"text": ngettext("%(count)s draft", "%(count)s drafts", found, count=format_decimal(found))})


@blueprint.post("/reviews/assign")
@requires("reviewer", "administrator")
def assign() -> Response:
    """Make the ticked drafts one colleague's work, or nobody's, and show the same part of the queue again."""
    chosen = request.form.getlist("draft")[:_AT_ONCE]
    try:
        with context.current().database.unit() as unit:
            done = assigning.assign(unit, chosen, request.form.get("to") or None, by=user().id)
    except LookupError:
        abort(HTTPStatus.NOT_FOUND)
    flash(ngettext("%(num)d draft assigned.", "%(num)d drafts assigned.", done), "done")
    return redirect(url_for("reviews.index", **filtering.address(filtering.wanted(request.args))))


@blueprint.post("/reviews/next")
@requires("reviewer")
def open_next() -> Response:
    """Claim the oldest free draft, or the oldest that this reviewer holds already, and open it."""
    claimed = _claim_next()
    if claimed is not None:
        return redirect(url_for("reviews.show", draft_id=claimed))
    flash(_("No free draft is waiting. Well done."), "done")
    return redirect(url_for("reviews.index"))


@blueprint.get("/reviews/upcoming")
@requires("reviewer")
def upcoming() -> Response:
    """Where the pictures of the draft lie that this reviewer would be given next, so that they can be fetched before.

    Addresses only: nothing of the draft itself is told, and it is not claimed.
    """
    here = context.current()
    with here.database.read() as rows:
        found = queue.following(rows, user().id, now(), beside=request.args.get("after", ""))
    draft = None if found is None else _load(found)
    pages = [] if draft is None else desk.first_pages(draft)
    if draft is not None and pages:
        viewings.note(here.database, user().id, "ahead", [viewings.case(draft.case_id)])
    return jsonify({"pictures": [url_for("documents.picture", document_id=one, number=page) for one, page in pages]})


def _claim_next() -> str | None:
    """The draft that this reviewer is given next, now claimed; ``None`` where none is free."""
    here = context.current()
    with here.database.unit() as unit:
        return taking.claim_next(unit, user().id, here.settings.claim_minutes)


def _held_again(draft: DraftView) -> DraftView:
    """The draft, claimed once more where this reviewer's claim has run out and nobody else took it.

    Who comes back to a page after lunch loses nothing by that: what may have changed meanwhile, the version tells.
    """
    ran_out = draft.claimed_by == user().id and draft.claimed_until is not None and draft.claimed_until < now()
    return _load(draft.id) if ran_out and _claimed(draft.id) else draft


def _claimed(draft_id: str) -> bool:
    """Whether this reviewer got the draft; another one may have been quicker."""
    here = context.current()
    try:
        with here.database.unit() as unit:
            drafts.claim(unit, draft_id, user().id, here.settings.claim_minutes)
    except (AlreadyClaimedError, AlreadySettledError, SamePersonError):
        return False
    return True


@blueprint.get("/reviews/<draft_id>")
@requires("reviewer", "auditor")
def show(draft_id: str) -> str:
    """One draft: to decide on for who holds it, to read for all others."""
    return desk.page(_load(draft_id))


@blueprint.get("/reviews/<draft_id>/claim")
@blueprint.get("/reviews/<draft_id>/release")
@blueprint.get("/reviews/<draft_id>/confirm")
@blueprint.get("/reviews/<draft_id>/return")
@blueprint.get("/reviews/<draft_id>/discard")
@blueprint.get("/reviews/<draft_id>/customer")
@blueprint.get("/reviews/<draft_id>/matches")
@blueprint.get("/reviews/<draft_id>/unconfirm")
@requires("reviewer", "auditor")
def acted(draft_id: str) -> Response:
    """The address that stays in the browser after a refusal, asked for anew: the draft as it now stands."""
    return redirect(url_for("reviews.show", draft_id=draft_id))


@blueprint.post("/reviews/<draft_id>/claim")
@requires("reviewer")
def claim(draft_id: str) -> Response:
    """Hold the draft and open it."""
    here = context.current()
    change(draft_id, lambda unit: drafts.claim(unit, draft_id, user().id, here.settings.claim_minutes))
    return redirect(url_for("reviews.show", draft_id=draft_id))


@blueprint.post("/reviews/<draft_id>/touch")
@requires("reviewer")
def touch(draft_id: str) -> Response:
    """Hold the draft longer: the page asks for it while it is open, and hears whether it is still up to date."""
    here = context.current()
    until = change(draft_id, lambda unit: drafts.touch(unit, draft_id, user().id, here.settings.claim_minutes))
    with here.database.read() as rows:
        pulse = draft_views.pulse(rows, draft_id)
    return jsonify({"until": until.isoformat(), "version": pulse.version, "reading": pulse.reading})


@blueprint.post("/reviews/<draft_id>/release")
@requires("reviewer")
def release(draft_id: str) -> Response:
    """Give the draft back to the queue."""
    change(draft_id, lambda unit: drafts.release(unit, draft_id, user().id))
    return redirect(url_for("reviews.index"))


@blueprint.post("/reviews/<draft_id>/confirm")
@requires("reviewer")
def confirm(draft_id: str) -> Response | tuple[str, int]:
    """Make the decided values the customer file; where something is missing, the page says what and keeps the rest."""
    draft = _held_again(_load(draft_id))
    form = request.form
    decided = desk.decisions(draft, form)
    ticked = frozenset(form.getlist("acknowledged"))
    try:
        said = {"acknowledged": ticked, "spent": efforts.spent(form)}
        number = change(draft_id, lambda unit: drafts.confirm(unit, draft_id, user().id, _version(), decided, **said))
    except ReviewError as error:
        return desk.page(_load(draft_id), error=error, form=form), errors.status_of(type(error))
    if number is None:
        flash(_("Kept. Another reviewer decides on it next."), f"keyed:{draft_id}")
    else:
        flash(_("Confirmed. The customer file is %(number)s.", number=number), f"confirmed:{number}:{draft_id}")
    return _onward(_claim_next())


def _onward(draft_id: str | None) -> Response:
    """To the next draft's desk, or to the queue.

    A desk that stays where it is (``X-Desk: next``) is given the next one as the answer itself; where there is none,
    only the queue's address.
    """
    there = url_for("reviews.index") if draft_id is None else url_for("reviews.show", draft_id=draft_id)
    if draft_id is None or request.headers.get("X-Desk") != "next":
        return pages.lead(there)
    answer = make_response(desk.page(_load(draft_id)))
    answer.headers["Content-Location"] = there
    return answer


@blueprint.post("/reviews/<draft_id>/customer")
@requires("reviewer")
def choose_customer(draft_id: str) -> str | tuple[str, int]:
    """Say whose papers they are: a customer's number, ``new``, or nothing for what the papers tell; the draft anew."""
    before, form = _held_again(_load(draft_id)), request.form
    choice = form.get("choice", "")[:_LONGEST_NUMBER] or None
    try:
        change(draft_id, lambda unit: drafts.choose_customer(unit, draft_id, user().id, _version(), choice))
    except ReviewError as error:
        return desk.page(_load(draft_id), error=error, form=form), errors.status_of(type(error))
    after = _load(draft_id)
    return desk.page(after, form=matches.still_decided(form, before, after))


@blueprint.post("/reviews/<draft_id>/matches")
@requires("reviewer")
def list_matches(draft_id: str) -> str:
    """The list of customers anew, by the values as the form has them; for who holds the draft."""
    draft = _load(draft_id)
    if draft.claimed_by != user().id:
        abort(HTTPStatus.NOT_FOUND)
    found = matches.of_draft(draft, request.form)
    return render_template("_matches.html", draft=draft, mine=True, matches=found, match_reason=matches.reason)


@blueprint.post("/reviews/<draft_id>/unconfirm")
@requires("reviewer")
def unconfirm(draft_id: str) -> str:
    """Take a confirmation, or a word for another person, back: the draft as it was left, held again, all as decided."""
    here = context.current()
    decided = change(draft_id, lambda unit: drafts.unconfirm(unit, draft_id, user().id, here.settings.claim_minutes))
    draft = _load(draft_id)
    return desk.page(draft, form=desk.form_of(draft, decided))


@blueprint.post("/reviews/<draft_id>/return")
@requires("reviewer")
def return_to_clerk(draft_id: str) -> Response | tuple[str, int]:
    """Give the case back to the clerk, with a reason."""
    return _put_aside(draft_id, drafts.return_to_clerk, _("Returned to the clerk."))


@blueprint.post("/reviews/<draft_id>/discard")
@requires("reviewer")
def discard(draft_id: str) -> Response | tuple[str, int]:
    """Put the draft aside for good, with a reason."""
    return _put_aside(draft_id, drafts.discard, _("Discarded."))


def _put_aside(draft_id: str, act: Callable[..., None], done: str) -> Response | tuple[str, int]:
    """Settle the draft without a customer file, and on to the next one, as after confirming."""
    reason, note = request.form.get("reason", ""), request.form.get("note", "")
    _held_again(_load(draft_id))
    try:
        spent = efforts.spent(request.form)
        change(draft_id, lambda unit: act(unit, draft_id, user().id, _version(), reason, note=note, spent=spent))
    except ReviewError as error:
        return desk.page(_load(draft_id), error=error), errors.status_of(type(error))
    flash(done, "done")
    return _onward(_claim_next())


@blueprint.post("/reviews/check")
@requires("reviewer")
def check() -> Response:
    """What the rules say of a value being typed: its canonical form, how it reads, what is wrong with it."""
    kind = request.form.get("kind", "")
    if kind not in fields.kinds():
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    verdict = fields.check(kind, bounds.value(request.form, "value"))
    problems = [{"severity": problem.severity, "message": shown(problem.message)} for problem in verdict.problems]
    return jsonify({"value": verdict.value, "shown": words.displayed(kind, verdict.value), "problems": problems})


def _load(draft_id: str) -> DraftView:
    with context.current().database.read() as rows:
        found = draft_views.load(rows, draft_id)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return round_views.seen_by(rows, found, user().id, decides=access.may_review(user()))


def _version() -> int:
    return bounds.version(request.form.get("version"))
