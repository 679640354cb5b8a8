"""``intake sweeper``: the process that rings again what was forgotten."""

from __future__ import annotations

from intake.log import configure
from intake.settings import load
from workers.sweeper import run


def sweeper() -> None:
    """Start the sweeper; one is enough, several do no harm."""
    settings = load()
    configure(settings.log_level)
    run(settings)
