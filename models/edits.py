"""What people do to the structure of a case: each function is one edit, whole or not at all, that can be undone.

Every edit holds the case, takes documents out of it and puts others in their place (:mod:`models.regrouping`), keeps
the ledger of pages, drafts the case anew and writes the audit, all in the caller's unit. Raises LookupError for an
unknown case, StructureChangedError where a named document is no longer living, StructureUnfitError where nothing would
change; then the unit has to end without a commit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from intake import doctypes, restructuring, wire
from intake.errors import StructureChangedError, StructureUnfitError
from intake.restructuring import UNKNOWN, Bundle
from intake.types import DocumentReading
from models import audit, case_pages, draft_writing, regrouping
from models.base import new_id
from models.cases import Case, Document, Page, document_rows, hold
from models.database import Unit
from models.edit_rows import Edit
from models.kept_words import words
from models.regrouping import Editor

ASIDE = ("blank", "rejected")
"""The states of a page that lies in no document: nothing stands on it, or nothing of use."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One page of a document, counted from 0 along it."""

    document_id: str
    number: int


def retype(unit: Unit, case_id: str, editor: Editor, document_ids: Collection[str], type_name: str | None) -> Edit:
    """Read documents as another type (``UNKNOWN``: none of ours; ``None``: as their words tell)."""
    _check_type(type_name)
    edit = begin(unit, case_id, "type", editor)
    rows = regrouping.living(unit.session, case_id, document_ids)
    found = [regrouping.bundle_of(unit.session, row) for row in rows]
    changed = [(row, one) for row, one in zip(rows, found, strict=True) if one.type != type_name]
    made = [replace(bundle, type=type_name) for _, bundle in changed]
    return _exchange(unit, edit, [row for row, _ in changed], made, editor)


def _check_type(type_name: str | None) -> None:
    """Raise StructureUnfitError for a type that is none of ours."""
    if type_name and type_name not in {kind.name for kind in doctypes.types()}:
        raise StructureUnfitError


def split(unit: Unit, case_id: str, editor: Editor, tiles: Sequence[Tile]) -> Edit:
    """Let a new document begin at each of these pages; a lone page on which several papers lie is parted."""
    edit = begin(unit, case_id, "split", editor)
    rows, chosen = _chosen(unit, case_id, tiles)
    parted = [restructuring.parted(regrouping.bundle_of(unit.session, row), chosen[row.id]) for row in rows]
    apart = [(row, bundles) for row, bundles in zip(rows, parted, strict=True) if len(bundles) > 1]
    made = [bundle for _, bundles in apart for bundle in bundles]
    return _exchange(unit, edit, [row for row, _ in apart], made, editor)


def join(unit: Unit, case_id: str, editor: Editor, document_ids: Collection[str]) -> Edit:
    """Make one document of several; a single one is joined with the one before it."""
    edit = begin(unit, case_id, "join", editor)
    rows = regrouping.living(unit.session, case_id, document_ids)
    if len(rows) == 1:
        rows = [*_neighbours(unit, rows[0], -1), *rows]
    if len(rows) == 1:
        raise StructureUnfitError
    made = restructuring.joined([regrouping.bundle_of(unit.session, row) for row in rows])
    return _exchange(unit, edit, rows, [_typed_like(made, rows)], editor)


def step(unit: Unit, case_id: str, editor: Editor, tiles: Sequence[Tile], by: int) -> Edit:
    """Move pages of one document one place towards its beginning (-1) or end (1); beyond, into its neighbour."""
    rows, chosen = _chosen(unit, case_id, tiles)
    if len(rows) != 1:
        raise StructureUnfitError
    own = sorted(chosen[rows[0].id])
    left = len(restructuring.runs(regrouping.bundle_of(unit.session, rows[0]).parts)) - len(own)
    number = own[0] + by
    if 0 <= number <= left:
        return place(unit, case_id, editor, tiles, document_id=rows[0].id, number=number)
    beside = _neighbours(unit, rows[0], by)
    if not beside:
        raise StructureUnfitError
    pages = len(restructuring.runs(regrouping.bundle_of(unit.session, beside[0]).parts))
    return place(unit, case_id, editor, tiles, document_id=beside[0].id, number=pages if by < 0 else 0)


