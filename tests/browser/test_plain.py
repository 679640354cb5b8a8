"""The portal in a browser that runs no script: what has to work as plain forms and pages does."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from models import accounts
from models.upload_rows import UploadFile
from tests.browser.conftest import Site, picture
from tests.conftest import wait_for

pytestmark = pytest.mark.browser
PASSWORD = "a long password of a test"


def test_without_scripts_one_signs_in_hands_a_file_in_and_reads_a_customer_file(site: Site, tmp_path: Path) -> None:
    """By the form of name and password, by the upload's own button, by the search and lines that open by a press."""
    paper = tmp_path / "营业执照.jpg"
    paper.write_bytes(picture())
    with site.database.unit() as unit:
        accounts.add_user(unit, "lin", ["archivist"], password=PASSWORD)
    page = site.enter("stranger", scripts=False)
    page.goto("/sign-in")
    page.locator("input[name=name]").fill("lin")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{site.address}/")
    page.goto("/uploads/new")
    page.locator("main input[name=files]").set_input_files(str(paper))
    page.locator("main form[data-upload] button.btn-primary").click()
    page.wait_for_url("**/uploads/*")
    expect(page.locator("main")).to_contain_text(paper.name)
    with site.database.read() as session:
        kept = session.scalars(select(UploadFile.state).where(UploadFile.name == paper.name)).all()
    assert kept == ["queued"]
    page.goto("/customers")
    page.locator("#q").fill("听松")
    page.locator("#q").press("Enter")
    page.locator("a[href='/customers/C00000001']").click()
    expect(page.locator("main h1")).to_have_text("苏州听松测试设备有限公司")
    name = page.locator("#fact-company_name")
    expect(name.locator(".origin-value")).to_have_text("苏州听松测试设备有限公司")
    name.locator("summary").click()
    expect(name.locator(".raw")).to_have_text("苏州听松测试机械有限公司")
    drawn = "all => all.map(one => one.naturalWidth > 20)"
    wait_for(lambda: name.locator("img").evaluate_all(drawn) == [True, True])
    assert page.evaluate("document.scripts.length") > 0
    assert site.complaints == []
