"""The second person by the pages: other eyes than the first, blind where it is set so."""

from __future__ import annotations

import re

import pytest

from models import cases, customers, drafts, policies
from tests import made_up
from tests.web.conftest import Browser, Portal
from tests.web.desk_forms import draft_of, form_of


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """A portal whose office keys the credit code blind and has a third reviewer."""
    with portal.database.unit() as unit:
        policies.change(unit, "blind", {"facts": ["credit_code"]}, user_id=portal.accounts["administrator"])
        portal.accounts["third reviewer"] = made_up.add_user(unit, "reviewer-third", ["reviewer"]).id
    return portal


def _decide(portal: Portal, who: str, draft_id: str, **corrections: str) -> Browser:
    browser = portal.browser(who)
    assert browser.post(f"/reviews/{draft_id}/claim").status_code == 302
    answer = browser.post(f"/reviews/{draft_id}/confirm", form_of(draft_of(portal, draft_id), **corrections))
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return browser


def test_the_first_is_told_that_another_goes_on_and_does_not_see_it_in_the_queue(portal: Portal) -> None:
    """The first's queue is empty, opening it shows no button; the other is given it next."""
    draft = portal.draft()
    first = _decide(portal, "reviewer", draft)
    queue = first.get("/reviews").get_data(as_text=True)
    assert "Another reviewer decides on it next" in queue
    assert 'class="line"' not in queue
    assert "data-claim" not in first.get(f"/reviews/{draft}").get_data(as_text=True)
    refused = first.post(f"/reviews/{draft}/claim")
    assert refused.status_code == 409
    assert "review.same_person" in refused.get_data(as_text=True)
    assert portal.browser("other reviewer").post("/reviews/next").location == f"/reviews/{draft}"


def test_a_word_is_taken_back_by_the_button_beside_the_message(portal: Portal) -> None:
    """What was decided stands in the form again, a blind value of the second's as he typed it; another is refused."""
    draft = portal.draft()
    first = _decide(portal, "reviewer", draft, company_name="杭州云岫一号有限公司")
    assert f'action="/reviews/{draft}/unconfirm" data-undo' in first.get("/reviews").get_data(as_text=True)
    page = first.post(f"/reviews/{draft}/unconfirm").get_data(as_text=True)
    assert 'data-mine="yes"' in page
    assert 'value="杭州云岫一号有限公司"' in page
    assert first.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft))).status_code == 302
    second = _decide(portal, "other reviewer", draft, credit_code=made_up.CODES[1])
    page = second.post(f"/reviews/{draft}/unconfirm").get_data(as_text=True)
    assert re.search(rf'name="value.credit_code" value="{made_up.CODES[1]}"', page)
    assert "a third reviewer decides in any case" in page
    refused = first.post(f"/reviews/{draft}/unconfirm")
    assert (refused.status_code, "review.word_passed_on" in refused.get_data(as_text=True)) == (409, True)


def test_the_second_gets_an_empty_field_and_the_crop_of_a_blind_value(portal: Portal) -> None:
    """Neither the page nor the API tells what was read or keyed; the place on the scan is there."""
    draft = portal.draft()
    _decide(portal, "reviewer", draft)
    second = portal.browser("other reviewer")
    second.post(f"/reviews/{draft}/claim")
    page = second.get(f"/reviews/{draft}").get_data(as_text=True)
    assert made_up.CODES[0] not in page
    assert re.search(r'name="value.credit_code" value=""', page)
    assert re.search(r'id="fact-credit_code"[^>]*data-value=""', page)
    assert "data-crop" in page
    assert "Blind values are empty" in page
    assert 'name="action.credit_code" value="accept"' not in page
    with portal.database.unit() as unit:
        token = made_up.make_token(unit, portal.accounts["other reviewer"])
    headers = {"Authorization": f"Bearer {token}"}
    told = portal.app.test_client().get(f"/api/v1/drafts/{draft}", headers=headers)
    assert told.status_code == 200
    assert made_up.CODES[0] not in told.get_data(as_text=True)
    document = draft_of(portal, draft).documents[0].id
    read = portal.app.test_client().get(f"/api/v1/documents/{document}", headers=headers)
    assert (read.status_code, read.get_json()["fields"]) == (200, {})
    assert second.get(f"/documents/{document}/pages/1/words").get_json() == {"words": []}
    place = {"document": document, "page": "1", "kind": "uscc", "region": "[[0.1,0.1],[0.4,0.1],[0.4,0.2],[0.1,0.2]]"}
    assert second.post("/regions", place, Accept="application/json").get_json()["code"] == "review.keyed_blind"
    assert made_up.CODES[0] not in second.get(f"/cases/{draft_of(portal, draft).case_id}").get_data(as_text=True)
    first = portal.browser("reviewer").get(f"/cases/{draft_of(portal, draft).case_id}").get_data(as_text=True)
    assert made_up.CODES[0] in first


def test_a_difference_goes_to_a_third_who_is_offered_both(portal: Portal) -> None:
    """The two keyed values stand beside the field; the third's word makes the customer file."""
    draft = portal.draft()
    _decide(portal, "reviewer", draft)
    other = made_up.CODES[1]
    _decide(portal, "other reviewer", draft, credit_code=other)
    third = portal.browser("third reviewer")
    assert third.post("/reviews/next").location == f"/reviews/{draft}"
    page = third.get(f"/reviews/{draft}").get_data(as_text=True)
    assert "Two reviewers keyed different values" in page
    assert f'data-apply-value="{other}"' in page
    assert (
        third.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft), credit_code=other)).status_code == 302
    )
    assert draft_of(portal, draft).state == "confirmed"


