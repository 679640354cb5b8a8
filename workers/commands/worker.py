"""``intake worker`` and ``intake glancer``: one worker of either kind, for production."""

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


def glancer() -> None:
    """Start the worker that takes the first look at each file, seconds after it came, until SIGTERM."""
    from workers.queue import GLANCES  # noqa: PLC0415 - as above
    from workers.worker import run  # noqa: PLC0415 - as above

    settings = load()
    configure(settings.log_level)
    run(settings, GLANCES)
