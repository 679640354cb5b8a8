"""Acceptance of a batch: begun by an archivist, checked by a worker, judged and signed by a named person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.archive import light, sampling, verdicts
from intake.archive.rules import REASONS, RULES
from intake.archive.verdicts import FAULTS, Looked
from intake.errors import (
    AcceptancePlanError,
    BatchOpenError,
    LotStateError,
    MissingReasonError,
    SampleUnfinishedError,
)
from intake.types import Label
from models import acceptance_lines, audit
from models.acceptance_rows import Acceptance, AcceptancePage
from models.base import new_id, now
from models.batch_rows import Batch, BatchFolder, BatchItem, LedgerPage
from models.cases import Page
from models.database import Unit, lock
from models.job_rows import CHECK_BATCH, enqueue


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page of the sample: where it stands by the index (``folder`` from 1), its pictures, what was said of it."""

    id: str
    position: int
    archival_number: str | None
    box: str
    folder: int
    folder_name: str
    title: str | None
    number: int | None
    item: int | None
    page_id: str | None
    picture: str | None
    turned: int
    matched: bool | None
    fault: str | None
    judged_at: datetime | None
    case_id: str | None


def begin(
    unit: Unit, batch_id: str, user_id: str, *, aql: str, share: float, seed: str
) -> tuple[Acceptance, list[str]]:
    """Begin the next acceptance of a batch; gives it and the jobs to ring.

    While the batch is what was signed last, the sample is drawn by that one's seed again: else somebody could draw
    until a sample is good.

    Raises LookupError, BatchOpenError, LotStateError while one is not signed yet, and AcceptancePlanError for a plan
    that the standard does not know.
    """
    session = unit.session
    lock(session, f"batch:{batch_id}")
    _require_closed(session, batch_id)
    if not light.LEAST_SHARE <= share <= 100.0 or not light.is_aql(aql) or not seed:  # noqa: PLR2004 - per cent
        raise AcceptancePlanError
    before = latest(session, batch_id)
    if before is not None and before.state in {"checking", "sampled"}:
        raise LotStateError
    row = Acceptance(id=new_id(), batch_id=batch_id, number=1 if before is None else before.number + 1)
    row.aql, row.share, row.created_by, row.created_at = aql, share, user_id, now()
    row.seed = _kept_seed(session, before) or seed[:64]
    session.add(row)
    session.flush()
    job = enqueue(session, CHECK_BATCH, row.id)
    session.flush()
    plan = {"number": row.number, "aql": row.aql, "share": row.share, "seed": row.seed}
    _note(unit, user_id, "batch.acceptance_begun", row, plan)
    return row, [job.id]


def _kept_seed(session: Session, before: Acceptance | None) -> str | None:
    """The seed of the acceptance that was signed last, while the batch is what it was then."""
    return before.seed if before is not None and before.signed_at is not None and holds(session, before) else None


def latest(session: Session, batch_id: str) -> Acceptance | None:
    """The last acceptance of a batch, whatever its state."""
    query = select(Acceptance).where(Acceptance.batch_id == batch_id).order_by(Acceptance.number.desc())
    return session.scalar(query.limit(1))


def judge(
    unit: Unit,
    acceptance_id: str,
    page_id: str,
    user_id: str,
    *,
    matched: bool,
    fault: str | None = None,
    at: datetime | None = None,
) -> None:
    """Keep what a person says of one page of the sample; said again, the last word counts until it is signed.

    Raises LookupError, LotStateError, and MissingReasonError for a fault that is no key of FAULTS.
    """
    row = _locked(unit.session, acceptance_id)
    if fault is not None and fault not in FAULTS:
        raise MissingReasonError
    page = unit.session.scalar(
        select(AcceptancePage).where(AcceptancePage.acceptance_id == row.id, AcceptancePage.id == page_id)
    )
    if page is None:
        raise LookupError(page_id)
    page.matched, page.fault, page.judged_by, page.judged_at = matched, fault, user_id, at or now()
    unit.session.flush()
    details = {"page": page.position, "match": matched, "verdict": "good" if page.good else fault or "mismatch"}
    _note(unit, user_id, "batch.looked_at", row, details)


def let_stand(unit: Unit, acceptance_id: str, rule: str, reason: str, user_id: str) -> None:
    """Let what fails a rule stand, by name and for a reason (a key of ``rules.REASONS``; empty: no more).

    The page ledger and the hashes of the originals admit no reason. Raises LookupError, LotStateError,
    MissingReasonError.
    """
    row = _locked(unit.session, acceptance_id)
    if rule not in RULES or rule in NEVER:
        raise LookupError(rule)
    if reason and reason not in REASONS:
        raise MissingReasonError
    others = [one for one in row.let_stand if one["rule"] != rule]
    own = [{"rule": rule, "reason": reason, "by": user_id, "at": now().isoformat()}] if reason else []
    row.let_stand = [*others, *own]
    unit.session.flush()
    _note(unit, user_id, "batch.let_stand", row, {"rule": rule, "reason": reason})


