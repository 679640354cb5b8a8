"""Filling in what no reader found: a fact without value and without a place on any scan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.doctypes import get
from intake.extraction.validate import validate
from intake.types import DocumentReading
from models import customers, drafts
from tests import made_up
from tests.web.conftest import Portal

ADDRESS = "浙江省杭州市西湖区云岫路9号"


def bare_license() -> DocumentReading:
    """A license on which neither address nor scope was found."""
    whole = made_up.license_reading()
    fields = tuple(one for one in whole.fields if one.field not in ("address", "business_scope"))
    return replace(whole, fields=fields, findings=validate(fields, get("business_license")))


def test_a_reviewer_types_in_what_was_not_found_and_leaves_out_the_rest(portal: Portal) -> None:
    """The page asks for each missing value; what was typed is in the customer file, without a source."""
    draft_id = made_up.enter_draft(portal.database, portal.accounts["clerk"], [bare_license()])
    reviewer = portal.browser("reviewer")
    reviewer.post(f"/reviews/{draft_id}/claim")
    page = reviewer.get(f"/reviews/{draft_id}").get_data(as_text=True)
    assert page.count("fill it in from the paper") == 2
    with portal.database.read() as rows:
        draft = drafts.load(rows, draft_id)
    assert draft is not None
    form = {"version": str(draft.version)}
    for fact in draft.facts:
        form[f"action.{fact.fact}"] = "omit" if fact.value is None else "accept"
    form |= {"action.registered_address": "correct", "value.registered_address": ADDRESS}
    assert reviewer.post(f"/reviews/{draft_id}/confirm", form).location == "/reviews"
    with portal.database.read() as rows:
        file = customers.file_of(rows, "C00000001")
    assert file is not None
    kept = {fact.fact: fact for fact in file.facts}
    address = kept["registered_address"]
    assert (address.value, address.source, address.read_value, address.action) == (ADDRESS, None, None, "correct")
    assert "business_scope" not in kept
    assert ADDRESS in reviewer.get("/customers/C00000001").get_data(as_text=True)
    assert reviewer.get(f"/reviews/{draft_id}").status_code == 200


def test_the_api_fills_in_what_was_not_found(portal: Portal) -> None:
    """The fact is listed without value and sources; a correction gives it one."""
    draft_id = made_up.enter_draft(portal.database, portal.accounts["clerk"], [bare_license()])
    number = made_up.confirmed(portal.database, draft_id, portal.accounts["reviewer"], registered_address=ADDRESS)
    token = made_up.tokens(portal.database, portal.accounts)["reviewer"]
    headers = {"Authorization": f"Bearer {token}"}
    client = portal.app.test_client()
    listed = {fact["fact"]: fact for fact in client.get(f"/api/v1/drafts/{draft_id}", headers=headers).json["facts"]}
    assert (listed["registered_address"]["value"], listed["registered_address"]["sources"]) == (None, [])
    file = client.get(f"/api/v1/customers/{number}", headers=headers).json
    (address,) = (fact for fact in file["facts"] if fact["fact"] == "registered_address")
    assert (address["value"], address["source"]) == (ADDRESS, None)


@pytest.mark.parametrize(("language", "own", "other"), [("zh-CN", "长期", "long-term"), ("en", "long-term", "长期")])
def test_an_open_end_stands_in_the_words_of_the_language(portal: Portal, language: str, own: str, other: str) -> None:
    """The page shows 长期 or long-term where one types, a day as it is typed, and takes the other word too."""
    values: dict[str, str | None] = {"valid_from": "2016-03-08", "valid_to": "long-term"}
    card = made_up.reading("id_card_back", {"issuing_authority": "杭州市公安局西湖分局", **values})
    draft_id = made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.card_reading(), card])
    reviewer = portal.browser("reviewer", language)
    reviewer.post(f"/reviews/{draft_id}/claim")
    page = reviewer.get(f"/reviews/{draft_id}").get_data(as_text=True)
    assert f'name="value.id_valid_to" value="{own}"' in page
    assert 'name="value.id_valid_from" value="2016-03-08"' in page
    assert f'"{other}"' not in page
    with portal.database.read() as rows:
        draft = drafts.load(rows, draft_id)
    assert draft is not None
    form = {f"action.{fact.fact}": "accept" for fact in draft.facts} | {"version": str(draft.version)}
    form |= {"action.id_valid_to": "correct", "value.id_valid_to": other}
    assert reviewer.post(f"/reviews/{draft_id}/confirm", form).location == "/reviews"
    with portal.database.read() as rows:
        file = customers.file_of(rows, "C00000001")
    assert file is not None
    assert {fact.fact: fact.value for fact in file.facts}["id_valid_to"] == "long-term"
