"""Packages for the portal: asked for by an archivist, written by a worker, fetched, and taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.errors import PackageBusyError, PackageGoneError, WorkBrokenOffError
from models import audit, batch_export, jobs
from models.base import new_id, now
from models.batch_export import Export
from models.database import Unit, lock
from models.job_rows import EXPORT_BATCH, enqueue
from models.package_rows import Package
from models.views import names_of

SHOWN = 5
"""Packages of a batch that its page shows, the latest first."""

TOLD = 20
"""Items of a package whose failure is kept by name."""


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package as it is shown; one whose job was put aside has ``failed``."""

    id: str
    batch_id: str
    state: str
    accepted: bool
    name: str
    items: int
    made: int
    pages: int
    size: int
    error_code: str | None
    failures: tuple[tuple[str, str], ...]
    asked_by: str | None
    created_at: datetime
    finished_at: datetime | None


def place(exports: Path, package: Package | PackageLine) -> Path:
    """The folder of a package below the one that holds them all; by its identifier, so that none meets another."""
    return exports / package.id / package.name


def begin(unit: Unit, batch_id: str, user_id: str, *, unaccepted: bool = False) -> tuple[Package, list[str]]:
    """Ask for a package of a batch; gives it and the jobs to ring.

    Raises LookupError, PackageBusyError, and what :func:`intake.archive.leaving.require` raises.
    """
    session = unit.session
    lock(session, f"batch:{batch_id}")
    export = batch_export.of(session, batch_id, unaccepted=unaccepted)
    if any(line.state == "making" for line in of_batch(session, batch_id)):
        raise PackageBusyError
    session.execute(
        update(Package).where(Package.batch_id == batch_id, Package.state == "making").values(state="failed")
    )
    row = Package(id=new_id(), batch_id=batch_id, state="making", accepted=export.standing.accepted, name=export.name)
    row.items, row.created_by, row.created_at = export.items, user_id, now()
    session.add(row)
    session.flush()
    batch_export.witness(unit, export, user_id)
    return row, [_asked(session, row)]


def of_batch(session: Session, batch_id: str) -> list[PackageLine]:
    """The packages of a batch, the latest first."""
    query = select(Package).where(Package.batch_id == batch_id).order_by(Package.id.desc()).limit(SHOWN)
    rows = session.scalars(query).all()
    names = names_of(session, [row.created_by for row in rows])
    stuck = _put_aside(session, [row.id for row in rows if row.state in {"making", "removing"}])
    return [_line(row, names.get(row.created_by), stuck.get(row.id)) for row in rows]


def find(session: Session, batch_id: str, package_id: str) -> PackageLine:
    """One package of a batch; raises LookupError."""
    row = session.get(Package, package_id)
    if row is None or row.batch_id != batch_id:
        raise LookupError(package_id)
    return _line(row, None, _put_aside(session, [row.id]).get(row.id))


def fetch(unit: Unit, batch_id: str, package_id: str, user_id: str) -> PackageLine:
    """A package that somebody fetches, with its row of the audit; raises LookupError, PackageGoneError."""
    found = find(unit.session, batch_id, package_id)
    if found.state != "ready":
        raise PackageGoneError
    _note(unit, user_id, "batch.fetched", found.batch_id, accepted=found.accepted)
    return found


def remove(unit: Unit, batch_id: str, package_id: str, user_id: str) -> list[str]:
    """Have a package that is not being made taken away; gives the jobs to ring. Raises LookupError, PackageBusyError.

    One that failed leaves behind what it had written, which goes as well.
    """
    found = find(unit.session, batch_id, package_id)
    row = unit.session.get_one(Package, package_id, with_for_update=True, populate_existing=True)
    if found.state == "making":
        raise PackageBusyError
    if row.state == "removed":
        return []
    row.state = "removing"
    unit.session.flush()
    _note(unit, user_id, "batch.package_removed", batch_id, accepted=row.accepted)
    return [_asked(unit.session, row)]


# ---- what the worker says -------------------------------------------------------------------------------------------


def export_of(session: Session, package: Package) -> Export:
    """What a package is made of, as the batch stands now; raises as :func:`begin` does."""
    return batch_export.of(session, package.batch_id, unaccepted=not package.accepted)


def progress(unit: Unit, package_id: str, made: int, pages: int) -> None:
    """Keep how far a package is."""
    open_one = (Package.id == package_id, Package.state == "making")
    unit.session.execute(update(Package).where(*open_one).values(made=made, pages=pages))


def settle(
    unit: Unit,
    package_id: str,
    state: str,
    *,
    size: int = 0,
    code: str | None = None,
    failures: Sequence[tuple[str, str]] = (),
) -> None:
    """Keep how a package ended: ``ready``, ``failed`` with a code, or ``removed``."""
    row = unit.session.get_one(Package, package_id, with_for_update=True, populate_existing=True)
    row.state, row.error_code, row.finished_at = state, code, now()
    row.size, row.failures = size, [list(one) for one in failures[:TOLD]]
    unit.session.flush()
    if state == "failed":
        details = {"code": code or "", "items": len(failures)}
        audit.append(
            unit,
            actor="worker",
            action="batch.package_failed",
            subject_kind="batch",
            subject_id=row.batch_id,
            details=details,
        )


def again(unit: Unit, package: Package) -> str:
    """Go on with a package in a further job."""
    return _asked(unit.session, package)


def _asked(session: Session, package: Package) -> str:
    job = enqueue(session, EXPORT_BATCH, package.id)
    session.flush()
    return job.id


def _put_aside(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The codes of packages whose latest job was put aside, after which nobody goes on with them."""
    found = jobs.put_aside(session, EXPORT_BATCH, ids)
    return {one: job.error_code or WorkBrokenOffError.code for one, job in found.items()}


def _line(row: Package, asked_by: str | None, stuck: str | None) -> PackageLine:
    return PackageLine(
        id=row.id,
        batch_id=row.batch_id,
        state="failed" if stuck and row.state == "making" else row.state,
        accepted=row.accepted,
        name=row.name,
        items=row.items,
        made=row.made,
        pages=row.pages,
        size=row.size,
        error_code=row.error_code or stuck,
        failures=tuple((name, code) for name, code in row.failures),
        asked_by=asked_by,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def _note(unit: Unit, user_id: str, action: str, batch_id: str, *, accepted: bool) -> None:
    details = {"verdict": "accepted" if accepted else "unaccepted"}
    audit.append(unit, actor=user_id, action=action, subject_kind="batch", subject_id=batch_id, details=details)
