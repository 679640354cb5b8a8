"""What every handler works with: the settings, the database, the store and the doorbell, made once per process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from celery import Celery
from flask import current_app, request

from intake.errors import UntrustedHostError
from intake.settings import Settings
from models.database import Database
from models.store import Store
from web import hosts


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


def origin() -> str:
    """What the addresses begin with that are handed to people: the public one where it is set, else as we were asked.

    Raises UntrustedHostError where we were asked under a name that is not known to be ours.
    """
    settings = current().settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    names = [one.strip() for one in (settings.host, *settings.trusted_hosts.split(",")) if one.strip()]
    if not hosts.is_own(request.host, names, hosts.local_address(request.environ)):
        raise UntrustedHostError
    return request.host_url.rstrip("/")


def address(path: str) -> str:
    """The whole address of one of our paths, as it is handed to people; raises as :func:`origin`."""
    return origin() + path
