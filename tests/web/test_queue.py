"""The queue's page: its filter stands in the address, and reviewers share the work out."""

from __future__ import annotations

from sqlalchemy import select

from models.audit import AuditRow
from tests import made_up
from tests.web.conftest import Portal


def test_ticked_drafts_are_assigned_and_found_under_their_filter(portal: Portal) -> None:
    """Assigning is audited once for each draft; each filter shows its part, and the address tells no name."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    colleague = portal.accounts["other reviewer"]
    answer = reviewer.post("/reviews/assign?assigned=nobody", {"draft": first, "to": colleague})
    assert answer.location == "/reviews?assigned=nobody"
    assert "1 draft assigned." in reviewer.get("/reviews").get_data(as_text=True)
    left = reviewer.get("/reviews?assigned=nobody").get_data(as_text=True)
    assert (f"/reviews/{first}" in left, f"/reviews/{second}" in left) == (False, True)
    theirs = portal.browser("other reviewer").get("/reviews?assigned=me").get_data(as_text=True)
    assert (f"/reviews/{first}" in theirs, f"/reviews/{second}" in theirs) == (True, False)
    with portal.database.read() as rows:
        told = rows.scalars(select(AuditRow).where(AuditRow.action == "draft.assigned")).all()
    assert [(row.actor, row.subject_id, row.details) for row in told] == [
        (portal.accounts["reviewer"], first, {"account": colleague})
    ]
    assert reviewer.post("/reviews/next").location == f"/reviews/{second}"


def test_drafts_are_assigned_to_reviewers_alone_and_by_reviewers_alone(portal: Portal) -> None:
    """A clerk is given none, and an auditor gives none and is shown nothing to tick."""
    draft = portal.draft()
    assert (
        portal.browser("reviewer").post("/reviews/assign", {"draft": draft, "to": portal.accounts["clerk"]}).status_code
        == 404
    )
    auditor = portal.browser("auditor")
    assert auditor.post("/reviews/assign", {"draft": draft}).status_code == 403
    assert 'name="draft"' not in auditor.get("/reviews?assigned=somebody").get_data(as_text=True)


def test_words_that_no_filter_has_ask_for_nothing(portal: Portal) -> None:
    """An address that somebody made up shows the queue as it is."""
    draft = portal.draft()
    page = portal.browser("auditor").get("/reviews?hours=x&assigned=me&doubt=y&state=z").get_data(as_text=True)
    assert f"/reviews/{draft}" in page


def test_the_count_follows_the_filter(portal: Portal) -> None:
    """The page names the address that tells how many drafts fit its filter just now."""
    reviewer = portal.browser("reviewer")
    address = "/reviews/count?doubt=none"
    assert reviewer.get(address).json == {"text": "0 drafts"}
    portal.draft()
    assert reviewer.get(address).json == {"text": "1 draft"}
    assert f'data-count="{address}"' in reviewer.get("/reviews?doubt=none").get_data(as_text=True)
