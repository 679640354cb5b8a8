"""The versions of a customer's license on his page, in both languages."""

from __future__ import annotations

import re

import pytest

from tests import made_up
from tests.models.test_renewals import FIRST, RENEWED
from tests.web.conftest import Portal


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("Versions of licenses and certificates", "the present one", "replaced", "Issued on", "See the paper")),
        ("zh-CN", ("证照版本", "现行", "已被取代", "发证日期", "查看原件")),
    ],
)
def test_the_customers_page_lists_the_versions_of_the_license(
    portal: Portal, language: str, texts: tuple[str, ...]
) -> None:
    """The present one first with what it changed; the paper of the one before it is reached by its link."""
    number = ""
    for values in (FIRST, RENEWED):
        paper = made_up.reading("business_license", values)
        draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [paper])
        number = made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    browser = portal.browser("reviewer", language)
    page = browser.get(f"/customers/{number}").get_data(as_text=True)
    shown = page.split('data-renewals="business_license"')[1].split("</section>")[0]
    for text in texts:
        assert text in page
    assert re.findall(r'data-edition="(\d)"', shown) == ["2", "1"]
    assert re.search(r"<del>(?:<span[^>]*>)?林晓舟", shown)
    papers = re.findall(r'href="(/cases/[^"#]+)#document-(\w+)"', shown)
    assert len(papers) == 2
    case, document = papers[1]
    assert f'id="document-{document}"' in browser.get(case).get_data(as_text=True)


@pytest.mark.parametrize("with_license", [False, True])
def test_facts_stand_under_papers_that_are_there(portal: Portal, *, with_license: bool) -> None:
    """A name that is known from a permit alone stands under the permit, and under the license once there is one."""
    values: dict[str, str | None] = {"account_name": "杭州云岫测试有限公司", "account_number": "1202021409900123456"}
    permit = made_up.reading("bank_account_permit", values)
    readings = [permit, made_up.license_reading()] if with_license else [permit]
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], readings)
    number = made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    page = portal.browser("reviewer", "en").get(f"/customers/{number}").get_data(as_text=True)
    titles = re.findall(r'class="origin-group">([^<]*)<', page)
    assert titles == (["Business license", "Bank account permit"] if with_license else ["Bank account permit"])
