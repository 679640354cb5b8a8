"""Checklists: which papers a customer of each kind must bring. Administrators set them; cases and files show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from intake import doctypes
from intake.customers import completeness
from intake.customers.completeness import NEEDS, USUAL, Checklist, Item, Paper
from intake.types import CustomerKind
from models import policies
from models.uploads import UploadStatus
from models.views import DocumentView, names_of
from web import access, context
from web.access import requires, user

blueprint = APIBlueprint("checklists", __name__, enable_openapi=False)
POLICY = "checklists"


@blueprint.get("/checklists")
@requires("administrator", "auditor", "security")
def index() -> str:
    """The checklist of each kind of customer; to change for administrators, to read for the others."""
    with context.current().database.read() as rows:
        kept = policies.rows(rows).get(POLICY)
        names = names_of(rows, [kept.changed_by]) if kept else {}
        lists = _lists(rows)
    return render_template(
        "checklists.html",
        lists=lists,
        needs=NEEDS,
        kept=kept,
        names=names,
        may_change=access.may_change_policies(user()),
    )


@blueprint.post("/checklists")
@requires("administrator")
def change() -> Response:
    """Set what the form says; what it says wrongly is not asked for."""
    wanted = {
        kind: {name: need for name in _types() if (need := request.form.get(f"{kind}.{name}", "")) in NEEDS}
        for kind in USUAL
    }
    with context.current().database.unit() as unit:
        changed = policies.change(unit, POLICY, wanted, user_id=user().id)
    flash(_("Kept. It counts from now on.") if changed else _("Nothing was changed."), "done")
    return redirect(url_for("checklists.index"))


def of_case(
    rows: Session, documents: Sequence[DocumentView], state: str, uploads: Iterable[UploadStatus], *, blind: bool
) -> tuple[Item, ...]:
    """How the papers of a case stand, with what first looks told of those that are still being read.

    ``blind``: for who may see nothing that was read.
    """
    unsettled = [file for upload in uploads for file in upload.files if file.settled_at is None]
    seen = {look.type for file in unsettled for look in file.glances if look.type is not None}
    items = of_papers(rows, documents, seen=seen)
    if state == "reading":
        items = completeness.under_way(items, seen)
    return completeness.brought(items) if blind else items


def of_papers(
    rows: Session, documents: Sequence[DocumentView], kind: CustomerKind | None = None, seen: Collection[str] = ()
) -> tuple[Item, ...]:
    """How a customer's papers stand against the checklist of his kind, which the papers tell where it is not given.

    ``seen`` are the types of papers that are not read yet.
    """
    papers = [Paper(document.id, document.reading) for document in documents]
    kind = kind or completeness.kind_of(papers, _kinds(), seen)
    if kind is None:
        return ()
    return completeness.check(papers, _lists(rows)[kind], context.current().settings.today())


def _lists(rows: Session) -> dict[CustomerKind, Checklist]:
    return completeness.known(policies.value(rows, POLICY), _types())


def _types() -> list[str]:
    return [kind.name for kind in doctypes.laid_out()]


def _kinds() -> dict[str, CustomerKind]:
    """Whose paper each type is; a type that repeats in a case and is no card (a contract) may be anybody's."""
    return {kind.name: kind.customer for kind in doctypes.types() if not (kind.repeats and kind.customer == "company")}
