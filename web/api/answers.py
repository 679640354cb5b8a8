"""From what is kept to the API's bodies: pure functions, texts in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from intake import errors, geometry, pictures
from intake.types import Alternative, FieldReading, Finding
from models import choosing, customers, drafts, uploads
from models.base import now
from models.views import DocumentView, PageView, SourceView
from web.api import requests, schemas
from web.languages import shown
from web.matches import reason


def alternative(item: Alternative) -> schemas.AlternativeOut:
    """Another value that may be meant."""
    return schemas.AlternativeOut(
        value=item.value, text=item.text, confidence=item.confidence, reader=item.reader, reason=item.reason
    )


def finding(item: Finding) -> schemas.FindingOut:
    """A finding with its text."""
    return schemas.FindingOut(
        key=item.key, code=item.code, severity=item.severity, fields=list(item.fields), message=shown(item.message)
    )


def source(item: SourceView) -> schemas.SourceOut:
    """Where a value comes from."""
    return schemas.SourceOut(
        document=item.document_id,
        document_type=item.document_type,
        field=item.field,
        page=item.page,
        region=list(item.region.corners),
        text=item.text,
        value=item.value,
        confidence=item.confidence,
        reader=item.reader,
        how=item.how,
    )


# ---- uploads --------------------------------------------------------------------------------------------------------


def upload(item: uploads.UploadStatus, language: str, *, with_case: bool) -> schemas.UploadOut:
    """An upload and its files, in ``language``: a stream of events outlives its request.

    ``with_case`` tells whether its reader may see the case that it lies in, so that case and draft may be named.
    """
    return schemas.UploadOut(
        id=item.id,
        case=item.case_id if with_case else None,
        case_number=item.case_number if with_case else None,
        case_state=item.case_state,
        draft=item.draft_id if with_case else None,
        settled=item.settled,
        created_at=item.created_at,
        files=[_file(file, language) for file in item.files],
    )


def _file(item: uploads.FileStatus, language: str) -> schemas.FileOut:
    return schemas.FileOut(
        id=item.id,
        name=item.name,
        size=item.size,
        state=item.state,
        pages=item.page_count,
        documents=item.documents,
        settled=item.settled_at is not None,
        error=None if item.error_code is None else _error(item.error_code, item.error_details or {}, language),
        glances=[_glance(found, language) for found in item.glances],
    )


def _glance(found: pictures.Glance, language: str) -> schemas.GlanceOut:
    told = [
        schemas.ErrorOut(code=code, message=pictures.WORDS[code].text(language))
        for code in found.complaints
        if code in pictures.WORDS
    ]
    return schemas.GlanceOut(page=found.page_index + 1, type=found.type, complaints=told)


def _error(code: str, details: dict[str, Any], language: str) -> schemas.ErrorOut:
    kind = errors.kind_of(code) or errors.WorkBrokenOffError
    return schemas.ErrorOut(code=code, message=kind(**details).message(language))


# ---- documents ------------------------------------------------------------------------------------------------------


def brief(item: DocumentView) -> schemas.DocumentBrief:
    """A document without its fields."""
    return schemas.DocumentBrief(
        id=item.id,
        case=item.case_id,
        type=item.type,
        type_confidence=item.type_confidence,
        pages=[_page(item.id, page) for page in item.pages],
    )


def document(item: DocumentView) -> schemas.DocumentOut:
    """A document with its fields and findings."""
    return schemas.DocumentOut(
        **dict(brief(item)),
        fields={reading.field: _field(reading, item.pages) for reading in item.reading.fields},
        findings=[finding(found) for found in item.reading.findings],
    )


def _page(document_id: str, page: PageView) -> schemas.PageOut:
    address = url_for("api_documents.page_image", document_id=document_id, number=page.number)
    return schemas.PageOut(
        number=page.number, width=page.width, height=page.height, image=address if page.picture else None
    )


def _field(reading: FieldReading, pages: Iterable[PageView]) -> schemas.FieldOut:
    page = next((page for page in pages if page.number == reading.page_index + 1), None)
    return schemas.FieldOut(
        value=reading.value,
        text=reading.text,
        confidence=reading.confidence,
        page=reading.page_index + 1,
        box=None if page is None else geometry.scan_box(reading.region, page.width, page.height),
        region=list(reading.region.corners),
        reader=reading.reader,
        how=reading.how,
        alternatives=[alternative(item) for item in reading.alternatives],
    )


# ---- drafts ---------------------------------------------------------------------------------------------------------


def draft_item(item: drafts.QueueItem, user_id: str) -> schemas.DraftItem:
    """One line of the queue, as ``user_id`` sees it."""
    return schemas.DraftItem(
        **_head(item, user_id),
        types=list(item.types),
        facts=item.facts,
        doubtful=item.doubtful,
        errors=item.errors,
    )


def draft(item: drafts.DraftView, user_id: str) -> schemas.DraftOut:
    """A draft, as ``user_id`` sees it."""
    return schemas.DraftOut(
        **_head(item, user_id),
        facts=[_fact(fact) for fact in item.facts],
        findings=[finding(found) for found in item.findings],
        documents=[brief(paper) for paper in item.documents],
        settlement=_settlement(item),
    )


def _head(item: drafts.DraftView | drafts.QueueItem, user_id: str) -> dict[str, Any]:
    """What the queue's line and the draft itself tell alike: the fields of `schemas.DraftHead`."""
    return {
        "id": item.id,
        "case": item.case_id,
        "case_number": item.case_number,
        "state": item.state,
        "version": item.version,
        "kind": item.kind,
        "title": item.title,
        "customer": item.customer_number,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "claim": _claim(item, user_id),
    }


