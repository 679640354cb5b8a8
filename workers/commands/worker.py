"""``intake worker``: one worker, for production."""

from __future__ import annotations

from intake.log import configure
from intake.recognition import probe
from intake.settings import load


def worker() -> None:
    """Start one worker; it reads papers one at a time until SIGTERM, and finishes the present one first."""
    from workers.worker import run  # noqa: PLC0415 - loads OpenCV and the engines, which other commands must not

    settings = load()
    configure(settings.log_level)
    probe.check()
    run(settings)
