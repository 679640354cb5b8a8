"""The application as a whole: what keeps it from starting."""

from __future__ import annotations

import pytest

from intake import doctypes, fields
from intake.settings import Settings
from web.app import create_app


def test_a_document_type_that_cannot_be_loaded_stops_the_portal_at_its_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in a type's module is told when the process starts, not page by page."""

    def broken() -> None:
        raise ImportError("a module of a type")

    monkeypatch.setattr(doctypes, "types", broken)
    with pytest.raises(ImportError, match="a module of a type"):
        create_app(settings)


def test_a_kind_of_value_that_cannot_be_loaded_stops_it_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kinds are asked for while pages are drawn; a missing one is found before."""
    monkeypatch.setattr(fields, "kinds", lambda: ("no_such_kind",))
    with pytest.raises((KeyError, ImportError)):
        create_app(settings)