def test_two_who_agree_make_the_customer_file(portal: Portal) -> None:
    """The second's confirmation is the last."""
    draft = portal.draft()
    _decide(portal, "reviewer", draft)
    _decide(portal, "other reviewer", draft, credit_code=made_up.CODES[0])
    assert draft_of(portal, draft).state == "confirmed"


NAME = "杭州云岫测试有限公司"


def _named_blind(portal: Portal) -> tuple[str, str]:
    """A license whose name and end are keyed blind, decided on by the first: its draft and its case."""
    facts = {"facts": ["company_name", "license_valid_to"]}
    with portal.database.unit() as unit:
        policies.change(unit, "blind", facts, user_id=portal.accounts["administrator"])
        roles = ["reviewer", "archivist"]
        portal.accounts["second"] = made_up.add_user(unit, "second-of-many-roles", roles).id
    paper = made_up.reading(
        "business_license",
        {"name": NAME, "uscc": made_up.CODES[0], "legal_representative": "林晓舟", "valid_to": "2020-02-29"},
    )
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [paper])
    _decide(portal, "reviewer", draft)
    return draft, draft_of(portal, draft).case_id


def test_the_second_finds_a_blind_name_in_no_list_and_no_title(portal: Portal) -> None:
    """Queue, uploads, home, case, pages, other cases' pages, a link's page and the API tell the first alone."""
    draft, case = _named_blind(portal)
    paper = made_up.license_reading(made_up.CODES[1], "杭州溪桥测试有限公司")
    other = draft_of(portal, made_up.enter_draft(portal.database, portal.accounts["second"], [paper])).case_id
    pages = ["/", "/reviews", "/uploads", f"/reviews/{draft}", f"/cases/{case}", f"/cases/{case}/pages"]
    second = portal.browser("second")
    for page in pages:  # the second brought the other case in himself
        assert NAME not in second.get(page).get_data(as_text=True), page
    assert "Without a name" in second.get("/reviews").get_data(as_text=True)
    lists = second.get(f"/cases/{other}/pages").get_data(as_text=True)
    assert f'value="{case}">Without a name' in lists
    assert NAME not in second.post(f"/cases/{case}/links", {"hours": "24"}).get_data(as_text=True)
    assert f'value="{case}" lang="zh-Hans">{NAME}' in portal.browser("reviewer").get(f"/cases/{other}/pages").get_data(
        as_text=True
    )


def test_the_second_is_not_told_until_when_a_paper_holds(portal: Portal) -> None:
    """The checklist of the case says what was brought; that it has expired only who does not key it sees."""
    _, case = _named_blind(portal)
    second = portal.browser("second").get(f"/cases/{case}").get_data(as_text=True)
    first = portal.browser("reviewer").get(f"/cases/{case}").get_data(as_text=True)
    assert 'data-paper-state="there"' in second
    assert "2020-02-29" not in second
    assert "expired" not in second
    assert 'data-paper-state="expired"' in first


def test_the_api_lists_a_draft_without_the_name_for_who_keys_it_blind(portal: Portal) -> None:
    """The queue and the draft itself have an empty title for the second, and the name for an auditor."""
    draft, _ = _named_blind(portal)
    for who, title in (("second", ""), ("auditor", NAME)):
        with portal.database.unit() as unit:
            token = made_up.make_token(unit, portal.accounts[who])
        client, headers = portal.app.test_client(), {"Authorization": f"Bearer {token}"}
        (line,) = client.get("/api/v1/drafts", headers=headers).get_json()["items"]
        assert line["title"] == client.get(f"/api/v1/drafts/{draft}", headers=headers).get_json()["title"] == title


def _drafted_anew(portal: Portal, case_id: str) -> str:
    """The case's papers drafted once more, as after its draft was settled; gives the new draft."""
    with portal.database.unit() as unit:
        documents = cases.documents(unit.session, case_id)
        present = customers.of_case(unit.session, case_id, documents)
        types = [document.reading.type or "" for document in documents]
        return drafts.save_draft(unit, case_id, made_up.drafted(documents, present), types).id


def test_an_earlier_draft_of_the_case_tells_nothing_to_who_keys_it_blind(portal: Portal) -> None:
    """What was read once stands in a returned draft too: the second sees no value there; the first and auditors do."""
    returned = portal.draft()
    reviewer = portal.browser("other reviewer")
    reviewer.post(f"/reviews/{returned}/claim")
    aside = {"version": "1", "reason": "not_legible"}
    assert reviewer.post(f"/reviews/{returned}/return", aside).status_code == 302
    draft = _drafted_anew(portal, draft_of(portal, returned).case_id)
    assert draft != returned
    _decide(portal, "reviewer", draft)
    assert made_up.CODES[0] not in reviewer.get(f"/reviews/{draft}").get_data(as_text=True)
    page = reviewer.get(f"/reviews/{returned}")
    assert (page.status_code, made_up.CODES[0] in page.get_data(as_text=True)) == (200, False)
    with portal.database.unit() as unit:
        token = made_up.make_token(unit, portal.accounts["other reviewer"])
    told = portal.app.test_client().get(f"/api/v1/drafts/{returned}", headers={"Authorization": f"Bearer {token}"})
    assert (told.status_code, made_up.CODES[0] in told.get_data(as_text=True)) == (200, False)
    for who in ("reviewer", "auditor"):
        assert made_up.CODES[0] in portal.browser(who).get(f"/reviews/{returned}").get_data(as_text=True)
