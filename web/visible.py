"""Single things as the caller may see them: loaded, judged by :mod:`web.access`, and 404 for what is not there or his.

Every function answers 404 alike for a thing that does not exist and for one that the caller may not see.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar

from flask import abort
from sqlalchemy.orm import Session

from models import overviews, partials, structure, uploads, views
from models.cases import Case
from models.overviews import CaseView
from models.partials import CounterOptions, Part
from models.structure import StructureView
from models.uploads import UploadStatus
from models.views import DocumentView, PageView
from web import access
from web.access import user

Thing = TypeVar("Thing")


def case(rows: Session, case_id: str) -> CaseView:
    """A case with everything in it."""
    found = overviews.case(rows, case_id)
    return _if(found, found is not None and access.may_see_case(user(), found))


def structure_of(rows: Session, case_id: str) -> StructureView:
    """A case page by page."""
    found = structure.load(rows, case_id)
    return _if(found, found is not None and access.may_see_case(user(), found))


def document(rows: Session, document_id: str) -> DocumentView:
    """A document with its pages, fields and findings."""
    found = views.load_document(rows, document_id)
    may = found is not None and access.may_see_document(user(), rows.get_one(Case, found.case_id))
    return _if(found, may)


def page(rows: Session, document_id: str, number: int) -> tuple[DocumentView, PageView]:
    """A document and one of its pages; ``number`` counts from 1 in its file."""
    paper = document(rows, document_id)
    found = next((page for page in paper.pages if page.number == number), None)
    return paper, _if(found, found is not None)


def upload(rows: Session, upload_id: str) -> UploadStatus:
    """Where an upload stands."""
    found = uploads.status(rows, upload_id)
    return _if(found, found is not None and access.may_see_upload(user(), found))


def part(rows: Session, part_id: str, options: CounterOptions | None = None) -> Part:
    """A file on its way: for who sends it alone."""
    found = partials.find(rows, part_id, user().id, options or CounterOptions())
    return _if(found, found is not None)


def _if(found: Thing | None, so: bool) -> Thing:  # noqa: FBT001 - the one answer to every question of this module
    if found is None or not so:
        abort(HTTPStatus.NOT_FOUND)
    return found
