"""The API's description of itself: the OpenAPI document and the page made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.api import docs

if TYPE_CHECKING:
    from conftest import Office


def test_the_document_holds_the_api_and_nothing_else(office: Office) -> None:
    """Every rule below /api/v1 that answers data is described; no page of the portal is."""
    spec = office.app.test_client().get("/api/v1/openapi.json").json
    served = {
        rule.rule.replace("<int:number>", "{number}").replace("<", "{").replace(">", "}")
        for rule in office.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.rule not in {"/api/v1/docs", "/api/v1/openapi.json"}
    }
    assert spec["openapi"].startswith("3.1")
    assert set(spec["paths"]) == served


def test_every_refusal_is_described_as_a_problem(office: Office) -> None:
    """Each call names 401 and 403, and all its refusals are problem documents."""
    spec = office.app.test_client().get("/api/v1/openapi.json").json
    for item in spec["paths"].values():
        for operation in item.values():
            refusals = {status: body for status, body in operation["responses"].items() if status >= "400"}
            assert {"401", "403"} <= set(refusals)
            assert all(set(body["content"]) == {"application/problem+json"} for body in refusals.values())
            assert operation["security"] == [{"token": []}, {"session": []}]


def test_the_page_shows_every_call_without_script_or_foreign_source(office: Office) -> None:
    """Anyone may read it; nothing on it is inline or from another server, so the strict policy holds."""
    answer = office.app.test_client().get("/api/v1/docs")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "POST" in text
    assert "/api/v1/drafts/{draft_id}/confirm" in text
    for forbidden in ("<script", "<style", " style=", " onclick", 'src="http', 'href="http'):
        assert forbidden not in text
    assert 'id="shape-UploadOut"' in text


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "array", "items": {"$ref": "#/components/schemas/UploadOut.FileOut"}}, "list of FileOut"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"enum": ["open", "closed"]}, "open | closed"),
        ({"type": "integer", "minimum": 1, "maximum": 200}, "integer 1-200"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "map to string"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "array", "prefixItems": []}, "list of values"),
        ({}, "any"),
    ],
)
def test_a_schema_is_told_in_words(schema: dict[str, object], text: str) -> None:
    """The kinds that the document uses, each as a person would say it."""
    assert docs.kind(schema).text == text
