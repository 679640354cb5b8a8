"""Which pages are a case's own: those of the files that were handed in for it, and those of its item of a batch."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from models.batch_rows import BatchItem, LedgerPage
from models.cases import Page
from models.upload_rows import Upload, UploadFile


def own(case_id: str) -> ColumnElement[bool]:
    """The condition that a page is one of them. A batch's files were handed in for the case of their whole folder."""
    files = select(UploadFile.id).join(Upload).where(Upload.case_id == case_id)
    filed = select(LedgerPage.page_id).join(BatchItem, BatchItem.id == LedgerPage.item_id)
    return or_(Page.upload_file_id.in_(files), Page.id.in_(filed.where(BatchItem.case_id == case_id)))
