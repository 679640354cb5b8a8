"""What a worker does with a package that the portal asked for: write it turn by turn, or take it away.

A job has its longest time, a package of a large batch needs more. So a turn writes for half of that, and a further job
goes on with what is written; others' papers come between. The last turn checks the whole, which has to fit into one.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from bagit import BagError

from intake import log
from intake.errors import IntakeError, PackageIncompleteError, PackageUnwrittenError, ReviewError
from models import jobs, packages
from models.package_rows import Package
from workers import turns
from workers.context import Context
from workers.handing_over import Told, Tools, Turn, TurnOverError, hand_over

_TOLD_SECONDS = 1.0

logger = log.get(__name__)


def carry_out(context: Context, claim: jobs.Claim) -> list[str]:
    """Carry out an ``export_batch`` job."""
    with context.database.read() as session:
        package = session.get_one(Package, claim.subject_id)
    if package.state == "removing":
        _take_away(context, claim, package)
    elif package.state == "making":
        _make(context, claim, package)
    else:
        with context.database.unit() as unit:
            jobs.finish(unit, claim)
    return []


def _take_away(context: Context, claim: jobs.Claim, package: Package) -> None:
    shutil.rmtree(context.settings.exports / package.id, ignore_errors=True)
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        packages.settle(unit, package.id, "removed")


def _make(context: Context, claim: jobs.Claim, package: Package) -> None:
    place = packages.place(context.settings.exports, package)
    try:
        told = Told() if place.exists() else _written(context, package, place)
    except TurnOverError:
        with context.database.unit() as unit:  # the sweeper rings for it: what waits already comes first
            jobs.finish(unit, claim)
            packages.again(unit, package)
        return
    except ReviewError as error:  # it is no longer accepted, or was opened again
        _fail(context, claim, package, error, Told())
        return
    except (OSError, BagError) as error:
        logger.warning("package.unwritten", job=claim.job_id, reason=type(error).__name__)
        _fail(context, claim, package, PackageUnwrittenError(), Told())
        return
    if told.failed:
        _fail(context, claim, package, PackageIncompleteError(count=len(told.failed)), told)
        return
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        packages.settle(unit, package.id, "ready", size=_size(place))
    logger.info("package.made", job=claim.job_id, items=package.items)


def _written(context: Context, package: Package, place: Path) -> Told:
    """One turn at a package; raises as :func:`workers.handing_over.hand_over` does."""
    with context.database.read() as session:
        export = packages.export_of(session, package)
    due = 0.0

    def tell(told: Told) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + _TOLD_SECONDS
            with context.database.unit() as unit:
                packages.progress(unit, package.id, told.items, told.pages)

    tools = Tools(context.database, context.store, context.options.limits)
    turn = Turn(package.id, turns.over(context))
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = hand_over(tools, export, place.parent, package.created_at.date(), tell, turn=turn)
    with context.database.unit() as unit:
        packages.progress(unit, package.id, told.items, told.pages)
    return told


def _fail(context: Context, claim: jobs.Claim, package: Package, error: IntakeError, told: Told) -> None:
    with context.database.unit() as unit:
        jobs.finish(unit, claim)
        packages.settle(unit, package.id, "failed", code=error.code, failures=told.failed)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
