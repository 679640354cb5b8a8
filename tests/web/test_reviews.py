"""Reviewing by the pages: the queue, the claim, decisions, and what stops a confirmation."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import web
from intake import review
from models import drafts
from models.base import now
from tests import made_up
from tests.web.conftest import Portal
from tests.web.desk_forms import draft_of, form_of
from web import desk


def test_the_oldest_free_draft_is_opened_and_held(portal: Portal) -> None:
    """Two reviewers who ask for the next draft get two different ones, the oldest first."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    assert portal.browser("reviewer").post("/reviews/next").location == f"/reviews/{first}"
    assert portal.browser("other reviewer").post("/reviews/next").location == f"/reviews/{second}"
    assert draft_of(portal, first).claimed_by == portal.accounts["reviewer"]


def test_an_empty_queue_says_so(portal: Portal) -> None:
    """Asking for the next draft where none is free leads back to the queue."""
    reviewer = portal.browser("reviewer")
    assert reviewer.post("/reviews/next").location == "/reviews"
    assert "No free draft is waiting" in reviewer.get("/reviews").get_data(as_text=True)


def test_a_draft_that_another_reviewer_holds_is_not_given_away(portal: Portal) -> None:
    """409 with who is at fault and what to do; the page is shown without anything to press."""
    draft = portal.draft()
    portal.browser("reviewer").post(f"/reviews/{draft}/claim")
    other = portal.browser("other reviewer")
    refused = other.post(f"/reviews/{draft}/claim")
    assert refused.status_code == 409
    assert "review.already_claimed" in refused.get_data(as_text=True)
    page = other.get(f"/reviews/{draft}").get_data(as_text=True)
    assert "is working on this draft" in page
    assert "data-confirm" not in page


