"""Batches of legacy archives: how far they are, what they ask, the strip of each folder, where every page is.

``POST /archive/<batch>/folders/<folder>`` takes ``tile`` (numbers of pages, from 1), ``do`` (a name of :data:`ACTS`)
and ``reason`` where pages are rejected. Boxes are named by their place in the batch, since people's names may stand on
them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from itertools import groupby
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from intake.errors import IntakeError, ReviewError, RootRefusedError, RootTakenError
from models import batch_answers, batch_exceptions, batch_items, batch_ledger, batch_roots, batches, packages, viewings
from models.base import now
from models.batch_items import StripPage, StripView
from models.batch_ledger import Whereabouts
from models.batch_rows import Batch, BatchException, LedgerPage
from models.batches import BatchView
from models.cases import Page
from models.database import Unit
from web import archive_words, context, errors
from web import packages as handing
from web.access import requires, user
from workers.queue import ring

blueprint = APIBlueprint("archive", __name__, enable_openapi=False)
SHOWN = 100
"""Exceptions that one page shows; the next ones follow as these are answered."""

_DIGITS = 7


@blueprint.get("/archive")
@requires("archivist", "auditor")
def index() -> str:
    """Every batch, the latest first."""
    with context.current().database.read() as rows:
        found = batches.listed(rows)
    return render_template("archive.html", found=found, signs=archive_words)


@blueprint.get("/archive/new")
@requires("archivist")
def new() -> str:
    """The folders that a batch may be begun over."""
    return _offered(None)


@blueprint.post("/archive/new")
@requires("archivist")
def begin() -> str | Answer | tuple[str, int]:
    """Look into a folder, or begin a batch over it; folders are named in the form, for names may stand on them."""
    here, path = context.current(), request.form.get("path", "")
    if request.form.get("do") != "begin":
        return _offered(path or None)
    try:
        folder = batch_roots.allowed(here.settings.archive_roots, path)
    except RootRefusedError as error:
        return _offered(None, error=error), errors.status_of(type(error))
    boundaries = request.form.get("boundaries", "auto")
    if boundaries not in archive_words.BOUNDARIES:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    with here.database.unit() as unit:
        if (taken := batches.taken(unit, str(folder))) is not None:
            errors.tell(RootTakenError())
            return redirect(url_for("archive.show", batch_id=taken.id), HTTPStatus.SEE_OTHER)
        batch = batches.begin(
            unit,
            name=request.form.get("name", "").strip() or folder.name,
            root=str(folder),
            user_id=user().id,
            boundaries=boundaries,
            move="move" in request.form,
            watched="watched" in request.form,
            fed=True,
        )
    flash(_("Begun: its files are looked for."), "done")
    return redirect(url_for("archive.show", batch_id=batch.id), HTTPStatus.SEE_OTHER)


@blueprint.get("/archive/<batch_id>")
@requires("archivist", "auditor")
def show(batch_id: str) -> str:
    """A batch: its counts, its open questions, the folders of one of its boxes."""
    return _page(batch_id)


@blueprint.get("/archive/<batch_id>/counts")
@requires("archivist", "auditor")
def counts(batch_id: str) -> str:
    """The counts alone: what a page that stays open asks for."""
    with context.current().database.read() as rows:
        return render_template("_archive_counts.html", view=_view(rows, batch_id), signs=archive_words)


@blueprint.get("/archive/<batch_id>/where")
@requires("archivist", "auditor")
def where(batch_id: str) -> str:
    """Where the page of a number is that a box counts."""
    number = request.args.get("page", "")
    with context.current().database.read() as rows:
        box = _box(rows, batch_id)
        known = box is not None and number.isdecimal() and len(number) <= _DIGITS
        found = batch_ledger.where(rows, batch_id, box or "", int(number)) if known else None
    return _page(batch_id, asked=number, found=found)


@blueprint.post("/archive/<batch_id>")
@requires("archivist")
def act(batch_id: str) -> Answer:
    """Pause, go on, or close."""
    done = {"pause": _pause, "resume": _resume, "close": _close}.get(request.form.get("do", ""))
    if done is None:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    with context.current().database.read() as rows:
        _view(rows, batch_id)
    try:
        with context.current().database.unit() as unit:
            text = done(unit, batch_id)
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(text, "done")
    return redirect(url_for("archive.show", batch_id=batch_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/archive/<batch_id>/exceptions/<exception_id>")
@requires("archivist")
def answer(batch_id: str, exception_id: str) -> Answer:
    """Answer what a batch asks."""
    here = context.current()
    with here.database.read() as rows:
        asked = rows.get(BatchException, exception_id)
        if asked is None or asked.batch_id != batch_id:
            abort(HTTPStatus.NOT_FOUND)
        folder_id = asked.folder_id
    reason = request.form.get("reason") or None
    try:
        with here.database.unit() as unit:
            said = request.form.get("answer", "")
            jobs = batch_answers.settle(unit, exception_id, user().id, said, now(), reason=reason)
            unit.on_commit(lambda: ring(here.celery, jobs))
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(_("Answered."), "done")
    if request.form.get("from") == "folder" and folder_id is not None:
        return redirect(url_for("archive.folder", batch_id=batch_id, folder_id=folder_id), HTTPStatus.SEE_OTHER)
    return redirect(url_for("archive.show", batch_id=batch_id, _anchor="questions"), HTTPStatus.SEE_OTHER)


@blueprint.get("/archive/<batch_id>/folders/<folder_id>")
@requires("archivist", "auditor")
def folder(batch_id: str, folder_id: str) -> str:
    """The strip of a folder: every page in order, its items, what it asks."""
    with context.current().database.read() as rows:
        view = _view(rows, batch_id)
        strip = _strip(rows, batch_id, folder_id)
        asked = batch_exceptions.open_ones(rows, batch_id, folder_id)
    viewings.note(context.current().database, user().id, "archive", [viewings.folder(folder_id)])
    return render_template(
        "archive_folder.html",
        view=view,
        strip=strip,
        sections=_sections(strip.pages),
        asked=asked,
        signs=archive_words,
        allowed=user().has("archivist") and strip.open,
    )


@blueprint.post("/archive/<batch_id>/folders/<folder_id>")
@requires("archivist")
def change(batch_id: str, folder_id: str) -> Answer:
    """Do one act to the chosen pages of a folder; what cannot be done is told, and nothing has changed then."""
    done = ACTS.get(request.form.get("do", ""))
    numbers = [number for number in request.form.getlist("tile") if number.isdecimal() and len(number) <= _DIGITS]
    if done is None or len(numbers) != len(request.form.getlist("tile")):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    here = context.current()
    with here.database.read() as rows:
        _strip(rows, batch_id, folder_id)
    try:
        with here.database.unit() as unit:
            text = done(unit, folder_id, sorted(map(int, numbers)))
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(text, "done")
    return redirect(url_for("archive.folder", batch_id=batch_id, folder_id=folder_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/archive/pages/<ledger_page_id>/<size>")
@requires("archivist", "auditor")
def picture(ledger_page_id: str, size: str) -> Response:
    """The picture of a page of the ledger: ``small`` for the strip, ``large`` to look at."""
    here = context.current()
    with here.database.read() as rows:
        entry = rows.get(LedgerPage, ledger_page_id)
        page = None if entry is None or entry.page_id is None else rows.get(Page, entry.page_id)
    key = None if page is None else (page.thumbnail or page.picture) if size == "small" else page.picture
    if entry is None or key is None or size not in {"small", "large"}:
        abort(HTTPStatus.NOT_FOUND)
    viewings.note_picture(here.database, user().id, viewings.folder(entry.folder_id))
    return Response(here.store.picture(key), mimetype="image/jpeg")


def _offered(path: str | None, *, error: IntakeError | None = None) -> str:
    setting = context.current().settings.archive_roots
    try:
        found = batch_roots.below(setting, path)
    except RootRefusedError as refused:
        path, found, error = None, batch_roots.below(setting), refused
    return render_template(
        "archive_new.html", path=path, name=Path(path or "").name, found=found, error=error, signs=archive_words
    )


def _page(batch_id: str, *, asked: str = "", found: Whereabouts | None = None) -> str:
    with context.current().database.read() as rows:
        view = _view(rows, batch_id)
        boxes = batches.boxes(rows, batch_id)
        box = _box(rows, batch_id)
        folders = batches.folders_of(rows, batch_id, box) if box is not None else []
        questions = batch_exceptions.open_ones(rows, batch_id)
        ready = batches.to_confirm(rows, batch_id, SHOWN)
        made = packages.of_batch(rows, batch_id)
    return render_template(
        "archive_batch.html",
        view=view,
        boxes=boxes,
        box=boxes.index(box) if box is not None else 0,
        folders=folders,
        questions=questions[:SHOWN],
        ready=ready,
        asked=asked,
        found=found,
        signs=archive_words,
        allowed=user().has("archivist"),
        **handing.shown(batch_id, view.line.state, made),
    )


def _view(rows: Session, batch_id: str) -> BatchView:
    found = batches.view(rows, batch_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _strip(rows: Session, batch_id: str, folder_id: str) -> StripView:
    found = batch_items.strip(rows, folder_id)
    if found is None or found.batch_id != batch_id:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _box(rows: Session, batch_id: str) -> str | None:
    """The box that the address names by its place; the first one where it names none."""
    place, names = request.args.get("box", "0"), batches.boxes(rows, batch_id)
    number = int(place) if place.isdecimal() and len(place) <= _DIGITS else 0
    return names[number] if number < len(names) else None


def _sections(pages: Sequence[StripPage]) -> list[tuple[int | None, list[StripPage]]]:
    """The strip cut where items begin: each with its number, what lies before the first one without."""
    begun, numbered = 0, list[tuple[int, StripPage]]()
    for page in pages:
        begun += page.opens
        numbered.append((begun, page))
    runs = [[page for _number, page in run] for _number, run in groupby(numbered, key=lambda one: one[0])]
    return [(next((page.item for page in run if page.opens), None), run) for run in runs]


# ---- what can be done -----------------------------------------------------------------------------------------------


def _pause(unit: Unit, batch_id: str) -> str:
    return (
        _("Paused: no further file is taken in.") if batches.pause(unit, batch_id, user().id) else _("It does not run.")
    )


def _resume(unit: Unit, batch_id: str) -> str:
    root = unit.session.get_one(Batch, batch_id).root
    if Path(root).is_dir():  # of one that is not there the feeder tells
        batch_roots.allowed(context.current().settings.archive_roots, root)
    return _("It goes on.") if batches.resume(unit, batch_id, user().id, fed=True) else _("It was not paused.")


def _close(unit: Unit, batch_id: str) -> str:
    balance = batch_ledger.close(unit, batch_id, user().id)
    return _("Closed: each of %(count)s pages is accounted for.", count=balance.received)


Act = Callable[[Unit, str, Sequence[int]], str]


def _each(change: Callable[..., None], said: Callable[[], str]) -> Act:
    """An act on each of the chosen pages."""

    def act(unit: Unit, folder_id: str, numbers: Sequence[int]) -> str:
        for number in numbers:
            change(unit, folder_id, user().id, number=number)
        return said()

    return act


def _join(unit: Unit, folder_id: str, numbers: Sequence[int]) -> str:
    """Join the items of the chosen pages with those before them, the last one first."""
    strip = batch_items.strip(unit.session, folder_id)
    items = {page.item for page in strip.pages if page.number in numbers and page.item} if strip else set()
    for item in sorted(items, reverse=True):
        batch_items.join(unit, folder_id, user().id, item=item)
    return _("Joined.")


def _reject(unit: Unit, folder_id: str, numbers: Sequence[int]) -> str:
    for number in numbers:
        batch_items.reject(unit, folder_id, user().id, number=number, reason=request.form.get("reason", ""))
    return _("Rejected.")


def _confirm(unit: Unit, folder_id: str, _numbers: Sequence[int]) -> str:
    here = context.current()
    jobs = batch_items.confirm(unit, folder_id, user().id, now())
    unit.on_commit(lambda: ring(here.celery, jobs))
    if not jobs:
        return _("Confirmed: its items are fixed once the cover sheets of its neighbours are read.")
    return _("Confirmed: the items are fixed and drafted.")


ACTS: dict[str, Act] = {
    "part": _each(batch_items.part, lambda: _("A new item begins there.")),
    "join": _join,
    "blank": _each(batch_items.set_blank, lambda: _("Marked as blank.")),
    "separator": _each(batch_items.set_separator, lambda: _("Marked as a separator.")),
    "restore": _each(batch_items.restore, lambda: _("Filed again.")),
    "reject": _reject,
    "confirm": _confirm,
}
"""What can be done to the pages of a folder, by the name that the form gives."""
