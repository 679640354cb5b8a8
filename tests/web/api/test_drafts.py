"""Drafts over the API: the queue, the review by ETag and If-Match, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from models import drafts
from models.base import now
from tests import made_up
from tests.made_up import CODES

if TYPE_CHECKING:
    from conftest import Office

Make = Callable[..., str]


def _decisions(draft: dict[str, Any], **corrections: str) -> list[dict[str, str]]:
    return [
        {"fact": fact["fact"], "action": "correct", "value": corrections[fact["fact"]]}
        if fact["fact"] in corrections
        else {"fact": fact["fact"], "action": "accept"}
        for fact in draft["facts"]
    ]


def test_the_queue_lists_drafts_page_by_page(office: Office, license_draft: Make) -> None:
    """Items and the cursor of the next page; null on the last one."""
    made = [license_draft(code=code) for code in CODES[:3]]
    first = office.get("reviewer", "/drafts?state=open&limit=2").json
    second = office.get("reviewer", f"/drafts?limit=2&cursor={first['next']}").json
    assert [item["id"] for item in first["items"] + second["items"]] == made
    assert second["next"] is None
    assert first["items"][0]["types"] == ["business_license"]


def test_a_draft_is_answered_with_its_version_as_etag(office: Office, license_draft: Make) -> None:
    """The detail holds facts with sources, papers with the address of their picture, and the ETag."""
    response = office.get("reviewer", f"/drafts/{license_draft()}")
    facts = {fact["fact"]: fact for fact in response.json["facts"]}
    assert response.headers["ETag"] == '"1"'
    assert (facts["credit_code"]["value"], facts["credit_code"]["label"]) == (CODES[0], "Unified social credit code")
    assert facts["credit_code"]["sources"][0]["page"] == 1
    image = response.json["documents"][0]["pages"][0]["image"]
    assert image.endswith("/pages/1/image")
    assert office.get("reviewer", image.removeprefix("/api/v1")).data.startswith(b"\xff\xd8\xff")


def test_a_review_goes_from_claim_to_customer(office: Office, license_draft: Make) -> None:
    """Claim, correct one fact, confirm: the answer names the customer, whose file shows who decided what."""
    draft_id = license_draft()
    claimed = office.change("reviewer", f"/drafts/{draft_id}/claim")
    assert (claimed.status_code, claimed.json["claim"]["mine"]) == (200, True)
    decided = {"decisions": _decisions(claimed.json, company_name="杭州云岫测试股份有限公司")}
    etag = claimed.headers["ETag"]
    done = office.post("reviewer", f"/drafts/{draft_id}/confirm", json=decided, headers={"If-Match": etag})
    assert (done.status_code, done.json["state"], done.json["customer"]) == (200, "confirmed", "C00000001")
    customer = office.get("auditor", "/customers/C00000001").json
    facts = {fact["fact"]: fact for fact in customer["facts"]}
    assert facts["company_name"]["value"] == "杭州云岫测试股份有限公司"
    assert facts["company_name"]["read_value"] == "杭州云岫测试有限公司"
    assert facts["company_name"]["decided_by"].startswith("reviewer")


@pytest.mark.parametrize("action", ["claim", "release", "confirm", "return", "discard"])
def test_a_change_needs_the_version_that_was_read(office: Office, license_draft: Make, action: str) -> None:
    """No If-Match, or one that names no version: 428. An older or foreign one: 409 with what changed."""
    draft_id = license_draft()
    if action != "claim":
        office.change("reviewer", f"/drafts/{draft_id}/claim")
    body: dict[str, Any] = {"decisions": []} if action == "confirm" else {"reason": "other"}
    before = office.get("reviewer", f"/drafts/{draft_id}").json
    path = f"/drafts/{draft_id}/{action}"
    assert office.post("reviewer", path, json=body).status_code == 428
    assert office.post("reviewer", path, json=body, headers={"If-Match": "*"}).status_code == 428
    for stale in ('"7"', '"not ours"', 'W/"1"'):
        refused = office.post("reviewer", path, json=body, headers={"If-Match": stale})
        assert (refused.status_code, refused.json["code"]) == (409, "review.stale_version")
        assert refused.json["details"] == {"version": 1, "changed": ["version"]}
    assert office.get("reviewer", f"/drafts/{draft_id}").json == before


def test_a_draft_whose_customer_changed_is_refused_and_made_anew(office: Office, license_draft: Make) -> None:
    """The file was made while the client held the draft: 409, and the next answer is the version to decide on."""
    draft_id, other = license_draft(), license_draft()
    held = office.change("reviewer", f"/drafts/{draft_id}/claim")
    number = made_up.confirmed(office.database, other, office.accounts["auditor"])
    decided = {"decisions": _decisions(held.json)}
    path, headers = f"/drafts/{draft_id}/confirm", {"If-Match": held.headers["ETag"]}
    refused = office.post("reviewer", path, json=decided, headers=headers)
    assert (refused.status_code, refused.json["code"]) == (409, "review.stale_version")
    assert "customer_number" in refused.json["details"]["changed"]
    now_drafted = office.get("reviewer", f"/drafts/{draft_id}")
    assert (now_drafted.headers["ETag"], now_drafted.json["customer"]) == ('"2"', number)
    done = office.post("reviewer", path, json=decided, headers={"If-Match": '"2"'})
    assert (done.status_code, done.json["customer"]) == (200, number)


def test_two_reviewers_never_meet(office: Office, license_draft: Make) -> None:
    """The second to claim is told 409; without a claim nothing can be confirmed; after release it is free."""
    draft_id = license_draft()
    with office.database.unit() as unit:
        drafts.claim(unit, draft_id, office.accounts["auditor"], 15)
    refused = office.change("reviewer", f"/drafts/{draft_id}/claim")
    assert (refused.status_code, refused.json["code"]) == (409, "review.already_claimed")
    late = office.change("reviewer", f"/drafts/{draft_id}/claim", version=7)
    assert (late.status_code, late.json["code"]) == (409, "review.already_claimed")
    body = {"decisions": []}
    unheld = office.post("reviewer", f"/drafts/{draft_id}/confirm", json=body, headers={"If-Match": '"1"'})
    assert (unheld.status_code, unheld.json["code"]) == (409, "review.not_claimed")
    assert office.change("reviewer", f"/drafts/{draft_id}/release").json["code"] == "review.not_claimed"


def test_release_gives_a_claim_back(office: Office, license_draft: Make) -> None:
    """After it nobody holds the draft."""
    draft_id = license_draft()
    office.change("reviewer", f"/drafts/{draft_id}/claim")
    assert office.change("reviewer", f"/drafts/{draft_id}/release").json["claim"] is None


def test_a_claim_that_has_run_out_is_no_claim(office: Office, license_draft: Make) -> None:
    """Neither the queue nor the draft shows it, and another reviewer may take the draft."""
    draft_id = license_draft()
    with office.database.unit() as unit:
        drafts.claim(unit, draft_id, office.accounts["auditor"], 15, at=now() - timedelta(minutes=16))
    assert office.get("auditor", f"/drafts/{draft_id}").json["claim"] is None
    assert office.get("auditor", "/drafts").json["items"][0]["claim"] is None
    assert office.change("reviewer", f"/drafts/{draft_id}/claim").json["claim"]["mine"] is True


def test_undecided_facts_are_named(office: Office, license_draft: Make) -> None:
    """A confirmation that leaves facts open is 409 and says which."""
    draft_id = license_draft()
    office.change("reviewer", f"/drafts/{draft_id}/claim")
    refused = office.post(
        "reviewer", f"/drafts/{draft_id}/confirm", json={"decisions": []}, headers={"If-Match": '"1"'}
    )
    assert (refused.status_code, refused.json["code"]) == (409, "review.undecided_facts")
    assert "credit_code" in refused.json["details"]["facts"]
    assert refused.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("action", "reason", "state"), [("return", "cut_off", "returned"), ("discard", "duplicate", "discarded")]
)
def test_a_draft_is_returned_or_discarded_with_a_reason(
    office: Office, license_draft: Make, action: str, reason: str, state: str
) -> None:
    """An unknown reason is 422 and lists those that exist; a settled draft is 409 for every further change."""
    draft_id = license_draft()
    path, headers = f"/drafts/{draft_id}/{action}", {"If-Match": '"1"'}
    office.change("reviewer", f"/drafts/{draft_id}/claim")
    unknown = office.post("reviewer", path, json={"reason": "because"}, headers=headers)
    assert (unknown.status_code, unknown.json["code"]) == (422, "review.missing_reason")
    assert reason in unknown.json["details"]["known"]
    done = office.post("reviewer", path, json={"reason": reason, "note": "page two"}, headers=headers)
    assert (done.json["state"], done.json["settlement"]["reason"], done.json["settlement"]["note"]) == (
        state,
        reason,
        "page two",
    )
    again = office.post("reviewer", path, json={"reason": reason}, headers=headers)
    assert (again.status_code, again.json["code"]) == (409, "review.already_settled")


@pytest.mark.parametrize("role", ["clerk", "archivist", "administrator", "security"])
def test_drafts_are_for_reviewers_and_auditors(office: Office, license_draft: Make, role: str) -> None:
    """Nobody else sees the queue or a draft; an auditor sees but changes nothing."""
    draft_id = license_draft()
    assert office.get(role, "/drafts").status_code == 403
    assert office.get(role, f"/drafts/{draft_id}").status_code == 403
    assert office.get("auditor", f"/drafts/{draft_id}").status_code == 200
    assert office.change("auditor", f"/drafts/{draft_id}/claim").status_code == 403


def test_a_request_that_does_not_fit_is_a_problem_document(office: Office, license_draft: Make) -> None:
    """Unknown keys, wrong kinds and broken JSON name the place, never the value that was sent."""
    draft_id = license_draft()
    headers = {"If-Match": '"1"'}
    path = f"/drafts/{draft_id}/confirm"
    wrong = office.post("reviewer", path, json={"decisions": [{"fact": "x", "action": "祕密"}]}, headers=headers)
    assert (wrong.status_code, wrong.content_type) == (422, "application/problem+json")
    assert "decisions.0.action" in wrong.json["details"]["json"]
    assert "祕密" not in wrong.get_data(as_text=True)
    broken = office.post("reviewer", path, data=b"{", headers=headers | {"Content-Type": "application/json"})
    assert (broken.status_code, broken.json["code"]) == (400, "http.400")
    assert office.get("reviewer", "/drafts?limit=0").status_code == 422
    assert office.get("reviewer", "/drafts/nothing").status_code == 404


SISTER = "杭州云岫软件测试有限公司"
PERMIT = {"account_name": SISTER, "account_number": "1202024109000123456", "legal_representative": "林晓舟"}


@pytest.fixture
def permit(office: Office, license_draft: Make) -> str:
    """A draft whose papers bear no number of the customer's, beside a customer of a like name."""
    made_up.confirmed(office.database, license_draft(), office.accounts["reviewer"])
    reading = made_up.reading("bank_account_permit", PERMIT)
    return made_up.enter_draft(office.database, office.accounts["clerk"], [reading])