def test_accepting_and_correcting_makes_the_customer_file_with_its_origins(portal: Portal) -> None:
    """The confirmed page leads to a file that shows the corrected value beside what the engine had read."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    form = form_of(draft_of(portal, draft), company_name="杭州云岫测量有限公司")
    assert reviewer.post(f"/reviews/{draft}/confirm", form).location == "/reviews"
    queue = reviewer.get("/reviews").get_data(as_text=True)
    assert "/customers/C00000001" in queue
    page = reviewer.get("/customers/C00000001").get_data(as_text=True)
    assert "杭州云岫测量有限公司" in page
    assert "杭州云岫测试有限公司" in page
    assert "Corrected by a person" in page
    assert "/crop?at=" in page


def test_nothing_is_confirmed_while_a_value_is_undecided(portal: Portal) -> None:
    """409; the page names each undecided value and keeps what was decided."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    form = form_of(draft_of(portal, draft), company_name="改过的名称有限公司")
    del form["action.credit_code"]
    answer = reviewer.post(f"/reviews/{draft}/confirm", form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'href="#fact-credit_code"' in page
    assert "改过的名称有限公司" in page
    assert draft_of(portal, draft).state == "open"


def test_a_malformed_correction_is_refused_by_name(portal: Portal) -> None:
    """422; the value is named and kept for the next try."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    answer = reviewer.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft), registered_capital="many"))
    assert answer.status_code == 422
    assert 'href="#fact-registered_capital"' in answer.get_data(as_text=True)


def test_a_draft_that_changed_meanwhile_says_what_changed(portal: Portal) -> None:
    """409 with the labels of what changed since the page was read, and the page now shows the new values."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    stale = form_of(draft_of(portal, draft))
    with portal.database.unit() as unit:
        readings = [made_up.license_reading(name="杭州云岫测验有限公司")]
        documents = tuple(
            made_up.CaseDocument(document.id, reading)
            for document, reading in zip(draft_of(portal, draft).documents, readings, strict=True)
        )
        drafts.save_draft(unit, draft_of(portal, draft).case_id, made_up.drafted(documents), ["business_license"])
    answer = reviewer.post(f"/reviews/{draft}/confirm", stale)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'href="#fact-company_name"' in page
    assert f'name="version" value="{draft_of(portal, draft).version}"' in page


def test_a_claim_that_ran_out_is_told_when_the_page_asks_for_more_time(portal: Portal) -> None:
    """An open page holds its draft longer; once the claim has run out it is told so in words."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    assert "until" in reviewer.post(f"/reviews/{draft}/touch", Accept="application/json").get_json()
    with portal.database.unit() as unit:
        unit.session.get_one(drafts.Draft, draft).claimed_until = now() - timedelta(minutes=1)
    told = reviewer.post(f"/reviews/{draft}/touch", Accept="application/json")
    assert (told.status_code, told.get_json()["code"]) == (409, "review.not_claimed")


@pytest.mark.parametrize(
    ("action", "state", "reasons"),
    [("return", "returned", review.RETURN_REASONS), ("discard", "discarded", review.DISCARD_REASONS)],
)
def test_putting_a_draft_aside_needs_a_reason_that_the_clerk_then_reads(
    portal: Portal, action: str, state: str, reasons: dict[str, object]
) -> None:
    """Without a reason 422; with one the case shows it to the clerk, and the next draft opens, as after confirming."""
    draft, following = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    version = str(draft_of(portal, draft).version)
    assert reviewer.post(f"/reviews/{draft}/{action}", {"version": version}).status_code == 422
    form = {"version": version, "reason": next(iter(reasons)), "note": "请重扫第二页"}
    assert reviewer.post(f"/reviews/{draft}/{action}", form).location == f"/reviews/{following}"
    assert draft_of(portal, following).claimed_by == portal.accounts["reviewer"]
    assert draft_of(portal, draft).state == state
    assert "请重扫第二页" in portal.browser("clerk").get(f"/cases/{draft_of(portal, draft).case_id}").get_data(
        as_text=True
    )


def test_no_letter_that_leads_to_a_value_is_another_key_of_the_desk() -> None:
    """Alt and a letter is one thing: a jump, or what the key does by itself; every letter has one of both."""
    keys = (Path(web.__file__).parent / "static" / "js" / "keys.js").read_text("utf-8")
    usual = re.findall(r'^  \w+: "([a-z])",$', keys, re.MULTILINE)
    jumps = [letter for letter in desk._JUMPS.values() if len(letter) == 1]
    assert "q" in usual
    assert set(usual).isdisjoint(jumps)
    assert len({*usual, *jumps}) >= 22


def test_a_released_draft_is_free_for_others(portal: Portal) -> None:
    """Giving a draft back frees it at once."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    assert reviewer.post(f"/reviews/{draft}/release").location == "/reviews"
    assert portal.browser("other reviewer").post(f"/reviews/{draft}/claim").status_code == 302


def test_the_queue_is_filtered_by_what_stands_in_the_address(portal: Portal) -> None:
    """State, type and doubt narrow the list; words that are no filter are ignored."""
    portal.draft(confidence=0.5)
    reviewer = portal.browser("reviewer")

    def lines(query: str) -> int:
        return reviewer.get(f"/reviews?{query}").get_data(as_text=True).count('<th scope="row"')

    assert lines("") == lines("doubt=doubtful") == lines("type=business_license") == lines("state=x&doubt=y") == 1
    assert lines("doubt=none") == lines("type=contract") == lines("state=confirmed") == 0


def test_the_rules_tell_of_a_value_while_it_is_typed(portal: Portal) -> None:
    """The canonical form and how it reads; or what is wrong, in the reviewer's language. The value is in the body."""
    reviewer = portal.browser("reviewer")
    good = reviewer.post("/reviews/check", {"kind": "date", "value": "2016年3月8日"}).get_json()
    assert good["value"] == "2016-03-08"
    assert good["problems"] == []
    bad = reviewer.post("/reviews/check", {"kind": "date", "value": "soon"}).get_json()
    assert bad["value"] is None
    assert reviewer.post("/reviews/check", {"kind": "no such", "value": "x"}).status_code == 422


def test_an_auditor_reads_a_draft_and_can_press_nothing(portal: Portal) -> None:
    """The page is shown read-only."""
    draft = portal.draft()
    page = portal.browser("auditor").get(f"/reviews/{draft}").get_data(as_text=True)
    assert "杭州云岫测试有限公司" in page
    assert "data-confirm" not in page
    assert "data-claim" not in page


def test_a_confirmation_without_its_version_is_not_understood(portal: Portal) -> None:
    """A form that does not say what it was made on is refused."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    assert reviewer.post(f"/reviews/{draft}/confirm", {}).status_code == 400


def test_a_correction_with_an_error_of_its_own_is_confirmed_only_when_it_is_ticked(portal: Portal) -> None:
    """A wrong check digit typed on purpose: first refused with a box to tick and all that was typed, then confirmed."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    wrong = made_up.CODES[0][:-1] + ("A" if made_up.CODES[0][-1] != "A" else "B")
    form = form_of(draft_of(portal, draft), credit_code=wrong, company_name="改过的名称有限公司")
    refused = reviewer.post(f"/reviews/{draft}/confirm", form)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert 'name="acknowledged" value="uscc.check_digit:credit_code" data-own' in page
    assert wrong in page
    assert "改过的名称有限公司" in page
    ticked = form | {"acknowledged": "uscc.check_digit:credit_code"}
    assert reviewer.post(f"/reviews/{draft}/confirm", ticked).location == "/reviews"


def test_a_tick_for_a_typed_value_outlasts_another_mistake(portal: Portal) -> None:
    """What was ticked is still ticked when the page comes back for another reason."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    wrong = made_up.CODES[0][:-1] + ("A" if made_up.CODES[0][-1] != "A" else "B")
    form = form_of(draft_of(portal, draft), credit_code=wrong, registered_capital="many")
    form["acknowledged"] = "uscc.check_digit:credit_code"
    page = reviewer.post(f"/reviews/{draft}/confirm", form).get_data(as_text=True)
    assert 'value="uscc.check_digit:credit_code" data-own checked' in page


def _let_run_out(portal: Portal, draft_id: str) -> None:
    with portal.database.unit() as unit:
        unit.session.get_one(drafts.Draft, draft_id).claimed_until = now() - timedelta(minutes=1)


def test_who_comes_back_after_the_claim_ran_out_still_confirms_a_free_draft(portal: Portal) -> None:
    """Nobody else took it and nothing changed: the decisions on the open page are not lost."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    _let_run_out(portal, draft)
    assert reviewer.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft))).location == "/reviews"
    assert draft_of(portal, draft).state == "confirmed"


