"""The first look at a file: what is kept of it, and that nothing waits for it or suffers by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake import glance
from intake.errors import DamagedFileError
from intake.pictures import Glance
from models import uploads
from models.jobs import claim, stranded
from models.uploads import FileStatus, Received
from workers import glancing
from workers.context import Context

SEEN = Glance(0, 0, ("glare",), "business_license", 0.97, upright=True, hidden=("uscc",))


class Looker:
    """Stands in for the look itself."""

    def __init__(self) -> None:
        """See one sheet with glare."""
        self.error: Exception | None = None
        self.calls = 0

    def __call__(self, path: Any, media_type: str, *_: object) -> Iterator[Glance]:
        """Look as :func:`intake.glance.glance` does."""
        self.calls += 1
        assert (path.read_bytes()[:4], media_type) == (b"scan", "image/png")
        yield SEEN
        if self.error is not None:
            raise self.error


@pytest.fixture
def looker(monkeypatch: pytest.MonkeyPatch) -> Looker:
    """The look's stand-in, in place."""
    made = Looker()
    monkeypatch.setattr(glance, "glance", made)
    return made


def _file(context: Context, received: Received) -> FileStatus:
    with context.database.read() as session:
        found = uploads.status(session, received.upload.id)
    assert found is not None
    return found.files[0]


@pytest.mark.usefixtures("looker")
def test_what_is_seen_stands_with_the_file(context: Context, hand_in: Callable[..., Received]) -> None:
    """A sheet's complaints, type and values under glare are there before the file is read; its job still waits."""
    received = hand_in(b"scan 1")
    glancing.look(context, received.upload.files[0].id)
    assert _file(context, received).glances == (SEEN,)
    assert _file(context, received).state == "queued"
    with context.database.read() as session:
        assert stranded(session) == list(received.job_ids)


def test_looking_twice_is_harmless(context: Context, hand_in: Callable[..., Received], looker: Looker) -> None:
    """A bell that rings twice finds that somebody has looked; a file of another name does not exist."""
    received = hand_in(b"scan 2")
    for name in (received.upload.files[0].id, received.upload.files[0].id, "none"):
        glancing.look(context, name)
    assert looker.calls == 1
    assert len(_file(context, received).glances) == 1


def test_a_linked_file_shows_what_was_seen_of_its_origin(
    context: Context, hand_in: Callable[..., Received], looker: Looker
) -> None:
    """The same bytes are not looked at again."""
    first = hand_in(b"scan 3")
    glancing.look(context, first.upload.files[0].id)
    again = hand_in(b"scan 3", b"scan 4")
    glancing.look(context, again.upload.files[0].id)
    assert looker.calls == 1
    assert _file(context, again).glances == (SEEN,)


def test_a_file_that_cannot_be_looked_at_is_left_to_its_reading(
    context: Context, hand_in: Callable[..., Received], looker: Looker
) -> None:
    """A damaged page ends the look; what was seen before stays, and the file's job tells the sender."""
    received = hand_in(b"scan 5")
    looker.error = DamagedFileError()
    glancing.look(context, received.upload.files[0].id)
    assert _file(context, received).glances == (SEEN,)
    with context.database.unit() as unit:
        assert claim(unit, received.job_ids[0], 30) is not None