def _claim(item: drafts.DraftView | drafts.QueueItem, user_id: str) -> schemas.ClaimOut | None:
    if item.claimed_by is None or item.claimed_until is None or item.claimed_until < now():
        return None
    return schemas.ClaimOut(by=item.claimed_by_name or "", until=item.claimed_until, mine=item.claimed_by == user_id)


def _settlement(item: drafts.DraftView) -> schemas.SettlementOut | None:
    if item.settled_at is None:
        return None
    return schemas.SettlementOut(
        by=item.settled_by_name or "", at=item.settled_at, reason=item.reason_code, note=item.reason_note
    )


def _fact(item: drafts.FactView) -> schemas.FactOut:
    word = item.decision
    return schemas.FactOut(
        fact=item.fact,
        label=shown(item.label),
        kind=item.kind,
        value=item.value,
        confidence=item.confidence,
        present=item.present,
        doubtful=item.doubtful,
        sources=[source(place) for place in item.sources],
        alternatives=[alternative(other) for other in item.alternatives],
        findings=[found.key for found in item.findings],
        decision=None if word is None else requests.DecisionIn(fact=word.fact, action=word.action, value=word.value),
    )


# ---- customers ------------------------------------------------------------------------------------------------------


def customer_item(item: customers.CustomerItem) -> schemas.CustomerItem:
    """One line of the list of customers."""
    return schemas.CustomerItem(
        number=item.number,
        kind=item.kind,
        name=item.name,
        version=item.version,
        updated_at=item.updated_at,
        identifiers=dict(item.identifiers),
    )


def matches(found: choosing.Matches) -> schemas.MatchList:
    """The customer files that a draft may be about, with their reasons in words."""
    return schemas.MatchList(
        items=[_match(item) for item in found.items], next=None, choice=found.choice, by_itself=found.by_itself
    )


def _match(item: choosing.Match) -> schemas.MatchOut:
    reasons = [
        schemas.ReasonOut(fact=one.fact, likeness=one.likeness, text=reason(one).unescape()) for one in item.reasons
    ]
    return schemas.MatchOut(
        number=item.number, name=item.name, version=item.version, reasons=reasons, chosen=item.chosen
    )


def customer(item: customers.CustomerView) -> schemas.CustomerOut:
    """A customer file with provenance, papers and history."""
    return schemas.CustomerOut(
        number=item.number,
        kind=item.kind,
        name=item.name,
        version=item.version,
        created_at=item.created_at,
        updated_at=item.updated_at,
        facts=[_customer_fact(fact) for fact in item.facts],
        documents=[brief(paper) for paper in item.documents],
        history=[_history(entry) for entry in item.history],
    )


def _customer_fact(item: customers.CustomerFactView) -> schemas.CustomerFactOut:
    return schemas.CustomerFactOut(
        fact=item.fact,
        label=shown(item.label),
        kind=item.kind,
        value=item.value,
        action=item.action,
        version=item.version,
        draft=item.draft_id,
        source=None if item.source is None else source(item.source),
        read_value=item.read_value,
        read_confidence=item.read_confidence,
        decided_by=item.decided_by_name,
        decided_at=item.decided_at,
    )


def _history(entry: customers.HistoryEntry) -> schemas.HistoryOut:
    return schemas.HistoryOut(
        version=entry.version,
        draft=entry.draft_id,
        decided_by=entry.decided_by_name,
        decided_at=entry.decided_at,
        changes=[
            schemas.ChangeOut(fact=change.fact, label=shown(change.label), before=change.before, after=change.after)
            for change in entry.changes
        ],
    )
