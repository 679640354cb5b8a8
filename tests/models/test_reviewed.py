"""Confirmed papers come out of the database as they were decided, with their words, each file once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.evaluation.reviews import truth
from intake.pipeline import understand
from models import reviewed
from models.audit import AuditRow
from models.cases import Document
from models.database import Database
from models.draft_rows import Draft
from models.reviewed import Confirmed
from models.store import FileStore
from tests import made_up
from tests.confirmed_papers import LICENSE, PERMIT, Archive, reading, words
from tests.made_up import TODAY


@pytest.fixture
def archive(any_database: Database, store: FileStore) -> Archive:
    """An office that confirms samples, on both databases."""
    return Archive(any_database, store, made_up.people(any_database, "clerk", "reviewer"))


def load(archive: Archive, *, texts: bool = False) -> list[Confirmed]:
    """Everything confirmed."""
    with archive.database.read() as session:
        return list(reviewed.confirmed(session, words=texts))


def test_a_confirmed_file_brings_its_readings_and_the_decisions(archive: Archive) -> None:
    """The reading as it was, and the corrected value as the truth; the sender's name of the file stays behind."""
    archive.confirm(LICENSE, legal_representative="罗慕清")
    (found,) = load(archive)
    assert [paper.reading for paper in found.file.papers] == list(reading(LICENSE).documents)
    assert (found.file.pages, found.media_type, found.file.profile) == (reading(LICENSE).pages, "image/jpeg", "jpg")
    assert truth(found.file).documents[0].fields["legal_representative"] == "罗慕清"
    assert "license" not in found.file.name
    assert found.file.texts == ()


def test_the_kept_words_give_the_same_documents_again(archive: Archive) -> None:
    """They come in the order in which they were read: understanding them anew changes nothing by itself."""
    archive.confirm(LICENSE)
    (found,) = load(archive, texts=True)
    assert len(found.file.texts) == len(words(LICENSE))
    assert understand(found.file.texts, today=TODAY) == reading(LICENSE).documents


def test_what_is_not_confirmed_is_not_there(archive: Archive) -> None:
    """An open draft is nobody's word."""
    archive.draft(LICENSE)
    assert load(archive) == []


def test_the_same_bytes_count_once_as_they_were_decided_last(archive: Archive) -> None:
    """A paper handed in again with others, and decided otherwise: the later word counts."""
    archive.confirm(LICENSE, legal_representative="罗慕清")
    archive.confirm(LICENSE, PERMIT, files=(reading(PERMIT),), legal_representative="罗慕情")
    found = load(archive)
    assert len(found) == 2
    told = [document for one in found for document in truth(one.file).documents]
    assert {document.fields["legal_representative"] for document in told} == {"罗慕情"}


def test_a_paper_that_came_after_the_decision_has_none(archive: Archive) -> None:
    """Nobody has looked at it."""
    draft_id = archive.confirm(LICENSE, PERMIT)
    with archive.database.unit() as unit:
        settled = unit.session.get_one(Draft, draft_id).settled_at
        assert settled is not None
        late = unit.session.scalars(select(Document).where(Document.type == "bank_account_permit")).one()
        late.created_at = settled + timedelta(seconds=1)
    assert [paper.reading.type for one in load(archive) for paper in one.file.papers] == ["business_license"]


def test_taking_them_out_is_told_by_the_audit(archive: Archive) -> None:
    """How many and what for; never what stands on them."""
    with archive.database.unit() as unit:
        reviewed.note(unit, "corpus.exported", "tesstrain", 3)
    with archive.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "corpus.exported")).one()
    assert (row.actor, row.details) == ("command", {"files": 3, "purpose": "tesstrain"})
