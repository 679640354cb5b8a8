"""The page of policies: administrators set them, those who check read them, nobody else sees them."""

from __future__ import annotations

import re

from intake import doctypes, fields
from models import policies
from tests.web.conftest import Portal
from web import kind_words


def test_an_administrator_sets_policies_and_the_page_shows_them(portal: Portal) -> None:
    """What was sent stands on the page and counts; a share without a seed draws one."""
    admin = portal.browser("administrator")
    form = {
        "type": "contract",
        "second": "credit_code",
        "blind": "id_number",
        "kind.date": "99.5",
        "fact.company_name": "97",
        "share": "10",
    }
    assert admin.post("/policies", form).location == "/policies"
    with portal.database.read() as session:
        found = policies.read(session)
    assert found.rule.types == {"contract"}
    assert found.rule.facts == {"credit_code"}
    assert found.rule.blind == {"id_number"}
    assert (found.kind_thresholds, found.fact_thresholds) == ({"date": 0.995}, {"company_name": 0.97})
    assert found.sampling.share == 10
    assert len(found.sampling.seed) == 16
    page = admin.get("/policies").get_data(as_text=True)
    assert re.search(r'name="blind" value="id_number"[^>]* checked', page)
    assert 'name="kind.date" value="99.5"' in page
    assert 'name="fact.company_name" value="97"' in page
    assert found.sampling.seed in page


def test_what_is_no_percentage_is_marked_and_nothing_is_kept(portal: Portal) -> None:
    """422 with what was typed still there."""
    admin = portal.browser("administrator")
    for wrong in ({"kind.date": "101"}, {"fact.credit_code": "-1"}, {"share": "many"}, {"share": "1e2"}):
        answer = admin.post("/policies", {"type": "contract"} | wrong)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "policy" in page
        assert next(iter(wrong.values())) in page
    with portal.database.read() as session:
        assert policies.rows(session) == {}


def test_who_checks_reads_policies_and_cannot_change_them(portal: Portal) -> None:
    """Auditor and security officer see the same page with nothing to press; a change is refused."""
    for role in ("auditor", "security"):
        browser = portal.browser(role)
        page = browser.get("/policies").get_data(as_text=True)
        assert "keep-bar" not in page
        assert 'value="contract" disabled' in page
        assert browser.post("/policies", {"type": "contract"}).status_code == 403
    assert "双人复核" in portal.browser("auditor", "zh").get("/policies").get_data(as_text=True)
    assert portal.browser("reviewer").get("/policies").status_code == 403


def test_every_kind_of_value_has_words() -> None:
    """A kind is never shown by its code; a new one is called as its field until it has a name of its own."""
    assert set(kind_words.kinds()) == set(fields.kinds())
    number = doctypes.get("social_organization").field("registration_number")
    assert kind_words.kinds()[number.kind] == number.label