def test_a_program_lists_the_customers_that_a_draft_may_be_about_and_picks_one(office: Office, permit: str) -> None:
    """A like name and the same head are told in words; picked, the draft is that customer's, and of a new version."""
    listed = office.get("reviewer", f"/drafts/{permit}/matches").json
    assert (listed["choice"], listed["by_itself"], listed["next"]) == (None, None, None)
    (match,) = listed["items"]
    assert (match["number"], match["version"], match["chosen"]) == ("C00000001", 1, False)
    assert {reason["text"] for reason in match["reasons"]} == {"similar name 81%", "same legal representative"}
    office.change("reviewer", f"/drafts/{permit}/claim")
    picked = office.change("reviewer", f"/drafts/{permit}/customer", json={"customer": "C00000001"})
    assert (picked.status_code, picked.json["customer"], picked.headers["ETag"]) == (200, "C00000001", '"2"')
    again = office.get("auditor", f"/drafts/{permit}/matches").json
    assert (again["choice"], again["items"][0]["chosen"]) == ("C00000001", True)
    for choice, customer in (("new", None), (None, None)):
        version = office.get("reviewer", f"/drafts/{permit}").json["version"]
        undone = office.change("reviewer", f"/drafts/{permit}/customer", version, json={"customer": choice})
        assert (undone.status_code, undone.json["customer"]) == (200, customer)


