"""What a worker process works with, made once in the process that does the work (never carried over a fork)."""

from __future__ import annotations

from dataclasses import dataclass

from intake.options import Options
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

    def close(self) -> None:
        """Let engines and connections go."""
        self.readers.close()
        self.database.close()


def make_context(settings: Settings) -> Context:
    """Make the tools by the settings; nothing is started or connected yet."""
    options = settings.options()
    return Context(
        settings=settings,
        database=Database(settings.database),
        store=open_store(settings.store),
        readers=Readers(settings.reader_policy, options),
        options=options,
    )
