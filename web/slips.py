"""The slip of a returned case: a page for the printer whose code leads the new scan back to the case."""

from __future__ import annotations

from http import HTTPStatus

import segno
from apiflask import APIBlueprint
from flask import abort, render_template
from markupsafe import Markup

from intake.customers import slips
from models import overviews
from models.signing import secret_key
from web import access, context
from web.access import requires, user

blueprint = APIBlueprint("slips", __name__, enable_openapi=False)


@blueprint.get("/cases/<case_id>/slip")
@requires("clerk", "reviewer", "archivist")
def show(case_id: str) -> str:
    """The slip: number, code, why and what to do; no name and nothing that was read, for it lies on desks."""
    here = context.current()
    with here.database.read() as rows:
        case = overviews.case(rows, case_id)
    if case is None or case.slip_number is None or not access.may_print_slip(user(), case):
        abort(HTTPStatus.NOT_FOUND)
    returned = next((draft for draft in case.drafts if draft.state == "returned"), None)
    code = _picture(slips.payload(secret_key(here.settings), case.id))
    return render_template("slip.html", case=case, draft=returned, code=code)


def _picture(payload: str) -> Markup:
    """A QR code as SVG without styles of its own; a quarter of it may be dirty (level Q)."""
    made = segno.make_qr(payload, error="q")
    return Markup(made.svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None))  # noqa: S704 - our own SVG
