"""Whose papers a draft's are, on the desk: the list with its reasons, the pick, and what stands beside it then."""

from __future__ import annotations

import re

import pytest

from models import policies
from tests import made_up
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of, form_of

SISTER = "杭州云岫软件测试有限公司"
PERMIT = {"account_name": SISTER, "account_number": "1202024109000123456", "legal_representative": "林晓舟"}


@pytest.fixture
def known(portal: Portal) -> str:
    """The number of a customer who has a file already."""
    return made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])


def _permit(portal: Portal) -> str:
    """A draft whose papers bear no number of the customer's."""
    return made_up.enter_draft(
        portal.database, portal.accounts["clerk"], [made_up.reading("bank_account_permit", PERMIT)]
    )


def _desk(portal: Portal, draft_id: str, language: str = "en") -> tuple[Browser, str]:
    browser = portal.browser("reviewer", language)
    browser.post(f"/reviews/{draft_id}/claim")
    return browser, browser.get(f"/reviews/{draft_id}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("Whose papers are these?", "similar name 81%", "same legal representative", "A new customer")),
        ("zh-CN", ("这些材料是谁的？", "名称相似 81%", "法定代表人相同", "新客户")),
    ],
)
def test_the_desk_lists_like_customers_with_their_reasons(
    portal: Portal, known: str, language: str, texts: tuple[str, ...]
) -> None:
    """A file of a like name and the same head is offered, and a new customer, who it is so far."""
    _, page = _desk(portal, _permit(portal), language)
    for text in texts:
        assert text in page
    assert re.search(rf'data-match="{known}" aria-pressed="false"', page)
    assert re.search(r'data-match="new" aria-pressed="true"', page)


def test_a_pick_shows_what_would_change_in_that_file_and_keeps_what_was_typed(portal: Portal, known: str) -> None:
    """Old beside new; what was accepted beside nothing is open again where the file says otherwise."""
    draft = _permit(portal)
    browser, _ = _desk(portal, draft)
    sent = form_of(draft_of(portal, draft), bank_name="测试银行西湖支行") | {"choice": known}
    answer = browser.post(f"/reviews/{draft}/customer", sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert re.search(rf'data-match="{known}" aria-pressed="true"', page)
    assert 'data-changed="company_name"' in page
    assert re.search(r'data-changed="company_name".*?<del>(?:<span[^>]*>)?杭州云岫测试有限公司', page)
    assert f"Change of {known}" in page
    assert re.search(r'data-fact="company_name"[^>]*data-action=""', page)
    assert re.search(r'data-fact="legal_representative"[^>]*data-action="accept"', page)
    assert 'value="测试银行西湖支行"' in page
    assert browser.get(f"/reviews/{draft}/customer").status_code == 302


def test_a_known_number_needs_no_pick_and_a_pick_against_it_an_acknowledgement(portal: Portal, known: str) -> None:
    """The same credit code is told; as a new customer the draft has an error with a box to tick."""
    draft = portal.draft()
    browser, page = _desk(portal, draft)
    assert "same credit code" in page
    assert "told by the papers" in page
    again = browser.post(
        f"/reviews/{draft}/customer", {"version": str(draft_of(portal, draft).version), "choice": "new"}
    )
    text = again.get_data(as_text=True)
    assert f"Customer file {known} holds this number" in text
    assert 'value="customer.known_elsewhere:credit_code"' in text
    view = draft_of(portal, draft)
    refused = browser.post(f"/reviews/{draft}/confirm", form_of(view))
    assert refused.status_code == 409
    ticked = form_of(view) | {"acknowledged": "customer.known_elsewhere:credit_code"}
    assert browser.post(f"/reviews/{draft}/confirm", ticked).status_code == 302
    assert draft_of(portal, draft).customer_number not in {None, known}


def test_a_pick_of_nobody_and_of_an_old_page_are_told(portal: Portal, known: str) -> None:
    """422 for a number that there is not, 409 for a version that is no longer; the draft stays as it was."""
    draft = _permit(portal)
    browser, _ = _desk(portal, draft)
    wrong = browser.post(f"/reviews/{draft}/customer", {"version": "1", "choice": "C99999999"})
    assert wrong.status_code == 422
    assert "There is no such customer file" in wrong.get_data(as_text=True)
    assert browser.post(f"/reviews/{draft}/customer", {"version": "1", "choice": known}).status_code == 200
    assert browser.post(f"/reviews/{draft}/customer", {"version": "1", "choice": "new"}).status_code == 409
    assert draft_of(portal, draft).customer_number == known


def test_who_does_not_hold_the_draft_reads_the_list_and_picks_nobody(portal: Portal, known: str) -> None:
    """For an auditor the lines are no buttons to press; another reviewer is refused."""
    draft = _permit(portal)
    _desk(portal, draft)
    page = portal.browser("auditor").get(f"/reviews/{draft}").get_data(as_text=True)
    assert re.search(rf'data-match="{known}"[^>]*disabled', page)
    sent = {"version": "1", "choice": known}
    assert portal.browser("auditor").post(f"/reviews/{draft}/customer", sent).status_code == 403
    assert portal.browser("other reviewer").post(f"/reviews/{draft}/customer", sent).status_code == 409
    assert portal.browser("reviewer").post("/reviews/nowhere/customer", sent).status_code == 404


def test_who_keys_a_value_blind_sees_no_list(portal: Portal, known: str) -> None:
    """The names and numbers of like customers would tell what the first decided."""
    with portal.database.unit() as unit:
        policies.change(unit, "blind", {"facts": ["company_name"]}, user_id=portal.accounts["administrator"])
    draft = _permit(portal)
    first, page = _desk(portal, draft)
    assert "data-match=" in page
    assert first.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft))).status_code == 302
    second = portal.browser("other reviewer")
    second.post(f"/reviews/{draft}/claim")
    text = second.get(f"/reviews/{draft}").get_data(as_text=True)
    assert "data-match=" not in text
    assert known not in text


def test_a_corrected_name_is_looked_for_as_it_was_corrected(portal: Portal, known: str) -> None:
    """The list is asked for with the form; who does not hold the draft gets none."""
    paper = made_up.reading("bank_account_permit", {"account_name": "宁波溪桥贸易有限公司", "bank_name": "测试银行"})
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [paper])
    browser, page = _desk(portal, draft)
    assert known not in page
    sent = form_of(draft_of(portal, draft), company_name="杭州云岫测试有限公司")
    found = browser.post(f"/reviews/{draft}/matches", sent)
    assert re.search(rf'data-match="{known}" aria-pressed="false"', found.get_data(as_text=True))
    assert "same name" in found.get_data(as_text=True)
    assert portal.browser("other reviewer").post(f"/reviews/{draft}/matches", sent).status_code == 404