NEVER = frozenset({"ledger", "hashes", "exceptions"})
"""Rules of which no failure can be let stand."""


def sign(unit: Unit, acceptance_id: str, user_id: str, *, at: datetime | None = None) -> bool:
    """Conclude an acceptance by name; gives whether the batch is accepted.

    Raises LotStateError, BatchOpenError, and SampleUnfinishedError while pages of the sample are not judged.
    """
    session, at = unit.session, at or now()
    row = _locked(session, acceptance_id)
    _require_closed(session, row.batch_id)
    pages = session.scalars(select(AcceptancePage).where(AcceptancePage.acceptance_id == row.id)).all()
    left = sum(page.judged_at is None for page in pages)
    if left:
        raise SampleUnfinishedError(left=left)
    reasons = _reasons(session, row, [Looked(page.position, bool(page.matched), page.fault) for page in pages])
    row.reasons = [{"zh": reason.zh, "en": reason.en} for reason in reasons]
    row.signed_by, row.signed_at, row.state = user_id, at, "refused" if reasons else "accepted"
    session.flush()
    action = "batch.not_accepted" if reasons else "batch.accepted"
    _note(unit, user_id, action, row, {"number": row.number, "drawn": row.drawn, "verdict": row.state})
    return not reasons


def holds(session: Session, row: Acceptance) -> bool:
    """Whether the batch is what it was when machines looked at it; those of before 0030 knew their sources alone."""
    if row.manifest != acceptance_lines.manifest(session, row.batch_id):
        return False
    return row.ledger is None or row.ledger == acceptance_lines.ledger(session, row.batch_id)


def sample(session: Session, acceptance_id: str, page_id: str | None = None) -> list[SamplePage]:
    """The pages of a sample with their places, in the order in which they were drawn; or one of them."""
    query = (
        select(AcceptancePage, LedgerPage, BatchFolder, BatchItem, Page)
        .join(LedgerPage, LedgerPage.id == AcceptancePage.ledger_page_id)
        .join(BatchFolder, BatchFolder.id == LedgerPage.folder_id)
        .outerjoin(BatchItem, BatchItem.id == LedgerPage.item_id)
        .outerjoin(Page, Page.id == LedgerPage.page_id)
        .where(AcceptancePage.acceptance_id == acceptance_id)
        .order_by(AcceptancePage.position)
    )
    query = query if page_id is None else query.where(AcceptancePage.id == page_id)
    return [_sampled(*found) for found in session.execute(query)]


def left(session: Session, acceptance_id: str) -> int:
    """How many pages of a sample are not judged yet."""
    query = select(func.count()).select_from(AcceptancePage)
    return (
        session.scalar(query.where(AcceptancePage.acceptance_id == acceptance_id, AcceptancePage.judged_at.is_(None)))
        or 0
    )


def _sampled(
    row: AcceptancePage, ledger: LedgerPage, folder: BatchFolder, item: BatchItem | None, page: Page | None
) -> SamplePage:
    return SamplePage(
        id=row.id,
        position=row.position,
        archival_number=folder.archival_number,
        box=folder.box,
        folder=folder.position + 1,
        folder_name=folder.name,
        title=folder.title,
        number=ledger.number,
        item=None if item is None else item.number,
        page_id=ledger.page_id,
        picture=None if page is None else page.picture,
        turned=0 if page is None else page.turned,
        matched=row.matched,
        fault=row.fault,
        judged_at=row.judged_at,
        case_id=None if item is None else item.case_id,
    )


def _reasons(session: Session, row: Acceptance, looked: Sequence[Looked]) -> Sequence[Label]:
    standing = {one["rule"] for one in row.let_stand}
    failing = [RULES[one["rule"]].title for one in row.checks if one["failed"] and one["rule"] not in standing]
    if not row.size:
        return [Label("没有已归件的页。", "No page is filed.")]
    if not holds(session, row):
        return [Label("机检之后，页面台账或来源有变动。", "Pages or sources changed after machines checked them.")]
    return verdicts.verdict(sampling.plan(row.size, Decimal(row.aql)), looked, failing)


def _require_closed(session: Session, batch_id: str) -> None:
    """Raise BatchOpenError where pages of the batch may still come or move, LookupError where there is none."""
    batch = session.get(Batch, batch_id, populate_existing=True)
    if batch is None:
        raise LookupError(batch_id)
    if batch.state != "closed":
        raise BatchOpenError


def _locked(session: Session, acceptance_id: str) -> Acceptance:
    """The acceptance, locked, while its sample waits for a person."""
    row = session.get(Acceptance, acceptance_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise LookupError(acceptance_id)
    if row.state != "sampled":
        raise LotStateError
    return row


def _note(unit: Unit, user_id: str, action: str, row: Acceptance, details: Mapping[str, object]) -> None:
    audit.append(
        unit, actor=user_id, action=action, subject_kind="batch", subject_id=row.batch_id, details=dict(details)
    )
