"""What all pages share: the words and pictures that templates use beside their own data."""

from __future__ import annotations

from flask import Flask

from web import access, languages


def install(app: Flask) -> None:
    """Give every template the account, its abilities and the labels' language."""
    app.jinja_env.globals.update(access=access, account=access.anyone)
    app.jinja_env.filters["shown"] = languages.shown
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
