"""A correction that contradicts a value beside it: told on the page and over the API, ticked, and remembered."""

from __future__ import annotations

import re

from sqlalchemy import select

from models import drafts
from tests import made_up
from tests.web.conftest import Portal

BIRTH = "id_number.birth_mismatch:id_number+birth_date"


def held(portal: Portal) -> tuple[str, dict[str, str]]:
    """A draft of an ID card, claimed; and the form that types another birth date."""
    draft_id = made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.card_reading()])
    portal.browser("reviewer").post(f"/reviews/{draft_id}/claim")
    with portal.database.read() as rows:
        draft = drafts.load(rows, draft_id)
    assert draft is not None
    form = {"version": str(draft.version)} | {f"action.{fact.fact}": "accept" for fact in draft.facts}
    return draft_id, form | {"action.birth_date": "correct", "value.birth_date": "1991-04-08"}


def test_a_typed_value_that_contradicts_another_is_confirmed_only_when_it_is_ticked(portal: Portal) -> None:
    """409 with a box to tick; the tick is kept with the decisions on both values."""
    draft_id, form = held(portal)
    reviewer = portal.browser("reviewer")
    refused = reviewer.post(f"/reviews/{draft_id}/confirm", form)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert page.count(f'name="acknowledged" value="{BIRTH}" data-own') == 1
    assert 'href="#fact-birth_date"' in page
    assert reviewer.post(f"/reviews/{draft_id}/confirm", form | {"acknowledged": BIRTH}).location == "/reviews"
    with portal.database.read() as rows:
        kept = rows.scalars(select(drafts.Decision).where(drafts.Decision.draft_id == draft_id)).all()
    assert {row.fact for row in kept if row.acknowledged == [BIRTH]} == {"id_number", "birth_date"}


def test_parties_that_are_not_the_customer_stand_beside_his_name(portal: Portal) -> None:
    """The crop of the company's name comes first, then those of both parties."""
    parties = made_up.reading(
        "contract", {"party_a": "苏州听松测试设备有限公司", "party_b": "绍兴望潮测试仪器有限公司"}
    )
    readings = [made_up.license_reading(), parties]
    draft_id = made_up.enter_draft(portal.database, portal.accounts["clerk"], readings)
    page = portal.browser("reviewer").get(f"/reviews/{draft_id}").get_data(as_text=True)
    shown = page.split('data-contradiction="contract.party_other', 1)[1].split("</section>", 1)[0]
    sides = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'class="side-value">(.*?)</button>', shown)]
    assert sides == ["杭州云岫测试有限公司", "苏州听松测试设备有限公司", "绍兴望潮测试仪器有限公司"]
