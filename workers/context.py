"""What a worker process works with, made once in the process that does the work (never carried over a fork)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake.options import DecodeLimits, Options
from intake.pipeline import Readers
from intake.settings import Settings
from models.database import Database
from models.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Context:
    """The process's tools. ``readers`` keep their models loaded from job to job."""

    settings: Settings
    database: Database
    store: Store
    readers: Readers
    options: Options

    def today(self) -> date:
        """The day in the office's time zone: papers expire by the office's calendar."""
        return datetime.now(ZoneInfo(self.settings.timezone)).date()

    def close(self) -> None:
        """Let engines and connections go."""
        self.readers.close()
        self.database.close()


def make_context(settings: Settings) -> Context:
    """Make the tools by the settings; nothing is started or connected yet."""
    limits = replace(
        DecodeLimits(),
        megabytes=float(settings.max_file_mb),
        pages=settings.max_pages,
        megapixels=float(settings.max_megapixels),
    )
    options = replace(Options(), limits=limits)
    return Context(
        settings=settings,
        database=Database(settings.database),
        store=open_store(settings.store),
        readers=Readers(settings.reader_policy, options),
        options=options,
    )
