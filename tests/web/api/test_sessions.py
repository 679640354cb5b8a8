"""The portal's own session may call the API too; a change by it needs the token against forged requests."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask.testing import FlaskClient

from models.accounts import make_sign_in_link

if TYPE_CHECKING:
    from conftest import Office


def _token(client: FlaskClient, address: str) -> str:
    """The token that a page carries."""
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _signed_in(office: Office, role: str) -> FlaskClient:
    """A browser that is signed in as a role."""
    with office.database.unit() as unit:
        link = make_sign_in_link(unit, office.accounts[role], 1)
    client = office.app.test_client()
    address = f"/sign-in/link/{link}"
    client.post(address, data={"csrf_token": _token(client, address)})
    return client


def test_a_session_reads_without_a_bearer_token(office: Office, license_draft: Callable[..., str]) -> None:
    """What the pages of the portal fetch."""
    client = _signed_in(office, "reviewer")
    assert client.get(f"/api/v1/drafts/{license_draft()}").status_code == 200


def test_a_change_by_a_session_needs_the_token_of_its_pages(office: Office, license_draft: Callable[..., str]) -> None:
    """Without the header 400 and nothing is changed; with it the claim stands."""
    client = _signed_in(office, "reviewer")
    address = f"/api/v1/drafts/{license_draft()}/claim"
    forged = client.post(address)
    assert (forged.status_code, forged.content_type) == (400, "application/problem+json")
    assert client.get(address.removesuffix("/claim")).json["claim"] is None
    headers = {"X-CSRFToken": _token(client, "/"), "If-Match": '"1"'}
    assert client.post(address, headers=headers).json["claim"]["mine"] is True


def test_a_wrong_bearer_token_is_not_made_good_by_a_session(office: Office) -> None:
    """A request that shows a token is judged by it alone."""
    client = _signed_in(office, "reviewer")
    assert client.get("/api/v1/drafts", headers={"Authorization": "Bearer nonsense"}).status_code == 401
