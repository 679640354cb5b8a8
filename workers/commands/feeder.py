"""``intake feeder``: the process that takes running batches of archives in, beside a service."""

from __future__ import annotations

import signal
from threading import Event

from intake.log import configure
from intake.settings import load


def feeder() -> None:
    """Feed running batches from the folders of INTAKE_ARCHIVE_ROOTS until SIGTERM."""
    from workers.archiving import feed  # noqa: PLC0415 - other commands need none of it

    settings, over = load(), Event()
    configure(settings.log_level)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    feed(settings, over)
