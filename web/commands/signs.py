"""Signs of life for ``intake doctor --alive``: a process identifier proves nothing, a finished piece of work does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from intake.recognition.probe import ProbeResult
from intake.settings import Settings
from intake.types import Label
from models import heartbeats
from models.database import Database

Kind = Literal["worker", "glancer", "sweeper", "feeder"]

PATIENCE = timedelta(minutes=3)
"""The sweeper asks for a sign every minute; three missed ones in a row are no chance."""


def sign_of_life(settings: Settings, kind: Kind, at: datetime | None = None) -> ProbeResult:
    """Whether this kind of process gave a sign of life lately; a worker may be at one long job before it does."""
    patience = PATIENCE + (timedelta(seconds=settings.job_seconds) if kind == "worker" else timedelta())
    advice = Label(
        "没有存活迹象：请查看该进程的日志，必要时重新启动。",
        "No sign of life: look at the log of this process, restart it if need be.",
    )
    rows = Database(settings.database)
    try:
        with rows.read() as session:
            last = heartbeats.latest(session).get(kind)
    except SQLAlchemyError:
        return ProbeResult(kind, fit=False, detail="", advice=advice)
    finally:
        rows.close()
    fit = last is not None and (at or datetime.now(UTC)) - last <= patience
    detail = last.isoformat(timespec="seconds") if last else ""
    return ProbeResult(kind, fit=fit, detail=detail, advice=None if fit else advice)
