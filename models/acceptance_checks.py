"""The machines' part of an acceptance: originals hashed anew, turn by turn, then the whole batch held to the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.archive import checks, light, sampling
from intake.errors import LotStateError, WorkBrokenOffError
from models import acceptance_lines, audit, jobs
from models.acceptance_rows import Acceptance, AcceptancePage
from models.base import now
from models.batch_rows import BatchFile
from models.database import Unit
from models.job_rows import CHECK_BATCH, enqueue

TOLD = 200
"""Failures of one rule that are kept with their places; all are counted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the checks are: originals hashed anew, of how many; ``stuck`` is the code for which nobody goes on."""

    hashed: int
    originals: int
    stuck: str | None


def progress(session: Session, row: Acceptance) -> Progress:
    """How far the checks of an acceptance are."""
    counted = select(func.count(BatchFile.sha256.distinct())).where(BatchFile.batch_id == row.batch_id)
    hashed = session.scalar(counted.where(BatchFile.sha256 <= (row.hashed or ""))) or 0
    job = jobs.put_aside(session, CHECK_BATCH, [row.id]).get(row.id)
    stuck = None if job is None else job.error_code or WorkBrokenOffError.code
    return Progress(hashed, session.scalar(counted) or 0, stuck)


def try_again(unit: Unit, acceptance_id: str, user_id: str) -> list[str]:
    """Let checks that were put aside go on; gives the jobs to ring. Raises LookupError, LotStateError."""
    row = unit.session.get(Acceptance, acceptance_id)
    if row is None:
        raise LookupError(acceptance_id)
    job = jobs.put_aside(unit.session, CHECK_BATCH, [row.id]).get(row.id)
    if row.state != "checking" or job is None or not jobs.retry(unit, job.id, user_id):
        raise LotStateError
    return [job.id]


def unhashed(session: Session, acceptance_id: str) -> list[str]:
    """The originals that are still to be hashed anew, by SHA-256, in the order in which they are."""
    row = session.get_one(Acceptance, acceptance_id)
    return acceptance_lines.sums(session, row.batch_id, row.hashed or "") if row.state == "checking" else []


def keep_hashed(unit: Unit, acceptance_id: str, last: str, damaged: Sequence[str]) -> None:
    """Keep that originals up to ``last`` were hashed, and which of these the store does not hold as they came."""
    row = unit.session.get_one(Acceptance, acceptance_id, with_for_update=True, populate_existing=True)
    if row.state == "checking":
        row.hashed, row.damaged = last, [*(row.damaged or ()), *damaged]
        unit.session.flush()


def again(unit: Unit, acceptance_id: str) -> None:
    """Go on with the checks in a further job."""
    enqueue(unit.session, CHECK_BATCH, acceptance_id)
    unit.session.flush()


def check(unit: Unit, acceptance_id: str, *, at: datetime | None = None) -> None:
    """Look at all of the batch, keep what each rule found, and draw the sample; done once, after all was hashed."""
    session = unit.session
    row = session.get_one(Acceptance, acceptance_id, with_for_update=True, populate_existing=True)
    if row.state != "checking":
        return
    damaged = frozenset(row.damaged or ())
    lines = acceptance_lines.lines(session, row.batch_id, lambda sha256: sha256 not in damaged)
    row.checks = [_kept(found) for found in checks.check(lines)]
    row.manifest = acceptance_lines.manifest(session, row.batch_id)
    row.ledger = acceptance_lines.ledger(session, row.batch_id)
    filed = [page.id for page in lines.pages if page.state == "filed"]
    row.size = len(filed)
    if filed:
        plan, row.drawn = light.sample_size(row.size, light.LightPolicy(aql=row.aql, share=row.share))
        row.letter, row.sample, row.accept = plan.letter, plan.size, plan.accept
        for position, page in enumerate(sampling.draw(filed, row.drawn, row.seed), start=1):
            session.add(AcceptancePage(acceptance_id=row.id, ledger_page_id=page, position=position))
    row.state, row.checked_at = "sampled", at or now()
    session.flush()
    details = {"number": row.number, "size": row.size, "drawn": row.drawn, "plan": row.letter or "", "n": row.sample}
    details |= {"accept": row.accept, "aql": row.aql, "share": row.share, "seed": row.seed}
    failing = [one["rule"] for one in row.checks if one["failed"]]
    audit.append(
        unit,
        actor="worker",
        action="batch.checked",
        subject_kind="batch",
        subject_id=row.batch_id,
        details={**details, "rule": failing},
    )


def _kept(found: checks.Checked) -> dict[str, Any]:
    told = [{"subject": one.subject, **one.details} for one in found.failed[:TOLD]]
    noted = [{"subject": one.subject, **one.details} for one in found.noted[:TOLD]]
    return {
        "rule": found.rule.code,
        "looked_at": found.looked_at,
        "failed": len(found.failed),
        "noted": len(found.noted),
        "failures": told,
        "notes": noted,
    }
