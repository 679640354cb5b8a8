"""Cases: the papers of one customer's matter, what was found in them and what became of the draft."""

from __future__ import annotations

from dataclasses import replace

from apiflask import APIBlueprint
from flask import render_template

from models import links, round_views, viewings
from web import access, checklists, context, visible
from web.access import requires, user

blueprint = APIBlueprint("cases", __name__, enable_openapi=False)


@blueprint.get("/cases/<case_id>")
@requires("clerk", "reviewer", "archivist", "auditor")
def show(case_id: str) -> str:
    """One case with files, documents, pages and drafts; who looked at it is in the audit."""
    with context.current().database.read() as rows:
        found = visible.case(rows, case_id)
        blind = round_views.keys_blind(rows, case_id, user().id, decides=access.may_review(user()))
        standing = checklists.of_case(rows, found.documents, found.state, found.uploads, blind=blind)
        waiting, open_links = links.unverified(rows, case_id), links.of_case(rows, case_id)
    viewings.note(context.current().database, user().id, "case", [viewings.case(case_id)])
    if blind:
        found = replace(found, title="", documents=tuple(round_views.unread(one) for one in found.documents))
    return render_template(
        "case.html",
        case=found,
        completeness=standing,
        unverified=waiting,
        unverified_case=case_id,
        links=open_links,
        may_link=access.may_let_send(user(), found),
    )