def place(unit: Unit, case_id: str, editor: Editor, tiles: Sequence[Tile], *, document_id: str, number: int) -> Edit:
    """Put pages before page ``number`` (from 0) of a document, counted without them; a high number: at its end."""
    edit = begin(unit, case_id, "place", editor)
    _, chosen = _chosen(unit, case_id, tiles)
    rows = regrouping.living(unit.session, case_id, {*chosen, document_id})
    bundles = {row.id: _typed_like(regrouping.bundle_of(unit.session, row), [row]) for row in rows}
    runs = {key: restructuring.runs(bundle.parts) for key, bundle in bundles.items()}
    moved = [part for key in bundles for one in sorted(chosen.get(key, ())) for part in runs[key][one]]
    left = {key: restructuring.without(bundle, chosen.get(key, ())) for key, bundle in bundles.items()}
    target = left[document_id] or Bundle((), bundles[document_id].type, document_id)
    left[document_id] = restructuring.inserted(target, moved, number)
    made = [bundle for key, bundle in left.items() if bundle is not None and bundle.parts != bundles[key].parts]
    gone = [row for row in rows if left[row.id] is None or left[row.id] in made]
    return _exchange(unit, edit, gone, made, editor)


def put_aside(unit: Unit, case_id: str, editor: Editor, tiles: Sequence[Tile], state: str) -> Edit:
    """Take pages out of their documents because nothing (``blank``) or nothing of use (``rejected``) is on them."""
    if state not in ASIDE:
        raise StructureUnfitError
    edit = begin(unit, case_id, "aside", editor)
    rows, chosen = _chosen(unit, case_id, tiles)
    bundles = [_typed_like(regrouping.bundle_of(unit.session, row), [row]) for row in rows]
    left = [restructuring.without(bundle, chosen[bundle.heir_to or ""]) for bundle in bundles]
    return _exchange(unit, edit, rows, [one for one in left if one is not None], editor, aside=state)


def take_up(unit: Unit, case_id: str, editor: Editor, page_ids: Collection[str], type_name: str | None = None) -> Edit:
    """Make documents of pages that lie in none, as their words tell, or each one document of the type given."""
    _check_type(type_name)
    edit = begin(unit, case_id, "use", editor)
    pages = own_pages(unit, case_id, page_ids)
    if any(page.state == "filed" for page in pages):
        raise StructureChangedError
    kept = words(unit.session, page_ids)
    made = [
        bundle
        for page in pages
        for bundle in (restructuring.found_on(page.id, kept) if type_name is None else ())
        or (Bundle(restructuring.whole([page.id], kept), type_name),)
    ]
    return _exchange(unit, edit, [], made, editor)


def move(unit: Unit, case_id: str, editor: Editor, document_ids: Collection[str], target_id: str) -> Edit:
    """Move documents to another case, as they were read; both cases are drafted anew."""
    if target_id == case_id:
        raise StructureUnfitError
    edit = begin(unit, case_id, "move", editor, target_id=target_id)
    rows = regrouping.living(unit.session, case_id, document_ids)
    made = []
    for row in rows:
        bundle = regrouping.bundle_of(unit.session, row)
        reading = wire.load(DocumentReading, row.reading)
        indexes = {index: number for number, index in enumerate(reading.page_indexes)}
        made.append((replace(bundle, heir_to=None), restructuring.renumbered(reading, indexes)))
    regrouping.retire(unit, edit, rows, editor.at)
    regrouping.write(unit, edit, target_id, made, editor)
    return finish(unit, edit, editor)


# ---- what every edit does -------------------------------------------------------------------------------------------


def begin(
    unit: Unit, case_id: str, kind: str, editor: Editor, *, target_id: str | None = None, part_of: str | None = None
) -> Edit:
    """Hold the cases and write an edit that nothing was done in yet; LookupError where a case is not there."""
    for held in sorted({case_id, target_id or case_id}):
        if unit.session.get(Case, held) is None:
            raise LookupError(held)
        hold(unit.session, held)
    edit = Edit(id=new_id(), case_id=case_id, target_id=target_id, user_id=editor.user_id, at=editor.at, kind=kind)
    edit.part_of, edit.retired, edit.made, edit.pages_before, edit.pages_after = part_of, [], [], {}, {}
    unit.session.add(edit)
    unit.session.flush()
    return edit


