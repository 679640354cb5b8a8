"""The versions of a customer's licenses and certificates, out of the confirmations that his file was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import doctypes
from intake.customers import renewals
from intake.customers.renewals import Seen, Version
from models.cases import Document
from models.customer_rows import CustomerFact
from models.draft_rows import Decision, Draft
from models.views import DocumentView, document_views


@dataclass(frozen=True, slots=True)
class Renewals:
    """A customer's paper of one type: its versions, the latest confirmed first, and the documents, by identifier."""

    type: str
    versions: tuple[Version, ...]
    documents: dict[str, DocumentView]


def of_customer(session: Session, number: str) -> tuple[Renewals, ...]:
    """The papers that have versions, in the order in which people lay them out; those that were never seen left out."""
    drafts = select(CustomerFact.draft_id).where(CustomerFact.customer_number == number).distinct()
    rows = session.execute(
        select(Decision.fact, Decision.value, Draft.id, Draft.settled_at, Document)
        .join(Draft, Draft.id == Decision.draft_id)
        .outerjoin(Document, Document.id == Decision.document_id)
        .where(Draft.id.in_(drafts), Draft.state == "confirmed", Draft.customer_number == number)
        .order_by(Draft.settled_at, Decision.id)
    ).all()
    values: dict[str, dict[str, str]] = {}
    papers: dict[tuple[str, str], tuple[Document, datetime]] = {}
    for fact, value, draft_id, settled_at, document in rows:
        if value is not None:
            values.setdefault(draft_id, {})[fact] = value
        if document is not None and settled_at is not None:
            papers[draft_id, document.id] = (document, settled_at)
    seen = [
        Seen(document.id, document.case_id, draft_id, document.type or "", at, values.get(draft_id, {}))
        for (draft_id, _), (document, at) in papers.items()
    ]
    documents = {one.id: one for one, _ in papers.values()}
    return tuple(_of_type(session, seen, documents, kind.name) for kind in doctypes.laid_out() if _any(seen, kind.name))


def _any(seen: Sequence[Seen], name: str) -> bool:
    return renewals.dated(doctypes.get(name)) and any(one.type == name for one in seen)


def _of_type(session: Session, seen: Sequence[Seen], documents: dict[str, Document], name: str) -> Renewals:
    made = renewals.versions(doctypes.get(name), seen)
    wanted = [documents[paper.document_id] for version in made for paper in version.papers]
    return Renewals(name, made, {view.id: view for view in document_views(session, wanted)})
