"""What every handler works with: the settings, the database, the store and the doorbell, made once per process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from celery import Celery
from flask import current_app, request

from intake.settings import Settings
from models.database import Database
from models.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The process's tools; none of them is tied to a request."""

    settings: Settings
    database: Database
    store: Store
    celery: Celery


def current() -> Context:
    """The context of the application that handles the present request."""
    return cast("Context", current_app.extensions["intake"])


def address(path: str) -> str:
    """The whole address of one of our paths, as it is handed to people: under the public one, where that is set."""
    return (current().settings.public_url or request.host_url).rstrip("/") + path