def finish(unit: Unit, edit: Edit, editor: Editor, *, actor: str | None = None, action: str = "done") -> Edit:
    """Draft the cases anew where their documents changed, and write the audit."""
    if edit.retired or edit.made:
        for case_id in sorted({edit.case_id, edit.target_id or edit.case_id}):
            draft_writing.remake(unit, case_id, user_id=editor.user_id, today=editor.today, at=editor.at)
    documents = len(edit.made if action == "done" else edit.retired)
    details: dict[str, str | int] = {"edit": edit.kind, "documents": documents, "pages": len(edit.pages_after)}
    if edit.target_id is not None:
        details["target"] = edit.target_id
    audit.append(
        unit,
        actor=actor or editor.user_id,
        action="case.regrouped" if action == "done" else "case.regrouping_undone",
        subject_kind="case",
        subject_id=edit.case_id,
        details=details,
    )
    return edit


def page_ids(unit: Unit, case_id: str, tiles: Sequence[Tile]) -> set[str]:
    """The pages that these are; StructureChangedError where a document is no longer living or has no such page."""
    if not tiles:
        return set()
    rows, chosen = _chosen(unit, case_id, tiles)
    runs = {row.id: restructuring.runs(regrouping.bundle_of(unit.session, row).parts) for row in rows}
    return {runs[row.id][number][0].page for row in rows for number in chosen[row.id]}


def own_pages(unit: Unit, case_id: str, page_ids: Collection[str]) -> Sequence[Page]:
    """Pages of a case: of its own files, or of documents that were moved into it; StructureChangedError else."""
    pages = unit.session.scalars(select(Page).where(Page.id.in_(page_ids)).order_by(Page.id).with_for_update()).all()
    if not pages or len(pages) != len(set(page_ids)):
        raise StructureChangedError
    own = set(unit.session.scalars(select(Page.id).where(Page.id.in_(page_ids), case_pages.own(case_id))))
    rows = document_rows(unit.session, case_id)
    if any(page.id not in own and not any(regrouping.lies_on(row, page) for row in rows) for page in pages):
        raise StructureChangedError
    return pages


def _exchange(
    unit: Unit,
    edit: Edit,
    rows: Sequence[Document],
    made: Sequence[Bundle],
    editor: Editor,
    *,
    aside: str | None = None,
) -> Edit:
    """Retire documents, make others, bring the ledger up to date; StructureUnfitError where that is nothing at all."""
    if not rows and not made:
        raise StructureUnfitError
    touched = {part.page for row in rows for part in regrouping.bundle_of(unit.session, row).parts}
    regrouping.retire(unit, edit, rows, editor.at)
    regrouping.make(unit, edit, edit.case_id, made, editor)
    regrouping.settle_pages(unit, edit, touched | {part.page for bundle in made for part in bundle.parts}, aside)
    return finish(unit, edit, editor)


def _chosen(unit: Unit, case_id: str, tiles: Sequence[Tile]) -> tuple[list[Document], dict[str, set[int]]]:
    """The documents of pages, and which pages of each; StructureChangedError where one has no such page."""
    chosen: dict[str, set[int]] = {}
    for tile in tiles:
        chosen.setdefault(tile.document_id, set()).add(tile.number)
    rows = regrouping.living(unit.session, case_id, chosen)
    for row in rows:
        pages = len(restructuring.runs(regrouping.bundle_of(unit.session, row).parts))
        if max(chosen[row.id]) >= pages:
            raise StructureChangedError
    return rows, chosen


def _neighbours(unit: Unit, row: Document, by: int) -> list[Document]:
    """The document before (-1) or behind (1) one in its case, as a list of one or none."""
    rows = list(document_rows(unit.session, row.case_id))
    where = rows.index(row) + by
    return [rows[where]] if 0 <= where < len(rows) else []


def _typed_like(bundle: Bundle, rows: Sequence[Document]) -> Bundle:
    """The bundle of the first type that one of these documents had: what was joined to it carries it on.

    And what is left of a document when pages were taken out of it stays what it was.
    """
    first = next((row.type for row in rows if row.type), None)
    return bundle if bundle.type not in {None, UNKNOWN} or first is None else replace(bundle, type=first)
