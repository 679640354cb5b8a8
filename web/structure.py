"""The structure of a case: its papers page by page, and what people do to them; every act is a plain form.

``POST /cases/<case_id>/pages`` takes ``tile`` (any number: ``<document>.<page from 0>`` or ``page.<page>``), ``do`` (a
name of :data:`ACTS`) and what that act needs: ``type``, ``target`` or a typed ``number``, ``at`` and ``side``.
``draft`` leads back to the reviewer's desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from intake.errors import ReviewError, StructureUnfitError, UnknownTargetError
from models import edits, round_views, structure, turning, undoing, viewings
from models.base import now
from models.database import Unit
from models.edit_rows import Edit
from models.edits import Tile
from models.regrouping import Editor
from models.structure import StructureView
from web import access, context, desk, errors, visible, words
from web.access import requires, user
from workers.queue import ring

blueprint = APIBlueprint("structure", __name__, enable_openapi=False)
_DIGITS = 6
_LOOSE = "page"
_LONGEST_NUMBER = 32
"""Characters of a case's number, of its identifier or of a customer file's number."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a form says: the pages of documents, the pages that lie in none, and what the act needs besides."""

    case_id: str
    tiles: tuple[Tile, ...]
    loose: tuple[str, ...]
    type: str | None
    target: str
    number: str
    at: Tile | None
    behind: bool

    @property
    def documents(self) -> set[str]:
        """The documents that the chosen pages lie in."""
        return {tile.document_id for tile in self.tiles}


Act = Callable[[Unit, Editor, Chosen], Edit]


@blueprint.get("/cases/<case_id>/pages")
@requires("clerk", "reviewer", "archivist", "auditor")
def show(case_id: str) -> str:
    """The papers of a case page by page; who may not change them reads."""
    return _page(_visible(case_id))


def _page(view: StructureView, wrong: ReviewError | None = None) -> str:
    """The page; ``wrong`` is what is wrong with the number that was typed for another case."""
    case_id, allowed = view.case_id, access.may_rearrange(user(), view, confirmed=view.confirmed)
    viewings.note(context.current().database, user().id, "pages", [viewings.case(case_id)])
    with context.current().database.read() as rows:
        found = structure.targets(rows, case_id, None if access.sees_all_cases(user()) else user().id)
        found = round_views.untitled(rows, found, user().id, decides=access.may_review(user()))
        (view,) = round_views.untitled(rows, [view], user().id, decides=access.may_review(user()))
    number = request.form.get("number", "")[:_LONGEST_NUMBER] if wrong else ""
    return render_template(
        "structure.html", view=view, allowed=allowed, targets=found if allowed else (), wrong=wrong, number=number
    )


