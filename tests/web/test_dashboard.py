"""The dashboard's page: who sees what, its periods, and that a table stands behind every chart."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from models.accounts import User
from tests import made_up
from tests.web.conftest import Portal
from tests.web.desk_forms import draft_of, form_of

_CUSTOMER = ("云岫", "林晓舟", made_up.CODES[0], "C00000001")


def _confirm(portal: Portal, who: str = "reviewer", code: str = made_up.CODES[0], **told: str) -> None:
    reviewer = portal.browser(who)
    draft_id = portal.draft(code=code)
    reviewer.post(f"/reviews/{draft_id}/claim")
    assert reviewer.post(f"/reviews/{draft_id}/confirm", form_of(draft_of(portal, draft_id)) | told).status_code == 302


def _text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_what_the_desk_counted_stands_on_the_dashboard(portal: Portal) -> None:
    """Twelve seconds and one key; a form without counts, or with nonsense, is confirmed all the same."""
    _confirm(portal, **{"effort.seconds": "12", "effort.keystrokes": "1", "effort.pointer_moves": "0"})
    _confirm(portal, code=made_up.CODES[1], **{"effort.seconds": "-3", "effort.keystrokes": "9" * 40})
    text = _text(portal.browser("administrator").get("/dashboard").get_data(as_text=True))
    assert "2 drafts with 2 papers decided" in text
    assert "Half of the papers took at most 12 s" in text
    assert "Half of the papers took at most 1 keystrokes" in text
    assert "People accepted 100% of the values and 100% of the papers exactly as they were read." in text


@pytest.mark.parametrize("role", ["administrator", "auditor", "reviewer"])
def test_no_page_tells_anything_of_a_customer(portal: Portal, role: str) -> None:
    """No name, no number, no value; the page names its period in the address and nothing else."""
    _confirm(portal)
    portal.draft(code=made_up.CODES[2])
    page = portal.browser(role).get("/dashboard?days=91").get_data(as_text=True)
    assert [told for told in _CUSTOMER if told in page] == []
    assert set(re.findall(r"/dashboard\?([^\"]+)", page)) == {"days=7", "days=28", "days=91", "days=364"}


def test_colleagues_are_named_to_those_who_run_and_check_the_office_alone(portal: Portal) -> None:
    """A reviewer sees himself beside all others together."""
    with portal.database.unit() as unit:
        for role, name in (("reviewer", "Ms First"), ("other reviewer", "Mr Second")):
            unit.session.execute(update(User).where(User.id == portal.accounts[role]).values(display_name=name))
    _confirm(portal)
    _confirm(portal, "other reviewer", made_up.CODES[1])
    for role in ("administrator", "auditor"):
        page = portal.browser(role).get("/dashboard").get_data(as_text=True)
        assert ("Ms First" in page, "Mr Second" in page) == (True, True)
    own = portal.browser("reviewer").get("/dashboard").get_data(as_text=True)
    assert "Mr Second" not in own
    assert "Colleagues" in own


def test_a_table_stands_behind_every_chart_and_no_style_is_written_into_the_page(portal: Portal) -> None:
    """As many tables as charts, each with its sentence; an address that somebody made up shows the usual period."""
    _confirm(portal, **{"effort.seconds": "12", "effort.keystrokes": "1", "effort.pointer_moves": "0"})
    portal.draft(code=made_up.CODES[2])
    page = portal.browser("auditor", "zh").get("/dashboard?days=12").get_data(as_text=True)
    assert page.count('class="chart"') == page.count("<table") == 9
    assert len(re.findall(r'class="chart"[^>]*aria-label="[^"]+"', page)) == 9
    assert "style=" not in page
    assert 'href="/dashboard?days=28" aria-current="page"' in page
    assert 'href="/reviews?hours=1"' in page


def test_an_empty_office_is_told_what_is_missing(portal: Portal) -> None:
    """Before the first draft there is no chart, and each panel says why."""
    page = portal.browser("administrator").get("/dashboard").get_data(as_text=True)
    assert 'class="chart"' not in page
    assert "Nothing was decided in this period." in page
    assert "No draft waits." in page
