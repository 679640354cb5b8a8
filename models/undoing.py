"""Edits taken back, the latest first, any number of them: the documents as they were, the drafts made anew."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.errors import EditFinalError, NothingToUndoError, StructureChangedError
from models import edits
from models.cases import Document, Page, hold
from models.database import Unit
from models.draft_rows import Draft
from models.edit_rows import Edit
from models.regrouping import Editor


def latest(session: Session, case_id: str) -> Edit | None:
    """The latest edit that concerns a case and stands."""
    return session.scalar(
        select(Edit)
        .where(or_(Edit.case_id == case_id, Edit.target_id == case_id), Edit.undone_at.is_(None))
        .order_by(Edit.at.desc(), Edit.id.desc())
        .limit(1)
    )


def undo(unit: Unit, case_id: str, editor: Editor) -> Edit:
    """Take the latest edit of a case back, with the one that it is part of; gives the one that a person made.

    Raises NothingToUndoError, EditFinalError where a draft was confirmed since, StructureChangedError where documents
    that it moved were regrouped in their new case, or somebody edits the case just now; then the caller's unit has to
    end without a commit.
    """
    edit = _held(unit.session, case_id)
    _must_be_open(unit.session, edit)
    _take_back(unit, edit, editor)
    before = latest(unit.session, case_id)
    if edit.part_of is not None and before is not None and before.id == edit.part_of:
        return undo(unit, case_id, editor)
    return edit


def _held(session: Session, case_id: str) -> Edit:
    """The latest edit, its cases locked: in order, as all units do, so it is looked for once more behind the locks."""
    found = latest(session, case_id)
    cases = set[str]() if found is None else {found.case_id, found.target_id or found.case_id}
    for one in sorted({case_id, *cases}):
        hold(session, one)
    edit = latest(session, case_id)
    if edit is None:
        raise NothingToUndoError
    if edit is not found:
        raise StructureChangedError
    return edit


def _must_be_open(session: Session, edit: Edit) -> None:
    """A confirmed draft stands on the documents as they were confirmed: they are regrouped, not undone."""
    rests = select(Draft.id).where(
        Draft.case_id.in_({edit.case_id, edit.target_id or edit.case_id}),
        Draft.state == "confirmed",
        Draft.settled_at >= edit.at,
    )
    if session.scalar(rests.limit(1)) is not None:
        raise EditFinalError


def _take_back(unit: Unit, edit: Edit, editor: Editor) -> None:
    session = unit.session
    made = session.scalars(select(Document).where(Document.id.in_(edit.made))).all()
    if any(row.retired_by is not None for row in made):
        raise StructureChangedError
    for row in made:
        row.retired_by, row.retired_at = edit.id, editor.at
    for row in session.scalars(select(Document).where(Document.id.in_(edit.retired))):
        row.retired_by = row.retired_at = None
    for page in session.scalars(select(Page).where(Page.id.in_(edit.pages_before)).order_by(Page.id).with_for_update()):
        for name, value in edit.pages_before[page.id].items():
            setattr(page, name, value)
    edit.undone_at, edit.undone_by = editor.at, editor.user_id
    session.flush()
    edits.finish(unit, edit, editor, action="undone")
