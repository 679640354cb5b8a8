"""The desk as a plain form posts it: a draft as it stands, and the form of who accepts all but what is named."""

from __future__ import annotations

from models import drafts
from models.draft_views import DraftView
from tests.web.conftest import Portal


def draft_of(portal: Portal, draft_id: str) -> DraftView:
    """A draft as it stands."""
    with portal.database.read() as rows:
        found = drafts.load(rows, draft_id)
    assert found is not None
    return found


def form_of(draft: DraftView, **corrections: str) -> dict[str, str]:
    """The form of a reviewer who accepts all that was read but what is named."""
    filled = {"version": str(draft.version)}
    for fact in draft.facts:
        read = "omit" if fact.value is None else "accept"
        filled[f"action.{fact.fact}"] = "correct" if fact.fact in corrections else read
        filled[f"value.{fact.fact}"] = corrections.get(fact.fact, fact.value or "")
    return filled
