"""Who was shown which papers stands in the audit, and does not drown it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import audit, viewings
from models.audit import AuditRow
from models.base import now
from models.database import Database

CASE, PAPER = viewings.case("case-1"), viewings.document("paper-1")


def _rows(database: Database) -> list[tuple[str, str, str, str, str]]:
    """Who, what, which kind of thing, which, and by which way, in order."""
    with database.read() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        assert audit.verify(session).whole
    return [(row.actor, row.action, row.subject_kind, row.subject_id, row.details["via"]) for row in rows]


def test_what_a_person_is_shown_is_noted_once_by_each_way(any_database: Database) -> None:
    """Opened again within ten minutes a thing leaves no further row; by another way, or by another person, it does."""
    for user, via in (("ann", "desk"), ("ann", "desk"), ("ann", "api"), ("bob", "desk"), ("ann", "api")):
        viewings.note(any_database, user, via, [CASE])
    assert _rows(any_database) == [
        (user, "case.viewed", "case", "case-1", via) for user, via in (("ann", "desk"), ("ann", "api"), ("bob", "desk"))
    ]


def test_the_kinds_of_things_have_their_own_rows(any_database: Database) -> None:
    """A case, a document and a folder of a batch; an identifier of one kind says nothing of another's."""
    for shown in (viewings.case("one"), viewings.document("one"), viewings.folder("one")):
        viewings.note(any_database, "ann", "desk", [shown])
    assert [row[1:4] for row in _rows(any_database)] == [
        (f"{kind}.viewed", kind, "one") for kind in ("case", "document", "folder")
    ]


def test_a_picture_is_noted_where_no_page_that_shows_it_was(any_database: Database) -> None:
    """The pictures of a page that was noted leave no rows; one that is asked for by itself does, once."""
    viewings.note(any_database, "ann", "desk", [CASE])
    for user in ("ann", "bob", "bob"):
        viewings.note_picture(any_database, user, PAPER, within=CASE)
    assert _rows(any_database)[1:] == [("bob", "document.viewed", "document", "paper-1", "picture")]


def test_after_the_window_it_is_noted_anew(any_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten minutes later the same page and the same picture are a view of their own."""
    viewings.note(any_database, "ann", "desk", [CASE])
    later: datetime = now() + viewings.WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(viewings, "now", lambda: later)
    viewings.note_picture(any_database, "ann", PAPER, within=CASE)
    viewings.note(any_database, "ann", "desk", [CASE])
    assert [row[1] for row in _rows(any_database)] == ["case.viewed", "document.viewed", "case.viewed"]


def test_pictures_asked_for_at_once_leave_one_row(any_database: Database) -> None:
    """A browser asks for all pictures of a paper side by side."""
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(viewings.note_picture, any_database, "ann", PAPER, within=CASE) for _ in range(16)]
        for one in asked:
            one.result()
    assert len(_rows(any_database)) == 1