def test_a_pick_needs_a_customer_a_claim_and_the_version_that_was_read(office: Office, permit: str) -> None:
    """No such customer: 422; not held: 409; nothing said of the version: 428; no draft: 404."""
    path, body = f"/drafts/{permit}/customer", {"customer": "C00000001"}
    assert office.change("reviewer", path, json=body).json["code"] == "review.not_claimed"
    office.change("reviewer", f"/drafts/{permit}/claim")
    unknown = office.change("reviewer", path, json={"customer": "C00000009"})
    assert (unknown.status_code, unknown.json["code"]) == (422, "review.unknown_customer")
    assert office.change("reviewer", path, json={"customer": "somebody"}).status_code == 422
    assert office.change("reviewer", path, json={}).status_code == 422
    assert office.post("reviewer", path, json=body).status_code == 428
    assert office.change("reviewer", "/drafts/none/customer", json=body).status_code == 404
    assert office.get("reviewer", "/drafts/none/matches").status_code == 404
    assert office.change("clerk", path, json=body).status_code == 403


def test_nothing_is_listed_of_a_draft_that_is_done(office: Office, permit: str) -> None:
    """Discarded, it is about nobody any more."""
    office.change("reviewer", f"/drafts/{permit}/claim")
    assert office.change("reviewer", f"/drafts/{permit}/discard", json={"reason": "other"}).status_code == 200
    assert office.get("reviewer", f"/drafts/{permit}/matches").json["items"] == []
