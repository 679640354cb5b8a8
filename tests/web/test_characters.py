"""Rare characters are found for the desk; what is looked for stands in no address."""

from __future__ import annotations

from tests.web.conftest import Portal


def test_characters_are_found_by_parts_and_by_likes(portal: Portal) -> None:
    """For reviewers; an overlong wish is refused."""
    reviewer = portal.browser("reviewer")
    assert reviewer.post("/characters", {"q": "方方土"}).get_json()["characters"][0] == "堃"
    assert reviewer.post("/characters", {"like": "喆"}).get_json()["characters"]
    assert reviewer.post("/characters", {"q": "土" * 13}).status_code == 422
    assert portal.browser("clerk").post("/characters", {"q": "kun"}).status_code == 403
