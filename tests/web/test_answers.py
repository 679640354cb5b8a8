"""Answers by the page: kept at once, shown as decided after a reload, refused where they cannot be kept."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Browser, Portal


@pytest.fixture
def draft(portal: Portal) -> str:
    """A draft that the reviewer holds."""
    made = portal.draft()
    portal.browser("reviewer").post(f"/reviews/{made}/claim")
    return made


def _send(browser: Browser, draft_id: str, body: object) -> tuple[int, dict[str, object]]:
    """An answer as the desk's script sends it."""
    headers = {"X-CSRFToken": browser.token, "Accept": "application/json"}
    answer = browser.client.post(f"/reviews/{draft_id}/answers", json=body, headers=headers)
    return answer.status_code, answer.get_json()


def test_an_answer_is_shown_as_decided_after_a_reload(portal: Portal, draft: str) -> None:
    """By JSON: the page comes back with the corrected value and its action chosen; undone it is undecided again."""
    reviewer = portal.browser("reviewer")
    word = {"fact": "company_name", "action": "correct", "value": "杭州云岫更名有限公司"}
    assert _send(reviewer, draft, {"version": 1, "answers": [word]}) == (200, {"kept": ["company_name"], "undone": []})
    page = reviewer.get(f"/reviews/{draft}").get_data(as_text=True)
    assert "杭州云岫更名有限公司" in page
    assert re.search(r'name="action.company_name" value="correct" checked', page)
    assert _send(reviewer, draft, {"version": 1, "undone": ["company_name"]})[0] == 200
    assert "杭州云岫更名有限公司" not in reviewer.get(f"/reviews/{draft}").get_data(as_text=True)


def test_a_form_without_script_keeps_answers_too(portal: Portal, draft: str) -> None:
    """The same by a form leads back to the draft."""
    reviewer = portal.browser("reviewer")
    form = {"version": "1", "action.company_name": "accept", "value.company_name": "", "action.credit_code": "undo"}
    assert reviewer.post(f"/reviews/{draft}/answers", form).location == f"/reviews/{draft}"
    page = reviewer.get(f"/reviews/{draft}").get_data(as_text=True)
    assert re.search(r'name="action.company_name" value="accept" checked', page)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"answers": []}, 400),
        ([], 422),
        ({"version": 1, "answers": "all"}, 422),
        ({"version": 1, "answers": [3]}, 422),
        ({"version": 1, "answers": [{"fact": "company_name", "action": "burn"}]}, 422),
        ({"version": 1, "answers": [{"fact": "company_name", "action": "correct"}]}, 422),
        ({"version": 1, "answers": [{"fact": "company_name", "action": "correct", "value": "a\0b"}]}, 400),
        ({"version": 1, "answers": [{"fact": "registered_capital", "action": "correct", "value": "many"}]}, 422),
        ({"version": 2, "answers": []}, 409),
    ],
)
def test_what_is_no_answer_is_refused(portal: Portal, draft: str, body: object, status: int) -> None:
    """Each with its code and next step; nothing is kept."""
    told = _send(portal.browser("reviewer"), draft, body)
    assert told[0] == status
    assert {"code", "detail", "next_step"} <= set(told[1])


def test_an_answer_needs_the_claim_and_the_token(portal: Portal, draft: str) -> None:
    """Another reviewer is told that he does not hold the draft; without the page's token nothing is kept."""
    word = {"version": 1, "answers": [{"fact": "company_name", "action": "accept"}]}
    status, problem = _send(portal.browser("other reviewer"), draft, word)
    assert (status, problem["code"]) == (409, "review.not_claimed")
    reviewer = portal.browser("reviewer")
    reviewer.token = ""
    assert _send(reviewer, draft, word)[0] == 400
    assert _send(portal.browser("reviewer"), "nothing", word)[0] == 404
