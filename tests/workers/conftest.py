"""A worker's tools in a folder of their own, with a Redis that is not there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from intake.settings import Settings
from models import uploads
from models.accounts import User
from models.uploads import IncomingFile, Received
from workers.context import Context, make_context


@pytest.fixture
def context(settings: Settings) -> Iterator[Context]:
    """What a worker process works with."""
    made = make_context(settings)
    with made.database.unit() as unit:
        unit.session.add(User(id="clerk-1", name="clerk-1", roles=["clerk"], display_name=""))
    yield made
    made.close()


@pytest.fixture
def hand_in(context: Context) -> Callable[..., Received]:
    """``hand_in(b"…", b"…")``: keep these files and receive them as one upload."""

    def take(*bodies: bytes) -> Received:
        kept = [context.store.put(io.BytesIO(body), 10_000_000) for body in bodies]
        files = [IncomingFile("scan.png", each.size, each.sha256, "image/png") for each in kept]
        with context.database.unit() as unit:
            return uploads.receive(unit, user_id="clerk-1", files=files, via="portal")

    return take
