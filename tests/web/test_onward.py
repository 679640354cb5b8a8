"""The desk that stays while drafts change: what confirming answers it, and which pages it may fetch before."""

from __future__ import annotations

from tests import made_up
from tests.web.conftest import Portal
from tests.web.desk_forms import draft_of, form_of

STAYS = {"X-Desk": "next"}


def test_the_desk_is_given_the_next_draft_as_the_answer(portal: Portal) -> None:
    """It is claimed, its address is told, and the bar to take the confirmation back stands on it."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/next")
    answer = reviewer.post(f"/reviews/{first}/confirm", form_of(draft_of(portal, first)), **STAYS)
    assert (answer.status_code, answer.headers["Content-Location"]) == (200, f"/reviews/{second}")
    page = answer.get_data(as_text=True)
    assert f'data-draft="{second}"' in page
    assert f"/reviews/{first}/unconfirm" in page
    assert draft_of(portal, second).claimed_by == portal.accounts["reviewer"]


def test_where_nothing_waits_the_desk_is_sent_to_the_queue_which_tells_what_was_confirmed(portal: Portal) -> None:
    """The answer is empty, so that the word about the confirmation is still there for the queue's page."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/next")
    answer = reviewer.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft)), **STAYS)
    assert (answer.data, answer.headers["Content-Location"]) == (b"", "/reviews")
    assert f"/reviews/{draft}/unconfirm" in reviewer.get("/reviews").get_data(as_text=True)


def test_what_is_missing_is_told_on_the_same_desk(portal: Portal) -> None:
    """A refusal gives the draft's own page, as to a plain form."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/next")
    version = str(draft_of(portal, draft).version)
    refused = reviewer.post(f"/reviews/{draft}/confirm", {"version": version}, **STAYS)
    assert refused.status_code >= 400
    assert f'data-draft="{draft}"' in refused.get_data(as_text=True)


def test_no_browser_keeps_a_page_picture_on_its_disk(portal: Portal) -> None:
    """The desk holds what it fetched before in the page's memory, which ends with the page."""
    document = draft_of(portal, portal.draft()).documents[0].id
    reviewer = portal.browser("reviewer")
    answer = reviewer.get(f"/documents/{document}/pages/1/picture")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


def test_what_hinders_a_desk_that_stays_is_told_as_a_problem(portal: Portal) -> None:
    """Nobody signed in, or a token of an earlier sign-in: no page that would take the desk's place."""
    draft = portal.draft()
    stranger, reviewer = portal.stranger(), portal.browser("reviewer")
    gone = stranger.post(f"/reviews/{draft}/confirm", {}, **STAYS)
    assert (gone.status_code, gone.json["code"]) == (401, "http.401")
    reviewer.get("/reviews")
    old = reviewer.post(f"/reviews/{draft}/confirm", {"csrf_token": "of an earlier sign-in"}, **STAYS)
    assert (old.status_code, old.json["code"]) == (400, "http.400")
