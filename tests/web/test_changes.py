"""A renewed license on the desk and in the customer file."""

from __future__ import annotations

import re

import pytest

from tests import made_up
from tests.web.conftest import Portal

MOVED = "浙江省杭州市滨江区听松路1号"


def test_a_renewed_license_shows_old_and_new_and_becomes_the_next_version(portal: Portal) -> None:
    """The same credit code with another address: one change, the rest folded; confirmed, version 2."""
    number = made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    values = {one.field: one.value for one in made_up.license_reading().fields} | {"address": MOVED}
    renewed = made_up.enter_draft(
        portal.database, portal.accounts["clerk"], [made_up.reading("business_license", values)]
    )
    page = portal.browser("reviewer").get(f"/reviews/{renewed}").get_data(as_text=True)
    assert page.count("data-changed=") == 1
    assert re.search(rf"<ins>(?:<span[^>]*>)?{MOVED}(?:</span>)?", page)
    assert re.search(r"<del>(?:<span[^>]*>)?浙江省杭州市西湖区云岫路", page)
    assert "6 values stay as they are" in page
    assert made_up.confirmed(portal.database, renewed, portal.accounts["reviewer"]) == number
    file = portal.browser("reviewer").get(f"/customers/{number}").get_data(as_text=True)
    assert "Version 2" in file
    assert re.search(r"<del>(?:<span[^>]*>)?浙江省杭州市西湖区云岫路", file)


@pytest.mark.parametrize(("language", "said"), [("en", "Added to the file"), ("zh", "新加入档案")])
def test_what_the_papers_add_to_the_file_is_listed_too(portal: Portal, language: str, said: str) -> None:
    """A day that the file does not hold yet: nothing old beside it, and counted as a change."""
    made_up.confirmed(portal.database, portal.draft(), portal.accounts["reviewer"])
    values = {one.field: one.value for one in made_up.license_reading().fields} | {"established_on": "2015-05-20"}
    renewed = made_up.enter_draft(
        portal.database, portal.accounts["clerk"], [made_up.reading("business_license", values)]
    )
    page = portal.browser("reviewer", language).get(f"/reviews/{renewed}").get_data(as_text=True)
    changes = page.split('<section class="changes"', 1)[1].split("</section>", 1)[0]
    assert said in changes
    assert '<span class="count">1</span>' in changes
    assert changes.count("data-added=") == 1
    assert 'data-added="established_on"' in changes
    assert "<del>" not in changes
