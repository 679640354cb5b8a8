"""The portal and the API as one application."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from apiflask import APIFlask

import web
import web.api
from intake import doctypes, fields
from intake.settings import Settings
from models.database import Database
from models.store import open_store
from web import access, bounds, errors, languages, pages, security
from web.context import Context
from workers.queue import make_celery

NOT_PAGES = frozenset({"web.app", "web.cli", "web.server"})
"""Modules of this folder that start processes; they are not looked through for blueprints."""


def create_app(settings: Settings) -> APIFlask:
    """Make the application: the API at ``/api/v1``, the portal at all else.

    Every module of ``web`` and ``web.api`` that holds a ``blueprint`` is part of it. Raises RuntimeError where a view
    declares no roles, and whatever a module of a document type or of a kind of value that cannot be loaded raises:
    better no portal than one whose pages fail one by one.
    """
    doctypes.types()
    for kind in fields.kinds():
        fields.language(kind)  # any question loads the kind's module
    app = APIFlask(
        "web", title="Intake", version="1", spec_path="/api/v1/openapi.json", docs_path=None, json_errors=False
    )
    app.json = bounds.Json(app)
    app.extensions["intake"] = Context(
        settings, Database(settings.database), open_store(settings.store), make_celery(settings)
    )
    security.install(app, settings)
    languages.install(app, settings.timezone)
    errors.install(app)
    pages.install(app)
    for module in [*_modules(web), *_modules(web.api)]:
        if hasattr(module, "blueprint"):
            app.register_blueprint(module.blueprint)
    for endpoint in ("static", "openapi.spec"):
        access.public(app.view_functions[endpoint])
    access.guard(app)
    app.before_request(security.check_csrf)  # after the guard: a stranger is asked to sign in first
    return app


def _modules(package: ModuleType) -> list[ModuleType]:
    names = [found.name for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")]
    return [import_module(name) for name in sorted(names) if name not in NOT_PAGES]
