"""Documents over the API: fields with their boxes, page pictures, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from models import drafts
from tests.made_up import CODES

if TYPE_CHECKING:
    from conftest import Office


@pytest.fixture
def document_id(office: Office, license_draft: Callable[..., str]) -> str:
    """The clerk's license."""
    with office.database.read() as session:
        view = drafts.load(session, license_draft())
    assert view is not None
    return view.documents[0].id


def test_a_document_has_its_fields_by_name(office: Office, document_id: str) -> None:
    """Values, texts, and boxes in pixels of the page as stored."""
    body = office.get("clerk", f"/documents/{document_id}").json
    assert (body["type"], body["fields"]["uscc"]["value"]) == ("business_license", CODES[0])
    assert body["fields"]["uscc"]["box"] == [100, 50, 300, 50]


def test_a_page_has_its_picture(office: Office, document_id: str) -> None:
    """The picture as JPEG, kept by the browser only; a page that is not there is 404."""
    answer = office.get("clerk", f"/documents/{document_id}/pages/1/image")
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"].startswith("private")
    assert office.get("clerk", f"/documents/{document_id}/pages/2/image").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("other clerk", 404),
        ("reviewer", 200),
        ("archivist", 200),
        ("auditor", 200),
        ("administrator", 403),
        ("security", 403),
    ],
)
def test_a_document_follows_its_case(office: Office, document_id: str, role: str, status: int) -> None:
    """Another clerk's paper does not exist; administrators and security see no fields at all."""
    assert office.get(role, f"/documents/{document_id}").status_code == status
    assert office.get(role, f"/documents/{document_id}/pages/1/image").status_code == status
