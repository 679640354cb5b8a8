"""Who was shown which papers: a row of the audit per person, thing and way, at most one within ten minutes.

The rows name a case, a document, or a folder of a batch, and where it was shown; never what stands on it. A view of a
customer file has its own row (:func:`models.customer_views.note_view`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit
from models.audit import AuditRow
from models.base import now
from models.database import Database, Unit, lock

WINDOW = timedelta(minutes=10)
"""A page that is opened again within it, as after each act, leaves no further row."""

PICTURE = "picture"
"""The way of a picture or of words that were asked for by themselves, from no page that was noted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something of which a person sees the papers: ``kind`` is ``case``, ``document`` or ``folder`` (of a batch)."""

    kind: str
    id: str


def case(case_id: str) -> Shown:
    """A case with all its papers."""
    return Shown("case", case_id)


def document(document_id: str) -> Shown:
    """One paper."""
    return Shown("document", document_id)


def folder(folder_id: str) -> Shown:
    """The pages of a folder of a batch."""
    return Shown("folder", folder_id)


def note(database: Database, user_id: str, via: str, shown: Sequence[Shown]) -> None:
    """Write that a person is shown these things by a way (``desk``, ``case``, ``customer``, ``api`` …).

    In a unit of its own, before anything is handed out: where it cannot be written, nothing is shown.
    """
    _note(database, user_id, via, lambda session: set(shown) - _noted(session, user_id, shown, via))


def note_picture(database: Database, user_id: str, shown: Shown, *, within: Shown | None = None) -> None:
    """Write that a picture of something was given; nothing where a page that shows it, or all of ``within``, was."""
    pages = [one for one in (shown, within) if one is not None]
    _note(database, user_id, PICTURE, lambda session: set() if _noted(session, user_id, pages) else {shown})


def _note(database: Database, user_id: str, via: str, left: Callable[[Session], set[Shown]]) -> None:
    """Write what is ``left`` to be noted; asked for once more where nobody else can note the same meanwhile."""
    with database.read() as session:
        if not left(session):
            return
    with database.unit() as unit:
        lock(unit.session, f"viewed:{user_id}")
        for one in sorted(left(unit.session), key=lambda one: (one.kind, one.id)):
            _write(unit, user_id, one, via)


def _write(unit: Unit, user_id: str, one: Shown, via: str) -> None:
    match one.kind:
        case "case":
            _witness(unit, user_id, one.id, via, action="case.viewed", subject_kind="case")
        case "document":
            _witness(unit, user_id, one.id, via, action="document.viewed", subject_kind="document")
        case "folder":
            _witness(unit, user_id, one.id, via, action="folder.viewed", subject_kind="folder")


def _witness(unit: Unit, actor: str, subject_id: str, via: str, *, action: str, subject_kind: str) -> None:
    details = {"via": via}
    audit.append(unit, actor=actor, action=action, subject_kind=subject_kind, subject_id=subject_id, details=details)


def _noted(session: Session, user_id: str, shown: Sequence[Shown], via: str | None = None) -> set[Shown]:
    """Those that this person was shown within the window, by one way or by any."""
    query = select(AuditRow.subject_kind, AuditRow.subject_id).where(
        AuditRow.actor == user_id,
        AuditRow.action.in_([f"{one.kind}.viewed" for one in shown]),
        AuditRow.subject_id.in_([one.id for one in shown]),
        AuditRow.at > now() - WINDOW,
    )
    if via is not None:
        query = query.where(AuditRow.details["via"].as_string() == via)
    return {Shown(kind, subject) for kind, subject in session.execute(query)} & set(shown)
