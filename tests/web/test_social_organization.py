"""A type that is new files alone shows itself to the reviewer: no page, form or table was told of it."""

from __future__ import annotations

import pytest

from intake import doctypes
from tests import made_up
from tests.web.conftest import Portal

VALUES: dict[str, str | None] = {
    "name": "云泊县茶叶协会",
    "registration_number": "浙社证字第0123号",
    "legal_representative": "苗叙白",
    "activity_area": "云泊县",
    "supervising_unit": "云泊县农业农村局",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_review_page_shows_its_labels_and_values(portal: Portal, language: str) -> None:
    """Every field that was read, under its label in the reviewer's language."""
    picture = portal.context.store.put_picture("pages/society.jpg", b"\xff\xd8\xff\xe0 a picture")
    readings = [made_up.reading("social_organization", VALUES)]
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], readings, picture)
    reviewer = portal.browser("reviewer", language)
    reviewer.post(f"/reviews/{draft}/claim")
    page = reviewer.get(f"/reviews/{draft}").get_data(as_text=True)
    kind = doctypes.get("social_organization")
    for name, value in VALUES.items():
        label = kind.field(name).label
        assert (label.zh if language == "zh" else label.en) in page
        assert str(value) in page
    assert (kind.title.zh if language == "zh" else kind.title.en) in page
