"""Pages set upright by people: shown so at once, read again by a worker, and their documents understood anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import restructuring, wire
from intake.restructuring import Bundle
from intake.types import PageText as Text
from models import edits, jobs, regrouping
from models.base import now
from models.cases import Document, Page, PageText, TurnedText, document_rows
from models.database import Unit
from models.edit_rows import Edit
from models.jobs import Claim, Job
from models.kept_words import words
from models.regrouping import Editor
from models.upload_rows import StoredFile, UploadFile


@dataclass(frozen=True, slots=True)
class Turned:
    """A page that has to be read again: where its original lies, and how it stands."""

    page_id: str
    sha256: str
    media_type: str
    page_index: int
    turned: int


def turn(unit: Unit, case_id: str, editor: Editor, page_ids: Collection[str], quarters: int) -> Edit:
    """Turn pages by quarters counter-clockwise; where their words were not read so, a job is queued.

    Its id is :func:`job_of` the edit. Raises as :mod:`models.edits`.
    """
    edit = edits.begin(unit, case_id, "turn", editor)
    pages = edits.own_pages(unit, case_id, page_ids)
    before = {page.id: _source(unit.session, page) for page in pages}
    for page in pages:
        regrouping.note_page(edit, page, turned=(page.turned + quarters) % 4)
    unit.session.flush()
    ready = [page for page in pages if _is_read(unit.session, page)]
    _renew(unit, edit, [page for page in ready if _source(unit.session, page) != before[page.id]], editor)
    if len(ready) < len(pages):
        jobs.enqueue(unit.session, jobs.REREAD_PAGES, edit.id)
        unit.session.flush()
    return edits.finish(unit, edit, editor)


def job_of(session: Session, edit: Edit) -> str | None:
    """The job that reads the pages of an edit again and is still to run."""
    return session.scalar(select(Job.id).where(Job.subject_id == edit.id, Job.state.in_(("queued", "running"))))


def being_read(session: Session, case_id: str) -> set[str]:
    """The pages of a case that a worker has yet to read again."""
    found = session.scalars(
        select(Edit)
        .join(Job, Job.subject_id == Edit.id)
        .where(Edit.case_id == case_id, Edit.undone_at.is_(None), Job.state.in_(("queued", "running")))
    ).all()
    return {page_id for edit in found for page_id in edit.pages_after}


def wanted(session: Session, claim: Claim) -> list[Turned]:
    """The pages of a claimed job that stand as its edit left them and were never read so."""
    edit = session.get_one(Edit, claim.subject_id)
    if edit.undone_at is not None:
        return []
    found = session.execute(
        select(Page, StoredFile)
        .join(UploadFile, UploadFile.id == Page.upload_file_id)
        .join(StoredFile, StoredFile.sha256 == UploadFile.sha256)
        .where(Page.id.in_(edit.pages_after))
        .order_by(Page.id)
    ).all()
    return [
        Turned(page.id, stored.sha256, stored.media_type, page.page_index, page.turned)
        for page, stored in found
        if page.turned == edit.pages_after[page.id]["turned"] and not _is_read(session, page)
    ]


def keep(unit: Unit, claim: Claim, read: Mapping[Turned, Sequence[Text]], *, today: date) -> None:
    """Keep what was read beside what had been read before, and understand the documents of these pages anew.

    That is an edit of its own, part of the one that turned them. Of a page that was turned on meanwhile the words are
    kept and nothing else. Raises LostClaimError, and nothing is written, where the job is another worker's by now.
    """
    jobs.finish(unit, claim)
    asked = unit.session.get_one(Edit, claim.subject_id, populate_existing=True)
    editor = Editor(asked.user_id, today, now())
    edit = edits.begin(unit, asked.case_id, "reread", editor, part_of=asked.id)
    pages = []
    for one, texts in read.items():
        page = unit.session.get_one(Page, one.page_id, with_for_update=True, populate_existing=True)
        if not _has_turn(unit.session, page, one.turned):
            unit.session.add_all(_row(page, one.turned, text) for text in texts)
        if page.turned == one.turned and asked.undone_at is None:
            pages.append(page)
    unit.session.flush()
    _renew(unit, edit, pages, editor)
    if edit.made:
        edits.finish(unit, edit, editor, actor="worker")
    else:
        unit.session.delete(edit)


def _row(page: Page, turned: int, text: Text) -> TurnedText:
    body = wire.dump(text)
    return TurnedText(page_id=page.id, turn=turned, sheet=text.geometry.sheet, reader=text.reader, body=body)


def _renew(unit: Unit, edit: Edit, pages: Sequence[Page], editor: Editor) -> None:
    """Understand the documents of pages anew, out of the words that are theirs now."""
    rows = document_rows(unit.session, edit.case_id)
    touched = [row for row in rows if any(regrouping.lies_on(row, page) for page in pages)]
    alone = {page.id for page in pages if sum(regrouping.lies_on(row, page) for row in rows) == 1}
    made = [_with_new_sheets(unit.session, row, alone) for row in touched]
    if touched:
        regrouping.retire(unit, edit, touched, editor.at)
        regrouping.make(unit, edit, edit.case_id, made, editor)


def _with_new_sheets(session: Session, row: Document, alone: Collection[str]) -> Bundle:
    """What a document is made of, with all sheets of the pages that are its alone: there may be other ones now."""
    bundle = regrouping.bundle_of(session, row)
    kept = words(session, {part.page for part in bundle.parts})
    parts = [
        part
        for run in restructuring.runs(bundle.parts)
        for part in (restructuring.whole([run[0].page], kept) if run[0].page in alone else run)
    ]
    return replace(bundle, parts=tuple(parts))


def _has_turn(session: Session, page: Page, turned: int) -> bool:
    found = select(TurnedText.id).where(TurnedText.page_id == page.id, TurnedText.turn == turned).limit(1)
    return session.scalar(found) is not None


def _source(session: Session, page: Page) -> int:
    """The turn of the words that count for a page as it stands."""
    return page.turned if _has_turn(session, page, page.turned) else 0


def _is_read(session: Session, page: Page) -> bool:
    """Whether a page's words were read as it stands: after that turn, or by a reader that set it upright itself."""
    return page.turned == 0 or _has_turn(session, page, page.turned) or not _sideways(session, page)


def _sideways(session: Session, page: Page) -> bool:
    """Whether the words that were read first stand otherwise than the page does now."""
    rows = session.scalars(select(PageText).where(PageText.page_id == page.id)).all()
    return not rows or any(row.body["geometry"]["quarter_turns"] % 4 != page.turned for row in rows)
