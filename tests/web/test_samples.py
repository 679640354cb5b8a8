"""Quality checks by the pages."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from models import cases, customers, drafts, policies
from models.draft_rows import Draft
from models.sample_rows import Sample
from tests import made_up
from tests.web.conftest import Portal
from tests.web.desk_forms import draft_of, form_of


@pytest.fixture
def sample(portal: Portal) -> str:
    """A confirmed draft that was drawn; gives the sample's identifier."""
    with portal.database.unit() as unit:
        policies.change(unit, "sampling", {"share": 100, "seed": "s"}, user_id=portal.accounts["administrator"])
    draft = portal.draft()
    made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    with portal.database.read() as session:
        return session.scalars(select(Sample.id)).one()


def _form(portal: Portal, sample_id: str, **others: str) -> dict[str, str]:
    with portal.database.read() as session:
        view = drafts.load(session, session.get_one(Sample, sample_id).draft_id)
    assert view is not None
    said = {f"value.{fact.fact}": (fact.decision and fact.decision.value) or "" for fact in view.facts}
    return said | {f"value.{fact}": value for fact, value in others.items()}


def test_a_sample_waits_for_others_than_who_confirmed(portal: Portal, sample: str) -> None:
    """The one who confirmed sees nothing to check; the other sees the confirmed values beside their crops."""
    assert sample not in portal.browser("reviewer").get("/reviews/samples").get_data(as_text=True)
    assert "Finish the check" not in portal.browser("reviewer").get(f"/reviews/samples/{sample}").get_data(as_text=True)
    other = portal.browser("other reviewer")
    assert sample in other.get("/reviews/samples").get_data(as_text=True)
    page = other.get(f"/reviews/samples/{sample}").get_data(as_text=True)
    assert 'value="杭州云岫测试有限公司"' in page
    assert "/crop?at=" in page
    assert "Finish the check" in page
    assert portal.browser("reviewer").post(f"/reviews/samples/{sample}", _form(portal, sample)).status_code == 409


def test_agreement_leads_back_to_the_list_with_its_figures(portal: Portal, sample: str) -> None:
    """One check, all values, none wrong; in Chinese too."""
    other = portal.browser("other reviewer", "zh")
    assert other.post(f"/reviews/samples/{sample}", _form(portal, sample)).location == "/reviews/samples"
    assert "一致率 100%" in other.get("/reviews/samples").get_data(as_text=True)


def test_an_error_leads_to_the_open_draft_and_to_what_shares_its_cause(portal: Portal, sample: str) -> None:
    """The page names what is right, the draft that is open again, and the other file of the same hand."""
    kin = portal.draft(code=made_up.CODES[1])
    made_up.confirmed(portal.database, kin, portal.accounts["reviewer"])
    other = portal.browser("other reviewer")
    form = _form(portal, sample, company_name="杭州云岫测式有限公司")
    assert other.post(f"/reviews/samples/{sample}", form).location == f"/reviews/samples/{sample}"
    page = other.get(f"/reviews/samples/{sample}").get_data(as_text=True)
    assert 'Right is: <span lang="zh-Hans">杭州云岫测式有限公司</span>' in page
    assert f"/reviews/{kin}" in page
    with portal.database.read() as session:
        reopened = session.get_one(Sample, sample).reopened_as
    assert f"/reviews/{reopened}" in page


def test_a_check_tells_nothing_to_who_keys_the_reopened_draft_blind(portal: Portal, sample: str) -> None:
    """What was confirmed and what is right stand on its page: not for the second person of the draft that followed."""
    with portal.database.unit() as unit:
        policies.change(unit, "blind", {"facts": ["company_name"]}, user_id=portal.accounts["administrator"])
    other = portal.browser("other reviewer")
    other.post(f"/reviews/samples/{sample}", _form(portal, sample, company_name="杭州云岫测式有限公司"))
    with portal.database.read() as session:
        reopened = session.get_one(Sample, sample).reopened_as
    other.post(f"/reviews/{reopened}/claim")
    draft = draft_of(portal, str(reopened))
    assert other.post(f"/reviews/{reopened}/confirm", form_of(draft)).status_code == 302
    assert portal.browser("reviewer").get(f"/reviews/samples/{sample}").status_code == 404
    assert other.get(f"/reviews/samples/{sample}").status_code == 200


def test_a_sample_waits_while_its_checker_may_key_its_case_blind(portal: Portal, sample: str) -> None:
    """The case has a further draft on which another decided first: until that is done the sample is not offered."""
    with portal.database.unit() as unit:
        policies.change(unit, "blind", {"facts": ["company_name"]}, user_id=portal.accounts["administrator"])
        confirmed = unit.session.get_one(Draft, unit.session.get_one(Sample, sample).draft_id)
        documents = cases.documents(unit.session, confirmed.case_id)
        present = customers.of_case(unit.session, confirmed.case_id, documents)
        file = made_up.drafted(documents, present)
        draft = drafts.save_draft(unit, confirmed.case_id, file, ["business_license"]).id
    other = portal.browser("other reviewer")
    assert sample in other.get("/reviews/samples").get_data(as_text=True)
    first = portal.browser("reviewer")
    first.post(f"/reviews/{draft}/claim")
    assert first.post(f"/reviews/{draft}/confirm", form_of(draft_of(portal, draft))).status_code == 302
    assert sample not in other.get("/reviews/samples").get_data(as_text=True)
    assert other.get(f"/reviews/samples/{sample}").status_code == 404


def test_nothing_is_agreed_on_that_nobody_looked_at(portal: Portal, sample: str) -> None:
    """A form that leaves confirmed values out decides nothing, and is told which they are."""
    other = portal.browser("other reviewer")
    some = dict(list(_form(portal, sample).items())[1:])
    for form in ({}, some):
        answer = other.post(f"/reviews/samples/{sample}", form)
        assert answer.status_code == 409
        told = re.search(r"still undecided: ([^<]+)", answer.get_data(as_text=True))
        assert told is not None
        assert "_" not in told.group(1)  # labels, no codes
    with portal.database.read() as session:
        assert session.get_one(Sample, sample).state == "waiting"


def test_a_malformed_value_is_marked_and_kept_on_the_page(portal: Portal, sample: str) -> None:
    """422; nothing is decided."""
    other = portal.browser("other reviewer")
    answer = other.post(f"/reviews/samples/{sample}", _form(portal, sample, registered_capital="many"))
    assert answer.status_code == 422
    assert 'value="many"' in answer.get_data(as_text=True)
    assert other.get("/reviews/samples/none").status_code == 404
    assert other.post("/reviews/samples/none").status_code == 404


def test_a_page_that_stays_is_told_where_the_check_leads(portal: Portal, sample: str) -> None:
    """No redirection, which a script could not follow by itself without taking what the next page tells."""
    other = portal.browser("other reviewer")
    other.get(f"/reviews/samples/{sample}")
    answer = other.post(f"/reviews/samples/{sample}", _form(portal, sample), **{"X-Desk": "stay"})
    assert (answer.status_code, answer.data, answer.headers["Content-Location"]) == (200, b"", "/reviews/samples")
