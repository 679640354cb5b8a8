"""The portal behind gunicorn, started by ``intake web`` and by ``intake serve``."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from intake.settings import Settings
from web.app import create_app


class Portal(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One gunicorn whose only configuration is our settings."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings until the worker process makes its application."""
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Threads, because progress streams and uploads keep connections open while others want answers."""
        options: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": self.settings.web_threads,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "accesslog": None,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application inside the worker process: connections do not survive a fork."""
        return create_app(self.settings)


def run(settings: Settings) -> None:
    """Serve until a signal ends it."""
    Portal(settings).run()
