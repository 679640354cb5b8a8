"""Readings without reading: commands are tested in milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from models.database import Database
from models.store import FileStore
from tests import made_up
from tests.confirmed_papers import Archive


class Inline(Executor):
    """Runs what is submitted at once, in this thread."""

    def __init__(self, jobs: int = 1) -> None:
        """``jobs`` is taken and not needed."""
        self.jobs = jobs

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """A future that is settled already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **named))
        except ValueError as error:
            future.set_exception(error)
        return future


@pytest.fixture
def archive(database: Database, store: FileStore) -> Archive:
    """An office that confirms samples."""
    return Archive(database, store, made_up.people(database, "clerk", "reviewer"))


@pytest.fixture
def inline() -> type[Inline]:
    """An executor without processes."""
    return Inline
