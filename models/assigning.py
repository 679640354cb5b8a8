"""Whose work drafts are meant to be: colleagues share the queue out among themselves, and each step is audited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from models import accounts, audit
from models.database import Unit
from models.draft_rows import Draft


def assign(unit: Unit, draft_ids: Sequence[str], to: str | None, *, by: str) -> int:
    """Assign open drafts to a reviewer, or (``None``) to nobody; gives how many were somebody else's before.

    Who holds a draft just now keeps it, and its version stays: nothing that is decided on changes. Drafts that are
    settled or unknown are passed over. Raises LookupError where ``to`` is no active reviewer.
    """
    session = unit.session
    if to is not None and all(one.id != to for one in accounts.reviewers(session)):
        raise LookupError(to)
    wanted = select(Draft).where(Draft.id.in_(draft_ids), Draft.state == "open").order_by(Draft.id)
    moved = [draft for draft in session.scalars(wanted.with_for_update()) if draft.assigned_to != to]
    for draft in moved:
        draft.assigned_to = to
        details = {} if to is None else {"account": to}
        audit.append(
            unit, actor=by, action="draft.assigned", subject_kind="draft", subject_id=draft.id, details=details
        )
    return len(moved)
