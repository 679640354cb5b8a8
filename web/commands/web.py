"""``intake web``: the portal alone, for production behind a reverse proxy."""

from __future__ import annotations

from intake.log import configure
from intake.settings import load


def web() -> None:
    """Start the portal (gunicorn) on INTAKE_HOST and INTAKE_PORT; the settings say where all else is."""
    from web.server import run  # noqa: PLC0415 - the portal is loaded only when it is started

    settings = load()
    configure(settings.log_level)
    run(settings)
