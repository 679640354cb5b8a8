"""The slip of a returned case: a page for the printer whose code leads the new scan back to the case."""

from __future__ import annotations

from http import HTTPStatus

import segno
from apiflask import APIBlueprint
from flask import abort, render_template
from markupsafe import Markup

from intake import review
from intake.customers import slips
from intake.types import Label
from models.signing import secret_key
from web import access, context, visible
from web.access import requires, user
from web.languages import shown

blueprint = APIBlueprint("slips", __name__, enable_openapi=False)

JOININGS: dict[str, Label] = {
    "several": Label(
        "这次上传里有几个案卷的退件单，无法确定属于哪一个，材料留在这里。",
        "Slips of several cases lie in this upload; which it belongs to cannot be told, so its papers stay here.",
    ),
    "unknown": Label(
        "退件单指向的案卷不存在，或退件单不是本系统打印的；材料留在这里。",
        "The slip leads to no case, or was not printed here; the papers stay here.",
    ),
    "not_theirs": Label(
        "上传者不能查看退件单指向的案卷；材料留在这里，请审核员处理。",
        "Whoever handed these in may not see the slip's case; the papers stay here for a reviewer.",
    ),
}
"""Why papers could not join the case that their slip names."""


@blueprint.get("/cases/<case_id>/slip")
@requires("clerk", "reviewer", "archivist")
def show(case_id: str) -> str:
    """The slip: number, code, why and what to do; no name and nothing that was read, for it lies on desks."""
    here = context.current()
    with here.database.read() as rows:
        case = visible.case(rows, case_id)
    returned = next((draft for draft in case.drafts if draft.state == "returned"), None)
    if returned is None or not access.may_print_slip(user(), case):
        abort(HTTPStatus.NOT_FOUND)
    code = _picture(slips.payload(secret_key(here.settings), case.id))
    return render_template("slip.html", case=case, draft=returned, code=code)


def _picture(payload: str) -> Markup:
    """A QR code as SVG without styles of its own; a quarter of it may be dirty (level Q)."""
    made = segno.make_qr(payload, error="q")
    return Markup(made.svg_inline(border=4, omitsize=True, svgclass="code", lineclass=None))  # noqa: S704 - our own SVG


@blueprint.app_template_global("next_step_of")
def step(code: str) -> str:
    """What the clerk does about a reason for returning; empty where nothing is said of it."""
    return shown(review.RETURN_STEPS[code]) if code in review.RETURN_STEPS else ""


@blueprint.app_template_filter("case_number")
def grouped(digits: str) -> str:
    """A case's number as people read and type it: in groups.

    >>> grouped("1000017")
    '100 0017'
    """
    return f"{digits[:-4]} {digits[-4:]}"


@blueprint.app_template_global("joining")
def joining(code: str) -> str:
    """Why papers could not join the case that their slip names, in words."""
    return shown(JOININGS[code]) if code in JOININGS else code
