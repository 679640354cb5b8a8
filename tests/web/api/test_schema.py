"""The whole API against its own description, with made-up requests, right and wrong ones, for several roles."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, given, strategies
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from intake.settings import Settings
from models import drafts
from tests import made_up

if TYPE_CHECKING:
    from conftest import Office

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6


POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture(params=["sqlite", POSTGRESQL])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """The API is tried on both databases: what one takes, another may refuse."""
    if request.param == "sqlite":
        return settings
    return settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})


@pytest.fixture
def known(office: Office, license_draft: Callable[..., str]) -> dict[str, Any]:
    """Path parameters of things that are there: an open draft, its document, its settled upload, a customer."""
    number = made_up.confirmed(office.database, license_draft(), office.accounts["reviewer"])
    draft_id = license_draft(code=made_up.CODES[1])
    office.change("reviewer", f"/drafts/{draft_id}/claim")
    with office.database.read() as session:
        view = drafts.load(session, draft_id)
        assert view is not None
        file = session.get_one(made_up.UploadFile, view.documents[0].upload_file_id)
    return {
        "draft_id": draft_id,
        "document_id": view.documents[0].id,
        "upload_id": file.upload_id,
        "number": number,
    }


def _at_something_known(case: Case, known: dict[str, Any]) -> None:
    """Let a request be about a thing that is there and name the version that was read."""
    for name in case.path_parameters or {}:
        if name in known and "image" not in case.operation.path:
            case.path_parameters[name] = known[name]
    if "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = '"1"'


def _exercise(operation: APIOperation, mode: GenerationMode, headers: dict[str, str], known: dict[str, Any]) -> None:
    """Send made-up requests to one operation and check every answer."""

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), at_known=strategies.booleans())
    def call(case: Case, at_known: bool) -> None:  # noqa: FBT001  # drawn by hypothesis
        if at_known:
            _at_something_known(case, known)
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    ("settings", "role"),
    [
        ("sqlite", "clerk"),
        ("sqlite", "auditor"),
        pytest.param("postgresql", "reviewer", marks=pytest.mark.postgres),
        pytest.param("postgresql", "archivist", marks=pytest.mark.postgres),
    ],
    indirect=["settings"],
)
def test_the_api_keeps_to_its_description(
    office: Office, known: dict[str, Any], role: str, mode: GenerationMode
) -> None:
    """No request, however wrong, is answered 5xx; every answer has a status, a kind and a form that is described."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", office.app)
    headers = {"Authorization": f"Bearer {office.tokens[role]}"}
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        _exercise(operation, mode, headers, known)
    assert len(operations) >= 14


def test_characters_that_no_database_keeps_are_refused(office: Office, known: dict[str, Any]) -> None:
    """A NUL or half a character in an address, a query or a body is the sender's mistake, not ours."""
    path = f"/drafts/{known['draft_id']}"
    for nul in ("a\x00b", "a\ud800b"):
        body = json.dumps({"reason": nul, "note": nul})
        answer = office.post(
            "reviewer", f"{path}/return", data=body, headers={"If-Match": '"1"', "Content-Type": "application/json"}
        )
        assert answer.status_code == 422
        decisions = json.dumps({"decisions": [{"fact": "x", "action": "correct", "value": nul}]})
        answer = office.post(
            "reviewer",
            f"{path}/confirm",
            data=decisions,
            headers={"If-Match": '"1"', "Content-Type": "application/json"},
        )
        assert answer.status_code == 422
    for address in ("/drafts/a%00b", "/customers/a%00b", "/documents/a%00b"):
        assert office.get("reviewer", address).status_code == 404
    for query in ("/customers?q=a%00b", "/drafts?type=a%00b", "/drafts?cursor=a%00b"):
        assert office.get("reviewer", query).status_code == 422


def test_an_upload_of_every_kind_of_rubbish_is_answered(office: Office) -> None:
    """Strange names and contents become rows with their errors."""
    names = ["a.png", "../../etc/passwd", "名字.pdf", "x" * 300, "a\x00b.png", "con.png "]
    for name in names:
        data = {"files": [(io.BytesIO(b"%PDF-1.7 rubbish"), name)]}
        answer = office.post("clerk", "/uploads", data=data, content_type="multipart/form-data")
        assert answer.status_code == 202
        assert "/" not in answer.json["files"][0]["name"]