def test_a_draft_that_another_took_after_the_claim_ran_out_stays_with_the_other(portal: Portal) -> None:
    """The late one is told who works on it now, and what was typed is still on the page."""
    draft = portal.draft()
    late = portal.browser("reviewer")
    late.post(f"/reviews/{draft}/claim")
    _let_run_out(portal, draft)
    portal.browser("other reviewer").post(f"/reviews/{draft}/claim")
    answer = late.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft), company_name="改过的名称有限公司"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "is working on this draft" in page
    assert "改过的名称有限公司" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "No draft is waiting here"),
        ("state=confirmed", "No draft is in this state"),
        ("type=contract", "No draft fits the filter"),
    ],
)
def test_an_empty_list_says_what_is_empty(portal: Portal, query: str, words: str) -> None:
    """An empty queue, an empty state and a filter that fits nothing are three different things."""
    assert words in portal.browser("reviewer").get(f"/reviews?{query}").get_data(as_text=True)


@pytest.mark.parametrize("act", ["claim", "release", "confirm", "return", "discard"])
def test_the_address_of_a_refused_form_leads_back_to_its_draft(portal: Portal, act: str) -> None:
    """Asked for anew, by Enter in the address or by a change of language, it is no dead end."""
    draft = portal.draft()
    assert portal.browser("reviewer").get(f"/reviews/{draft}/{act}").location == f"/reviews/{draft}"


def test_a_confirmation_opens_the_next_free_draft_and_can_be_undone(portal: Portal) -> None:
    """The answer leads to the next draft, claimed; its page offers to undo; then the first is held, as decided."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/next")
    form = form_of(draft_of(portal, first), company_name="杭州云岫测量有限公司")
    assert reviewer.post(f"/reviews/{first}/confirm", form).location == f"/reviews/{second}"
    assert draft_of(portal, second).claimed_by == portal.accounts["reviewer"]
    assert f"/reviews/{first}/unconfirm" in reviewer.get(f"/reviews/{second}").get_data(as_text=True)
    page = reviewer.post(f"/reviews/{first}/unconfirm").get_data(as_text=True)
    assert "杭州云岫测量有限公司" in page
    assert 'value="correct" checked' in page
    assert (draft_of(portal, first).state, draft_of(portal, first).claimed_by) == (
        "open",
        portal.accounts["reviewer"],
    )


def test_what_cannot_be_undone_any_more_is_told(portal: Portal) -> None:
    """409 with what happened and what to do, also where another reviewer asks."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft}/claim")
    reviewer.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft)))
    refused = portal.browser("other reviewer").post(f"/reviews/{draft}/unconfirm")
    assert refused.status_code == 409
    assert "review.undo_over" in refused.get_data(as_text=True)
    assert reviewer.post("/reviews/no-such/unconfirm").status_code == 404


def test_the_next_drafts_picture_is_told_without_claiming_it(portal: Portal) -> None:
    """Its address alone, and none where nothing waits but what one has in hand."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/next")
    told = reviewer.get(f"/reviews/upcoming?after={first}").get_json()["pictures"]
    assert told == [f"/documents/{draft_of(portal, second).documents[0].id}/pages/1/picture"]
    assert draft_of(portal, second).claimed_by is None
    portal.browser("other reviewer").post("/reviews/next")
    assert reviewer.get(f"/reviews/upcoming?after={first}").get_json()["pictures"] == []