@blueprint.post("/cases/<case_id>/pages")
@requires("clerk", "reviewer", "archivist")
def change(case_id: str) -> Answer | tuple[str, int]:
    """Do one act; what cannot be done is told on the page, and nothing has changed then."""
    view = _visible(case_id)
    act = ACTS.get(request.form.get("do", ""))
    if act is None:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    if not access.may_rearrange(user(), view, confirmed=view.confirmed):
        abort(HTTPStatus.FORBIDDEN)
    chosen = _chosen(case_id)
    try:
        edit = _done(act, chosen)
    except UnknownTargetError as error:
        return _page(view, error), errors.status_of(type(error))
    except ReviewError as error:
        errors.tell(error)
    else:
        flash(_told(edit), "done")
    return redirect(_back(case_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/cases/<case_id>/pages/<page_id>/thumbnail")
@requires("clerk", "reviewer", "archivist", "auditor")
def thumbnail(case_id: str, page_id: str) -> Response:
    """The small picture of a page of the case's files, whatever it lies in."""
    _visible(case_id)
    here = context.current()
    with here.database.read() as rows:
        page = structure.loose_page(rows, case_id, page_id)
    key = None if page is None else page.thumbnail or page.picture
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    viewings.note_picture(here.database, user().id, viewings.case(case_id))
    return Response(here.store.picture(key), mimetype="image/jpeg")


def _visible(case_id: str) -> StructureView:
    with context.current().database.read() as rows:
        return visible.structure_of(rows, case_id)


def _done(act: Act, chosen: Chosen) -> Edit:
    here = context.current()
    editor = Editor(user().id, here.settings.today(), now())
    with here.database.unit() as unit:
        edit = act(unit, editor, chosen)
        job_id = turning.job_of(unit.session, edit)
        if job_id is not None:
            unit.on_commit(lambda: ring(here.celery, [job_id]))
    return edit


def _told(edit: Edit) -> str:
    done = words.word(words.EDITS, edit.kind)
    return _("Undone: %(edit)s.", edit=done) if edit.undone_at is not None else f"{done}."


def _back(case_id: str) -> str:
    """The page that the form stood on."""
    other = "cases.show" if request.form.get("from") == "case" else "structure.show"
    return desk.address_of(case_id) or url_for(other, case_id=case_id)


# ---- the form -------------------------------------------------------------------------------------------------------


def _chosen(case_id: str) -> Chosen:
    """What the form says; 422 where it is not well formed."""
    form = request.form
    keys = [key.partition(".") for key in form.getlist("tile")]
    kind = form.get("type", "")
    return Chosen(
        case_id=case_id,
        tiles=tuple(_tile(f"{one}.{rest}") for one, _dot, rest in keys if one != _LOOSE),
        loose=tuple(rest for one, _dot, rest in keys if one == _LOOSE),
        type={"": None, "auto": None, "none": edits.UNKNOWN}.get(kind, kind),
        target=form.get("target", ""),
        number=form.get("number", "").strip(),
        at=_tile(form["at"]) if form.get("at") else None,
        behind=form.get("side") == "behind",
    )


def _tile(key: str) -> Tile:
    document_id, _dot, number = key.partition(".")
    if not number.isdecimal() or len(number) > _DIGITS:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return Tile(document_id, int(number))


# ---- the acts -------------------------------------------------------------------------------------------------------


def _bound(chosen: Chosen) -> tuple[Tile, ...]:
    """The chosen pages, all of them in documents; StructureUnfitError where none is or one is loose."""
    if chosen.loose or not chosen.tiles:
        raise StructureUnfitError
    return chosen.tiles


def _split(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    return edits.split(unit, chosen.case_id, editor, _bound(chosen))


def _join(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    _bound(chosen)
    return edits.join(unit, chosen.case_id, editor, chosen.documents)


def _earlier(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    return edits.step(unit, chosen.case_id, editor, _bound(chosen), -1)


def _later(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    return edits.step(unit, chosen.case_id, editor, _bound(chosen), 1)


def _place(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    tiles = _bound(chosen)
    if chosen.at is None or chosen.at in tiles:
        raise StructureUnfitError
    number = chosen.at.number + chosen.behind
    gone = sum(tile.document_id == chosen.at.document_id and tile.number < number for tile in tiles)
    where = {"document_id": chosen.at.document_id, "number": number - gone}
    return edits.place(unit, chosen.case_id, editor, tiles, **where)  # type: ignore[arg-type]  # an id and a number


def _aside(state: str) -> Act:
    return lambda unit, editor, chosen: edits.put_aside(unit, chosen.case_id, editor, _bound(chosen), state)


def _use(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    if chosen.tiles or not chosen.loose:
        raise StructureUnfitError
    return edits.take_up(unit, chosen.case_id, editor, chosen.loose)


def _type(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    if chosen.loose and not chosen.tiles:
        return edits.take_up(unit, chosen.case_id, editor, chosen.loose, chosen.type)
    _bound(chosen)
    return edits.retype(unit, chosen.case_id, editor, chosen.documents, chosen.type)


def _turn(quarters: int) -> Act:
    def act(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
        pages = {*chosen.loose, *edits.page_ids(unit, chosen.case_id, chosen.tiles)}
        return turning.turn(unit, chosen.case_id, editor, pages, quarters)

    return act


def _move(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    _bound(chosen)
    return edits.move(unit, chosen.case_id, editor, chosen.documents, _target(unit.session, chosen))


def _target(session: Session, chosen: Chosen) -> str:
    """The case that was typed or chosen and whose papers the account may arrange; others are not even there for it."""
    if len(chosen.number) > _LONGEST_NUMBER:
        raise UnknownTargetError
    meant = structure.numbered(session, chosen.number, beside=chosen.case_id) if chosen.number else (chosen.target,)
    for case_id in meant:
        if _is_arranged_by_user(session, case_id):
            return case_id
    raise UnknownTargetError


def _undo(unit: Unit, editor: Editor, chosen: Chosen) -> Edit:
    """Taking a move back changes two cases: both have to be this person's to arrange, else nothing is done."""
    edit = undoing.undo(unit, chosen.case_id, editor)
    for case_id in {edit.case_id, edit.target_id or edit.case_id} - {chosen.case_id}:
        if not _is_arranged_by_user(unit.session, case_id):
            raise StructureUnfitError
    return edit


def _is_arranged_by_user(session: Session, case_id: str) -> bool:
    """Whether there is such a case, and its papers are this person's to arrange."""
    case = structure.load(session, case_id)
    return case is not None and access.may_rearrange(user(), case, confirmed=case.confirmed)


ACTS: dict[str, Act] = {
    "split": _split,
    "join": _join,
    "earlier": _earlier,
    "later": _later,
    "place": _place,
    "turn": _turn(3),
    "turn-back": _turn(1),
    "blank": _aside("blank"),
    "useless": _aside("rejected"),
    "use": _use,
    "type": _type,
    "move": _move,
    "undo": _undo,
}
"""What can be done to the chosen pages, by the name that the form gives."""
